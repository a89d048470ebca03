/**
 * What tells one envelope from all others: a digest of what nobody can change without breaking its tag.
 *
 *   SHA-256(sender's key URI in UTF-8, 00, ciphertext)
 *
 * `receivedAt` and the receiver's key URI are not authenticated, and a nonce is bound by the tag in the ciphertext.
 */
import { concat } from '../kernel/bytes.ts';
import { encodeUtf8 } from '../kernel/utf8.ts';
import { UsageError } from '../kernel/errors.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import type { HashPrimitives } from '../primitives/primitives.ts';
import type { Envelope } from './envelope.ts';

/**
 * Names an envelope for the replay guard.
 * @returns 32 bytes
 * @see KLT-RPL-identity
 */
export function deriveReplayIdentity({ senderKeyUri, ciphertext }: Pick<Envelope, 'senderKeyUri' | 'ciphertext'>, primitives: Pick<HashPrimitives, 'sha256'> = noblePrimitives): Uint8Array {
  const sender = encodeUtf8(senderKeyUri, () => {
    throw new UsageError('KLT-RPL-identity', 'a key URI that is no text');
  });
  return primitives.sha256({ message: concat([sender, Uint8Array.of(0), ciphertext]) }); // KLT-RPL-identity
}
