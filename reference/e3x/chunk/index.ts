export { CHUNK_LIMITS, READ_LENGTH_MAX, TRANSPORTS, transportOf } from './transports.ts';
export type { AckMode, ChunkLimits, Transport, TransportName } from './transports.ts';
export { joinChunks, splitChunks } from './chunking.ts';
export { ChunkEndpoint } from './chunk-endpoint.ts';
export type { ChunkEndpointOptions, ChunkEvent, ChunkTransmit } from './chunk-endpoint.ts';
export type { DiscardClass } from './chunk-receiver.ts';
