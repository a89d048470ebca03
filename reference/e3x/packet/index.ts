export { HEAD_LENGTH_MAX, JSON_HEAD_LENGTH_MIN, LENGTH_LENGTH, decodePacket, decodePacketParts, encodePacket, isPacket } from './packet.ts';
export type { Packet, PacketContent, PacketParts } from './packet.ts';
