/** One screen at the end of a run: counts for each group of requirements, what was not reached, and the verdict. */
import type { BaselineResult } from '../core/baseline.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import type { RequirementInfo } from '../../conformance/contract/clauses.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import type { RunSummary } from '../core/runner.ts';
import { totals } from './json.ts';
import { labelled, wrap } from '../../conformance/contract/text.ts';

/** What the summary needs beyond the run. */
export interface SummaryContext {
  /** Requirements in scope, for their levels and to see which were not reached. */
  readonly requirements: ReadonlyMap<string, Pick<RequirementInfo, 'level'>>;
  readonly exitCode: ExitCode;
  readonly baseline?: BaselineResult;
}

/** Ids listed one by one; the JSON report has all. */
const LISTED_MAX = 24;

const VERDICTS = ['pass', 'fail', 'broken', 'unsupported', 'unreachable'] as const;

const VERDICT_LINES: { readonly [code in ExitCode]: string } = {
  [EXIT.ok]: 'PASS: everything that ran passed',
  [EXIT.failed]: 'FAIL: the implementation deviates from the specification',
  [EXIT.usage]: 'USAGE: nothing was run',
  [EXIT.adapter]: 'BROKEN: the adapter did not start or broke the adapter protocol',
  [EXIT.internal]: 'ERROR: a bug in the bench itself; please report it',
  [EXIT.nothing]: 'NOTHING RAN: no check could be run, so nothing is known',
  [EXIT.interrupted]: 'INTERRUPTED: the run was ended by SIGINT; what stands above is what was measured until then',
  [EXIT.terminated]: 'TERMINATED: the run was ended by SIGTERM; what stands above is what was measured until then',
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
    if (!hello.deterministic)
      lines.push(...wrap('It takes no entropy: outputs were compared by round trip and cross-opening, not byte for byte.', 0));
  }
  lines.push(
    '',
    ...table(summary.reports),
    '',
    ...totalLines(summary),
    ...notReached(summary, context),
    ...baselineLines(context.baseline),
  );
  for (const note of summary.notes) lines.push(...labelled('note', note));
  if (summary.notRun.length > 0) lines.push(...labelled('NOT RUN', `${String(summary.notRun.length)} checks: the run was stopped`));
  for (const { check, message } of summary.internalErrors.slice(0, 3))
    lines.push(...labelled('BUG', `in the bench, check ${check}: ${message.split('\n')[0] ?? ''}`));
  const drift = context.exitCode === EXIT.failed && onlyDrift(summary, context.baseline);
  lines.push('', drift ? 'FAIL: the run does not match its baseline' : VERDICT_LINES[context.exitCode]);
  return `${lines.join('\n')}\n`;
}

function onlyDrift(summary: RunSummary, baseline: BaselineResult | undefined): boolean {
  const allowed = new Set(baseline?.allowed);
  return baseline !== undefined && !summary.reports.some(({ check, result }) => result.verdict === 'fail' && !allowed.has(check.id));
}

/** The group of a requirement: its id without the number. */
export function groupOf(requirement: string): string {
  return requirement.replace(/-[0-9]+$/, '');
}

function table(reports: readonly CheckReport[]): string[] {
  const groups = new Map<string, CheckReport[]>();
  for (const report of reports) {
    const group = groupOf(report.check.requirement);
    groups.set(group, [...(groups.get(group) ?? []), report]);
  }
  const names = [...groups.keys()].sort();
  const width = Math.min(20, Math.max(8, ...names.map((name) => name.length)));
  const row = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(width)}${cells.map((cell) => cell.padStart(12)).join('')}`.trimEnd();
  return [
    row('', VERDICTS),
    ...names.map((name) => {
      const counts = totals(groups.get(name) ?? []);
      return row(
        name,
        VERDICTS.map((verdict) => (counts[verdict] === 0 ? '.' : String(counts[verdict]))),
      );
    }),
  ];
}

function totalLines(summary: RunSummary): string[] {
  const counts = totals(summary.reports);
  const parts = VERDICTS.filter((verdict) => verdict === 'pass' || counts[verdict] > 0).map(
    (verdict) => `${String(counts[verdict])} ${verdict}`,
  );
  return labelled(
    'total',
    `${String(summary.reports.length)} checks with ${String(counts.cases)} cases ` +
      `in ${(summary.elapsedMs / 1000).toFixed(1)} s: ${parts.join(', ')}; seed ${summary.seed}`,
  );
}

/** Which MUST requirements nothing is known of: the first thing to look at in a run that is green. */
function notReached(summary: RunSummary, { requirements }: SummaryContext): string[] {
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
    ...listed('MUST NOT TESTED, unsupported by the adapter', [...only('unsupported'), ...mixed].sort()),
    ...listed('MUST NOT TESTED, out of reach of the transport', only('unreachable').sort()),
    ...listed('MUST NOT TESTED, no check in this run', unchecked.sort()),
  ];
}

function listed(title: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > LISTED_MAX ? ` and ${String(ids.length - LISTED_MAX)} more` : '';
  return [`  ${title} (${String(ids.length)}):`, ...wrap(`${ids.slice(0, LISTED_MAX).join(' ')}${more}`, 4)];
}

function baselineLines(baseline: BaselineResult | undefined): string[] {
  if (baseline === undefined) return [];
  const lines = labelled('baseline', `${String(baseline.allowed.length)} failing checks are allowed`);
  for (const { kind, message } of baseline.problems) lines.push(...labelled('BASELINE', `${kind}: ${message}`));
  return lines;
}
