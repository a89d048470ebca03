import { describe, expect, it } from 'vitest';
import { SESSION_COUNT_MAX, SessionError, SessionTable, countedHandles, stepped } from './sessions.ts';

describe('ADP-042 sessions', () => {
  it('answer to their own handle until they are closed', () => {
    const handles = countedHandles();
    const numbers = new SessionTable<number>(handles);
    const texts = new SessionTable<string>(handles);
    expect([numbers.open(7), texts.open('x')]).toEqual(['s1', 's2']);
    expect([numbers.get('s1'), texts.get('s2')]).toEqual([7, 'x']);
    expect(() => texts.get('s1')).toThrow(SessionError);
    numbers.close('s1');
    for (const handle of ['s1', 's2', 's9', '', '__proto__']) {
      expect(() => numbers.get(handle)).toThrow(SessionError);
      expect(() => numbers.close(handle)).toThrow(SessionError);
    }
    expect(texts.get('s2')).toBe('x');
    expect(numbers.open(8)).toBe('s3');
  });

  it('are bounded in number', () => {
    const table = new SessionTable<number>(countedHandles());
    for (let count = 0; count < SESSION_COUNT_MAX; count++) table.open(count);
    expect(() => table.open(0)).toThrow(RangeError);
    table.close('s1');
    expect(table.open(0)).toBe(`s${String(SESSION_COUNT_MAX + 1)}`);
  });
});

describe('ADP-035 the result of a call', () => {
  it('is polled until nothing is left, after the output of the call itself', () => {
    const frames = [Uint8Array.of(2), Uint8Array.of(3)];
    const events = [{ type: 'b' }];
    const polled = { pollTransmit: () => frames.shift(), pollEvent: () => events.shift(), pollTimeoutAtMs: () => 5 };
    expect(stepped(polled, { transmits: [Uint8Array.of(1)], events: [{ type: 'a' }] })).toEqual({
      transmit: [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)],
      events: [{ type: 'a' }, { type: 'b' }],
      timeoutAt: 5,
    });
    expect(stepped(polled)).toEqual({ transmit: [], events: [], timeoutAt: 5 });
  });

  it('is nothing if there is nothing to poll', () => {
    expect(stepped({})).toEqual({ transmit: [], events: [], timeoutAt: undefined });
  });
});
