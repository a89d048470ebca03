/**
 * What a replay guard must not forget, as bytes.
 *
 *   0         1          9             13
 *   +---------+----------+-------------+------------------------------------------+
 *   | version | floor    | entryCount  | entries: identity 32, createdAt 8 bytes  |
 *   | 01      | 8 bytes  | 4 bytes     | in the order of admission                |
 *   +---------+----------+-------------+------------------------------------------+
 */
import { Reader, concat } from '../kernel/bytes.ts';
import { UnsupportedError } from '../kernel/errors.ts';
import { decodeTime, encodeTime } from './times.ts';

/** KLT-RPL-010: the one version there is. */
const VERSION = 1;
/** KLT-RPL-004: bytes of an identity. */
const IDENTITY_LENGTH = 32;

/** A message that was admitted. */
export interface ReplayEntry {
  readonly identity: Uint8Array;
  readonly createdAtMs: number;
}

/** What a replay guard must not forget. */
export interface ReplaySnapshot {
  /** Nothing created before this is ever admitted again. */
  readonly floorMs: number;
  readonly entries: readonly ReplayEntry[];
}

/** @returns 13 bytes, and 40 for each entry */
export function encodeReplaySnapshot({ floorMs, entries }: ReplaySnapshot): Uint8Array {
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, entries.length);
  return concat([
    Uint8Array.of(VERSION),
    encodeTime(floorMs),
    count,
    ...entries.flatMap(({ identity, createdAtMs }) => [identity, encodeTime(createdAtMs)]),
  ]); // KLT-RPL-008
}

/**
 * Reads a snapshot.
 * @throws DecodeError truncated, trailing or malformed; UnsupportedError for another version
 * @see KLT-RPL-010
 */
export function decodeReplaySnapshot(bytes: Uint8Array): ReplaySnapshot {
  const reader = new Reader(bytes);
  const version = reader.u8('KLT-RPL-010');
  if (version !== VERSION) throw new UnsupportedError('KLT-RPL-010', 'a snapshot of another version', { version }); // KLT-RPL-010
  const floorMs = decodeTime(reader, 'KLT-RPL-010', 'KLT-RPL-010');
  const entryCount = reader.u16('KLT-RPL-010') * 65_536 + reader.u16('KLT-RPL-010');
  const entries: ReplayEntry[] = [];
  for (let index = 0; index < entryCount; index++) {
    const identity = reader.take(IDENTITY_LENGTH, 'KLT-RPL-010').slice();
    entries.push({ identity, createdAtMs: decodeTime(reader, 'KLT-RPL-010', 'KLT-RPL-010') });
  }
  reader.finish('KLT-RPL-010'); // KLT-RPL-010
  return { floorMs, entries };
}
