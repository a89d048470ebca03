/**
 * Expanding raw DEFLATE (RFC 1951) within a bound.
 *
 *   block    header (3 bits)   then
 *   stored   last, 00          to the next byte; LEN, NLEN (16 bits each); LEN bytes
 *   fixed    last, 01          symbols under the code of section 3.2.6
 *   dynamic  last, 10          two codes (section 3.2.7), symbols under them
 *
 * Choice: ADR-0013. This is read here and not by the library that writes it: the library does not say where a stream
 * has ended, and takes sets of codes and symbols that the RFC does not permit.
 */
import { DecodeError, LimitError } from '../../kernel/errors.ts';

/** RFC 1951 section 3.2.5: the shortest length of each symbol from 257 on, and its extra bits. */
const LENGTH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
] as const;
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0] as const;
/** The same of distances. */
const DISTANCE_BASES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385,
  24577,
] as const;
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13] as const;
/** RFC 1951 section 3.2.7: the order of the lengths of the code length code. */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
const CODE_BITS_MAX = 15;
const END_OF_BLOCK = 256;
const LENGTH_CODE_COUNT_MAX = 286;
const DISTANCE_CODE_COUNT_MAX = 30;

function failStream(what: string): never {
  throw new DecodeError('malformed', 'E3X-CMP-014', what);
}

/** A prefix code: how many codes there are of each length, and their symbols in order. */
interface Code {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

/** Makes a code of its lengths; one that is incomplete may have a single symbol of one bit at most. */
function codeOf(lengths: readonly number[], mayBeIncomplete: boolean): Code {
  const counts = Array.from({ length: CODE_BITS_MAX + 1 }, () => 0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const codeCount = lengths.length - (counts[0] ?? 0);
  let left = 1;
  for (let length = 1; length <= CODE_BITS_MAX; length++) {
    left = 2 * left - (counts[length] ?? 0);
    if (left < 0) failStream('too many codes');
  }
  const isSingle = codeCount === 0 || (codeCount === 1 && counts[1] === 1);
  if (left > 0 && !(mayBeIncomplete && isSingle)) failStream('a code has gaps');
  const symbols: number[] = [];
  for (let length = 1; length <= CODE_BITS_MAX; length++) lengths.forEach((own, symbol) => own === length && symbols.push(symbol));
  return { counts, symbols };
}

/** RFC 1951 section 3.2.6. */
const FIXED_LENGTHS: Code = codeOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  false,
);
const FIXED_DISTANCES: Code = codeOf(
  Array.from({ length: 32 }, () => 5),
  false,
);

/** Reads bits, those of least weight first. */
class BitReader {
  readonly #bytes: Uint8Array;
  #offset = 0;
  #held = 0;
  #heldCount = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bits(count: number): number {
    while (this.#heldCount < count) {
      this.#held |= this.byte() << this.#heldCount;
      this.#heldCount += 8;
    }
    const value = this.#held & ((1 << count) - 1);
    this.#held >>>= count;
    this.#heldCount -= count;
    return value;
  }

  /** Drops what is left of the byte. */
  align(): void {
    this.#held = 0;
    this.#heldCount = 0;
  }

  byte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw new DecodeError('truncated', 'E3X-CMP-015', 'the last block does not end');
    this.#offset += 1;
    return byte;
  }

  symbol({ counts, symbols }: Code): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= CODE_BITS_MAX; length++) {
      code |= this.bits(1);
      const count = counts[length] ?? 0;
      if (code - count < first) return symbols[index + code - first] ?? failStream('no such code');
      index += count;
      first = 2 * (first + count);
      code *= 2;
    }
    return failStream('no such code');
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }
}

/** What has been expanded, never more than the bound. */
class Output {
  readonly #bytes: Uint8Array;
  #length = 0;

  constructor(lengthMax: number) {
    this.#bytes = new Uint8Array(lengthMax);
  }

