/**
 * The header of an object: what it is, and the root over its content. Its hash is the address of the object.
 *
 *   0         1              2        3       +16 +8        +1    +4    +4     +1         +4              +32
 *   +---------+--------------+--------+-------+---------+--------+-----+------+----------+---------------+-------------+
 *   | version | content type | 0 or 1 | owner | created | 0 or 1 | ttl | size | priority | min bandwidth | merkle root |
 *   +---------+--------------+--------+-------+---------+--------+-----+------+----------+---------------+-------------+
 *   of a mutable object also: label hash 32, sequence 8
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UnsupportedError } from '../../kernel/errors.ts';
import { encodeUtf8 } from '../../kernel/utf8.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { HASH_LENGTH, deriveContentHash } from './content-hash.ts';
import type { ContentPrimitives } from './merkle.ts';

const VERSION = 1;
const CONTENT_TYPES = ['immutable', 'mutable', 'ephemeral'] as const;
/** NXS-OBJ-004: by their numbers. */
export const OBJECT_PRIORITIES = ['critical', 'normal', 'lazy'] as const;
/** NXS-OBJ-008: seconds. */
const TTL_S_MAX = 2_592_000;

/** Whether an object changes or ends. */
export type ObjectContentType = (typeof CONTENT_TYPES)[number];
/** How dear an object is to its owner. */
export type ObjectPriority = (typeof OBJECT_PRIORITIES)[number];

/** What an object is. @see NXS-OBJ-001 */
export interface ObjectHeader {
  readonly contentType: ObjectContentType;
  /** The owner's destination hash, 16 bytes; of a mutable object always. */
  readonly owner?: Uint8Array | undefined;
  /** Milliseconds since 1970; 0 if unknown. */
  readonly created: bigint;
  /** Seconds, 1 to 2,592,000; of an ephemeral object always. */
  readonly ttl?: number | undefined;
  /** Bytes of the content, 0 to 2^32 - 1. */
  readonly size: number;
  readonly priority: ObjectPriority;
  /** Bits per second, 0 to 2^32 - 1; the content is not transferred over less. */
  readonly minBandwidth: number;
  /** 32 bytes. */
  readonly merkleRoot: Uint8Array;
  /** Of a mutable object alone: the hash of its label, 32 bytes. */
  readonly labelHash?: Uint8Array | undefined;
  /** Of a mutable object alone. */
  readonly sequence?: bigint | undefined;
}

const HEADER = door.members<ObjectHeader>({
  contentType: door.oneOf(...CONTENT_TYPES),
  owner: door.optional(door.bytes),
  created: door.bigint,
  ttl: door.optional(door.count),
  size: door.count,
  priority: door.oneOf(...OBJECT_PRIORITIES),
  minBandwidth: door.count,
  merkleRoot: door.bytes,
  labelHash: door.optional(door.bytes),
  sequence: door.optional(door.bigint),
});

function malformed(clause: string, message: string): never {
  throw new DecodeError('malformed', clause, message);
}

function requireRules({ contentType, owner, ttl }: Pick<ObjectHeader, 'contentType' | 'owner' | 'ttl'>): void {
  if (contentType === 'mutable' && owner === undefined) malformed('NXS-OBJ-006', 'a mutable object without an owner');
  if (contentType === 'ephemeral' && ttl === undefined) malformed('NXS-OBJ-007', 'an ephemeral object without a ttl');
  if (ttl !== undefined && (ttl < 1 || ttl > TTL_S_MAX)) malformed('NXS-OBJ-008', 'a ttl out of bounds');
}

/**
 * Writes the header of an object.
 * @returns 53 bytes, 16 more with an owner, 4 more with a ttl, 40 more of a mutable object
 * @throws DecodeError malformed
 * @see NXS-OBJ-002
 */
export function encodeObjectHeader(header: ObjectHeader): Uint8Array {
  const { contentType, owner, created, ttl, size, priority, minBandwidth, merkleRoot, labelHash, sequence } = HEADER(header, 'header');
  if ((owner !== undefined && owner.length !== DESTINATION_HASH_LENGTH) || merkleRoot.length !== HASH_LENGTH) {
    malformed('NXS-OBJ-002', 'an owner is 16 bytes and a root 32');
  }
  requireRules({ contentType, owner, ttl });
  const isMutable = contentType === 'mutable';
  if (isMutable ? labelHash?.length !== HASH_LENGTH || sequence === undefined : labelHash !== undefined || sequence !== undefined) {
    malformed('NXS-OBJ-009', 'label and sequence are those of a mutable object');
  }
  return concat([
    Uint8Array.of(VERSION, CONTENT_TYPES.indexOf(contentType)),
    owner === undefined ? Uint8Array.of(0) : concat([Uint8Array.of(1), owner]),
    leBytes(created, 8, 'NXS-OBJ-002'),
    ttl === undefined ? Uint8Array.of(0) : concat([Uint8Array.of(1), leBytes(ttl, 4, 'NXS-OBJ-002')]),
    leBytes(size, 4, 'NXS-OBJ-002'),
    Uint8Array.of(OBJECT_PRIORITIES.indexOf(priority)),
    leBytes(minBandwidth, 4, 'NXS-OBJ-002'),
    merkleRoot,
    ...(labelHash === undefined || sequence === undefined ? [] : [labelHash, leBytes(sequence, 8, 'NXS-OBJ-009')]),
  ]);
}

