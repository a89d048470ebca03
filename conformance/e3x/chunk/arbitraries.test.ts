import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../../areas.ts';
import { toHex } from '../../oracle/values.ts';
import { Arbitraries } from '../../suites/arbitraries.ts';
import { chunkStream } from './arbitraries.ts';

const oracle = oracleOf('e3x');

describe('streams of chunks that are drawn', () => {
  it('are read by the oracle, with no packet and with several', () => {
    const packets = fc
      .sample(chunkStream(new Arbitraries(oracle, [])), { seed: 1, numRuns: 400 })
      .map((stream) => oracle.answer('e3x.chunks.join', { stream: toHex(stream) }))
      .map((answer) => (answer.kind === 'ok' ? (answer.value['packets'] as readonly string[]).length : -1));
    expect(Math.min(...packets)).toBe(0);
    expect(Math.max(...packets)).toBeGreaterThan(2);
  });
});
