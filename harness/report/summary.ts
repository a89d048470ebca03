/** One screen at the end of a run: counts for each group of requirements, what was not tested, and the verdict. */
import type { BaselineResult } from '../core/baseline.ts';
import { takesEntropy } from '../../conformance/contract/allowances.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import type { RequirementInfo } from '../../conformance/contract/clauses.ts';
import { missingOf } from '../core/claims.ts';
import { EXIT, isOfRun, type ExitCode } from '../core/exit.ts';
import type { RunSummary } from '../core/runner.ts';
import { totals } from './json.ts';
import { standingOf, type Standing } from './findings.ts';
import { byTopic, PLAIN_NAMES, profilesText, type Names } from './names.ts';
import { counted, labelled, lineWidth, wrap } from '../../conformance/contract/text.ts';

/** What the summary needs beyond the run. */
export interface SummaryContext {
  /** Requirements in scope, for their levels and to see which were not tested. */
  readonly requirements: ReadonlyMap<string, Pick<RequirementInfo, 'level'>>;
  readonly exitCode: ExitCode;
  readonly baseline?: BaselineResult;
  /** True if only failures against published clauses count; the others are counted as decided. */
  readonly published?: boolean;
  /** Every topic and every clause, however many screens that takes. */
  readonly full?: boolean;
  /** What topics and claims are called; without it, topics by their prefix. */
  readonly names?: Names;
}

/** Most ids listed one by one; `--full` lists more, and the JSON report has all of them. */
const LISTED_MAX = 8;
const LISTED_IN_FULL_MAX = 240;
/** Clauses of one claim that are named: each is a reason why the run does not pass. */
const CLAUSES_MAX = 60;
/** A blank at which no line ends. */
const NO_BREAK = '\u00a0';
/** Most topics with a line of their own: as many as fit on a screen of 24 lines. */
const TOPICS_MAX = 10;

/** Columns of the table. Failures that the baseline records, or that rest on a decision where only the published counts, are apart. */
const COLUMNS: readonly Standing[] = ['pass', 'known', 'decided', 'fail', 'broken', 'unsupported', 'unreachable', 'not-shown'];
/** Columns that a run has where something stands so; the others are always there, if the line has room for them. */
const OCCASIONAL: ReadonlySet<Standing> = new Set(['decided', 'not-shown']);
/** Columns that are there on a narrow screen too, whatever is in them. */
const MAIN: ReadonlySet<Standing> = new Set(['pass', 'known', 'fail']);
type Counts = { [standing in Standing]: number };

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
      ...wrap(`${hello.name} ${hello.version} (${hello.language}); ${profilesText(hello.profiles, context.names ?? PLAIN_NAMES)}`, 0),
    );
    // ADP-033
    if (!takesEntropy(hello)) lines.push(...wrap('It takes no entropy, so outputs were compared by cross-opening, not byte for byte.', 0));
  }
  lines.push(
    '',
    ...table(summary.reports, context),
    '',
    ...totalLines(summary, context),
    ...notReached(summary, context),
    ...claimLines(summary, context.baseline, context.full === true),
    ...baselineLines(context.baseline),
  );
  for (const note of summary.notes) lines.push(...labelled('note', note));
  if (summary.notRun.length > 0) lines.push(...labelled('NOT RUN', `${counted(summary.notRun.length, 'check')}: the run was stopped`));
  for (const { check, message } of summary.internalErrors.slice(0, 3))
    lines.push(...labelled('BUG', `in the bench, check ${check}: ${message.split('\n')[0] ?? ''}`));
  return `${lines.join('\n')}\n\n${formatVerdict(summary, context)}`;
}

