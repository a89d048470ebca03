/**
 * The bodies of the records that fetch objects.
 *
 *   GET             hash 32
 *   CHUNK_REQUEST   hash 32 | count u16, 1 to 64 | indices u32
 *   CHUNK           hash 32 | index u32 | hashes u8 | path, 32 each, from the chunk upwards | length u16 | chunk
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import { HASH_LENGTH } from './content-hash.ts';
import { CHUNK_LENGTH } from './merkle.ts';

/** NXS-XFR-004: chunks that one request names. */
export const CHUNK_REQUEST_COUNT = 64;
/** NXS-XFR-008: hashes of a path; 2^20 chunks are more than 32 bits of bytes. */
const PATH_MAX = 20;
const INDEX_MAX = 0xffff_ffff;

/** Which chunks of an object are requested. */
export interface ChunkRequest {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** 1 to 64 of them, ascending, each 0 to 2^32 - 1. */
  readonly indices: readonly number[];
}
/** A chunk, as it is sent. */
export interface ChunkBody {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** Of the chunk, 0 to 2^32 - 1. */
  readonly index: number;
  /** The other side of each node, from the chunk upwards: at most 20, 32 bytes each. */
  readonly path: readonly Uint8Array[];
  /** 1 to 4,096 bytes. */
  readonly chunk: Uint8Array;
}

const REQUEST = door.members<ChunkRequest>({ hash: door.bytes, indices: door.list(door.whole) });
const CHUNK = door.members<ChunkBody>({ hash: door.bytes, index: door.count, path: door.list(door.bytes), chunk: door.bytes });

function malformed(clause: string, message: string, values: { readonly [name: string]: number } = {}): never {
  throw new DecodeError('malformed', clause, message, values);
}
function readNumber(reader: Reader, length: number, clause: string): number {
  return reader.take(length, clause).reduceRight((value, byte) => 256 * value + byte, 0);
}

/** Reads the body of GET. @returns the hash of an object, or the key of a mutable one @throws DecodeError @see NXS-XFR-001 */
export function readGet(body: Uint8Array): Uint8Array {
  const reader = new Reader(door.copy(body, 'body'));
  const hash = reader.take(HASH_LENGTH, 'NXS-XFR-001').slice();
  reader.finish('NXS-XFR-001');
  return hash;
}

function requireAscending(indices: readonly number[]): void {
  indices.forEach((index, i) => {
    const before = indices[i - 1];
    if (before !== undefined && before >= index) throw new DecodeError('non-canonical', 'NXS-XFR-005', 'indices do not ascend', { index });
  });
}

/**
 * Writes the body of CHUNK_REQUEST.
 * @returns 34 bytes, and 4 for each index
 * @throws DecodeError malformed or non-canonical
 * @see NXS-XFR-002
 */
export function writeChunkRequest(request: ChunkRequest): Uint8Array {
  const { hash, indices } = REQUEST(request, 'request');
  if (hash.length !== HASH_LENGTH) malformed('NXS-XFR-002', 'a hash is 32 bytes', { length: hash.length });
  if (indices.some((index) => index < 0 || index > INDEX_MAX)) malformed('NXS-XFR-002', 'an index out of bounds');
  if (indices.length < 1 || indices.length > CHUNK_REQUEST_COUNT) malformed('NXS-XFR-004', 'not 1 to 64 chunks', { count: indices.length });
  requireAscending(indices);
  return concat([hash, leBytes(indices.length, 2, 'NXS-XFR-002'), ...indices.map((index) => leBytes(index, 4, 'NXS-XFR-002'))]);
}

/**
 * Reads the body of CHUNK_REQUEST.
 * @returns copies
 * @throws DecodeError truncated, trailing, malformed or non-canonical
 * @see NXS-XFR-002
 */
export function readChunkRequest(body: Uint8Array): ChunkRequest {
  const reader = new Reader(door.copy(body, 'body'));
  const hash = reader.take(HASH_LENGTH, 'NXS-XFR-003').slice();
  const count = readNumber(reader, 2, 'NXS-XFR-003');
  if (count < 1 || count > CHUNK_REQUEST_COUNT) malformed('NXS-XFR-004', 'not 1 to 64 chunks', { count });
  const indices = Array.from({ length: count }, () => readNumber(reader, 4, 'NXS-XFR-003'));
  reader.finish('NXS-XFR-003');
  requireAscending(indices);
  return { hash, indices };
}

/**
 * Writes the body of CHUNK.
 * @returns 39 bytes, 32 for each hash of the path, and the chunk
 * @throws DecodeError malformed
 * @see NXS-XFR-006
 */
export function writeChunk(input: ChunkBody): Uint8Array {
  const { hash, index, path, chunk } = CHUNK(input, 'input');
  if ([hash, ...path].some(({ length }) => length !== HASH_LENGTH)) malformed('NXS-XFR-006', 'a hash is 32 bytes');
  if (path.length > PATH_MAX || chunk.length < 1 || chunk.length > CHUNK_LENGTH) {
    malformed('NXS-XFR-008', 'a path or a chunk out of bounds', { hashes: path.length, length: chunk.length });
  }
  const front = [hash, leBytes(index, 4, 'NXS-XFR-006'), Uint8Array.of(path.length), ...path];
  return concat([...front, leBytes(chunk.length, 2, 'NXS-XFR-006'), chunk]);
}

/**
 * Reads the body of CHUNK; nothing is verified.
 * @returns copies
 * @throws DecodeError truncated, trailing or malformed
 * @see NXS-XFR-006
 */
export function readChunk(body: Uint8Array): ChunkBody {
  const reader = new Reader(door.copy(body, 'body'));
  const hash = reader.take(HASH_LENGTH, 'NXS-XFR-007').slice();
  const index = readNumber(reader, 4, 'NXS-XFR-007');
  const hashes = reader.u8('NXS-XFR-007');
  if (hashes > PATH_MAX) malformed('NXS-XFR-008', 'a path too long', { hashes });
  const path = Array.from({ length: hashes }, () => reader.take(HASH_LENGTH, 'NXS-XFR-007').slice());
  const length = readNumber(reader, 2, 'NXS-XFR-007');
  if (length < 1 || length > CHUNK_LENGTH) malformed('NXS-XFR-008', 'a chunk out of bounds', { length });
  const chunk = reader.take(length, 'NXS-XFR-007').slice();
  reader.finish('NXS-XFR-007');
  return { hash, index, path, chunk };
}
