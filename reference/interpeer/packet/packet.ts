/**
 * The packet of Interpeer: 52 bytes around a payload.
 *
 *    0          4        20        36        40      42      44         46         48
 *    +----------+--------+---------+---------+-------+-------+----------+----------+---------+---------+--------+
 *    | PROTOCOL | SENDER | RECIP.  | CHANNEL | FLAGS | SIZE  | SEQUENCE | PAYLOAD  | PAYLOAD | PADDING | CRC32C |
 *    | 4        | 16     | 16      | 4       | u16   | u16   | u16      | SIZE u16 |         |         | 4      |
 *    +----------+--------+---------+---------+-------+-------+----------+----------+---------+---------+--------+
 *    |<------------------ public header ------------------->|<- private header ->|
 *
 * SIZE counts the whole packet; what a datagram holds after it is not checked. Where the flag says that the packet is
 * encrypted, a sealed part is in place of private header, payload and padding.
 */
import { Reader, compare, concat, u16Bytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UnsupportedError, UsageError } from '../../kernel/errors.ts';
import {
  CHANNEL_ID_LENGTH,
  FLAG_ENCRYPTED,
  FLAG_SPIN,
  FOOTER_LENGTH,
  PACKET_LENGTH_MAX,
  PACKET_LENGTH_MIN,
  PEER_ID_LENGTH,
  PRIVATE_HEADER_LENGTH,
  PROTOCOL_IDS,
  PROTOCOL_ID_LENGTH,
  PUBLIC_HEADER_LENGTH,
} from './constants.ts';
import type { InterpeerSuite } from './constants.ts';
import { suiteDoor } from './suite-door.ts';
import { crc32c } from './crc.ts';

/** Which packets are ours. */
export interface PacketNetwork {
  readonly suite: InterpeerSuite;
  /** 4 bytes, that of the suite by default. */
  readonly protocolId?: Uint8Array | undefined;
}

/** Who sends to whom, on which channel. */
export interface PacketAddress {
  /** 16 bytes. */
  readonly sender: Uint8Array;
  /** 16 bytes. */
  readonly recipient: Uint8Array;
  /** 4 bytes. */
  readonly channelId: Uint8Array;
  /** The spin bit; false by default. */
  readonly spin?: boolean | undefined;
}

/** What follows the public header if nothing is encrypted, and what is sealed where something is. */
export interface PrivatePart {
  /** 0 to 65,535. */
  readonly sequenceNumber: number;
  readonly payload: Uint8Array;
  /** Bytes without a meaning, after the payload. */
  readonly padding: Uint8Array;
}

/** What every packet tells before anything is decrypted. */
interface PublicPart extends PacketAddress {
  readonly spin: boolean;
  readonly encrypted: boolean;
  /** The 44 bytes of the public header. */
  readonly header: Uint8Array;
  /** Bytes of the packet, without what else is in the datagram. */
  readonly packetLength: number;
}

/** A packet taken apart: views on a copy of the bytes given. */
export type InterpeerPacket = PublicPart &
  (({ readonly encrypted: false } & PrivatePart) | { readonly encrypted: true; readonly sealed: Uint8Array });

const PUBLIC_PART = {
  sender: door.copy,
  recipient: door.copy,
  channelId: door.copy,
  spin: door.flag,
  encrypted: door.flag,
  header: door.copy,
  packetLength: door.count,
};
const PLAIN = door.members<object>({ ...PUBLIC_PART, sequenceNumber: door.count, payload: door.copy, padding: door.copy });
const ENCRYPTED = door.members<object>({ ...PUBLIC_PART, sealed: door.copy });

/** A packet taken apart, at the door: a copy. */
export const packetCopy: door.Door<InterpeerPacket> = (packet, name) => {
  const { encrypted } = door.members<{ readonly encrypted: boolean }>({ encrypted: door.flag })(packet, name);
  return (encrypted ? ENCRYPTED : PLAIN)(packet, name) as InterpeerPacket;
};

const PRIVATE_PART = door.members<PrivatePart>({ sequenceNumber: door.number, payload: door.bytes, padding: door.bytes });
const NETWORK = door.members<PacketNetwork>({ suite: suiteDoor, protocolId: door.optional(door.bytes) });
const ADDRESS = door.members<PacketNetwork & PacketAddress>({
  suite: suiteDoor,
  protocolId: door.optional(door.bytes),
  sender: door.bytes,
  recipient: door.bytes,
  channelId: door.bytes,
  spin: door.optional(door.flag),
});

/**
 * Takes private header, payload and padding apart: what is between public header and footer, or what was sealed.
 * @returns views on a copy of the bytes given
 * @throws DecodeError truncated without 4 bytes; malformed if the payload is longer than what is there
 * @see IPR-PKT-008
 */
