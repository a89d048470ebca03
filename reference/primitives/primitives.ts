/**
 * The primitives port: every cryptographic operation that the protocols need, by name, and nothing of how it is done.
 *
 * Anyone who seals a message or derives a key asks an implementation of this interface, so that one engine runs over
 * readable JavaScript, over the operating system's library, or over a broken copy that a test put there. The rules
 * are the same for all of them:
 *
 * - inputs are named and outputs are fresh bytes that share memory with no input;
 * - randomness is an input (a seed, a nonce, a secret), so every result can be reproduced;
 * - lengths are checked against `PRIMITIVES` before any work: a wrong one is the local caller's bug (UsageError);
 * - a public key that is not a key at all is the sender's fault (DecodeError);
 * - a tag, signature, padding or key agreement that fails is an AuthenticationError: one clause for every primitive,
 *   no detail, no plaintext.
 */

/** A secret scalar or seed, and nothing else. */
export interface SecretInput {
  readonly secret: Uint8Array;
}

/** One side's secret and the other side's public key. */
export interface AgreementInput {
  readonly secret: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** What a stream cipher takes; the same call encrypts and decrypts. */
export interface ChachaInput {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  /** Number of the first block of 64 bytes, 0 to 2^32 - 2. */
  readonly counter: number;
  readonly data: Uint8Array;
}

/** What sealing takes: a nonce is never used twice under one key. */
export interface SealInput {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly plaintext: Uint8Array;
}

/** What opening takes. */
export interface OpenInput {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Bytes that are authenticated besides the plaintext and not sent by the primitive; empty if there are none. */
export interface AadInput {
  readonly aad: Uint8Array;
}

/** Hashes, keyed hashes and what is built of them. */
export interface HashPrimitives {
  /**
   * SHA-256.
   * @returns 32 bytes
   * @see FIPS 180-4 6.2
   */
  sha256(input: { readonly message: Uint8Array }): Uint8Array;

  /**
   * SHA-512.
   * @returns 64 bytes
   * @see FIPS 180-4 6.4
   */
  sha512(input: { readonly message: Uint8Array }): Uint8Array;

  /**
   * HMAC with SHA-256; a key of more than 64 bytes is hashed first.
   * @returns 32 bytes
   * @see RFC 2104 2
   */
  hmacSha256(input: { readonly key: Uint8Array; readonly message: Uint8Array }): Uint8Array;

  /**
   * HKDF with SHA-256, extract and expand. An empty salt means 32 zero bytes.
   * @returns as many bytes as `outputLength` says, 1 to 8,160
   * @see RFC 5869 2
   */
  hkdfSha256(input: {
    readonly inputKey: Uint8Array;
    readonly salt: Uint8Array;
    readonly info: Uint8Array;
    readonly outputLength: number;
  }): Uint8Array;

  /**
   * BLAKE2b, keyed where a key is given. The length is part of what is hashed: a short digest is not a prefix of a long one.
   * @returns as many bytes as `outputLength` says, 1 to 64
   * @see RFC 7693 3
   */
  blake2b(input: { readonly message: Uint8Array; readonly outputLength: number; readonly key?: Uint8Array }): Uint8Array;

  /**
   * BLAKE3: a hash; with `key` a keyed hash; with `context` a key derivation whose input key is the message. A short
   * digest is a prefix of a long one.
   * @returns as many bytes as `outputLength` says, 1 to 65,536
   * @throws UsageError for wrong lengths, or for a key and a context together
   * @see BLAKE3 2.3
   */
  blake3(input: {
    readonly message: Uint8Array;
    readonly outputLength: number;
    readonly key?: Uint8Array;
    readonly context?: Uint8Array;
  }): Uint8Array;

  /**
   * Answers whether two byte strings are the same, without telling by its time where they differ.
   * @returns false for different lengths, at once
   */
  isEqual(input: { readonly left: Uint8Array; readonly right: Uint8Array }): boolean;
}

/** Stream ciphers, authenticated ciphers and the one-time authenticator. */
export interface CipherPrimitives {
  /**
   * ChaCha20 as first published: a nonce of 8 bytes and a block counter of 64 bits, whose upper half stays zero here.
   * @returns as many bytes as `data`
   * @throws UsageError; LimitError if the lower half of the counter would run out
   * @see ChaCha 3
   */
  applyChacha20Original(input: ChachaInput): Uint8Array;

  /**
   * ChaCha20 as the IETF has it: a nonce of 12 bytes and a block counter of 32 bits.
   * @returns as many bytes as `data`
   * @throws UsageError; LimitError if the counter would run out
   * @see RFC 8439 2.4
   */
  applyChacha20(input: ChachaInput): Uint8Array;

  /**
   * AES in counter mode with a key of 16 or 32 bytes; all 16 bytes of the counter block count, big-endian, and wrap.
   * @returns as many bytes as `data`
   * @see SP 800-38A 6.5
   */
  applyAesCtr(input: { readonly key: Uint8Array; readonly counterBlock: Uint8Array; readonly data: Uint8Array }): Uint8Array;

