/**
 * Bottlepost adapter over the npm package libsodium-wrappers-sumo: cipher set 3a, written by this project, from its primitives,
 * SHA-256 among them. Run it with `node adapter.cjs`; see README.md for the mapping and its limits.
 */
'use strict';
const sodium = require('../library.cjs')('libsodium-wrappers-sumo');
const { operationsOver, ownOver, serve } = require('../nacl/cs3a.cjs');

/** The library throws where it refuses; its Errors carry no class, so only calls that can refuse are wrapped. */
function unlessRefused(call) {
  try {
    return call();
  } catch {
    return undefined;
  }
}

void sodium.ready.then(() => {
  serve(ownOver('libsodium', sodium.sodium_version_string()), operationsOver({
    publicOf: (secret) => sodium.crypto_scalarmult_base(secret),
    agree: (secret, key) => unlessRefused(() => sodium.crypto_box_beforenm(key, secret)), // refuses an all-zero agreement itself
    seal: (data, nonce, key) => sodium.crypto_secretbox_easy(data, nonce, key),
    open: (data, nonce, key) => unlessRefused(() => sodium.crypto_secretbox_open_easy(data, nonce, key)),
    authenticate: (data, key) => sodium.crypto_onetimeauth(data, key),
    sha256(...parts) {
      const state = sodium.crypto_hash_sha256_init();
      for (const part of parts) sodium.crypto_hash_sha256_update(state, part);
      return Buffer.from(sodium.crypto_hash_sha256_final(state));
    },
  }));
});
