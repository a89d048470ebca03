import { oracleOf } from '../../areas.ts';
import { describe, expect, it } from 'vitest';
import { committedVectors } from '../../vectors.ts';
import { Dice } from '../../suites/campaign.ts';
import { MUTATION_KINDS, damage, fuzzTargets } from './mutations.ts';

const vectors = committedVectors()
  .files.filter(({ area }) => area === 'e3x')
  .flatMap((file) => file.vectors);
const oracle = oracleOf('e3x');
const TARGETS = ['1a', '2a', '3a'].flatMap((csid) =>
  fuzzTargets(oracle, csid, vectors).map((target) => [`${target.operation} ${csid}`, target] as const),
);

describe('damaged messages and channel packets', () => {
  it('there are two targets for each cipher set, with several right packets and foreign ones', () => {
    expect(TARGETS).toHaveLength(6);
    for (const [, target] of TARGETS) {
      expect(target.right.length).toBeGreaterThan(1);
      expect(target.foreign.length).toBeGreaterThan(5);
    }
  });

  it.each(TARGETS)('%s: every kind of damage occurs, the same from the same seed, and never a valid packet', (_, target) => {
    const right = new Set(target.right.map(({ packet }) => packet));
    const drawn = (seed: number): string[] => {
      const dice = new Dice(seed);
      return Array.from({ length: 300 }, () => {
        const { kind, packet } = damage(target, dice);
        expect(right.has(packet)).toBe(false);
        return `${kind} ${packet}`;
      });
    };
    const first = drawn(7);
    expect(drawn(7)).toEqual(first);
    expect(drawn(8)).not.toEqual(first);
    expect([...new Set(first.map((line) => line.split(' ')[0]))].sort()).toEqual([...MUTATION_KINDS].sort());
  });

  it.each(TARGETS)('%s: the oracle refuses them all, and opens the valid ones', (_, target) => {
    const dice = new Dice(11);
    for (let round = 0; round < 40; round++) {
      const { right, packet } = damage(target, dice);
      expect(oracle.answer(target.operation, { ...right, packet }).kind).toBe('reject');
    }
    for (const right of target.right) expect(oracle.answer(target.operation, right).kind).toBe('ok');
  });
});
