import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../kernel/refusal.ts';
import { ReplayGuard } from './replay-guard.ts';
import { decodeReplaySnapshot } from './replay-snapshot.ts';

const OPTIONS = { windowMs: 100, skewMs: 10 };

function identity(of: number): Uint8Array {
  return new Uint8Array(32).fill(of);
}
function guardAt(nowMs: number, options: Partial<ConstructorParameters<typeof ReplayGuard>[0]> = {}): ReplayGuard {
  return new ReplayGuard({ ...OPTIONS, ...options }, nowMs);
}
function outcome(guard: ReplayGuard, of: number, createdAtMs: number, nowMs: number): string {
  return refusalOf(() => { guard.check({ identity: identity(of), createdAtMs }, nowMs); }).split(' ')[0] ?? '';
}

describe('KLT-RPL replay guard', () => {
  it('accepts a message once', () => {
    const guard = guardAt(1000);
    expect([outcome(guard, 1, 1000, 1000), outcome(guard, 1, 1000, 1001), outcome(guard, 2, 1000, 1001)]).toEqual(['accepted', 'replayed', 'accepted']);
  });

  it('accepts what was created behind the horizon and before the skew, and neither edge', () => {
    const times = [900, 901, 1009, 1010];
    expect(times.map((createdAtMs, index) => outcome(guardAt(1000), index, createdAtMs, 1000))).toEqual(['expired', 'accepted', 'accepted', 'expired']);
  });

  it('re-admits nothing when the clock steps back', () => {
    const guard = guardAt(1000);
    outcome(guard, 1, 950, 1000);
    guard.handleTimeout(1060);
    expect(guard.entryCount).toBe(0);
    expect([outcome(guard, 1, 950, 900), outcome(guard, 2, 955, 900)]).toEqual(['expired', 'expired']);
  });

  it('refuses what it could not remember, until there is room', () => {
    const guard = guardAt(1000, { entryCountMax: 1 });
    expect([outcome(guard, 1, 950, 1000), outcome(guard, 2, 1000, 1000), outcome(guard, 1, 950, 1000)]).toEqual(['accepted', 'limit', 'replayed']);
    expect(outcome(guard, 2, 1001, 1050)).toBe('accepted');
  });

  it('forgets at the time it says, and not before', () => {
    const guard = guardAt(1000);
    expect(guard.pollTimeoutAtMs()).toBeUndefined();
    outcome(guard, 1, 950, 1000);
    expect(guard.pollTimeoutAtMs()).toBe(1050);
    guard.handleTimeout(1049);
    expect(guard.entryCount).toBe(1);
    guard.handleTimeout(1050);
    expect(guard.entryCount).toBe(0);
  });

  it('remembers over a restart, also with a longer window and an earlier clock', () => {
    const guard = guardAt(1000);
    outcome(guard, 1, 950, 1000);
    outcome(guard, 2, 905, 1000);
    guard.handleTimeout(1010);
    const restored = guardAt(500, { windowMs: 1000, restored: guard.snapshot() });
    expect([outcome(restored, 1, 950, 500), outcome(restored, 2, 905, 500), outcome(restored, 3, 960, 500)]).toEqual(['replayed', 'expired', 'accepted']);
  });

  it('writes one snapshot for a state, whatever led to it', () => {
    const one = guardAt(1000);
    const other = guardAt(1000);
    for (const of of [1, 2, 3]) outcome(one, of, 950 + of, 1000);
    for (const of of [3, 1, 2]) outcome(other, of, 950 + of, 1000);
    expect(one.snapshot()).toEqual(other.snapshot());
    expect(decodeReplaySnapshot(one.snapshot()).entries.length).toBe(3);
  });

  it('refuses a snapshot that is none, and one that is more than it can remember', () => {
    const guard = guardAt(1000);
    outcome(guard, 1, 950, 1000);
    outcome(guard, 2, 960, 1000);
    const snapshot = guard.snapshot();
    expect(refusalOf(() => guardAt(1000, { restored: snapshot, entryCountMax: 1 }))).toMatch(/^limit/);
    for (let length = 0; length < snapshot.length; length++) expect(refusalOf(() => guardAt(1000, { restored: snapshot.slice(0, length) }))).toMatch(/^truncated/);
    expect(refusalOf(() => guardAt(1000, { restored: new Uint8Array([...snapshot, 0]) }))).toMatch(/^trailing/);
    expect(refusalOf(() => guardAt(1000, { restored: new Uint8Array([2, ...snapshot.slice(1)]) }))).toMatch(/^unsupported/);
    const twisted = new Uint8Array([...snapshot.slice(0, 21), ...snapshot.slice(61), ...snapshot.slice(21, 61)]);
    expect(refusalOf(() => guardAt(1000, { restored: twisted }))).toMatch(/^non-canonical/);
    expect(refusalOf(() => guardAt(1000, { windowMs: -1 }))).toMatch(/^usage/);
  });

  const step = fc.record({ of: fc.nat({ max: 5 }), createdAtMs: fc.integer({ min: 900, max: 1300 }), nowMs: fc.integer({ min: 800, max: 1400 }), isRestart: fc.boolean() });
  test.prop([fc.array(step, { maxLength: 40 })])('accepts no message twice, over restarts and with any clock', (steps) => {
    let guard = guardAt(1000, { entryCountMax: 3 });
    const accepted = new Set<number>();
    for (const { of, createdAtMs, nowMs, isRestart } of steps) {
      if (isRestart) guard = guardAt(nowMs, { entryCountMax: 3, restored: guard.snapshot() });
      const message = of * 10_000 + createdAtMs; // its time is part of what is authentic
      const result = refusalOf(() => { guard.check({ identity: identityOf(message), createdAtMs }, nowMs); });
      if (result !== 'accepted') continue;
      expect(accepted.has(message)).toBe(false);
      accepted.add(message);
    }
  });
});

function identityOf(message: number): Uint8Array {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, message);
  return bytes;
}
