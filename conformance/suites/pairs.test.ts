import { Receiver } from '../e3x/chunk/receiver.ts';
import { oracleOf, suiteInputOf } from '../areas.ts';
import { describe, expect, it } from 'vitest';
import type { Implementation, Outcome } from '../contract/contract.ts';
import { OracleImplementation } from './oracle-implementation.ts';
import { PeerError, pairChecks } from './pairs.ts';

const oracle = oracleOf('e3x');
const right = new OracleImplementation(oracle, () => new Receiver(oracle));
const context = { seed: 'pairs', effort: 1 };
const run = (implementation: Implementation, peer: Implementation): ReturnType<ReturnType<typeof pairChecks>[number]['run']> => {
  const check = pairChecks(suiteInputOf('e3x'), () => Promise.resolve(peer)).find((c) => c.id === 'differential/peer/e3x.base32.encode');
  if (check === undefined) throw new Error('no such check');
  return check.run(implementation, context);
};
const upper: Implementation = {
  hello: right.hello,
  call: async (operation, params): Promise<Outcome> => {
    const outcome = await right.call(operation, params);
    return outcome.kind === 'ok' ? { kind: 'ok', value: { text: String(outcome.value['text']).toUpperCase() } } : outcome;
  },
};

describe('pairs', () => {
  it('pass two that agree with the spec', async () => {
    expect(await run(right, right)).toMatchObject({ verdict: 'pass', cases: 20 });
  });
  it('blame the implementation by its clause when the reference is right', async () => {
    expect(await run(upper, right)).toMatchObject({ verdict: 'fail', failure: { requirement: 'E3X-B32-001' } });
  });
  it('never blame the implementation for a reference that deviates', async () => {
    await expect(run(right, upper)).rejects.toThrow(PeerError);
  });
});
