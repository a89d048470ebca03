import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import type { Clock, Implementation, Outcome } from '../contract/contract.ts';
import { committedVectors, type Vector } from '../vectors.ts';
import { Judge } from './judge.ts';
import { OracleImplementation } from './oracle-implementation.ts';
import { vectorCheck } from './vectors.ts';

const oracle = oracleOf('e3x');
const judge = new Judge(oracle);
const vectors = committedVectors().files.flatMap((file) => file.vectors);
const CONTEXT = { seed: 's', effort: 1 };
const ADD = 'e3x.tokens.add';
const FIND = 'e3x.tokens.find';

/** A trace that adds to a table and then finds what was added. */
const isFound = ({ steps }: Vector): boolean => {
  const [, add, find] = steps;
  return (
    add?.operation === ADD &&
    'ok' in add.expect &&
    find?.operation === FIND &&
    'ok' in find.expect &&
    JSON.stringify(find.expect.ok['events']) !== '[]'
  );
};
const trace = vectors.find((vector) => vector.id.startsWith('e3x.token-table/') && isFound(vector));
if (trace === undefined) throw new Error('no such trace');

const over = (
  change: (operation: string, next: () => Promise<Outcome>) => Promise<Outcome> | Outcome,
  hello: Partial<Implementation['hello']> = {},
): Implementation => {
  const right = new OracleImplementation(oracle);
  return {
    hello: { ...right.hello, ...hello },
    call: (operation, params) => Promise.resolve(change(operation, () => right.call(operation, params))),
  };
};
const refused: Outcome = { kind: 'reject', class: 'wrong-state' };

describe('a trace after a difference that breaks nothing published', () => {
  it('goes on from the state that admits the answer', async () => {
    // It refuses to add, and then rightly finds nothing.
    const result = await vectorCheck(oracle, judge, trace).run(
      over((operation, next) => (operation === ADD ? refused : next())),
      CONTEXT,
    );
    expect(result).toMatchObject({ verdict: 'fail', failure: { kind: 'state', basis: 'decided' } });
    expect(result).not.toHaveProperty('others');
    expect(result).not.toHaveProperty('rest');
  });
  it('finds what is wrong in that state', async () => {
    const found = { kind: 'ok', value: { transmit: [], events: [{ exchange: 'never added' }], timeoutAt: null } } as const;
    const result = await vectorCheck(oracle, judge, trace).run(
      over((operation, next) => (operation === ADD ? refused : operation === FIND ? found : next())),
      CONTEXT,
    );
    expect(result).toMatchObject({ verdict: 'fail', failure: { kind: 'state' }, others: [{ operation: FIND }] });
  });
  it('ends where no state admits the answer, and says what was not judged', async () => {
    const strange = { kind: 'ok', value: { transmit: [], events: [{ type: 'strange' }], timeoutAt: null } } as const;
    const result = await vectorCheck(oracle, judge, trace).run(
      over((operation, next) => (operation === ADD ? strange : next())),
      CONTEXT,
    );
    expect(result).toMatchObject({ verdict: 'fail' });
    if (result.verdict === 'fail' && result.failure.basis === 'decided')
      expect(result.rest).toContain('no state of the specification admits its answer');
  });
});

describe('an implementation that lives in real time', () => {
  const spanOf = ({ steps }: Vector): number => Math.max(...steps.map(({ params }) => Number(params['now'] ?? 1000))) - 1000;
  const timed = vectors.filter(({ kind, id }) => kind === 'trace' && id.startsWith('e3x.router/'));
  const short = timed.find((vector) => spanOf(vector) > 0 && spanOf(vector) <= 1000) ?? timed.find((vector) => spanOf(vector) === 0);
  const long = vectors.find((vector) => vector.kind === 'trace' && spanOf(vector) > 5000);
  if (short === undefined || long === undefined) throw new Error('no such traces');
  /** The waits that were asked for, in milliseconds; no time passes. */
  const waits: number[] = [];
  const clock: Clock = { nowMs: () => waits.reduce((sum, ms) => sum + ms, 0), wait: (ms) => Promise.resolve(void waits.push(ms)) };
  const late = (byMs: number): Implementation => ({
    ...over(
      async (_operation, next) => {
        const outcome = await next();
        const at = outcome.kind === 'ok' ? outcome.value['timeoutAt'] : null;
        return outcome.kind === 'ok' && typeof at === 'number'
          ? { kind: 'ok', value: { ...outcome.value, timeoutAt: at + byMs } }
          : outcome;
      },
      { clock: 'own' },
    ),
    clock,
  });
  it('is waited for, up to five seconds', async () => {
    expect(await vectorCheck(oracle, judge, long).run(late(0), CONTEXT)).toMatchObject({ verdict: 'not-shown' });
    expect(waits).toEqual([]);
    expect(await vectorCheck(oracle, judge, short).run(late(0), CONTEXT)).toMatchObject({ verdict: 'pass' });
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(spanOf(short));
  });
  it('cannot be judged without the clock of the harness', async () => {
    const { clock: _none, ...without } = late(0);
    await expect(vectorCheck(oracle, judge, short).run(without, CONTEXT)).rejects.toThrow('needs the clock of the harness');
  });
  it('has timers that are as near as real time allows', async () => {
    const withTimer = vectors.find(
      (vector) =>
        vector.kind === 'trace' &&
        vector.id.startsWith('e3x.channel-sender/') &&
        spanOf(vector) === 0 &&
        vector.steps.some(({ expect: e }) => 'ok' in e && typeof e.ok['timeoutAt'] === 'number'),
    );
    if (withTimer === undefined) throw new Error('no such trace');
    expect(await vectorCheck(oracle, judge, withTimer).run(late(20), CONTEXT)).toMatchObject({ verdict: 'pass' });
    expect(await vectorCheck(oracle, judge, withTimer).run(late(2000), CONTEXT)).toMatchObject({
      verdict: 'fail',
      failure: { kind: 'timer' },
    });
  });
});
