/**
 * The body of OBJECT: a header, who signed it, and the content or how it comes.
 *
 *   0     4        +                                     +                  +
 *   +-----+--------+------------------------------------+------------------+---------+
 *   | age | header | of a mutable object: key 32, sig 64 | 0, 1 or 2        | content |
 *   +-----+--------+------------------------------------+------------------+---------+
 *   0 inline, 1 chunked, 2 withheld
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import type { IdentityPrimitives } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, requireSignatureOf, signForNexus } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { carriesBandwidth } from '../path-cost/path-cost.ts';
import { decodeObjectHeader, hashObject, readObjectHeader } from './header.ts';
import { hashContent } from './merkle.ts';
import type { ContentPrimitives } from './merkle.ts';

const PURPOSE = 'nexus-1 mutable';
const KEY_LENGTH = 32;
const PAYLOADS = ['inline', 'chunked', 'withheld'] as const;
/** NXS-OBJ-019: bytes from which on a content is chunked. */
export const INLINE_END = 4096;
/** NXS-XFR-010. */
const PUSH_BITS_PER_SECOND = 1_000_000n;
const DIGEST_BITS_PER_SECOND = 10_000n;

/** The primitives that objects use. */
export type ObjectPrimitives = ContentPrimitives & IdentityPrimitives & SignaturePrimitives;
/** How the content of an object comes. */
export type ObjectPayload = (typeof PAYLOADS)[number];

/** An object, as it is sent. */
export interface ObjectInput {
  /** Seconds that others kept it, rounded up. */
  readonly age: number;
  readonly header: Uint8Array;
  /** Of a mutable object alone: the owner's Ed25519 key, 32 bytes, and its signature, 64 bytes. */
  readonly publicKey?: Uint8Array | undefined;
  readonly signature?: Uint8Array | undefined;
  readonly payload: ObjectPayload;
  /** If it is inline. */
  readonly content?: Uint8Array | undefined;
}
/** An object whose signature, and whose content if it came, were verified. */
export interface NexusObject extends ObjectInput {
  /** Its address, 32 bytes. */
  readonly hash: Uint8Array;
}

const INPUT = door.members<ObjectInput>({
  age: door.count,
  header: door.bytes,
  publicKey: door.optional(door.bytes),
  signature: door.optional(door.bytes),
  payload: door.oneOf(...PAYLOADS),
  content: door.optional(door.bytes),
});
const SIGNING = door.members<{ readonly seed: Uint8Array; readonly header: Uint8Array }>({ seed: door.bytes, header: door.bytes });

/**
 * Signs an update of a mutable object.
 * @param input seed: the owner's, 32 bytes, secret
 * @throws DecodeError; UnsupportedError; MismatchError for the seed of another
 * @see NXS-OBJ-015
 */
export function signObject(input: { readonly seed: Uint8Array; readonly header: Uint8Array }, primitives: ObjectPrimitives): Uint8Array {
  const { seed, header } = SIGNING(input, 'input');
  requirePrimitives(primitives);
  const { contentType, owner } = decodeObjectHeader(header);
  const { destinationHash } = deriveNexusIdentity(seed, primitives);
  if (contentType !== 'mutable' || owner === undefined) throw new DecodeError('malformed', 'NXS-OBJ-015', 'only updates are signed');
  if (compare(owner, destinationHash) !== 0) throw new MismatchError('NXS-OBJ-016', 'the seed of another owner');
  return signForNexus({ seed, purpose: PURPOSE, message: hashObject(header, primitives) }, primitives);
}

/**
 * Writes the body of OBJECT.
 * @throws DecodeError; UnsupportedError; MismatchError; AuthenticationError
 * @see NXS-OBJ-017
 */
