import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { MessageMemory } from './message-memory.ts';
import type { MessageMemoryOptions } from './message-memory.ts';

const memory = (more: Partial<MessageMemoryOptions> = {}): MessageMemory =>
  new MessageMemory({ windowMs: 100, skewMs: 10, entryCount: 3, ...more }, noblePrimitives);
/** The shortest message of 3a that is told from others by a number. */
const message = (of: number, sentAt: number): Uint8Array =>
  Uint8Array.from([0, 1, 0x3a, of, sentAt >> 8, sentAt & 0xff, ...new Uint8Array(85)]);

describe('E3X-MEM a memory of messages', () => {
  it('E3X-MEM-001 options are whole numbers', () => {
    expect(refusalOf(() => memory({ windowMs: 0 }))).toMatch(/^usage/);
    expect(refusalOf(() => memory({ skewMs: -1 }))).toMatch(/^usage/);
    expect(refusalOf(() => memory({ horizonMs: 0.5 }))).toMatch(/^usage/);
  });

  it('E3X-MEM-006 a clock that was years ahead for a moment closes nothing', () => {
    const one = memory();
    one.check({ csid: '3a', packet: message(1, 1000), sentAt: 1000 }, 1000);
    one.pollEvent();
    one.handleTimeout(3_700_000_000_000);
    expect(one.entryCount).toBe(0);
    expect(refusalOf(() => one.check({ csid: '3a', packet: message(1, 1000), sentAt: 1000 }, 1001))).toBe('expired E3X-MEM-006');
    one.check({ csid: '3a', packet: message(1, 1001), sentAt: 1001 }, 1001);
    expect(one.pollEvent()).toEqual({ type: 'accepted' });
  });

  const step = fc.record({
    of: fc.nat({ max: 5 }),
    sentAt: fc.integer({ min: 900, max: 1300 }),
    nowMs: fc.integer({ min: 800, max: 1400 }),
  });
  test.prop([fc.array(step, { maxLength: 40 })])('E3X-MEM-001 admits no message twice, with any clock', (steps) => {
    const one = memory();
    const admitted = new Set<string>();
    for (const { of, sentAt, nowMs } of steps) {
      const packet = message(of, sentAt); // its time is part of what is authentic
      const refusal = refusalOf(() => {
        one.check({ csid: '3a', packet, sentAt }, nowMs);
      });
      one.pollEvent();
      expect(one.entryCount).toBeLessThanOrEqual(3);
      if (refusal !== 'accepted') continue;
      expect(admitted.has(packet.toString())).toBe(false);
      admitted.add(packet.toString());
    }
  });
});
