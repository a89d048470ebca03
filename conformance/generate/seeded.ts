/** Deterministic bytes for generated vectors: SHA-256 of seed, label and counter. Same seed, same bytes, everywhere. */
import { seededBytes as bytesOf } from '../contract/notation.ts';

export { VECTOR_SEED } from '../contract/notation.ts';

/** Bytes by which a seed is recognised in a longer value. */
export const SEED_PREFIX_LENGTH = 16;
const labels = new Map<string, string>();

/** `length` bytes that depend only on the label. The label is remembered, so that `vectors/` can say it in place of the bytes. */
export function seededBytes(label: string, length: number): Uint8Array {
  const bytes = bytesOf(label, length);
  if (length >= SEED_PREFIX_LENGTH) labels.set(Buffer.from(bytes.subarray(0, SEED_PREFIX_LENGTH)).toString('hex'), label);
  return bytes;
}

/** The label of the bytes that begin like this, if they were asked for. @param prefix hex of `SEED_PREFIX_LENGTH` bytes */
export function labelOf(prefix: string): string | undefined {
  return labels.get(prefix);
}