/** The verdict as a line; ends with a line feed. */
export function formatVerdict(
  summary: RunSummary,
  { exitCode, baseline, published }: Pick<SummaryContext, 'exitCode' | 'baseline' | 'published'>,
): string {
  const { known, decided } = standings(summary.reports, standingOf(baseline, published === true));
  if (exitCode === EXIT.failed && onlyDrift(summary, baseline)) return 'FAIL: the run does not match its baseline\n';
  if (exitCode === EXIT.ok && known + decided > 0) {
    const apart = [
      ...(known > 0 ? [`${String(known)} known ${known === 1 ? 'failure' : 'failures'}`] : []),
      ...(decided > 0 ? [`${String(decided)} that ${decided === 1 ? 'violates' : 'violate'} no published clause`] : []),
    ];
    return `${wrap(`PASS: everything that ran passed, apart from ${apart.join(' and ')}`, 0).join('\n')}\n`;
  }
  // Without a claim nobody says what must be shown: the line says how much is.
  const { worth } = summary;
  const hidden = worth === undefined ? 0 : worth.notShown.length + worth.unsupportedCount;
  if (exitCode === EXIT.ok && worth?.claims.length === 0 && hidden > 0)
    return `PASS of ${String(worth.shownCount)} shown; ${String(hidden)} MUST not shown\n`;
  return `${wrap(VERDICT_LINES[exitCode], 0).join('\n')}\n`;
}

/** What keeps each claim from holding. */
function claimLines(summary: RunSummary, baseline: BaselineResult | undefined, full: boolean): string[] {
  const byProfile = new Map<string, string[]>();
  for (const { profile, id } of missingOf(summary, baseline)) byProfile.set(profile, [...(byProfile.get(profile) ?? []), id]);
  return [...byProfile].flatMap(([profile, ids]) =>
    ids.length === 1 && ids[0] === profile
      ? wrap(`INCOMPLETE ${profile}: it is required, and hello does not claim it`, 2)
      : listed(`INCOMPLETE ${profile}, MUST not shown or failing`, ids, full, CLAUSES_MAX),
  );
}

function onlyDrift(summary: RunSummary, baseline: BaselineResult | undefined): boolean {
  const allowed = new Set(baseline?.allowed);
  return baseline !== undefined && !summary.reports.some(({ check, result }) => result.verdict === 'fail' && !allowed.has(check.id));
}

/** Counts how checks stand, as `standingOf` says. */
export function standings(reports: readonly CheckReport[], standing: (report: CheckReport) => Standing): Counts {
  const none = { 'pass': 0, 'known': 0, 'decided': 0, 'fail': 0, 'broken': 0, 'unsupported': 0, 'unreachable': 0, 'not-shown': 0 };
  const counts: Counts = none;
  for (const report of reports) counts[standing(report)] += 1;
  return counts;
}

interface Row {
  readonly name: string;
  readonly counts: Counts;
}

/** One line for each topic that does not simply pass; the others share a line. */
function table(reports: readonly CheckReport[], { baseline, published, full, names = PLAIN_NAMES }: SummaryContext): string[] {
  const standing = standingOf(baseline, published === true);
  const rows = [...byTopic(reports, names)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]): Row => ({ name, counts: standings(own, standing) }));
  const only =
    (column: Standing): ((row: Row) => boolean) =>
    ({ counts }) =>
      COLUMNS.every((other) => (other === column) === counts[other] > 0);
  const [passing, unsupported] = [rows.filter(only('pass')), rows.filter(only('unsupported'))];
  const told = full === true ? rows : rows.filter((row) => !passing.includes(row) && !unsupported.includes(row));
  // If not all topics fit, those with failures come first.
  const weight = ({ counts }: Row): number => (counts.fail + counts.broken > 0 ? 0 : 1);
  const shown = full === true ? told : [...told].sort((a, b) => weight(a) - weight(b)).slice(0, TOPICS_MAX);
  const rest: string[] = [];
  if (told.length > shown.length) rest.push(...wrap(`... and ${String(told.length - shown.length)} more topics (--full has all)`, 2));
  if (full !== true) rest.push(...sharedLine('pass', passing), ...sharedLine('unsupported', unsupported));
  return [...rowLines(shown), ...rest];
}

