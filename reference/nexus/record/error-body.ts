/**
 * The body of an error.
 *
 *   0      1      2
 *   +------+------+------------+
 *   | code | 0, 1 | hash, if 1 |
 *   +------+------+------------+
 */
import { Reader, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';

const HASH_LENGTH = 32;
/** NXS-REC-013: in the order of their codes, from 1 on. */
const NAMES = [
  'malformed',
  'unknown',
  'unauthorized',
  'quota',
  'payment-required',
  'too-large',
  'expired',
  'busy',
  'bandwidth',
  'conflict',
] as const;
/** NXS-REQ-011: whoever gets this sends no new request for a minute. */
export const ERROR_BUSY = 8;

/** What went wrong at the other end. */
export type ErrorName = (typeof NAMES)[number];
/** An error, as it is sent. */
export interface ErrorInput {
  /** 1 to 10. */
  readonly code: number;
  /** Of the object that it is about, 32 bytes. */
  readonly hash?: Uint8Array | undefined;
}
/** An error, taken apart. */
export interface ErrorBody {
  readonly code: number;
  readonly name: ErrorName;
  readonly hash?: Uint8Array;
}

const INPUT = door.members<ErrorInput>({ code: door.byte, hash: door.optional(door.bytes) });

function nameOf(code: number): ErrorName {
  const name = NAMES[code - 1];
  if (name === undefined) throw new DecodeError('malformed', 'NXS-REC-013', 'no code of an error', { code });
  return name;
}

/**
 * Writes the body of an error.
 * @returns 2 bytes, or 34 with a hash
 * @throws DecodeError malformed
 * @see NXS-REC-012
 */
export function writeErrorBody(input: ErrorInput): Uint8Array {
  const { code, hash } = INPUT(input, 'input');
  if (hash !== undefined && hash.length !== HASH_LENGTH) {
    throw new DecodeError('malformed', 'NXS-REC-012', 'a hash is 32 bytes', { length: hash.length });
  }
  nameOf(code);
  return hash === undefined ? Uint8Array.of(code, 0) : concat([Uint8Array.of(code, 1), hash]);
}

/**
 * Reads the body of an error.
 * @throws DecodeError truncated, malformed or trailing
 * @see NXS-REC-012
 */
export function readErrorBody(body: Uint8Array): ErrorBody {
  const reader = new Reader(door.copy(body, 'body'));
  const code = reader.u8('NXS-REC-014');
  const name = nameOf(code);
  const option = reader.u8('NXS-REC-014');
  if (option > 1) throw new DecodeError('malformed', 'NXS-REC-014', 'an option is 0 or 1', { option });
  const hash = option === 1 ? reader.take(HASH_LENGTH, 'NXS-REC-014') : undefined;
  reader.finish('NXS-REC-014');
  return hash === undefined ? { code, name } : { code, name, hash };
}
