/** Where a source leaves a choice, each choice is right, and what was chosen decides what is right afterwards. */
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import { committedVectors } from '../vectors.ts';
import { Judge } from './judge.ts';
import { OracleImplementation, type Choice } from './oracle-implementation.ts';
import { vectorCheck } from './vectors.ts';
import { walkChecks } from './walks.ts';

const oracle = oracleOf('e3x');
const judge = new Judge(oracle);
const checks = [
  ...committedVectors()
    .files.flatMap((file) => file.vectors)
    .filter(({ id }) => /^e3x\.channel-(receiver|closing)\//.test(id))
    .map((vector) => vectorCheck(oracle, judge, vector)),
  ...walkChecks(oracle, judge, 30_000).filter(({ id }) => /^walk\/e3x\.channel-(receiver|closing)\//.test(id)),
];

/** What checks say of an implementation that chooses: ids of those that are not passed, with the clauses that they blame. */
async function blamed(choose: Choice): Promise<{ readonly clauses: ReadonlySet<string>; readonly kinds: ReadonlySet<string> }> {
  const clauses = new Set<string>();
  const kinds = new Set<string>();
  for (const check of checks) {
    const result = await check.run(new OracleImplementation(oracle, undefined, choose), { seed: 'choice', effort: 1 });
    kinds.add(result.verdict);
    if (result.verdict === 'fail') for (const failure of [result.failure, ...(result.others ?? [])]) clauses.add(failure.requirement);
  }
  return { clauses, kinds };
}

describe('an acknowledgement that is due within a second', () => {
  it('may come at any moment: at once, or early', async () => {
    let taken = 0;
    const { clauses, kinds } = await blamed((usual, [other]) => {
      if (other !== undefined) taken++;
      return other ?? usual;
    });
    expect(taken).toBeGreaterThan(50);
    expect([...clauses]).toEqual([]);
    expect([...kinds]).toEqual(['pass']);
  });
  it('comes once: a second one is wrong, by the clause of time that passes with nothing due', async () => {
    const { clauses } = await blamed((usual, [other]) => (other === undefined ? usual : { ...other, after: usual.after }));
    expect([...clauses]).toContain('E3X-CHN-006');
  });
  it('comes by then: one that never comes is wrong', async () => {
    const { clauses } = await blamed((usual) => (usual.row.name.startsWith('delayed-ack-sent') ? { ...usual, transmit: [] } : usual));
    expect([...clauses]).toContain('E3X-REL-013');
  });
});
