/**
 * RSA of the primitives port: the arithmetic of RFC 8017 with bigints, to be read.
 *
 * It takes its entropy as an argument, which is what makes vectors possible and what other libraries do not offer. It
 * does NOT run in constant time: the time of a multiplication of bigints depends on their values, and nothing is
 * blinded. Who decrypts or signs with a secret worth protecting, where others can measure, takes an implementation
 * over the operating system's library.
 */
import { pow } from '@noble/curves/abstract/modular.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { compare } from '../kernel/bytes.ts';
import { UsageError } from '../kernel/errors.ts';
import { checkInput, notAuthentic } from './checks.ts';
import type { RsaPrimitives } from './primitives.ts';
import { decodeRsaPublicKey, decodeRsaSecretKey, encodeRsaPublicKey } from './rsa-key.ts';
import type { RsaPublicKey, RsaSecretKey } from './rsa-key.ts';
import { decodeOaep, encodeOaep, encodePkcs1 } from './rsa-padding.ts';
import { RSA_MODULUS_LENGTH } from './table.ts';

/** RSAEP and RSAVP1 (RFC 8017 5.1.1, 5.2.2). */
function applyPublic({ modulus, publicExponent }: RsaPublicKey, representative: bigint): bigint {
  return pow(representative, publicExponent, modulus);
}

/**
 * RSADP and RSASP1 by the Chinese remainder theorem (RFC 8017 5.1.2, 5.2.1). The result is held against the public key,
 * because one wrong half would give the primes away.
 * @throws UsageError if p or q is not a prime
 */
function applySecret(key: RsaSecretKey, representative: bigint): bigint {
  const { prime1, prime2, exponent1, exponent2, coefficient } = key;
  const half1 = pow(representative, exponent1, prime1);
  const half2 = pow(representative, exponent2, prime2);
  const h = ((((half1 - half2) * coefficient) % prime1) + prime1) % prime1;
  const result = half2 + prime2 * h;
  if (applyPublic(key, result) !== representative) throw new UsageError('RFC 8017 3.2', 'the secret key does not undo its public key');
  return result;
}

/**
 * Reads 256 bytes as a number below the modulus (RFC 8017 4.2).
 * @throws AuthenticationError for the modulus or more
 */
function toRepresentative({ modulus }: RsaPublicKey, bytes: Uint8Array): bigint {
  const representative = bytesToNumberBE(bytes);
  if (representative >= modulus) throw notAuthentic();
  return representative;
}

function toBytes(representative: bigint): Uint8Array {
  return numberToBytesBE(representative, RSA_MODULUS_LENGTH);
}

/** RSA in plain JavaScript, not in constant time. */
export const bigintRsa: RsaPrimitives = Object.freeze<RsaPrimitives>({
  deriveRsaPublic: ({ secretKey }) => encodeRsaPublicKey(decodeRsaSecretKey(secretKey)),

  sealRsaOaep({ publicKey, seed, plaintext }) {
    checkInput('sealRsaOaep', { seed, plaintext });
    const key = decodeRsaPublicKey(publicKey);
    return toBytes(applyPublic(key, bytesToNumberBE(encodeOaep(seed, plaintext))));
  },

  openRsaOaep({ secretKey, sealed }) {
    checkInput('openRsaOaep', { sealed });
    const key = decodeRsaSecretKey(secretKey);
    return decodeOaep(toBytes(applySecret(key, toRepresentative(key, sealed))));
  },

  signRsa({ secretKey, message }) {
    const key = decodeRsaSecretKey(secretKey);
    return toBytes(applySecret(key, bytesToNumberBE(encodePkcs1(message))));
  },

  verifyRsa({ publicKey, message, signature }) {
    checkInput('verifyRsa', { signature });
    const key = decodeRsaPublicKey(publicKey);
    const padded = toBytes(applyPublic(key, toRepresentative(key, signature)));
    if (compare(padded, encodePkcs1(message)) !== 0) throw notAuthentic();
  },
});
