/**
 * Bytes as text in a radix of 2^n (base 32 and base 64): bits are taken most significant first, no padding is
 * written, and each byte string has exactly one text.
 *
 * Faults are looked for in one order: padding, alphabet, length, case, unused bits; so whatever makes a text no
 * encoding at all is reported before what merely makes it not the one permitted spelling.
 */

import * as door from './door.ts';

/** What can be wrong with a text. */
export type RadixFault = 'padding' | 'alphabet' | 'length' | 'case' | 'unusedBits';

/** Throws the caller's error for a fault at a character offset. */
export type RadixFailure = (fault: RadixFault, offset: number) => never;

/** One text encoding. */
export interface Radix {
  /** The characters in the order of their values, 2^bitsPerCharacter of them. */
  readonly alphabet: string;
  readonly bitsPerCharacter: number;
}

/**
 * Writes bytes in a radix.
 * @param bytes any number of bytes
 * @returns the bits, the last character filled up with zero bits
 */
export function encodeRadix(bytes: Uint8Array, { alphabet, bitsPerCharacter }: Radix): string {
  const characters: string[] = [];
  const mask = (1 << bitsPerCharacter) - 1;
  let pending = 0;
  let pendingBits = 0;
  for (const byte of door.bytes(bytes, 'bytes')) {
    pending = (pending << 8) | byte;
    pendingBits += 8;
    while (pendingBits >= bitsPerCharacter) {
      pendingBits -= bitsPerCharacter;
      characters.push(alphabet.charAt((pending >> pendingBits) & mask));
    }
    pending &= (1 << pendingBits) - 1;
  }
  if (pendingBits > 0) characters.push(alphabet.charAt((pending << (bitsPerCharacter - pendingBits)) & mask));
  return characters.join('');
}

/**
 * Reads text in a radix.
 * @param text any text
 * @param fail throws the caller's error for a fault
 * @returns as many whole bytes as the text holds
 */
export function decodeRadix(text: string, { alphabet, bitsPerCharacter }: Radix, fail: RadixFailure): Uint8Array {
  const values = new Map<string, number>();
  for (let value = 0; value < alphabet.length; value++) values.set(alphabet.charAt(value), value);

  const paddingOffset = door.text(text, 'text').indexOf('=');
  if (paddingOffset >= 0) fail('padding', paddingOffset);
  let wrongCaseOffset = -1;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charAt(offset);
    if (values.has(character)) continue;
    // Only A to Z are "the other case": the Kelvin sign, for one, also has the lower-case form k.
    if (character < 'A' || character > 'Z' || !values.has(character.toLowerCase())) fail('alphabet', offset);
    if (wrongCaseOffset < 0) wrongCaseOffset = offset;
  }
  const unusedBits = (text.length * bitsPerCharacter) % 8;
  if (unusedBits >= bitsPerCharacter) fail('length', text.length); // the last character carries no bit of any byte
  if (wrongCaseOffset >= 0) fail('case', wrongCaseOffset);

  const bytes = new Uint8Array(Math.floor((text.length * bitsPerCharacter) / 8));
  let length = 0;
  let pending = 0;
  let pendingBits = 0;
  for (let offset = 0; offset < text.length; offset++) {
    pending = (pending << bitsPerCharacter) | (values.get(text.charAt(offset)) ?? 0);
    pendingBits += bitsPerCharacter;
    if (pendingBits >= 8) {
      pendingBits -= 8;
      bytes[length] = pending >> pendingBits;
      length += 1;
      pending &= (1 << pendingBits) - 1;
    }
  }
  if (pending !== 0) fail('unusedBits', text.length - 1);
  return bytes;
}
