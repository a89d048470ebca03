/** The reports that `--report` requests: their kinds, where they go, and how they are written. */
import type { BaselineResult } from '../core/baseline.ts';
import type { ExitCode } from '../core/exit.ts';
import type { RunSummary } from '../core/runner.ts';
import type { FailureContext } from '../report/failure.ts';
import { formatAnnotations, formatStepSummary } from '../report/github.ts';
import { formatJson, jsonReport, type ReportMeta } from '../report/json.ts';
import { formatJunit } from '../report/junit.ts';
import { formatSarif } from '../report/sarif.ts';
import { verdictLine } from '../report/summary.ts';
import { formatTap } from '../report/tap.ts';
import { append, requireWritable, writeWhole } from './files.ts';
import { command } from './output.ts';
import { type Suite, UsageFault } from './suite.ts';

const FILE_KINDS = ['junit', 'json', 'tap', 'sarif'] as const;
type FileKind = (typeof FILE_KINDS)[number];

/** One report: a file, or GitHub Actions, which reads the output and a page that it names. */
export type Report = { readonly kind: FileKind; readonly file: string } | { readonly kind: 'github' };

/** What `--report` takes, for help and errors. */
export const REPORT_HELP: string = `${FILE_KINDS.map((kind) => `${kind}=FILE`).join(', ')} or github`;

/** What is reported. */
export interface Reported {
  readonly summary: RunSummary;
  readonly context: FailureContext;
  readonly meta: ReportMeta;
  readonly baseline: BaselineResult | undefined;
}

/** Reads `KIND=FILE` and `github`. @throws UsageFault for anything else */
export function parseReports(values: readonly string[]): Report[] {
  return values.map((value) => {
    if (value === 'github') return { kind: value };
    const [name, ...rest] = value.split('=');
    const file = rest.join('=');
    const kind = FILE_KINDS.find((known) => known === name);
    if (kind === undefined || file === '') throw new UsageFault(`--report takes ${REPORT_HELP}, not '${value}'`);
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

function formatted(kind: FileKind, suite: Suite, { summary, context, meta, baseline }: Reported): string {
  switch (kind) {
    case 'junit':
      return formatJunit(summary, context, baseline);
    case 'json':
      return formatJson(jsonReport(summary, meta));
    case 'tap':
      return formatTap(summary, baseline);
    case 'sarif': {
      const textOf = (id: string): string | undefined => suite.requirements.get(id)?.text;
      return formatSarif(summary, { version: meta.version, textOf }, context, baseline);
    }
  }
}

/**
 * Annotates the run on GitHub Actions, if requested; call it last, since annotations are part of the output.
 * @returns false if the summary page could not be written
 */
export function tellGithub(reports: readonly Report[], summary: RunSummary, exit: ExitCode, baseline: BaselineResult | undefined): boolean {
  if (!reports.some(({ kind }) => kind === 'github')) return true;
  command(formatAnnotations(summary, baseline));
  const page = process.env['GITHUB_STEP_SUMMARY'];
  return page === undefined || page === '' || append(page, formatStepSummary(summary, verdictLine(exit), baseline));
}
