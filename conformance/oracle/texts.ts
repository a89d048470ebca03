/** Interpreter of `texts.yaml`: radix encodings from their data, and reads them with the reject of each rule. */
import type { Reject, TextCodec } from '../spec/types.ts';

export type TextReading = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'reject'; readonly reject: Reject };

/** Writes bytes as text: the bits in a row, cut into characters, the last one filled with zero bits. */
export function encodeText(text: TextCodec, bytes: Uint8Array): string {
  const width = text.bitsPerCharacter;
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const count = Math.ceil(bits.length / width);
  return Array.from({ length: count }, (_, i) =>
    text.alphabet.charAt(Number.parseInt(bits.slice(i * width, (i + 1) * width).padEnd(width, '0'), 2)),
  ).join('');
}

/** The rules of reading, in the order in which they are checked. */
export const TEXT_RULES = ['padding', 'alphabet', 'length', 'case', 'unusedBits'] as const;
export type TextRule = (typeof TEXT_RULES)[number];

/**
 * Reads text; the first rule broken, in the order padding, alphabet, length, case, unused bits, is the reject.
 *
 * @param ignored a rule that is not applied, for spec mutation: what it forbids is skipped
 */
export function decodeText(text: TextCodec, input: string, ignored?: TextRule): TextReading {
  const bad = (reject: Reject): TextReading => ({ kind: 'reject', reject });
  if (input.includes('=') && ignored !== 'padding') return bad(text.rejects.padding);
  const foldable = text.rejects.case !== undefined;
  let upper = false;
  let bits = '';
  for (const char of input) {
    let index = char.length === 1 ? text.alphabet.indexOf(char) : -1;
    if (index < 0 && foldable && /^[A-Z]$/.test(char)) {
      index = text.alphabet.indexOf(char.toLowerCase());
      upper = true;
    }
    if (index < 0) {
      if (ignored === 'alphabet' || (ignored === 'padding' && char === '=')) continue;
      return bad(text.rejects.alphabet);
    }
    bits += index.toString(2).padStart(text.bitsPerCharacter, '0');
  }
  const byteCount = Math.floor(bits.length / 8);
  const unused = bits.slice(byteCount * 8);
  if (unused.length >= text.bitsPerCharacter && ignored !== 'length') return bad(text.rejects.length);
  if (upper && text.rejects.case !== undefined && ignored !== 'case') return bad(text.rejects.case);
  if (unused.includes('1') && ignored !== 'unusedBits') return bad(text.rejects.unusedBits);
  return { kind: 'bytes', bytes: Uint8Array.from({ length: byteCount }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2)) };
}
