/**
 * What tells one message from all others: a digest of what its sender authenticated.
 *
 *   SHA-256(BODY without its last field)      the HMAC of 1a (4 bytes), the tag of 2a (16), AUTH of 3a (16)
 *
 * The last field is left out because it adds nothing: a copy under another one is a forgery to whoever verifies it, and
 * the same message to whoever cannot.
 */
import * as door from '../../kernel/door.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { decodePacketParts } from '../packet/packet.ts';
import { cipherSetOf } from './cipher-sets.ts';
import { messageBodyOf } from './messages.ts';

/** A message, and the cipher set of its exchange. */
export interface MessageIdentityInput {
  readonly csid: string;
  readonly packet: Uint8Array;
}

const INPUT = door.members<MessageIdentityInput>({
  csid: door.text,
  packet: door.bytes,
});

/**
 * Derives what a message is remembered by.
 * @returns 32 bytes
 * @throws DecodeError malformed or truncated; UnsupportedError
 * @see E3X-MEM-004
 */
export function deriveMessageIdentity(input: MessageIdentityInput, primitives: DigestPrimitives): Uint8Array {
  const { csid, packet } = INPUT(input, 'input');
  primitivesDoor.digest(primitives, 'primitives');
  const set = cipherSetOf(csid);
  const body = messageBodyOf(csid, decodePacketParts(packet));
  return primitives.sha256({ message: set.authenticatedPart(body) }); // E3X-MEM-004
}
