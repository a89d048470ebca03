/** A run as TAP 14, the Test Anything Protocol, which many runners and dashboards read. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import { inline, oneLine, printableJson } from '../../conformance/contract/text.ts';
import type { BaselineResult } from '../core/baseline.ts';
import { missingOf } from '../core/claims.ts';
import type { RunSummary } from '../core/runner.ts';
import { standingOf, type Standing } from './findings.ts';
import { describeResult } from './one-line.ts';

/** Most characters of a reason on the line of its test. */
const REASON_LENGTH_MAX = 120;

/** Why a failure does not count. */
const TODO: { readonly [standing in Standing]?: string } = {
  known: 'TODO known to the baseline',
  decided: 'TODO violates no published clause',
};

/**
 * Formats a run. A failure that does not count is `TODO`, a check that did not run is `SKIP`.
 * @param published true if only failures against published clauses count
 */
export function formatTap(summary: RunSummary, baseline?: BaselineResult, published = false): string {
  const standing = standingOf(baseline, published);
  const lines = ['TAP version 14'];
  const missing = missingOf(summary, baseline);
  const total = summary.reports.length + summary.internalErrors.length + (baseline?.problems.length ?? 0) + missing.length;
  lines.push(`1..${String(total)}`);
  let number = 0;
  const put = (isOk: boolean, name: string, directive = ''): void => {
    number += 1;
    // A number sign begins a directive, a backslash an escape.
    const described = inline(name).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
    lines.push(`${isOk ? 'ok' : 'not ok'} ${String(number)} - ${described}${directive === '' ? '' : ` # ${directive}`}`);
  };
  for (const report of summary.reports) {
    const { check, result } = report;
    if (result.verdict === 'pass') put(true, check.id);
    else if (result.verdict === 'fail' || result.verdict === 'broken') {
      put(false, check.id, TODO[standing(report)]);
      lines.push(...yaml(report));
    } else put(true, check.id, `SKIP ${oneLine(inline(`${result.verdict}: ${describeResult(result)}`), REASON_LENGTH_MAX)}`);
  }
  for (const { kind, requirement, message } of baseline?.problems ?? []) {
    put(false, `baseline ${kind} ${requirement ?? ''}`.trim());
    lines.push(...block({ message }));
  }
  for (const { profile, id, message } of missing) {
    put(false, `claim ${profile} ${id}`);
    lines.push(...block({ message }));
  }
  for (const { check, message } of summary.internalErrors) {
    put(false, `bench ${check}`);
    lines.push(...block({ message }));
  }
  for (const id of summary.notRun) lines.push(`# not run: ${inline(id)}`);
  return `${lines.join('\n')}\n`;
}

function yaml({ check, result }: CheckReport): string[] {
  return block({
    clause: result.verdict === 'fail' ? result.failure.requirement : check.requirement,
    verdict: result.verdict,
    message: describeResult(result),
  });
}

/** A diagnostic block: its values are JSON strings, which are valid YAML. */
function block(values: { readonly [key: string]: string }): string[] {
  const lines = Object.entries(values).map(([key, value]) => `  ${key}: ${printableJson(JSON.stringify(value))}`);
  return ['  ---', ...lines, '  ...'];
}
