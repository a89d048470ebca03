/** One screen at the end of a run: counts for each group of requirements, what was not tested, and the verdict. */
import type { BaselineResult } from '../core/baseline.ts';
import { takesEntropy } from '../../conformance/contract/allowances.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import type { RequirementInfo } from '../../conformance/contract/clauses.ts';
import { missingOf } from '../core/claims.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import type { RunSummary } from '../core/runner.ts';
import { totals } from './json.ts';
import { labelled, wrap } from '../../conformance/contract/text.ts';

/** What the summary needs beyond the run. */
export interface SummaryContext {
  /** Requirements in scope, for their levels and to see which were not tested. */
  readonly requirements: ReadonlyMap<string, Pick<RequirementInfo, 'level'>>;
  readonly exitCode: ExitCode;
  readonly baseline?: BaselineResult;
  /** Every topic and every clause, however many screens that takes. */
  readonly full?: boolean;
}

/** Most ids listed one by one; `--full` lists more, and the JSON report has all of them. */
const LISTED_MAX = 8;
const LISTED_IN_FULL_MAX = 240;
/** Clauses of one claim that are named: each is a reason why the run does not pass. */
const CLAUSES_MAX = 60;
/** Most topics with a line of their own: as many as fit on a screen of 24 lines. */
const TOPICS_MAX = 10;

/** Columns of the table, with their widths. A failure that the baseline records is `known` and is counted separately. */
const COLUMNS = [
  ['pass', 9],
  ['known', 8],
  ['fail', 8],
  ['broken', 8],
  ['unsupported', 13],
  ['unreachable', 13],
  ['not-shown', 11],
] as const;
type Column = (typeof COLUMNS)[number][0];
type Counts = { [column in Column]: number };

const VERDICT_LINES: { readonly [code in ExitCode]: string } = {
  [EXIT.ok]: 'PASS: everything that ran passed',
  [EXIT.failed]: 'FAIL: the implementation deviates from the specification',
  [EXIT.usage]: 'USAGE: nothing was run',
  [EXIT.adapter]: 'BROKEN: the adapter did not start or broke the adapter protocol',
  [EXIT.internal]: 'ERROR: a bug in the bench itself; please report it',
  [EXIT.nothing]: 'NOTHING RAN: no check could be run, so nothing is known',
  [EXIT.incomplete]: 'INCOMPLETE: nothing fails, but what is claimed or required is not shown in full',
  [EXIT.interrupted]: 'INTERRUPTED: the run was ended by SIGINT; the results above are what was measured until then',
  [EXIT.terminated]: 'TERMINATED: the run was ended by SIGTERM; the results above are what was measured until then',
};

/** The verdict of a run in one line. */
export function verdictLine(exit: ExitCode): string {
  return VERDICT_LINES[exit];
}

/** Formats the summary; ends with a line feed. */
export function formatSummary(summary: RunSummary, context: SummaryContext): string {
  const { hello } = summary;
  const lines: string[] = [''];
  if (hello !== undefined) {
    lines.push(
      ...wrap(
        `${hello.name} ${hello.version} (${hello.language}); profiles: ${hello.profiles.length === 0 ? 'none' : hello.profiles.join(', ')}`,
        0,
      ),
    );
    // ADP-033
    if (!takesEntropy(hello)) lines.push(...wrap('It takes no entropy, so outputs were compared by cross-opening, not byte for byte.', 0));
  }
  lines.push(
    '',
    ...table(summary.reports, context),
    '',
    ...totalLines(summary, context.baseline),
    ...notReached(summary, context),
    ...claimLines(summary, context.baseline, context.full === true),
    ...baselineLines(context.baseline),
  );
  for (const note of summary.notes) lines.push(...labelled('note', note));
  if (summary.notRun.length > 0) lines.push(...labelled('NOT RUN', `${String(summary.notRun.length)} checks: the run was stopped`));
  for (const { check, message } of summary.internalErrors.slice(0, 3))
    lines.push(...labelled('BUG', `in the bench, check ${check}: ${message.split('\n')[0] ?? ''}`));
  return `${lines.join('\n')}\n\n${formatVerdict(summary, context)}`;
}