export function writeObject(input: ObjectInput, primitives: ObjectPrimitives): Uint8Array {
  const { age, header, publicKey, signature, payload, content } = INPUT(input, 'input');
  const isMutable = decodeObjectHeader(header).contentType === 'mutable';
  if (isMutable ? publicKey === undefined || signature === undefined : publicKey !== undefined || signature !== undefined) {
    throw new DecodeError('malformed', 'NXS-OBJ-015', 'updates, and nothing else, have a key and a signature');
  }
  if (publicKey !== undefined && (publicKey.length !== KEY_LENGTH || signature?.length !== NEXUS_SIGNATURE_LENGTH)) {
    throw new DecodeError('malformed', 'NXS-OBJ-015', 'a key is 32 bytes and a signature 64');
  }
  if (payload !== 'inline' && content !== undefined)
    throw new DecodeError('malformed', 'NXS-OBJ-020', 'a content that does not come along');
  const parts = [publicKey, signature, Uint8Array.of(PAYLOADS.indexOf(payload)), content].filter((part) => part !== undefined);
  const body = concat([leBytes(age, 4, 'NXS-OBJ-017'), header, ...parts]);
  readObject(body, primitives);
  return body;
}

/**
 * Reads the body of OBJECT.
 * @returns copies
 * @throws DecodeError; UnsupportedError; MismatchError; AuthenticationError
 * @see NXS-OBJ-017
 */
export function readObject(body: Uint8Array, primitives: ObjectPrimitives): NexusObject {
  const reader = new Reader(door.copy(body, 'body'));
  requirePrimitives(primitives);
  const age = reader.take(4, 'NXS-OBJ-017').reduceRight((value, byte) => 256 * value + byte, 0);
  const { length, contentType, owner, size, merkleRoot } = readObjectHeader(reader.peek());
  const header = reader.take(length, 'NXS-OBJ-017').slice();
  const hash = hashObject(header, primitives);
  const isMutable = contentType === 'mutable';
  const publicKey = isMutable ? reader.take(KEY_LENGTH, 'NXS-OBJ-017').slice() : undefined;
  const signature = isMutable ? reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-OBJ-017').slice() : undefined;
  const payload = PAYLOADS[reader.u8('NXS-OBJ-017')];
  if (payload === undefined) throw new DecodeError('malformed', 'NXS-OBJ-018', 'a content that comes in no known way');
  if (payload !== 'withheld' && (payload === 'inline') !== size < INLINE_END) {
    const clause = size === INLINE_END ? 'NXS-OBJ-022' : 'NXS-OBJ-019';
    throw new DecodeError('malformed', clause, 'a content of this size does not come so', { size });
  }
  const content = payload === 'inline' ? reader.take(size, 'NXS-OBJ-020').slice() : undefined;
  reader.finish('NXS-OBJ-020');
  if (publicKey !== undefined && signature !== undefined && owner !== undefined) {
    if (compare(deriveDestinationHash(publicKey, primitives), owner) !== 0)
      throw new MismatchError('NXS-OBJ-016', 'the key of another owner');
    requireSignatureOf('NXS-OBJ-014', { purpose: PURPOSE, publicKey, message: hash, signature }, primitives);
  }
  if (content !== undefined && compare(hashContent(content, primitives).root, merkleRoot) !== 0) {
    throw new MismatchError('NXS-OBJ-021', 'the content is another', { size });
  }
  return {
    age,
    header,
    hash,
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(signature === undefined ? {} : { signature }),
    payload,
    ...(content === undefined ? {} : { content }),
  };
}

/**
 * Whether the content of an object travels over a path, or only hash and metadata.
 * @param bottleneck the code of the path's bandwidth, 0 to 255
 * @param minBandwidth bits per second
 * @see NXS-XFR-009, NXS-XFR-019
 */
export function contentTravels(bottleneck: number, minBandwidth: number): boolean {
  return carriesBandwidth(bottleneck, BigInt(door.count(minBandwidth, 'minBandwidth')));
}

/** How what is new is announced over a link. @see NXS-XFR-010 */
export function deliveryOver(bitsPerSecond: bigint): 'push' | 'digest' | 'hint' {
  const rate = door.bigint(bitsPerSecond, 'bitsPerSecond');
  if (rate > PUSH_BITS_PER_SECOND) return 'push';
  return rate > DIGEST_BITS_PER_SECOND ? 'digest' : 'hint';
}

/** Refuses primitives that lack what objects need. @throws UsageError */
export function requirePrimitives(primitives: ObjectPrimitives): ObjectPrimitives {
  primitivesDoor.blake3(primitives, 'primitives');
  primitivesDoor.identity(primitives, 'primitives');
  primitivesDoor.signature(primitives, 'primitives');
  return primitives;
}
