/** The signatures of two parties, side by side: 64 zero bytes stand where one is missing. */
import { compare } from '../../kernel/bytes.ts';
import type { Reader } from '../../kernel/bytes.ts';
import { AuthenticationError, DecodeError } from '../../kernel/errors.ts';
import { NEXUS_SIGNATURE_LENGTH, requireSignatureOf } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';

export const NO_SIGNATURE: Uint8Array = new Uint8Array(NEXUS_SIGNATURE_LENGTH);

/** 64 bytes each, zeros if they are missing. */
export interface SignaturePair {
  readonly signatureA: Uint8Array;
  readonly signatureB: Uint8Array;
}
/** Who has signed something of two parties. */
export interface PaymentSigners {
  /** Whether a has signed it, and whether b has. */
  readonly byA: boolean;
  readonly byB: boolean;
}

/** Reads an integer of 8 bytes, the least significant first. @throws DecodeError truncated */
export function readU64(reader: Reader, clause: string): bigint {
  return reader.take(8, clause).reduceRight((value, byte) => 256n * value + BigInt(byte), 0n);
}
/** Reads both signatures, as copies. @throws DecodeError truncated */
export function readSignatures(reader: Reader, clause: string): SignaturePair {
  const [signatureA, signatureB] = [reader.take(NEXUS_SIGNATURE_LENGTH, clause), reader.take(NEXUS_SIGNATURE_LENGTH, clause)];
  return { signatureA: signatureA.slice(), signatureB: signatureB.slice() };
}
/** Both signatures to be written, zeros for those that are missing. @throws DecodeError malformed for another length */
export function signaturesToWrite(
  given: { readonly signatureA?: Uint8Array | undefined; readonly signatureB?: Uint8Array | undefined },
  clause: string,
): SignaturePair {
  const { signatureA = NO_SIGNATURE, signatureB = NO_SIGNATURE } = given;
  if (signatureA.length !== NEXUS_SIGNATURE_LENGTH || signatureB.length !== NEXUS_SIGNATURE_LENGTH) {
    throw new DecodeError('malformed', clause, 'a signature is 64 bytes');
  }
  return { signatureA, signatureB };
}

/**
 * Verifies the signatures that there are.
 * @throws AuthenticationError, also if there is none
 */
export function verifyPair(
  clause: string,
  given: SignaturePair & {
    readonly purpose: string;
    readonly message: Uint8Array;
    readonly keyA: Uint8Array;
    readonly keyB: Uint8Array;
  },
  primitives: SignaturePrimitives,
): PaymentSigners {
  const { purpose, message, keyA, keyB, signatureA, signatureB } = given;
  const [byA, byB] = [compare(signatureA, NO_SIGNATURE) !== 0, compare(signatureB, NO_SIGNATURE) !== 0];
  if (!byA && !byB) throw new AuthenticationError(clause);
  if (byA) requireSignatureOf(clause, { purpose, message, publicKey: keyA, signature: signatureA }, primitives);
  if (byB) requireSignatureOf(clause, { purpose, message, publicKey: keyB, signature: signatureB }, primitives);
  return { byA, byB };
}
