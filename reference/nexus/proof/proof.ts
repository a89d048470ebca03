/**
 * Proofs: the chunk that was challenged, and the path from it to the root that the owner has kept.
 *
 *   challenge 52 | hashes u8 | path, 32 each, from the chunk upwards | length u16 | chunk
 *
 * The nonce is repeated, and hashed with nothing: BLAKE3 over chunk and nonce would be over two subtrees, one of them the
 * chunk's, and its 32 bytes would answer every challenge in place of the chunk. Choice: ADR-0068.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { CHUNK_LENGTH, proveChunk, verifyChunk } from '../object/merkle.ts';
import type { ContentPrimitives } from '../object/merkle.ts';
import { CHALLENGE_LENGTH, readChallenge } from './challenge.ts';

/** NXS-PRF-006: hashes of a path. */
const PATH_MAX = 20;

/** A proof, as it is sent. */
export interface StorageProof {
  /** The challenge that it answers, 52 bytes. */
  readonly challenge: Uint8Array;
  /** The other side of each node, from the chunk upwards: at most 20, 32 bytes each. */
  readonly path: readonly Uint8Array[];
  /** 1 to 4,096 bytes. */
  readonly chunk: Uint8Array;
}
/** What an owner verifies a proof with. */
export interface ProofCheck {
  /** As it was sent, 52 bytes. */
  readonly challenge: Uint8Array;
  /** Of PROOF. */
  readonly body: Uint8Array;
  /** Of the object, 32 bytes. */
  readonly merkleRoot: Uint8Array;
  /** Bytes of its content. */
  readonly size: number;
}

const PROOF = door.members<StorageProof>({ challenge: door.bytes, path: door.list(door.bytes), chunk: door.bytes });
const ANSWER = door.members<{ readonly challenge: Uint8Array; readonly content: Uint8Array }>({
  challenge: door.bytes,
  content: door.bytes,
});
const CHECK = door.members<ProofCheck>({ challenge: door.bytes, body: door.bytes, merkleRoot: door.bytes, size: door.count });

function requireBounds(path: readonly Uint8Array[], chunk: Uint8Array): void {
  if (path.length > PATH_MAX || chunk.length < 1 || chunk.length > CHUNK_LENGTH) {
    throw new DecodeError('malformed', 'NXS-PRF-006', 'a path or a chunk out of bounds', { hashes: path.length, length: chunk.length });
  }
}

/**
 * Writes the body of PROOF.
 * @returns 55 bytes, 32 for each hash of the path, and the chunk
 * @throws DecodeError malformed, and whatever `readChallenge` throws
 * @see NXS-PRF-004
 */
export function writeProof(proof: StorageProof): Uint8Array {
  const { challenge, path, chunk } = PROOF(proof, 'proof');
  readChallenge(challenge);
  if (path.some(({ length }) => length !== HASH_LENGTH)) throw new DecodeError('malformed', 'NXS-PRF-004', 'a hash is 32 bytes');
  requireBounds(path, chunk);
  return concat([challenge, Uint8Array.of(path.length), ...path, leBytes(chunk.length, 2, 'NXS-PRF-004'), chunk]);
}

/**
 * Answers a challenge from the content of the object.
 * @param input content: all of it
 * @returns the body of PROOF
 * @throws DecodeError malformed for a chunk that the content does not have, and whatever `readChallenge` throws
 * @see NXS-PRF-004
 */
export function answerChallenge(
  input: { readonly challenge: Uint8Array; readonly content: Uint8Array },
  primitives: ContentPrimitives,
): Uint8Array {
  const { challenge, content } = ANSWER(input, 'input');
  primitivesDoor.blake3(primitives, 'primitives');
  return writeProof({ challenge, ...proveChunk(content, readChallenge(challenge).index, primitives) });
}

/**
 * Reads the body of PROOF; nothing is verified.
 * @returns copies
 * @throws DecodeError truncated, trailing or malformed
 * @see NXS-PRF-004
 */
export function readProof(body: Uint8Array): StorageProof {
  const reader = new Reader(door.copy(body, 'body'));
  const challenge = reader.take(CHALLENGE_LENGTH, 'NXS-PRF-005').slice();
  const hashes = reader.u8('NXS-PRF-005');
  if (hashes > PATH_MAX) throw new DecodeError('malformed', 'NXS-PRF-006', 'a path too long', { hashes });
  const path = Array.from({ length: hashes }, () => reader.take(HASH_LENGTH, 'NXS-PRF-005').slice());
  const length = reader.take(2, 'NXS-PRF-005').reduceRight((value, byte) => 256 * value + byte, 0);
  if (length < 1 || length > CHUNK_LENGTH) throw new DecodeError('malformed', 'NXS-PRF-006', 'a chunk out of bounds', { length });
  const chunk = reader.take(length, 'NXS-PRF-005').slice();
  reader.finish('NXS-PRF-005');
  return { challenge, path, chunk };
}

/**
 * Verifies the body of PROOF.
 * @throws DecodeError; MismatchError for a proof of something else
 * @see NXS-PRF-008
 */
export function verifyProof(check: ProofCheck, primitives: ContentPrimitives): void {
  const { challenge, body, merkleRoot, size } = CHECK(check, 'check');
  primitivesDoor.blake3(primitives, 'primitives');
  const { index } = readChallenge(challenge);
  const { challenge: repeated, path, chunk } = readProof(body);
  if (compare(repeated, challenge) !== 0) throw new MismatchError('NXS-PRF-007', 'the proof answers another challenge');
  verifyChunk({ merkleRoot, size, index, path, chunk }, primitives); // NXS-PRF-009
}
