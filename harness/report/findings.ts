/** What a run found apart from passes, in groups of one cause each, for reports that show more than a screen does. */
import type { CheckReport, CheckResult } from '../../conformance/contract/check.ts';
import { isDecided } from '../core/decided.ts';
import type { BaselineResult } from '../core/baseline.ts';
import { blamedRequirement } from '../core/baseline.ts';
import { causeOf } from './causes.ts';
import { describeResult } from './one-line.ts';

/** How a check stands: its verdict, or why its failure does not count. */
export type Standing = CheckResult['verdict'] | 'known' | 'decided';

/** Checks that stand alike for the same reason. */
export interface Finding {
  readonly standing: Standing;
  /** The violated clause; for checks that were not asked, that of the first. */
  readonly requirement: string;
  /** The kind of difference, or why nothing was asked. */
  readonly what: string;
  /** In the order of the checks; the first stands for all. */
  readonly reports: readonly CheckReport[];
}

/** In this order, what has to be done comes first. */
const ORDER: readonly string[] = ['fail', 'broken', 'known', 'decided'];

/** Tells how checks stand. @param published true if only failures against published clauses count */
export function standingOf(baseline: BaselineResult | undefined, published: boolean): (report: CheckReport) => Standing {
  const allowed = new Set(baseline?.allowed);
  return ({ check, result }) => (allowed.has(check.id) ? 'known' : published && isDecided(result) ? 'decided' : result.verdict);
}

/** Groups everything that did not pass: failures by cause, what was not asked by its reason. */
export function findingsOf(reports: readonly CheckReport[], standing: (report: CheckReport) => Standing): Finding[] {
  const groups = new Map<string, Finding & { readonly reports: CheckReport[] }>();
  for (const report of reports) {
    const { verdict } = report.result;
    if (verdict === 'pass') continue;
    const fails = verdict === 'fail' || verdict === 'broken';
    const { requirement, difference } = fails
      ? causeOf(report)
      : { requirement: blamedRequirement(report), difference: describeResult(report.result) };
    const stands = standing(report);
    const key = JSON.stringify([stands, fails ? requirement : '', difference]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { standing: stands, requirement, what: difference, reports: [report] });
    else group.reports.push(report);
  }
  const rank = ({ standing: stands }: Finding): number => (ORDER.includes(stands) ? ORDER.indexOf(stands) : ORDER.length);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}
