/**
 * Hexadecimal as KILT writes it: `0x`, then two lower-case digits a byte. Envelopes are long, so both directions go by
 * tables.
 */

const PREFIX = '0x';
const DIGITS = '0123456789abcdef';

/** Two digits for every byte. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15));

/** The value of a digit, or -1. */
function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  if (unit >= 0x61 && unit <= 0x66) return unit - 0x57;
  return -1;
}

/** @returns `0x` and two digits a byte */
export function toKiltHex(bytes: Uint8Array): string {
  let text = PREFIX;
  for (const byte of bytes) text += PAIRS[byte] ?? '';
  return text;
}

/**
 * Reads hexadecimal; what a fault means is for the caller to say.
 * @returns the bytes, or undefined for any other text
 */
export function fromKiltHex(text: string): Uint8Array | undefined {
  if (!text.startsWith(PREFIX) || text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2 - 1);
  for (let index = 0; index < bytes.length; index++) {
    const high = digitOf(text.charCodeAt(2 * index + 2));
    const low = digitOf(text.charCodeAt(2 * index + 3));
    if (high < 0 || low < 0) return undefined;
    bytes[index] = high * 16 + low;
  }
  return bytes;
}
