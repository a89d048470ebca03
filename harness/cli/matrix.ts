/** `npm run verify`: every bundled implementation, one after the other, and a verdict per requirement. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { formatBaseline, parseBaseline, proposeBaseline, type Baseline } from '../core/baseline.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import { formatReport } from '../report/failure.ts';
import { formatJson, jsonReport } from '../report/json.ts';
import { formatJunit } from '../report/junit.ts';
import { groupOf } from '../report/summary.ts';
import { Progress } from '../report/terminal.ts';
import { loadSuite, referenceCommand, type Suite } from './suite.ts';
import { runVerify, type VerifyOptions, type VerifyResult } from './verify.ts';
import { VERSION } from './version.ts';
import { complain, say } from './output.ts';
import { requireFolder } from './files.ts';
import { interruption } from './interruption.ts';

/** A bundled implementation, and how it is run. */
export interface Entry {
  readonly name: string;
  readonly options: Partial<VerifyOptions>;
  readonly baseline?: string;
  /** Says why it cannot run here, or nothing. */
  readonly missing?: () => string | undefined;
}

export interface MatrixOptions {
  readonly report?: string;
  readonly seed: string;
  readonly writeBaselines?: boolean;
}

/** Every bundled implementation. */
export function entries(root: string): Entry[] {
  const node = `"${process.execPath}"`;
  const guest = (folder: string, file: string): string => `"${join(root, 'harness/adapters', folder, file)}"`;
  const python = ['python3', 'python'].find(
    (command) => spawnSync(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0,
  );
  // Resolved and not looked up in a folder: where this is a dependency itself, libraries stand beside it.
  const { resolve } = createRequire(join(root, 'package.json'));
  const needs = (name: string) => (): string | undefined => {
    try {
      resolve(name);
      return undefined;
    } catch {
      return `${name} is not installed; 'npm ci' installs it here, 'npm install ${name}' elsewhere`;
    }
  };
  return [
    { name: 'reference', options: { stdio: referenceCommand(root) } },
    { name: 'ref/udp', options: { self: 'udp' } },
    {
      name: 'python',
      options: { stdio: `${python ?? 'python3'} "${join(root, 'harness/kits/python/bottlepost_adapter.py')}"` },
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
    { name: 'tweetnacl', options: { stdio: `${node} ${guest('tweetnacl', 'adapter.cjs')}` }, missing: needs('tweetnacl') },
    { name: 'libsodium', options: { stdio: `${node} ${guest('libsodium', 'adapter.cjs')}` }, missing: needs('libsodium-wrappers-sumo') },
    {
      name: 'kilt',
      options: { stdio: `${node} ${guest('kilt-messaging', 'adapter.cjs')}` },
      baseline: join(root, 'harness/adapters/kilt-messaging/baseline.yaml'),
      missing: needs('@kiltprotocol/messaging'),
    },
    {
      name: 'e3x',
      options: { stdio: `${node} ${guest('e3x', 'adapter.cjs')}` },
      baseline: join(root, 'harness/adapters/e3x/baseline.yaml'),
      missing: e3xMissing,
    },
  ];
}

/** e3x-js is not a dependency of this project: users who have it say where. */
function e3xMissing(): string | undefined {
  const folder = process.env['E3X_JS_DIR'] ?? process.cwd();
  try {
    createRequire(join(folder, 'package.json')).resolve('e3x');
    return undefined;
  } catch {
    return 'e3x was not found; docs/guides/e3x-js.md says how to install it, and E3X_JS_DIR where to look for it';
  }
}

/** Runs all and prints the matrix; the worst exit code is the result. */
export async function matrix(options: MatrixOptions): Promise<number> {
  const suite = loadSuite();
  const out = (text: string): void => {
    say(`${text}\n`);
  };
  const results: { entry: Entry; result: VerifyResult }[] = [];
  const skipped: string[] = [];
  let worst: ExitCode = EXIT.ok;
  const interrupted = interruption();
  if (options.report !== undefined) requireFolder('--report', options.report);
  for (const entry of entries(suite.root)) {
    if (interrupted.exit !== undefined) {
      skipped.push(entry.name);
      continue;
    }
    const reason = entry.missing?.();
    if (reason !== undefined) {
      out(`${entry.name}: not run. ${reason}.`);
      skipped.push(entry.name);
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
    complain(`${entry.name}:\n`);
    const result = await runVerify(suite, verifyOptions, (total) => new Progress(process.stderr, total), {
      interruption: interrupted,
      ...(known && entry.baseline !== undefined ? { baseline: parseBaseline(readFileSync(entry.baseline, 'utf8'), entry.baseline) } : {}),
    });
    if (options.writeBaselines === true && entry.baseline !== undefined) rewriteBaseline(entry.baseline, result);
    results.push({ entry, result });
    describeRun(suite, entry, result, out);
    if (result.exit > worst) worst = result.exit;
    if (options.report !== undefined) saveReports(suite, options.report, entry, result);
  }
  interrupted.forget();
  printMatrix(suite, results, out);
  out('');
  const verdict =
    worst === EXIT.ok
      ? 'PASS: every implementation does what it claims, apart from what its baseline records.'
      : `FAIL (exit ${String(worst)}): see above; run 'npx bottlepost verify' on one of them for details.`;
  out(`${verdict}${skipped.length > 0 ? ` Not run: ${skipped.join(', ')}.` : ''}`);
  return worst;
}

function describeRun(suite: Suite, entry: Entry, { summary, exit, baseline }: VerifyResult, out: (text: string) => void): void {
  const allowed = new Set(baseline?.allowed);
  const failing = summary.reports.filter((r) => ['fail', 'broken'].includes(r.result.verdict) && !allowed.has(r.check.id));
  for (const report of failing.slice(0, 3)) out(formatReport(report, { levelOf: (id) => suite.requirements.get(id)?.level }));
  if (failing.length > 3) out(`... and ${String(failing.length - 3)} more failing checks of ${entry.name}.`);
  for (const problem of baseline?.problems ?? []) out(`baseline of ${entry.name}: ${problem.message}`);
  for (const error of summary.internalErrors) out(`BUG IN THE BENCH in ${error.check}: ${error.message}`);
  const count = (verdict: string): number => summary.reports.filter((r) => r.result.verdict === verdict).length;
  out(
    `${entry.name}: ${String(count('pass'))} pass, ${String(failing.length)} fail` +
      `${allowed.size > 0 ? `, ${String(allowed.size)} known defects (baseline)` : ''}` +
      `${count('unreachable') > 0 ? `, ${String(count('unreachable'))} too large for the transport` : ''} ` +
      `in ${(summary.elapsedMs / 1000).toFixed(1)} s${exit === EXIT.ok ? '' : `  -> exit ${String(exit)}`}`,
  );
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
  writeFileSync(`${base}.xml`, formatJunit(summary, {}, baseline));
}

/** Keeps the reasons and expiry dates of entries that stay; new ones say that theirs is still to be written. */
function rewriteBaseline(file: string, { summary }: VerifyResult): void {
  const today = new Date().toISOString().slice(0, 10);
  const proposed = proposeBaseline(summary, today);
  const before: Baseline | undefined = existsSync(file) ? parseBaseline(readFileSync(file, 'utf8'), file) : undefined;
  const entriesNow = proposed.entries.map((e) => {
    const old = before?.entries.find((o) => o.requirement === e.requirement);
    return old === undefined ? e : { ...e, reason: old.reason, expires: old.expires };
  });
  writeFileSync(file, formatBaseline({ ...proposed, entries: entriesNow }));
}

/** Requirement by implementation: ok, FAIL, known (a failure its baseline records), - (not asked), size (does not fit). */
function printMatrix(suite: Suite, results: readonly { entry: Entry; result: VerifyResult }[], out: (text: string) => void): void {
  const names = results.map((r) => r.entry.name);
  const widths = names.map((n) => Math.max(5, n.length) + 1);
  out(`\n${'requirement'.padEnd(12)}${names.map((n, i) => n.padStart(widths[i] ?? 0)).join('')}`);
  const cells = results.map(({ result }) => {
    const allowed = new Set(result.baseline?.allowed);
    const byClause = new Map<string, string>();
    const rank = ['-', 'size', 'ok', 'known', 'FAIL'];
    for (const report of result.summary.reports) {
      const { verdict } = report.result;
      const cell =
        verdict === 'pass'
          ? 'ok'
          : verdict === 'unsupported'
            ? '-'
            : verdict === 'unreachable'
              ? 'size'
              : allowed.has(report.check.id)
                ? 'known'
                : 'FAIL';
      const clause = report.result.verdict === 'fail' ? report.result.failure.requirement : report.check.requirement;
      const before = byClause.get(clause) ?? '-';
      if (rank.indexOf(cell) > rank.indexOf(before)) byClause.set(clause, cell);
    }
    return byClause;
  });
  let group = '';
  for (const r of suite.areas.flatMap(({ spec }) => spec.requirements)) {
    if (!suite.checks.some((c) => c.requirement === r.id)) continue;
    if (groupOf(r.id) !== group) {
      group = groupOf(r.id);
      out('');
    }
    out(`${r.id.padEnd(12)}${cells.map((c, i) => (c.get(r.id) ?? '-').padStart(widths[i] ?? 0)).join('')}`);
  }
  out('\nok: all its checks pass   known: fails as its baseline records   FAIL: fails\nsize: too large for the transport   -: not claimed');
}
