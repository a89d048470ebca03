export * from './constants.ts';
export { decodeMiss, encodeMiss } from './miss.ts';
export type { Missing } from './miss.ts';
export { deriveQuota } from './channel-head.ts';
export type { ChannelMembers, InnerContent } from './channel-head.ts';
export { Channel } from './channel.ts';
export type { ChannelEvent, ChannelOptions, ChannelSend, ChannelState } from './channel.ts';
