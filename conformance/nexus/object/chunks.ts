/** The cases of chunks: trees of every small number of chunks, each fault of a path, and the records that fetch them. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import { CHUNK_LENGTH, counted, leafOf, little, nodeOf, rootOf } from './made.ts';

const HASH = toHex(seededBytes('nexus-object-hash', 32));
const other = (length: number): string => toHex(seededBytes('nexus-chunk', length));
/** A content of some chunks, each of one byte. */
const striped = (count: number, last = CHUNK_LENGTH): Uint8Array =>
  Uint8Array.from({ length: CHUNK_LENGTH * (count - 1) + last }, (_, i) => 1 + Math.floor(i / CHUNK_LENGTH));

type Add = (operation: string, name: string, title: string, params: JsonObject, about: string, rejects?: string, base?: JsonObject) => void;

export function chunkCases(oracle: Oracle, batch: Batch): void {
  const add: Add = (operation, name, title, params, about, rejects, base) =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation,
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, ...(base === undefined ? {} : { base }) }),
    });
  hashCases(add);
  rootCases(add);
  pathCases(add);
  verifyCases(oracle, add);
  largeCases(add);
  getCases(batch);
  requestCases(batch, add);
  bodyCases(oracle, batch, add);
}

function hashCases(add: Add): void {
  for (const length of [0, 1, 63, 64, 65, 1023, 1024, 1025, 2048, 2049, 3072, 3073, 4095, 4096])
    add('nexus.merkle.leaf', `of-${String(length)}`, `${String(length)} bytes`, { chunk: toHex(counted(length)) }, 'NXS-MRK-002');
  add('nexus.merkle.leaf', 'of-4097', '4,097 bytes', { chunk: toHex(counted(4097)) }, 'NXS-MRK-001', 'malformed', {
    chunk: toHex(counted(4096)),
  });
  const node = (name: string, title: string, left: string, right: string, rejects?: string): void =>
    add('nexus.merkle.node', name, title, { left, right }, 'NXS-MRK-003', rejects, { left: HASH, right: HASH });
  node('two', 'a node over two hashes', HASH, other(32));
  node('turned', 'a node over the same two in the other order', other(32), HASH);
  node('alike', 'a node over one hash twice', HASH, HASH);
  for (const length of [0, 31, 33, 64]) {
    node(`left-of-${String(length)}`, `a left of ${String(length)} bytes`, other(length), HASH, 'malformed');
    node(`right-of-${String(length)}`, `a right of ${String(length)} bytes`, HASH, other(length), 'malformed');
  }
  node('shifted', 'a byte of the left in the right', HASH.slice(0, -2), `${HASH.slice(-2)}${HASH}`, 'malformed');
}

function rootCases(add: Add): void {
  const root = (name: string, title: string, content: Uint8Array, about: string): void =>
    add('nexus.merkle.root', name, title, { content: toHex(content) }, about);
  root('empty', 'no bytes', new Uint8Array(0), 'NXS-MRK-005');
  root('10000', 'the 10,000 bytes of the known answers', counted(10_000), 'NXS-MRK-004');
  root('hello', 'the five bytes of the known answers', Uint8Array.from(Buffer.from('hello')), 'NXS-MRK-004');
  for (const length of [1, 4095, 4096, 4097, 8191, 8192, 8193])
    root(`of-${String(length)}`, `${String(length)} bytes`, counted(length), 'NXS-MRK-001');
  for (const count of [3, 4, 5, 6, 7, 8, 9]) root(`chunks-${String(count)}`, `${String(count)} chunks`, striped(count), 'NXS-MRK-004');
  root('alike', 'three equal chunks', new Uint8Array(3 * CHUNK_LENGTH).fill(7), 'NXS-MRK-002');
}

function pathCases(add: Add): void {
  const base = { content: toHex(counted(10_000)), index: 2 };
  for (const count of [1, 2, 3, 5])
    for (let index = 0; index < count; index++)
      add(
        'nexus.merkle.path',
        `${String(index)}-of-${String(count)}`,
        `chunk ${String(index)} of ${String(count)}`,
        { content: toHex(striped(count, 9)), index },
        'NXS-MRK-006',
      );
  for (const index of [3, 256, 4_294_967_295])
    add(
      'nexus.merkle.path',
      `beyond-${String(index)}`,
      `chunk ${String(index)} of 3`,
      { ...base, index },
      'NXS-MRK-007',
      'malformed',
      base,
    );
  add('nexus.merkle.path', 'of-nothing', 'the first chunk of no bytes', { content: '', index: 0 }, 'NXS-MRK-007', 'malformed', base);
}