/** The verdict as a line; ends with a line feed. */
export function formatVerdict(summary: RunSummary, { exitCode, baseline }: Pick<SummaryContext, 'exitCode' | 'baseline'>): string {
  const known = baseline?.allowed.length ?? 0;
  if (exitCode === EXIT.failed && onlyDrift(summary, baseline)) return 'FAIL: the run does not match its baseline\n';
  if (exitCode === EXIT.ok && known > 0)
    return `PASS: everything that ran passed, apart from ${String(known)} known ${known === 1 ? 'failure' : 'failures'}\n`;
  // Without a claim nobody says what must be shown: the line says how much is.
  const { worth } = summary;
  const hidden = worth === undefined ? 0 : worth.notShown.length + worth.unsupportedCount;
  if (exitCode === EXIT.ok && worth?.claims.length === 0 && hidden > 0)
    return `PASS of ${String(worth.shownCount)} shown; ${String(hidden)} MUST not shown\n`;
  return `${VERDICT_LINES[exitCode]}\n`;
}

/** What keeps each claim from holding. */
function claimLines(summary: RunSummary, baseline: BaselineResult | undefined, full: boolean): string[] {
  const byProfile = new Map<string, string[]>();
  for (const { profile, id } of missingOf(summary, baseline)) byProfile.set(profile, [...(byProfile.get(profile) ?? []), id]);
  return [...byProfile].flatMap(([profile, ids]) =>
    ids.length === 1 && ids[0] === profile
      ? [`  INCOMPLETE ${profile}: it is required, and hello does not claim it`]
      : listed(`INCOMPLETE ${profile}, MUST not shown or failing`, ids, full, CLAUSES_MAX),
  );
}

function onlyDrift(summary: RunSummary, baseline: BaselineResult | undefined): boolean {
  const allowed = new Set(baseline?.allowed);
  return baseline !== undefined && !summary.reports.some(({ check, result }) => result.verdict === 'fail' && !allowed.has(check.id));
}

/** The group of a requirement: its id without the number. */
export function groupOf(requirement: string): string {
  return requirement.replace(/-[0-9]+$/, '');
}

/** Counts verdicts; failures that a baseline allows count as known. */
export function standings(reports: readonly CheckReport[], allowed: ReadonlySet<string>): Counts {
  const counts: Counts = { 'pass': 0, 'known': 0, 'fail': 0, 'broken': 0, 'unsupported': 0, 'unreachable': 0, 'not-shown': 0 };
  for (const { check, result } of reports) counts[allowed.has(check.id) ? 'known' : result.verdict] += 1;
  return counts;
}

