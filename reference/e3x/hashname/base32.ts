/**
 * Base 32 of RFC 4648 in lower case, without padding, each byte string having exactly one text.
 */
import { DecodeError } from '../../kernel/errors.ts';
import { decodeRadix, encodeRadix } from '../../kernel/radix.ts';
import type { Radix, RadixFault } from '../../kernel/radix.ts';

/** E3X-B32-001: the alphabet, in the order of its values. */
const BASE32: Radix = { alphabet: 'abcdefghijklmnopqrstuvwxyz234567', bitsPerCharacter: 5 };

/** What each fault is refused as, and by which clause. */
const FAULTS: Readonly<Record<RadixFault, readonly ['malformed' | 'non-canonical', string]>> = {
  padding: ['malformed', 'E3X-B32-002'],
  alphabet: ['malformed', 'E3X-B32-003'],
  length: ['malformed', 'E3X-B32-006'],
  case: ['non-canonical', 'E3X-B32-004'],
  unusedBits: ['non-canonical', 'E3X-B32-005'],
};

/**
 * Writes bytes as base 32.
 * @param bytes any number of bytes
 * @returns 8 characters for 5 bytes, and no padding
 * @see E3X-B32-001
 */
export function encodeBase32(bytes: Uint8Array): string {
  return encodeRadix(bytes, BASE32); // E3X-B32-001
}

/**
 * Reads base 32.
 * @param text characters of the alphabet and nothing else
 * @returns 5 bytes for 8 characters
 * @throws DecodeError malformed or non-canonical
 * @see E3X-B32-003
 */
export function decodeBase32(text: string): Uint8Array {
  return decodeRadix(text, BASE32, (fault, offset) => {
    const [rejectClass, clause] = FAULTS[fault];
    throw new DecodeError(rejectClass, clause, `not base 32: ${fault}`, { offset });
  });
}