/** The trees over 2^n equal chunks of zeros, by n: their two halves are one. */
const ZERO = new Uint8Array(CHUNK_LENGTH);
const evenTrees: Uint8Array[] = [leafOf(ZERO)];
function evenTree(levels: number): Uint8Array {
  for (let n = evenTrees.length; n <= levels; n++) {
    const half = evenTrees[n - 1] ?? leafOf(ZERO);
    evenTrees.push(nodeOf(half, half));
  }
  return evenTrees[levels] ?? leafOf(ZERO);
}

/** How a chunk of zeros proves itself in a content of zeros, however large that is: no content is ever made. */
function zeroProof(size: number, index: number): JsonObject {
  const chunkLengthOf = (i: number): number => Math.min(CHUNK_LENGTH, size - i * CHUNK_LENGTH);
  /** The root over some chunks from a first one on; only the tree that ends with the last chunk is not even. */
  const treeOf = (first: number, count: number): Uint8Array => {
    if (count === 1) return leafOf(ZERO.slice(0, chunkLengthOf(first)));
    const left = 2 ** Math.floor(Math.log2(count - 1));
    const isEven = 2 * left === count && chunkLengthOf(first + count - 1) === CHUNK_LENGTH;
    return isEven ? evenTree(Math.log2(count)) : nodeOf(evenTree(Math.log2(left)), treeOf(first + left, count - left));
  };
  const pathTo = (first: number, count: number): Uint8Array[] => {
    if (count === 1) return [];
    const left = 2 ** Math.floor(Math.log2(count - 1));
    return index < first + left
      ? [...pathTo(first, left), treeOf(first + left, count - left)]
      : [...pathTo(first + left, count - left), evenTree(Math.log2(left))];
  };
  const count = Math.ceil(size / CHUNK_LENGTH);
  return {
    merkleRoot: toHex(treeOf(0, count)),
    size,
    index,
    path: pathTo(0, count).map(toHex),
    chunk: toHex(ZERO.slice(0, chunkLengthOf(index))),
  };
}

/** Sizes that need more than 16 bits for their chunks, or more than 31 for their bytes. */
function largeCases(add: Add): void {
  const verify = (name: string, title: string, params: JsonObject, base: JsonObject, about: string, rejects?: string): void =>
    add('nexus.merkle.verify', name, title, params, about, rejects, base);
  const chunks = 65_536;
  for (const [size, index] of [
    [chunks * CHUNK_LENGTH, 0],
    [chunks * CHUNK_LENGTH, chunks - 1],
    [chunks * CHUNK_LENGTH + 1, 0],
    [chunks * CHUNK_LENGTH + 1, chunks - 1],
    [chunks * CHUNK_LENGTH + 1, chunks],
    [(chunks + 2) * CHUNK_LENGTH, chunks + 1],
    [(2 * chunks + 1) * CHUNK_LENGTH, 0],
    [(2 * chunks + 1) * CHUNK_LENGTH, 2 * chunks],
  ] as const) {
    const title = `chunk ${String(index)} of ${String(Math.ceil(size / CHUNK_LENGTH))}`;
    verify(`${String(index)}-in-${String(size)}`, title, zeroProof(size, index), {}, 'NXS-MRK-004');
  }
  for (const size of [2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - CHUNK_LENGTH, 2 ** 32 - 1]) {
    const last = Math.ceil(size / CHUNK_LENGTH) - 1;
    for (const index of [0, Math.floor(last / 2), last]) {
      const title = `chunk ${String(index)} of a content of ${String(size)} bytes`;
      verify(`${String(index)}-in-${String(size)}`, title, zeroProof(size, index), {}, 'NXS-MRK-007');
    }
    const right = zeroProof(size, last);
    const of = `a content of ${String(size)} bytes`;
    verify(`beyond-${String(size)}`, `a chunk after the last of ${of}`, { ...right, index: last + 1 }, right, 'NXS-MRK-007', 'malformed');
    const long = { ...right, chunk: `${String(right['chunk'])}00`.slice(0, 2 * CHUNK_LENGTH) };
    const short = { ...right, chunk: String(right['chunk']).slice(2) };
    if (long.chunk !== right['chunk'])
      verify(`long-${String(size)}`, `a long last chunk of ${of}`, long, right, 'NXS-MRK-007', 'malformed');
    verify(`short-${String(size)}`, `a short last chunk of ${of}`, short, right, 'NXS-MRK-007', 'malformed');
  }
}

