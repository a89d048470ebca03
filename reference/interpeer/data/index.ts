export { CLOSE_ABORTED, CLOSE_CONFIRMED, CLOSE_FINISHED, CLOSE_LOSS, DUPLICATE_WINDOW, LINGER_MS } from './constants.ts';
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
