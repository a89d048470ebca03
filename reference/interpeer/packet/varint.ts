/**
 * Variable integers: bijective base 128, the most significant group first.
 *
 *   0 .. 127             one byte      0vvvvvvv
 *   128 .. 16,511        two bytes     1vvvvvvv 0vvvvvvv
 *   16,512 .. 2,113,663  three bytes   and so on
 *
 * A continued group counts one more than it says, so that two bytes begin where one byte ends, and every value has
 * exactly one form: there is nothing to check for being the shortest.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UsageError } from '../../kernel/errors.ts';

/** IPR-VAR-004: the greatest value, 64 bits. */
export const VARINT_MAX = 0xffffffffffffffffn;
/** Bytes of the greatest value. */
const VARINT_LENGTH_MAX = 10;

/** A value, and how many bytes it took. */
export interface Varint {
  readonly value: bigint;
  /** 1 to 10 bytes. */
  readonly length: number;
}

/**
 * Writes a value.
 * @param value 0 to 2^64 - 1
 * @returns 1 to 10 bytes
 * @throws UsageError if the value does not fit
 * @see IPR-VAR-001
 */
export function encodeVarint(value: bigint): Uint8Array {
  door.bigint(value, 'value');
  if (value < 0n || value > VARINT_MAX) throw new UsageError('IPR-VAR-004', 'not an unsigned 64-bit integer');
  const groups = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) {
    rest -= 1n; // IPR-VAR-002
    groups.push(Number(rest & 0x7fn) | 0x80);
  }
  return Uint8Array.from(groups.reverse()); // IPR-VAR-001
}

/**
 * Reads the value at the front of some bytes, and none of what is after it.
 * @returns the value, and the bytes it took
 * @throws DecodeError truncated; LimitError above 2^64 - 1
 * @see IPR-VAR-001
 */
export function decodeVarint(bytes: Uint8Array): Varint {
  door.bytes(bytes, 'bytes');
  let value = 0n;
  for (let index = 0; index < VARINT_LENGTH_MAX; index++) {
    const byte = bytes[index];
    if (byte === undefined) throw new DecodeError('truncated', 'IPR-VAR-003', 'the integer goes on', { length: bytes.length });
    value = value * 128n + BigInt(byte & 0x7f);
    if (byte < 0x80) {
      if (value > VARINT_MAX) break;
      return { value, length: index + 1 }; // IPR-VAR-005
    }
    value += 1n; // IPR-VAR-002
  }
  throw new LimitError('IPR-VAR-004', 'the integer has more than 64 bits');
}