function verifyCases(oracle: Oracle, add: Add): void {
  const verify = (name: string, title: string, params: JsonObject, base: JsonObject, about: string, rejects?: string): void =>
    add('nexus.merkle.verify', name, title, params, about, rejects, base);
  const proofOf = (count: number, index: number, last = 9): JsonObject & { path: string[]; chunk: string } => {
    const content = striped(count, last);
    const { path, chunk } = resultOf(oracle, 'nexus.merkle.path', { content: toHex(content), index });
    return { merkleRoot: rootOf(content), size: content.length, index, path: path as string[], chunk: String(chunk) };
  };
  for (const [count, index] of [
    [1, 0],
    [2, 0],
    [2, 1],
    [3, 0],
    [3, 1],
    [3, 2],
    [5, 3],
    [5, 4],
    [7, 4],
    [7, 6],
  ] as const)
    verify(`${String(index)}-of-${String(count)}`, `chunk ${String(index)} of ${String(count)}`, proofOf(count, index), {}, 'NXS-MRK-006');
  const right = proofOf(5, 1);
  const refuse = (name: string, title: string, changes: JsonObject, about: string, rejects: string): void =>
    verify(name, title, { ...right, ...changes }, right, about, rejects);
  const [first = '', second = '', third = ''] = right.path;
  refuse('other-chunk', 'another byte in the chunk', { chunk: `03${right.chunk.slice(2)}` }, 'NXS-MRK-006', 'mismatch');
  refuse('other-last-byte', 'another last byte in the chunk', { chunk: `${right.chunk.slice(0, -2)}03` }, 'NXS-MRK-006', 'mismatch');
  refuse('other-root', 'another root', { merkleRoot: HASH }, 'NXS-MRK-006', 'mismatch');
  refuse('other-index', 'as another chunk', { index: 0 }, 'NXS-MRK-006', 'mismatch');
  refuse('path-turned', 'the path from the root downwards', { path: [third, second, first] }, 'NXS-MRK-006', 'mismatch');
  refuse('other-sibling', 'another hash in the path', { path: [HASH, second, third] }, 'NXS-MRK-006', 'mismatch');
  refuse('other-top', 'another hash at the top', { path: [first, second, HASH] }, 'NXS-MRK-006', 'mismatch');
  refuse('path-of-2', 'a hash too few', { path: [first, second] }, 'NXS-MRK-007', 'malformed');
  refuse('path-of-4', 'a hash too many', { path: [first, second, third, HASH] }, 'NXS-MRK-007', 'malformed');
  refuse('path-of-none', 'no path', { path: [] }, 'NXS-MRK-007', 'malformed');
  refuse('hash-of-31', 'a hash of 31 bytes', { path: [first.slice(2), second, third] }, 'NXS-MRK-007', 'malformed');
  refuse('index-5', 'a chunk beyond the content', { index: 5 }, 'NXS-MRK-007', 'malformed');
  refuse('short-chunk', 'a chunk that is a byte short', { chunk: right.chunk.slice(2) }, 'NXS-MRK-007', 'malformed');
  refuse('long-chunk', 'a chunk that is a byte too long', { chunk: `${right.chunk}02` }, 'NXS-MRK-007', 'malformed');
  const last = proofOf(5, 4);
  verify('last-short', 'a last chunk that is a byte short', { ...last, chunk: last.chunk.slice(2) }, last, 'NXS-MRK-007', 'malformed');
  verify('last-long', 'a last chunk that is a byte too long', { ...last, chunk: `${last.chunk}05` }, last, 'NXS-MRK-007', 'malformed');
  verify(
    'last-full',
    'a last chunk of 4,096 bytes',
    { ...last, chunk: `${last.chunk}${'05'.repeat(4087)}` },
    last,
    'NXS-MRK-007',
    'malformed',
  );
  const whole = proofOf(2, 1, CHUNK_LENGTH);
  verify('whole-last', 'a last chunk of 4,096 bytes that is one', whole, {}, 'NXS-MRK-007');
  verify('empty', 'a chunk of an empty content', { ...whole, size: 0, index: 0, path: [], chunk: '' }, whole, 'NXS-MRK-007', 'malformed');
  const node = proofOf(4, 0);
  verify(
    'node-as-leaf',
    'two leaves as if they were the content',
    { ...node, size: 64, index: 0, path: [], chunk: `${node.path[0] ?? ''}${HASH}` },
    node,
    'NXS-MRK-006',
    'mismatch',
  );
}

