/** `bottlepost verify`: runs the suites against one adapter and says what is wrong, where, and by which clause. */
import { quoted } from '../../conformance/contract/text.ts';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  applyBaseline,
  blamedRequirement,
  BaselineError,
  formatBaseline,
  isRecorded,
  parseBaseline,
  updateBaseline,
  type Baseline,
  type BaselineResult,
} from '../core/baseline.ts';
import { connect, parseTarget, StartError, TargetError, TIMEOUT_MS_DEFAULT, type Connection, type Target } from '../core/connection.ts';
import { EXIT, exitCode, type ExitCode } from '../core/exit.ts';
import { isDecided } from '../core/decided.ts';
import { formatReport, type FailureContext } from '../report/failure.ts';
import { causesOf, formatCauses, othersLine } from '../report/causes.ts';
import { standingOf } from '../report/findings.ts';
import { formatNext } from '../report/next.ts';
import { formatSummary, formatVerdict } from '../report/summary.ts';
import { Progress } from '../report/terminal.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { runChecks, type RunSummary } from '../core/runner.ts';
import { serveUdp } from '../core/serve-udp.ts';
import { formatRepro } from '../../conformance/suites/repro.ts';
import { referenceHandler } from '../adapters/reference/handler.ts';
import { claimsOf, leftOutNotes, loadSuite, referenceCommand, selectChecks, UsageFault, type Selection, type Suite } from './suite.ts';
import { narrowerThanClaimed, requireProfiles, worthOfRun } from './worth.ts';
import { survivorsOf } from './survivors.ts';
import { VERSION } from './version.ts';
import { callOf, replayAgain, targetArguments, verifyAgain } from './again.ts';
import { requireNames } from './baseline-names.ts';
import { readNamed, requireFolder, requireWritable, writeWhole } from './files.ts';
import { parseReports, requireReports, tellGithub, writeReports, type Report } from './reports.ts';
import { interruption, type Interruption } from './interruption.ts';
import { complain, say } from './output.ts';

export interface VerifyOptions {
  readonly stdio?: string;
  readonly udp?: string;
  /** The built-in reference, over its own pipe or over loopback UDP. */
  readonly self?: boolean | 'stdio' | 'udp';
  readonly profile: readonly string[];
  readonly only: readonly string[];
  readonly seed: string;
  readonly jobs?: number;
  readonly timeout?: number;
  readonly effort: number;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly report: readonly string[];
  readonly failFast?: boolean;
  readonly shard?: string;
  readonly repros: string | false;
  readonly strict?: boolean;
  /** Profiles that must be claimed, shown and passing. */
  readonly require?: readonly string[];
  /** The whole summary, with every topic and every clause that was not tested. */
  readonly full?: boolean;
  /** Print only the verdict. */
  readonly quiet?: boolean;
  /** Only failures against published clauses count. */
  readonly published?: boolean;
}

const SHOWN_CAUSES_MAX = 10;
const REPROS_MAX = 100;

function parseShard(text: string): { index: number; count: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (match === null || index < 1 || count < 1 || index > count)
    throw new UsageFault(`--shard takes i/n with 1 <= i <= n, not ${quoted(text)}`);
  return { index, count };
}

/** Where the adapter is, and what to close when the run is over. */
async function targetOf(options: VerifyOptions): Promise<{ target: Target; name: string; close(): Promise<void> }> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (options.self === undefined || options.self === false) {
    const target = parseTarget(options);
    return { target, name: target.kind === 'stdio' ? `--stdio '${target.command}'` : `--udp ${String(options.udp)}`, close: nothing };
  }
  if (options.stdio !== undefined || options.udp !== undefined)
    throw new TargetError('name one adapter: --self excludes --stdio and --udp');
  if (options.self === 'udp') {
    const server = await serveUdp(referenceHandler, 0);
    return { target: parseTarget({ udp: `127.0.0.1:${String(server.port)}` }), name: '--self udp', close: () => server.close() };
  }
  return { target: parseTarget({ stdio: referenceCommand() }), name: '--self', close: nothing };
}

