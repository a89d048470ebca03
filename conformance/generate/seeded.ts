/** Deterministic bytes for generated vectors: SHA-256 of seed, label and counter. Same seed, same bytes, everywhere. */
import { createHash } from 'node:crypto';

export const VECTOR_SEED = 'bottlepost-vectors-1';

/** `length` bytes that depend only on the seed and the label. */
export function seededBytes(label: string, length: number, seed: string = VECTOR_SEED): Uint8Array {
  const out = new Uint8Array(length);
  for (let offset = 0, counter = 0; offset < length; offset += 32, counter++) {
    out.set(
      createHash('sha256')
        .update(`${seed}|${label}|${String(counter)}`)
        .digest()
        .subarray(0, Math.min(32, length - offset)),
      offset,
    );
  }
  return out;
}
