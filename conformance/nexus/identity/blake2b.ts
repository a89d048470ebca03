/** BLAKE2b without key, salt and personalization (RFC 7693), for the oracle: the reference uses another implementation. */

const MASK = (1n << 64n) - 1n;
const BLOCK_LENGTH = 128;
const IV: readonly bigint[] = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
/** The order of message words in each round, one hexadecimal digit a word. */
const SIGMA: readonly string[] = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
];

const rotate = (x: bigint, bits: bigint): bigint => ((x >> bits) | (x << (64n - bits))) & MASK;

function mix(v: bigint[], [a, b, c, d]: readonly [number, number, number, number], x: bigint, y: bigint): void {
  const at = (i: number): bigint => v[i] ?? 0n;
  v[a] = (at(a) + at(b) + x) & MASK;
  v[d] = rotate(at(d) ^ at(a), 32n);
  v[c] = (at(c) + at(d)) & MASK;
  v[b] = rotate(at(b) ^ at(c), 24n);
  v[a] = (at(a) + at(b) + y) & MASK;
  v[d] = rotate(at(d) ^ at(a), 16n);
  v[c] = (at(c) + at(d)) & MASK;
  v[b] = rotate(at(b) ^ at(c), 63n);
}

const LANES: readonly (readonly [number, number, number, number])[] = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

function compress(h: bigint[], block: Uint8Array, counted: number, isLast: boolean): void {
  const view = new DataView(block.buffer, block.byteOffset, BLOCK_LENGTH);
  const words = Array.from({ length: 16 }, (_, i) => view.getBigUint64(8 * i, true));
  const v = [...h, ...IV];
  v[12] = (v[12] ?? 0n) ^ BigInt(counted);
  if (isLast) v[14] = (v[14] ?? 0n) ^ MASK;
  for (let round = 0; round < 12; round++) {
    const order = [...(SIGMA[round % 10] ?? '')].map((digit) => Number.parseInt(digit, 16));
    LANES.forEach((lane, i) => {
      mix(v, lane, words[order[2 * i] ?? 0] ?? 0n, words[order[2 * i + 1] ?? 0] ?? 0n);
    });
  }
  for (let i = 0; i < 8; i++) h[i] = (h[i] ?? 0n) ^ (v[i] ?? 0n) ^ (v[i + 8] ?? 0n);
}

/** The digest of some bytes. @param length of the digest, 1 to 64 bytes */
export function blake2b(data: Uint8Array, length: number): Uint8Array {
  const h = [...IV];
  h[0] = (h[0] ?? 0n) ^ 0x01010000n ^ BigInt(length);
  const blockCount = Math.max(1, Math.ceil(data.length / BLOCK_LENGTH));
  for (let i = 0; i < blockCount; i++) {
    const block = new Uint8Array(BLOCK_LENGTH);
    block.set(data.subarray(i * BLOCK_LENGTH, (i + 1) * BLOCK_LENGTH));
    compress(h, block, Math.min(data.length, (i + 1) * BLOCK_LENGTH), i === blockCount - 1);
  }
  const out = new DataView(new ArrayBuffer(64));
  h.forEach((word, i) => {
    out.setBigUint64(8 * i, word, true);
  });
  return new Uint8Array(out.buffer).slice(0, length);
}
