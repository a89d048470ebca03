/**
 * What tells one message from all others: a digest of what cannot be changed without breaking its tag.
 *
 *   SHA-256(sender's public key, 32 bytes; ciphertext)
 *
 * Not of `receivedAt`, of key URIs or of a message's own name: anyone can write those.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { PUBLIC_KEY_LENGTH } from '../did/constants.ts';

/** What a message is told from others by. */
export interface ReplayIdentityInput {
  readonly ciphertext: Uint8Array;
  /** 32 bytes. */
  readonly senderKey: Uint8Array;
}

const INPUT = door.members<ReplayIdentityInput>({ ciphertext: door.bytes, senderKey: door.bytes });

/**
 * Names a message for the replay guard.
 * @returns 32 bytes
 * @throws UsageError for a key of another length
 * @see KLT-RPL-004
 */
export function deriveReplayIdentity(input: ReplayIdentityInput, primitives: DigestPrimitives): Uint8Array {
  const { senderKey, ciphertext } = INPUT(input, 'input');
  primitivesDoor.digest(primitives, 'primitives');
  if (senderKey.length !== PUBLIC_KEY_LENGTH)
    throw new UsageError('KLT-RPL-004', 'a key that is not 32 bytes', { length: senderKey.length });
  return primitives.sha256({ message: concat([senderKey, ciphertext]) }); // KLT-RPL-004
}
