/**
 * Messages: a packet sealed to the holder of one key, opened at any later time.
 *
 *   0         2        3
 *   +---------+--------+------------------------------------------+
 *   | 00 01   | CSID   | BODY, as the cipher set has it           |
 *   +---------+--------+------------------------------------------+
 *
 * The first 16 bytes of BODY come from the ephemeral key and stay the same for an exchange; the token is their digest.
 *
 * A message gives no forward secrecy: the recipient's long-term secret opens it at any later time, whoever has it by
 * then (E3X-MSG-007). Where a transport's frames are shorter than a message, its bytes travel in chunks (E3X-MSG-011).
 * Entropy is an argument, and the same entropy twice under one ephemeral key gives both packets away.
 */
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, openAuthentic } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { contentDoor, ephemeralDoor, secretDoor } from './cipher-set.ts';
import type { OpenParties, OpenedMessage, SealContent, SealParties } from './cipher-set.ts';
import { cipherSetOf, requireInner } from './cipher-sets.ts';
import { decodePacketParts, encodePacket, partsDoor } from '../packet/packet.ts';
import type { PacketParts } from '../packet/packet.ts';
import { deriveToken } from '../token/token.ts';

/** Who seals messages to whom, and under which cipher set. */
export interface MessageSealerInput extends SealParties {
  readonly csid: string;
}

/** What a message is sealed with, and under which cipher set. */
export interface SealMessageInput extends MessageSealerInput, SealContent {}

/** A message and the token that answers to it will carry. */
export interface SealedMessage {
  readonly packet: Uint8Array;
  readonly token: Uint8Array;
}

/** Seals the messages of one exchange; it holds secrets, so drop it with the exchange. */
export interface MessageSealer {
  /** The 16 bytes that answers to its messages will carry, the same for all of them. */
  readonly token: Uint8Array;

  /**
   * Seals a packet.
   * @param content entropy: 4 bytes with cipher set 1a, 12 with 2a, 24 with 3a, never the same twice
   * @returns the outer packet
   * @throws DecodeError truncated for what is not a packet; UsageError
   */
  seal(content: SealContent): Uint8Array;
}

/** Who opens messages; the cipher set is that of the exchange, whatever a message says. */
export interface MessageOpenerInput extends OpenParties {
  readonly csid: string;
}

/** What a message is opened with. */
export interface OpenMessageInput extends MessageOpenerInput {
  readonly packet: Uint8Array;
}

/** Opens the messages of one exchange; it holds secrets, so drop it with the exchange. */
export interface MessageOpener {
  /**
   * Opens a message, and verifies it where the sender's key was given.
   * @returns the inner packet and the sender's ephemeral key, fresh bytes both
   * @throws DecodeError malformed or truncated; AuthenticationError, in which case nothing of the content leaves this
   * function and the next message opens as before; UsageError
   */
  open(packet: Uint8Array): OpenedMessage;

  /** As `open`, for a message whose outer packet has been taken apart. */
  openParts(parts: PacketParts): OpenedMessage;
}

/**
 * The BODY of a message whose outer packet has been taken apart.
 * @param csid the cipher set of the exchange; no other is tried
 * @throws DecodeError malformed
 * @see E3X-MSG-001
 */
export function messageBodyOf(csid: string, { head, body }: PacketParts): Uint8Array {
  if (head.length !== 1) throw new DecodeError('malformed', 'E3X-MSG-001', 'no message', { headLength: head.length });
  if (toHex(head) !== csid) throw new DecodeError('malformed', 'E3X-MSG-001', 'a message of another cipher set', { csid: toHex(head) });
  return body;
}

const sealerDoor = (bytes: door.Door<Uint8Array>): door.Door<MessageSealerInput> =>
  door.members<MessageSealerInput>({ csid: door.text, sender: secretDoor(bytes), ephemeral: ephemeralDoor(bytes), recipientKey: bytes });
