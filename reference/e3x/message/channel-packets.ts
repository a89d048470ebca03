/**
 * Channel packets: what both sides of an exchange send once each has the other's handshake.
 *
 *   0         2                  18
 *   +---------+------------------+-------------------------------+
 *   | 00 00   | TOKEN of the     | sealed, as the cipher set     |
 *   | no HEAD | receiver, 16     | has it                        |
 *   +---------+------------------+-------------------------------+
 *
 * The token says where to look for the key and is not a part of what is authenticated: any other opens as well.
 */
import { EMPTY, Reader, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, openAuthentic } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { contentDoor, ephemeralDoor, requireLength, secretDoor } from './cipher-set.ts';
import type { ChannelKeys, ChannelKeysInput, SealContent } from './cipher-set.ts';
import { cipherSetOf, requireInner } from './cipher-sets.ts';
import { TOKEN_LENGTH } from '../token/token.ts';
import { messageBodyOf } from './messages.ts';
import { LENGTH_LENGTH, decodePacketParts, encodePacket } from '../packet/packet.ts';
import type { PacketParts } from '../packet/packet.ts';

/** What the keys of a channel are derived from. */
export interface DeriveChannelKeysInput extends Omit<ChannelKeysInput, 'body'> {
  readonly csid: string;
  /** A message from the other side, its handshake. */
  readonly packet: Uint8Array;
}

/** What seals the channel packets of one direction. */
export interface ChannelSealerInput {
  readonly csid: string;
  /** The channel's encryption key: 16 bytes with cipher set 1a, otherwise 32. */
  readonly key: Uint8Array;
  /** The receiver's token, 16 bytes. */
  readonly token: Uint8Array;
}

/** What a channel packet is sealed with. */
export interface SealChannelPacketInput extends ChannelSealerInput, SealContent {}

/** Seals the channel packets of one direction. */
export interface ChannelSealer {
  /**
   * Seals a packet.
   * @param content entropy: 4 bytes with cipher set 1a, 12 with 2a, 24 with 3a, never the same twice
   * @returns the outer packet
   * @throws DecodeError truncated for what is not a packet; UsageError
   */
  seal(content: SealContent): Uint8Array;
}

/** What opens the channel packets of one direction. */
export interface ChannelOpenerInput {
  readonly csid: string;
  /** The channel's decryption key: 16 bytes with cipher set 1a, otherwise 32. */
  readonly key: Uint8Array;
}

/** What a channel packet is opened with. */
export interface OpenChannelPacketInput extends ChannelOpenerInput {
  readonly packet: Uint8Array;
}

/** Opens the channel packets of one direction. */
export interface ChannelOpener {
  /**
   * Opens a channel packet.
   * @returns token and inner packet, fresh bytes both
   * @throws DecodeError malformed or truncated; AuthenticationError, after which the next opens as before
   */
  open(packet: Uint8Array): OpenedChannelPacket;

  /**
   * Opens what follows the token.
   * @returns the inner packet, fresh bytes
   * @throws DecodeError truncated; AuthenticationError, after which the next opens as before
   */
  openSealed(sealed: Uint8Array): Uint8Array;
}

/** A channel packet taken apart; views. */
export interface ChannelPacketParts {
  readonly token: Uint8Array;
  readonly sealed: Uint8Array;
}

/** What came out of a channel packet. */
export interface OpenedChannelPacket {
  readonly token: Uint8Array;
  readonly inner: Uint8Array;
}

const sealerDoor = (bytes: door.Door<Uint8Array>): door.Door<ChannelSealerInput> =>
  door.members<ChannelSealerInput>({ csid: door.text, key: bytes, token: bytes });
const openerDoor = (bytes: door.Door<Uint8Array>): door.Door<ChannelOpenerInput> =>
  door.members<ChannelOpenerInput>({ csid: door.text, key: bytes });
/** What lives as long as a channel keeps copies; one call does not. */
const [SEALER_KEPT, SEALER, OPENER_KEPT, OPENER] = [
  sealerDoor(door.copy),
  sealerDoor(door.bytes),
  openerDoor(door.copy),
  openerDoor(door.bytes),
];
const DERIVE = door.members<DeriveChannelKeysInput>({
  csid: door.text,
  packet: door.bytes,
  ephemeral: ephemeralDoor(door.bytes),
  recipient: door.optional(secretDoor(door.bytes)),
});

/**
 * Derives the keys of a channel. The handshake is not verified here: who calls has opened it with the sender's key before.
 * @param primitives who does the arithmetic
 * @returns 16 bytes each with cipher set 1a, 32 with 2a and 3a
 * @throws DecodeError malformed or truncated; UnsupportedError; AuthenticationError; UsageError for secrets
 * @see E3X-CHP-001
 */
export function deriveChannelKeys(input: DeriveChannelKeysInput, primitives: Primitives): ChannelKeys {
  const { csid, packet, ephemeral, recipient } = DERIVE(input, 'input');
  primitivesDoor.primitives(primitives, 'primitives');
  cipherSetOf(csid);
  return channelKeysOf(csid, { ephemeral, recipient, body: messageBodyOf(csid, decodePacketParts(packet)) }, primitives);
}

