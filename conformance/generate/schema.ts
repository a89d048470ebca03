/** The schema of vector files, and what it cannot say: unique ids, one failure each, flags that exist. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { MANIFEST, type TopicManifest, type WrittenFile } from '../vectors.ts';

/** Faults of vector files against `vectors/vectors.schema.json` and each other. */
export function validateVectors(root: string, files: ReadonlyMap<string, string>): string[] {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(readFileSync(join(root, 'vectors', 'vectors.schema.json'), 'utf8')) as object);
  const faults: string[] = [];
  const ids = new Set<string>();
  const flagged = new Set<string>();
  for (const [name, text] of files) {
    if (name.endsWith(`/${MANIFEST}`)) continue;
    const file = JSON.parse(text) as WrittenFile;
    if (!validate(file)) for (const e of (validate.errors ?? []).slice(0, 5)) faults.push(`${name}${e.instancePath}: ${e.message ?? ''}`);
    const manifest = JSON.parse(files.get(`${dirname(name)}/${MANIFEST}`) ?? '{"flags":{}}') as TopicManifest;
    for (const v of file.vectors) {
      if (ids.has(v.id)) faults.push(`${name}: id ${v.id} is used twice`);
      ids.add(v.id);
      for (const flag of v.flags ?? []) {
        flagged.add(`${dirname(name)} ${flag}`);
        if (manifest.flags[flag] === undefined) faults.push(`${v.id}: flag ${flag} is not explained`);
      }
    }
  }
  for (const [name, text] of files) {
    if (!name.endsWith(`/${MANIFEST}`)) continue;
    for (const flag of Object.keys((JSON.parse(text) as TopicManifest).flags))
      if (!flagged.has(`${dirname(name)} ${flag}`)) faults.push(`${name}: flag ${flag}: no vector carries it`);
  }
  return faults;
}
