export {
  COMPRESSION_MAX,
  INFLATED_LENGTH_MAX,
  PAYLOAD_LENGTH_MAX,
  decodeCompressed,
  encodeCompressed,
  negotiateCompression,
} from './compression.ts';
export type { CompressedContent } from './compression.ts';
