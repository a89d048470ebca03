/** One of the processes that judge mutants: it loads the suite once and has a scratch copy of the reference of its own. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRY } from '../../conformance/areas.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { copyEngine, transpiled } from '../../conformance/mutants/mutants.ts';
import { mutated, type RandomMutant } from '../../conformance/mutants/random.ts';
import { SpecReader } from '../../conformance/spec/loader.ts';
import { joinedRevision, loadAreas, type Area } from '../../conformance/suites/areas.ts';
import { createHandler } from '../adapters/reference/handler.ts';
import type { Engine } from '../adapters/reference/engine.ts';
import { MutantJudge, ReferenceFails, type Bench, type Verdict } from './judge.ts';
import type { Order, Told } from './messages.ts';
import { findReach, Reach } from './reach.ts';
import { referenceEntry } from '../cli/entry.ts';

/** Milliseconds that one generated check may take: a bound for mutants that are slow, which the reference does not come near. */
const GENERATED_LIMIT_MS = 30_000;
/** Where reach is found nothing may be cut short, however slow the instrumented code is. */
const REACH_LIMIT_MS = 3_600_000;
const REQUEST_TIMEOUT_MS = 5000;
/** Megabytes of a mutant's memory: a loop that fills it must not take the machine's. */
const MEMORY_MB = 512;
const STEP_CHECKS = 100;

/** The bench of the reference. */
function benchOf(root: string, areas: readonly Area[]): Bench {
  const main = join(root, referenceEntry(root));
  return {
    checks: areas.flatMap((area) => area.checks),
    topics: new Map(
      areas.flatMap(({ spec }) => spec.topics.map(({ topic, operations }) => [`${spec.area}/${topic}`, new Set(operations)] as const)),
    ),
    command: (enginePath) => [process.execPath, `--max-old-space-size=${String(MEMORY_MB)}`, main, '--engine', enginePath],
    revision: joinedRevision(areas),
    timeoutMs: REQUEST_TIMEOUT_MS,
  };
}

const root = packageRoot();
const [folder = ''] = process.argv.slice(2);
const tell = (told: Told): void => {
  process.send?.(told);
};
const load = (limitMs: number): Area[] => loadAreas(REGISTRY, new SpecReader(root), undefined, limitMs);
const bench = benchOf(root, load(GENERATED_LIMIT_MS));
const judge = new MutantJudge(bench, join(root, 'dist/reference/index.js'));
const engine = join(folder, 'reference');
copyEngine(root, engine);
let reach: Reach | undefined;

async function judged(mutant: RandomMutant, number: number | undefined, isTopicOnly: boolean): Promise<Verdict> {
  const built = join(engine, mutant.file.replace(/\.ts$/, '.js'));
  const right = readFileSync(built);
  const source = readFileSync(join(root, 'reference', mutant.file), 'utf8');
  writeFileSync(built, await transpiled(mutant.id, mutant.file, mutated(source, mutant)));
  try {
    const known = reach;
    const reaches = known === undefined || number === undefined ? {} : { reaches: (check: number) => known.has(check, number) };
    return await judge.judge(mutant, join(engine, 'index.js'), { ...reaches, isTopicOnly });
  } finally {
    writeFileSync(built, right);
  }
}

async function obey(order: Order): Promise<Told> {
  switch (order.kind) {
    case 'reach': {
      const { checks } = benchOf(root, load(REACH_LIMIT_MS));
      const found = new Reach(checks.length, order.keys.length);
      let steps = 0;
      const handlerOf = (loaded: unknown): ReturnType<typeof createHandler> => createHandler(loaded as Engine);
      await findReach(found, checks, order.keys, handlerOf, order.enginePath, order, () => {
        if (++steps % STEP_CHECKS === 0) tell({ kind: 'step', checks: STEP_CHECKS });
      });
      writeFileSync(order.file, found.bytes);
      return { kind: 'done' };
    }
    case 'use':
      reach = new Reach(bench.checks.length, order.mutantCount, readFileSync(order.file));
      return { kind: 'done' };
    case 'judge':
      return { kind: 'verdict', verdict: await judged(order.mutant, order.number, order.isTopicOnly) };
  }
}

process.on('message', (order: Order) => {
  obey(order).then(tell, (error: unknown) => {
    tell({
      kind: 'failed',
      message: error instanceof Error ? error.message : String(error),
      isReference: error instanceof ReferenceFails,
    });
  });
});
// The command is gone: a mutant in an endless loop must not outlive it.
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
tell({ kind: 'ready', checks: bench.checks.length });
