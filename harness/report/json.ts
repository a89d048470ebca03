/** The report for programs; `spec/adapter/report.schema.json` describes it. Apart from times, equal runs give equal bytes. */
import type { BaselineResult } from '../core/baseline.ts';
import type { CheckReport, CheckResult, Failure } from '../../conformance/contract/check.ts';
import type { Hello } from '../../conformance/contract/contract.ts';
import { failedStep } from './steps.ts';
import { causesOf } from './causes.ts';
import { printableJson } from '../../conformance/contract/text.ts';
import type { Worth } from '../core/claims.ts';
import type { ExitCode } from '../core/exit.ts';
import type { InternalError, RunSummary } from '../core/runner.ts';

/** What a report contains besides the run. */
export interface ReportMeta {
  /** Version of the bench. */
  readonly version: string;
  /** Revision of the specification. */
  readonly revision: string;
  readonly exitCode: Exclude<ExitCode, 2>;
  readonly shard?: { readonly index: number; readonly count: number };
  /** The time at which the run began; if absent, the report has none. */
  readonly startedAt?: string;
  /** Duration of the run in milliseconds; if absent, the report has none. */
  readonly elapsedMs?: number;
  readonly baseline?: BaselineResult;
}

/** One check in a report: its description and its result in one object. */
export type ReportedResult = CheckReport['check'] & CheckResult;

/** A failure in a report. */
export interface ReportedFailure extends Failure {
  /** Index of the step whose answer was wrong; the steps before it were answered as expected. */
  readonly failedStep: number;
}

/** How many checks got each verdict, and how many cases they tried in total. */
export interface Totals {
  readonly pass: number;
  readonly fail: number;
  readonly broken: number;
  readonly unsupported: number;
  readonly unreachable: number;
  /** Asked, or left out, and not shown because of what hello says that it cannot say. */
  readonly notShown: number;
  readonly cases: number;
}

/** A report as an object. */
export interface JsonReport {
  readonly bench: { readonly name: 'bottlepost'; readonly version: string };
  readonly revision: string;
  readonly seed: string;
  readonly effort: number;
  readonly shard?: { readonly index: number; readonly count: number };
  readonly startedAt?: string;
  readonly elapsedMs?: number;
  readonly implementation: Hello | null;
  readonly totals: Totals;
  readonly exitCode: Exclude<ExitCode, 2>;
  readonly baseline?: BaselineResult;
  /** What of claims is shown. */
  readonly worth?: Worth;
  /** The failures that no baseline allows, by cause; each with the ids of all its checks. */
  readonly causes?: readonly { readonly requirement: string; readonly difference: string; readonly checks: readonly string[] }[];
  readonly notes: readonly string[];
  readonly internalErrors: readonly InternalError[];
  readonly notRun: readonly string[];
  readonly results: readonly ReportedResult[];
}

/** Counts verdicts and cases. */
export function totals(reports: readonly CheckReport[]): Totals {
  const counts = { pass: 0, fail: 0, broken: 0, unsupported: 0, unreachable: 0, notShown: 0, cases: 0 };
  for (const { result } of reports) {
    counts[result.verdict === 'not-shown' ? 'notShown' : result.verdict] += 1;
    counts.cases += result.cases;
  }
  return counts;
}

/** Builds the report of a run, results in the order of the checks. */
export function jsonReport(summary: RunSummary, meta: ReportMeta): JsonReport {
  const allowed = new Set(meta.baseline?.allowed);
  return {
    bench: { name: 'bottlepost', version: meta.version },
    revision: meta.revision,
    seed: summary.seed,
    effort: summary.effort,
    ...(meta.shard === undefined ? {} : { shard: meta.shard }),
    ...(meta.startedAt === undefined ? {} : { startedAt: meta.startedAt }),
    ...(meta.elapsedMs === undefined ? {} : { elapsedMs: meta.elapsedMs }),
    implementation: summary.hello ?? null,
    totals: totals(summary.reports),
    exitCode: meta.exitCode,
    ...(meta.baseline === undefined ? {} : { baseline: meta.baseline }),
    ...(summary.worth === undefined ? {} : { worth: summary.worth }),
    causes: causesOf(
      summary.reports.filter(({ check, result }) => (result.verdict === 'fail' || result.verdict === 'broken') && !allowed.has(check.id)),
    ).map(({ requirement, difference, reports }) => ({ requirement, difference, checks: reports.map(({ check }) => check.id) })),
    notes: summary.notes,
    internalErrors: summary.internalErrors,
    notRun: summary.notRun,
    results: summary.reports.map(({ check, result }) => ({ ...check, ...withFailedStep(result) })),
  };
}

/** The result, with the index of the step whose answer was wrong. */
function withFailedStep(result: CheckResult): CheckResult {
  if ((result.verdict !== 'fail' && result.verdict !== 'broken') || result.failure === undefined) return result;
  const step = failedStep(result.failure);
  if (step === undefined) return result;
  const failure: ReportedFailure = { ...result.failure, failedStep: step };
  return { ...result, failure };
}

/** A report as the text of its file. */
export function formatJson(report: JsonReport): string {
  return `${printableJson(JSON.stringify(report, null, 2))}\n`;
}
