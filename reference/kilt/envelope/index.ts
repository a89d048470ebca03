export * from './constants.ts';
export { openEnvelope, sealEnvelope } from './envelope.ts';
export type { Envelope, LocalKey, OpenEnvelopeInput, SealEnvelopeInput } from './envelope.ts';
export { EnvelopeEndpoint, PEER_COUNT_MAX } from './envelope-endpoint.ts';
export type { EndpointSealInput, EnvelopeEndpointOptions } from './envelope-endpoint.ts';
export { MESSAGE_MEMBERS, encodeMessage } from './message-json.ts';
export { readEnvelope, writeEnvelope } from './envelope-json.ts';
export { packEnvelope, unpackEnvelope } from './envelope-codec.ts';
