/** The cases of payloads in DEFLATE (z 2). */
import { deflateRawSync } from 'node:zlib';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { packetOfJson } from '../packet/build.ts';
import { back, ENCODE, type Read, type Refuse } from './cases.ts';

export function deflated(oracle: Oracle, batch: Batch, read: Read, refuse: Refuse, write: Read): void {
  const packet = packetOfJson({ c: 1, type: 'x' }, toHex(seededBytes('deflated', 90)));
  const even = packetOfJson({ c: 2, seq: 1 }, '00'.repeat(300));
  const raw = (hex: string, options: object): string => toHex(Uint8Array.from(deflateRawSync(fromHex(hex), options)));
  const stored = (last: boolean, hex: string): string => {
    const length = hex.length / 2;
    const two = (n: number): string => toHex(Uint8Array.of(n & 0xff, n >> 8));
    return `${last ? '01' : '00'}${two(length)}${two(length ^ 0xffff)}${hex}`;
  };
  // Bytes that a version of zlib writes may change with it, so each is committed as input and none as an answer.
  read('stored', 'one stored block', 2, stored(true, packet), 'E3X-CMP-014');
  read('stored-in-two', 'two stored blocks', 2, stored(false, packet.slice(0, 40)) + stored(true, packet.slice(40)), 'E3X-CMP-014');
  read('stored-with-empty', 'an empty stored block between', 2, stored(false, packet) + stored(true, ''), 'E3X-CMP-014');
  read('fixed', 'a block under the fixed code', 2, raw(packet, { strategy: 4 }), 'E3X-CMP-014');
  read('fixed-repeats', 'repeats under the fixed code', 2, raw(even, { strategy: 4 }), 'E3X-CMP-014');
  read(
    'dynamic',
    'blocks under codes of their own',
    2,
    raw(
      packetOfJson(
        { c: 1, text: 'the quick brown fox jumps over the lazy dog, the quick brown fox '.repeat(9) },
        toHex(seededBytes('dynamic', 40).map((b) => b & 15)),
      ),
      { level: 9 },
    ),
    'E3X-CMP-014',
  );
  read('huffman-only', 'without repeats', 2, raw(even, { strategy: 2 }), 'E3X-CMP-014');
  for (const [name, inner] of [
    ['smallest', packetOfJson({ c: 1 })],
    ['packet', packet],
    ['zeros', even],
    ['1400', packetOfJson({ c: 3, seq: 2 }, toHex(seededBytes('deflate-1400', 1380)))],
  ] as const)
    write(name, `as DEFLATE, in any right encoding: ${name}`, 2, inner, 'E3X-CMP-014');
  const longest = packetOfJson({ c: 1, type: 'x' }, '00'.repeat(65_536 - 2 - 18));
  if (longest.length !== 2 * 65_536) throw new Error(`the longest packet has ${String(longest.length / 2)} bytes`);
  read('expands-to-the-bound', 'expands to exactly 65,536 bytes', 2, raw(longest, { level: 9 }), 'E3X-CMP-017');
  write('longest', 'the longest packet that may be encoded', 2, longest, 'E3X-CMP-017');
  refuse('expands-beyond', 'expands to 65,537 bytes', 2, raw(`${longest}00`, { level: 9 }), 'E3X-CMP-017', 'limit');
  refuse(
    'expands-far-beyond',
    'expands to a million bytes',
    2,
    raw(longest + '00'.repeat(1_000_000), { level: 9 }),
    'E3X-CMP-017',
    'limit',
  );
  batch.add({
    name: 'z2/too-long',
    title: 'a packet of 65,537 bytes',
    kind: 'limit',
    operation: ENCODE,
    params: { z: 2, inner: `${longest}00` },
    about: 'E3X-CMP-017',
    rejects: 'limit',
  });
  const fixed = raw(packet, { strategy: 4 });
  for (const [name, payload] of [
    ['empty', ''],
    ['header-alone', '01'],
    ['stored-length-cut', '010100'],
    ['stored-cut', stored(true, packet).slice(0, -2)],
    ['fixed-cut', fixed.slice(0, -4)],
    ['first-block-alone', stored(false, packet)],
  ] as const)
    refuse(name, `the stream ends early: ${name}`, 2, payload, 'E3X-CMP-015', 'truncated');
  for (const [name, payload] of [
    ['stored', `${stored(true, packet)}00`],
    ['fixed', `${fixed}00`],
    ['another-stream', stored(true, packet) + stored(true, packet)],
    ['many', `${fixed}0102030405`],
  ] as const)
    refuse(`behind-${name}`, `bytes after the last block: ${name}`, 2, payload, 'E3X-CMP-016', 'trailing');
  for (const [name, payload] of [
    ['block-type-three', '07'],
    ['stored-check', '0102000000aabb'],
    ['zlib-wrapped', `789c${fixed}`],
    ['gzip-wrapped', `1f8b0800000000000003${fixed}`],
    ['length-286', fixedBlock(packet, [0xc6, 8], [0, 5])],
    ['length-287', fixedBlock(packet, [0xc7, 8], [0, 5])],
    ['distance-30', fixedBlock(packet, [1, 7], [30, 5])],
    ['distance-31', fixedBlock(packet, [1, 7], [31, 5])],
    ['distance-too-far', fixedBlock(packet, [1, 7], [29, 5], [0, 13])],
    ['distance-before-anything', fixedBlock('', [1, 7], [0, 5])],
  ] as const)
    refuse(`no-deflate-${name}`, `not a DEFLATE stream: ${name}`, 2, payload, 'E3X-CMP-014');
  read('fixed-by-hand', 'a block under the fixed code, written by hand', 2, fixedBlock(packet), 'E3X-CMP-014');
  read('fixed-by-hand-repeat', 'a repeat of three bytes, written by hand', 2, fixedBlock(packet, [1, 7], [0, 5]), 'E3X-CMP-014');
  everyCode(packet, read);
  // Code sets that a reader must not take: over-subscribed, with gaps, without an end, a repeat of nothing.
  for (const [name, payload] of [
    [
      'too-many-code-lengths',
      bits(true, 2, [
        [30, 5],
        [0, 5],
        [0, 4],
      ]),
    ],
    [
      'too-many-distances',
      bits(true, 2, [
        [0, 5],
        [30, 5],
        [0, 4],
      ]),
    ],
    [
      'over-subscribed',
      bits(true, 2, [
        [0, 5],
        [0, 5],
        [0, 4],
        [1, 3],
        [1, 3],
        [1, 3],
        [0, 3],
      ]),
    ],
    [
      'with-gaps',
      bits(true, 2, [
        [0, 5],
        [0, 5],
        [0, 4],
        [2, 3],
        [0, 3],
        [0, 3],
        [0, 3],
      ]),
    ],
    [
      'repeats-nothing',
      bits(true, 2, [
        [0, 5],
        [0, 5],
        [0, 4],
        [1, 3],
        [1, 3],
        [0, 3],
        [0, 3],
        [0, 1],
      ]),
    ],
  ] as const)
    refuse(`codes-${name}`, `a set of codes: ${name}`, 2, `${payload}0000000000`, 'E3X-CMP-014');
  for (const [name, inner] of [
    ['no-id', packetOfJson({ type: 'x' })],
    ['no-head', '0000aa'],
    ['no-packet', '00'],
  ] as const)
    refuse(`inside-${name}`, `the content is not a channel packet: ${name}`, 2, stored(true, inner), 'E3X-CMP-003');
  back(oracle, batch, 2, 'packet', packet, { c: 1, type: 'x' }, toHex(seededBytes('deflated', 90)));
}

