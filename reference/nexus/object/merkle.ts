/**
 * Chunks of a content and the Merkle tree over them.
 *
 *   leaf   BLAKE3 of a chunk of 4,096 bytes, of which the last one may be shorter
 *   node   BLAKE3 key derivation of left and right; the left has the largest power of two of chunks that is less than all
 *
 * Leaves, nodes and headers are hashed in different modes or contexts: none can be taken for another.
 */
import { compare, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';
import { HASH_LENGTH, deriveContentHash } from './content-hash.ts';

/** NXS-MRK-001: bytes of every chunk but the last. */
export const CHUNK_LENGTH = 4096;

/** The primitives that contents need. */
export type ContentPrimitives = Pick<HashPrimitives, 'blake3'>;

/** A chunk, and where it is in a content of which size and root are known. */
export interface ChunkProof {
  readonly merkleRoot: Uint8Array;
  /** Bytes of the content. */
  readonly size: number;
  readonly index: number;
  /** The other side of each node, from the chunk upwards. */
  readonly path: readonly Uint8Array[];
  readonly chunk: Uint8Array;
}

const PROOF = door.members<ChunkProof>({
  merkleRoot: door.bytes,
  size: door.count,
  index: door.count,
  path: door.list(door.bytes),
  chunk: door.bytes,
});

/** Chunks that a content has. */
export function chunkCountOf(size: number): number {
  return Math.ceil(size / CHUNK_LENGTH);
}

/**
 * The hash of a chunk.
 * @param chunk at most 4,096 bytes
 * @throws DecodeError malformed for more
 * @see NXS-MRK-002
 */
export function hashChunk(chunk: Uint8Array, primitives: ContentPrimitives): Uint8Array {
  const message = door.bytes(chunk, 'chunk');
  primitivesDoor.blake3(primitives, 'primitives');
  if (message.length > CHUNK_LENGTH) throw new DecodeError('malformed', 'NXS-MRK-001', 'a chunk too long', { length: message.length });
  return primitives.blake3({ message, outputLength: HASH_LENGTH });
}

/**
 * The node over two hashes.
 * @throws DecodeError malformed for other lengths
 * @see NXS-MRK-003
 */
export function hashMerkleNode(left: Uint8Array, right: Uint8Array, primitives: ContentPrimitives): Uint8Array {
  const parts = [door.bytes(left, 'left'), door.bytes(right, 'right')];
  primitivesDoor.blake3(primitives, 'primitives');
  if (parts.some(({ length }) => length !== HASH_LENGTH)) throw new DecodeError('malformed', 'NXS-MRK-003', 'a hash is 32 bytes');
  return deriveContentHash('merkle node', concat(parts), primitives);
}

/** NXS-MRK-004: how many of several chunks are on the left. @param count at least 2 */
function splitOf(count: number): number {
  let split = 1;
  while (2 * split < count) split *= 2;
  return split;
}

function rootOf(leaves: readonly Uint8Array[], primitives: ContentPrimitives): Uint8Array {
  const [leaf] = leaves;
  if (leaves.length === 1 && leaf !== undefined) return leaf;
  const split = splitOf(leaves.length);
  return hashMerkleNode(rootOf(leaves.slice(0, split), primitives), rootOf(leaves.slice(split), primitives), primitives);
}

function pathOf(leaves: readonly Uint8Array[], index: number, primitives: ContentPrimitives): Uint8Array[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathOf(left, index, primitives), rootOf(right, primitives)]
    : [...pathOf(right, index - split, primitives), rootOf(left, primitives)];
}

function chunksOf(content: Uint8Array): Uint8Array[] {
  return Array.from({ length: chunkCountOf(content.length) }, (_, i) => content.slice(i * CHUNK_LENGTH, (i + 1) * CHUNK_LENGTH));
}

/**
 * The hashes of the chunks of a content, and the root over them.
 * @param content any number of bytes; the root of none is the hash of no bytes, although it has no chunk
 * @see NXS-MRK-004
 */
export function hashContent(
  content: Uint8Array,
  primitives: ContentPrimitives,
): { readonly root: Uint8Array; readonly leaves: readonly Uint8Array[] } {
  const given = door.bytes(content, 'content');
  primitivesDoor.blake3(primitives, 'primitives');
  const leaves = chunksOf(given).map((chunk) => hashChunk(chunk, primitives));
  return { root: leaves.length === 0 ? hashChunk(given, primitives) : rootOf(leaves, primitives), leaves }; // NXS-MRK-005
}

/**
 * A chunk of a content, and the path that leads from it to the root.
 * @throws DecodeError malformed for a chunk that the content does not have
 * @see NXS-MRK-006
 */
export function proveChunk(
  content: Uint8Array,
  index: number,
  primitives: ContentPrimitives,
): { readonly path: readonly Uint8Array[]; readonly chunk: Uint8Array } {
  const chunks = chunksOf(door.bytes(content, 'content'));
  primitivesDoor.blake3(primitives, 'primitives');
  const chunk = chunks[door.count(index, 'index')];
  if (chunk === undefined) throw new DecodeError('malformed', 'NXS-MRK-007', 'no such chunk', { index, count: chunks.length });
  const leaves = chunks.map((one) => hashChunk(one, primitives));
  return { path: pathOf(leaves, index, primitives), chunk };
}

/** How many hashes lead from a chunk to the root. @param count at least 1 */
function depthOf(index: number, count: number): number {
  if (count === 1) return 0;
  const split = splitOf(count);
  return 1 + (index < split ? depthOf(index, split) : depthOf(index - split, count - split));
}

function climb(leaf: Uint8Array, index: number, count: number, path: readonly Uint8Array[], primitives: ContentPrimitives): Uint8Array {
  const other = path.at(-1);
  if (count === 1 || other === undefined) return leaf;
  const split = splitOf(count);
  const below = path.slice(0, -1);
  return index < split
    ? hashMerkleNode(climb(leaf, index, split, below, primitives), other, primitives)
    : hashMerkleNode(other, climb(leaf, index - split, count - split, below, primitives), primitives);
}

/**
 * Verifies a chunk.
 * @throws DecodeError malformed for a chunk, or a path, that does not belong into such a content; MismatchError
 * @see NXS-MRK-006
 */
export function verifyChunk(proof: ChunkProof, primitives: ContentPrimitives): void {
  const { merkleRoot, size, index, path, chunk } = PROOF(proof, 'proof');
  primitivesDoor.blake3(primitives, 'primitives');
  const count = chunkCountOf(size);
  const length = Math.min(CHUNK_LENGTH, size - index * CHUNK_LENGTH);
  if (index >= count || chunk.length !== length) {
    throw new DecodeError('malformed', 'NXS-MRK-007', 'no chunk of this content', { index, count, length: chunk.length });
  }
  if (path.length !== depthOf(index, count) || path.some((hash) => hash.length !== HASH_LENGTH)) {
    throw new DecodeError('malformed', 'NXS-MRK-007', 'no path in this content', { index, count, hashes: path.length });
  }
  if (compare(climb(hashChunk(chunk, primitives), index, count, path, primitives), merkleRoot) !== 0) {
    throw new MismatchError('NXS-MRK-006', 'the path does not lead to the root', { index });
  }
}
