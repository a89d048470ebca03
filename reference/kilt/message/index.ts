export { BODY_TYPES, checkMessage } from './message.ts';