/** As deriveChannelKeys, from the BODY of the other side's message. */
export function channelKeysOf(csid: string, input: ChannelKeysInput, primitives: Primitives): ChannelKeys {
  const set = cipherSetOf(csid);
  return openAuthentic('E3X-MSG-003', () => set.deriveChannelKeys(input, primitives)); // E3X-CHP-001
}

/**
 * How long a channel packet becomes.
 * @param innerLength bytes of the inner packet
 * @returns bytes of the outer packet
 */
export function channelPacketLength(csid: string, innerLength: number): number {
  return LENGTH_LENGTH + TOKEN_LENGTH + innerLength + cipherSetOf(csid).channelOverhead; // E3X-CHP-002
}

/**
 * Takes token and sealed content of a channel packet apart.
 * @throws DecodeError malformed or truncated
 * @see E3X-CHP-002
 */
export function channelPartsOf({ head, body }: PacketParts): ChannelPacketParts {
  if (head.length > 0) throw new DecodeError('malformed', 'E3X-CHP-003', 'a channel packet has no HEAD', { headLength: head.length });
  const reader = new Reader(body);
  const token = reader.take(TOKEN_LENGTH, 'E3X-CHP-002'); // E3X-CHP-002
  const sealed = reader.rest();
  reader.finish('E3X-CHP-002');
  return { token, sealed };
}

/**
 * Prepares to seal channel packets: key and token are checked once.
 * @param primitives who does the arithmetic
 * @throws DecodeError malformed for the CSID; UnsupportedError; UsageError
 * @see E3X-CHP-002
 */
export function createChannelSealer(input: ChannelSealerInput, primitives: Primitives): ChannelSealer {
  return channelSealerOf(SEALER_KEPT(input, 'input'), primitivesDoor.primitives(primitives, 'primitives'));
}

/** As createChannelSealer, of bytes that are the reference's own. */
export function channelSealerOf({ csid, key, token }: ChannelSealerInput, primitives: Primitives): ChannelSealer {
  const set = cipherSetOf(csid);
  requireLength(key, set.channelKeyLength, 'E3X-CHP-001', 'key');
  requireLength(token, TOKEN_LENGTH, 'E3X-CHP-002', 'token');
  const header = encodePacket({ head: EMPTY }); // E3X-CHP-002
  return {
    seal(content): Uint8Array {
      const { inner, entropy } = contentDoor(content, 'content');
      requireInner(inner); // E3X-MSG-002
      requireLength(entropy, set.entropyLength, 'E3X-CHP-002', 'entropy');
      return concat([header, token, ...set.sealChannel({ key, inner, entropy }, primitives)]); // E3X-CHP-002
    },
  };
}

/**
 * Prepares to open channel packets.
 * @param primitives who does the arithmetic
 * @throws DecodeError malformed for the CSID; UnsupportedError; UsageError for the key
 * @see E3X-CHP-004
 */
export function createChannelOpener(input: ChannelOpenerInput, primitives: Primitives): ChannelOpener {
  return channelOpenerOf(OPENER_KEPT(input, 'input'), primitivesDoor.primitives(primitives, 'primitives'));
}

/** As createChannelOpener, of bytes that are the reference's own. */
export function channelOpenerOf({ csid, key }: ChannelOpenerInput, primitives: Primitives): ChannelOpener {
  const set = cipherSetOf(csid);
  requireLength(key, set.channelKeyLength, 'E3X-CHP-001', 'key');
  const openSealed = (given: Uint8Array): Uint8Array => {
    const sealed = door.bytes(given, 'sealed');
    const inner = openAuthentic('E3X-CHP-004', () => set.openChannel({ key, sealed }, primitives)); // E3X-CHP-004
    requireInner(inner); // E3X-MSG-002
    return inner;
  };
  return {
    open(packet): OpenedChannelPacket {
      const { token, sealed } = channelPartsOf(decodePacketParts(packet));
      return { inner: openSealed(sealed), token: token.slice() };
    },
    openSealed,
  };
}

/**
 * Seals a packet under a channel key.
 * @param input key: 16 bytes with cipher set 1a, otherwise 32; entropy: 4 bytes with 1a, 12 with 2a, 24 with 3a
 * @param primitives who does the arithmetic
 * @returns the outer packet
 * @throws DecodeError malformed for the CSID, truncated for the inner packet; UnsupportedError; UsageError
 * @see E3X-CHP-002
 */
export function sealChannelPacket(input: SealChannelPacketInput, primitives: Primitives): Uint8Array {
  return channelSealerOf(SEALER(input, 'input'), primitivesDoor.primitives(primitives, 'primitives')).seal(input);
}

/**
 * Opens a channel packet.
 * @param input key: 16 bytes with cipher set 1a, otherwise 32
 * @param primitives who does the arithmetic
 * @returns token and inner packet, fresh bytes both
 * @throws DecodeError malformed or truncated; UnsupportedError; AuthenticationError; UsageError for the key
 * @see E3X-CHP-004
 */
export function openChannelPacket(input: OpenChannelPacketInput, primitives: Primitives): OpenedChannelPacket {
  return channelOpenerOf(OPENER(input, 'input'), primitivesDoor.primitives(primitives, 'primitives')).open(input.packet);
}
