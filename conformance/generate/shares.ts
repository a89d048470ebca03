/**
 * Makes vectors with every core: the topics are shared out to threads, each of which explores the machines of its topics and makes
 * their vectors. What it makes is the same however the topics are shared.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { explorationFaults } from '../spec/complete.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { Registry } from '../suites/modules.ts';
import { generateVectors, VectorError } from './vectors.ts';

/** Of the young generation of a thread, MiB. Most of what an interpreter makes is garbage at once, and 16 make it be copied first. */
const YOUNG_MB = 64;

/** What became of some topics. */
export interface Made {
  /** Faults of completeness; if there are any, nothing is generated. */
  readonly incomplete: readonly string[];
  /** As of `generateVectors`. */
  readonly generated: ReadonlyMap<string, string>;
}
/** What a thread is told. */
interface Task {
  readonly root: string;
  readonly topics: readonly string[];
}
/** What a thread says in the end: errors lose their classes on the way. */
type Reply = { readonly made: Made } | { readonly refused: string };

/** The names of the topics of some areas, as `area/topic`, in their order. */
export function topicNames(specs: readonly AreaSpec[]): string[] {
  return specs.flatMap(({ area, topics }) => topics.map(({ topic }) => `${area}/${topic}`));
}

/** Explores the machines and systems of some topics, and makes their vectors if they are complete. @throws VectorError */
export async function makeTopics(registry: Registry, reader: SpecReader, only: ReadonlySet<string>): Promise<Made> {
  const specs = reader.areas().map((area) => reader.area(area));
  const incomplete = specs.flatMap((spec) => {
    const explored = spec.topics.filter(({ topic }) => only.has(`${spec.area}/${topic}`));
    return explorationFaults(spec, registry.primitives, new Set(explored.flatMap(({ machines, systems }) => [...machines, ...systems])));
  });
  return { incomplete, generated: incomplete.length > 0 ? new Map() : await generateVectors(registry, reader.root, reader, only) };
}

/**
 * The same with several threads.
 *
 * @param thread the module that the threads run; it calls `serveShare`
 * @param topics in the order in which their files are to be
 * @throws VectorError for vectors that must not be written; Error for a thread that fails
 */
export async function makeShared(thread: URL, root: string, topics: readonly string[]): Promise<Made> {
  const shares = sharesOf(topics, (topic) => sizeOf(join(root, 'vectors', topic)), availableParallelism());
  const made = await Promise.all(shares.map((share) => madeByThread(thread, { root, topics: share })));
  const generated = made.flatMap((one) => [...one.generated]);
  return {
    incomplete: made.flatMap(({ incomplete }) => incomplete),
    generated: new Map(topics.flatMap((topic) => generated.filter(([name]) => name.startsWith(`${topic}/`)))),
  };
}

/** Shares of about the same size: the largest item first, each to whoever has least. Empty ones are left out. */
export function sharesOf(items: readonly string[], size: (item: string) => number, count: number): string[][] {
  const shares = Array.from({ length: count }, () => ({ size: 0, items: [] as string[] }));
  const sized = items.map((item) => ({ item, size: size(item) })).sort((a, b) => b.size - a.size);
  for (const one of sized) {
    const least = shares.reduce((a, b) => (b.size < a.size ? b : a));
    least.size += one.size;
    least.items.push(one.item);
  }
  return shares.map(({ items: own }) => own).filter((own) => own.length > 0);
}

/** Bytes of the files in a folder: what is committed of a topic tells about how long it takes. */
function sizeOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

async function madeByThread(thread: URL, workerData: Task): Promise<Made> {
  const worker = new Worker(thread, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  const reply = await new Promise<Reply>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error(`the thread for ${workerData.topics.join(', ')} ended without a word`));
    });
  });
  if ('refused' in reply) throw new VectorError(reply.refused);
  return reply.made;
}

/** All that a thread does. */
export async function serveShare(registry: Registry): Promise<void> {
  const { root, topics } = workerData as Task;
  const reply = await makeTopics(registry, new SpecReader(root), new Set(topics)).then(
    (made): Reply => ({ made }),
    (error: unknown): Reply => {
      if (error instanceof VectorError) return { refused: error.message };
      throw error;
    },
  );
  parentPort?.postMessage(reply);
}