/** What a run over one adapter found. */
export interface VerifyResult {
  readonly summary: RunSummary;
  readonly exit: ExitCode;
  readonly baseline: BaselineResult | undefined;
}

/** What a run is given: its baseline, read before it begins, and the signals that interrupt it. */
export interface RunFiles {
  readonly baseline?: Baseline;
  readonly interruption?: Interruption;
}

/** Runs the checks; used by `verify` itself and by the matrix. */
export async function runVerify(
  suite: Suite,
  options: VerifyOptions,
  onProgress?: (total: number, isKnown: (report: CheckReport) => boolean) => Progress | undefined,
  files: RunFiles = {},
): Promise<VerifyResult> {
  const { target, close } = await targetOf(options);
  // The first connection shows which profiles are claimed; the run then uses it.
  let first: Connection | undefined;
  try {
    const timeoutMs = options.timeout ?? TIMEOUT_MS_DEFAULT;
    const open = (): Promise<Connection> =>
      connect(target, { revision: suite.revision, seed: options.seed, timeoutMs, shapes: suite.shapes });
    const selection: Selection = {
      profiles: options.profile,
      only: options.only,
      ...(options.shard === undefined ? {} : { shard: parseShard(options.shard) }),
    };
    requireProfiles(suite, options.require ?? []);
    selectChecks(suite, selection, undefined); // reports names that do not exist before anything is started
    let startError: StartError | undefined;
    try {
      first = await open();
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      startError = error;
    }
    const checks = selectChecks(suite, selection, first?.hello);
    const today = new Date().toISOString().slice(0, 10);
    const isKnown = files.baseline === undefined ? () => false : isRecorded(files.baseline, first?.hello.name, today);
    const progress = onProgress?.(checks.length, isKnown);
    const openNext = (): Promise<Connection> => {
      const ready = first;
      first = undefined;
      if (ready !== undefined) return Promise.resolve(ready);
      if (startError !== undefined) {
        const error = startError;
        startError = undefined;
        return Promise.reject(error);
      }
      return open();
    };
    const jobs = options.jobs ?? (target.kind === 'udp' ? 1 : Math.min(2, availableParallelism()));
    const run = await runChecks(checks, openNext, {
      seed: options.seed,
      effort: options.effort,
      jobs,
      timeoutMs,
      failFast: options.failFast === true,
      claims: claimsOf(suite, selection),
      profiles: new Set(suite.profiles.keys()),
      // A device behind a port is not started again: it does not answer, and that is all there is to know.
      ...(target.kind === 'stdio' ? { survivorsOf: (check, failure) => survivorsOf(suite, check, failure) } : {}),
      narrower: (hello) => narrowerThanClaimed(suite, hello),
      ...(files.interruption === undefined ? {} : { signal: files.interruption.signal }),
      onReport: (report) => progress?.report(report),
    }).finally(() => progress?.finish());
    const published = options.published === true;
    const decided = published ? decidedNotes(run) : [];
    const worth = options.shard === undefined ? worthOfRun(suite, options, run, target.kind === 'stdio') : undefined;
    const summary: RunSummary = {
      ...run,
      ...(worth === undefined ? {} : { worth }),
      notes: [...run.notes, ...leftOutNotes(suite, selection, run.hello), ...decided],
    };
    const baseline = files.baseline === undefined ? undefined : applyBaseline(summary, files.baseline, today);
    let exit = files.interruption?.exit ?? exitCode(summary, baseline, published);
    if (options.strict === true && exit === EXIT.ok && summary.reports.some((r) => r.result.verdict === 'unreachable')) exit = EXIT.failed;
    return { summary, exit, baseline };
  } finally {
    // Still open if the selection matched nothing that hello claims; an adapter left running would keep the command from ending.
    await first?.close();
    await close();
    await suite.closePeer();
  }
}

