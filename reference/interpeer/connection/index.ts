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
export { KEYED_CHANNEL_COUNT_MAX, KEY_GRACE_MS, PACKET_WINDOW_SIZE, PacketKeys } from './packet-keys.ts';
export type { AgreedKeys, KeyUse, OpenedContent, PacketKeysOptions } from './packet-keys.ts';
export { OFFER_COUNT_MAX, decodeKeyOffer, encodeKeyOffer } from './key-offer.ts';
export type { KeyOffer, NamedKeyOffer } from './key-offer.ts';
export { HANDSHAKE_KINDS, demandsEncryption } from './policy.ts';
export type { ConnectionPolicy, HandshakeKind } from './policy.ts';
export { handshakeEntropyLength } from './handshakes.ts';
export type { ConnectionIdentity } from './handshakes.ts';
export { Connection, HELD_BYTES_MAX } from './connection.ts';
export { CONNECTION_RESET_MS } from './peer-liveness.ts';
export { OFFER_PACKET_LENGTH } from './connection-packets.ts';
export type { ConnectionEvent, ConnectionOptions, SendInput } from './connection-types.ts';
