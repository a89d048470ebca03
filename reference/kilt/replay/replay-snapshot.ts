/**
 * What a replay guard must not forget, as bytes.
 *
 *   0         1             9             13
 *   +---------+-------------+-------------+------------------------------------------+
 *   | version | admitsFrom  | entryCount  | entries: createdAt 8 bytes, identity 32  |
 *   | 02      | 8 bytes     | 4 bytes     | in ascending order, no identity twice    |
 *   +---------+-------------+-------------+------------------------------------------+
 */
import { Reader, compare, concat, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UnsupportedError } from '../../kernel/errors.ts';
import { decodeTime, encodeTime } from '../envelope/times.ts';

/** KLT-RPL-010: version 1 had other identities. */
const VERSION = 2;
/** KLT-RPL-004: bytes of an identity. */
const IDENTITY_LENGTH = 32;

/** A message that came. */
export interface ReplayEntry {
  readonly identity: Uint8Array;
  readonly createdAtMs: number;
}

/** What a replay guard must not forget. */
export interface ReplaySnapshot {
  /** Nothing created before then is admitted: later than everything forgotten. */
  readonly admitsFromMs: number;
  readonly entries: readonly ReplayEntry[];
}

const SNAPSHOT = door.members<ReplaySnapshot>({
  admitsFromMs: door.count,
  entries: door.list(door.members<ReplayEntry>({ identity: door.bytes, createdAtMs: door.count })),
});

function encodeEntry({ createdAtMs, identity }: ReplayEntry): Uint8Array {
  return concat([encodeTime(createdAtMs), identity]);
}

/** @returns 13 bytes, and 40 for each entry; one spelling for each state */
export function encodeReplaySnapshot(snapshot: ReplaySnapshot): Uint8Array {
  const { admitsFromMs, entries } = SNAPSHOT(snapshot, 'snapshot');
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, entries.length);
  // KLT-RPL-008
  return concat([Uint8Array.of(VERSION), encodeTime(admitsFromMs), count, ...entries.map(encodeEntry).sort(compare)]);
}

/**
 * Reads a snapshot.
 * @throws DecodeError truncated, trailing, malformed or non-canonical; UnsupportedError for another version
 * @see KLT-RPL-010
 */
export function decodeReplaySnapshot(bytes: Uint8Array): ReplaySnapshot {
  const reader = new Reader(door.bytes(bytes, 'bytes'));
  const version = reader.u8('KLT-RPL-010');
  if (version !== VERSION) throw new UnsupportedError('KLT-RPL-010', 'a snapshot of another version', { version });
  const admitsFromMs = decodeTime(reader, 'KLT-RPL-010', 'KLT-RPL-010');
  const entryCount = reader.u16('KLT-RPL-010') * 65_536 + reader.u16('KLT-RPL-010');
  const entries: ReplayEntry[] = [];
  for (let index = 0; index < entryCount; index++) {
    const createdAtMs = decodeTime(reader, 'KLT-RPL-010', 'KLT-RPL-010');
    entries.push({ createdAtMs, identity: reader.take(IDENTITY_LENGTH, 'KLT-RPL-010').slice() });
  }
  reader.finish('KLT-RPL-010');
  const spellings = entries.map(encodeEntry);
  if (spellings.some((spelling, index) => index > 0 && compare(spellings[index - 1] ?? spelling, spelling) >= 0)) {
    throw new DecodeError('non-canonical', 'KLT-RPL-010', 'entries out of order');
  }
  if (new Set(entries.map(({ identity }) => toHex(identity))).size < entries.length)
    throw new DecodeError('non-canonical', 'KLT-RPL-010', 'two entries of one identity');
  return { admitsFromMs, entries };
}
