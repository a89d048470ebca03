/**
 * Fragments: records that are longer than a packet.
 *
 *   fragment   rid u16 | index u8 | last u8 | 441 bytes, or 1 to 441 in the last one
 *   request    rid u16 | from u8 | count u8 | bitmap       from 0, count 0 and no bitmap acknowledge the record
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { LINK_CONTENT_LENGTH_MAX } from './constants.ts';

/** NXS-FRG-002: bytes in every fragment but the last. */
export const FRAGMENT_LENGTH = 441;
/** NXS-FRG-003. */
const FRAGMENT_COUNT_MAX = 149;
const RECORD_LENGTH_MAX = 65_535;
/** NXS-FRG-011: fragments that one request is about. */
export const REQUEST_LENGTH_MAX = 32;

/** A fragment, taken apart. */
export interface Fragment {
  /** The number of the record on its link. */
  readonly rid: number;
  readonly index: number;
  readonly last: number;
  readonly bytes: Uint8Array;
}
/** A request for fragments; without any it acknowledges the record. */
export interface FragmentRequest {
  readonly rid: number;
  /** Indices, ascending. */
  readonly missing: readonly number[];
}

function readU16(reader: Reader, clause: string): number {
  return reader.u8(clause) + 256 * reader.u8(clause);
}

/**
 * Cuts a record into the contents of its fragments.
 * @param record 446 to 65,535 bytes
 * @param rid 0 to 65,535
 * @throws DecodeError malformed for a record that fits into a packet; LimitError
 * @see NXS-FRG-001
 */
export function splitIntoFragments(record: Uint8Array, rid: number): Uint8Array[] {
  const given = door.bytes(record, 'record');
  const number = leBytes(door.count(rid, 'rid'), 2, 'NXS-FRG-001');
  if (given.length <= LINK_CONTENT_LENGTH_MAX) {
    throw new DecodeError('malformed', 'NXS-FRG-004', 'the record fits into a packet', { length: given.length });
  }
  if (given.length > RECORD_LENGTH_MAX) throw new LimitError('NXS-FRG-003', 'a record too long', { length: given.length });
  const last = Math.ceil(given.length / FRAGMENT_LENGTH) - 1;
  return Array.from({ length: last + 1 }, (_, index) =>
    concat([number, Uint8Array.of(index, last), given.subarray(index * FRAGMENT_LENGTH, (index + 1) * FRAGMENT_LENGTH)]),
  );
}

/**
 * Reads a fragment.
 * @throws DecodeError; LimitError
 * @see NXS-FRG-002
 */
export function readFragment(content: Uint8Array): Fragment {
  const reader = new Reader(door.copy(content, 'content'));
  const rid = readU16(reader, 'NXS-FRG-001');
  const index = reader.u8('NXS-FRG-001');
  const last = reader.u8('NXS-FRG-001');
  const bytes = reader.rest().slice();
  if (last >= FRAGMENT_COUNT_MAX) throw new LimitError('NXS-FRG-003', 'too many fragments', { last });
  const isLast = index === last;
  const isLong = isLast ? bytes.length >= 1 && bytes.length <= FRAGMENT_LENGTH : bytes.length === FRAGMENT_LENGTH;
  if (index > last || !isLong) throw new DecodeError('malformed', 'NXS-FRG-002', 'not a fragment', { index, last, length: bytes.length });
  const total = last * FRAGMENT_LENGTH + bytes.length;
  if (last === 0 || (isLast && total <= LINK_CONTENT_LENGTH_MAX)) {
    throw new DecodeError('malformed', 'NXS-FRG-004', 'the record fits into a packet', { total });
  }
  if (isLast && total > RECORD_LENGTH_MAX) throw new LimitError('NXS-FRG-003', 'a record too long', { total });
  return { rid, index, last, bytes };
}

/**
 * Makes the content that requests fragments, or acknowledges a record if none is missing.
 * @throws DecodeError malformed for indices that one request cannot name
 * @see NXS-FRG-011
 */
export function encodeFragmentRequest(input: FragmentRequest): Uint8Array {
  const { rid, missing } = door.members<FragmentRequest>({ rid: door.count, missing: door.list(door.whole) })(input, 'input');
  const [from, end] = [missing[0], missing.at(-1)];
  if (from === undefined || end === undefined) return concat([leBytes(rid, 2, 'NXS-FRG-001'), Uint8Array.of(0, 0)]); // NXS-FRG-007
  const isAscending = missing.every((index, i) => i === 0 || index > (missing[i - 1] ?? index));
  if (!isAscending || from < 0 || end >= FRAGMENT_COUNT_MAX || end - from >= REQUEST_LENGTH_MAX) {
    throw new DecodeError('malformed', 'NXS-FRG-011', 'not indices of one request', { from, end });
  }
  const count = end - from + 1;
  const bitmap = new Uint8Array(Math.ceil(count / 8));
  for (const index of missing) {
    const bit = index - from;
    bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return concat([leBytes(rid, 2, 'NXS-FRG-001'), Uint8Array.of(from, count), bitmap]);
}

/**
 * Reads a request for fragments.
 * @throws DecodeError
 * @see NXS-FRG-011
 */
export function decodeFragmentRequest(content: Uint8Array): FragmentRequest {
  const reader = new Reader(door.copy(content, 'content'));
  const rid = readU16(reader, 'NXS-FRG-011');
  const from = reader.u8('NXS-FRG-011');
  const count = reader.u8('NXS-FRG-011');
  const bitmap = reader.rest();
  const set = Array.from({ length: 8 * bitmap.length }, (_, bit) => bit).filter((bit) => ((bitmap[bit >> 3] ?? 0) >> (bit & 7)) & 1);
  const isRight = count === 0 ? from === 0 : set.length > 0 && set.every((bit) => bit < count);
  if (count > REQUEST_LENGTH_MAX || bitmap.length !== Math.ceil(count / 8) || !isRight) {
    throw new DecodeError('malformed', 'NXS-FRG-011', 'not a request for fragments', { from, count, length: bitmap.length });
  }
  return { rid, missing: set.map((bit) => from + bit) };
}

/**
 * The fragments of a record that a request names.
 * @throws DecodeError; LimitError
 * @see NXS-FRG-014
 */
export function resendFragments(record: Uint8Array, rid: number, content: Uint8Array): Uint8Array[] {
  const contents = splitIntoFragments(record, rid);
  const requested = decodeFragmentRequest(content);
  const missing = requested.missing.map((index) => contents[index]);
  if (requested.rid !== rid || missing.includes(undefined)) {
    throw new DecodeError('malformed', 'NXS-FRG-014', 'a request for what the record does not have', { rid: requested.rid });
  }
  return missing.filter((fragment) => fragment !== undefined);
}
