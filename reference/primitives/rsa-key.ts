/**
 * RSA keys in DER.
 *
 *   SubjectPublicKeyInfo (RFC 5280 4.1)          PrivateKeyInfo (RFC 5208 5, version 0)
 *   SEQUENCE                                     SEQUENCE
 *     SEQUENCE  rsaEncryption, NULL                INTEGER 0
 *     BIT STRING, no unused bits                   SEQUENCE  rsaEncryption, NULL
 *       SEQUENCE (RFC 8017 A.1.1)                  OCTET STRING
 *         INTEGER n                                  SEQUENCE (RFC 8017 A.1.2)
 *         INTEGER e                                    INTEGER 0, n, e, d, p, q, d mod p-1, d mod q-1, 1/q mod p
 *
 * One key has one encoding; attributes after a secret key and secret keys of more than two primes are refused.
 */
import { numberToBytesBE, numberToVarBytesBE } from '@noble/curves/utils.js';
import { Reader, compare, concat, fromHex } from '../kernel/bytes.ts';
import { DecodeError } from '../kernel/errors.ts';
import { DER_TAG, readElement, readInteger, writeElement, writeInteger } from './der.ts';
import { RSA_MODULUS_LENGTH } from './table.ts';

/** A public key: n has exactly 2,048 bits. */
export interface RsaPublicKey {
  readonly modulus: bigint;
  readonly publicExponent: bigint;
}

/** A secret key, with what the Chinese remainder theorem needs. */
export interface RsaSecretKey extends RsaPublicKey {
  readonly secretExponent: bigint;
  readonly prime1: bigint;
  readonly prime2: bigint;
  /** d mod p - 1. */
  readonly exponent1: bigint;
  /** d mod q - 1. */
  readonly exponent2: bigint;
  /** 1/q mod p. */
  readonly coefficient: bigint;
}

const PUBLIC_CLAUSE = 'RFC 5280 4.1';
const SECRET_CLAUSE = 'RFC 5208 5';
const NUMBERS_CLAUSE = 'RFC 8017 3';

/** The content of the AlgorithmIdentifier: 1.2.840.113549.1.1.1 and NULL (RFC 3279 2.3.1). */
const RSA_ALGORITHM: Uint8Array = fromHex('06092a864886f70d0101010500');

/** Public exponents are odd and from 3 to this. Choice: no key in use has a longer one, and verifying stays cheap. */
const PUBLIC_EXPONENT_MAX = 2n ** 32n - 1n;

function requireAlgorithm(algorithm: Uint8Array, clause: string): void {
  if (compare(algorithm, RSA_ALGORITHM) !== 0) throw new DecodeError('malformed', clause, 'not an RSA key');
}

function requireNumbers(isRight: boolean, message: string): void {
  if (!isRight) throw new DecodeError('malformed', NUMBERS_CLAUSE, message);
}

function requirePublicNumbers({ modulus, publicExponent }: RsaPublicKey): void {
  requireNumbers(modulus >> BigInt(8 * RSA_MODULUS_LENGTH - 1) === 1n, 'the modulus does not have 2,048 bits');
  requireNumbers(modulus % 2n === 1n, 'the modulus is even');
  requireNumbers(publicExponent >= 3n && publicExponent <= PUBLIC_EXPONENT_MAX && publicExponent % 2n === 1n, 'no public exponent');
}

/**
 * Reads a public key.
 * @param der SubjectPublicKeyInfo
 * @throws DecodeError truncated, trailing, malformed or non-canonical
 */
export function decodeRsaPublicKey(der: Uint8Array): RsaPublicKey {
  const outer = new Reader(der);
  const info = new Reader(readElement(outer, DER_TAG.sequence));
  outer.finish(PUBLIC_CLAUSE);
  requireAlgorithm(readElement(info, DER_TAG.sequence), PUBLIC_CLAUSE);
  const bits = new Reader(readElement(info, DER_TAG.bitString));
  info.finish(PUBLIC_CLAUSE);
  const unusedBits = bits.u8(PUBLIC_CLAUSE);
  if (unusedBits !== 0) throw new DecodeError('malformed', PUBLIC_CLAUSE, 'a key does not end within a byte', { unusedBits });
  const numbers = new Reader(readElement(bits, DER_TAG.sequence));
  bits.finish(PUBLIC_CLAUSE);
  const key = { modulus: readInteger(numbers), publicExponent: readInteger(numbers) };
  numbers.finish(PUBLIC_CLAUSE);
  requirePublicNumbers(key);
  return key;
}

/**
 * Writes a public key.
 * @returns SubjectPublicKeyInfo, 294 bytes where the exponent is 65,537
 */
export function encodeRsaPublicKey({ modulus, publicExponent }: RsaPublicKey): Uint8Array {
  const numbers = concat([writeInteger(numberToBytesBE(modulus, RSA_MODULUS_LENGTH)), writeInteger(numberToVarBytesBE(publicExponent))]);
  const bits = concat([Uint8Array.of(0), writeElement(DER_TAG.sequence, numbers)]);
  return writeElement(DER_TAG.sequence, concat([writeElement(DER_TAG.sequence, RSA_ALGORITHM), writeElement(DER_TAG.bitString, bits)]));
}

/**
 * Reads a secret key. Its eight numbers must fit each other; that p and q are primes is taken on trust.
 * @param der PrivateKeyInfo, known as PKCS #8
 * @throws DecodeError truncated, trailing, malformed or non-canonical
 */
export function decodeRsaSecretKey(der: Uint8Array): RsaSecretKey {
  const outer = new Reader(der);
  const info = new Reader(readElement(outer, DER_TAG.sequence));
  outer.finish(SECRET_CLAUSE);
  requireVersion(readInteger(info));
  requireAlgorithm(readElement(info, DER_TAG.sequence), SECRET_CLAUSE);
  const octets = new Reader(readElement(info, DER_TAG.octetString));
  info.finish(SECRET_CLAUSE);
  const numbers = new Reader(readElement(octets, DER_TAG.sequence));
  octets.finish(SECRET_CLAUSE);
  requireVersion(readInteger(numbers));
  const key = {
    modulus: readInteger(numbers),
    publicExponent: readInteger(numbers),
    secretExponent: readInteger(numbers),
    prime1: readInteger(numbers),
    prime2: readInteger(numbers),
    exponent1: readInteger(numbers),
    exponent2: readInteger(numbers),
    coefficient: readInteger(numbers),
  };
  numbers.finish(SECRET_CLAUSE);
  requirePublicNumbers(key);
  requireSecretNumbers(key);
  return key;
}

function requireVersion(version: bigint): void {
  if (version !== 0n) throw new DecodeError('malformed', SECRET_CLAUSE, 'not version 0', { version: version.toString() });
}

/** RFC 8017 3.2: the numbers of a secret key determine each other. */
function requireSecretNumbers(key: RsaSecretKey): void {
  const { modulus, publicExponent, secretExponent, prime1, prime2, exponent1, exponent2, coefficient } = key;
  requireNumbers(prime1 > 1n && prime2 > 1n && prime1 * prime2 === modulus, 'n is not p times q');
  requireNumbers(exponent1 === secretExponent % (prime1 - 1n) && exponent2 === secretExponent % (prime2 - 1n), 'not the exponents of d');
  requireNumbers((publicExponent * exponent1) % (prime1 - 1n) === 1n, 'd does not undo e');
  requireNumbers((publicExponent * exponent2) % (prime2 - 1n) === 1n, 'd does not undo e');
  requireNumbers(coefficient < prime1 && (coefficient * prime2) % prime1 === 1n, 'no coefficient');
}
