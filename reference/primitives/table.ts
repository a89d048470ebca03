/**
 * The primitives as a table: what each takes, how long it must be, what comes out, and where it is defined. The
 * documentation prints this table and every implementation checks its inputs by it, so the two cannot disagree.
 */
import type { PrimitiveName } from './primitives.ts';

/** Permitted values: one of a few, or a range with both ends included. */
export type Permitted = readonly number[] | { readonly min: number; readonly max: number };

/** One row of the table. */
export interface PrimitiveDescription {
  /** The name that its own document gives it. */
  readonly title: string;
  /** Document and section. */
  readonly source: string;
  /** Lengths in bytes of the inputs that are byte strings and whose length is not free. */
  readonly lengths: Readonly<Record<string, Permitted>>;
  /** Values of the inputs that are numbers. */
  readonly numbers: Readonly<Record<string, Permitted>>;
  /** What comes out. */
  readonly output: string;
  /** Length in bytes of the tag within the sealed bytes, or null if nothing is sealed. */
  readonly tagLength: number | null;
}

/** Bytes of a block of ChaCha20 (RFC 8439 2.3). */
export const CHACHA_BLOCK_LENGTH = 64;
/** Blocks of one ChaCha20 key stream: the counter stops one short of 2^32, which no library agrees how to go beyond. */
export const CHACHA_BLOCK_COUNT_MAX: number = 2 ** 32 - 1;
/** Bytes of the tag of every authenticated cipher here (SP 800-38D 5.2.1.2, RFC 8439 2.5). */
export const TAG_LENGTH = 16;
/** Bytes of an RSA modulus of 2,048 bits (RFC 8017 5). */
export const RSA_MODULUS_LENGTH = 256;
/** Bytes of a SHA-1 digest, and so of an OAEP seed (RFC 8017 7.1.1). */
export const OAEP_HASH_LENGTH = 20;
/** Bytes that OAEP can hold: the modulus less two digests and two bytes (RFC 8017 7.1.1). */
export const OAEP_PLAINTEXT_LENGTH_MAX: number = RSA_MODULUS_LENGTH - 2 * OAEP_HASH_LENGTH - 2;
/** Bytes that HKDF can make: 255 digests (RFC 5869 2.3). */
export const HKDF_OUTPUT_LENGTH_MAX: number = 255 * 32;
/** Bytes of a BLAKE3 digest. Choice: BLAKE3 itself has no bound that matters, a local caller should have one. */
export const BLAKE3_OUTPUT_LENGTH_MAX = 65_536;

const AT_LEAST_A_TAG: Permitted = { min: TAG_LENGTH, max: Number.MAX_SAFE_INTEGER };
const CHACHA_COUNTER: Permitted = { min: 0, max: CHACHA_BLOCK_COUNT_MAX - 1 };
const AES_KEY: Permitted = [16, 32];

/** A row without numbers and tag, which is most of them. */
function row(
  title: string,
  source: string,
  lengths: Readonly<Record<string, Permitted>>,
  output: string,
  more: { readonly numbers?: Readonly<Record<string, Permitted>>; readonly tagLength?: number } = {},
): PrimitiveDescription {
  return Object.freeze({ title, source, lengths, numbers: more.numbers ?? {}, output, tagLength: more.tagLength ?? null });
}

