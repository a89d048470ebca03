/** What `--published` tells and does not count. */
import type { CheckResult } from '../../conformance/contract/check.ts';

/** True for a failure that breaks nothing that is published: under `--published` it is told and does not count. */
export function isDecided(result: CheckResult): boolean {
  if (result.verdict !== 'fail') return false;
  // An operation that is claimed and missing hides what is published.
  return [result.failure, ...(result.others ?? [])].every(({ basis, got }) => basis !== 'published' && got.kind !== 'unsupported');
}
