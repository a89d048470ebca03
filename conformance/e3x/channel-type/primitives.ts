/**
 * The oracle's primitive of channel types, SipHash-2-4, written from the paper (Aumasson and Bernstein, section 2) and apart
 * from the reference's. No library of the bench's own has it; a test compares it with libsodium.
 */
import { bytesOf, type Primitives } from '../../oracle/primitives.ts';

const WORD = 0xffff_ffff_ffff_ffffn;
const rotated = (word: bigint, by: bigint): bigint => ((word << by) | (word >> (64n - by))) & WORD;

/** A little-endian word of 64 bits; bytes beyond the end are 0. */
function wordAt(bytes: Uint8Array, offset: number): bigint {
  let word = 0n;
  for (let i = 7; i >= 0; i--) word = (word << 8n) | BigInt(bytes[offset + i] ?? 0);
  return word;
}

type State = [bigint, bigint, bigint, bigint];
function round([a, b, c, d]: State): State {
  a = (a + b) & WORD;
  c = (c + d) & WORD;
  b = rotated(b, 13n) ^ a;
  d = rotated(d, 16n) ^ c;
  a = rotated(a, 32n);
  c = (c + b) & WORD;
  a = (a + d) & WORD;
  b = rotated(b, 17n) ^ c;
  d = rotated(d, 21n) ^ a;
  c = rotated(c, 32n);
  return [a, b, c, d];
}

function siphash(key: Uint8Array, data: Uint8Array): Uint8Array {
  const [k0, k1] = [wordAt(key, 0), wordAt(key, 8)];
  let v: State = [k0 ^ 0x736f6d6570736575n, k1 ^ 0x646f72616e646f6dn, k0 ^ 0x6c7967656e657261n, k1 ^ 0x7465646279746573n];
  const whole = data.length - (data.length % 8);
  for (let offset = 0; offset <= whole; offset += 8) {
    // The last word has what is left over, and the length in its highest byte.
    const word = offset < whole ? wordAt(data, offset) : wordAt(data, whole) | (BigInt(data.length & 0xff) << 56n);
    v[3] ^= word;
    v = round(round(v));
    v[0] ^= word;
  }
  v[2] ^= 0xffn;
  v = round(round(round(round(v))));
  const digest = new Uint8Array(8);
  new DataView(digest.buffer).setBigUint64(0, v[0] ^ v[1] ^ v[2] ^ v[3], true);
  return digest;
}

/** The primitives of channel types that a model may name. */
export const CHANNEL_TYPE_PRIMITIVES: Primitives = {
  siphash: (a) => {
    const key = bytesOf(a, 'key');
    if (key.length !== 16) throw new Error(`a key of SipHash has 16 bytes, not ${String(key.length)}`);
    return siphash(key, bytesOf(a, 'data'));
  },
};
