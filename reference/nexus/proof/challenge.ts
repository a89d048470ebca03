/**
 * Challenges: an owner names an object and one of its chunks, and a nonce that nobody knew before.
 *
 *   0           32         36        52
 *   +-----------+----------+---------+
 *   | hash      | index    | nonce   |
 *   +-----------+----------+---------+
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';

/** NXS-PRF-001: bytes of a nonce. */
export const NONCE_LENGTH = 16;
/** NXS-PRF-002: bytes of a challenge. */
export const CHALLENGE_LENGTH: number = HASH_LENGTH + 4 + NONCE_LENGTH;

/** Which chunk is to be proven. */
export interface Challenge {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** Of the chunk, 0 to 2^32 - 1. */
  readonly index: number;
  /** 16 bytes, drawn for this challenge alone. */
  readonly nonce: Uint8Array;
}

const CHALLENGE = door.members<Challenge>({ hash: door.bytes, index: door.count, nonce: door.bytes });

/** Reads an integer of 4 bytes. @throws DecodeError truncated */
export function readU32(reader: Reader, clause: string): number {
  return reader.take(4, clause).reduceRight((value, byte) => 256 * value + byte, 0);
}

/**
 * Writes the body of CHALLENGE or TICKET_CHALLENGE.
 * @returns 52 bytes
 * @throws DecodeError malformed for a hash or a nonce of another length; UsageError for an index of more than 4 bytes
 * @see NXS-PRF-002
 */
export function writeChallenge(challenge: Challenge): Uint8Array {
  const { hash, index, nonce } = CHALLENGE(challenge, 'challenge');
  if (hash.length !== HASH_LENGTH || nonce.length !== NONCE_LENGTH) {
    throw new DecodeError('malformed', 'NXS-PRF-002', 'a hash is 32 bytes and a nonce 16', { hash: hash.length, nonce: nonce.length });
  }
  return concat([hash, leBytes(index, 4, 'NXS-PRF-002'), nonce]);
}

/**
 * Reads the body of CHALLENGE or TICKET_CHALLENGE.
 * @returns copies
 * @throws DecodeError truncated or trailing
 * @see NXS-PRF-002
 */
export function readChallenge(body: Uint8Array): Challenge {
  const reader = new Reader(door.copy(body, 'body'));
  const hash = reader.take(HASH_LENGTH, 'NXS-PRF-003').slice();
  const index = readU32(reader, 'NXS-PRF-003');
  const nonce = reader.take(NONCE_LENGTH, 'NXS-PRF-003').slice();
  reader.finish('NXS-PRF-003');
  return { hash, index, nonce };
}
