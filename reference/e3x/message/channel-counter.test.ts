import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { ChannelCounter } from './channel-counter.ts';
import { openChannelPacket } from './channel-packets.ts';

const KEY = new Uint8Array(16).fill(7);
const TOKEN = new Uint8Array(16).fill(9);
const INNER = fromHex('0000ff');
const counterFrom = (hex: string): ChannelCounter => new ChannelCounter({ key: KEY, token: TOKEN, entropy: fromHex(hex) }, noblePrimitives);
/** The IV of a channel packet: after LENGTH and TOKEN. */
const ivOf = (packet: Uint8Array): string => toHex(packet.slice(18, 22));

describe('E3X-CS1 counted IVs', () => {
  it.each([
    ['01020304', ['01020304', '02020304', '03020304']],
    ['ff000000', ['ff000000', '00010000', '01010000']],
    ['ffffff7f', ['ffffff7f', '00000080', '01000080']],
  ])('E3X-CS1-007 counts from %s, little-endian', (first, ivs) => {
    const counter = counterFrom(first);
    for (const iv of ivs) {
      const packet = counter.seal(INNER);
      expect(ivOf(packet)).toBe(iv);
      expect(openChannelPacket({ csid: '1a', key: KEY, packet }, noblePrimitives)).toEqual({ token: TOKEN, inner: INNER });
    }
  });

  it('E3X-CS1-008 seals under ffffffff and then nothing more', () => {
    const counter = counterFrom('feffffff');
    expect([ivOf(counter.seal(INNER)), ivOf(counter.seal(INNER))]).toEqual(['feffffff', 'ffffffff']);
    for (let again = 0; again < 3; again++) expect(refusalOf(() => counter.seal(INNER))).toBe('limit E3X-CS1-008');
  });

  it('E3X-MSG-002 uses no IV for what is not a packet', () => {
    const counter = counterFrom('ffffffff');
    expect(refusalOf(() => counter.seal(fromHex('0005aa')))).toBe('truncated E3X-MSG-002');
    expect(ivOf(counter.seal(INNER))).toBe('ffffffff');
    expect(refusalOf(() => counter.seal(fromHex('00')))).toBe('truncated E3X-MSG-002');
  });

  it('accepts keys, tokens and first IVs of one length only', () => {
    const right = { key: KEY, token: TOKEN, entropy: fromHex('00000000') };
    for (const wrong of [{ key: KEY.slice(1) }, { token: TOKEN.slice(1) }, { entropy: KEY }])
      expect(refusalOf(() => new ChannelCounter({ ...right, ...wrong }, noblePrimitives))).toMatch(/^usage/);
  });
});
