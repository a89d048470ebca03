export { decodePacket, decodePacketParts, encodePacket, isPacket } from './packet.ts';
export type { Packet, PacketContent, PacketParts } from './packet.ts';
