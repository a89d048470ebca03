/**
 * The curve of Ed25519 in exact integers, for the oracle and for signatures that libraries judge differently: whatever it
 * computes is also computed by the reference's library, and nothing is shared with it. Slow, and in no constant time.
 */
import { createHash } from 'node:crypto';
import { concatBytes } from '../../oracle/values.ts';

export const PRIME: bigint = 2n ** 255n - 19n;
/** The order of the subgroup that the base point generates. */
export const ORDER: bigint = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * inverse(121666n));
const SIGN_BIT = 1n << 255n;

/** A point in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
export interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly t: bigint;
}

export const IDENTITY: Point = { x: 0n, y: 1n, z: 1n, t: 0n };

function mod(value: bigint, by: bigint = PRIME): bigint {
  const rest = value % by;
  return rest < 0n ? rest + by : rest;
}
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = mod(base), rest = exponent; rest > 0n; rest >>= 1n, square = mod(square * square))
    if ((rest & 1n) === 1n) result = mod(result * square);
  return result;
}
function inverse(value: bigint): bigint {
  return power(value, PRIME - 2n);
}

/** Bytes as an integer, the least significant first. */
export function integerLe(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
/** An integer below 2^256 as 32 bytes, the least significant first. */
export function bytesLe(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse());
}

/** The point that 32 bytes encode, whether their y is reduced or not; undefined if no point has it. */
export function decodePoint(bytes: Uint8Array): Point | undefined {
  const value = integerLe(bytes);
  const y = mod(value & (SIGN_BIT - 1n));
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  let x = power(square, (PRIME + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * power(2n, (PRIME - 1n) / 4n));
  if (mod(x * x) !== square) return undefined;
  if ((x & 1n) !== value >> 255n) x = mod(-x);
  return { x, y, z: 1n, t: mod(x * y) };
}
/** The one encoding of a point. */
export function encodePoint({ x, y, z }: Point): Uint8Array {
  const over = inverse(z);
  return bytesLe(mod(y * over) | ((mod(x * over) & 1n) << 255n));
}
export function add(p: Point, q: Point): Point {
  const a = (p.y - p.x) * (q.y - q.x);
  const b = (p.y + p.x) * (q.y + q.x);
  const c = 2n * D * p.t * q.t;
  const d = 2n * p.z * q.z;
  const [e, f, g, h] = [mod(b - a), mod(d - c), mod(d + c), mod(b + a)];
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}
export function negate({ x, y, z, t }: Point): Point {
  return { x: mod(-x), y, z, t: mod(-t) };
}
export function multiply(p: Point, by: bigint): Point {
  let result = IDENTITY;
  for (let square = p, rest = by; rest > 0n; rest >>= 1n, square = add(square, square))
    if ((rest & 1n) === 1n) result = add(result, square);
  return result;
}
export function isIdentity({ x, y, z }: Point): boolean {
  return mod(x) === 0n && mod(y - z) === 0n;
}

/** @throws Error if no point has this y */
function basePoint(): Point {
  const base = decodePoint(bytesLe(mod(4n * inverse(5n))));
  if (base === undefined) throw new Error('no point has y = 4/5');
  return base;
}
export const BASE: Point = basePoint();

/** What 32 bytes are as a public key. */
export interface KeyForm {
  /** Whether y is below the prime. */
  readonly isReduced: boolean;
  readonly isOnCurve: boolean;
  /** Whether eight times the point is the identity. */
  readonly isSmall: boolean;
}
export function keyForm(key: Uint8Array): KeyForm {
  const point = decodePoint(key);
  return {
    isReduced: (integerLe(key) & (SIGN_BIT - 1n)) < PRIME,
    isOnCurve: point !== undefined,
    isSmall: point !== undefined && isIdentity(multiply(point, 8n)),
  };
}

/** The digest that binds R, the key and what is signed, below the order. */
export function challengeOf(r: Uint8Array, key: Uint8Array, data: Uint8Array): bigint {
  const digest = createHash('sha512')
    .update(concatBytes(r, key, data))
    .digest();
  return mod(integerLe(Uint8Array.from(digest)), ORDER);
}
/** The encoding of S B - k A, which R must equal; undefined if the key is not a point. */
export function commitmentOf(key: Uint8Array, data: Uint8Array, signature: Uint8Array): Uint8Array | undefined {
  const a = decodePoint(key);
  if (a === undefined) return undefined;
  const k = challengeOf(signature.slice(0, 32), key, data);
  return encodePoint(add(multiply(BASE, integerLe(signature.slice(32))), negate(multiply(a, k))));
}
/** u = (1 + y) / (1 - y) of a key; its sign does not matter. */
export function montgomeryOf(key: Uint8Array): Uint8Array {
  const y = mod(integerLe(key) & (SIGN_BIT - 1n));
  return bytesLe(mod((1n + y) * inverse(1n - y)));
}
