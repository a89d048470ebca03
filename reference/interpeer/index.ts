/** What is public of Interpeer: packets, messages, cookies, connections. */
export * from './constants.ts';
export { crc32, crc32c } from './crc.ts';
export { VARINT_MAX, decodeVarint, encodeVarint } from './varint.ts';
export type { Varint } from './varint.ts';
export { joinChannelId, splitChannelId } from './channel-id.ts';
export type { ChannelHalves, HalfOrder, HalfOrderInput } from './channel-id.ts';
export {
  createPadding,
  decodeInterpeerPacket,
  decodePrivatePart,
  encodeInterpeerPacket,
  encodePrivatePart,
  encodePublicHeader,
  encodeSealedPacket,
} from './packet.ts';
export type { InterpeerPacket, InterpeerPacketContent, PacketAddress, PacketNetwork, PrivatePart, SealedPacketContent } from './packet.ts';
export { MESSAGE_TYPES, decodeMessages, encodeMessages } from './messages.ts';
export type { InterpeerMessage, MessageType } from './messages.ts';
export { checkCookie, makeCookie } from './cookies.ts';
export type { CookieInput, CookieRole } from './cookies.ts';
export * from './data-index.ts';
export {
  COUNTER_LENGTH,
  COUNTER_MAX,
  PACKET_KEY_LENGTH,
  SEALED_TAG_LENGTH,
  derivePacketKey,
  openPart,
  sealPart,
  sealedPartLength,
} from './encryption.ts';
export type { OpenPartInput, OpenedPart, SealPartInput } from './encryption.ts';
export { KEY_GRACE_MS, PACKET_WINDOW_SIZE, PacketKeys } from './packet-keys.ts';
export type { AgreedKeys, KeyUse, OpenedContent } from './packet-keys.ts';
export { OFFER_COUNT_MAX, decodeKeyOffer, encodeKeyOffer } from './key-offer.ts';
export type { KeyOffer, NamedKeyOffer } from './key-offer.ts';
export { HANDSHAKE_KINDS, demandsEncryption } from './policy.ts';
export type { ConnectionPolicy, HandshakeKind } from './policy.ts';
export { handshakeEntropyLength } from './handshakes.ts';
export type { ConnectionIdentity } from './handshakes.ts';
export { CONNECTION_RESET_MS, Connection, HELD_BYTES_MAX } from './connection.ts';
export { OFFER_PACKET_LENGTH } from './connection-packets.ts';
export type { ConnectionEvent, ConnectionOptions, ConnectionOutput, WrapInput } from './connection-types.ts';
export { connectionSessions, packetKeysSessions } from './connection-sessions.ts';
export * from './establishment-constants.ts';
export { Establishment, decodeEstablishmentMessage, encodeEstablishmentTransmit } from './establishment.ts';
export type {
  EstablishmentCount,
  EstablishmentEvent,
  EstablishmentInput,
  EstablishmentOptions,
  EstablishmentTransmit,
  ProposalInput,
} from './establishment.ts';
export type { EstablishedChannel, EstablishmentLimits, EstablishmentRole } from './establishment-table.ts';
export { establishmentSessions } from './establishment-sessions.ts';
