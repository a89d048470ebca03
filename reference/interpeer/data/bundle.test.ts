import { describe, expect, it } from 'vitest';
import { bundleWrites, derivePaddingLength, payloadBytesOf, pieceLength } from './bundle.ts';
import { decodeMessages } from '../message/messages.ts';

/** Bytes of a length, each its place. */
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i & 0xff);
const contents = (payload: Uint8Array): Uint8Array[] =>
  decodeMessages(payload, 'interpeer-1').flatMap((message) => (message.type === 'DATA' ? [message.data] : []));

describe('IPR-DAT bundling', () => {
  it('IPR-DAT-005 cuts a stream into the longest pieces that fit, whatever the room', () => {
    for (const room of [3, 4, 127, 128, 129, 130, 131, 132, 1000, 16_513, 16_514, 16_515, 16_516]) {
      const payloads = bundleWrites([bytes(2 * room + 1)], room, true);
      expect(payloads.every(({ length }) => length <= room)).toBe(true);
      expect(payloads.flatMap(contents).flatMap((piece) => [...piece])).toEqual([...bytes(2 * room + 1)]);
      // One byte more would not fit.
      expect(bundleWrites([bytes(pieceLength(room))], room, false)).toHaveLength(1);
      expect(() => bundleWrites([bytes(pieceLength(room) + 1)], room, false)).toThrow('no packet holds');
    }
  });
  it('IPR-DAT-004 keeps the order of writes', () => {
    const writes = Array.from({ length: 100 }, (_, i) => bytes(i));
    expect(bundleWrites(writes, 120, false).flatMap(contents)).toEqual(writes);
  });
  it('IPR-DAT-008 leaves 1,124 bytes of a datagram of the default size to an encrypted payload', () => {
    expect(payloadBytesOf(1200, true)).toBe(1124);
    expect(payloadBytesOf(1200, false)).toBe(1148);
  });
  it('IPR-DAT-010 draws each length of padding, and none beyond the room', () => {
    const lengths = new Set(Array.from({ length: 512 }, (_, i) => derivePaddingLength(20, Uint8Array.of(i >> 8, i & 0xff))));
    expect([...lengths].sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, i) => i));
  });
});
