/**
 * `npm run quint`: a second opinion on the establishment of channels, the handshake of links and their new keys. Quint simulates
 * each model, must find no violation of its invariants and must find those that are announced, and one of each invariant in a model
 * with a mistake; then the traces of those that can be replayed go through the machines.
 *
 * An optional job: Quint is not a dependency of the project, and is installed below .bottlepost when this is first run.
 */
import spawn from 'cross-spawn';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../contract/paths.ts';
import { replayCollision } from '../interpeer/establishment/collision-replay.ts';
import { replayEstablishment } from '../interpeer/establishment/replay.ts';
import { readItf } from '../explore/itf.ts';
import { MODEL_VARIANTS, variantOf } from '../nexus/link/model-variants.ts';
import { oracleOf } from '../areas.ts';

/** The version asked for; its dependency on antlr4ts names a version that only the override finds. */
const PACKAGE = { private: true, dependencies: { '@informalsystems/quint': '0.33.0' }, overrides: { antlr4ts: '0.5.0-alpha.4' } };
/** Runs until the mistake in a model must have shown; most show in the first ones. */
const VARIANT_SAMPLES = '20000';
/** A model in the folder of its topic. */
interface Model {
  readonly name: string;
  readonly topic: string;
  readonly announced: readonly string[];
  /** Steps of a run, if others than usual. */
  readonly steps?: number;
  readonly replay?: typeof replayEstablishment;
}
/** Each model with its invariants that do not hold. */
const MODELS: readonly Model[] = [
  { name: 'establishment', topic: 'interpeer/establishment', announced: ['neverAlone', 'answersAreEqual'], replay: replayEstablishment },
  {
    name: 'collision',
    topic: 'interpeer/establishment',
    announced: ['nobodyYields', 'lowerNeverYields', 'neverBoth'],
    replay: replayCollision,
  },
  {
    name: 'handshake',
    topic: 'nexus/link',
    announced: ['whoIdentifiesIsExpected', 'whatOneHasTheOtherHas', 'neverBothUp', 'neverClosed'],
    steps: 40,
  },
  { name: 'rekey', topic: 'nexus/link', announced: ['sameKeys', 'neverBothRequest', 'neverNewKeys'] },
];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    folder: { type: 'string' },
    samples: { type: 'string', default: '1000' },
    steps: { type: 'string' },
    traces: { type: 'string', default: '50' },
    seed: { type: 'string', default: '0x1' },
  },
});
const root = packageRoot();
const home = join(root, '.bottlepost/quint');
const folderOf = (topic: string): string => values.folder ?? join(root, 'spec', topic, 'models');

function install(): void {
  if (existsSync(join(home, 'node_modules/.bin/quint'))) return;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify(PACKAGE));
  const { status } = spawn.sync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: home, stdio: 'inherit' });
  if (status !== 0) throw new Error('Quint could not be installed');
}
/** Runs Quint. @returns whether it found nothing wrong, and what it printed */
function quint(...args: readonly string[]): { isFine: boolean; output: string } {
  const { status, stdout, stderr } = spawn.sync(join(home, 'node_modules/.bin/quint'), args, {
    cwd: home,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { isFine: status === 0, output: `${stdout}${stderr}` };
}

let faults = 0;
const say = (isRight: boolean, text: string, detail = ''): void => {
  if (!isRight) faults++;
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${text}${isRight ? '' : `\n${detail}`}`);
};

install();
const oracle = oracleOf('interpeer');
for (const { name, topic, announced, replay, steps = 25 } of MODELS.filter(
  (model) => values.only === undefined || model.name === values.only,
)) {
  const model = join(folderOf(topic), `${name}.qnt`);
  const length = values.steps ?? String(steps);
  const runOf = (file: string, ...args: readonly string[]): ReturnType<typeof quint> =>
    quint('run', file, '--main', name, '--backend', 'typescript', '--max-steps', length, '--seed', values.seed, ...args);
  const run = (...args: readonly string[]): ReturnType<typeof quint> => runOf(model, ...args);
  const typed = quint('typecheck', model);
  say(typed.isFine, `${name}: the model is well typed`, typed.output);
  const safe = run('--max-samples', values.samples, '--invariant', 'safe');
  say(safe.isFine, `${name}: ${values.samples} random runs of ${length} steps violate no invariant`, safe.output.slice(-4000));
  for (const invariant of announced) {
    const { output } = run('--max-samples', values.samples, '--invariant', invariant);
    say(/\[violation\]/.test(output), `${name}: as announced, '${invariant}' does not hold`, output.slice(-2000));
  }
  for (const variant of MODEL_VARIANTS[name] ?? []) {
    const file = join(home, 'variant.qnt');
    writeFileSync(file, variantOf(readFileSync(model, 'utf8'), variant));
    const { output } = runOf(file, '--max-samples', VARIANT_SAMPLES, '--invariant', variant.invariant);
    say(/\[violation\]/.test(output), `${name}: '${variant.invariant}' does not hold if ${variant.title}`, output.slice(-2000));
  }
  if (replay === undefined) continue;
  for (const file of readdirSync(home)) if (file.endsWith('.itf.json')) rmSync(join(home, file));
  run('--mbt', '--max-samples', values.traces, '--n-traces', values.traces, '--out-itf', join(home, 'trace_{seq}.itf.json'));
  const files = readdirSync(home).filter((file) => file.endsWith('.itf.json'));
  const traces = files.map((file) => ({ file, trace: readItf(readFileSync(join(home, file), 'utf8')) }));
  const parted = traces.flatMap(({ file, trace }) => replay(oracle, trace).map((fault) => `  ${file}: ${fault}`));
  const states = traces.reduce((sum, { trace }) => sum + trace.length, 0);
  say(
    files.length > 0 && parted.length === 0,
    `${name}: ${String(files.length)} traces of ${String(states)} states take the same path through the machines`,
    parted.slice(0, 5).join('\n'),
  );
}
process.exitCode = faults === 0 ? 0 : 1;