/** Every primitive of the port. */
export const PRIMITIVES: Readonly<Record<PrimitiveName, PrimitiveDescription>> = Object.freeze({
  sha256: row('SHA-256', 'FIPS 180-4 6.2', {}, '32 bytes'),
  sha512: row('SHA-512', 'FIPS 180-4 6.4', {}, '64 bytes'),
  hmacSha256: row('HMAC with SHA-256', 'RFC 2104 2', {}, '32 bytes'),
  hkdfSha256: row('HKDF with SHA-256', 'RFC 5869 2', {}, 'outputLength bytes', {
    numbers: { outputLength: { min: 1, max: HKDF_OUTPUT_LENGTH_MAX } },
  }),
  blake2b: row('BLAKE2b', 'RFC 7693 3', { key: { min: 0, max: 64 } }, 'outputLength bytes', {
    numbers: { outputLength: { min: 1, max: 64 } },
  }),
  blake3: row('BLAKE3', 'BLAKE3 2.3', { key: [32] }, 'outputLength bytes', {
    numbers: { outputLength: { min: 1, max: BLAKE3_OUTPUT_LENGTH_MAX } },
  }),
  isEqual: row('comparison in constant time', 'NaCl verify', {}, 'true or false'),

  applyChacha20Original: row('ChaCha20, original form', 'ChaCha 3', { key: [32], nonce: [8] }, 'as long as data', {
    numbers: { counter: CHACHA_COUNTER },
  }),
  applyChacha20: row('ChaCha20, IETF form', 'RFC 8439 2.4', { key: [32], nonce: [12] }, 'as long as data', {
    numbers: { counter: CHACHA_COUNTER },
  }),
  applyAesCtr: row('AES-CTR', 'SP 800-38A 6.5', { key: AES_KEY, counterBlock: [16] }, 'as long as data'),
  sealAesGcm: row('AES-GCM', 'SP 800-38D 7.1', { key: AES_KEY, nonce: [12] }, 'ciphertext, tag', { tagLength: TAG_LENGTH }),
  openAesGcm: row('AES-GCM', 'SP 800-38D 7.2', { key: AES_KEY, nonce: [12], sealed: AT_LEAST_A_TAG }, 'plaintext', {
    tagLength: TAG_LENGTH,
  }),
  sealChacha20Poly1305: row('ChaCha20-Poly1305', 'RFC 8439 2.8', { key: [32], nonce: [12] }, 'ciphertext, tag', { tagLength: TAG_LENGTH }),
  openChacha20Poly1305: row('ChaCha20-Poly1305', 'RFC 8439 2.8', { key: [32], nonce: [12], sealed: AT_LEAST_A_TAG }, 'plaintext', {
    tagLength: TAG_LENGTH,
  }),
  sealSecretbox: row('XSalsa20-Poly1305', 'NaCl secretbox', { key: [32], nonce: [24] }, 'tag, ciphertext', { tagLength: TAG_LENGTH }),
  openSecretbox: row('XSalsa20-Poly1305', 'NaCl secretbox', { key: [32], nonce: [24], sealed: AT_LEAST_A_TAG }, 'plaintext', {
    tagLength: TAG_LENGTH,
  }),
  poly1305: row('Poly1305', 'RFC 8439 2.5', { key: [32] }, '16 bytes'),
  hsalsa20: row('HSalsa20', 'XSalsa20 2', { key: [32], nonce: [16] }, '32 bytes'),

  deriveX25519Public: row('X25519 of the base point', 'RFC 7748 6.1', { secret: [32] }, '32 bytes'),
  deriveX25519Shared: row('X25519', 'RFC 7748 5', { secret: [32], publicKey: [32] }, '32 bytes'),
  deriveBoxKey: row('crypto_box_beforenm', 'NaCl box', { secret: [32], publicKey: [32] }, '32 bytes'),
  deriveP256Public: row('P-256 public key', 'SEC 1 3.2.1', { secret: [32] }, '65 bytes: 04, x, y'),
  deriveP256Shared: row('ECDH on P-256', 'SEC 1 3.3.1', { secret: [32], publicKey: [65] }, '32 bytes: x'),
  isP256Public: row('P-256 public key validation', 'SEC 1 3.2.2', { publicKey: [65] }, 'true or false'),
  deriveSecp160r1Public: row('secp160r1 public key', 'SEC 1 3.2.1', { secret: [20] }, '21 bytes: 02 or 03, x'),
  deriveSecp160r1Shared: row('ECDH on secp160r1', 'SEC 1 3.3.1', { secret: [20], publicKey: [21] }, '20 bytes: x'),
  isSecp160r1Public: row('secp160r1 public key validation', 'SEC 1 3.2.2', { publicKey: [21] }, 'true or false'),
  deriveEd25519Public: row('Ed25519 public key', 'RFC 8032 5.1.5', { secret: [32] }, '32 bytes'),
  signEd25519: row('Ed25519', 'RFC 8032 5.1.6', { secret: [32] }, '64 bytes: R, S'),
  verifyEd25519: row('Ed25519', 'RFC 8032 5.1.7', { publicKey: [32], signature: [64] }, 'nothing'),
  convertEd25519Secret: row('Ed25519 seed as X25519 secret', 'RFC 8032 5.1.5', { secret: [32] }, '32 bytes'),
  convertEd25519Public: row('Ed25519 public key as X25519 public key', 'RFC 7748 4.1', { publicKey: [32] }, '32 bytes'),
  multiplyEd25519: row('edwards25519, a multiple of a point', 'RFC 8032 5.1.4', { scalar: [32], point: [32] }, '32 bytes'),
  addEd25519: row('edwards25519, the sum of two points', 'RFC 8032 5.1.4', { left: [32], right: [32] }, '32 bytes'),

  deriveRsaPublic: row('RSA public key', 'RFC 8017 A.1', {}, 'SubjectPublicKeyInfo in DER'),
  sealRsaOaep: row(
    'RSAES-OAEP with SHA-1',
    'RFC 8017 7.1.1',
    { seed: [OAEP_HASH_LENGTH], plaintext: { min: 0, max: OAEP_PLAINTEXT_LENGTH_MAX } },
    '256 bytes',
  ),
  openRsaOaep: row('RSAES-OAEP with SHA-1', 'RFC 8017 7.1.2', { sealed: [RSA_MODULUS_LENGTH] }, '0 to 214 bytes'),
  signRsa: row('RSASSA-PKCS1-v1_5 with SHA-256', 'RFC 8017 8.2.1', {}, '256 bytes'),
  verifyRsa: row('RSASSA-PKCS1-v1_5 with SHA-256', 'RFC 8017 8.2.2', { signature: [RSA_MODULUS_LENGTH] }, 'nothing'),
});
