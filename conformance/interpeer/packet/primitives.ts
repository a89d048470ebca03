/**
 * The oracle's checksums: zlib's CRC32, and a CRC32C worked out bit by bit, another way than the reference's table.
 */
import { crc32 } from 'node:zlib';
import { isBytes, type Value } from '../../oracle/values.ts';

type Arguments = ReadonlyMap<string, Value>;

function data(args: Arguments): Uint8Array {
  const value = args.get('data');
  if (!isBytes(value)) throw new Error("a checksum needs 'data' as bytes");
  return value;
}

function u32Bytes(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return Uint8Array.from(bytes);
}

/** A byte, or a word, with its bits in reverse. */
function reversed(value: number, width: number): number {
  let out = 0;
  for (let bit = 0; bit < width; bit++) out = ((out << 1) | ((value >>> bit) & 1)) >>> 0;
  return out;
}

/**
 * CRC32C as its definition has it: the message is a polynomial over GF(2), each byte's least significant bit first, whose
 * remainder modulo x^32 + 0x1edc6f41 is kept while the bits come in at the top; reflected and inverted at the end.
 */
function castagnoli(message: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of message) {
    remainder = (remainder ^ (reversed(byte, 8) << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit++) remainder = ((remainder << 1) ^ (remainder >>> 31 === 1 ? 0x1edc6f41 : 0)) >>> 0;
  }
  return (reversed(remainder, 32) ^ 0xffffffff) >>> 0;
}

/** CRC32C in 4 bytes, for packets that the model does not write: damaged ones, and ones that others wrote. */
export function crc32c(message: Uint8Array): Uint8Array {
  return u32Bytes(castagnoli(message));
}

/** Checksums of 4 bytes, the most significant first. */
export const INTERPEER_PRIMITIVES: { readonly [name: string]: (args: Arguments) => Value } = {
  crc32: (args) => u32Bytes(crc32(data(args))),
  crc32c: (args) => crc32c(data(args)),
};
