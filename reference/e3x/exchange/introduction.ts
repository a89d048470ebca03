/**
 * The link of a sender who is not known yet.
 *
 *   open with our secret alone  ->  read the link, which holds the sender's key  ->  verify the message under that key
 *
 * Everything before the last step is what anybody can have written, so nothing of it leaves this module unless that step
 * succeeds. What comes out says whose key it is; whether its holder is welcome is for the application, and until it
 * accepts the handshake in an exchange, nothing is sent.
 */
import * as door from '../../kernel/door.ts';
import { AuthenticationError, DecodeError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives, SecretInput } from '../../primitives/primitives.ts';
import { openMessage } from '../message/messages.ts';
import { decodeHandshake } from './handshake.ts';

/** A message that may be the link of somebody new. */
export interface IntroductionInput {
  readonly csid: string;
  /** Our identity secret of the cipher set. */
  readonly recipient: SecretInput;
  /** The message. */
  readonly packet: Uint8Array;
  /** Who is expected, if anybody is: 52 characters. */
  readonly hashname?: string | undefined;
}

/** A sender whose key has sealed the handshake. */
export interface Introduction {
  readonly hashname: string;
  /** The sender's identity key of the cipher set: what an exchange is opened with. */
  readonly key: Uint8Array;
  readonly at: number;
  readonly verified: true;
}

const INPUT = door.members<IntroductionInput>({
  csid: door.text,
  recipient: door.members<SecretInput>({ secret: door.bytes }),
  packet: door.bytes,
  hashname: door.optional(door.text),
});

/**
 * Reads a link handshake of a sender whose key nobody has, and verifies it under the key that it carries.
 * @returns who sent it
 * @throws DecodeError malformed, truncated or non-canonical; UnsupportedError; AuthenticationError unless it verifies; UsageError
 * @see E3X-HSK-019
 */
export function readIntroduction(input: IntroductionInput, primitives: Primitives): Introduction {
  const { csid, recipient, packet, hashname: expected } = INPUT(input, 'input');
  primitivesDoor.primitives(primitives, 'primitives');
  const { inner } = openMessage({ csid, recipient, packet }, primitives);
  const { type, at, key, hashname } = decodeHandshake({ csid, inner, hashname: expected }, primitives);
  if (type !== 'link' || key === undefined || hashname === undefined)
    throw new DecodeError('malformed', 'E3X-HSK-020', 'a handshake that does not say who sent it', { type });
  requireSealedBy(key, { csid, recipient, packet }, primitives); // E3X-HSK-019, E3X-HSK-021: before anything of it leaves
  return { hashname, key, at, verified: true };
}

/** @throws AuthenticationError for what does not verify, and for bytes that are no key */
function requireSealedBy(senderKey: Uint8Array, message: Omit<IntroductionInput, 'hashname'>, primitives: Primitives): void {
  try {
    openMessage({ ...message, senderKey }, primitives);
  } catch (error) {
    if (error instanceof DecodeError || error instanceof AuthenticationError) throw new AuthenticationError('E3X-HSK-019');
    throw error;
  }
}
