/** Generates every vector file of every area, and compares them with what is committed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SpecReader } from '../spec/loader.ts';
import { moduleOf, type AreaModule, type Registry } from '../suites/modules.ts';
import { expandFile, MANIFEST, type Flag, type TopicManifest, type VectorFile, type WrittenFile } from '../vectors.ts';
import { Batch, type VectorSink } from './batch.ts';
import { compactFile } from './compact.ts';
import { VECTOR_SEED } from './seeded.ts';
import { Loosened } from './twins/loosened.ts';
import { NotingOracle, Seen } from './twins/seen.ts';
import { TopicTwins } from './twins/topic.ts';

const GENERATOR = 'bottlepost vectors 2';
/** Most characters of a line, so that a diff, and a reader, can handle each vector. */
const LINE_LENGTH_MAX = 20_000;

/** Thrown for vectors that must not be written; the message says what to change. */
export class VectorError extends Error {
  override readonly name = 'VectorError';
}

/**
 * The files of `vectors/` by name (manifests included), as they must be.
 *
 * @param only the topics that are made, as `area/topic`; all where absent
 * @throws VectorError for a line that is too long; Error for an area without a module
 */
export async function generateVectors(
  registry: Registry,
  root: string,
  reader: SpecReader,
  only?: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const rendered = new Map<string, string>();
  const flagIds = new Map<string, string>();
  for (const name of reader.areas()) {
    if (only !== undefined && ![...only].some((topic) => topic.startsWith(`${name}/`))) continue;
    const { files, flags } = await areaVectors(moduleOf(registry, name), root, reader, registry, only);
    for (const id of Object.keys(flags)) {
      const other = flagIds.get(id);
      if (other !== undefined) throw new Error(`${name}: a flag '${id}' exists in ${other}`);
      flagIds.set(id, name);
    }
    renderArea(files, flags, rendered);
  }
  return rendered;
}

/** The files of one area, in the order of its topics. */
async function areaVectors(
  module: AreaModule,
  root: string,
  reader: SpecReader,
  registry: Registry,
  only: ReadonlySet<string> | undefined,
): Promise<{ files: VectorFile[]; flags: { readonly [id: string]: Flag } }> {
  const spec = reader.area(module.area);
  const oracle = new NotingOracle(spec, registry.primitives);
  const confirmers = await module.confirmers(spec, oracle);
  const batches = new Map<string, Batch>();
  const open = (topic: string, subject: string): Batch => {
    const key = `${topic}/${subject}`;
    const batch = batches.get(key) ?? new Batch(topic, subject, oracle, confirmers);
    batches.set(key, batch);
    return batch;
  };
  const isMade = (topic: string): boolean => only?.has(`${module.area}/${topic}`) !== false;
  const seen = new Map<string, Seen>();
  for (const { topic, vectors } of module.topics.filter((t) => isMade(t.topic))) {
    oracle.seen = new Seen();
    seen.set(topic, oracle.seen);
    for (const { subject, fill } of vectors?.subjects ?? []) {
      if (batches.has(`${topic}/${subject}`)) throw new Error(`${module.area}: two subjects ${topic}/${subject}`);
      fill({ root, oracle, batch: open(topic, subject) });
    }
  }
  const topicOf = new Map(spec.topics.flatMap(({ topic, operations }) => operations.map((operation) => [operation, topic] as const)));
  const of = (operation: string, subject: string): Batch => {
    const topic = topicOf.get(operation);
    if (topic === undefined) throw new Error(`${module.area}: no topic has the operation ${operation}`);
    return open(topic, subject);
  };
  const into = (subject: string): VectorSink => ({
    add: (c) => of(c.operation, subject).add(c),
    addSteps: (id, title, kind, requirement, steps) => of(steps[0]?.operation ?? '', subject).addSteps(id, title, kind, requirement, steps),
    put: (vector, base) => of(vector.steps[0]?.operation ?? '', subject).put(vector, base),
  });
  oracle.seen = undefined;
  const flags = module.evidence?.({ root, oracle, into }) ?? {};
  const made = [...batches.values()].filter((batch) => isMade(batch.topic));
  const twins = new Map<string, TopicTwins>();
  const loosened = new Loosened(spec, registry.primitives);
  for (const topic of new Set(made.map((batch) => batch.topic))) {
    const vectors = made.filter((batch) => batch.topic === topic).flatMap((batch) => batch.vectors());
    const own = seen.get(topic) ?? new Seen();
    for (const { operation, params, expect } of vectors.flatMap(({ steps }) => steps)) own.noteExpected(oracle, operation, params, expect);
    twins.set(topic, new TopicTwins(oracle, confirmers, own, vectors, loosened));
  }
  return { files: made.map((batch) => batch.file(twins.get(batch.topic))), flags };
}

