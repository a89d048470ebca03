import { generateKeyPairSync } from 'node:crypto';
import { invert } from '@noble/curves/abstract/modular.js';
import { numberToVarBytesBE } from '@noble/curves/utils.js';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../kernel/bytes.ts';
import { refusalOf } from '../kernel/refusal.ts';
import { DER_TAG, writeElement, writeInteger } from './der.ts';
import { bigintRsa } from './rsa.ts';
import { decodeRsaPublicKey, decodeRsaSecretKey, encodeRsaPublicKey } from './rsa-key.ts';

const pairOf = (modulusLength: number): { publicKey: Uint8Array; secretKey: Uint8Array } => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  });
  return { publicKey: new Uint8Array(pair.publicKey), secretKey: new Uint8Array(pair.privateKey) };
};
const { publicKey, secretKey } = pairOf(2048);
const key = decodeRsaSecretKey(secretKey);
const ALGORITHM = fromHex('300d06092a864886f70d0101010500');
const sequence = (...parts: Uint8Array[]): Uint8Array => writeElement(DER_TAG.sequence, concat(parts));
const integer = (value: bigint): Uint8Array => writeInteger(value === 0n ? Uint8Array.of(0) : numberToVarBytesBE(value));
const publicOf = (modulus: bigint, exponent: bigint, algorithm: Uint8Array = ALGORITHM, unusedBits = 0): Uint8Array =>
  sequence(algorithm, writeElement(DER_TAG.bitString, concat([Uint8Array.of(unusedBits), sequence(integer(modulus), integer(exponent))])));
type Numbers = { readonly [name in keyof typeof key]?: bigint };
const secretOf = (
  changes: Numbers,
  versions: readonly [bigint, bigint] = [0n, 0n],
  trailing: Uint8Array = new Uint8Array(0),
): Uint8Array => {
  const changed = { ...key, ...changes };
  const numbers = [
    versions[1],
    changed.modulus,
    changed.publicExponent,
    changed.secretExponent,
    changed.prime1,
    changed.prime2,
    changed.exponent1,
    changed.exponent2,
    changed.coefficient,
  ];
  return sequence(integer(versions[0]), ALGORITHM, writeElement(DER_TAG.octetString, sequence(...numbers.map(integer))), trailing);
};

describe('RFC 5280 public keys', () => {
  it('reads what OpenSSL wrote and writes the same', () => {
    const decoded = decodeRsaPublicKey(publicKey);
    expect(decoded).toEqual({ modulus: key.modulus, publicExponent: 65537n });
    expect(toHex(encodeRsaPublicKey(decoded))).toBe(toHex(publicKey));
    expect(publicOf(key.modulus, 65537n)).toEqual(publicKey);
  });

  it('refuses every strict prefix as truncated and every longer input as trailing', () => {
    for (let length = 0; length < publicKey.length; length++) {
      expect(refusalOf(() => decodeRsaPublicKey(publicKey.subarray(0, length)))).toMatch(/^truncated X\.690/);
    }
    expect(refusalOf(() => decodeRsaPublicKey(concat([publicKey, Uint8Array.of(0)])))).toBe('trailing RFC 5280 4.1');
  });

  it.each([
    ['another algorithm', publicOf(key.modulus, 65537n, fromHex('301306072a8648ce3d020106082a8648ce3d030107')), 'malformed RFC 5280 4.1'],
    ['an algorithm without NULL', publicOf(key.modulus, 65537n, fromHex('300b06092a864886f70d010101')), 'malformed RFC 5280 4.1'],
    ['unused bits', publicOf(key.modulus, 65537n, ALGORITHM, 1), 'malformed RFC 5280 4.1'],
    ['an even modulus', publicOf(key.modulus + 1n, 65537n), 'malformed RFC 8017 3'],
    ['a modulus of 2,047 bits', publicOf((key.modulus >> 1n) | 1n, 65537n), 'malformed RFC 8017 3'],
    ['a modulus of 2,049 bits', publicOf(key.modulus + 2n ** 2048n, 65537n), 'malformed RFC 8017 3'],
    ['the exponent 1', publicOf(key.modulus, 1n), 'malformed RFC 8017 3'],
    ['an even exponent', publicOf(key.modulus, 65538n), 'malformed RFC 8017 3'],
    ['a long exponent', publicOf(key.modulus, 2n ** 32n + 1n), 'malformed RFC 8017 3'],
  ])('refuses %s', (_what, der, refusal) => {
    expect(refusalOf(() => decodeRsaPublicKey(der))).toBe(refusal);
  });

  it.each([3n, 17n, 129n, 2n ** 32n - 1n])('accepts the exponent %s', (exponent) => {
    const der = encodeRsaPublicKey({ modulus: key.modulus, publicExponent: exponent });
    expect(decodeRsaPublicKey(der).publicExponent).toBe(exponent);
    expect(der).toEqual(publicOf(key.modulus, exponent));
  });

  it('refuses a key of another size', () => {
    expect(refusalOf(() => decodeRsaPublicKey(pairOf(1024).publicKey))).toBe('malformed RFC 8017 3');
  });
});

