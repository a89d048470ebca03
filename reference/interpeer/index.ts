/** What is public of Interpeer: packets, messages, cookies. */
export * from './constants.ts';
export { crc32, crc32c } from './crc.ts';
export { VARINT_MAX, decodeVarint, encodeVarint } from './varint.ts';
export type { Varint } from './varint.ts';
export { joinChannelId, splitChannelId } from './channel-id.ts';
export type { ChannelHalves, HalfOrder, HalfOrderInput } from './channel-id.ts';
export { createPadding, decodeInterpeerPacket, decodePrivatePart, encodeInterpeerPacket, encodePrivatePart, encodePublicHeader, encodeSealedPacket } from './packet.ts';
export type { InterpeerPacket, InterpeerPacketContent, PacketAddress, PacketNetwork, PrivatePart, SealedPacketContent } from './packet.ts';
export { MESSAGE_TYPES, decodeMessages, encodeMessages } from './messages.ts';
export type { InterpeerMessage, MessageType } from './messages.ts';
export { checkCookie, makeCookie } from './cookies.ts';
export type { CookieInput, CookieRole } from './cookies.ts';