/** The whole command: progress, failures, summary, reports. Resolves with the exit code. */
export async function verify(options: VerifyOptions): Promise<number> {
  const interrupted = interruption();
  try {
    const reports = parseReports(options.report);
    const seeded = options.seed === 'random' ? { ...options, seed: randomBytes(6).toString('hex') } : options;
    const baseline = requireFiles(seeded, reports);
    const suite = loadSuite();
    if (baseline !== undefined) requireNames(suite, baseline, options.baseline ?? '');
    const startedAt = new Date();
    const result = await runVerify(
      suite,
      seeded,
      (total, isKnown) =>
        seeded.quiet === true ? undefined : new Progress(process.stderr, total, { isKnown, published: seeded.published === true }),
      {
        interruption: interrupted,
        ...(baseline === undefined ? {} : { baseline }),
      },
    );
    return tell(suite, seeded, reports, startedAt, result);
  } catch (error) {
    if (error instanceof UsageFault || error instanceof TargetError || error instanceof BaselineError) {
      complain(`bottlepost: ${error.message}\n`);
      return EXIT.usage;
    }
    throw error;
  } finally {
    interrupted.forget();
  }
}

/** Reads the files of the run, and checks that it can write its output files. @throws UsageFault or BaselineError before anything is run */
function requireFiles(options: VerifyOptions, reports: readonly Report[]): Baseline | undefined {
  requireReports(reports);
  if (options.writeBaseline !== undefined) requireWritable('--write-baseline', options.writeBaseline);
  if (options.repros !== false) requireFolder('--repros', options.repros);
  return options.baseline === undefined ? undefined : parseBaseline(readNamed('--baseline', options.baseline), options.baseline);
}

/** The baseline that a file holds already, whose reasons and dates stay; undefined if it holds none of this implementation. */
function formerBaseline(file: string, { hello }: RunSummary): Baseline | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const before = parseBaseline(readNamed('--write-baseline', file), file);
    return before.implementation === hello?.name ? before : undefined;
  } catch (error) {
    if (error instanceof BaselineError) return undefined;
    throw error;
  }
}

/** Writes the reports and then prints the results, so that what was measured is safe before anything is printed. */
function tell(
  suite: Suite,
  options: VerifyOptions,
  reports: readonly Report[],
  startedAt: Date,
  { summary, exit, baseline }: VerifyResult,
): ExitCode {
  const checks = new Set(suite.checks.map(({ id }) => id));
  const context: FailureContext = {
    levelOf: (id) => suite.requirements.get(id)?.level,
    published: options.published === true,
    full: options.full === true,
    runAgain: (id) => verifyAgain(options, id, !checks.has(id)),
  };
  const meta = {
    version: VERSION,
    revision: suite.revision,
    exitCode: exit as Exclude<ExitCode, 2>,
    startedAt: startedAt.toISOString(),
    elapsedMs: Math.round(summary.elapsedMs),
    ...(baseline === undefined ? {} : { baseline }),
    ...(options.shard === undefined ? {} : { shard: parseShard(options.shard) }),
  };
  let whole = writeReports(suite, reports, { summary, context, meta, baseline });
  if (options.writeBaseline !== undefined) {
    const file = options.writeBaseline;
    const { baseline: written, wanting } = updateBaseline(formerBaseline(file, summary), summary, startedAt.toISOString().slice(0, 10));
    if (!writeWhole(file, formatBaseline(written))) whole = false;
    else say(`A baseline was written to ${file}${wanting.length > 0 ? '; state a reason in each entry that has none' : ''}.\n`);
  }
  const published = options.published === true;
  const standing = standingOf(baseline, published);
  const failing = summary.reports.filter((report) => ['fail', 'broken'].includes(standing(report)));
  const repros = saveRepros(
    options,
    summary,
    failing.map((r) => r.check.id),
  );
  if (options.quiet === true) {
    say(formatVerdict(summary, { exitCode: exit, published, ...(baseline === undefined ? {} : { baseline }) }));
    whole = tellGithub(reports, summary, exit, baseline, published) && whole;
    return whole || exit !== EXIT.ok ? exit : EXIT.internal;
  }
  const causes = causesOf(failing);
  // Others that were under way when the first one failed have a line each.
  const shownMax = options.failFast === true ? 1 : SHOWN_CAUSES_MAX;
  for (const cause of causes.slice(0, shownMax)) {
    const [report] = cause.reports;
    if (report === undefined) continue;
    say(`\n${formatReport(report, context)}`);
    const repro = repros.get(report.check.id);
    if (repro !== undefined) say(`  replay:    ${replayAgain(options, repro)}\n`);
    say(othersLine(cause));
  }
  if (causes.length > shownMax) say(`\n... and ${String(causes.length - shownMax)} more:\n${formatCauses(causes.slice(shownMax))}`);
  for (const error of summary.internalErrors) say(`\nBUG IN THE BENCH in ${error.check}: ${error.message}\n`);
  const scope = new Map([...suite.requirements].filter(([id]) => summary.reports.some((r) => r.check.requirement === id)));
  say(
    formatSummary(summary, {
      requirements: scope,
      names: suite.names,
      exitCode: exit,
      full: options.full === true,
      published,
      ...(baseline === undefined ? {} : { baseline }),
    }),
  );
  say(
    formatNext({
      exitCode: exit,
      causes,
      smoke: callOf('smoke', ...targetArguments(options)),
      hasJson: reports.some(({ kind }) => kind === 'json'),
      ...(baseline === undefined ? {} : { baseline }),
    }),
  );
  whole = tellGithub(reports, summary, exit, baseline, published) && whole;
  return whole || exit !== EXIT.ok ? exit : EXIT.internal;
}

