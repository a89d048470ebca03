export * from './constants.ts';
export { MESSAGE_TYPES, decodeMessages, encodeMessages } from './messages.ts';
export type { InterpeerMessage, MessageType } from './messages.ts';
