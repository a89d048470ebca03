/**
 * The records about what waits for a recipient.
 *
 *   PENDING        cursor u64 | entries wanted u16
 *   PENDING_LIST   cursor of the next list u64 | total u32 | count u16, 0 to 256 | entries
 *   an entry       hash 32 | size u32 | age u32, s | priority u8
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { OBJECT_PRIORITIES } from '../object/header.ts';
import type { ObjectPriority } from '../object/header.ts';
import { LIST_COUNT, choiceOf, malformed, readNumber, readU64 } from './fields.ts';

const U16_MAX = 0xffff;

/** What a recipient wants to know. */
export interface PendingBody {
  /** Where the list begins; 0 from the beginning. */
  readonly cursor: bigint;
  /** Entries that are wanted at most, 0 to 65,535. */
  readonly max: number;
}
/** An object that waits. */
export interface PendingEntry {
  /** 32 bytes. */
  readonly hash: Uint8Array;
  /** Bytes of the content, 0 to 2^32 - 1. */
  readonly size: number;
  /** Seconds, 0 to 2^32 - 1. */
  readonly age: number;
  readonly priority: ObjectPriority;
}
/** A list of what waits. */
export interface PendingListBody {
  /** Where the next list begins; 0 if this is the last one. */
  readonly cursor: bigint;
  /** Objects that wait in all, 0 to 2^32 - 1. */
  readonly total: number;
  /** At most 256. */
  readonly entries: readonly PendingEntry[];
}

const PENDING = door.members<PendingBody>({ cursor: door.bigint, max: door.between(0, U16_MAX) });
const LIST = door.members<PendingListBody>({
  cursor: door.bigint,
  total: door.count,
  entries: door.list(
    door.members<PendingEntry>({ hash: door.bytes, size: door.count, age: door.count, priority: door.oneOf(...OBJECT_PRIORITIES) }),
  ),
});

/** Writes the body of PENDING. @returns 10 bytes @see NXS-PND-001 */
export function writePending(input: PendingBody): Uint8Array {
  const { cursor, max } = PENDING(input, 'input');
  return concat([leBytes(cursor, 8, 'NXS-PND-001'), leBytes(max, 2, 'NXS-PND-001')]);
}

/** Reads the body of PENDING. @throws DecodeError truncated or trailing @see NXS-PND-001 */
export function readPending(body: Uint8Array): PendingBody {
  const reader = new Reader(door.bytes(body, 'body'));
  const cursor = readU64(reader, 'NXS-PND-002');
  const max = readNumber(reader, 2, 'NXS-PND-002');
  reader.finish('NXS-PND-002');
  return { cursor, max };
}

/**
 * Writes the body of PENDING_LIST.
 * @returns 14 bytes, and 41 for each entry
 * @throws DecodeError malformed
 * @see NXS-PND-003
 */
export function writePendingList(input: PendingListBody): Uint8Array {
  const { cursor, total, entries } = LIST(input, 'input');
  if (entries.some(({ hash }) => hash.length !== HASH_LENGTH)) malformed('NXS-PND-003', 'a hash is 32 bytes');
  requireCount(entries.length);
  const clause = 'NXS-PND-003';
  return concat([
    leBytes(cursor, 8, clause),
    leBytes(total, 4, clause),
    leBytes(entries.length, 2, clause),
    ...entries.flatMap(({ hash, size, age, priority }) => [
      hash,
      leBytes(size, 4, clause),
      leBytes(age, 4, clause),
      Uint8Array.of(OBJECT_PRIORITIES.indexOf(priority)),
    ]),
  ]);
}
function requireCount(count: number): void {
  if (count > LIST_COUNT) malformed('NXS-PND-006', 'more than 256 entries', { count });
}

/**
 * Reads the body of PENDING_LIST.
 * @returns copies
 * @throws DecodeError truncated, trailing or malformed
 * @see NXS-PND-003
 */
export function readPendingList(body: Uint8Array): PendingListBody {
  const reader = new Reader(door.copy(body, 'body'));
  const cursor = readU64(reader, 'NXS-PND-004');
  const total = readNumber(reader, 4, 'NXS-PND-004');
  const count = readNumber(reader, 2, 'NXS-PND-004');
  requireCount(count);
  const entries = Array.from({ length: count }, () => ({
    hash: reader.take(HASH_LENGTH, 'NXS-PND-004').slice(),
    size: readNumber(reader, 4, 'NXS-PND-004'),
    age: readNumber(reader, 4, 'NXS-PND-004'),
    priority: choiceOf(OBJECT_PRIORITIES, reader.u8('NXS-PND-004'), 'NXS-PND-005'),
  }));
  reader.finish('NXS-PND-004');
  return { cursor, total, entries };
}
