/** Exit codes: what a CI job learns without reading a report. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import type { BaselineResult } from './baseline.ts';
import { brokenClaim } from './claims.ts';
import { isDecided } from './decided.ts';
import type { RunSummary } from './runner.ts';

/** Exit codes of `bottlepost`; scripts may rely on them. */
export const EXIT = {
  /** Everything that ran passed. */
  ok: 0,
  /** The implementation failed a check, or the run no longer matches its baseline. */
  failed: 1,
  /** The command line is wrong; nothing was run. */
  usage: 2,
  /** The adapter could not start, or only broke the adapter protocol: no verdict on the implementation. */
  adapter: 3,
  /** A bug in the bench, such as a check that threw; or a report that could not be written. */
  internal: 4,
  /** No check reached the implementation: all were filtered out, unsupported, unreachable or not shown. */
  nothing: 5,
  /** Nothing fails, but not every MUST of a profile that is claimed, or required, is shown. */
  incomplete: 6,
  /** The run was ended by SIGINT, or by SIGTERM: what was measured until then is in its output and reports. */
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** True for a check that is no part of a suite: the runner makes it of what the whole run showed of the adapter. */
export function isOfRun({ suite, id }: Pick<CheckReport['check'], 'suite' | 'id'>): boolean {
  return suite === 'contract' && id.startsWith('contract/');
}

/**
 * The exit code of a run. A bug in the bench outweighs everything; a failure of the implementation outweighs a broken
 * adapter; both outweigh a claim that is not shown in full, and that outweighs a run without any test.
 *
 * @param baseline result of applying a baseline, whose allowed failures do not count
 * @param published true if only failures against published clauses count
 */
export function exitCode(summary: RunSummary, baseline?: BaselineResult, published = false): ExitCode {
  if (summary.internalErrors.length > 0) return EXIT.internal;
  const allowed = new Set(baseline?.allowed);
  let asked = 0;
  let failed = 0;
  let broken = 0;
  for (const { check, result } of summary.reports) {
    if (!isOfRun(check) && result.verdict !== 'unsupported' && result.verdict !== 'unreachable' && result.verdict !== 'not-shown')
      asked += 1;
    if (allowed.has(check.id) || (published && isDecided(result))) continue;
    if (result.verdict === 'fail') failed += 1;
    else if (result.verdict === 'broken') broken += 1;
  }
  if (failed > 0) return EXIT.failed;
  if (broken > 0) return EXIT.adapter;
  if (baseline !== undefined && baseline.problems.length > 0) return EXIT.failed;
  const known = new Set(baseline?.notShown);
  for (const claim of summary.worth?.claims ?? []) {
    if (claim.isRequired && brokenClaim(claim) !== undefined) return claim.failing.length > 0 ? EXIT.failed : EXIT.incomplete;
    if (claim.notShown.some((id) => !known.has(id))) return EXIT.incomplete;
  }
  return asked === 0 ? EXIT.nothing : EXIT.ok;
}
