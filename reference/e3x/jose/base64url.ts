/**
 * Base 64 with the URL-safe alphabet of RFC 4648 section 5, without padding, as JWS and JWE use it.
 */
import { DecodeError } from '../../kernel/errors.ts';
import { decodeRadix, encodeRadix } from '../../kernel/radix.ts';
import type { Radix } from '../../kernel/radix.ts';

const BASE64URL: Radix = {
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  bitsPerCharacter: 6,
};

/**
 * Writes bytes as base64url.
 * @param bytes any number of bytes
 * @returns 4 characters for 3 bytes, and no padding
 * @see E3X-JOS-005
 */
export function encodeBase64url(bytes: Uint8Array): string {
  return encodeRadix(bytes, BASE64URL);
}

/**
 * Reads base64url.
 * @param text characters of the alphabet and nothing else
 * @returns 3 bytes for 4 characters
 * @throws DecodeError malformed or, for unused bits that are not zero, non-canonical
 * @see E3X-JOS-005
 */
export function decodeBase64url(text: string): Uint8Array {
  return decodeRadix(text, BASE64URL, (fault, offset) => {
    const rejectClass = fault === 'unusedBits' ? 'non-canonical' : 'malformed'; // E3X-JOS-005
    throw new DecodeError(rejectClass, 'E3X-JOS-005', `not base64url: ${fault}`, { offset });
  });
}
