/**
 * ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381) in exact integers, for the oracle: the reference has it over primitives that
 * another library computes.
 */
import { createHash } from 'node:crypto';
import { concatBytes } from '../../oracle/values.ts';
import {
  add,
  BASE,
  bytesLe,
  decodePoint,
  encodePoint,
  integerLe,
  isIdentity,
  multiply,
  negate,
  ORDER,
  PRIME,
  type Point,
} from '../identity/edwards.ts';

const SUITE = 3;
const COFACTOR = 8n;

function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(
    createHash('sha512')
      .update(concatBytes(...parts))
      .digest(),
  );
}
/** The point of 32 bytes that are its one encoding. */
function strictPoint(bytes: Uint8Array): Point | undefined {
  const point = decodePoint(bytes);
  const y = integerLe(bytes) & ((1n << 255n) - 1n);
  const isNegativeZero = point?.x === 0n && (bytes[31] ?? 0) >= 0x80;
  return y < PRIME && !isNegativeZero ? point : undefined;
}
/** Section 5.4.1.1; which try it was is of interest to tests alone. */
export function hashedTo(key: Uint8Array, alpha: Uint8Array): { readonly point: Point; readonly tries: number } {
  for (let counter = 0; counter < 256; counter++) {
    const digest = sha512(Uint8Array.of(SUITE, 1), key, alpha, Uint8Array.of(counter, 0));
    const found = strictPoint(digest.slice(0, 32));
    const point = found === undefined ? undefined : multiply(found, COFACTOR);
    if (point !== undefined && !isIdentity(point)) return { point, tries: counter + 1 };
  }
  throw new Error('no try of 256 is a point');
}
/** Section 5.4.3. */
export function challengeOf(...points: readonly Uint8Array[]): bigint {
  return integerLe(sha512(Uint8Array.of(SUITE, 2), ...points, Uint8Array.of(0)).slice(0, 16));
}
/** Section 5.2, of the point of a proof. */
export function outputOf(gamma: Point): Uint8Array {
  return sha512(Uint8Array.of(SUITE, 3), encodePoint(multiply(gamma, COFACTOR)), Uint8Array.of(0));
}
export interface Drawn {
  readonly proof: Uint8Array;
  readonly beta: Uint8Array;
}
/** Section 5.1. @param torsion a point of small order that is added to Gamma, as only cheats do @param nonce another than it should be */
export function prove(seed: Uint8Array, alpha: Uint8Array, torsion?: Point, nonce?: bigint): Drawn {
  const digest = sha512(seed);
  const scalar = digest.slice(0, 32);
  scalar[0] = (scalar[0] ?? 0) & 0xf8;
  scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
  const x = integerLe(scalar);
  const key = encodePoint(multiply(BASE, x));
  const { point: h } = hashedTo(key, alpha);
  const honest = multiply(h, x);
  const gamma = torsion === undefined ? honest : add(honest, torsion);
  const k = nonce ?? integerLe(sha512(digest.slice(32), encodePoint(h))) % ORDER;
  const c = challengeOf(key, encodePoint(h), encodePoint(gamma), encodePoint(multiply(BASE, k)), encodePoint(multiply(h, k)));
  const s = (k + c * x) % ORDER;
  return { proof: concatBytes(encodePoint(gamma), bytesLe(c).slice(0, 16), bytesLe(s)), beta: outputOf(gamma) };
}
export interface Verdict {
  /** Whether the proof has a point and a scalar. */
  readonly isDecoded: boolean;
  readonly isValid: boolean;
  readonly beta: Uint8Array;
}
/** Section 5.3, under a key that is one. */
export function verify(key: Uint8Array, alpha: Uint8Array, proof: Uint8Array): Verdict {
  const [y, gamma] = [decodePoint(key), strictPoint(proof.slice(0, 32))];
  const [c, s] = [integerLe(proof.slice(32, 48)), integerLe(proof.slice(48))];
  if (y === undefined || gamma === undefined || s >= ORDER) return { isDecoded: false, isValid: false, beta: new Uint8Array(0) };
  const { point: h } = hashedTo(key, alpha);
  const u = add(multiply(BASE, s), negate(multiply(y, c)));
  const v = add(multiply(h, s), negate(multiply(gamma, c)));
  const expected = challengeOf(key, encodePoint(h), encodePoint(gamma), encodePoint(u), encodePoint(v));
  return { isDecoded: true, isValid: expected === c, beta: outputOf(gamma) };
}