function getCases(batch: Batch): void {
  const read = readsOf(batch, 'nexus.get.read', 'body', HASH);
  read('hash', 'a hash', HASH, 'NXS-XFR-001');
  for (const length of [0, 1, 31]) read(`of-${String(length)}`, `${String(length)} bytes`, other(length), 'NXS-XFR-001', 'truncated');
  read('of-33', '33 bytes', other(33), 'NXS-XFR-001', 'trailing');
}

function requestCases(batch: Batch, add: Add): void {
  const base = { hash: HASH, indices: [1] };
  const write = (name: string, title: string, indices: readonly number[], about: string, rejects?: string): void =>
    add('nexus.chunks.request', name, title, { hash: HASH, indices: [...indices] }, about, rejects, base);
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  write('one', 'one chunk', [1], 'NXS-XFR-002');
  write('some', 'some chunks', [0, 255, 256, 65_536, 4_294_967_295], 'NXS-XFR-002');
  write('64', '64 chunks', upTo(64), 'NXS-XFR-004');
  write('none', 'no chunk', [], 'NXS-XFR-004', 'malformed');
  write('65', '65 chunks', upTo(65), 'NXS-XFR-004', 'malformed');
  write('falling', 'indices that fall', [2, 1], 'NXS-XFR-005', 'non-canonical');
  write('twice', 'an index twice', [1, 1], 'NXS-XFR-005', 'non-canonical');
  write('negative', 'a negative index', [-1, 1], 'NXS-XFR-002', 'malformed');
  write('beyond-u32', 'an index of 2^32', [1, 4_294_967_296], 'NXS-XFR-002', 'malformed');
  for (const length of [0, 31, 33])
    add(
      'nexus.chunks.request',
      `hash-of-${String(length)}`,
      `a hash of ${String(length)} bytes`,
      { ...base, hash: other(length) },
      'NXS-XFR-002',
      'malformed',
      base,
    );
  const body = (count: number, indices: readonly number[]): string =>
    `${HASH}${little(count, 2)}${indices.map((index) => little(index, 4)).join('')}`;
  const read = readsOf(batch, 'nexus.chunks.requested', 'body', body(1, [1]));
  read('one', 'one chunk', body(1, [1]), 'NXS-XFR-002');
  read('some', 'some chunks', body(4, [0, 255, 256, 4_294_967_295]), 'NXS-XFR-002');
  read('64', '64 chunks', body(64, upTo(64)), 'NXS-XFR-004');
  read('none', 'no chunk', body(0, []), 'NXS-XFR-004', 'malformed');
  read('65', '65 chunks', body(65, upTo(65)), 'NXS-XFR-004', 'malformed');
  read('256', '256 chunks', body(256, upTo(256)), 'NXS-XFR-004', 'malformed');
  read('count-of-u32', 'the count in 4 bytes', `${HASH}${little(1, 4)}${little(1, 4)}`, 'NXS-XFR-003', 'trailing');
  read('falling', 'indices that fall', body(2, [2, 1]), 'NXS-XFR-005', 'non-canonical');
  read('falling-last-byte', 'indices that fall in the last byte', body(2, [0x0200_0000, 0x0100_0001]), 'NXS-XFR-005', 'non-canonical');
  read('twice', 'an index twice', body(2, [1, 1]), 'NXS-XFR-005', 'non-canonical');
  for (const cut of [0, 31, 32, 33])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, body(1, [1]).slice(0, 2 * cut), 'NXS-XFR-003', 'truncated');
  for (const cut of [34, 37])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, body(1, [1]).slice(0, 2 * cut), 'NXS-XFR-003', 'truncated');
  read('second-missing', 'a second index that is missing', body(2, [1]), 'NXS-XFR-003', 'truncated');
  read('a-byte-more', 'a byte after the last index', `${body(1, [1])}00`, 'NXS-XFR-003', 'trailing');
  read('an-index-more', 'an index more than announced', body(1, [1, 2]), 'NXS-XFR-003', 'trailing');
}

