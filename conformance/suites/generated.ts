/** Every generated check of an area: properties, differential, fuzz and walks. */
import type { Check } from '../contract/check.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { CAMPAIGN_MS } from './campaign.ts';
import { compressionChecks } from '../e3x/compression/properties.ts';
import { differentialChecks } from './differential.ts';
import { fuzzChecks } from './fuzz.ts';
import type { Judge } from './judge.ts';
import { propertyChecks } from '../e3x/properties.ts';
import { walkChecks } from './walks.ts';

/**
 * The generated checks, in the order in which they run.
 *
 * @param limitMs time one check may take at effort 1, milliseconds
 */
export function generatedChecks(oracle: Oracle, judge: Judge, limitMs: number = CAMPAIGN_MS): Check[] {
  return [
    ...propertyChecks(oracle, judge, limitMs),
    ...differentialChecks(oracle, judge, limitMs),
    ...fuzzChecks(oracle, judge, limitMs),
    ...walkChecks(oracle, judge, limitMs),
    ...compressionChecks(oracle, judge, limitMs),
  ];
}
