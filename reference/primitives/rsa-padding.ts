/**
 * The two paddings of RSA that CS2a uses; each turns a message into 256 bytes whose first is zero, so that as a
 * number they are below any modulus of 2,048 bits.
 *
 *   OAEP (RFC 8017 7.1.1)    00 | seed, masked 20 | hash of the label 20, zeros, 01, plaintext; masked: 235
 *   PKCS1 v1.5 (9.2)         00 01 | ff ... ff | 00 | DigestInfo of SHA-256: 19 bytes, then the digest 32
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { EMPTY, concat, fromHex } from '../kernel/bytes.ts';
import { notAuthentic } from './checks.ts';
import { OAEP_HASH_LENGTH, RSA_MODULUS_LENGTH } from './table.ts';

/** Bytes of the masked data block of OAEP (RFC 8017 7.1.1, step 2). */
const DATA_BLOCK_LENGTH: number = RSA_MODULUS_LENGTH - OAEP_HASH_LENGTH - 1;
/** SHA-1 of the empty label (RFC 8017 7.1.1, step 2a). */
const LABEL_HASH: Uint8Array = sha1(EMPTY);
/** The DER of a DigestInfo of SHA-256 up to the digest (RFC 8017 9.2, note 1). */
const DIGEST_INFO_PREFIX: Uint8Array = fromHex('3031300d060960864801650304020105000420');

/**
 * XORs bytes with as much of MGF1 with SHA-1 as they are long.
 * @see RFC 8017 B.2.1
 */
export function applyMgf1Mask(bytes: Uint8Array, seed: Uint8Array): Uint8Array {
  const masked = bytes.slice();
  for (let offset = 0; offset < masked.length; offset += OAEP_HASH_LENGTH) {
    const block = sha1(concat([seed, Uint8Array.of(0, 0, 0, offset / OAEP_HASH_LENGTH)]));
    for (let index = 0; index < block.length && offset + index < masked.length; index++) {
      masked[offset + index] = (masked[offset + index] ?? 0) ^ (block[index] ?? 0);
    }
  }
  return masked;
}

/**
 * Pads for encryption.
 * @param seed 20 bytes
 * @param plaintext 0 to 214 bytes
 * @returns 256 bytes
 * @see RFC 8017 7.1.1
 */
export function encodeOaep(seed: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const zeros = new Uint8Array(DATA_BLOCK_LENGTH - OAEP_HASH_LENGTH - 1 - plaintext.length);
  const dataBlock = applyMgf1Mask(concat([LABEL_HASH, zeros, Uint8Array.of(1), plaintext]), seed);
  return concat([Uint8Array.of(0), applyMgf1Mask(seed, dataBlock), dataBlock]);
}

/**
 * Removes the padding. All of it is checked before anything is decided, and every fault is the same.
 * @param padded 256 bytes
 * @returns 0 to 214 bytes
 * @throws AuthenticationError
 * @see RFC 8017 7.1.2
 */
export function decodeOaep(padded: Uint8Array): Uint8Array {
  const maskedSeed = padded.subarray(1, 1 + OAEP_HASH_LENGTH);
  const maskedBlock = padded.subarray(1 + OAEP_HASH_LENGTH);
  const dataBlock = applyMgf1Mask(maskedBlock, applyMgf1Mask(maskedSeed, maskedBlock));
  let fault = padded[0] ?? 1;
  for (let index = 0; index < OAEP_HASH_LENGTH; index++) fault |= (dataBlock[index] ?? 0) ^ (LABEL_HASH[index] ?? 0);
  let start = 0;
  for (let index = OAEP_HASH_LENGTH; index < dataBlock.length; index++) {
    if (start > 0) continue;
    const byte = dataBlock[index] ?? 0;
    if (byte === 1) start = index + 1;
    else fault |= byte;
  }
  if (fault !== 0 || start === 0) throw notAuthentic();
  return dataBlock.slice(start);
}

/**
 * Pads the digest of a message for a signature.
 * @returns 256 bytes
 * @see RFC 8017 9.2
 */
export function encodePkcs1(message: Uint8Array): Uint8Array {
  const digestInfo = concat([DIGEST_INFO_PREFIX, sha256(message)]);
  const filling = new Uint8Array(RSA_MODULUS_LENGTH - 3 - digestInfo.length).fill(0xff);
  return concat([Uint8Array.of(0, 1), filling, Uint8Array.of(0), digestInfo]);
}
