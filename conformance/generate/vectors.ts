/** Generates every vector file of every area, and compares them with what is committed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Oracle } from '../oracle/oracle.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { Flag, Manifest, VectorFile } from '../vectors.ts';
import { Batch } from './batch.ts';
import { VECTOR_SEED } from './seeded.ts';
import { AREA_TOPICS } from './topics.ts';

const GENERATOR = 'bottlepost vectors 1';

/** The files of `vectors/` by name (manifest included), as they must be. @throws Error for an area without topics */
export async function generateVectors(root: string, reader: SpecReader = new SpecReader(root)): Promise<Map<string, string>> {
  const files: VectorFile[] = [];
  const flags: { [id: string]: Flag } = {};
  const specs = reader.areas().map((area) => reader.area(area));
  for (const spec of specs) {
    const made = await areaVectors(root, spec);
    files.push(...made.files);
    for (const [id, flag] of Object.entries(made.flags)) {
      if (flags[id] !== undefined) throw new Error(`${spec.area}: a flag '${id}' exists in another area`);
      flags[id] = flag;
    }
  }
  return render(specs, files, flags);
}

/** The files of one area, in the order of its topics. */
async function areaVectors(root: string, spec: AreaSpec): Promise<{ files: VectorFile[]; flags: { [id: string]: Flag } }> {
  const area = AREA_TOPICS[spec.area];
  if (area === undefined) throw new Error(`conformance/generate/topics.ts has no topics for the area ${spec.area}`);
  const oracle = new Oracle(spec);
  const confirmers = await area.confirmers(spec);
  const batches: Batch[] = [];
  const flags: { [id: string]: Flag } = {};
  const open = (topic: string): Batch => {
    const batch = new Batch(topic, oracle, confirmers);
    batches.push(batch);
    return batch;
  };
  const explain = (more: { readonly [id: string]: Flag }): void => {
    Object.assign(flags, more);
  };
  for (const { topic, fill } of area.topics) fill({ root, oracle, batch: open(topic), also: open, explain });
  return { files: batches.map((batch) => batch.file()), flags };
}

function render(specs: readonly AreaSpec[], files: readonly VectorFile[], flags: { [id: string]: Flag }): Map<string, string> {
  const rendered = new Map<string, string>();
  const listed: Manifest['files'][number][] = [];
  for (const file of files) {
    const name = `${file.area}/${file.topic}.json`;
    const header = { area: file.area, topic: file.topic, revision: file.revision };
    // One vector a line: a changed vector is one changed line.
    const text = `${JSON.stringify(header).slice(0, -1)},"vectors":[\n${file.vectors.map((v) => JSON.stringify(v)).join(',\n')}\n]}\n`;
    rendered.set(name, text);
    const oracles: Record<string, number> = {};
    for (const v of file.vectors) for (const o of v.oracles) oracles[o] = (oracles[o] ?? 0) + 1;
    listed.push({
      file: name,
      sha256: createHash('sha256').update(text).digest('hex'),
      vectors: file.vectors.length,
      operations: [...new Set(file.vectors.flatMap((v) => v.steps.map((s) => s.operation)))].sort(),
      requirements: [...new Set(file.vectors.map((v) => v.requirement))].sort(),
      oracles: Object.fromEntries(Object.entries(oracles).sort(([x], [y]) => (x < y ? -1 : 1))),
    });
  }
  const manifest: Manifest = {
    generator: GENERATOR,
    seed: VECTOR_SEED,
    revisions: Object.fromEntries(specs.map((spec) => [spec.area, spec.revision])),
    files: listed,
    flags,
  };
  rendered.set('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  return rendered;
}

/** Files on disk below `vectors/` (schema aside). */
function present(root: string): string[] {
  const folder = join(root, 'vectors');
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((f) => f.endsWith('.json') && f !== 'vectors.schema.json')
    .map((f) => f.replaceAll('\\', '/'));
}

/** Differences between the generated files and those on disk; empty when every byte is right. */
export function compareVectors(root: string, generated: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  for (const [name, text] of generated) {
    const path = join(root, 'vectors', name);
    if (!existsSync(path)) faults.push(`vectors/${name}: missing`);
    else {
      const have = readFileSync(path, 'utf8');
      if (have !== text) {
        const a = have.split('\n');
        const b = text.split('\n');
        const line = b.findIndex((l, i) => l !== a[i]);
        faults.push(`vectors/${name}: differs from line ${String(line + 1)} on: ${(b[line] ?? '').slice(0, 100)}`);
      }
    }
  }
  for (const name of present(root)) if (!generated.has(name)) faults.push(`vectors/${name}: nothing generates it`);
  return faults;
}

/** Writes the files and removes those that nothing generates any more. */
export function writeVectors(root: string, generated: ReadonlyMap<string, string>): void {
  for (const name of present(root)) if (!generated.has(name)) rmSync(join(root, 'vectors', name));
  for (const [name, text] of generated) {
    const path = join(root, 'vectors', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
