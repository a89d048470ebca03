/** Time here is the test's own: no timer waits for a machine that is busy with other things. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../conformance/contract/contract.ts';
import { PendingTable } from './pending.ts';

const OK: Outcome = { kind: 'ok', value: {} };
const wait = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function table(): { readonly table: PendingTable; readonly late: number[]; readonly answer: (id: number) => void } {
  const late: number[] = [];
  const made = new PendingTable(({ id }) => {
    late.push(id);
  });
  const answer = (id: number): void => {
    const pending = made.get(id);
    if (pending !== undefined) made.settle(pending, OK);
  };
  return { table: made, late, answer };
}

describe('ADP-017 the time of a request', () => {
  it('ends after a long silence', async () => {
    const { table: pending, late } = table();
    void pending.add('test.echo', 60, undefined);
    await wait(40);
    expect(late).toEqual([]);
    await wait(100);
    expect(late).toEqual([1]);
  });

  it('is not used up by those ahead of it, as long as replies come', async () => {
    const { table: pending, late, answer } = table();
    for (let id = 1; id <= 5; id++) void pending.add('test.echo', 150, undefined);
    for (let id = 1; id <= 5; id++) {
      await wait(60);
      answer(id);
    }
    expect(late).toEqual([]);
    expect(pending.size).toBe(0);
  });

  it('ends for a request that is never answered while others are', async () => {
    const { table: pending, late, answer } = table();
    void pending.add('test.echo', 100, undefined);
    for (let id = 2; id <= 12 && late.length === 0; id++) {
      void pending.add('test.echo', 100, undefined);
      await wait(30);
      answer(id);
    }
    expect(late).toEqual([1]);
  });

  it('is not called while the bench itself was busy and the reply lay unread', async () => {
    const { table: pending, late, answer } = table();
    const reply = pending.add('test.echo', 40, undefined);
    await wait(5);
    // The bench computes for 120 ms: the clock goes on, and no timer of it is run meanwhile.
    const busySinceMs = performance.now();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(busySinceMs + 120);
    await wait(36); // the time of the request is up
    clock.mockRestore();
    // As with a pipe, what lies there is read after the timers that are due.
    setImmediate(() => {
      answer(1);
    });
    await wait(60);
    expect(late).toEqual([]);
    expect(await reply).toEqual(OK);
  });
});

describe('ids', () => {
  it('count up, and are known as issued and by their owner', () => {
    const { table: pending, answer } = table();
    void pending.add('test.echo', 1000, 'a');
    void pending.add('test.echo', 1000, undefined);
    expect([0, 1, 2, 3, 1.5].map((id) => pending.wasIssued(id))).toEqual([false, true, true, false, false]);
    expect(pending.oldest()?.id).toBe(1);
    answer(1);
    expect(pending.oldest()?.id).toBe(2);
    expect([pending.ownerOf(1), pending.ownerOf(2)]).toEqual(['a', undefined]);
    pending.settleAll(OK);
    expect(pending.size).toBe(0);
  });
});
