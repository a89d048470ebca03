/** Checks of primitives that a caller passes: an object that has the functions needed. */
import { capable } from '../kernel/door.ts';
import type { Door } from '../kernel/door.ts';
import type { CipherPrimitives, CurvePrimitives, DigestPrimitives, HashPrimitives, PrimitiveName, Primitives } from './primitives.ts';
import { PRIMITIVES } from './table.ts';

/** All of them. */
export const primitives: Door<Primitives> = capable<Primitives>(...(Object.keys(PRIMITIVES) as PrimitiveName[]));
/** SHA-256 alone. */
export const digest: Door<DigestPrimitives> = capable<DigestPrimitives>('sha256');
/** BLAKE2b alone. */
export const blake2b: Door<Pick<HashPrimitives, 'blake2b'>> = capable<Pick<HashPrimitives, 'blake2b'>>('blake2b');
/** ChaCha20 in its original form alone. */
export const chacha20: Door<Pick<CipherPrimitives, 'applyChacha20Original'>> =
  capable<Pick<CipherPrimitives, 'applyChacha20Original'>>('applyChacha20Original');
/** What identities of NEXUS need. */
export const identity: Door<
  Pick<HashPrimitives, 'blake2b'> &
    Pick<CurvePrimitives, 'deriveEd25519Public' | 'convertEd25519Public' | 'convertEd25519Secret' | 'deriveX25519Shared'>
> = capable('blake2b', 'deriveEd25519Public', 'convertEd25519Public', 'convertEd25519Secret', 'deriveX25519Shared');
/** What signatures need. */
export const signature: Door<Pick<CurvePrimitives, 'signEd25519' | 'verifyEd25519'>> = capable('signEd25519', 'verifyEd25519');
/** What a verifiable random function needs. */
export const vrf: Door<Pick<HashPrimitives, 'sha512'> & Pick<CurvePrimitives, 'deriveEd25519Public' | 'multiplyEd25519' | 'addEd25519'>> =
  capable('sha512', 'deriveEd25519Public', 'multiplyEd25519', 'addEd25519');
/** BLAKE3 alone. */
export const blake3: Door<Pick<HashPrimitives, 'blake3'>> = capable<Pick<HashPrimitives, 'blake3'>>('blake3');
/** What links and envelopes of NEXUS need: identities, agreement, key derivation and an authenticated cipher. */
export const agreement: Door<
  Pick<HashPrimitives, 'blake2b'> &
    Pick<CipherPrimitives, 'sealChacha20Poly1305' | 'openChacha20Poly1305'> &
    Pick<
      CurvePrimitives,
      | 'deriveEd25519Public'
      | 'convertEd25519Public'
      | 'convertEd25519Secret'
      | 'deriveX25519Public'
      | 'deriveX25519Shared'
      | 'signEd25519'
      | 'verifyEd25519'
    >
> = capable(
  'blake2b',
  'sealChacha20Poly1305',
  'openChacha20Poly1305',
  'deriveEd25519Public',
  'convertEd25519Public',
  'convertEd25519Secret',
  'deriveX25519Public',
  'deriveX25519Shared',
  'signEd25519',
  'verifyEd25519',
);
/** An authenticated cipher that seals alone. */
export const sealing: Door<Pick<CipherPrimitives, 'sealChacha20Poly1305'>> =
  capable<Pick<CipherPrimitives, 'sealChacha20Poly1305'>>('sealChacha20Poly1305');
/** An authenticated cipher that opens alone. */
export const opening: Door<Pick<CipherPrimitives, 'openChacha20Poly1305'>> =
  capable<Pick<CipherPrimitives, 'openChacha20Poly1305'>>('openChacha20Poly1305');
/** An authenticated cipher that seals and opens. */
export const cipher: Door<Pick<CipherPrimitives, 'sealChacha20Poly1305' | 'openChacha20Poly1305'>> = capable(
  'sealChacha20Poly1305',
  'openChacha20Poly1305',
);