function bodyCases(oracle: Oracle, batch: Batch, add: Add): void {
  const path = [HASH, other(32)];
  const base: JsonObject = { hash: HASH, index: 258, path, chunk: other(5) };
  const write = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    add('nexus.chunks.write', name, title, { ...base, ...changes }, about, rejects, base);
  const hashes = (count: number): string[] => Array.from({ length: count }, (_, i) => toHex(seededBytes(`nexus-path-${String(i)}`, 32)));
  write('two-hashes', 'a path of two hashes', {}, 'NXS-XFR-006');
  write('no-path', 'the only chunk of a content', { index: 0, path: [] }, 'NXS-XFR-006');
  write('index', 'the highest index', { index: 4_294_967_295 }, 'NXS-XFR-006');
  write('20-hashes', 'a path of 20 hashes', { path: hashes(20) }, 'NXS-XFR-008');
  for (const length of [1, 255, 256, 4096])
    write(`chunk-of-${String(length)}`, `${String(length)} bytes`, { chunk: other(length) }, 'NXS-XFR-008');
  write('21-hashes', 'a path of 21 hashes', { path: hashes(21) }, 'NXS-XFR-008', 'malformed');
  for (const length of [0, 4097])
    write(`chunk-of-${String(length)}`, `${String(length)} bytes`, { chunk: other(length) }, 'NXS-XFR-008', 'malformed');
  for (const length of [31, 33]) {
    write(`hash-of-${String(length)}`, `a hash of ${String(length)} bytes`, { hash: other(length) }, 'NXS-XFR-006', 'malformed');
    write(
      `sibling-of-${String(length)}`,
      `a hash of ${String(length)} bytes in the path`,
      { path: [HASH, other(length)] },
      'NXS-XFR-006',
      'malformed',
    );
  }
  const right = String(resultOf(oracle, 'nexus.chunks.write', base)['body']);
  const read = readsOf(batch, 'nexus.chunks.read', 'body', right);
  const front = `${HASH}${little(258, 4)}`;
  read('two-hashes', 'a path of two hashes', right, 'NXS-XFR-006');
  read('no-path', 'no path', `${HASH}${little(0, 4)}000100ab`, 'NXS-XFR-006');
  read('20-hashes', 'a path of 20 hashes', `${front}14${hashes(20).join('')}0100ab`, 'NXS-XFR-008');
  read('4096', 'a chunk of 4,096 bytes', `${front}000010${'ab'.repeat(4096)}`, 'NXS-XFR-008');
  for (const count of ['15', 'ff'])
    read(
      `path-of-${count}`,
      `a path of ${String(Number.parseInt(count, 16))} hashes`,
      `${front}${count}${hashes(Number.parseInt(count, 16)).join('')}0100ab`,
      'NXS-XFR-008',
      'malformed',
    );
  read('chunk-of-0', 'a chunk of no bytes', `${front}000000`, 'NXS-XFR-008', 'malformed');
  read('chunk-of-4097', 'a chunk of 4,097 bytes', `${front}000110${'ab'.repeat(4097)}`, 'NXS-XFR-008', 'malformed');
  for (const cut of [0, 31, 32, 35, 36, 37, 68, 100, 101, 102, 103, 107])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-XFR-007', 'truncated');
  read('a-byte-more', 'a byte after the chunk', `${right}00`, 'NXS-XFR-007', 'trailing');
}