export function decodePrivatePart(bytes: Uint8Array): PrivatePart {
  const reader = new Reader(door.copy(bytes, 'bytes'));
  const sequenceNumber = reader.u16('IPR-PKT-002');
  const payloadLength = reader.u16('IPR-PKT-002');
  if (payloadLength > reader.remaining) {
    throw new DecodeError('malformed', 'IPR-PKT-008', 'the payload is longer than the packet', {
      payloadLength,
      remaining: reader.remaining,
    });
  }
  const payload = reader.take(payloadLength, 'IPR-PKT-008'); // IPR-PKT-014: perhaps none
  return { sequenceNumber, payload, padding: reader.rest() }; // IPR-PKT-009: whatever it is
}

/**
 * Writes private header, payload and padding.
 * @throws UsageError for a number that does not fit
 * @see IPR-PKT-001
 */
export function encodePrivatePart(part: PrivatePart): Uint8Array {
  const { sequenceNumber, payload, padding } = PRIVATE_PART(part, 'part');
  return concat([u16Bytes(sequenceNumber, 'IPR-PKT-001'), u16Bytes(payload.length, 'IPR-PKT-001'), payload, padding]);
}

/**
 * Takes the packet at the front of a datagram apart. Whether it is for us, and whether its sender may write there, are
 * other questions.
 * @throws DecodeError truncated, malformed; UnsupportedError for another protocol, or for encryption where the suite has none
 * @see IPR-PKT-001
 */
export function decodeInterpeerPacket(bytes: Uint8Array, network: PacketNetwork): InterpeerPacket {
  const datagram = door.copy(bytes, 'bytes');
  const { suite, protocolId = PROTOCOL_IDS[suite] } = NETWORK(network, 'network');
  if (datagram.length < PACKET_LENGTH_MIN) {
    throw new DecodeError('truncated', 'IPR-PKT-002', 'shorter than what is around a payload', { length: datagram.length });
  }
  const reader = new Reader(datagram);
  if (compare(reader.take(PROTOCOL_ID_LENGTH, 'IPR-PKT-002'), protocolId) !== 0) {
    throw new UnsupportedError('IPR-PKT-003', 'another protocol');
  }
  const sender = reader.take(PEER_ID_LENGTH, 'IPR-PKT-002');
  const recipient = reader.take(PEER_ID_LENGTH, 'IPR-PKT-002');
  const channelId = reader.take(CHANNEL_ID_LENGTH, 'IPR-PKT-002');
  const flags = reader.u16('IPR-PKT-002'); // IPR-PKT-013: the other bits are not checked
  const packetLength = reader.u16('IPR-PKT-002');
  const inside = insideOf(datagram, packetLength);
  const isEncrypted = (flags & FLAG_ENCRYPTED) !== 0;
  if (isEncrypted && suite === 'interpeer-0.1') throw new UnsupportedError('IPR-PKT-016', 'this suite has no encryption');
  const front = {
    sender,
    recipient,
    channelId,
    spin: (flags & FLAG_SPIN) !== 0,
    header: datagram.subarray(0, PUBLIC_HEADER_LENGTH),
    packetLength,
  }; // IPR-PKT-012
  // IPR-PKT-015
  return isEncrypted ? { ...front, encrypted: true, sealed: inside } : { ...front, encrypted: false, ...decodePrivatePart(inside) };
}

/** What is between the public header and the footer, once size and footer are right. */
function insideOf(datagram: Uint8Array, packetLength: number): Uint8Array {
  if (packetLength < PACKET_LENGTH_MIN)
    throw new DecodeError('malformed', 'IPR-PKT-004', 'a size without room for the headers', { packetLength });
  if (packetLength > datagram.length) {
    throw new DecodeError('truncated', 'IPR-PKT-005', 'the packet is longer than the datagram', { packetLength, length: datagram.length });
  }
  const covered = datagram.subarray(0, packetLength - FOOTER_LENGTH); // IPR-PKT-006
  const footer = datagram.subarray(covered.length, packetLength);
  if (compare(crc32c(covered), footer) !== 0) throw new DecodeError('malformed', 'IPR-PKT-007', 'damaged on the way');
  return covered.subarray(PUBLIC_HEADER_LENGTH);
}

/** What a plain packet is made of. */
export interface InterpeerPacketContent extends PacketNetwork, PacketAddress {
  /** 0 to 65,535. */
  readonly sequenceNumber: number;
  readonly payload: Uint8Array;
  /** Bytes of padding that mean nothing; none by default. */
  readonly paddingLength?: number | undefined;
  /** What the padding consists of in place of zeros, in `interpeer-1`; its length is that of the padding. */
  readonly paddingEntropy?: Uint8Array | undefined;
}

const PADDING = door.members<Pick<InterpeerPacketContent, 'suite' | 'paddingLength' | 'paddingEntropy'>>({
  suite: suiteDoor,
  paddingLength: door.optional(door.count),
  paddingEntropy: door.optional(door.bytes),
});
const CONTENT: door.Door<InterpeerPacketContent> = (input, name) => ({
  ...ADDRESS(input, name),
  ...PADDING(input, name),
  ...door.members<Pick<InterpeerPacketContent, 'sequenceNumber' | 'payload'>>({ sequenceNumber: door.number, payload: door.bytes })(
    input,
    name,
  ),
});
const SEALED: door.Door<SealedPacketContent> = (input, name) => ({
  ...ADDRESS(input, name),
  ...door.members<Pick<SealedPacketContent, 'sealedLength' | 'seal'>>({ sealedLength: door.count, seal: door.call() })(input, name),
});