/** RFC 1951, 3.2.5: bits that follow each code of a length, from 257 on, and of a distance. */
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0] as const;
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13] as const;
/** Bytes of the pattern that distances are told apart by, and how often it is repeated: more than the greatest distance. */
const PATTERN_LENGTH = 258;
const PATTERN_COUNT = 128;
type Code = readonly [value: number, bits: number];

/** Every code of a length and of a distance, each with the least and the greatest of its extra bits. */
function everyCode(packet: string, read: Read): void {
  const extra = (value: number, count: number): Code => [
    Array.from({ length: count }, (_, i) => (value >> i) & 1).reduce((reversed, bit) => 2 * reversed + bit, 0),
    count,
  ];
  const length = (code: number, value: number): Code[] => [
    code < 23 ? [code + 1, 7] : [0xc0 + code - 23, 8],
    extra(value, LENGTH_BITS[code] ?? 0),
  ];
  const distance = (code: number, value: number): Code[] => [[code, 5], extra(value, DISTANCE_BITS[code] ?? 0)];
  const both = (bits: number): number[] => (bits === 0 ? [0] : [0, 2 ** bits - 1]);
  const lengths = LENGTH_BITS.flatMap((count, code) => both(count).flatMap((value) => [...length(code, value), ...distance(4, 0)]));
  read(
    'every-length',
    'every code of a length, with the least and the greatest extra bits',
    2,
    fixedBlock(packet, ...lengths),
    'E3X-CMP-014',
  );
  const pattern = toHex(seededBytes('deflate-distances', PATTERN_LENGTH));
  // A repeat of 258 bytes from 258 bytes before: code 16 of a distance begins at 257.
  const fill = Array.from({ length: PATTERN_COUNT - 1 }, () => [...length(28, 0), ...distance(16, 1)]).flat();
  const distances = DISTANCE_BITS.flatMap((count, code) => both(count).flatMap((value) => [...length(0, 0), ...distance(code, value)]));
  read(
    'every-distance',
    'every code of a distance, with the least and the greatest extra bits',
    2,
    fixedBlock(packetOfJson({ c: 1 }, pattern), ...fill, ...distances),
    'E3X-CMP-014',
  );
}

/** A last block under the fixed code: literals, then codes of so many bits, most significant first, then its end. */
function fixedBlock(literals: string, ...codes: readonly (readonly [number, number])[]): string {
  const literal = (byte: number): readonly [number, number] => (byte < 144 ? [0x30 + byte, 8] : [0x190 + byte - 144, 9]);
  const all = [...Array.from(fromHex(literals), literal), ...codes, [0, 7] as const];
  return bits(
    true,
    1,
    all.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => [(value >> (count - 1 - i)) & 1, 1] as const)),
  );
}

/** A block from its header and numbers of so many bits each, those of least weight first. */
function bits(last: boolean, kind: number, numbers: readonly (readonly [number, number])[]): string {
  const all = [[last ? 1 : 0, 1], [kind, 2], ...numbers].flatMap(([value = 0, count = 0]) =>
    Array.from({ length: count }, (_, i) => (value >> i) & 1),
  );
  return toHex(
    Uint8Array.from({ length: Math.ceil(all.length / 8) }, (_, at) =>
      all.slice(8 * at, 8 * at + 8).reduce((byte, bit, i) => byte | (bit << i), 0),
    ),
  );
}