function renderArea(files: readonly VectorFile[], flags: { readonly [id: string]: Flag }, rendered: Map<string, string>): void {
  for (const topic of new Set(files.map((file) => file.topic))) {
    const own = files.filter((file) => file.topic === topic);
    const [first] = own;
    if (first === undefined) continue;
    const named = new Set(own.flatMap((file) => file.vectors.flatMap((v) => v.flags ?? [])));
    const manifest: TopicManifest = {
      area: first.area,
      topic,
      revision: first.revision,
      generator: GENERATOR,
      seed: VECTOR_SEED,
      files: own.map((file) => renderFile(file, rendered)),
      flags: Object.fromEntries(Object.entries(flags).filter(([id]) => named.has(id))),
    };
    rendered.set(`${first.area}/${topic}/${MANIFEST}`, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

/** @throws VectorError naming the first line above the limit */
export function requireShortLines(name: string, text: string): void {
  const long = text.split('\n').find((line) => line.length > LINE_LENGTH_MAX);
  if (long === undefined) return;
  throw new VectorError(
    `${name}: a line of ${String(long.length)} characters, above the limit of ${String(LINE_LENGTH_MAX)}: ${long.slice(0, 100)}... ` +
      'Make this vector shorter, or its content regular enough for the notation.',
  );
}

function renderFile(file: VectorFile, rendered: Map<string, string>): TopicManifest['files'][number] {
  const { area, topic, subject, revision } = file;
  const { values, openings, vectors } = compactFile(file.vectors);
  const named = Object.entries(values).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const shared = Object.entries(openings).map(([name, steps]) => `${JSON.stringify(name)}:${JSON.stringify(steps)}`);
  // One vector, opening or value a line: a changed vector is one changed line.
  const text = [
    `${JSON.stringify({ area, topic, subject, revision }).slice(0, -1)},`,
    ...(named.length === 0 ? [] : [`"values":{\n${named.join(',\n')}\n},`]),
    ...(shared.length === 0 ? [] : [`"openings":{\n${shared.join(',\n')}\n},`]),
    `"vectors":[\n${vectors.map((v) => JSON.stringify(v)).join(',\n')}\n]}\n`,
  ].join('');
  requireShortLines(`vectors/${area}/${topic}/${subject}.json`, text);
  const isSame = isDeepStrictEqual(expandFile(JSON.parse(text) as WrittenFile).vectors, JSON.parse(JSON.stringify(file.vectors)));
  if (!isSame) throw new Error(`${file.subject}: what is written is not what is read back`);
  rendered.set(`${file.area}/${file.topic}/${file.subject}.json`, text);
  const oracles: Record<string, number> = {};
  for (const v of file.vectors) for (const o of v.oracles) oracles[o] = (oracles[o] ?? 0) + 1;
  return {
    file: `${file.subject}.json`,
    sha256: createHash('sha256').update(text).digest('hex'),
    vectors: file.vectors.length,
    operations: [...new Set(file.vectors.flatMap((v) => v.steps.map((s) => s.operation)))].sort(),
    requirements: [...new Set(file.vectors.map((v) => v.requirement))].sort(),
    oracles: Object.fromEntries(Object.entries(oracles).sort(([x], [y]) => (x < y ? -1 : 1))),
  };
}

/** Files on disk below `vectors/` (schema aside), of some topics or of all. */
function present(root: string, only?: ReadonlySet<string>): string[] {
  const folder = join(root, 'vectors');
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((f) => f.endsWith('.json') && f !== 'vectors.schema.json')
    .map((f) => f.replaceAll('\\', '/'))
    .filter((f) => only?.has(dirname(f)) !== false);
}

/** Differences between the generated files and those on disk; empty when every byte is right. */
export function compareVectors(root: string, generated: ReadonlyMap<string, string>, only?: ReadonlySet<string>): string[] {
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
  for (const name of present(root, only)) if (!generated.has(name)) faults.push(`vectors/${name}: nothing generates it`);
  return faults;
}

/** Writes the files and removes those that nothing generates any more. */
export function writeVectors(root: string, generated: ReadonlyMap<string, string>, only?: ReadonlySet<string>): void {
  for (const name of present(root, only)) if (!generated.has(name)) rmSync(join(root, 'vectors', name));
  for (const [name, text] of generated) {
    const path = join(root, 'vectors', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
