/**
 * The primitives over node:crypto: the fast implementation, and a second opinion on the readable one. What OpenSSL
 * does not have, or Node does not hand out, is the reference's; `NODE_COVERAGE` says which is which.
 */
import type { PrimitiveName, Primitives } from '../../reference/primitives/primitives.ts';
import { HAS_SECP160R1, createNodeCurve, createNodeKeys, createNodeRsa } from './node-asymmetric.ts';
import { nodeCipher, nodeHash } from './node-symmetric.ts';

/** Who does the work: OpenSSL, the reference, or OpenSSL where it can and the reference for the rest. */
export type NodeCoverage = 'native' | 'partly' | 'reference';

const SECP160R1_COVERAGE: NodeCoverage = HAS_SECP160R1 ? 'native' : 'reference';

/** Who does the work of each primitive. */
export const NODE_COVERAGE: Readonly<Record<PrimitiveName, NodeCoverage>> = Object.freeze<Record<PrimitiveName, NodeCoverage>>({
  sha256: 'native',
  sha512: 'native',
  hmacSha256: 'native',
  hkdfSha256: 'partly', // infos above 1,024 bytes: reference
  blake2b: 'partly', // keyed, or not 64 bytes: reference
  blake3: 'reference',
  isEqual: 'native',
  applyChacha20Original: 'native',
  applyChacha20: 'native',
  applyAesCtr: 'native',
  sealAesGcm: 'native',
  openAesGcm: 'native',
  sealChacha20Poly1305: 'native',
  openChacha20Poly1305: 'native',
  sealSecretbox: 'reference',
  openSecretbox: 'reference',
  poly1305: 'reference',
  hsalsa20: 'reference',
  deriveX25519Public: 'native',
  deriveX25519Shared: 'native',
  deriveBoxKey: 'partly', // HSalsa20: reference
  deriveP256Public: 'native',
  deriveP256Shared: 'native',
  isP256Public: 'native',
  deriveSecp160r1Public: SECP160R1_COVERAGE,
  deriveSecp160r1Shared: SECP160R1_COVERAGE,
  isSecp160r1Public: SECP160R1_COVERAGE,
  deriveEd25519Public: 'native',
  signEd25519: 'native',
  verifyEd25519: 'native',
  convertEd25519Secret: 'native',
  convertEd25519Public: 'reference', // OpenSSL has no such map
  multiplyEd25519: 'reference', // OpenSSL does not show its points
  addEd25519: 'reference',
  deriveRsaPublic: 'native', // the key is read by the reference first
  sealRsaOaep: 'partly', // the padding: reference
  openRsaOaep: 'native',
  signRsa: 'native',
  verifyRsa: 'native',
});

/** How an implementation over node:crypto is made. */
export interface NodePrimitivesOptions {
  /**
   * How many public keys it remembers in the form OpenSSL uses; 64 by default. Secret keys are remembered as long as the
   * arrays that hold them exist. 0 for no memory of either.
   */
  readonly keyCountMax?: number;
}

/**
 * Makes an implementation of the primitives over node:crypto.
 * @returns operations whose results do not depend on what was called before, only their speed does
 */
export function createNodePrimitives({ keyCountMax = 64 }: NodePrimitivesOptions = {}): Primitives {
  const keys = createNodeKeys(keyCountMax);
  return Object.freeze<Primitives>({ ...nodeHash, ...nodeCipher, ...createNodeCurve(keys), ...createNodeRsa(keys) });
}
