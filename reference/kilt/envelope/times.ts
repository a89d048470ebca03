/** Times on the wire: milliseconds in 8 bytes, big-endian, no later than JSON can say. */
import type { Reader } from '../../kernel/bytes.ts';
import { DecodeError } from '../../kernel/errors.ts';

/** Bytes of a time. */
const TIME_LENGTH = 8;

/** @returns 8 bytes */
export function encodeTime(timeMs: number): Uint8Array {
  const bytes = new Uint8Array(TIME_LENGTH);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(timeMs));
  return bytes;
}

/**
 * Reads a time.
 * @throws DecodeError truncated, or malformed beyond 2^53 - 1; with a clause for each
 */
export function decodeTime(reader: Reader, lengthClause: string, rangeClause: string): number {
  const bytes = reader.take(TIME_LENGTH, lengthClause);
  const timeMs = new DataView(bytes.buffer, bytes.byteOffset, TIME_LENGTH).getBigUint64(0);
  if (timeMs > BigInt(Number.MAX_SAFE_INTEGER)) throw new DecodeError('malformed', rangeClause, 'a time beyond 2^53 - 1');
  return Number(timeMs);
}
