/** The hashes of the primitives port over @noble/hashes. */
import { blake2b } from '@noble/hashes/blake2.js';
import { blake3 } from '@noble/hashes/blake3.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { isSameSecret } from '../kernel/bytes.ts';
import { checkBlake3Mode, checkInput } from './checks.ts';
import type { HashPrimitives } from './primitives.ts';

/** Hashes in plain JavaScript. */
export const nobleHash: HashPrimitives = Object.freeze<HashPrimitives>({
  sha256: ({ message }) => sha256(message),

  sha512: ({ message }) => sha512(message),

  hmacSha256: ({ key, message }) => hmac(sha256, key, message),

  hkdfSha256({ inputKey, salt, info, outputLength }) {
    checkInput('hkdfSha256', { outputLength });
    return hkdf(sha256, inputKey, salt, info, outputLength);
  },

  blake2b({ message, outputLength, key }) {
    checkInput('blake2b', key === undefined ? { outputLength } : { outputLength, key });
    // An empty key is not a key (RFC 7693 2.9: kk = 0).
    const isKeyed = key !== undefined && key.length > 0;
    return blake2b(message, isKeyed ? { dkLen: outputLength, key } : { dkLen: outputLength });
  },

  blake3({ message, outputLength, key, context }) {
    checkInput('blake3', key === undefined ? { outputLength } : { outputLength, key });
    checkBlake3Mode(key, context);
    if (key !== undefined) return blake3(message, { dkLen: outputLength, key });
    if (context !== undefined) return blake3(message, { dkLen: outputLength, context });
    return blake3(message, { dkLen: outputLength });
  },

  isEqual: ({ left, right }) => isSameSecret(left, right),
});
