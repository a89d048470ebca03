/**
 * The reference engine of Bottlepost: readable, sans-IO, without a clock, sockets or randomness of its own.
 * Everything public is exported here and nowhere else. Bytes are plain Uint8Arrays: hand in `Uint8Array.from(buffer)` for a
 * Buffer of Node's, whose slice() shares memory where a Uint8Array's copies.
 */
export {
  AuthenticationError,
  DecodeError,
  EncodeError,
  ExpiredError,
  LimitError,
  MismatchError,
  ProtocolError,
  ReplayError,
  StateError,
  UnknownError,
  UnsupportedError,
  UsageError,
} from './kernel/errors.ts';
export type { ErrorValues, RejectClass } from './kernel/errors.ts';
export { compare, concat, fromHex, toHex } from './kernel/bytes.ts';
export { JSON_DEPTH_MAX, JsonError, readJsonObject, writeJson } from './kernel/json.ts';
export type { JsonErrorClass, JsonObject, JsonValue } from './kernel/json.ts';

export * from './e3x/constants.ts';
export { CHUNK_LIMITS, TRANSPORTS, transportOf } from './e3x/transports.ts';
export type { AckMode, ChunkLimits, Transport, TransportName } from './e3x/transports.ts';
export { decodePacket, decodePacketParts, encodePacket, isPacket } from './e3x/packet.ts';
export type { Packet, PacketContent, PacketParts } from './e3x/packet.ts';
export { joinChunks, splitChunks } from './e3x/chunking.ts';
export { ChunkEndpoint } from './e3x/chunk-endpoint.ts';
export type { ChunkEndpointOptions, ChunkEvent, ChunkTransmit } from './e3x/chunk-endpoint.ts';
export type { DiscardClass } from './e3x/chunk-receiver.ts';
export { applyCloak, drawCloakNonces, removeCloak } from './e3x/cloaking.ts';
export type { Uncloaked } from './e3x/cloaking.ts';
export { CloakPath } from './e3x/cloak-path.ts';
export type { CloakPathEvent, CloakPathOptions } from './e3x/cloak-path.ts';
export * from './e3x/sessions.ts';
export { decodeBase32, encodeBase32 } from './e3x/base32.ts';
export { decodeBase64url, encodeBase64url } from './e3x/base64url.ts';
export { deriveHashname, deriveIntermediates, parseHashname } from './e3x/hashname.ts';
export type { CsidMap } from './e3x/hashname.ts';
export { deriveToken } from './e3x/token.ts';
export { decodeJwe, decodeJws, encodeJwe, encodeJws } from './e3x/jose.ts';

export { noblePrimitives } from './primitives/noble.ts';
export type { Primitives, SecretInput } from './primitives/primitives.ts';
export { CIPHER_SETS, cipherSetOf } from './e3x/cipher-sets.ts';
export type {
  BodyOpener,
  BodySealer,
  ChannelKeys,
  CipherSet,
  EphemeralSecrets,
  OpenParties,
  OpenedMessage,
  SealContent,
  SealParties,
} from './e3x/cipher-set.ts';
export { selectCsid } from './e3x/selection.ts';
export type { CsidSelection } from './e3x/selection.ts';
export { cs1a } from './e3x/cs1a.ts';
export { cs2a } from './e3x/cs2a.ts';
export { cs3a } from './e3x/cs3a.ts';
export { createMessageOpener, createMessageSealer, openMessage, sealMessage } from './e3x/messages.ts';
export type {
  MessageOpener,
  MessageOpenerInput,
  MessageSealer,
  MessageSealerInput,
  OpenMessageInput,
  SealMessageInput,
  SealedMessage,
} from './e3x/messages.ts';
export {
  createChannelOpener,
  createChannelSealer,
  deriveChannelKeys,
  openChannelPacket,
  sealChannelPacket,
} from './e3x/channel-packets.ts';
export type {
  ChannelOpener,
  ChannelOpenerInput,
  ChannelSealer,
  ChannelSealerInput,
  DeriveChannelKeysInput,
  OpenChannelPacketInput,
  OpenedChannelPacket,
  SealChannelPacketInput,
} from './e3x/channel-packets.ts';

export * from './e3x/channel-constants.ts';
export { decodeMiss, encodeMiss } from './e3x/miss.ts';
export type { Missing } from './e3x/miss.ts';
export { deriveQuota } from './e3x/channel-head.ts';
export type { ChannelMembers, InnerContent } from './e3x/channel-head.ts';
export { Channel } from './e3x/channel.ts';
export type { ChannelEvent, ChannelOptions, ChannelSend, ChannelState } from './e3x/channel.ts';
export * from './kilt/index.ts';
export { deriveOrder } from './e3x/order.ts';
export type { Order } from './e3x/order.ts';
export { AT_MAX, decodeHandshake, encodeHandshake, encodeLinkHandshake } from './e3x/handshake.ts';
export type { Handshake, HandshakeContent, LinkHandshake, ReadHandshakeInput } from './e3x/handshake.ts';
export { ChannelCounter } from './e3x/channel-counter.ts';
export type { ChannelCounterInput } from './e3x/channel-counter.ts';
export { CHANNEL_COUNT, CHANNEL_ID_MAX, ChannelTable, SKIPPED_COUNT, readChannelHead } from './e3x/channel-table.ts';
export type { ChannelHead, ChannelOrder, ChannelTableEvent, ChannelTableLimits, ChannelTableOptions } from './e3x/channel-table.ts';
export { EXCHANGE_PACKET_BYTES, Exchange, MAC_FAILURE_COUNT } from './e3x/exchange.ts';
export type { ExchangeEvent, ExchangeLimits, ExchangeOptions } from './e3x/exchange.ts';
export { COMPRESSION_MAX, INFLATED_LENGTH_MAX, decodeCompressed, encodeCompressed, negotiateCompression } from './e3x/compression.ts';
export type { CompressedContent } from './e3x/compression.ts';
export { TokenTable } from './e3x/token-table.ts';
export { BOX_ID_COUNT_MAX, validateChannelPacket } from './e3x/channel-types.ts';
export type { ChannelPacket, ChannelPacketInput, ChannelRole } from './e3x/channel-types.ts';
export { deriveChatIds, validateChatMessage, verifyChatId } from './e3x/chat-messages.ts';
export type { ChatMessageType, ChatRelation } from './e3x/chat-messages.ts';
export { deriveBoxId, deriveBoxMessageId } from './e3x/boxes.ts';
export { decodeThtp, encodeThtp } from './e3x/thtp.ts';
export type { HttpMessage } from './e3x/thtp.ts';
export { STREAM_VALUE_BYTES, StreamReceiver } from './e3x/stream-receiver.ts';
export type { StreamEvent } from './e3x/stream-receiver.ts';
export { BLOCK_BYTES, BlockReceiver } from './e3x/block-receiver.ts';
export type { BlockEvent } from './e3x/block-receiver.ts';
export { siphash24 } from './primitives/siphash.ts';
export { ROUTE_COUNT, ROUTE_MS, Router } from './e3x/router.ts';
export type { RouterEvent, RouterLimits } from './e3x/router.ts';
export * from './interpeer/index.ts';