const openerDoor = (bytes: door.Door<Uint8Array>): door.Door<MessageOpenerInput> =>
  door.members<MessageOpenerInput>({ csid: door.text, recipient: secretDoor(bytes), senderKey: door.optional(bytes) });
/** Who lives as long as an exchange keeps copies; one call does not. */
const [SEALER_KEPT, SEALER, OPENER_KEPT, OPENER] = [
  sealerDoor(door.copy),
  sealerDoor(door.bytes),
  openerDoor(door.copy),
  openerDoor(door.bytes),
];

/**
 * Prepares to seal messages to the holder of a key: all that does not change within an exchange is computed here, once.
 * @param primitives who does the arithmetic
 * @throws DecodeError malformed for the CSID or the recipient's key; UnsupportedError; UsageError for secrets
 * @see E3X-MSG-004
 */
export function createMessageSealer(input: MessageSealerInput, primitives: Primitives): MessageSealer {
  return messageSealerOf(SEALER_KEPT(input, 'input'), primitivesDoor.primitives(primitives, 'primitives'));
}

/** As createMessageSealer, of bytes that are the reference's own. */
export function messageSealerOf({ csid, ...parties }: MessageSealerInput, primitives: Primitives): MessageSealer {
  const sealer = cipherSetOf(csid).createMessageSealer(parties, primitives);
  const header = encodePacket({ head: fromHex(csid) }); // E3X-MSG-001
  return {
    token: deriveToken(concat([header, sealer.front]), primitives), // E3X-MSG-004
    seal(content): Uint8Array {
      const { inner, entropy } = contentDoor(content, 'content');
      requireInner(inner); // E3X-MSG-002
      return concat([header, ...sealer.seal({ inner, entropy })]);
    },
  };
}

/**
 * Prepares to open messages: what is agreed on with the expected sender is computed here, once.
 * @param primitives who does the arithmetic
 * @throws DecodeError malformed for the CSID or the sender's key; UnsupportedError; UsageError for the secret
 * @see E3X-MSG-003
 */
export function createMessageOpener(input: MessageOpenerInput, primitives: Primitives): MessageOpener {
  return messageOpenerOf(OPENER_KEPT(input, 'input'), primitivesDoor.primitives(primitives, 'primitives'));
}

/** As createMessageOpener, of bytes that are the reference's own. */
export function messageOpenerOf({ csid, ...parties }: MessageOpenerInput, primitives: Primitives): MessageOpener {
  const opener = cipherSetOf(csid).createMessageOpener(parties, primitives);
  const openParts = (given: PacketParts): OpenedMessage => {
    const parts = partsDoor(given, 'parts');
    const body = messageBodyOf(csid, parts);
    // E3X-MSG-003; E3X-MSG-007: all it takes is the recipient's secret; E3X-MSG-008: the sender's key only adds to that
    const opened = openAuthentic('E3X-MSG-003', () => opener.open(body));
    requireInner(opened.inner); // E3X-MSG-002
    return opened;
  };
  return { open: (packet) => openParts(decodePacketParts(packet)), openParts };
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
export function sealMessage(input: SealMessageInput, primitives: Primitives): SealedMessage {
  const sealer = messageSealerOf(SEALER(input, 'input'), primitivesDoor.primitives(primitives, 'primitives'));
  return { packet: sealer.seal(input), token: sealer.token };
}

/**
 * Opens a message, and verifies it where the sender's key is given.
 * @param primitives who does the arithmetic
 * @returns the inner packet and the sender's ephemeral key, fresh bytes both
 * @throws DecodeError malformed or truncated; UnsupportedError; AuthenticationError, in which case nothing of the
 * content leaves this function; UsageError for the secret
 * @see E3X-MSG-003
 */
export function openMessage(input: OpenMessageInput, primitives: Primitives): OpenedMessage {
  return messageOpenerOf(OPENER(input, 'input'), primitivesDoor.primitives(primitives, 'primitives')).open(input.packet);
}
