/** A run on GitHub Actions: annotations in its output, and a page of the job summary. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import { clip, inline, printable } from '../../conformance/contract/text.ts';
import { blamedRequirement, type BaselineResult } from '../core/baseline.ts';
import type { RunSummary } from '../core/runner.ts';
import { standingOf, type Standing } from './findings.ts';
import { totals } from './json.ts';
import { describeResult } from './one-line.ts';

/** GitHub shows at most ten annotations of a kind per step and drops the rest. */
const ANNOTATIONS_MAX = 10;
const MESSAGE_LENGTH_MAX = 500;
const ROWS_MAX = 50;

/** Reports that stand as `fail` or `broken`. */
function failingOf({ reports }: RunSummary, standing: (report: CheckReport) => Standing): CheckReport[] {
  return reports.filter((report) => ['fail', 'broken'].includes(standing(report)));
}

/** What was wrong, without the clause, which is shown next to it. */
function said({ result }: CheckReport): string {
  return result.verdict === 'fail' ? result.failure.explanation : describeResult(result);
}
function byBlame(reports: readonly CheckReport[]): Map<string, CheckReport[]> {
  const groups = new Map<string, CheckReport[]>();
  for (const report of reports) groups.set(blamedRequirement(report), [...(groups.get(blamedRequirement(report)) ?? []), report]);
  return groups;
}

/**
 * One annotation per violated clause, as workflow commands; text from an adapter is escaped, so that it cannot be one.
 * @param published true if only failures against published clauses count
 */
export function formatAnnotations(summary: RunSummary, baseline?: BaselineResult, published = false): string {
  const byClause = byBlame(failingOf(summary, standingOf(baseline, published)));
  const lines = [...byClause].slice(0, ANNOTATIONS_MAX).map(([clause, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` (+${String(others.length)} like it)`;
    const text = first === undefined ? '' : `${first.check.id}: ${clip(said(first), MESSAGE_LENGTH_MAX)}${more}`;
    return `::error title=${property(`bottlepost ${clause}`)}::${data(text)}`;
  });
  for (const { message } of baseline?.problems ?? []) lines.push(`::error title=bottlepost baseline::${data(message)}`);
  for (const { check, message } of summary.internalErrors)
    lines.push(`::error title=bottlepost itself::${data(`${check}: ${clip(message, MESSAGE_LENGTH_MAX)}`)}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** The text of a command; line feeds and percent signs are escaped in the way that the runner decodes. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The summary page, in Markdown. @param published true if only failures against published clauses count */
export function formatStepSummary(summary: RunSummary, verdict: string, baseline?: BaselineResult, published = false): string {
  const { hello } = summary;
  const counts = totals(summary.reports);
  const standing = standingOf(baseline, published);
  const failing = failingOf(summary, standing);
  const decided = published ? [summary.reports.filter((report) => standing(report) === 'decided').length] : [];
  const byClause = [...byBlame(failing)].sort(([, a], [, b]) => b.length - a.length);
  const lines = [
    `## ${hello === undefined ? 'bottlepost' : `${cell(`${hello.name} ${hello.version}`)}: bottlepost`}`,
    '',
    cell(verdict),
    '',
    `| pass | fail | broken | known |${published ? ' decided |' : ''} unsupported | unreachable | not shown |`,
    `| ---: | ---: | ---: | ---: |${published ? ' ---: |' : ''} ---: | ---: | ---: |`,
    `| ${[
      counts.pass,
      failing.filter(({ result }) => result.verdict === 'fail').length,
      failing.filter(({ result }) => result.verdict === 'broken').length,
      baseline?.allowed.length ?? 0,
      ...decided,
      counts.unsupported,
      counts.unreachable,
      counts.notShown,
    ].join(' | ')} |`,
  ];
  if (byClause.length > 0) {
    lines.push('', '| clause | checks | first check |', '| --- | ---: | --- |');
    for (const [clause, [first, ...others]] of byClause.slice(0, ROWS_MAX)) {
      const example = first === undefined ? '' : `\`${first.check.id}\` ${cell(clip(said(first), 200))}`;
      lines.push(`| ${clause} | ${String(1 + others.length)} | ${example} |`);
    }
    if (byClause.length > ROWS_MAX)
      lines.push('', `… and ${String(byClause.length - ROWS_MAX)} more clauses; the JSON report has all of them.`);
  }
  for (const { message } of baseline?.problems ?? []) lines.push('', `- baseline: ${cell(message)}`);
  return `${lines.join('\n')}\n`;
}

/** Text from outside, escaped so that Markdown makes no table, link or element of it. */
function cell(text: string): string {
  return inline(text).replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
