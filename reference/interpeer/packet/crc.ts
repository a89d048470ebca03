/**
 * Two checksums of 32 bits: CRC32C, the footer of packets, and CRC32, the cookies of `interpeer-0.1`.
 *
 * Both shift the message, least significant bit first, through a register that starts and ends inverted; only the
 * polynomials differ. A checksum finds damage of the line. It does not protect against attackers: anyone who knows one checksum
 * knows those of all messages that differ from it in known bits (IPR-CKE-008).
 */
import * as door from '../../kernel/door.ts';

/** The polynomials, the lowest power in the highest bit (RFC 3385 for CRC32C, RFC 1952 section 8 for CRC32). */
const CASTAGNOLI = 0x82f63b78;
const IEEE = 0xedb88320;

/** What each value of the byte that leaves the register adds to it. */
function tableOf(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let register = byte;
    for (let bit = 0; bit < 8; bit++) register = (register & 1) === 0 ? register >>> 1 : (register >>> 1) ^ polynomial;
    return register;
  });
}
const CASTAGNOLI_TABLE = tableOf(CASTAGNOLI);
const IEEE_TABLE = tableOf(IEEE);

function checksum(table: Uint32Array, message: Uint8Array): Uint8Array {
  door.bytes(message, 'message');
  let register = 0xffffffff;
  for (const byte of message) register = (register >>> 8) ^ (table[(register ^ byte) & 0xff] ?? 0);
  const inverted = ~register;
  return Uint8Array.of(inverted >>> 24, (inverted >>> 16) & 0xff, (inverted >>> 8) & 0xff, inverted & 0xff);
}

/**
 * CRC32C (Castagnoli).
 * @param message any number of bytes
 * @returns 4 bytes, the most significant first
 * @see IPR-PKT-007
 */
export function crc32c(message: Uint8Array): Uint8Array {
  return checksum(CASTAGNOLI_TABLE, message);
}

/**
 * CRC32 (IEEE 802.3), as zlib has it.
 * @param message any number of bytes
 * @returns 4 bytes, the most significant first
 * @see IPR-CKE-003
 */
export function crc32(message: Uint8Array): Uint8Array {
  return checksum(IEEE_TABLE, message);
}
