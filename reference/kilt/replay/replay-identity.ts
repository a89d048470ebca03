/**
 * What tells one message from all others: its sender and its name, both of which are authentic once it is open.
 *
 *   SHA-256(SHA-256(sender's DID); messageId)
 *
 * Not a digest of the ciphertext: a message that is sealed again would be another one. Not `receivedAt` or the key URIs:
 * anyone can write those.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import { encodeUtf8 } from '../../kernel/utf8.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';

/** What a message is told from others by. */
export interface ReplayIdentityInput {
  /** The DID that the message names as its sender. */
  readonly sender: string;
  readonly messageId: string;
}

const INPUT = door.members<ReplayIdentityInput>({ sender: door.text, messageId: door.text });

function bytesOf(text: string): Uint8Array {
  return encodeUtf8(text, () => {
    throw new DecodeError('malformed', 'KLT-RPL-003', 'an unpaired surrogate');
  });
}

/**
 * Names a message for the replay guard.
 * @returns 32 bytes
 * @throws DecodeError malformed for text that has no UTF-8
 * @see KLT-RPL-004
 */
export function deriveReplayIdentity(input: ReplayIdentityInput, primitives: DigestPrimitives): Uint8Array {
  const { sender, messageId } = INPUT(input, 'input');
  primitivesDoor.digest(primitives, 'primitives');
  // The digest of the sender has a fixed length, so that no two pairs join to the same bytes.
  const senderDigest = primitives.sha256({ message: bytesOf(sender) });
  return primitives.sha256({ message: concat([senderDigest, bytesOf(messageId)]) }); // KLT-RPL-004
}
