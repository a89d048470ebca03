export { CHUNK_LIMITS, READ_LENGTH_MAX, TRANSPORTS, transportOf } from './transports.ts';
export type { AckMode, ChunkLimits, Transport, TransportName } from './transports.ts';
export { FRAGMENT_LENGTH_MAX, FRAME_LENGTH_MIN, joinChunks, splitChunks } from './chunking.ts';
export { ChunkEndpoint, LINK_MAX } from './chunk-endpoint.ts';
export type { ChunkEndpointOptions, ChunkEvent, ChunkTransmit } from './chunk-endpoint.ts';
export type { DiscardClass } from './chunk-receiver.ts';
