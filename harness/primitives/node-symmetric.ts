/** The hashes and ciphers of the primitives port over node:crypto, where it has them. */
import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { concat } from '../../reference/kernel/bytes.ts';
import { checkChachaBlocks, checkInput, notAuthentic } from '../../reference/primitives/checks.ts';
import { noblePrimitives } from '../../reference/primitives/noble.ts';
import type { CipherPrimitives, HashPrimitives } from '../../reference/primitives/primitives.ts';
import { TAG_LENGTH } from '../../reference/primitives/table.ts';

/** Bytes of `info` beyond which hkdfSync refuses to work. */
const HKDF_INFO_LENGTH_MAX = 1024;
/** Bytes of the only BLAKE2b digest that OpenSSL makes here. */
const BLAKE2B_NATIVE_LENGTH = 64;

/** Node's types have one signature for each family of these, its code has one for all: hence the casts below. */
type AeadName = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';

/** Bytes of their own in place of a view into Node's pool of buffers. */
export function fresh(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  return new Uint8Array(bytes);
}

/** The 16 bytes OpenSSL calls the IV of ChaCha20: the counter, 4 bytes little-endian, then 12 bytes. */
function chachaIv(counter: number, nonce: Uint8Array): Uint8Array {
  const iv = new Uint8Array(16);
  new DataView(iv.buffer).setUint32(0, counter, true);
  iv.set(nonce, iv.length - nonce.length); // the original form's 8 bytes leave the upper half of its counter zero
  return iv;
}

function applyChacha(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  return fresh(createCipheriv('chacha20', key, iv).update(data));
}

function seal(name: AeadName, key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv(name as 'aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
  cipher.setAAD(aad);
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return concat([ciphertext, cipher.getAuthTag()]);
}

function open(name: AeadName, key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(name as 'aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_LENGTH));
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - TAG_LENGTH));
  try {
    decipher.final();
  } catch {
    plaintext.fill(0); // what did not prove authentic is not left lying about
    throw notAuthentic();
  }
  return fresh(plaintext);
}

function gcmName(key: Uint8Array): AeadName {
  return key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
}

/** Hashes over OpenSSL; BLAKE3 and the short or keyed forms of BLAKE2b are not among them. */
export const nodeHash: HashPrimitives = Object.freeze<HashPrimitives>({
  sha256: ({ message }) => fresh(hash('sha256', message, 'buffer')),

  sha512: ({ message }) => fresh(hash('sha512', message, 'buffer')),

  hmacSha256: ({ key, message }) => fresh(createHmac('sha256', key).update(message).digest()),

  hkdfSha256(input) {
    const { inputKey, salt, info, outputLength } = input;
    checkInput('hkdfSha256', { outputLength });
    if (info.length > HKDF_INFO_LENGTH_MAX) return noblePrimitives.hkdfSha256(input);
    return fresh(hkdfSync('sha256', inputKey, salt, info, outputLength));
  },

  blake2b(input) {
    const { message, outputLength, key } = input;
    checkInput('blake2b', key === undefined ? { outputLength } : { outputLength, key });
    if (outputLength !== BLAKE2B_NATIVE_LENGTH || (key !== undefined && key.length > 0)) return noblePrimitives.blake2b(input);
    return fresh(hash('blake2b512', message, 'buffer'));
  },

  blake3: noblePrimitives.blake3,

  isEqual: ({ left, right }) => left.length === right.length && timingSafeEqual(left, right),
});

/** Ciphers over OpenSSL; those of NaCl and Poly1305 on its own are not among them. */
export const nodeCipher: CipherPrimitives = Object.freeze<CipherPrimitives>({
  applyChacha20Original({ key, nonce, counter, data }) {
    checkInput('applyChacha20Original', { key, nonce, counter });
    checkChachaBlocks('applyChacha20Original', counter, data.length);
    return applyChacha(key, chachaIv(counter, nonce), data);
  },

  applyChacha20({ key, nonce, counter, data }) {
    checkInput('applyChacha20', { key, nonce, counter });
    checkChachaBlocks('applyChacha20', counter, data.length);
    return applyChacha(key, chachaIv(counter, nonce), data);
  },

  applyAesCtr({ key, counterBlock, data }) {
    checkInput('applyAesCtr', { key, counterBlock });
    return fresh(createCipheriv(key.length === 16 ? 'aes-128-ctr' : 'aes-256-ctr', key, counterBlock).update(data));
  },

  sealAesGcm({ key, nonce, aad, plaintext }) {
    checkInput('sealAesGcm', { key, nonce });
    return seal(gcmName(key), key, nonce, aad, plaintext);
  },

  openAesGcm({ key, nonce, aad, sealed }) {
    checkInput('openAesGcm', { key, nonce, sealed });
    return open(gcmName(key), key, nonce, aad, sealed);
  },

  sealChacha20Poly1305({ key, nonce, aad, plaintext }) {
    checkInput('sealChacha20Poly1305', { key, nonce });
    return seal('chacha20-poly1305', key, nonce, aad, plaintext);
  },

  openChacha20Poly1305({ key, nonce, aad, sealed }) {
    checkInput('openChacha20Poly1305', { key, nonce, sealed });
    return open('chacha20-poly1305', key, nonce, aad, sealed);
  },

  sealSecretbox: noblePrimitives.sealSecretbox,
  openSecretbox: noblePrimitives.openSecretbox,
  poly1305: noblePrimitives.poly1305,
  hsalsa20: noblePrimitives.hsalsa20,
});
