/** What `bottlepost matrix` prints at the end: a line per implementation, a line per topic with failures, and the verdict. */
import { EXIT, type ExitCode } from '../core/exit.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { causesOf, formatCauses, othersLine } from '../report/causes.ts';
import { formatReport } from '../report/failure.ts';
import { standingOf } from '../report/findings.ts';
import { nextLines } from '../report/next.ts';
import { groupOf } from '../../conformance/contract/clauses.ts';
import { byTopic, type Names } from '../report/names.ts';
import { standings } from '../report/summary.ts';
import { counted, labelled, lineWidth, wrap } from '../../conformance/contract/text.ts';
import type { VerifyResult } from './verify.ts';

/** One implementation and what its run found. */
export interface MatrixRun extends VerifyResult {
  readonly name: string;
}
/** One implementation that was not run, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** Most causes shown with an example per implementation; `verify` shows more. */
const SHOWN_CAUSES_MAX = 3;
/** Most topics listed per implementation. */
const TOPICS_MAX = 6;

const isFailing = ({ result }: { result: { verdict: string } }): boolean => result.verdict === 'fail' || result.verdict === 'broken';

/** The failures of one run that are not known, and the problems with its baseline; empty if there are none. */
export function formatFailuresOf({ name, summary, baseline }: MatrixRun, levelOf: (id: string) => string | undefined): string {
  const allowed = new Set(baseline?.allowed);
  const failing = summary.reports.filter((report) => isFailing(report) && !allowed.has(report.check.id));
  const causes = causesOf(failing);
  const lines = causes.slice(0, SHOWN_CAUSES_MAX).map(
    (cause) =>
      `\n${name}:\n${cause.reports
        .slice(0, 1)
        .map((report) => formatReport(report, { levelOf }))
        .join('')}${othersLine(cause)}`,
  );
  if (causes.length > SHOWN_CAUSES_MAX)
    lines.push(`\n... and ${String(causes.length - SHOWN_CAUSES_MAX)} more in ${name}:\n${formatCauses(causes.slice(SHOWN_CAUSES_MAX))}`);
  for (const { message } of baseline?.problems ?? []) lines.push(`\n${wrap(`baseline of ${name}: ${message}`, 0).join('\n')}\n`);
  for (const error of summary.internalErrors) lines.push(`\nBUG IN THE BENCH in ${error.check}: ${error.message}\n`);
  return lines.join('');
}

/** One line of the screen: a name, its numbers, and what is to be said of them. */
interface Line {
  readonly name: string;
  readonly numbers?: readonly (number | string)[];
  readonly said?: string;
}

/** Columns of each number and its heading: narrow enough for the name of a topic on a line of 60. */
const HEADINGS: readonly (readonly [string, number])[] = [
  ['pass', 7],
  ['known', 7],
  ['not reached', 12],
  ['fail', 5],
];

/** A line per implementation, and below it one for each topic with failures that are not known. */
export function formatScreen(runs: readonly MatrixRun[], skipped: readonly Skipped[], names: Pick<Names, 'topicOf'>): string {
  const lines: Line[] = [{ name: '', numbers: HEADINGS.map(([heading]) => heading) }, ...runs.flatMap((run) => linesOf(run, names))];
  const width = Math.max(14, ...lines.map(({ name }) => name.length + 2));
  return [
    '',
    ...lines.map(({ name, numbers = [], said = '' }) => {
      const cells = numbers.map((number, at) => (number === 0 ? '.' : String(number)).padStart(HEADINGS[at]?.[1] ?? 0));
      return `  ${name.padEnd(width)}${cells.join('')}${said}`.trimEnd();
    }),
    ...skipped.flatMap(({ name, reason }) => labelled(name, `not run: ${reason}`, width + 2)),
    '',
    '',
  ].join('\n');
}