/**
 * Topics in columns. On a narrow screen columns in which nothing stands are left out, and where even that is too wide,
 * each topic says its numbers in words.
 */
function rowLines(rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const isEmpty = (column: Standing): boolean => rows.every(({ counts }) => counts[column] === 0);
  const numbersOf = (column: Standing): string[] => rows.map(({ counts }) => (counts[column] === 0 ? '.' : String(counts[column])));
  const first = Math.max(12, ...rows.map(({ name }) => name.length));
  const wide = COLUMNS.filter((column) => !OCCASIONAL.has(column) || !isEmpty(column));
  const narrow = COLUMNS.filter((column) => MAIN.has(column) || !isEmpty(column));
  const narrowest = COLUMNS.filter((column) => !isEmpty(column));
  for (const [left, gap] of [
    [wide, 3],
    [wide, 2],
    [narrow, 2],
    [narrowest, 2],
  ] as const) {
    const columns = left.map((column) => {
      const cells = [column, ...numbersOf(column)];
      const width = Math.max(...cells.map((cell) => cell.length)) + gap;
      return cells.map((cell) => cell.padStart(width));
    });
    const lines = ['topic', ...rows.map(({ name }) => name)].map((name, at) =>
      `  ${name.padEnd(first)}${columns.map((cells) => cells[at] ?? '').join('')}`.trimEnd(),
    );
    if (lines.every((line) => line.length <= lineWidth())) return lines;
  }
  // A number stays with its word.
  return rows.flatMap(({ name, counts }) =>
    labelled(name, inWords(counts).replaceAll(/(?<=\d) /g, NO_BREAK), first + 3).map((line) => line.replaceAll(NO_BREAK, ' ')),
  );
}

/** `12 pass, 3 fail`: what there is. */
function inWords(counts: Counts): string {
  return COLUMNS.flatMap((column) => (counts[column] > 0 ? [`${String(counts[column])} ${column}`] : [])).join(', ');
}

function sharedLine(what: string, rows: readonly { readonly name: string }[]): string[] {
  if (rows.length === 0) return [];
  return wrap(`${what}, all of it: ${rows.map(({ name }) => name).join(', ')}`, 2);
}

function totalLines(summary: RunSummary, { baseline, published }: SummaryContext): string[] {
  const counts = standings(summary.reports, standingOf(baseline, published === true));
  // Those of the adapter itself are no part of what progress counts: each has its verdict when all the others have theirs.
  const own = summary.reports.filter(({ check }) => isOfRun(check)).length;
  return labelled(
    'total',
    `${counted(summary.reports.length, 'check')}${own > 0 ? ` (${String(own)} of the adapter itself)` : ''} ` +
      `with ${counted(totals(summary.reports).cases, 'case')} ` +
      `in ${(summary.elapsedMs / 1000).toFixed(1)} s: ${counts.pass === 0 ? '0 pass, ' : ''}${inWords(counts)}; seed ${summary.seed}`,
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
  if (ids.length <= max) return [...wrap(`${title} (${String(ids.length)}):`, 2), ...wrap(ids.join(' '), 4)];
  if (!full) return wrap(`${title}: ${String(ids.length)} (--full names them)`, 2);
  return [
    ...wrap(`${title} (${String(ids.length)}):`, 2),
    ...wrap(`${ids.slice(0, max).join(' ')} and ${String(ids.length - max)} more`, 4),
  ];
}

function baselineLines(baseline: BaselineResult | undefined): string[] {
  if (baseline === undefined) return [];
  const lines = labelled(
    'baseline',
    `${counted(baseline.allowed.length, 'failure')} ${baseline.allowed.length === 1 ? 'is' : 'are'} known`,
  );
  for (const { kind, message } of baseline.problems) lines.push(...labelled('BASELINE', `${kind}: ${message}`));
  return lines;
}
