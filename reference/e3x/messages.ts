/**
 * Messages: a packet sealed to the holder of one key, opened whenever he gets to it.
 *
 *   0         2        3
 *   +---------+--------+------------------------------------------+
 *   | 00 01   | CSID   | BODY, as the cipher set has it           |
 *   +---------+--------+------------------------------------------+
 *
 * The first 16 bytes of BODY come from the ephemeral key and stay the same for an exchange; the token is their digest.
 *
 * A message gives no forward secrecy: the recipient's long-term secret opens it at any later time, whoever has that by
 * then (E3X-MSG-007). Entropy is an argument, and the same entropy twice under one ephemeral key gives both packets away.
 */
import { fromHex, toHex } from '../kernel/bytes.ts';
import { DecodeError } from '../kernel/errors.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import type { Primitives } from '../primitives/primitives.ts';
import type { MessageOpenInput, MessageSealInput, OpenedMessage } from './cipher-set.ts';
import { cipherSetOf, openAuthentic, requireInner } from './cipher-sets.ts';
import { decodePacketParts, encodePacket } from './packet.ts';
import { deriveToken } from './token.ts';

/** What a message is sealed with, and under which cipher set. */
export interface SealMessageInput extends MessageSealInput {
  readonly csid: string;
}

/** A message and the token that answers to it will carry. */
export interface SealedMessage {
  readonly packet: Uint8Array;
  readonly token: Uint8Array;
}

/** What a message is opened with; the cipher set is that of the exchange, whatever the message says. */
export interface OpenMessageInput extends Omit<MessageOpenInput, 'body'> {
  readonly csid: string;
  readonly packet: Uint8Array;
}

/**
 * Takes the outer packet of a message apart.
 * @param csid the cipher set of the exchange; no other is tried
 * @returns the BODY, a view on the bytes given
 * @throws DecodeError truncated or malformed
 * @see E3X-MSG-001
 */
export function decodeMessageBody(csid: string, packet: Uint8Array): Uint8Array {
  const { head, body } = decodePacketParts(packet);
  if (head.length !== 1) throw new DecodeError('malformed', 'E3X-MSG-001', 'no message', { headLength: head.length }); // E3X-MSG-001
  if (toHex(head) !== csid) throw new DecodeError('malformed', 'E3X-MSG-001', 'a message of another cipher set', { csid: toHex(head) }); // E3X-MSG-001
  return body;
}

/**
 * Seals a packet to the holder of a key.
 * @param input entropy: 4 bytes with cipher set 1a, 12 with 2a, 24 with 3a
 * @param primitives who does the arithmetic
 * @returns the outer packet and the 16 bytes of its token
 * @throws DecodeError malformed for the CSID or the recipient's key, truncated for the inner packet; UnsupportedError;
 * UsageError for secrets and entropy
 * @see E3X-MSG-001
 */
export function sealMessage({ csid, ...input }: SealMessageInput, primitives: Primitives = noblePrimitives): SealedMessage {
  const set = cipherSetOf(csid);
  requireInner(input.inner); // E3X-MSG-002
  const packet = encodePacket({ head: fromHex(csid), body: set.sealMessage(input, primitives) }); // E3X-MSG-001
  return { packet, token: deriveToken(packet) }; // E3X-MSG-004
}

/**
 * Opens a message, and verifies it where the sender's key is given.
 * @param primitives who does the arithmetic
 * @returns the inner packet and the sender's ephemeral key, fresh bytes both
 * @throws DecodeError malformed or truncated; UnsupportedError; AuthenticationError, in which case nothing of the
 * content leaves this function; UsageError for the secret
 * @see E3X-MSG-003
 */
export function openMessage({ csid, packet, recipient, senderKey }: OpenMessageInput, primitives: Primitives = noblePrimitives): OpenedMessage {
  const set = cipherSetOf(csid);
  const body = decodeMessageBody(csid, packet);
  // E3X-MSG-003; E3X-MSG-007: all it takes is the recipient's secret; E3X-MSG-008: the sender's key only adds to that
  const opened = openAuthentic('E3X-MSG-003', () => set.openMessage({ recipient, senderKey, body }, primitives));
  requireInner(opened.inner); // E3X-MSG-002
  return opened;
}