function readU32(reader: Reader): number {
  return reader.take(4, 'NXS-OBJ-010').reduceRight((value, byte) => 256 * value + byte, 0);
}
function readU64(reader: Reader): bigint {
  return reader.take(8, 'NXS-OBJ-010').reduceRight((value, byte) => 256n * value + BigInt(byte), 0n);
}
function readOption(reader: Reader): boolean {
  const option = reader.u8('NXS-OBJ-010');
  if (option > 1) malformed('NXS-OBJ-005', 'an option is 0 or 1');
  return option === 1;
}
function readChoice<Choice>(reader: Reader, choices: readonly Choice[]): Choice {
  const choice = choices[reader.u8('NXS-OBJ-010')];
  return choice ?? malformed('NXS-OBJ-004', 'no such content type or priority');
}

/**
 * Takes the header apart that is at the front of some bytes.
 * @returns copies, and as `length` how many bytes it takes
 * @throws UnsupportedError; DecodeError truncated or malformed
 * @see NXS-OBJ-009
 */
export function readObjectHeader(bytes: Uint8Array): ObjectHeader & { readonly length: number } {
  const given = door.copy(bytes, 'bytes');
  const reader = new Reader(given);
  const version = reader.u8('NXS-OBJ-010');
  if (version !== VERSION) throw new UnsupportedError('NXS-OBJ-003', 'a header of another version', { version });
  const contentType = readChoice(reader, CONTENT_TYPES);
  const owner = readOption(reader) ? reader.take(DESTINATION_HASH_LENGTH, 'NXS-OBJ-010') : undefined;
  const created = readU64(reader);
  const ttl = readOption(reader) ? readU32(reader) : undefined;
  if (ttl !== undefined) requireRules({ contentType: 'ephemeral', ttl });
  const size = readU32(reader);
  const priority = readChoice(reader, OBJECT_PRIORITIES);
  const minBandwidth = readU32(reader);
  const merkleRoot = reader.take(HASH_LENGTH, 'NXS-OBJ-010');
  requireRules({ contentType, owner, ttl });
  const isMutable = contentType === 'mutable';
  const update = isMutable ? { labelHash: reader.take(HASH_LENGTH, 'NXS-OBJ-010'), sequence: readU64(reader) } : {};
  return {
    contentType,
    ...(owner === undefined ? {} : { owner }),
    created,
    ...(ttl === undefined ? {} : { ttl }),
    size,
    priority,
    minBandwidth,
    merkleRoot,
    ...update,
    length: given.length - reader.remaining,
  };
}

/**
 * Takes the header of an object apart.
 * @returns copies
 * @throws UnsupportedError; DecodeError truncated, malformed or trailing
 * @see NXS-OBJ-002
 */
export function decodeObjectHeader(header: Uint8Array): ObjectHeader {
  const { length, ...read } = readObjectHeader(header);
  if (header.length > length) throw new DecodeError('trailing', 'NXS-OBJ-010', 'bytes after the header', { length });
  return read;
}

/**
 * The hash of an object, which is its address.
 * @param header of which the hash is taken as it is
 * @returns 32 bytes
 * @throws whatever `decodeObjectHeader` throws
 * @see NXS-OBJ-011
 */
export function hashObject(header: Uint8Array, primitives: ContentPrimitives): Uint8Array {
  const given = door.bytes(header, 'header');
  primitivesDoor.blake3(primitives, 'primitives');
  decodeObjectHeader(given);
  return deriveContentHash('data object', given, primitives);
}

/**
 * The hash of the label of a mutable object.
 * @param label text without NUL
 * @throws DecodeError malformed
 * @see NXS-OBJ-013
 */
export function hashObjectLabel(label: string, primitives: ContentPrimitives): Uint8Array {
  const given = door.text(label, 'label');
  primitivesDoor.blake3(primitives, 'primitives');
  if (given.includes('\0')) malformed('NXS-OBJ-013', 'a label with NUL');
  const message = encodeUtf8(given, () => malformed('NXS-OBJ-013', 'a label that is not text'));
  return primitives.blake3({ message, outputLength: HASH_LENGTH });
}

/**
 * The key under which a mutable object is found, whatever its sequence number.
 * @throws DecodeError malformed for other lengths
 * @see NXS-OBJ-012
 */
export function deriveObjectKey(owner: Uint8Array, labelHash: Uint8Array, primitives: ContentPrimitives): Uint8Array {
  const parts = [door.bytes(owner, 'owner'), door.bytes(labelHash, 'labelHash')];
  primitivesDoor.blake3(primitives, 'primitives');
  if (owner.length !== DESTINATION_HASH_LENGTH || labelHash.length !== HASH_LENGTH) {
    malformed('NXS-OBJ-012', 'an owner is 16 bytes and the hash of a label 32');
  }
  return deriveContentHash('object key', concat(parts), primitives);
}
