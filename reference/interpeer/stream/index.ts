export { PacketStream } from './packet-stream.ts';
export type { PacketStreamEvent, PacketStreamOptions } from './packet-stream.ts';
