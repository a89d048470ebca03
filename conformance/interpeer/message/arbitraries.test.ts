import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../../areas.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { SUITES } from '../packet/suites.ts';
import { messages } from './arbitraries.ts';

const oracle = oracleOf('interpeer');
const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { seed: 1, numRuns: 100 });
const isTaken = (operation: string, params: JsonObject): boolean => oracle.answer(operation, params).kind === 'ok';

describe('generated messages', () => {
  it.each(SUITES)('%s: all are right', (of) => {
    for (const list of sample(messages(of))) expect(isTaken('interpeer.messages.encode', { suite: of, messages: list })).toBe(true);
  });
  it.each(SUITES)('%s: every message type is drawn', (of) => {
    const types = new Set(
      sample(messages(of))
        .flat()
        .map((message) => message['type']),
    );
    expect(types.size).toBe(of === 'interpeer-1' ? 11 : 5);
  });
});
