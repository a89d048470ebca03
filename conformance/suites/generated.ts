/** Every generated check of an area: properties, differential, fuzz and walks. */
import type { Check } from '../../harness/core/check.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { differentialChecks } from './differential.ts';
import { fuzzChecks } from './fuzz.ts';
import type { Judge } from './judge.ts';
import { propertyChecks } from './properties.ts';
import { walkChecks } from './walks.ts';

/** The generated checks, in the order in which they run. */
export function generatedChecks(oracle: Oracle, judge: Judge): Check[] {
  return [...propertyChecks(oracle, judge), ...differentialChecks(oracle, judge), ...fuzzChecks(oracle, judge), ...walkChecks(oracle, judge)];
}
