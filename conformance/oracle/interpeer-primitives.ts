/**
 * The oracle's checksums: zlib's CRC32, and a CRC32C worked out bit by bit, another way than the reference's table.
 */
import { crc32 } from 'node:zlib';
import { isBytes, type Value } from './values.ts';

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

/**
 * CRC32C as the definition has it: the message as a polynomial over GF(2), most significant power first, times x^32, with
 * its first and the result's bits inverted, modulo x^32 + 0x1edc6f41; every byte goes in least significant bit first.
 */
function castagnoli(message: Uint8Array): number {
  let remainder = 0xffffffffn;
  for (const byte of message) {
    for (let bit = 0; bit < 8; bit++) {
      const next = BigInt((byte >> bit) & 1) ^ (remainder >> 31n);
      remainder = ((remainder << 1n) & 0xffffffffn) ^ (next * 0x1edc6f41n);
    }
  }
  const reflected = [...(remainder ^ 0xffffffffn).toString(2).padStart(32, '0')].reverse().join('');
  return Number.parseInt(reflected, 2);
}

/** Checksums of 4 bytes, the most significant first. */
export const INTERPEER_PRIMITIVES: { readonly [name: string]: (args: Arguments) => Value } = {
  crc32: (args) => u32Bytes(crc32(data(args))),
  crc32c: (args) => u32Bytes(castagnoli(data(args))),
};
