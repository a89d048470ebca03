import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../../areas.ts';
import { toHex } from '../../oracle/values.ts';
import { Arbitraries } from '../../suites/arbitraries.ts';
import { cloaked } from './arbitraries.ts';

const oracle = oracleOf('e3x');

describe('cloaked bytes that are drawn', () => {
  it('are read by the oracle, with any number of rounds', () => {
    const rounds = fc
      .sample(cloaked(new Arbitraries(oracle, [])), { seed: 1, numRuns: 400 })
      .map((bytes) => oracle.answer('e3x.cloak.remove', { cloaked: toHex(bytes) }))
      .map((answer) => (answer.kind === 'ok' ? answer.value['rounds'] : answer.class));
    expect([...new Set(rounds)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
