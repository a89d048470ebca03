/** `npm run verify`: runs every bundled implementation, one after another, and shows the results on one screen. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { applyBaseline, formatBaseline, parseBaseline, updateBaseline } from '../core/baseline.ts';
import { atWidth, WIDTH } from '../../conformance/contract/text.ts';
import { EXIT, exitCode, type ExitCode } from '../core/exit.ts';
import { formatJson, jsonReport } from '../report/json.ts';
import { formatJunit } from '../report/junit.ts';
import { Progress } from '../report/terminal.ts';
import {
  formatByRequirement,
  formatFailuresOf,
  formatMatrixNext,
  formatMatrixVerdict,
  formatScreen,
  type MatrixRun,
  type Skipped,
} from './matrix-screen.ts';
import { loadSuite, referenceCommand, type Suite } from './suite.ts';
import { runVerify, type VerifyOptions, type VerifyResult } from './verify.ts';
import { lookup } from './setup.ts';
import { VERSION } from './version.ts';
import { formatUpdate } from './baseline.ts';
import { didYouMean } from './nearest.ts';
import { complain, say } from './output.ts';
import { REPROS_DEFAULT, verifyAgain } from './again.ts';
import { requireFolder, writeWhole } from './files.ts';
import { htmlOf } from './reports.ts';
import { interruption } from './interruption.ts';

/** A bundled implementation, and how it is run. */
export interface Entry {
  readonly name: string;
  readonly options: Partial<VerifyOptions>;
  readonly baseline?: string;
  /** Returns the reason why it cannot run here; undefined if it can. */
  readonly missing?: () => string | undefined;
}

export interface MatrixOptions {
  readonly report?: string;
  readonly seed: string;
  /** Names of implementations; all of them if empty. */
  readonly only: readonly string[];
  readonly full?: boolean;
  readonly quiet?: boolean;
  readonly writeBaselines?: boolean;
}

