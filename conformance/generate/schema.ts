/** The schema of vector files, and what it cannot say: unique ids, one failure each, flags that exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Manifest, VectorFile } from '../vectors.ts';

/** Faults of vector files against `vectors/vectors.schema.json` and each other. */
export function validateVectors(root: string, files: ReadonlyMap<string, string>): string[] {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(readFileSync(join(root, 'vectors', 'vectors.schema.json'), 'utf8')) as object);
  const manifest = JSON.parse(files.get('manifest.json') ?? '{"flags":{}}') as Manifest;
  const faults: string[] = [];
  const ids = new Set<string>();
  const flagged = new Set<string>();
  for (const [name, text] of files) {
    if (name === 'manifest.json') continue;
    const file = JSON.parse(text) as VectorFile;
    if (!validate(file)) for (const e of (validate.errors ?? []).slice(0, 5)) faults.push(`${name}${e.instancePath}: ${e.message ?? ''}`);
    for (const v of file.vectors) {
      if (ids.has(v.id)) faults.push(`${name}: id ${v.id} is used twice`);
      ids.add(v.id);
      for (const flag of v.flags ?? []) {
        flagged.add(flag);
        if (manifest.flags[flag] === undefined) faults.push(`${v.id}: flag ${flag} is not explained`);
      }
    }
  }
  for (const flag of Object.keys(manifest.flags)) if (!flagged.has(flag)) faults.push(`flag ${flag}: no vector carries it`);
  return faults;
}
