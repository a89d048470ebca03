/** The ciphers of the primitives port over @noble/ciphers. */
import { poly1305 } from '@noble/ciphers/_poly1305.js';
import { ctr, gcm } from '@noble/ciphers/aes.js';
import { chacha20, chacha20orig, chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { u32 } from '@noble/ciphers/utils.js';
import { checkChachaBlocks, checkInput, notAuthentic } from './checks.ts';
import type { CipherPrimitives } from './primitives.ts';

/** The bytes "expand 32-byte k" as words in the order of the machine, which is how `hsalsa` wants them (Salsa20 9). */
const SIGMA: Uint32Array = u32(Uint8Array.from('expand 32-byte k', (character) => character.charCodeAt(0)));

/**
 * Opens with a cipher whose lengths have been checked, so that all it can throw for is the tag.
 * @throws AuthenticationError
 */
function open(decrypt: () => Uint8Array): Uint8Array {
  try {
    return decrypt();
  } catch {
    throw notAuthentic();
  }
}

/** Ciphers in plain JavaScript; AES with tables, so not in constant time. */
export const nobleCipher: CipherPrimitives = Object.freeze<CipherPrimitives>({
  applyChacha20Original({ key, nonce, counter, data }) {
    checkInput('applyChacha20Original', { key, nonce, counter });
    checkChachaBlocks('applyChacha20Original', counter, data.length);
    return chacha20orig(key, nonce, data, undefined, counter);
  },

  applyChacha20({ key, nonce, counter, data }) {
    checkInput('applyChacha20', { key, nonce, counter });
    checkChachaBlocks('applyChacha20', counter, data.length);
    return chacha20(key, nonce, data, undefined, counter);
  },

  applyAesCtr({ key, counterBlock, data }) {
    checkInput('applyAesCtr', { key, counterBlock });
    return ctr(key, counterBlock).encrypt(data);
  },

  sealAesGcm({ key, nonce, aad, plaintext }) {
    checkInput('sealAesGcm', { key, nonce });
    return gcm(key, nonce, aad).encrypt(plaintext);
  },

  openAesGcm({ key, nonce, aad, sealed }) {
    checkInput('openAesGcm', { key, nonce, sealed });
    return open(() => gcm(key, nonce, aad).decrypt(sealed));
  },

  sealChacha20Poly1305({ key, nonce, aad, plaintext }) {
    checkInput('sealChacha20Poly1305', { key, nonce });
    return chacha20poly1305(key, nonce, aad).encrypt(plaintext);
  },

  openChacha20Poly1305({ key, nonce, aad, sealed }) {
    checkInput('openChacha20Poly1305', { key, nonce, sealed });
    return open(() => chacha20poly1305(key, nonce, aad).decrypt(sealed));
  },

  // The library returns views of a longer work buffer: what leaves here is a copy of its own.
  sealSecretbox({ key, nonce, plaintext }) {
    checkInput('sealSecretbox', { key, nonce });
    return xsalsa20poly1305(key, nonce).encrypt(plaintext).slice();
  },

  openSecretbox({ key, nonce, sealed }) {
    checkInput('openSecretbox', { key, nonce, sealed });
    return open(() => xsalsa20poly1305(key, nonce).decrypt(sealed).slice());
  },

  poly1305({ key, message }) {
    checkInput('poly1305', { key });
    return poly1305(message, key);
  },

  hsalsa20({ key, nonce }) {
    checkInput('hsalsa20', { key, nonce });
    const derived = new Uint8Array(32);
    hsalsa(SIGMA, u32(key.slice()), u32(nonce.slice()), u32(derived)); // copies, because words must begin at a multiple of 4
    return derived;
  },
});
