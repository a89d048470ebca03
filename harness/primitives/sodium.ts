/**
 * The primitives over sodium-native, libsodium as a compiled addon: fastest where NaCl is, and another opinion on it. It is
 * an optional peer: whoever wants the speed installs it, and without it nothing else changes. What libsodium does not have,
 * or does by other rules than the port, is that of another implementation; `SODIUM_COVERAGE` says which is which.
 */
import { createRequire } from 'node:module';
import { checkInput, notAuthentic } from '../../reference/primitives/checks.ts';
import type { PrimitiveName, Primitives } from '../../reference/primitives/primitives.ts';

/** What is called of sodium-native: each function fills its first argument, or throws. */
interface Sodium {
  crypto_secretbox_easy(sealed: Uint8Array, plaintext: Uint8Array, nonce: Uint8Array, key: Uint8Array): void;
  /** @returns whether the tag is right */
  crypto_secretbox_open_easy(plaintext: Uint8Array, sealed: Uint8Array, nonce: Uint8Array, key: Uint8Array): boolean;
  crypto_onetimeauth(tag: Uint8Array, message: Uint8Array, key: Uint8Array): void;
  crypto_scalarmult_base(publicKey: Uint8Array, secret: Uint8Array): void;
  /** Throws for an all-zero result. */
  crypto_scalarmult(shared: Uint8Array, secret: Uint8Array, publicKey: Uint8Array): void;
  crypto_generichash(digest: Uint8Array, message: Uint8Array, key?: Uint8Array): void;
  crypto_aead_chacha20poly1305_ietf_encrypt(
    sealed: Uint8Array,
    plaintext: Uint8Array,
    aad: Uint8Array,
    none: null,
    nonce: Uint8Array,
    key: Uint8Array,
  ): void;
  /** Throws for a wrong tag. */
  crypto_aead_chacha20poly1305_ietf_decrypt(
    plaintext: Uint8Array,
    none: null,
    sealed: Uint8Array,
    aad: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ): void;
  crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void;
}
const CALLED = [
  'crypto_secretbox_easy',
  'crypto_secretbox_open_easy',
  'crypto_onetimeauth',
  'crypto_scalarmult_base',
  'crypto_scalarmult',
  'crypto_generichash',
  'crypto_aead_chacha20poly1305_ietf_encrypt',
  'crypto_aead_chacha20poly1305_ietf_decrypt',
  'crypto_sign_seed_keypair',
] as const satisfies readonly (keyof Sodium)[];

/** Operations that libsodium does, in whole or for some lengths. */
export const SODIUM_COVERAGE: Readonly<Partial<Record<PrimitiveName, 'native' | 'partly'>>> = Object.freeze({
  blake2b: 'partly', // digests below 16 bytes and keys below 16 bytes: the other
  sealChacha20Poly1305: 'native',
  openChacha20Poly1305: 'native',
  sealSecretbox: 'native',
  openSecretbox: 'native',
  poly1305: 'native',
  deriveX25519Public: 'native',
  deriveX25519Shared: 'native',
  deriveBoxKey: 'partly', // HSalsa20: the other
  deriveEd25519Public: 'native',
});

const TAG_LENGTH = 16;
const KEY_LENGTH = 32;
/** A seed and its public key: libsodium's form of an Ed25519 secret. */
const ED25519_SECRET_LENGTH = 64;
/** The shortest digest, and the shortest key, that libsodium's BLAKE2b takes; both end at 64. */
const BLAKE2B_LENGTH_MIN = 16;
/** The input of HSalsa20 that NaCl makes a box key with. */
const BOX_NONCE = new Uint8Array(16);

function isSodium(module: unknown): module is Sodium {
  return typeof module === 'object' && module !== null && CALLED.every((name) => typeof Reflect.get(module, name) === 'function');
}

let loaded: { readonly sodium: Sodium | undefined } | undefined;

/** The addon; undefined where it is not installed, or does not run on this machine. */
function sodiumOf(): Sodium | undefined {
  loaded ??= { sodium: load() };
  return loaded.sodium;
}

function load(): Sodium | undefined {
  try {
    const module: unknown = createRequire(import.meta.url)('sodium-native');
    return isSodium(module) ? module : undefined;
  } catch {
    return undefined; // not installed, or no binary for this machine: the others do the work
  }
}

