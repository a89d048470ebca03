import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { ReplayGuard } from './replay-guard.ts';
import type { ReplayGuardOptions } from './replay-guard.ts';
import { deriveReplayIdentity } from './replay-identity.ts';
import { decodeReplaySnapshot } from './replay-snapshot.ts';

const SENDER = 'did:kilt:somebody';

function guardAt(nowMs: number, options: Partial<ReplayGuardOptions> = {}): ReplayGuard {
  return new ReplayGuard({ windowMs: 100, skewMs: 10, ...options }, nowMs, noblePrimitives);
}
function outcome(guard: ReplayGuard, of: number, createdAt: number, nowMs: number): string {
  const refusal = refusalOf(() => {
    guard.check({ sender: SENDER, createdAt, messageId: `m${String(of)}` }, nowMs);
  });
  expect(guard.pollEvent()).toEqual(refusal === 'accepted' ? { type: 'accepted', messageId: `m${String(of)}` } : undefined);
  return refusal.split(' ')[0] ?? '';
}

describe('KLT-RPL replay guard', () => {
  it('KLT-RPL-005 accepts a message once', () => {
    const guard = guardAt(1000);
    expect([outcome(guard, 1, 1000, 1000), outcome(guard, 1, 1000, 1001), outcome(guard, 2, 1000, 1001)]).toEqual([
      'accepted',
      'replayed',
      'accepted',
    ]);
  });

  it('KLT-RPL-001 accepts what was created within the window, both ends included', () => {
    expect([899, 900, 1010, 1011].map((createdAt) => outcome(guardAt(1000), 1, createdAt, 1000))).toEqual([
      'expired',
      'accepted',
      'accepted',
      'expired',
    ]);
  });

  it('KLT-RPL-003 refuses a message without a time or a name', () => {
    const guard = guardAt(1000);
    const message = { sender: SENDER, createdAt: 1000, messageId: 'm' };
    for (const change of [
      { createdAt: undefined },
      { createdAt: '1000' },
      { createdAt: 1000.5 },
      { createdAt: -1 },
      { createdAt: null },
      { messageId: undefined },
      { messageId: '' },
      { messageId: 5 },
      { messageId: '\ud800' },
      { sender: undefined },
      { sender: '' },
    ]) {
      expect(
        refusalOf(() => {
          guard.check({ ...message, ...change }, 1000);
        }),
      ).toBe('malformed KLT-RPL-003');
    }
  });

  it('KLT-RPL-004 tells messages apart by their sender and their name, whatever they were sealed as', () => {
    const guard = guardAt(1000);
    const message = { sender: SENDER, createdAt: 1000, messageId: 'm' };
    guard.check(message, 1000);
    guard.pollEvent();
    const admits = (changes: object): string => {
      const refusal = refusalOf(() => {
        guard.check({ ...message, ...changes }, 1000);
      });
      guard.pollEvent();
      return refusal.split(' ')[0] ?? '';
    };
    expect([{ createdAt: 1001 }, { messageId: 'other' }, { sender: 'did:kilt:other' }].map(admits)).toEqual([
      'replayed',
      'accepted',
      'accepted',
    ]);
    const [one, other] = [['ab', 'c'] as const, ['a', 'bc'] as const].map(([sender, messageId]) =>
      toHex(deriveReplayIdentity({ sender, messageId }, noblePrimitives)),
    );
    expect(one).not.toBe(other);
  });

  it('KLT-RPL-006 accepts nothing again when the clock steps back', () => {
    const guard = guardAt(1000);
    outcome(guard, 1, 950, 1000);
    guard.handleTimeout(1060);
    expect(guard.entryCount).toBe(0);
    expect([outcome(guard, 1, 950, 900), outcome(guard, 2, 950, 940), outcome(guard, 3, 951, 945)]).toEqual([
      'expired',
      'expired',
      'accepted',
    ]);
  });

  it('KLT-RPL-016 goes on when a clock that ran ahead by decades is set right', () => {
    const guard = guardAt(1000);
    outcome(guard, 1, 1000, 1000);
    guard.handleTimeout(2e12);
    expect([outcome(guard, 1, 1000, 1002), outcome(guard, 2, 1001, 1002), outcome(guard, 3, 1100, 1100)]).toEqual([
      'expired',
      'accepted',
      'accepted',
    ]);
  });

  it('KLT-RPL-007 refuses what it could not remember, until there is room', () => {
    const guard = guardAt(1000, { entryCount: 1 });
    expect([outcome(guard, 1, 950, 1000), outcome(guard, 2, 1000, 1000), outcome(guard, 1, 950, 1000)]).toEqual([
      'accepted',
      'limit',
      'replayed',
    ]);
    expect(outcome(guard, 2, 1001, 1051)).toBe('accepted');
  });

  it('KLT-RPL-012 forgets at the time it says, and not before', () => {
    const guard = guardAt(1000);
    expect(guard.pollTimeoutAtMs()).toBeUndefined();
    outcome(guard, 1, 950, 1000);
    expect(guard.pollTimeoutAtMs()).toBe(1051);
    guard.handleTimeout(1050);
    expect(guard.entryCount).toBe(1);
    guard.handleTimeout(1051);
    expect(guard.entryCount).toBe(0);
  });

  it('KLT-RPL-008 remembers over a restart, also with a longer window and an earlier clock', () => {
    const guard = guardAt(1000);
    outcome(guard, 1, 950, 1000);
    outcome(guard, 2, 905, 1000);
    guard.handleTimeout(1010);
    const restored = guardAt(960, { windowMs: 1000, restored: guard.snapshot() });
    expect([outcome(restored, 1, 950, 960), outcome(restored, 2, 905, 960), outcome(restored, 3, 960, 960)]).toEqual([
      'replayed',
      'expired',
      'accepted',
    ]);
  });

  it('KLT-RPL-008 writes one snapshot for a state, whatever led to it', () => {
    const one = guardAt(1000);
    const other = guardAt(1000);
    for (const of of [1, 2, 3]) outcome(one, of, 950 + of, 1000);
    for (const of of [3, 1, 2]) outcome(other, of, 950 + of, 1000);
    expect(one.snapshot()).toEqual(other.snapshot());
  });

  it('KLT-RPL-010 refuses an invalid snapshot, and one with more than it can remember', () => {
    const guard = guardAt(1000);
    outcome(guard, 1, 950, 1000);
    outcome(guard, 2, 960, 1000);
    const snapshot = guard.snapshot();
    expect(decodeReplaySnapshot(snapshot).entries.map(({ createdAtMs }) => createdAtMs)).toEqual([950, 960]);
    expect(refusalOf(() => guardAt(1000, { restored: snapshot, entryCount: 1 }))).toBe('limit KLT-RPL-007');
    for (let length = 0; length < snapshot.length; length++)
      expect(refusalOf(() => guardAt(1000, { restored: snapshot.slice(0, length) }))).toBe('truncated KLT-RPL-010');
    expect(refusalOf(() => guardAt(1000, { restored: new Uint8Array([...snapshot, 0]) }))).toBe('trailing KLT-RPL-010');
    expect(refusalOf(() => guardAt(1000, { restored: new Uint8Array([1, ...snapshot.slice(1)]) }))).toBe('unsupported KLT-RPL-010');
    expect(refusalOf(() => guardAt(1000, { restored: new Uint8Array([2, 255, ...snapshot.slice(2)]) }))).toBe('malformed KLT-RPL-010');
    const twisted = new Uint8Array([...snapshot.slice(0, 13), ...snapshot.slice(53), ...snapshot.slice(13, 53)]);
    expect(refusalOf(() => guardAt(1000, { restored: twisted }))).toBe('non-canonical KLT-RPL-010');
    const twice = new Uint8Array([...snapshot.slice(0, 61), ...snapshot.slice(21, 53)]);
    expect(refusalOf(() => guardAt(1000, { restored: twice }))).toBe('non-canonical KLT-RPL-010');
    expect(refusalOf(() => guardAt(1000, { windowMs: -1 }))).toMatch(/^usage/);
  });

  const step = fc.record({
    of: fc.nat({ max: 5 }),
    createdAt: fc.integer({ min: 900, max: 1300 }),
    nowMs: fc.integer({ min: 800, max: 1400 }),
    isRestart: fc.boolean(),
  });
  test.prop([fc.array(step, { maxLength: 40 })])('KLT-RPL-001 accepts no message twice, over restarts and with any clock', (steps) => {
    let guard = guardAt(1000, { entryCount: 3 });
    const admitted = new Set<string>();
    for (const { of, createdAt, nowMs, isRestart } of steps) {
      if (isRestart) guard = guardAt(nowMs, { entryCount: 3, restored: guard.snapshot() });
      const messageId = `${String(of)} at ${String(createdAt)}`; // its time is part of what is authentic
      const refusal = refusalOf(() => {
        guard.check({ sender: SENDER, createdAt, messageId }, nowMs);
      });
      guard.pollEvent();
      if (refusal !== 'accepted') continue;
      expect(admitted.has(messageId)).toBe(false);
      admitted.add(messageId);
    }
  });
});