/** What `--published` leaves out of the verdict, as one note. */
function decidedNotes({ reports }: RunSummary): string[] {
  const decided = reports.filter(({ result }) => isDecided(result));
  if (decided.length === 0) return [];
  const clauses = [...new Set(decided.map(blamedRequirement))].sort();
  return [
    `decided: ${String(decided.length)} failing ${decided.length === 1 ? 'check does' : 'checks do'} not count, ` +
      `because no published clause is violated: ${clauses.join(' ')}`,
  ];
}

/**
 * Saves failures in a folder per implementation, so that two runs in one place do not mix. A whole run first removes what
 * earlier runs saved there; a narrowed run does not, since it may repeat a single failure among many.
 */
function saveRepros(options: VerifyOptions, summary: RunSummary, failing: readonly string[]): Map<string, string> {
  const saved = new Map<string, string>();
  if (options.repros === false) return saved;
  const { hello } = summary;
  const folder = join(options.repros, fileName(hello === undefined ? 'not-started' : `${hello.name}-${hello.version}`));
  if (options.only.length === 0 && options.shard === undefined) forgetRepros(folder);
  const wanted = new Set(failing);
  for (const { check, result } of summary.reports) {
    const failure = result.verdict === 'fail' || result.verdict === 'broken' ? result.failure : undefined;
    if (!wanted.has(check.id) || failure === undefined || failure.steps.length === 0 || saved.size >= REPROS_MAX) continue;
    const file = join(folder, `${fileName(check.id)}.json`);
    const origin = {
      check: check.id,
      seed: options.seed,
      ...(hello === undefined ? {} : { implementation: `${hello.name} ${hello.version}` }),
    };
    if (!writeWhole(file, formatRepro(failure, origin))) return saved;
    saved.set(check.id, file);
  }
  return saved;
}

/** Removes repros, and nothing else that somebody may have put next to them. */
function forgetRepros(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.endsWith('.json')) rmSync(join(folder, name), { force: true });
}

/** A name as one part of a path, valid on any system. */
function fileName(text: string): string {
  return text
    .replace(/[^A-Za-z0-9.-]+/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, 120);
}