describe('X.690 DER', () => {
  const head = toHex(publicKey).replace(/^30820122/, '');
  it.each([
    ['an indefinite length', `3080${head}`, 'malformed X.690 10.1'],
    ['a length of 3 bytes', `3083000122${head}`, 'malformed X.690 10.1'],
    ['a length with a leading zero', `30820022${head}`, 'non-canonical X.690 10.1'],
    ['a long form of a short length', `308101${head}`, 'non-canonical X.690 10.1'],
    ['another tag', toHex(publicKey).replace(/^30/, '31'), 'malformed X.690 8.1.2'],
  ])('refuses %s', (_what, der, refusal) => {
    expect(refusalOf(() => decodeRsaPublicKey(fromHex(der)))).toBe(refusal);
  });

  it.each([
    ['an exponent of no byte', Uint8Array.of(DER_TAG.integer, 0), 'malformed X.690 8.3'],
    ['a negative exponent', Uint8Array.of(DER_TAG.integer, 1, 0x81), 'malformed X.690 8.3'],
    ['an exponent with a leading zero', Uint8Array.of(DER_TAG.integer, 2, 0, 3), 'non-canonical X.690 8.3'],
  ])('refuses %s', (_what, exponent, refusal) => {
    const bits = concat([Uint8Array.of(0), sequence(integer(key.modulus), exponent)]);
    expect(refusalOf(() => decodeRsaPublicKey(sequence(ALGORITHM, writeElement(DER_TAG.bitString, bits))))).toBe(refusal);
  });
});

describe('RFC 5208 secret keys', () => {
  it('reads what OpenSSL wrote', () => {
    expect(secretOf({})).toEqual(secretKey);
    expect(key.prime1 * key.prime2).toBe(key.modulus);
  });

  it('refuses every strict prefix as truncated and every longer input as trailing', () => {
    for (let length = 0; length < secretKey.length; length += 7) {
      expect(refusalOf(() => decodeRsaSecretKey(secretKey.subarray(0, length)))).toMatch(/^truncated X\.690/);
    }
    expect(refusalOf(() => decodeRsaSecretKey(concat([secretKey, Uint8Array.of(0)])))).toBe('trailing RFC 5208 5');
  });

  it.each([
    ['another version', secretOf({}, [1n, 0n]), 'malformed RFC 5208 5'],
    ['more than two primes', secretOf({}, [0n, 1n]), 'malformed RFC 5208 5'],
    ['attributes', secretOf({}, [0n, 0n], Uint8Array.of(0xa0, 0)), 'trailing RFC 5208 5'],
    ['primes of another modulus', secretOf({ prime1: key.prime1 + 2n }), 'malformed RFC 8017 3'],
    ['one prime that is all of it', secretOf({ prime1: 1n, prime2: key.modulus }), 'malformed RFC 8017 3'],
    ['another secret exponent', secretOf({ secretExponent: key.secretExponent + 2n }), 'malformed RFC 8017 3'],
    ['another public exponent', secretOf({ publicExponent: 3n }), 'malformed RFC 8017 3'],
    ['another exponent of p', secretOf({ exponent1: key.exponent1 + 1n }), 'malformed RFC 8017 3'],
    ['another exponent of q', secretOf({ exponent2: key.exponent2 + 1n }), 'malformed RFC 8017 3'],
    ['another coefficient', secretOf({ coefficient: key.coefficient + 1n }), 'malformed RFC 8017 3'],
    ['a coefficient that is not reduced', secretOf({ coefficient: key.coefficient + key.prime1 }), 'malformed RFC 8017 3'],
    ['p and q exchanged, but not what belongs to them', secretOf({ prime1: key.prime2, prime2: key.prime1 }), 'malformed RFC 8017 3'],
  ])('refuses %s', (_what, der, refusal) => {
    expect(refusalOf(() => decodeRsaSecretKey(der))).toBe(refusal);
  });
});

/** A key whose numbers fit each other although its p is not a prime. */
function compositeKey(): Uint8Array {
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
  const prime2 = key.prime2;
  for (let prime1 = key.prime1 - 2n; ; prime1 -= 2n) {
    const isUsable = prime1 % 3n === 0n && gcd(65537n, prime1 - 1n) === 1n && gcd(prime1, prime2) === 1n;
    if (!isUsable) continue;
    const multiple = ((prime1 - 1n) * (prime2 - 1n)) / gcd(prime1 - 1n, prime2 - 1n);
    const secretExponent = invert(65537n, multiple);
    return secretOf({
      modulus: prime1 * prime2,
      secretExponent,
      prime1,
      exponent1: secretExponent % (prime1 - 1n),
      exponent2: secretExponent % (prime2 - 1n),
      coefficient: invert(prime2, prime1),
    });
  }
}

describe('RFC 8017 3.2 secret keys that do not match their public key', () => {
  it('reveal no signature', () => {
    expect(refusalOf(() => bigintRsa.signRsa({ secretKey: compositeKey(), message: Uint8Array.of(1) }))).toBe('usage RFC 8017 3.2');
  });
});