/**
 * Makes an implementation of the primitives over libsodium.
 * @param others what does the rest
 * @returns undefined where sodium-native is not there
 */
export function createSodiumPrimitives(others: Primitives): Primitives | undefined {
  const sodium = sodiumOf();
  return sodium && Object.freeze<Primitives>({ ...others, ...over(sodium, others) });
}

function over(
  sodium: Sodium,
  others: Primitives,
): Pick<
  Primitives,
  | 'blake2b'
  | 'sealChacha20Poly1305'
  | 'openChacha20Poly1305'
  | 'sealSecretbox'
  | 'openSecretbox'
  | 'poly1305'
  | 'deriveX25519Public'
  | 'deriveX25519Shared'
  | 'deriveBoxKey'
  | 'deriveEd25519Public'
> {
  const made = (length: number, fill: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = new Uint8Array(length);
    fill(bytes);
    return bytes;
  };
  /** What is left to refuse once lengths are right is a wrong tag, or an all-zero result; a fault of types is a bug and stays one. */
  const refusing = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) throw error;
      throw notAuthentic();
    }
  };
  const x25519 = (secret: Uint8Array, publicKey: Uint8Array): Uint8Array =>
    made(KEY_LENGTH, (shared) => refusing(() => sodium.crypto_scalarmult(shared, secret, publicKey)));
  return {
    blake2b(input) {
      const { message, outputLength, key } = input;
      checkInput('blake2b', key === undefined ? { outputLength } : { outputLength, key });
      const isTaken = outputLength >= BLAKE2B_LENGTH_MIN && (key === undefined || key.length === 0 || key.length >= BLAKE2B_LENGTH_MIN);
      if (!isTaken) return others.blake2b(input);
      return made(outputLength, (digest) =>
        key === undefined || key.length === 0
          ? sodium.crypto_generichash(digest, message)
          : sodium.crypto_generichash(digest, message, key),
      );
    },

    sealChacha20Poly1305({ key, nonce, aad, plaintext }) {
      checkInput('sealChacha20Poly1305', { key, nonce });
      return made(plaintext.length + TAG_LENGTH, (sealed) =>
        sodium.crypto_aead_chacha20poly1305_ietf_encrypt(sealed, plaintext, aad, null, nonce, key),
      );
    },

    openChacha20Poly1305({ key, nonce, aad, sealed }) {
      checkInput('openChacha20Poly1305', { key, nonce, sealed });
      return made(sealed.length - TAG_LENGTH, (plaintext) =>
        refusing(() => sodium.crypto_aead_chacha20poly1305_ietf_decrypt(plaintext, null, sealed, aad, nonce, key)),
      );
    },

    sealSecretbox({ key, nonce, plaintext }) {
      checkInput('sealSecretbox', { key, nonce });
      return made(plaintext.length + TAG_LENGTH, (sealed) => sodium.crypto_secretbox_easy(sealed, plaintext, nonce, key));
    },

    openSecretbox({ key, nonce, sealed }) {
      checkInput('openSecretbox', { key, nonce, sealed });
      return made(sealed.length - TAG_LENGTH, (plaintext) => {
        if (!sodium.crypto_secretbox_open_easy(plaintext, sealed, nonce, key)) throw notAuthentic();
      });
    },

    poly1305({ key, message }) {
      checkInput('poly1305', { key });
      return made(TAG_LENGTH, (tag) => sodium.crypto_onetimeauth(tag, message, key));
    },

    deriveX25519Public({ secret }) {
      checkInput('deriveX25519Public', { secret });
      return made(KEY_LENGTH, (publicKey) => sodium.crypto_scalarmult_base(publicKey, secret));
    },

    deriveX25519Shared({ secret, publicKey }) {
      checkInput('deriveX25519Shared', { secret, publicKey });
      return x25519(secret, publicKey);
    },

    deriveBoxKey({ secret, publicKey }) {
      checkInput('deriveBoxKey', { secret, publicKey });
      return others.hsalsa20({ key: x25519(secret, publicKey), nonce: BOX_NONCE });
    },

    deriveEd25519Public({ secret }) {
      checkInput('deriveEd25519Public', { secret });
      return made(KEY_LENGTH, (publicKey) => {
        const secretKey = new Uint8Array(ED25519_SECRET_LENGTH);
        sodium.crypto_sign_seed_keypair(publicKey, secretKey, secret);
        secretKey.fill(0);
      });
    },
  };
}
