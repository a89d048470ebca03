/** The outcome of a check in one sentence, the same in every report. */
import type { CheckResult } from '../../conformance/contract/check.ts';

/** The sentence; empty for a pass. */
export function describeResult(result: CheckResult): string {
  switch (result.verdict) {
    case 'pass':
      return '';
    case 'fail':
      return `${result.failure.requirement}: ${result.failure.explanation}`;
    case 'broken':
      return `${result.what}: ${result.detail}`;
    default:
      return result.reason;
  }
}
