/**
 * What every implementation of the primitives refuses before it begins, so that all of them refuse the same and a
 * caller's bug never reads as a failed tag.
 */
import { bytesToNumberBE, bytesToNumberLE } from '@noble/curves/utils.js';
import { isBytes } from '../kernel/door.ts';
import { AuthenticationError, DecodeError, LimitError, UsageError } from '../kernel/errors.ts';
import type { PrimitiveName } from './primitives.ts';
import { CHACHA_BLOCK_COUNT_MAX, CHACHA_BLOCK_LENGTH, PRIMITIVES } from './table.ts';
import type { Permitted } from './table.ts';

/** The clause of every authentication failure: which check failed is not revealed. */
export const AUTHENTICATION_CLAUSE = 'authentication';

/** The order of P-256 (SEC 2 2.4.2). */
export const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** The order of secp160r1, 161 bits (SEC 2 1.0, 2.4.2). */
export const SECP160R1_ORDER = 0x100000000000000000001f4c8f927aed3ca752257n;

/** The prime of Curve25519 and edwards25519 (RFC 7748 4.1). */
const ED25519_PRIME = 2n ** 255n - 19n;
/** The y coordinates, below the prime, of all eight edwards25519 points whose order divides 8. */
const ED25519_SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  ED25519_PRIME - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

function isPermitted(value: number, permitted: Permitted): boolean {
  if (!Number.isSafeInteger(value)) return false;
  return 'min' in permitted ? value >= permitted.min && value <= permitted.max : permitted.includes(value);
}

type Checks = readonly (readonly [input: string, permitted: Permitted])[];

/** The rows of `PRIMITIVES` as lists: every operation reads its own on every call. */
const CHECKS: ReadonlyMap<string, { readonly lengths: Checks; readonly numbers: Checks }> = new Map(
  Object.entries(PRIMITIVES).map(([operation, { lengths, numbers }]) => [
    operation,
    { lengths: Object.entries(lengths), numbers: Object.entries(numbers) },
  ]),
);

/**
 * Holds the inputs of an operation against its row of `PRIMITIVES`.
 * @param input the inputs whose lengths or values the row names, by name; an optional one may be left out
 * @throws UsageError with the clause `operation.input`
 */
export function checkInput(operation: PrimitiveName, input: Readonly<Record<string, Uint8Array | number | undefined>>): void {
  const { lengths = [], numbers = [] } = CHECKS.get(operation) ?? {};
  for (const [name, permitted] of lengths) {
    const bytes = input[name];
    if (bytes === undefined && !(name in input)) continue;
    if (!isBytes(bytes)) throw new UsageError(`${operation}.${name}`, 'not bytes', { type: typeof bytes });
    if (!isPermitted(bytes.length, permitted))
      throw new UsageError(`${operation}.${name}`, 'not a permitted length', { length: bytes.length });
  }
  for (const [name, permitted] of numbers) {
    const value = input[name];
    if (typeof value !== 'number' || !isPermitted(value, permitted)) {
      throw new UsageError(`${operation}.${name}`, 'not a permitted value', { value: String(value) });
    }
  }
}

/**
 * Refuses key stream beyond the last block of ChaCha20.
 * @throws LimitError
 */
export function checkChachaBlocks(operation: PrimitiveName, counter: number, dataLength: number): void {
  const blockCount = Math.ceil(dataLength / CHACHA_BLOCK_LENGTH);
  if (counter + blockCount > CHACHA_BLOCK_COUNT_MAX) {
    throw new LimitError(`${operation}.counter`, 'the block counter would run out', { counter, blockCount });
  }
}

/**
 * Refuses a BLAKE3 call that is a keyed hash and a key derivation at once.
 * @throws UsageError
 */
export function checkBlake3Mode(key: Uint8Array | undefined, context: Uint8Array | undefined): void {
  if (key !== undefined && context !== undefined) throw new UsageError('blake3.context', 'a key and a context together');
}

/**
 * Refuses a secret scalar that is zero, or the order of the group or more.
 * @param secret big-endian
 * @throws UsageError
 */
export function checkScalar(operation: PrimitiveName, secret: Uint8Array, order: bigint): void {
  const scalar = bytesToNumberBE(secret);
  if (scalar === 0n || scalar >= order) throw new UsageError(`${operation}.secret`, 'not a scalar of the group');
}

/** Answers whether 32 bytes are refused as an Ed25519 public key: y not below the prime, or a point of small order. */
export function isRefusedEd25519Public(publicKey: Uint8Array): boolean {
  const y = bytesToNumberLE(publicKey) & (2n ** 255n - 1n); // the top bit is the sign of x
  return y >= ED25519_PRIME || ED25519_SMALL_ORDER_Y.has(y);
}

/** The error for what is not a point of its curve. */
export function notAPoint(): DecodeError {
  return new DecodeError('malformed', 'SEC 1 3.2.2', 'not a point of the curve');
}

/** The error for whatever is not authentic; always the same. */
export function notAuthentic(): AuthenticationError {
  return new AuthenticationError(AUTHENTICATION_CLAUSE);
}
