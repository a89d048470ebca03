/** What is public of Interpeer: packets, messages, cookies, connections. */
export * from './constants.ts';
export { crc32, crc32c } from './packet/crc.ts';
export { VARINT_MAX, decodeVarint, encodeVarint } from './packet/varint.ts';
export type { Varint } from './packet/varint.ts';
export { joinChannelId, splitChannelId } from './packet/channel-id.ts';
export type { ChannelHalves, HalfOrder, HalfOrderInput } from './packet/channel-id.ts';
export {
  createPadding,
  decodeInterpeerPacket,
  decodePrivatePart,
  encodeInterpeerPacket,
  encodePrivatePart,
  encodePublicHeader,
  encodeSealedPacket,
} from './packet/packet.ts';
export type {
  InterpeerPacket,
  InterpeerPacketContent,
  PacketAddress,
  PacketNetwork,
  PrivatePart,
  SealedPacketContent,
} from './packet/packet.ts';
export { MESSAGE_TYPES, decodeMessages, encodeMessages } from './message/messages.ts';
export type { InterpeerMessage, MessageType } from './message/messages.ts';
export { checkCookie, makeCookie } from './cookie/cookies.ts';
export type { CookieInput, CookieRole } from './cookie/cookies.ts';
export * from './data/data-index.ts';
export {
  COUNTER_LENGTH,
  COUNTER_MAX,
  PACKET_KEY_LENGTH,
  SEALED_TAG_LENGTH,
  derivePacketKey,
  openPart,
  sealPart,
  sealedPartLength,
} from './connection/encryption.ts';
export type { OpenPartInput, OpenedPart, SealPartInput } from './connection/encryption.ts';
export { KEY_GRACE_MS, PACKET_WINDOW_SIZE, PacketKeys } from './connection/packet-keys.ts';
export type { AgreedKeys, KeyUse, OpenedContent } from './connection/packet-keys.ts';
export { OFFER_COUNT_MAX, decodeKeyOffer, encodeKeyOffer } from './connection/key-offer.ts';
export type { KeyOffer, NamedKeyOffer } from './connection/key-offer.ts';
export { HANDSHAKE_KINDS, demandsEncryption } from './connection/policy.ts';
export type { ConnectionPolicy, HandshakeKind } from './connection/policy.ts';
export { handshakeEntropyLength } from './connection/handshakes.ts';
export type { ConnectionIdentity } from './connection/handshakes.ts';
export { CONNECTION_RESET_MS, Connection, HELD_BYTES_MAX } from './connection/connection.ts';
export { OFFER_PACKET_LENGTH } from './connection/connection-packets.ts';
export type { ConnectionEvent, ConnectionOptions, SendInput } from './connection/connection-types.ts';
export * from './establishment/establishment-constants.ts';
export { Establishment, decodeEstablishmentMessage, encodeEstablishmentTransmit } from './establishment/establishment.ts';
export type {
  EstablishmentCount,
  EstablishmentEvent,
  EstablishmentInput,
  EstablishmentOptions,
  EstablishmentTransmit,
  ProposalInput,
} from './establishment/establishment.ts';
export type { EstablishedChannel, EstablishmentLimits, EstablishmentRole } from './establishment/establishment-table.ts';
