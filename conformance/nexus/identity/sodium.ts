/** libsodium, as far as it confirms vectors. It is not needed to run the suites. */
import { createRequire } from 'node:module';

interface Libsodium {
  readonly ready: Promise<void>;
  crypto_generichash(length: number, data: Uint8Array, key: null): Uint8Array;
  crypto_aead_chacha20poly1305_ietf_encrypt(
    message: Uint8Array,
    context: Uint8Array | null,
    unused: null,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Uint8Array;
  crypto_aead_chacha20poly1305_ietf_decrypt(
    unused: null,
    sealed: Uint8Array,
    context: Uint8Array | null,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Uint8Array;
  crypto_scalarmult_base(secret: Uint8Array): Uint8Array;
  crypto_scalarmult(secret: Uint8Array, publicKey: Uint8Array): Uint8Array;
  crypto_sign_seed_keypair(seed: Uint8Array): { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
  crypto_sign_detached(data: Uint8Array, secret: Uint8Array): Uint8Array;
  crypto_sign_verify_detached(signature: Uint8Array, data: Uint8Array, publicKey: Uint8Array): boolean;
  crypto_sign_ed25519_pk_to_curve25519(publicKey: Uint8Array): Uint8Array;
  crypto_sign_ed25519_sk_to_curve25519(secret: Uint8Array): Uint8Array;
}

/** Loads it. */
export async function libsodium(): Promise<Libsodium> {
  const sodium = createRequire(import.meta.url)('libsodium-wrappers-sumo') as Libsodium;
  await sodium.ready;
  return sodium;
}