  /**
   * AES in Galois/counter mode with a key of 16 or 32 bytes.
   * @returns ciphertext as long as the plaintext, then a tag of 16 bytes
   * @see SP 800-38D 7.1
   */
  sealAesGcm(input: SealInput & AadInput): Uint8Array;

  /**
   * Opens what `sealAesGcm` sealed.
   * @returns 16 bytes less than `sealed`
   * @throws UsageError; AuthenticationError
   * @see SP 800-38D 7.2
   */
  openAesGcm(input: OpenInput & AadInput): Uint8Array;

  /**
   * ChaCha20-Poly1305.
   * @returns ciphertext as long as the plaintext, then a tag of 16 bytes
   * @see RFC 8439 2.8
   */
  sealChacha20Poly1305(input: SealInput & AadInput): Uint8Array;

  /**
   * Opens what `sealChacha20Poly1305` sealed.
   * @returns 16 bytes less than `sealed`
   * @throws UsageError; AuthenticationError
   * @see RFC 8439 2.8
   */
  openChacha20Poly1305(input: OpenInput & AadInput): Uint8Array;

  /**
   * XSalsa20-Poly1305, NaCl's secretbox.
   * @returns a tag of 16 bytes, then ciphertext as long as the plaintext: the tag comes first
   * @see NaCl secretbox
   */
  sealSecretbox(input: SealInput): Uint8Array;

  /**
   * Opens what `sealSecretbox` sealed.
   * @returns 16 bytes less than `sealed`
   * @throws UsageError; AuthenticationError
   * @see NaCl secretbox
   */
  openSecretbox(input: OpenInput): Uint8Array;

  /**
   * Poly1305: two messages under one key give the key away.
   * @returns 16 bytes
   * @see RFC 8439 2.5
   */
  poly1305(input: { readonly key: Uint8Array; readonly message: Uint8Array }): Uint8Array;

  /**
   * HSalsa20: a key and 16 bytes of input made into another key.
   * @returns 32 bytes
   * @see XSalsa20 2
   */
  hsalsa20(input: { readonly key: Uint8Array; readonly nonce: Uint8Array }): Uint8Array;
}

/** Curves: key agreement on X25519, P-256 and secp160r1, signatures with Ed25519. */
export interface CurvePrimitives {
  /**
   * The public key of an X25519 secret; any 32 bytes are a secret.
   * @returns 32 bytes
   * @see RFC 7748 6.1
   */
  deriveX25519Public(input: SecretInput): Uint8Array;

  /**
   * X25519. The top bit of the public key is ignored and a u of p or more is reduced, as the RFC demands.
   * @returns 32 bytes, never all zero
   * @throws UsageError; AuthenticationError if the result would be all zero
   * @see RFC 7748 5
   */
  deriveX25519Shared(input: AgreementInput): Uint8Array;

  /**
   * NaCl's crypto_box_beforenm: HSalsa20 of the X25519 result with 16 zero bytes. It is the key of a secretbox, and
   * what the telehash documents call the shared secret.
   * @returns 32 bytes
   * @throws UsageError; AuthenticationError if the X25519 result would be all zero
   * @see NaCl box
   */
  deriveBoxKey(input: AgreementInput): Uint8Array;

  /**
   * The public key of a P-256 scalar.
   * @param input secret: 32 bytes big-endian, 1 to n - 1
   * @returns 65 bytes: 04, x, y
   * @throws UsageError also for a scalar out of range
   * @see SEC 1 3.2.1
   */
  deriveP256Public(input: SecretInput): Uint8Array;

  /**
   * ECDH on P-256.
   * @param input secret: as for `deriveP256Public`; publicKey: 65 bytes, 04, x, y
   * @returns 32 bytes, the x coordinate of the shared point
   * @throws UsageError; DecodeError malformed for what is not a point of the curve
   * @see SEC 1 3.3.1
   */
  deriveP256Shared(input: AgreementInput): Uint8Array;

  /** Answers whether 65 bytes are a point of P-256, uncompressed, other than infinity. */
  isP256Public(input: { readonly publicKey: Uint8Array }): boolean;

  /**
   * The public key of a secp160r1 scalar. The order n has 161 bits, but secrets have 20 bytes, so the few scalars
   * from 2^160 to n - 1 are never used.
   * @param input secret: 20 bytes big-endian, not zero
   * @returns 21 bytes: 02 or 03 for an even or odd y, then x
   * @throws UsageError also for zero
   * @see SEC 1 3.2.1
   */
  deriveSecp160r1Public(input: SecretInput): Uint8Array;

  /**
   * ECDH on secp160r1.
   * @param input secret: as for `deriveSecp160r1Public`; publicKey: 21 bytes, compressed
   * @returns 20 bytes, the x coordinate of the shared point
   * @throws UsageError; DecodeError malformed for what is not a point of the curve
   * @see SEC 1 3.3.1
   */
  deriveSecp160r1Shared(input: AgreementInput): Uint8Array;

