/**
 * Bytes: a reader that cannot run over the end, and the four helpers that every codec needs.
 *
 * Each read names the clause that demands the bytes, so that a truncated input is blamed on the right sentence.
 */
import * as door from './door.ts';
import { DecodeError, UsageError } from './errors.ts';
import { native } from './native.ts';

/** No bytes at all. */
export const EMPTY: Uint8Array = new Uint8Array(0);

/** Reads fixed fields from the front of some bytes; what it returns are views, not copies. */
export class Reader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bytes not yet read. */
  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  /**
   * Reads an unsigned byte.
   * @throws DecodeError truncated
   */
  u8(clause: string): number {
    return this.#bytes[this.#advance(1, clause)] ?? 0;
  }

  /**
   * Reads an unsigned 16-bit big-endian integer.
   * @throws DecodeError truncated
   */
  u16(clause: string): number {
    const start = this.#advance(2, clause);
    return (this.#bytes[start] ?? 0) * 256 + (this.#bytes[start + 1] ?? 0);
  }

  /**
   * Reads exactly `length` bytes.
   * @throws DecodeError truncated
   */
  take(length: number, clause: string): Uint8Array {
    const start = this.#advance(length, clause);
    return this.#bytes.subarray(start, this.#offset);
  }

  /** Steps over bytes. @returns where they begin @throws DecodeError truncated */
  #advance(length: number, clause: string): number {
    if (length > this.remaining) {
      throw new DecodeError('truncated', clause, 'fewer bytes than announced', { needed: length, remaining: this.remaining });
    }
    const start = this.#offset;
    this.#offset += length;
    return start;
  }

  /** Everything that is left, without reading it. */
  peek(): Uint8Array {
    return this.#bytes.subarray(this.#offset);
  }

  /** Reads everything that is left, perhaps nothing. */
  rest(): Uint8Array {
    const start = this.#offset;
    this.#offset = this.#bytes.length;
    return this.#bytes.subarray(start);
  }

  /**
   * Ends the reading of a structure: nothing may be left.
   * @throws DecodeError trailing
   */
  finish(clause: string): void {
    if (this.remaining > 0) {
      throw new DecodeError('trailing', clause, 'bytes behind the end of the structure', { remaining: this.remaining });
    }
  }
}

/**
 * Joins byte strings in order.
 * @param parts any number of byte strings
 * @returns a fresh copy that shares memory with none of them
 */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of door.array(parts, 'parts')) length += door.bytes(part, 'part').length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * Orders byte strings as unsigned bytes from the left, a strict prefix first.
 * @returns a negative number, zero or a positive number; not in constant time, so never for secrets (isSameSecret)
 */
export function compare(a: Uint8Array, b: Uint8Array): number {
  door.bytes(a, 'a');
  door.bytes(b, 'b');
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/**
 * Answers whether two secrets are the same. Its time tells their length and nothing else.
 * @returns false for different lengths, at once
 */
export function isSameSecret(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let index = 0; index < one.length; index++) difference |= (one[index] ?? 0) ^ (other[index] ?? 0);
  return difference === 0;
}

/**
 * Writes an unsigned 16-bit big-endian integer.
 * @param value 0 to 65,535
 * @returns 2 bytes
 * @throws UsageError if the value does not fit
 */
export function u16Bytes(value: number, clause: string): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) {
    throw new UsageError(clause, 'not an unsigned 16-bit integer', { value });
  }
  return Uint8Array.of(value >> 8, value & 0xff);
}

/**
 * Writes an unsigned little-endian integer.
 * @param value 0 to 256^length - 1
 * @param length bytes
 * @throws UsageError if the value does not fit
 */
export function leBytes(value: number | bigint, length: number, clause: string): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new UsageError(clause, 'not an unsigned integer', { value });
  let rest = BigInt(value);
  const bytes = Uint8Array.from({ length }, () => {
    const byte = rest & 0xffn;
    rest >>= 8n;
    return Number(byte);
  });
  if (rest !== 0n) throw new UsageError(clause, `not an unsigned integer of ${String(length)} bytes`, { value: String(value) });
  return bytes;
}

/**
 * Writes bytes as lower-case hexadecimal digits.
 * @returns two digits a byte
 */
export function toHex(bytes: Uint8Array): string {
  const plain = door.bytes(bytes, 'bytes');
  if (native.Buffer !== undefined) return native.Buffer.from(plain.buffer, plain.byteOffset, plain.length).toString('hex');
  const digits: string[] = [];
  for (const byte of plain) digits.push(byte.toString(16).padStart(2, '0'));
  return digits.join('');
}

/**
 * Reads lower-case hexadecimal digits; hexadecimal is for people and tests, no format of the wire uses it.
 * @param text an even number of digits 0-9 and a-f
 * @throws UsageError for anything else
 */
export function fromHex(text: string): Uint8Array {
  if (door.text(text, 'text').length % 2 !== 0 || /[^0-9a-f]/.test(text)) {
    throw new UsageError('hexadecimal', 'not lower-case hexadecimal', { length: text.length });
  }
  if (native.Buffer !== undefined) return new Uint8Array(native.Buffer.from(text, 'hex')); // a copy outside of Node's pool
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}