  push(byte: number): void {
    if (this.#length >= this.#bytes.length) throw new LimitError('E3X-CMP-017', 'expands too far', { lengthMax: this.#bytes.length });
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  /** Repeats the bytes a distance back; the two may overlap. */
  repeat(distance: number, length: number): void {
    if (distance > this.#length) failStream('a distance reaches back too far');
    for (let index = 0; index < length; index++) this.push(this.#bytes[this.#length - distance] ?? 0);
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** The lengths of both codes of a dynamic block, themselves under a code. */
function readCodes(reader: BitReader): readonly [Code, Code] {
  const lengthCount = reader.bits(5) + 257;
  const distanceCount = reader.bits(5) + 1;
  const ownCount = reader.bits(4) + 4;
  if (lengthCount > LENGTH_CODE_COUNT_MAX || distanceCount > DISTANCE_CODE_COUNT_MAX) failStream('too many codes');
  const own = Array.from({ length: CODE_LENGTH_ORDER.length }, () => 0);
  for (const symbol of CODE_LENGTH_ORDER.slice(0, ownCount)) own[symbol] = reader.bits(3);
  const code = codeOf(own, false);
  const lengths: number[] = [];
  while (lengths.length < lengthCount + distanceCount) {
    const symbol = reader.symbol(code);
    if (symbol < 16) {
      lengths.push(symbol);
      continue;
    }
    const repeated = symbol === 16 ? (lengths.at(-1) ?? failStream('nothing to repeat')) : 0;
    const count = symbol === 16 ? 3 + reader.bits(2) : symbol === 17 ? 3 + reader.bits(3) : 11 + reader.bits(7);
    for (let index = 0; index < count; index++) lengths.push(repeated);
  }
  if (lengths.length > lengthCount + distanceCount) failStream('too many lengths');
  if (lengths[END_OF_BLOCK] === 0) failStream('a block without an end');
  return [codeOf(lengths.slice(0, lengthCount), true), codeOf(lengths.slice(lengthCount), true)];
}

function expandStored(reader: BitReader, output: Output): void {
  reader.align();
  const length = reader.byte() + 256 * reader.byte();
  const check = reader.byte() + 256 * reader.byte();
  if ((length ^ check) !== 0xffff) failStream('LEN and NLEN differ');
  for (let index = 0; index < length; index++) output.push(reader.byte());
}

function expandCoded(reader: BitReader, output: Output, [lengths, distances]: readonly [Code, Code]): void {
  for (;;) {
    const symbol = reader.symbol(lengths);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) {
      output.push(symbol);
      continue;
    }
    const base = LENGTH_BASES[symbol - 257] ?? failStream('no such length');
    const length = base + reader.bits(LENGTH_BITS[symbol - 257] ?? 0);
    const far = reader.symbol(distances);
    const distance = (DISTANCE_BASES[far] ?? failStream('no such distance')) + reader.bits(DISTANCE_BITS[far] ?? 0);
    output.repeat(distance, length);
  }
}

/**
 * Expands a whole stream.
 * @param stream one DEFLATE stream and nothing after it
 * @param lengthMax bytes that may come out
 * @throws DecodeError malformed, truncated or trailing; LimitError
 * @see E3X-CMP-014
 */
export function inflate(stream: Uint8Array, lengthMax: number): Uint8Array {
  const reader = new BitReader(stream);
  const output = new Output(lengthMax);
  for (let isLast = false; !isLast;) {
    isLast = reader.bits(1) === 1;
    const kind = reader.bits(2);
    if (kind === 0) expandStored(reader, output);
    else if (kind === 1) expandCoded(reader, output, [FIXED_LENGTHS, FIXED_DISTANCES]);
    else if (kind === 2) expandCoded(reader, output, readCodes(reader));
    else failStream('no such kind of block');
  }
  if (reader.remaining > 0)
    throw new DecodeError('trailing', 'E3X-CMP-016', 'bytes behind the last block', { remaining: reader.remaining });
  return output.take();
}
