import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../../areas.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { SUITES } from './suites.ts';
import { halves, packet, varint } from './arbitraries.ts';

const oracle = oracleOf('interpeer');
const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { seed: 1, numRuns: 100 });
const isTaken = (operation: string, params: JsonObject): boolean => oracle.answer(operation, params).kind === 'ok';

describe('generated requests of packets', () => {
  it('integers of every length are drawn', () => {
    const lengths = sample(varint())
      .map((value) => oracle.answer('interpeer.varint.encode', { value }))
      .map((answer) => (answer.kind === 'ok' ? String(answer.value['bytes']).length / 2 : 0));
    expect(new Set(lengths).size).toBeGreaterThan(8);
  });
  it.each(SUITES)('%s: all are right', (of) => {
    for (const params of sample(packet(of))) expect(isTaken('interpeer.packet.encode', params)).toBe(true);
    for (const params of sample(halves(of))) expect(isTaken('interpeer.channelid.join', params)).toBe(true);
  });
});
