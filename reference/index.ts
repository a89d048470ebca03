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
export { Endpoint, drain } from './kernel/endpoint.ts';
export { JSON_DEPTH_MAX, JsonError, readJsonObject, writeJson } from './kernel/json.ts';
export type { JsonErrorClass, JsonObject, JsonValue } from './kernel/json.ts';

export * from './e3x/constants.ts';
export { CHUNK_LIMITS, TRANSPORTS, transportOf } from './e3x/chunk/transports.ts';
export type { AckMode, ChunkLimits, Transport, TransportName } from './e3x/chunk/transports.ts';
export { decodePacket, decodePacketParts, encodePacket, isPacket } from './e3x/packet/packet.ts';
export type { Packet, PacketContent, PacketParts } from './e3x/packet/packet.ts';
export { joinChunks, splitChunks } from './e3x/chunk/chunking.ts';
export { ChunkEndpoint } from './e3x/chunk/chunk-endpoint.ts';
export type { ChunkEndpointOptions, ChunkEvent, ChunkTransmit } from './e3x/chunk/chunk-endpoint.ts';
export type { DiscardClass } from './e3x/chunk/chunk-receiver.ts';
export { applyCloak, drawCloakNonces, removeCloak } from './e3x/cloak/cloaking.ts';
export type { Uncloaked } from './e3x/cloak/cloaking.ts';
export { CloakPath } from './e3x/cloak/cloak-path.ts';
export type { CloakPathEvent, CloakPathOptions } from './e3x/cloak/cloak-path.ts';
export { decodeBase32, encodeBase32 } from './e3x/hashname/base32.ts';
export { decodeBase64url, encodeBase64url } from './e3x/jose/base64url.ts';
export { deriveHashname, deriveIntermediates, parseHashname } from './e3x/hashname/hashname.ts';
export type { CsidMap } from './e3x/hashname/hashname.ts';
export { deriveToken } from './e3x/token/token.ts';
export { decodeJwe, decodeJws, encodeJwe, encodeJws } from './e3x/jose/jose.ts';

export { noblePrimitives } from './primitives/noble.ts';
export type { Primitives, SecretInput } from './primitives/primitives.ts';
export { CIPHER_SETS, cipherSetOf } from './e3x/message/cipher-sets.ts';
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
} from './e3x/message/cipher-set.ts';
export { selectCsid } from './e3x/exchange/selection.ts';
export type { CsidSelection } from './e3x/exchange/selection.ts';
export { cs1a } from './e3x/message/cs1a.ts';
export { cs2a } from './e3x/message/cs2a.ts';
export { cs3a } from './e3x/message/cs3a.ts';
export { createMessageOpener, createMessageSealer, openMessage, sealMessage } from './e3x/message/messages.ts';
export type {
  MessageOpener,
  MessageOpenerInput,
  MessageSealer,
  MessageSealerInput,
  OpenMessageInput,
  SealMessageInput,
  SealedMessage,
} from './e3x/message/messages.ts';
export {
  createChannelOpener,
  createChannelSealer,
  deriveChannelKeys,
  openChannelPacket,
  sealChannelPacket,
} from './e3x/message/channel-packets.ts';
export type {
  ChannelOpener,
  ChannelOpenerInput,
  ChannelSealer,
  ChannelSealerInput,
  DeriveChannelKeysInput,
  OpenChannelPacketInput,
  OpenedChannelPacket,
  SealChannelPacketInput,
} from './e3x/message/channel-packets.ts';

export * from './e3x/channel/channel-constants.ts';
export { decodeMiss, encodeMiss } from './e3x/channel/miss.ts';
export type { Missing } from './e3x/channel/miss.ts';
export { deriveQuota } from './e3x/channel/channel-head.ts';
export type { ChannelMembers, InnerContent } from './e3x/channel/channel-head.ts';
export { Channel } from './e3x/channel/channel.ts';
export type { ChannelEvent, ChannelOptions, ChannelSend, ChannelState } from './e3x/channel/channel.ts';
export * from './kilt/index.ts';
export { deriveOrder } from './e3x/exchange/order.ts';
export type { Order } from './e3x/exchange/order.ts';
export { AT_MAX, decodeHandshake, encodeHandshake, encodeLinkHandshake } from './e3x/exchange/handshake.ts';
export type { Handshake, HandshakeContent, LinkHandshake, ReadHandshakeInput } from './e3x/exchange/handshake.ts';
export { ChannelCounter } from './e3x/message/channel-counter.ts';
export type { ChannelCounterInput } from './e3x/message/channel-counter.ts';
export { CHANNEL_COUNT, CHANNEL_ID_MAX, ChannelTable, SKIPPED_COUNT, readChannelHead } from './e3x/channel-table/channel-table.ts';
export type {
  ChannelHead,
  ChannelOrder,
  ChannelTableEvent,
  ChannelTableLimits,
  ChannelTableOptions,
} from './e3x/channel-table/channel-table.ts';
export { EXCHANGE_PACKET_BYTES, Exchange, MAC_FAILURE_COUNT } from './e3x/exchange/exchange.ts';
export type { ExchangeEvent, ExchangeLimits, ExchangeOptions } from './e3x/exchange/exchange.ts';
export {
  COMPRESSION_MAX,
  INFLATED_LENGTH_MAX,
  decodeCompressed,
  encodeCompressed,
  negotiateCompression,
} from './e3x/compression/compression.ts';
export type { CompressedContent } from './e3x/compression/compression.ts';
export { TokenTable } from './e3x/exchange/token-table.ts';
export { BOX_ID_COUNT_MAX, validateChannelPacket } from './e3x/channel-type/channel-types.ts';
export type { ChannelPacket, ChannelPacketInput, ChannelRole } from './e3x/channel-type/channel-types.ts';
export { deriveChatIds, validateChatMessage, verifyChatId } from './e3x/channel-type/chat-messages.ts';
export type { ChatMessageType, ChatRelation } from './e3x/channel-type/chat-messages.ts';
export { deriveBoxId, deriveBoxMessageId } from './e3x/channel-type/boxes.ts';
export { decodeThtp, encodeThtp } from './e3x/channel-type/thtp.ts';
export type { HttpMessage } from './e3x/channel-type/thtp.ts';
export { STREAM_VALUE_BYTES, StreamReceiver } from './e3x/channel-type/stream-receiver.ts';
export type { StreamEvent } from './e3x/channel-type/stream-receiver.ts';
export { BLOCK_BYTES, BlockReceiver } from './e3x/channel-type/block-receiver.ts';
export type { BlockEvent } from './e3x/channel-type/block-receiver.ts';
export { siphash24 } from './primitives/siphash.ts';
export { ROUTE_COUNT, ROUTE_MS, Router } from './e3x/router/router.ts';
export type { RouterEvent, RouterLimits } from './e3x/router/router.ts';
export * from './interpeer/index.ts';
