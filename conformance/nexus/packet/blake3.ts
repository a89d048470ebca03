/** BLAKE3 of up to 1,024 bytes, which are a single chunk, for the oracle: the reference uses another implementation. */

const CHUNK_LENGTH_MAX = 1024;
const BLOCK_LENGTH = 64;
const IV: readonly number[] = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
const PERMUTATION: readonly number[] = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
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
const [START, END, ROOT] = [1, 2, 8];

const rotate = (x: number, bits: number): number => ((x >>> bits) | (x << (32 - bits))) >>> 0;

function mix(v: Uint32Array, [a, b, c, d]: readonly [number, number, number, number], x: number, y: number): void {
  const at = (i: number): number => v[i] ?? 0;
  v[a] = at(a) + at(b) + x;
  v[d] = rotate(at(d) ^ at(a), 16);
  v[c] = at(c) + at(d);
  v[b] = rotate(at(b) ^ at(c), 12);
  v[a] = at(a) + at(b) + y;
  v[d] = rotate(at(d) ^ at(a), 8);
  v[c] = at(c) + at(d);
  v[b] = rotate(at(b) ^ at(c), 7);
}

function compress(chaining: readonly number[], block: Uint8Array, length: number, flags: number): number[] {
  const view = new DataView(block.buffer, block.byteOffset, BLOCK_LENGTH);
  let words = Array.from({ length: 16 }, (_, i) => view.getUint32(4 * i, true));
  const v = Uint32Array.from([...chaining, ...IV.slice(0, 4), 0, 0, length, flags]);
  for (let round = 0; round < 7; round++) {
    LANES.forEach((lane, i) => {
      mix(v, lane, words[2 * i] ?? 0, words[2 * i + 1] ?? 0);
    });
    words = PERMUTATION.map((from) => words[from] ?? 0);
  }
  return Array.from({ length: 8 }, (_, i) => ((v[i] ?? 0) ^ (v[i + 8] ?? 0)) >>> 0);
}

/** The digest of at most 1,024 bytes, 32 bytes. @throws Error for more */
export function blake3(data: Uint8Array): Uint8Array {
  if (data.length > CHUNK_LENGTH_MAX) throw new Error('more than one chunk');
  const blockCount = Math.max(1, Math.ceil(data.length / BLOCK_LENGTH));
  let chaining: readonly number[] = IV;
  for (let i = 0; i < blockCount; i++) {
    const block = new Uint8Array(BLOCK_LENGTH);
    const part = data.subarray(i * BLOCK_LENGTH, (i + 1) * BLOCK_LENGTH);
    block.set(part);
    const flags = (i === 0 ? START : 0) | (i === blockCount - 1 ? END | ROOT : 0);
    chaining = compress(chaining, block, part.length, flags);
  }
  const out = new DataView(new ArrayBuffer(32));
  chaining.forEach((word, i) => {
    out.setUint32(4 * i, word, true);
  });
  return new Uint8Array(out.buffer);
}
