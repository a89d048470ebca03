export { MESSAGE_MEMBERS, encodeMessage } from './message-json.ts';
export { BODY_TYPES, checkMessage } from './message.ts';
