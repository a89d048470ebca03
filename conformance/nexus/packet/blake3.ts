/** BLAKE3, as a hash, a keyed hash and a key derivation, for the oracle: the reference uses another implementation. */

const CHUNK_LENGTH = 1024;
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
const FLAGS = { start: 1, end: 2, parent: 4, root: 8, keyed: 16, deriveContext: 32, deriveMaterial: 64 } as const;

/** The key of a mode, and the flag that it sets everywhere. */
interface Mode {
  readonly key: readonly number[];
  readonly flag: number;
}
/** The last compression of a subtree, which differs at the root. */
interface Node {
  readonly chaining: readonly number[];
  readonly block: Uint8Array;
  readonly length: number;
  readonly counter: number;
  readonly flags: number;
}

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

function compress({ chaining, block, length, counter, flags }: Node): number[] {
  const view = new DataView(block.buffer, block.byteOffset, BLOCK_LENGTH);
  let words = Array.from({ length: 16 }, (_, i) => view.getUint32(4 * i, true));
  const v = Uint32Array.from([...chaining, ...IV.slice(0, 4), counter, 0, length, flags]);
  for (let round = 0; round < 7; round++) {
    LANES.forEach((lane, i) => {
      mix(v, lane, words[2 * i] ?? 0, words[2 * i + 1] ?? 0);
    });
    words = PERMUTATION.map((from) => words[from] ?? 0);
  }
  return Array.from({ length: 8 }, (_, i) => ((v[i] ?? 0) ^ (v[i + 8] ?? 0)) >>> 0);
}

function bytesOf(words: readonly number[]): Uint8Array {
  const out = new DataView(new ArrayBuffer(4 * words.length));
  words.forEach((word, i) => {
    out.setUint32(4 * i, word, true);
  });
  return new Uint8Array(out.buffer);
}

function chunkNode(data: Uint8Array, counter: number, { key, flag }: Mode): Node {
  const blockCount = Math.max(1, Math.ceil(data.length / BLOCK_LENGTH));
  let chaining = key;
  for (let i = 0; ; i++) {
    const part = data.subarray(i * BLOCK_LENGTH, (i + 1) * BLOCK_LENGTH);
    const block = new Uint8Array(BLOCK_LENGTH);
    block.set(part);
    const isLast = i === blockCount - 1;
    const flags = flag | (i === 0 ? FLAGS.start : 0) | (isLast ? FLAGS.end : 0);
    const node = { chaining, block, length: part.length, counter, flags };
    if (isLast) return node;
    chaining = compress(node);
  }
}

/** The tree over some chunks, of which the first has a number. */
function treeNode(data: Uint8Array, counter: number, mode: Mode): Node {
  if (data.length <= CHUNK_LENGTH) return chunkNode(data, counter, mode);
  let left = CHUNK_LENGTH;
  while (2 * left < data.length) left *= 2;
  const block = bytesOf([
    ...compress(treeNode(data.subarray(0, left), counter, mode)),
    ...compress(treeNode(data.subarray(left), counter + left / CHUNK_LENGTH, mode)),
  ]);
  return { chaining: mode.key, block, length: BLOCK_LENGTH, counter: 0, flags: mode.flag | FLAGS.parent };
}
function digest(data: Uint8Array, mode: Mode): number[] {
  const node = treeNode(data, 0, mode);
  return compress({ ...node, flags: node.flags | FLAGS.root });
}

/** The words of 32 bytes. */
function wordsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i, true));
}

/**
 * The digest of some bytes.
 * @param context of a key derivation, whose input key the bytes are
 * @returns 32 bytes
 */
export function blake3(data: Uint8Array, context?: Uint8Array): Uint8Array {
  const mode =
    context === undefined
      ? { key: IV, flag: 0 }
      : { key: digest(context, { key: IV, flag: FLAGS.deriveContext }), flag: FLAGS.deriveMaterial };
  return bytesOf(digest(data, mode));
}

/**
 * The keyed digest of some bytes.
 * @param key 32 bytes
 * @returns 32 bytes
 */
export function blake3Keyed(data: Uint8Array, key: Uint8Array): Uint8Array {
  return bytesOf(digest(data, { key: wordsOf(key), flag: FLAGS.keyed }));
}

/** What is known of a subtree that was forgotten: its chaining value, 32 bytes. */
export function blake3Subtree(data: Uint8Array): Uint8Array {
  return bytesOf(compress(treeNode(data, 0, { key: IV, flag: 0 })));
}

/**
 * The digest of bytes of which only the left subtree's chaining value is known, and the rest.
 * @param left as `blake3Subtree` gives it, of a power of two of 1,024 bytes that is more than half of all
 * @param leftLength bytes under it
 * @param right the bytes after it
 */
export function blake3FromSubtree(left: Uint8Array, leftLength: number, right: Uint8Array): Uint8Array {
  const mode = { key: IV, flag: 0 };
  const block = bytesOf([...wordsOf(left), ...compress(treeNode(right, leftLength / CHUNK_LENGTH, mode))]);
  const top: Node = { chaining: IV, block, length: BLOCK_LENGTH, counter: 0, flags: FLAGS.parent | FLAGS.root };
  return bytesOf(compress(top));
}
