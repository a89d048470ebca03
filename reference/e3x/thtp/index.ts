export { THTP_MESSAGE_BYTES, ThtpReceiver, cutThtp } from './thtp-messages.ts';
export type { ThtpEvent, ThtpReceiverOptions } from './thtp-messages.ts';
