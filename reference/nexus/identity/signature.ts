/**
 * Signatures: an identity key signs a purpose, a zero byte and then the bytes, never bytes alone.
 *
 * Somebody who could choose 32 bytes and have them signed as they are could combine the signature with a VRF proof of the
 * same key and compute the secret scalar: both derive their nonce from the same prefix. A purpose in front rules that out.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UnsupportedError, openAuthentic } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { CurvePrimitives } from '../../primitives/primitives.ts';
import { NEXUS_KEY_LENGTH, requireSeed } from './identity.ts';

/** NXS-SIG-002: everything that an identity key signs. */
export const NEXUS_PURPOSES: readonly string[] = Object.freeze([
  'nexus-1 announce',
  'nexus-1 link i',
  'nexus-1 link r',
  'nexus-1 content',
  'nexus-1 mutable',
  'nexus-1 custody',
  'nexus-1 receipt',
  'nexus-1 storage',
  'nexus-1 channel',
  'nexus-1 terms',
  'nexus-1 settle',
  'nexus-1 group state',
  'nexus-1 group message',
  'nexus-1 advisory',
  'bottlepost identity',
  'bottlepost contact',
]);
/** NXS-SIG-007: bytes of a signature. */
export const NEXUS_SIGNATURE_LENGTH = 64;

/** The primitives that signatures use. */
export type SignaturePrimitives = Pick<CurvePrimitives, 'signEd25519' | 'verifyEd25519'>;

/** What is signed. */
export interface NexusSigned {
  /** One of `NEXUS_PURPOSES`. */
  readonly purpose: string;
  /** Any number of bytes. */
  readonly message: Uint8Array;
}
/** A signature to be verified. */
export interface NexusSignature extends NexusSigned {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

const SIGNED = { purpose: door.text, message: door.bytes };
const SIGNING = door.members<NexusSigned & { readonly seed: Uint8Array }>({ ...SIGNED, seed: door.bytes });
const SIGNATURE = door.members<NexusSignature>({ ...SIGNED, publicKey: door.bytes, signature: door.bytes });

/** The bytes that the key signs: the purpose is ASCII, so its characters are its bytes. */
function signedBytes({ purpose, message }: NexusSigned): Uint8Array {
  if (!NEXUS_PURPOSES.includes(purpose)) throw new UnsupportedError('NXS-SIG-002', 'identity keys do not sign for this purpose');
  const text = Uint8Array.from(purpose, (character) => character.charCodeAt(0));
  return concat([text, Uint8Array.of(0), message]); // NXS-SIG-001
}

/**
 * Signs for a purpose.
 * @param input seed: 32 bytes, secret
 * @returns 64 bytes: R, S
 * @throws UnsupportedError for another purpose; DecodeError malformed
 * @see NXS-SIG-001
 */
export function signForNexus(input: NexusSigned & { readonly seed: Uint8Array }, primitives: SignaturePrimitives): Uint8Array {
  const { seed, ...signed } = SIGNING(input, 'input');
  primitivesDoor.signature(primitives, 'primitives');
  const message = signedBytes(signed);
  requireSeed(seed);
  return primitives.signEd25519({ secret: seed, message });
}

/**
 * Verifies a signature for a purpose, strictly.
 * @throws UnsupportedError for another purpose; DecodeError malformed; AuthenticationError
 * @see NXS-SIG-006
 */
export function verifyForNexus(input: NexusSignature, primitives: SignaturePrimitives): void {
  const { publicKey, signature, ...signed } = SIGNATURE(input, 'input');
  primitivesDoor.signature(primitives, 'primitives');
  const message = signedBytes(signed);
  if (publicKey.length !== NEXUS_KEY_LENGTH || signature.length !== NEXUS_SIGNATURE_LENGTH) {
    throw new DecodeError('malformed', 'NXS-SIG-007', 'a key is 32 bytes and a signature 64', {
      publicKeyLength: publicKey.length,
      signatureLength: signature.length,
    });
  }
  primitives.verifyEd25519({ publicKey, message, signature }); // NXS-SIG-003, NXS-SIG-004, NXS-SIG-005, NXS-SIG-006, NXS-SIG-008
}

/**
 * Verifies a signature inside another format, whose clause says what a wrong one means.
 * @param clause of that format
 * @throws AuthenticationError; DecodeError for a key or signature of another length
 * @see NXS-SIG-006
 */
export function requireSignatureOf(clause: string, input: NexusSignature, primitives: SignaturePrimitives): void {
  openAuthentic(clause, () => {
    verifyForNexus(input, primitives);
  });
}
