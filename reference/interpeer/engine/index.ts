export { InterpeerEngine } from './engine.ts';
export { ENGINE_PEER_COUNT } from './engine-peers.ts';
export type { EngineEvent, EngineTransmit, EntropySource, InterpeerEngineOptions, OpenOptions, PeerOptions } from './engine-events.ts';
