/**
 * Identities: everything that a node is called follows from a seed of 32 bytes.
 *
 *   seed -> Ed25519 key pair -> public key, 32 bytes           signs
 *                               BLAKE2b-256, first 16 bytes    the destination hash: its address
 *                               u = (1 + y) / (1 - y)          its X25519 key: what others seal to
 */
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { CurvePrimitives, HashPrimitives } from '../../primitives/primitives.ts';

/** NXS-IDN-002: bytes of a seed. */
export const NEXUS_SEED_LENGTH = 32;
/** NXS-IDN-006: bytes of a public key of either curve. */
export const NEXUS_KEY_LENGTH = 32;
/** NXS-IDN-003: bytes of a destination hash. */
export const DESTINATION_HASH_LENGTH = 16;
/** NXS-IDN-003: bytes of the digest whose front a destination hash is. */
const DIGEST_LENGTH = 32;

/** The primitives that identities use. */
export type IdentityPrimitives = Pick<HashPrimitives, 'blake2b'> &
  Pick<CurvePrimitives, 'deriveEd25519Public' | 'convertEd25519Public' | 'convertEd25519Secret' | 'deriveX25519Shared'>;

/** The public side of a node. */
export interface NexusIdentity {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes. */
  readonly x25519PublicKey: Uint8Array;
  /** 16 bytes. */
  readonly destinationHash: Uint8Array;
}

/** NXS-IDN-002: a seed is 32 bytes. @throws DecodeError malformed */
export function requireSeed(seed: Uint8Array): void {
  if (seed.length !== NEXUS_SEED_LENGTH) {
    throw new DecodeError('malformed', 'NXS-IDN-002', 'a seed is 32 bytes', { length: seed.length });
  }
}

function requireKey(publicKey: Uint8Array): void {
  if (publicKey.length !== NEXUS_KEY_LENGTH) {
    throw new DecodeError('malformed', 'NXS-IDN-006', 'a public key is 32 bytes', { length: publicKey.length });
  }
}

/**
 * Derives what others know a node by.
 * @param seed 32 bytes, secret
 * @throws DecodeError malformed
 * @see NXS-IDN-001
 */
export function deriveNexusIdentity(seed: Uint8Array, primitives: IdentityPrimitives): NexusIdentity {
  const secret = door.bytes(seed, 'seed');
  primitivesDoor.identity(primitives, 'primitives');
  requireSeed(secret);
  const publicKey = primitives.deriveEd25519Public({ secret });
  return {
    publicKey,
    x25519PublicKey: convertNexusKey(publicKey, primitives),
    destinationHash: deriveDestinationHash(publicKey, primitives),
  };
}

/**
 * Derives the address that belongs to a public key.
 * @param publicKey 32 bytes
 * @returns 16 bytes
 * @throws DecodeError malformed
 * @see NXS-IDN-003
 */
export function deriveDestinationHash(publicKey: Uint8Array, primitives: Pick<HashPrimitives, 'blake2b'>): Uint8Array {
  const message = door.bytes(publicKey, 'publicKey');
  primitivesDoor.blake2b(primitives, 'primitives');
  requireKey(message);
  return primitives.blake2b({ message, outputLength: DIGEST_LENGTH }).slice(0, DESTINATION_HASH_LENGTH);
}

/**
 * Converts the Ed25519 public key of a node into its X25519 public key.
 * @param publicKey 32 bytes
 * @returns 32 bytes
 * @throws DecodeError malformed, also for a key of small order
 * @see NXS-IDN-004
 */
export function convertNexusKey(publicKey: Uint8Array, primitives: IdentityPrimitives): Uint8Array {
  const key = door.bytes(publicKey, 'publicKey');
  primitivesDoor.identity(primitives, 'primitives');
  requireKey(key);
  return primitives.convertEd25519Public({ publicKey: key }); // NXS-IDN-007, NXS-IDN-008, NXS-IDN-009
}

/**
 * The secret that a node shares with the holder of an X25519 key.
 * @param seed 32 bytes, secret
 * @param publicKey of X25519, 32 bytes
 * @returns 32 bytes, secret
 * @throws DecodeError malformed; AuthenticationError if the result would be all zero
 * @see NXS-IDN-005
 */
export function agreeAsNexusIdentity(seed: Uint8Array, publicKey: Uint8Array, primitives: IdentityPrimitives): Uint8Array {
  const [given, key] = [door.bytes(seed, 'seed'), door.bytes(publicKey, 'publicKey')];
  primitivesDoor.identity(primitives, 'primitives');
  requireSeed(given);
  requireKey(key);
  const secret = primitives.convertEd25519Secret({ secret: given });
  return primitives.deriveX25519Shared({ secret, publicKey: key }); // NXS-IDN-010, NXS-IDN-011
}
