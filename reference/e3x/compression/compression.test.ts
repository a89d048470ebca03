import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { INFLATED_LENGTH_MAX, decodeCompressed, encodeCompressed, negotiateCompression } from './compression.ts';
import { encodePacket } from '../packet/packet.ts';

const packet = (body: Uint8Array = new Uint8Array(0)): Uint8Array => encodePacket({ json: { c: 1, type: 'open' }, body });

describe('E3X-CMP compression', () => {
  it('E3X-CMP-001 is in effect only if both said the same', () => {
    expect([negotiateCompression(), negotiateCompression(1, 1), negotiateCompression(1, 2), negotiateCompression(2)]).toEqual([0, 1, 0, 0]);
  });
  it.each([
    ['01646f70656e', { c: 1, type: 'open' }],
    ['02168414010214', { c: 2, seq: 22, ack: 20, miss: [1, 2, 20] }],
  ] as const)('E3X-CMP-013 reads and writes the published %s', (hex, json) => {
    expect(decodeCompressed(1, fromHex(hex)).json).toEqual(json);
    expect(toHex(encodeCompressed(1, encodePacket({ json })))).toBe(hex);
  });
  it('E3X-CMP-014 reads what zlib writes, at every level and with every strategy', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(9), fc.nat(4), (body, level, strategy) => {
        const inner = packet(body);
        expect(decodeCompressed(2, Uint8Array.from(deflateRawSync(Uint8Array.from(inner), { level, strategy }))).inner).toEqual(inner);
      }),
      { numRuns: 50 },
    );
  });
  it('E3X-CMP-015 refuses every strict prefix of a stream', () => {
    const stream = Uint8Array.from(deflateRawSync(Uint8Array.from(packet(fromHex('00'.repeat(40))))));
    for (let length = 0; length < stream.length; length++)
      expect(() => decodeCompressed(2, stream.subarray(0, length)), String(length)).toThrow(DecodeError);
  });
  it('E3X-CMP-017 expands to the bound and no further', () => {
    const longest = packet(new Uint8Array(INFLATED_LENGTH_MAX - packet().length));
    expect(decodeCompressed(2, encodeCompressed(2, longest)).inner).toEqual(longest);
    const bomb = Uint8Array.from(deflateRawSync(new Uint8Array(1_000_000)));
    expect(() => decodeCompressed(2, bomb)).toThrow(LimitError);
    expect(() => encodeCompressed(2, packet(new Uint8Array(INFLATED_LENGTH_MAX)))).toThrow(LimitError);
  });
  it.each([0, 1, 2])('E3X-CMP-018 returns members and BODY with z %i', (z) => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
        fc.uint8Array({ maxLength: 40 }),
        (more, body) => {
          const json = { ...more, c: 7, type: 'x' };
          const { seq: _seq, ack: _ack, miss: _miss, ...members } = json as Record<string, string | number | boolean>;
          const read = decodeCompressed(z, encodeCompressed(z, encodePacket({ json: members, body })));
          expect(read.json).toEqual(members);
          expect(read.body).toEqual(body);
        },
      ),
      { numRuns: 40 },
    );
  });
});
