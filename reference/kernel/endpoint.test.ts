import { describe, expect, it } from 'vitest';
import { Endpoint, drain } from './endpoint.ts';
import { refusalOf } from './refusal.ts';

/** Says everything twice: once to send, once as an event. */
class Echo extends Endpoint<string, { readonly said: string }> {
  say(...words: readonly string[]): void {
    this.requireCall();
    for (const word of words) {
      this.putTransmit(word);
      this.putEvent({ said: word });
    }
  }

  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
  }
}

describe('an endpoint', () => {
  it('returns its output in order', () => {
    const echo = new Echo();
    echo.say('one', 'two');
    expect(drain(() => echo.pollTransmit())).toEqual(['one', 'two']);
    expect(drain(() => echo.pollEvent())).toEqual([{ said: 'one' }, { said: 'two' }]);
    expect([echo.pollTransmit(), echo.pollEvent(), echo.pollTimeoutAtMs()]).toEqual([undefined, undefined, undefined]);
  });

  it('is polled before the next call, both of its queues', () => {
    for (const poll of ['pollTransmit', 'pollEvent'] as const) {
      const echo = new Echo();
      echo.say('one');
      echo[poll]();
      expect(refusalOf(() => echo.say('two'))).toBe('usage ADR-0026');
      expect(refusalOf(() => echo.handleTimeout(0))).toBe('usage ADR-0026');
      drain(() => echo.pollTransmit());
      expect(drain(() => echo.pollEvent()).length).toBe(poll === 'pollEvent' ? 0 : 1);
      expect(refusalOf(() => echo.say('two'))).toBe('accepted');
    }
  });

  it('accepts whole milliseconds as a time, and nothing else', () => {
    for (const nowMs of [-1, 0.5, NaN, Infinity, 2 ** 52 + 1, 2 ** 53, '0', null, undefined] as number[])
      expect(refusalOf(() => new Echo().handleTimeout(nowMs))).toBe('usage ADR-0026');
    expect(refusalOf(() => new Echo().handleTimeout(2 ** 52))).toBe('accepted');
  });
});
