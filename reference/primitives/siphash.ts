/**
 * SipHash-2-4 (Aumasson, Bernstein: SipHash, a fast short-input PRF): a short digest of short inputs under a key.
 *
 * Four words of 64 bits are stirred, two rounds for every 8 bytes of the message and four at its end. The last word of
 * the message holds what is left of it, and the number of its bytes, modulo 256, in its last byte.
 */
import * as door from '../kernel/door.ts';
import { UsageError } from '../kernel/errors.ts';

/** Bytes of a key. */
export const SIPHASH_KEY_LENGTH = 16;

const MASK = 0xffffffffffffffffn;
/** Section 2.1: "somepseudorandomlygeneratedbytes". */
const INITIAL = [0x736f6d6570736575n, 0x646f72616e646f6dn, 0x6c7967656e657261n, 0x7465646279746573n] as const;

function rotated(word: bigint, count: bigint): bigint {
  return ((word << count) | (word >> (64n - count))) & MASK;
}

/** Bytes as an integer, the least significant first; those that are missing are zero. */
function wordOf(bytes: Uint8Array): bigint {
  let word = 0n;
  bytes.forEach((byte, index) => {
    word |= BigInt(byte) << BigInt(8 * index);
  });
  return word;
}

type State = [bigint, bigint, bigint, bigint];

/** Section 2.4, figure 2.1. */
function round([v0, v1, v2, v3]: State): State {
  const a = (v0 + v1) & MASK;
  const b = rotated(v1, 13n) ^ a;
  const c = (v2 + v3) & MASK;
  const d = rotated(v3, 16n) ^ c;
  const e = (rotated(a, 32n) + d) & MASK;
  const f = rotated(d, 21n) ^ e;
  const g = (c + b) & MASK;
  const h = rotated(b, 17n) ^ g;
  return [e, h, rotated(g, 32n), f];
}

/**
 * Digests a message under a key.
 * @param key 16 bytes
 * @param message any number of bytes
 * @returns 8 bytes, the least significant first
 * @throws UsageError for a key of another length
 */
export function siphash24(key: Uint8Array, message: Uint8Array): Uint8Array {
  door.bytes(message, 'message');
  if (door.bytes(key, 'key').length !== SIPHASH_KEY_LENGTH) throw new UsageError('SipHash', 'a key has 16 bytes', { length: key.length });
  const k0 = wordOf(key.subarray(0, 8));
  const k1 = wordOf(key.subarray(8));
  let state: State = [k0 ^ INITIAL[0], k1 ^ INITIAL[1], k0 ^ INITIAL[2], k1 ^ INITIAL[3]];
  const absorb = (word: bigint): void => {
    state[3] ^= word;
    state = round(round(state));
    state[0] ^= word;
  };
  const wholeLength = message.length - (message.length % 8);
  for (let offset = 0; offset < wholeLength; offset += 8) absorb(wordOf(message.subarray(offset, offset + 8)));
  absorb(wordOf(message.subarray(wholeLength)) | (BigInt(message.length & 0xff) << 56n));
  state[2] ^= 0xffn;
  for (let count = 0; count < 4; count++) state = round(state);
  const digest = state[0] ^ state[1] ^ state[2] ^ state[3];
  return Uint8Array.from({ length: 8 }, (_, index) => Number((digest >> BigInt(8 * index)) & 0xffn));
}
