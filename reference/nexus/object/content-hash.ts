/** Hashes of contents: BLAKE3, in key derivation where what is hashed must not be taken for a chunk. */
import type { HashPrimitives } from '../../primitives/primitives.ts';

/** Bytes of a hash. */
export const HASH_LENGTH = 32;
const CONTEXT = 'bottlepost nexus-1 2026 ';

/** BLAKE3 key derivation, with a context of our own. @returns 32 bytes */
export function deriveContentHash(
  name: 'data object' | 'merkle node' | 'object key' | 'ticket key' | 'channel id' | 'group id' | 'group check',
  message: Uint8Array,
  primitives: Pick<HashPrimitives, 'blake3'>,
): Uint8Array {
  const context = Uint8Array.from(`${CONTEXT}${name}`, (character) => character.charCodeAt(0));
  return primitives.blake3({ message, outputLength: HASH_LENGTH, context });
}
