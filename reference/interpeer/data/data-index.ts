/** What is public of data on channels. */
export { CLOSE_ABORTED, CLOSE_CONFIRMED, CLOSE_FINISHED, CLOSE_LOSS, DUPLICATE_WINDOW, LINGER_MS } from './data-constants.ts';
export { DataChannel } from './data-channel.ts';
export type { DataChannelOptions, DataEvent, DataState } from './data-channel.ts';
export {
  MTU_DEFAULT,
  MTU_MAX,
  MTU_MIN,
  PADDING_ENTROPY_LENGTH,
  PADDING_RANDOM_MAX,
  PAYLOAD_BYTES_DEFAULT,
  bundleMessages,
  bundleWrites,
  derivePaddingLength,
  payloadBytesOf,
} from './bundle.ts';
export type { ChannelPayload } from './bundle.ts';
export { dataSessions, engineSessions } from './data-sessions.ts';
export { InterpeerEngine } from '../engine/engine.ts';
export { ENGINE_PEER_COUNT } from '../engine/engine-peers.ts';
export type {
  EngineEvent,
  EngineTransmit,
  EntropySource,
  InterpeerEngineOptions,
  OpenOptions,
  PeerOptions,
} from '../engine/engine-events.ts';
