import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../oracle/values.ts';
import { blake2b } from './blake2b.ts';
import { BASE, decodePoint, encodePoint, isIdentity, keyForm, multiply, ORDER } from './edwards.ts';
import { libsodium } from './sodium.ts';
import { ed25519Public } from './primitives.ts';

describe('BLAKE2b', () => {
  it('has the digest of RFC 7693, appendix A', () => {
    expect(toHex(blake2b(Buffer.from('abc'), 64))).toBe(
      'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923',
    );
  });
  it('agrees with libsodium at the edges of blocks', async () => {
    const sodium = await libsodium();
    for (const length of [0, 1, 127, 128, 129, 255, 256, 257])
      for (const digestLength of [16, 32, 64]) {
        const data = Uint8Array.from({ length }, (_, i) => (7 * i) & 255);
        expect(toHex(blake2b(data, digestLength))).toBe(toHex(sodium.crypto_generichash(digestLength, data, null)));
      }
  });
});

describe('the curve', () => {
  it('has a base point of prime order', () => {
    expect(toHex(encodePoint(BASE))).toBe('5866666666666666666666666666666666666666666666666666666666666666');
    expect(isIdentity(multiply(BASE, ORDER))).toBe(true);
    expect(isIdentity(multiply(BASE, 8n))).toBe(false);
  });
  it('reads every public key as a point', () => {
    const key = ed25519Public(new Uint8Array(32));
    const point = decodePoint(key);
    expect(point === undefined ? '' : toHex(encodePoint(point))).toBe(toHex(key));
    expect(keyForm(key)).toEqual({ isReduced: true, isOnCurve: true, isSmall: false });
    expect(keyForm(fromHex(`02${'00'.repeat(31)}`)).isOnCurve).toBe(false);
  });
});