  /** Answers whether 21 bytes are a point of secp160r1, compressed, other than infinity. */
  isSecp160r1Public(input: { readonly publicKey: Uint8Array }): boolean;

  /**
   * The public key of an Ed25519 seed.
   * @returns 32 bytes
   * @see RFC 8032 5.1.5
   */
  deriveEd25519Public(input: SecretInput): Uint8Array;

  /**
   * Signs with Ed25519 (the pure form).
   * @param input secret: the seed of 32 bytes, from which the public key follows
   * @returns 64 bytes: R, S
   * @see RFC 8032 5.1.6
   */
  signEd25519(input: SecretInput & { readonly message: Uint8Array }): Uint8Array;

  /**
   * Verifies an Ed25519 signature, strictly: S below the group order, R and the public key in their one encoding, no
   * public key of small order, and the equation without the cofactor. Libraries differ in exactly these points.
   * @throws UsageError; AuthenticationError
   * @see RFC 8032 5.1.7
   */
  verifyEd25519(input: { readonly publicKey: Uint8Array; readonly message: Uint8Array; readonly signature: Uint8Array }): void;

  /**
   * The X25519 secret that belongs to an Ed25519 seed: the lower half of its SHA-512 digest, clamped.
   * @returns 32 bytes
   * @see RFC 8032 5.1.5
   */
  convertEd25519Secret(input: SecretInput): Uint8Array;

  /**
   * The X25519 public key of an Ed25519 public key: u = (1 + y) / (1 - y).
   * @returns 32 bytes
   * @throws UsageError; DecodeError malformed for what is not a point, not in its one encoding, or of small order
   * @see RFC 7748 4.1
   */
  convertEd25519Public(input: { readonly publicKey: Uint8Array }): Uint8Array;

  /**
   * A multiple of a point of edwards25519, of whatever order the point is.
   * @param input scalar: little-endian, below the order of the base point, perhaps secret; point: in its one encoding
   * @returns 32 bytes
   * @throws UsageError also for a scalar out of range; DecodeError malformed for what is not a point in its one encoding
   * @see RFC 8032 5.1.4
   */
  multiplyEd25519(input: { readonly scalar: Uint8Array; readonly point: Uint8Array }): Uint8Array;

  /**
   * The sum of two points of edwards25519.
   * @returns 32 bytes
   * @throws UsageError; DecodeError malformed for what is not a point in its one encoding
   * @see RFC 8032 5.1.4
   */
  addEd25519(input: { readonly left: Uint8Array; readonly right: Uint8Array }): Uint8Array;
}

/** RSA with moduli of 2,048 bits. Public keys are SubjectPublicKeyInfo, secret keys are PKCS #8, both in strict DER. */
export interface RsaPrimitives {
  /**
   * The public key inside a secret key.
   * @returns SubjectPublicKeyInfo in DER, 294 bytes where the exponent is 65,537
   * @throws DecodeError
   * @see RFC 8017 A.1
   */
  deriveRsaPublic(input: { readonly secretKey: Uint8Array }): Uint8Array;

  /**
   * RSAES-OAEP encryption with SHA-1, MGF1 with SHA-1 and the empty label.
   * @param input seed: 20 random bytes; plaintext: 0 to 214 bytes
   * @returns 256 bytes
   * @throws UsageError; DecodeError for the key
   * @see RFC 8017 7.1.1
   */
  sealRsaOaep(input: { readonly publicKey: Uint8Array; readonly seed: Uint8Array; readonly plaintext: Uint8Array }): Uint8Array;

  /**
   * RSAES-OAEP decryption; every fault of the ciphertext is the same fault.
   * @returns 0 to 214 bytes
   * @throws UsageError; DecodeError for the key; AuthenticationError
   * @see RFC 8017 7.1.2
   */
  openRsaOaep(input: { readonly secretKey: Uint8Array; readonly sealed: Uint8Array }): Uint8Array;

  /**
   * RSASSA-PKCS1-v1_5 with SHA-256; the same key and message give the same signature.
   * @returns 256 bytes
   * @throws DecodeError for the key
   * @see RFC 8017 8.2.1
   */
  signRsa(input: { readonly secretKey: Uint8Array; readonly message: Uint8Array }): Uint8Array;

  /**
   * Verifies an RSASSA-PKCS1-v1_5 signature with SHA-256 by building the one padding there is and comparing all of it.
   * @throws UsageError; DecodeError for the key; AuthenticationError
   * @see RFC 8017 8.2.2
   */
  verifyRsa(input: { readonly publicKey: Uint8Array; readonly message: Uint8Array; readonly signature: Uint8Array }): void;
}

/** Every operation of the port. */
export interface Primitives extends HashPrimitives, CipherPrimitives, CurvePrimitives, RsaPrimitives {}

/** SHA-256 alone, for what needs no more. */
export type DigestPrimitives = Pick<HashPrimitives, 'sha256'>;

/** The name of an operation of the port. */
export type PrimitiveName = keyof Primitives;