/** One line for each topic that does not simply pass; the others share a line. */
function table(reports: readonly CheckReport[], { baseline, full }: SummaryContext): string[] {
  const allowed = new Set(baseline?.allowed);
  const groups = new Map<string, CheckReport[]>();
  for (const report of reports) {
    const group = groupOf(report.check.requirement);
    groups.set(group, [...(groups.get(group) ?? []), report]);
  }
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => ({ name, counts: standings(own, allowed) }));
  const only =
    (column: Column): ((row: { counts: Counts }) => boolean) =>
    ({ counts }) =>
      COLUMNS.every(([other]) => (other === column) === counts[other] > 0);
  const [passing, unsupported] = [rows.filter(only('pass')), rows.filter(only('unsupported'))];
  const told = full === true ? rows : rows.filter((row) => !passing.includes(row) && !unsupported.includes(row));
  // If not all topics fit, those with failures come first.
  const weight = ({ counts }: { counts: Counts }): number => (counts.fail + counts.broken > 0 ? 0 : 1);
  const shown = full === true ? told : [...told].sort((a, b) => weight(a) - weight(b)).slice(0, TOPICS_MAX);
  // What is not shown has a column where there is any; it takes the place of one that is empty.
  const hasHidden = rows.some(({ counts }) => counts['not-shown'] > 0);
  const isEmpty = (column: Column): boolean => shown.every(({ counts }) => counts[column] === 0);
  const columns = COLUMNS.filter(
    ([column]) => (hasHidden || column !== 'not-shown') && !(hasHidden && column === 'unreachable' && isEmpty(column)),
  );
  const width = Math.min(20, Math.max(12, ...rows.map(({ name }) => name.length)));
  const row = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(width)}${cells.map((cell, at) => cell.padStart(columns[at]?.[1] ?? 0)).join('')}`.trimEnd();
  const lines = shown.map(({ name, counts }) =>
    row(
      name,
      columns.map(([column]) => (counts[column] === 0 ? '.' : String(counts[column]))),
    ),
  );
  const head =
    shown.length === 0
      ? []
      : [
          row(
            'topic',
            columns.map(([column]) => column),
          ),
        ];
  const rest: string[] = [];
  if (told.length > shown.length) rest.push(`  ... and ${String(told.length - shown.length)} more topics (--full has all)`);
  if (full !== true) rest.push(...sharedLine('pass', passing), ...sharedLine('unsupported', unsupported));
  return [...head, ...lines, ...rest];
}

function sharedLine(what: string, rows: readonly { readonly name: string }[]): string[] {
  if (rows.length === 0) return [];
  return wrap(`${what}, all of it: ${rows.map(({ name }) => name).join(' ')}`, 2);
}

function totalLines(summary: RunSummary, baseline: BaselineResult | undefined): string[] {
  const counts = standings(summary.reports, new Set(baseline?.allowed));
  const parts = COLUMNS.filter(([column]) => column === 'pass' || counts[column] > 0).map(
    ([column]) => `${String(counts[column])} ${column}`,
  );
  return labelled(
    'total',
    `${String(summary.reports.length)} checks with ${String(totals(summary.reports).cases)} cases ` +
      `in ${(summary.elapsedMs / 1000).toFixed(1)} s: ${parts.join(', ')}; seed ${summary.seed}`,
  );
}

/** The MUST requirements about which nothing is known: the first thing to look at after a run that passed. */
function notReached(summary: RunSummary, { requirements, full }: SummaryContext): string[] {
  const byRequirement = new Map<string, Set<string>>();
  const add = (requirement: string, verdict: string): void => {
    const verdicts = byRequirement.get(requirement);
    if (verdicts === undefined) byRequirement.set(requirement, new Set([verdict]));
    else verdicts.add(verdict);
  };
  for (const { check, result } of summary.reports) add(check.requirement, result.verdict);
  const must = [...requirements].filter(([, { level }]) => level === 'MUST').map(([id]) => id);
  const only = (verdict: string): string[] =>
    must.filter((id) => byRequirement.get(id)?.size === 1 && byRequirement.get(id)?.has(verdict) === true);
  const mixed = must.filter((id) => {
    const verdicts = byRequirement.get(id);
    return verdicts?.size === 2 && verdicts.has('unsupported') && verdicts.has('unreachable');
  });
  const unchecked = must.filter((id) => !byRequirement.has(id));
  return [
    ...listed('MUST NOT TESTED, unsupported by the adapter', [...only('unsupported'), ...mixed].sort(), full === true),
    ...listed('MUST NOT TESTED, out of reach of the transport', only('unreachable').sort(), full === true),
    ...listed('MUST NOT SHOWN', only('not-shown').sort(), full === true),
    ...listed('MUST NOT TESTED, no check in this run', unchecked.sort(), full === true),
  ];
}

function listed(title: string, ids: readonly string[], full: boolean, most = LISTED_MAX): string[] {
  if (ids.length === 0) return [];
  const max = full ? LISTED_IN_FULL_MAX : most;
  if (ids.length <= max) return [`  ${title} (${String(ids.length)}):`, ...wrap(ids.join(' '), 4)];
  if (!full) return [`  ${title}: ${String(ids.length)} (--full names them)`];
  return [`  ${title} (${String(ids.length)}):`, ...wrap(`${ids.slice(0, max).join(' ')} and ${String(ids.length - max)} more`, 4)];
}

function baselineLines(baseline: BaselineResult | undefined): string[] {
  if (baseline === undefined) return [];
  const lines = labelled('baseline', `${String(baseline.allowed.length)} failures are known`);
  for (const { kind, message } of baseline.problems) lines.push(...labelled('BASELINE', `${kind}: ${message}`));
  return lines;
}
