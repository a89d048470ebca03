import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../kernel/bytes.ts';
import { UsageError } from '../kernel/errors.ts';
import { siphash24 } from './siphash.ts';

const KEY = fromHex('000102030405060708090a0b0c0d0e0f');
const counted = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index);

describe('SipHash-2-4', () => {
  it('gives the digest that the paper works out (appendix A)', () => {
    expect(toHex(siphash24(KEY, counted(15)))).toBe('e545be4961ca29a1');
  });
  it.each([
    [0, '310e0edd47db6f72'],
    [1, 'fd67dc93c539f874'],
    [7, '37d1018bf50002ab'],
    [8, '6224939a79f5f593'],
    [63, '724506eb4c328a95'],
  ] as const)('of %i bytes is that of the test vectors published with it', (length, digest) => {
    expect(toHex(siphash24(KEY, counted(length)))).toBe(digest);
  });
  it('refuses a key of another length', () => {
    expect(() => siphash24(KEY.subarray(1), counted(1))).toThrow(UsageError);
  });
});
