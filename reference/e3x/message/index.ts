export { CIPHER_SETS, cipherSetOf } from './cipher-sets.ts';
export type {
  BodyOpener,
  BodySealer,
  ChannelKeys,
  CipherSet,
  EphemeralSecrets,
  OpenParties,
  OpenedMessage,
  SealContent,
  SealParties,
} from './cipher-set.ts';
export { cs1a } from './cs1a.ts';
export { cs2a } from './cs2a.ts';
export { cs3a } from './cs3a.ts';
export { createMessageOpener, createMessageSealer, openMessage, sealMessage } from './messages.ts';
export type {
  MessageOpener,
  MessageOpenerInput,
  MessageSealer,
  MessageSealerInput,
  OpenMessageInput,
  SealMessageInput,
  SealedMessage,
} from './messages.ts';
export { createChannelOpener, createChannelSealer, deriveChannelKeys, openChannelPacket, sealChannelPacket } from './channel-packets.ts';
export type {
  ChannelOpener,
  ChannelOpenerInput,
  ChannelSealer,
  ChannelSealerInput,
  DeriveChannelKeysInput,
  OpenChannelPacketInput,
  OpenedChannelPacket,
  SealChannelPacketInput,
} from './channel-packets.ts';
export { ChannelCounter } from './channel-counter.ts';
export type { ChannelCounterInput } from './channel-counter.ts';
export { deriveMessageIdentity } from './message-identity.ts';
export type { MessageIdentityInput } from './message-identity.ts';
export { MESSAGE_MEMORY_ENTRY_COUNT, MessageMemory } from './message-memory.ts';
export type { MessageAcceptedEvent, MessageMemoryCheck, MessageMemoryOptions } from './message-memory.ts';