/** Every bundled implementation. */
export function entries(root: string): Entry[] {
  const node = `"${process.execPath}"`;
  const guest = (folder: string, file: string): string => `"${join(root, 'harness/adapters', folder, file)}"`;
  const python = ['python3', 'python'].find(
    (command) => spawnSync(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0,
  );
  // Resolved, not looked up in a folder: if this package is itself a dependency, the libraries are installed next to it.
  const { resolve } = createRequire(join(root, 'package.json'));
  const e3x = lookup('harness/adapters/e3x');
  const needs = (name: string) => (): string | undefined => {
    try {
      resolve(name);
      return undefined;
    } catch {
      return `'npm install ${name}' installs it`;
    }
  };
  return [
    { name: 'reference', options: { stdio: referenceCommand(root) } },
    { name: 'ref/udp', options: { self: 'udp' }, baseline: join(root, 'harness/adapters/reference/udp-baseline.yaml') },
    {
      name: 'python',
      options: { stdio: `${python ?? 'python3'} "${join(root, 'harness/kits/python/bottlepost_adapter.py')}"` },
      missing: () => (python === undefined ? 'Python 3.9 or later is not installed on this machine' : undefined),
    },
    {
      name: 'python-nexus',
      // Its curves are written out in Python: with less time, a busy machine would cut the generated checks short.
      options: { stdio: `${python ?? 'python3'} "${join(root, 'harness/kits/python/nexus_adapter.py')}"`, timeout: 60_000 },
      missing: () => (python === undefined ? 'Python 3.9 or later is not installed on this machine' : undefined),
    },
    {
      name: 'lob-enc',
      options: { stdio: `${node} ${guest('lob-enc', 'adapter.cjs')}` },
      baseline: join(root, 'harness/adapters/lob-enc/baseline.yaml'),
      missing: needs('lob-enc'),
    },
    {
      name: 'hashname',
      options: { stdio: `${node} ${guest('hashname', 'adapter.cjs')}` },
      baseline: join(root, 'harness/adapters/hashname/baseline.yaml'),
      missing: needs('hashname'),
    },
    // Cipher set 3a as this project wrote it, over primitives of these libraries; neither has E3X.
    { name: 'own-tweetnacl', options: { stdio: `${node} ${guest('tweetnacl', 'adapter.cjs')}` }, missing: needs('tweetnacl') },
    {
      name: 'own-libsodium',
      options: { stdio: `${node} ${guest('libsodium', 'adapter.cjs')}` },
      missing: needs('libsodium-wrappers-sumo'),
    },
    {
      name: 'kilt',
      options: { stdio: `${node} ${guest('kilt-messaging', 'adapter.cjs')}` },
      baseline: join(root, 'harness/adapters/kilt-messaging/baseline.yaml'),
      missing: needs('@kiltprotocol/messaging'),
    },
    {
      // The library and not the area.
      name: 'e3x-js',
      // Its arithmetic is plain JavaScript of 2014: with less time, a busy machine would cut the generated checks short.
      options: { stdio: `${node} ${guest('e3x', 'adapter.cjs')}`, timeout: 60_000 },
      baseline: join(root, 'harness/adapters/e3x/baseline.yaml'),
      missing: () => (e3x.fromThere() === undefined ? e3x.MISSING : undefined),
    },
  ];
}

/** Runs all of them and prints the results on one screen; resolves with the worst exit code. */
export async function matrix(options: MatrixOptions): Promise<number> {
  const suite = loadSuite();
  const all = entries(suite.root);
  const unknown = options.only.find((name) => !all.some((entry) => entry.name === name));
  if (unknown !== undefined) {
    const names = all.map(({ name }) => name);
    complain(`bottlepost: no bundled implementation is named '${unknown}'.${didYouMean(unknown, names)} There are: ${names.join(', ')}\n`);
    return EXIT.usage;
  }
  const runs: MatrixRun[] = [];
  const skipped: Skipped[] = [];
  let worst: ExitCode = EXIT.ok;
  const interrupted = interruption();
  if (options.report !== undefined) requireFolder('--report', options.report);
  for (const entry of all.filter(({ name }) => options.only.length === 0 || options.only.includes(name))) {
    const reason = interrupted.exit === undefined ? entry.missing?.() : 'the run was ended before its turn';
    if (reason !== undefined) {
      skipped.push({ name: entry.name, reason });
      continue;
    }
    const known = entry.baseline !== undefined && existsSync(entry.baseline) && options.writeBaselines !== true;
    const verifyOptions: VerifyOptions = {
      profile: [],
      only: [],
      seed: options.seed,
      effort: 1,
      report: [],
      repros: false,
      ...entry.options,
    };
    const ran = await runVerify(
      suite,
      verifyOptions,
      (total, isKnown) => (options.quiet === true ? undefined : new Progress(process.stderr, total, { label: entry.name, isKnown })),
      {
        interruption: interrupted,
        ...(known && entry.baseline !== undefined ? { baseline: parseBaseline(readFileSync(entry.baseline, 'utf8'), entry.baseline) } : {}),
      },
    );
    const isRewritten = options.writeBaselines === true && entry.baseline !== undefined && ran.summary.hello !== undefined;
    const result = isRewritten ? rewriteBaseline(entry.baseline, ran) : ran;
    runs.push({ name: entry.name, ...result });
    if (result.exit > worst) worst = result.exit;
    if (options.report !== undefined) saveReports(suite, options.report, entry, result);
  }
  if (options.report !== undefined && runs.length > 0) savePage(suite, options, runs, all);
  interrupted.forget();
  const clauses = suite.areas
    .flatMap(({ spec }) => spec.requirements.map(({ id }) => id))
    .filter((id) => suite.checks.some((check) => check.requirement === id));
  if (options.full === true) say(formatByRequirement(clauses, runs));
  if (options.quiet !== true) {
    for (const run of runs) say(formatFailuresOf(run, (id) => suite.requirements.get(id)?.level));
    say(formatScreen(runs, skipped, suite.names));
  }
  say(formatMatrixVerdict(runs, worst));
  if (options.quiet !== true) say(formatMatrixNext(runs));
  return worst;
}

function saveReports(suite: Suite, folder: string, entry: Entry, { summary, exit, baseline }: VerifyResult): void {
  mkdirSync(folder, { recursive: true });
  const base = join(folder, entry.name.replaceAll('/', '-'));
  const meta = {
    version: VERSION,
    revision: suite.revision,
    exitCode: exit as Exclude<ExitCode, 2>,
    ...(baseline === undefined ? {} : { baseline }),
  };
  writeFileSync(`${base}.json`, formatJson(jsonReport(summary, meta)));
  writeFileSync(
    `${base}.xml`,
    atWidth(WIDTH, () => formatJunit(summary, {}, baseline)),
  );
}

/** All of them on one page, beside their reports. */
function savePage(suite: Suite, { report, seed }: MatrixOptions, runs: readonly MatrixRun[], all: readonly Entry[]): void {
  const pages = runs.map(({ name, summary, exit, baseline }) => {
    const target = all.find((entry) => entry.name === name)?.options;
    return {
      name,
      summary,
      context: {
        levelOf: (id: string) => suite.requirements.get(id)?.level,
        runAgain: (id: string) => verifyAgain({ profile: [], only: [], seed, effort: 1, repros: REPROS_DEFAULT, ...target }, id, false),
      },
      meta: { version: VERSION, revision: suite.revision, exitCode: exit as Exclude<ExitCode, 2> },
      baseline,
    };
  });
  writeWhole(
    join(report ?? '', 'index.html'),
    atWidth(WIDTH, () => htmlOf(suite, pages)),
  );
}

/** Records what fails now as known, as `baseline update` does. */
/** Records what fails as known. @returns the result as it is with the new baseline */
function rewriteBaseline(file: string, { summary, exit }: VerifyResult): VerifyResult {
  const before = existsSync(file) ? parseBaseline(readFileSync(file, 'utf8'), file) : undefined;
  const today = new Date().toISOString().slice(0, 10);
  const update = updateBaseline(before, summary, today);
  writeFileSync(file, formatBaseline(update.baseline));
  say(formatUpdate(file, update));
  const baseline = applyBaseline(summary, update.baseline, today);
  return { summary, exit: exit === EXIT.failed ? exitCode(summary, baseline) : exit, baseline };
}