function linesOf({ name, summary, exit, baseline }: MatrixRun, names: Pick<Names, 'topicOf'>): Line[] {
  const standing = standingOf(baseline, false);
  const numbersOf = (reports: readonly CheckReport[]): [number, number, number, number] => {
    const { pass, known, unreachable, 'not-shown': hidden, fail, broken } = standings(reports, standing);
    return [pass, known, unreachable + hidden, fail + broken];
  };
  const failing = [...byTopic(summary.reports, names)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([topic, reports]): Line & { readonly numbers: [number, number, number, number] } => ({
      name: `  ${topic}`,
      numbers: numbersOf(reports),
    }))
    .filter(({ numbers: [, , , bad] }) => bad > 0);
  const left = failing.length - TOPICS_MAX;
  return [
    { name, numbers: numbersOf(summary.reports), ...(exit !== EXIT.ok && failing.length === 0 ? { said: '  see above' } : {}) },
    ...failing.slice(0, TOPICS_MAX),
    ...(left > 0 ? [{ name: `  ... and ${counted(left, 'more topic')}` }] : []),
  ];
}

/** The verdict on all of them, in a line or two. */
export function formatMatrixVerdict(runs: readonly MatrixRun[], worst: ExitCode): string {
  if (worst === EXIT.ok) {
    const known = runs.some(({ baseline }) => (baseline?.allowed.length ?? 0) > 0);
    return `${wrap(`PASS: all do what they claim${known ? ', apart from what their baselines record' : ''}`, 0).join('\n')}\n`;
  }
  const not = runs.filter(({ exit }) => exit !== EXIT.ok).map(({ name }) => name);
  return `${wrap(`FAIL (exit ${String(worst)}): ${not.length === 0 ? 'the run was ended' : not.join(', ')}`, 0).join('\n')}\n`;
}

/** What to do next if something failed. */
export function formatMatrixNext(runs: readonly MatrixRun[]): string {
  const [first] = runs.filter(({ exit }) => exit !== EXIT.ok);
  if (first === undefined) return '';
  return nextLines([
    ['see each of its requirements', `npx bottlepost matrix --only ${first.name} --full`],
    ['to write every failure with its cause, add --report FOLDER'],
    ['to record the failures of third-party libraries as known, add --write-baselines'],
  ]);
}

/** Requirement by implementation: ok, FAIL, known (a failure its baseline records), - (not claimed), size (too large for the transport). */
export function formatByRequirement(clauses: readonly string[], runs: readonly MatrixRun[]): string {
  const widthOf = (head: string): number => Math.max(5, head.length) + 1;
  const named = runs.map(({ name }) => name);
  // Where the names are too long for the line, columns are numbered, as those of `cross` are.
  const fits = 12 + named.reduce((sum, name) => sum + widthOf(name), 0) <= lineWidth();
  const heads = fits ? named : named.map((_, at) => `(${String(at + 1)})`);
  const widths = heads.map(widthOf);
  const legend = fits ? [] : wrap(named.map((name, at) => `(${String(at + 1)}) ${name}`).join('   '), 0);
  const lines = ['', ...legend, `${'requirement'.padEnd(12)}${heads.map((head, i) => head.padStart(widths[i] ?? 0)).join('')}`];
  const cells = runs.map(byClause);
  let group = '';
  for (const id of clauses) {
    if (groupOf(id) !== group) {
      group = groupOf(id);
      lines.push('');
    }
    lines.push(`${id.padEnd(12)}${cells.map((c, i) => (c.get(id) ?? '-').padStart(widths[i] ?? 0)).join('')}`);
  }
  lines.push('', ...wrap('ok: all its checks pass   known: fails as its baseline records   FAIL: fails', 0));
  lines.push(...wrap('size: too large for the transport   hidden: not shown   -: not claimed', 0));
  return `${lines.join('\n')}\n`;
}

const RANK = ['-', 'size', 'hidden', 'ok', 'known', 'FAIL'];

function byClause({ summary, baseline }: MatrixRun): Map<string, string> {
  const allowed = new Set(baseline?.allowed);
  const found = new Map<string, string>();
  for (const { check, result } of summary.reports) {
    const { verdict } = result;
    const text =
      verdict === 'pass'
        ? 'ok'
        : verdict === 'unsupported'
          ? '-'
          : verdict === 'unreachable'
            ? 'size'
            : verdict === 'not-shown'
              ? 'hidden'
              : allowed.has(check.id)
                ? 'known'
                : 'FAIL';
    const clause = verdict === 'fail' ? result.failure.requirement : check.requirement;
    if (RANK.indexOf(text) > RANK.indexOf(found.get(clause) ?? '-')) found.set(clause, text);
  }
  return found;
}
