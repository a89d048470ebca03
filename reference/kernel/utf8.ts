/**
 * UTF-8, strictly: what the Unicode Standard calls well-formed (table 3-7) and nothing else.
 *
 *   code points         first    second   third    fourth
 *   U+0000..U+007F      00..7F
 *   U+0080..U+07FF      C2..DF   80..BF
 *   U+0800..U+0FFF      E0       A0..BF   80..BF             (80..9F would be overlong)
 *   U+1000..U+CFFF      E1..EC   80..BF   80..BF
 *   U+D000..U+D7FF      ED       80..9F   80..BF             (A0..BF would be surrogates)
 *   U+E000..U+FFFF      EE..EF   80..BF   80..BF
 *   U+10000..U+3FFFF    F0       90..BF   80..BF   80..BF    (80..8F would be overlong)
 *   U+40000..U+FFFFF    F1..F3   80..BF   80..BF   80..BF
 *   U+100000..U+10FFFF  F4       80..8F   80..BF   80..BF    (90..BF would be beyond Unicode)
 *
 * The kernel knows no clause: the caller hands in what to throw.
 */
import { native } from './native.ts';

/** Throws the caller's error for a fault at an offset (bytes when decoding, UTF-16 units when encoding). */
export type TextFailure = (offset: number) => never;

/** The runtime's own decoder; what is not as in the table becomes U+FFFD, which also may have been written. */
const DECODER = native.TextDecoder && new native.TextDecoder('utf-8', { ignoreBOM: true });
const REPLACEMENT = '\ufffd';
const ENCODER = native.TextEncoder && new native.TextEncoder();

/** Code units joined at once, well below any engine's limit on the number of arguments. */
const UNITS_PER_PIECE = 4096;

interface Lead {
  readonly continuationCount: number;
  /** The bits that the first byte contributes. */
  readonly bits: number;
  readonly secondMin: number;
  readonly secondMax: number;
}

function leadOf(first: number): Lead | undefined {
  if (first >= 0xc2 && first <= 0xdf) return { continuationCount: 1, bits: first & 0x1f, secondMin: 0x80, secondMax: 0xbf };
  if (first >= 0xe0 && first <= 0xef) {
    const secondMin = first === 0xe0 ? 0xa0 : 0x80;
    const secondMax = first === 0xed ? 0x9f : 0xbf;
    return { continuationCount: 2, bits: first & 0x0f, secondMin, secondMax };
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const secondMin = first === 0xf0 ? 0x90 : 0x80;
    const secondMax = first === 0xf4 ? 0x8f : 0xbf;
    return { continuationCount: 3, bits: first & 0x07, secondMin, secondMax };
  }
  return undefined;
}

/**
 * Reads well-formed UTF-8; a byte order mark is a character like any other.
 * @param bytes any number of bytes
 * @param fail throws the caller's error for the sequence that begins at an offset
 * @returns the text
 */
export function decodeUtf8(bytes: Uint8Array, fail: TextFailure): string {
  const text = DECODER?.decode(bytes);
  return text === undefined || text.includes(REPLACEMENT) ? decodeSlowly(bytes, fail) : text;
}

function decodeSlowly(bytes: Uint8Array, fail: TextFailure): string {
  const pieces: string[] = [];
  let units: number[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const first = bytes[offset] ?? 0;
    let codePoint = first;
    let length = 1;
    if (first >= 0x80) {
      const lead = leadOf(first);
      if (lead === undefined) fail(offset);
      codePoint = lead.bits;
      for (let index = 1; index <= lead.continuationCount; index++) {
        const byte = bytes[offset + index];
        const minimum = index === 1 ? lead.secondMin : 0x80;
        const maximum = index === 1 ? lead.secondMax : 0xbf;
        if (byte === undefined || byte < minimum || byte > maximum) fail(offset);
        codePoint = codePoint * 64 + (byte & 0x3f);
      }
      length += lead.continuationCount;
    }
    if (codePoint > 0xffff) {
      units.push(0xd800 + ((codePoint - 0x10000) >> 10), 0xdc00 + ((codePoint - 0x10000) & 0x3ff));
    } else {
      units.push(codePoint);
    }
    offset += length;
    if (units.length >= UNITS_PER_PIECE) {
      pieces.push(String.fromCharCode(...units));
      units = [];
    }
  }
  pieces.push(String.fromCharCode(...units));
  return pieces.join('');
}

/**
 * Writes text as UTF-8.
 * @param text any text without unpaired surrogates
 * @param fail throws the caller's error for an unpaired surrogate at an offset
 * @returns 1 to 4 bytes a code point
 */
export function encodeUtf8(text: string, fail: TextFailure): Uint8Array {
  if (text.length <= SHORT_LENGTH_MAX && ASCII.test(text)) return asciiBytes(text);
  // Without half a pair anywhere, both write the same.
  if (ENCODER !== undefined && !SURROGATE.test(text)) return ENCODER.encode(text);
  const bytes = new Uint8Array(3 * text.length);
  let length = 0;
  const put = (byte: number): void => {
    bytes[length] = byte;
    length += 1;
  };
  for (let offset = 0; offset < text.length; offset++) {
    const codePoint = text.codePointAt(offset) ?? 0;
    if (isSurrogate(codePoint)) fail(offset);
    if (codePoint < 0x80) {
      put(codePoint);
    } else if (codePoint < 0x800) {
      put(0xc0 | (codePoint >> 6));
      put(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      put(0xe0 | (codePoint >> 12));
      put(0x80 | ((codePoint >> 6) & 0x3f));
      put(0x80 | (codePoint & 0x3f));
    } else {
      put(0xf0 | (codePoint >> 18));
      put(0x80 | ((codePoint >> 12) & 0x3f));
      put(0x80 | ((codePoint >> 6) & 0x3f));
      put(0x80 | (codePoint & 0x3f));
      offset += 1; // two UTF-16 units
    }
  }
  return bytes.slice(0, length);
}

/** Answers whether a code point is half of a surrogate pair, which on its own is not a character. */
export function isSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff;
}

/** Answers whether a code point is one of the 66 noncharacters. */
export function isNoncharacter(codePoint: number): boolean {
  return (codePoint >= 0xfdd0 && codePoint <= 0xfdef) || (codePoint & 0xfffe) === 0xfffe;
}

function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let offset = 0; offset < bytes.length; offset++) bytes[offset] = text.charCodeAt(offset);
  return bytes;
}

/** A text that the runtime's encoder takes longer to begin with than to write, in UTF-16 units. */
const SHORT_LENGTH_MAX = 256;
const ASCII = /^[\0-\x7f]*$/;
/** Half of a pair, or the first or second of one. */
const SURROGATE = /[\ud800-\udfff]/;
/** UTF-16 units that can be part of a fault; most texts have none of them. */
const SUSPECT = /[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

/** What keeps a text from being interchanged, or undefined if nothing does. */
export function textFaultOf(text: string): 'surrogate' | 'noncharacter' | undefined {
  if (!SUSPECT.test(text)) return undefined;
  for (let offset = 0; offset < text.length; offset++) {
    const codePoint = text.codePointAt(offset) ?? 0;
    if (isSurrogate(codePoint)) return 'surrogate';
    if (isNoncharacter(codePoint)) return 'noncharacter';
    if (codePoint > 0xffff) offset += 1; // two UTF-16 units
  }
  return undefined;
}
