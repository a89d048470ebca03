/**
 * `npm run quint`: a second opinion on the establishment of channels. Quint simulates the model in spec/models, must find no
 * violation of its invariants and must find those that are announced; then its traces are replayed through the machines.
 *
 * An optional job: Quint is no dependency of the house, and is installed below .bottlepost when this is first run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../harness/core/paths.ts';
import { replayEstablishment } from '../explore/establishment-replay.ts';
import { readItf } from '../explore/itf.ts';
import { Oracle } from '../oracle/oracle.ts';
import { SpecReader } from '../spec/loader.ts';

/** The version asked for; its dependency on antlr4ts names a version that only the override finds. */
const PACKAGE = { private: true, dependencies: { '@informalsystems/quint': '0.33.0' }, overrides: { antlr4ts: '0.5.0-alpha.4' } };
/** Invariants of the model that do not hold. */
const ANNOUNCED = ['neverAlone', 'answersAreEqual'];

const { values } = parseArgs({ options: { model: { type: 'string' }, samples: { type: 'string', default: '1000' }, steps: { type: 'string', default: '25' }, traces: { type: 'string', default: '50' }, seed: { type: 'string', default: '0x1' } } });
const root = packageRoot();
const home = join(root, '.bottlepost/quint');
const model = values.model ?? join(root, 'spec/models/establishment.qnt');

function install(): void {
  if (existsSync(join(home, 'node_modules/.bin/quint'))) return;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify(PACKAGE));
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: home, stdio: 'inherit' });
  if (status !== 0) throw new Error('Quint could not be installed');
}
/** Runs Quint. @returns whether it found nothing wrong, and what it printed */
function quint(...args: readonly string[]): { isFine: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync(join(home, 'node_modules/.bin/quint'), args, { cwd: home, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { isFine: status === 0, output: `${stdout}${stderr}` };
}
const run = (...args: readonly string[]): { isFine: boolean; output: string } => quint('run', model, '--main', 'establishment', '--backend', 'typescript', '--max-steps', values.steps, '--seed', values.seed, ...args);

let faults = 0;
const say = (isRight: boolean, text: string, detail = ''): void => {
  if (!isRight) faults++;
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${text}${isRight ? '' : `\n${detail}`}`);
};

install();
const typed = quint('typecheck', model);
say(typed.isFine, 'the model is well typed', typed.output);
const safe = run('--max-samples', values.samples, '--invariant', 'safe');
say(safe.isFine, `${values.samples} random runs of ${values.steps} steps violate no invariant`, safe.output.slice(-4000));
for (const invariant of ANNOUNCED) {
  const { output } = run('--max-samples', values.samples, '--invariant', invariant);
  say(/\[violation\]/.test(output), `as announced, '${invariant}' does not hold`, output.slice(-2000));
}
for (const file of readdirSync(home)) if (file.endsWith('.itf.json')) rmSync(join(home, file));
run('--mbt', '--max-samples', values.traces, '--n-traces', values.traces, '--out-itf', join(home, 'trace_{seq}.itf.json'));
const oracle = new Oracle(new SpecReader(root).area('interpeer'));
const files = readdirSync(home).filter((file) => file.endsWith('.itf.json'));
let states = 0;
const parted: string[] = [];
for (const file of files) {
  const trace = readItf(readFileSync(join(home, file), 'utf8'));
  states += trace.length;
  parted.push(...replayEstablishment(oracle, trace).map((fault) => `  ${file}: ${fault}`));
}
say(files.length > 0 && parted.length === 0, `${String(files.length)} traces of ${String(states)} states go the same way through the machines`, parted.slice(0, 5).join('\n'));
process.exitCode = faults === 0 ? 0 : 1;