/**
 * Makes padding that tells nothing: never memory that happened to be there.
 * @param input `paddingLength` of 0 bytes and more, or the bytes themselves
 * @throws UnsupportedError for bytes of one's own in `interpeer-0.1`
 * @see IPR-PKT-010
 */
export function createPadding(input: Pick<InterpeerPacketContent, 'suite' | 'paddingLength' | 'paddingEntropy'>): Uint8Array {
  const { suite, paddingLength = 0, paddingEntropy } = PADDING(input, 'input');
  if (suite === 'interpeer-1') return paddingEntropy?.slice() ?? new Uint8Array(paddingLength); // IPR-PKT-011
  if (paddingEntropy !== undefined) throw new UnsupportedError('IPR-PKT-010', 'this suite says what padding is');
  return new Uint8Array(paddingLength).fill(paddingLength % 255); // IPR-PKT-010
}

/**
 * Writes a plain packet.
 * @returns 52 bytes and those of payload and padding
 * @throws LimitError above 65,535 bytes; UnsupportedError for padding of one's own in `interpeer-0.1`; UsageError for ids of other lengths
 * @see IPR-PKT-001
 */
export function encodeInterpeerPacket(input: InterpeerPacketContent): Uint8Array {
  const content = CONTENT(input, 'input');
  const padding = createPadding(content);
  const { sequenceNumber, payload } = content;
  requireRoom(PRIVATE_HEADER_LENGTH + payload.length + padding.length);
  return encodeAround(content, 0, encodePrivatePart({ sequenceNumber, payload, padding }));
}

/** What an encrypted packet is made of. */
export interface SealedPacketContent extends PacketNetwork, PacketAddress {
  /** Bytes of the sealed part, which takes the public header as its additional data and therefore comes last. */
  readonly sealedLength: number;
  /** Makes the sealed part, given the 44 bytes of the public header. */
  readonly seal: (header: Uint8Array) => Uint8Array;
}

/**
 * Writes an encrypted packet.
 * @returns 48 bytes and those of the sealed part
 * @throws LimitError above 65,535 bytes; UnsupportedError in `interpeer-0.1`; UsageError for other lengths than announced
 * @see IPR-PKT-015
 */
export function encodeSealedPacket(input: SealedPacketContent): Uint8Array {
  const content = SEALED(input, 'input');
  if (content.suite === 'interpeer-0.1') throw new UnsupportedError('IPR-PKT-016', 'this suite has no encryption');
  requireRoom(content.sealedLength);
  const sealed = door.bytes(content.seal(encodePublicHeader(content, FLAG_ENCRYPTED, content.sealedLength)), 'sealed');
  if (sealed.length !== content.sealedLength)
    throw new UsageError('IPR-PKT-015', 'another length than announced', { length: sealed.length });
  return encodeAround(content, FLAG_ENCRYPTED, sealed);
}

function requireRoom(insideLength: number): void {
  const packetLength = PUBLIC_HEADER_LENGTH + insideLength + FOOTER_LENGTH;
  if (packetLength > PACKET_LENGTH_MAX) throw new LimitError('IPR-PKT-017', 'longer than a size can say', { packetLength });
}

/**
 * Writes the public header of a packet.
 * @param flags other than spin
 * @param insideLength bytes between the public header and the footer
 * @returns 44 bytes
 * @throws UsageError for ids of other lengths
 * @see IPR-PKT-001
 */
export function encodePublicHeader(address: PacketNetwork & PacketAddress, flags: number, insideLength: number): Uint8Array {
  const { suite, protocolId = PROTOCOL_IDS[suite], sender, recipient, channelId, spin = false } = ADDRESS(address, 'address');
  door.whole(flags, 'flags');
  door.whole(insideLength, 'insideLength');
  if (
    protocolId.length !== PROTOCOL_ID_LENGTH ||
    sender.length !== PEER_ID_LENGTH ||
    recipient.length !== PEER_ID_LENGTH ||
    channelId.length !== CHANNEL_ID_LENGTH
  ) {
    throw new UsageError('IPR-PKT-001', 'an id of another length');
  }
  const allFlags = flags | (spin ? FLAG_SPIN : 0); // IPR-PKT-012, IPR-PKT-013
  const packetLength = PUBLIC_HEADER_LENGTH + insideLength + FOOTER_LENGTH;
  // IPR-PKT-003
  return concat([protocolId, sender, recipient, channelId, u16Bytes(allFlags, 'IPR-PKT-012'), u16Bytes(packetLength, 'IPR-PKT-004')]);
}

function encodeAround(address: PacketNetwork & PacketAddress, flags: number, inside: Uint8Array): Uint8Array {
  const covered = concat([encodePublicHeader(address, flags, inside.length), inside]);
  return concat([covered, crc32c(covered)]); // IPR-PKT-007
}
