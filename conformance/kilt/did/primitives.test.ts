import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { decodeBase58, decodeCbor, encodeBase58, encodeCbor } from './primitives.ts';
import { fromHex, toHex } from '../../oracle/values.ts';

describe('base 58', () => {
  it.each(['', '00', '0000ff', 'ff', '00'.repeat(5), '26'.repeat(35)])('is what @scure/base writes: %s', (hex) => {
    const text = encodeBase58(fromHex(hex));
    expect(text).toBe(base58.encode(fromHex(hex)));
    expect(toHex(decodeBase58(text) ?? new Uint8Array(1))).toBe(hex);
  });
  it.each(['0', 'O', 'I', 'l', 'a b'])('has no %s', (text) => {
    expect(decodeBase58(text)).toBeUndefined();
  });
});

describe('CBOR', () => {
  it('reads byte strings with and without tag 64, and writes them with it', () => {
    expect(decodeCbor(fromHex('d84041ff'))).toEqual(Uint8Array.of(255));
    expect(decodeCbor(fromHex('41ff'))).toEqual(Uint8Array.of(255));
    expect(
      toHex(
        encodeCbor(
          new Map<string, Uint8Array>([
            ['b', Uint8Array.of(1)],
            ['a', Uint8Array.of(2)],
          ]),
        ),
      ),
    ).toBe('a26162d84041016161d8404102');
  });
  it.each(['5f41ffff', '5801ff', 'a2616101616102', 'a10001', '0000', '', 'c1d84041ff', '61ff', 'f97e00'])('refuses %s', (hex) => {
    expect(decodeCbor(fromHex(hex))).toBeUndefined();
  });
});
