/** A check that draws fresh cases in each run, and tries each against the implementation. */
import type fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import { once } from '../oracle/once.ts';
import { runCampaign, type Campaign } from './campaign.ts';
import type { SuiteInput } from './modules.ts';

/** What a check is about, how its cases are drawn, and what is tried with each. */
export interface CampaignCheck<T> extends Omit<Check, 'run'>, Pick<Campaign<T>, 'runs' | 'trial'> {
  /** A function for what takes a moment to make: checks are listed far more often than they are run. */
  readonly arbitrary: fc.Arbitrary<T> | (() => fc.Arbitrary<T>);
}

/** The check of a campaign. */
export function campaignCheck<T>(
  { oracle, judge, limitMs }: Pick<SuiteInput, 'oracle' | 'judge' | 'limitMs'>,
  { arbitrary, runs, trial, ...about }: CampaignCheck<T>,
): Check {
  const { id, requirement } = about;
  const drawn = once(() => (typeof arbitrary === 'function' ? arbitrary() : arbitrary));
  return {
    ...about,
    run: (implementation, context) =>
      runCampaign({ id, requirement, oracle, judge, arbitrary: drawn(), runs, limitMs, trial }, implementation, context),
  };
}
