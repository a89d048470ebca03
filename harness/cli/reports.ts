/** The reports that `--report` requests: their kinds, where they go, and how they are written. */
import { extname } from 'node:path';
import { atWidth, WIDTH } from '../../conformance/contract/text.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import type { BaselineResult } from '../core/baseline.ts';
import type { ExitCode } from '../core/exit.ts';
import type { RunSummary } from '../core/runner.ts';
import { formatBadge } from '../report/badge.ts';
import type { FailureContext } from '../report/failure.ts';
import { formatHtml } from '../report/html.ts';
import { formatAnnotations, formatStepSummary } from '../report/github.ts';
import { formatJson, jsonReport, type ReportMeta } from '../report/json.ts';
import { formatJunit } from '../report/junit.ts';
import { formatSarif } from '../report/sarif.ts';
import { formatVerdict, verdictLine } from '../report/summary.ts';
import { formatTap } from '../report/tap.ts';
import { append, requireWritable, writeWhole } from './files.ts';
import { didYouMean } from './nearest.ts';
import { command } from './output.ts';
import { type Suite, UsageFault } from './suite.ts';

const FILE_KINDS = ['html', 'junit', 'json', 'tap', 'sarif', 'badge'] as const;
const KINDS = [...FILE_KINDS, 'github'];
type FileKind = (typeof FILE_KINDS)[number];

/** One report: a file, or GitHub Actions, which reads the output and a page that it names. */
export type Report = { readonly kind: FileKind; readonly file: string } | { readonly kind: 'github' };

const REPORT_HELP: string = `${FILE_KINDS.map((kind) => `${kind}=FILE`).join(', ')} or github`;

/** What is reported. */
export interface Reported {
  readonly summary: RunSummary;
  readonly context: FailureContext;
  readonly meta: ReportMeta;
  readonly baseline: BaselineResult | undefined;
  /** Implementations that a check is about, where they are not the one that hello names. */
  readonly implementationsOf?: (report: CheckReport) => readonly string[];
}

/** Reads `KIND=FILE` and `github`. @throws UsageFault for anything else */
export function parseReports(values: readonly string[]): Report[] {
  return values.map((value) => {
    if (value === 'github') return { kind: value };
    const [name, ...rest] = value.split('=');
    const file = rest.join('=');
    const kind = FILE_KINDS.find((known) => known === name);
    if (kind === undefined) {
      // A file without its kind: what it is called often says it.
      const meant = didYouMean(name ?? '', KINDS) || didYouMean(extname(value).slice(1), KINDS);
      throw new UsageFault(`--report takes ${REPORT_HELP}, not '${value}'.${meant}`);
    }
    if (file === '') throw new UsageFault(`--report ${kind} needs a file: --report ${kind}=FILE`);
    return { kind, file };
  });
}

/** Checks before the run that every file can be written. @throws UsageFault for one that cannot be written */
export function requireReports(reports: readonly Report[]): void {
  for (const report of reports) if (report.kind !== 'github') requireWritable(`--report ${report.kind}=`, report.file);
}

/** Writes every file; one that cannot be written does not keep the others from being written. @returns whether all were written */
export function writeReports(suite: Suite, reports: readonly Report[], reported: Reported): boolean {
  let whole = true;
  for (const report of reports)
    if (report.kind !== 'github') whole = writeWhole(report.file, formatted(report.kind, suite, reported)) && whole;
  return whole;
}

/** A file says the same on every screen. */
const formatted = (kind: FileKind, suite: Suite, reported: Reported): string => atWidth(WIDTH, () => textOfKind(kind, suite, reported));

function textOfKind(kind: FileKind, suite: Suite, reported: Reported): string {
  const { summary, context, meta, baseline } = reported;
  switch (kind) {
    case 'html':
      return htmlOf(suite, [{ name: summary.hello?.name ?? 'cross', ...reported }]);
    case 'badge':
      return formatBadge(summary, meta.exitCode);
    case 'junit':
      return formatJunit(summary, context, baseline);
    case 'json':
      return formatJson(jsonReport(summary, meta));
    case 'tap':
      return formatTap(summary, baseline, context.published);
    case 'sarif': {
      const textOf = (id: string): string | undefined => suite.requirements.get(id)?.text;
      return formatSarif(summary, { version: meta.version, textOf }, context, baseline);
    }
  }
}

/** One HTML page of one run or several. */
export function htmlOf(suite: Suite, runs: readonly (Reported & { readonly name: string })[]): string {
  const [first] = runs;
  if (first === undefined) throw new RangeError('no run to report');
  const { version, revision, startedAt } = first.meta;
  return formatHtml(
    runs.map(({ name, summary, meta, baseline, context }) => ({
      name,
      summary,
      exitCode: meta.exitCode,
      verdict: formatVerdict(summary, {
        exitCode: meta.exitCode,
        published: context.published === true,
        ...(baseline === undefined ? {} : { baseline }),
      }),
      baseline,
      context,
    })),
    {
      version,
      revision,
      ...(startedAt === undefined ? {} : { startedAt }),
      names: suite.names,
      clauseOf: (id) => suite.requirements.get(id),
      ...(first.implementationsOf === undefined ? {} : { implementationsOf: first.implementationsOf }),
    },
  );
}

/**
 * Annotates the run on GitHub Actions, if requested; call it last, since annotations are part of the output.
 * @param published true if only failures against published clauses count
 * @returns false if the summary page could not be written
 */
export function tellGithub(
  reports: readonly Report[],
  summary: RunSummary,
  exit: ExitCode,
  baseline: BaselineResult | undefined,
  published = false,
): boolean {
  if (!reports.some(({ kind }) => kind === 'github')) return true;
  command(formatAnnotations(summary, baseline, published));
  const page = process.env['GITHUB_STEP_SUMMARY'];
  return page === undefined || page === '' || append(page, formatStepSummary(summary, verdictLine(exit), baseline, published));
}
