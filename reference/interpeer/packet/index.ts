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
