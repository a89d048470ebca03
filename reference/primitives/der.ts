/**
 * DER, as much of it as RSA keys need: lengths in their shortest form, integers in theirs, nothing left over.
 *
 *   0     1          1 + n
 *   +-----+----------+-----------------+
 *   | tag | length   | content         |
 *   |     | n bytes  |                 |
 *   +-----+----------+-----------------+
 *
 * A length below 128 is one byte; a longer one is 80 + k and then k bytes, big-endian, the first of them not zero.
 */
import { bytesToNumberBE } from '@noble/curves/utils.js';
import { concat } from '../kernel/bytes.ts';
import type { Reader } from '../kernel/bytes.ts';
import { DecodeError } from '../kernel/errors.ts';

/** X.690 8.3: the tags that RSA keys are made of. */
export const DER_TAG: { readonly [name in 'integer' | 'bitString' | 'octetString' | 'null' | 'objectId' | 'sequence']: number } =
  Object.freeze({
    integer: 0x02,
    bitString: 0x03,
    octetString: 0x04,
    null: 0x05,
    objectId: 0x06,
    sequence: 0x30,
  });

/** Clauses of X.690 that faults are blamed on. */
const LENGTH_CLAUSE = 'X.690 10.1';
const TAG_CLAUSE = 'X.690 8.1.2';
const INTEGER_CLAUSE = 'X.690 8.3';

/** Bytes of a length: two suffice for 65,535 bytes, far beyond any key here. */
const LENGTH_OCTET_COUNT_MAX = 2;

function readLength(reader: Reader): number {
  const first = reader.u8(LENGTH_CLAUSE);
  if (first < 0x80) return first;
  const octetCount = first - 0x80;
  if (octetCount === 0 || octetCount > LENGTH_OCTET_COUNT_MAX) {
    throw new DecodeError('malformed', LENGTH_CLAUSE, 'not a length of 1 or 2 bytes', { octetCount });
  }
  const octets = reader.take(octetCount, LENGTH_CLAUSE);
  const length = Number(bytesToNumberBE(octets));
  if (octets[0] === 0 || length < 0x80) throw new DecodeError('non-canonical', LENGTH_CLAUSE, 'not the shortest length', { length });
  return length;
}

/**
 * Reads one element of a given tag.
 * @returns its content
 * @throws DecodeError truncated, malformed or non-canonical
 */
export function readElement(reader: Reader, tag: number): Uint8Array {
  const found = reader.u8(TAG_CLAUSE);
  if (found !== tag) throw new DecodeError('malformed', TAG_CLAUSE, 'not the tag that belongs here', { found, tag });
  return reader.take(readLength(reader), LENGTH_CLAUSE);
}

/**
 * Reads an INTEGER that is not negative.
 * @throws DecodeError truncated, malformed or non-canonical
 */
export function readInteger(reader: Reader): bigint {
  const content = readElement(reader, DER_TAG.integer);
  const [first, second] = content;
  if (first === undefined) throw new DecodeError('malformed', INTEGER_CLAUSE, 'an integer without a byte');
  if (first >= 0x80) throw new DecodeError('malformed', INTEGER_CLAUSE, 'a negative integer');
  if (first === 0 && second !== undefined && second < 0x80)
    throw new DecodeError('non-canonical', INTEGER_CLAUSE, 'not the shortest integer');
  return bytesToNumberBE(content);
}

/**
 * Writes one element.
 * @param content up to 65,535 bytes
 * @returns tag, length and content
 */
export function writeElement(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  if (length < 0x80) return concat([Uint8Array.of(tag, length), content]);
  if (length < 0x100) return concat([Uint8Array.of(tag, 0x81, length), content]);
  return concat([Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), content]);
}

/**
 * Writes an INTEGER.
 * @param bytes an unsigned integer, big-endian, without leading zeros
 */
export function writeInteger(bytes: Uint8Array): Uint8Array {
  const isTopBitSet = (bytes[0] ?? 0) >= 0x80;
  return writeElement(DER_TAG.integer, isTopBitSet ? concat([Uint8Array.of(0), bytes]) : bytes);
}
