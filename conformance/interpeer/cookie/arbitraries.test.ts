import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../../areas.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { SUITES } from '../packet/suites.ts';
import { cookieInput } from './arbitraries.ts';

const oracle = oracleOf('interpeer');
const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { seed: 1, numRuns: 100 });
const isTaken = (operation: string, params: JsonObject): boolean => oracle.answer(operation, params).kind === 'ok';

describe('generated requests of cookies', () => {
  it.each(SUITES)('%s: all are right', (of) => {
    for (const params of sample(cookieInput(of))) expect(isTaken('interpeer.cookie.make', params)).toBe(true);
  });
});
