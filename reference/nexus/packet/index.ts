export { DUPLICATE_ENTRY_COUNT, DuplicateFilter } from './duplicate-filter.ts';
export type { NewPacketEvent } from './duplicate-filter.ts';
export { decodeNexusPacket, deriveNexusPacketId, encodeNexusPacket, raiseHops } from './packet.ts';
export type { DestinationType, NexusPacket, NexusPacketType } from './packet.ts';
