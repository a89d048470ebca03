/**
 * The curves and RSA of the primitives port over node:crypto.
 *
 * Keys reach OpenSSL in the form it reads fastest: X25519 keys as JWK, Ed25519 seeds as PKCS #8, points through ECDH.
 * RSA keys pass the reference's strict DER first, so that both implementations accept the same keys; OAEP is padded by
 * the reference, because only so does the seed come from the caller, and unpadded by OpenSSL, in constant time.
 */
import {
  ECDH,
  constants,
  createECDH,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  getCurves,
  hash,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { concat, fromHex } from '../../reference/kernel/bytes.ts';
import {
  P256_ORDER,
  SECP160R1_ORDER,
  checkInput,
  checkScalar,
  isRefusedEd25519Public,
  notAPoint,
  notAuthentic,
} from '../../reference/primitives/checks.ts';
import { noblePrimitives } from '../../reference/primitives/noble.ts';
import type { CurvePrimitives, RsaPrimitives } from '../../reference/primitives/primitives.ts';
import { decodeRsaPublicKey, decodeRsaSecretKey } from '../../reference/primitives/rsa-key.ts';
import { encodeOaep } from '../../reference/primitives/rsa-padding.ts';
import { PublicKeyCache, SecretKeyCache } from './key-cache.ts';
import { fresh } from './node-symmetric.ts';

type Secp160r1Primitives = Pick<CurvePrimitives, 'deriveSecp160r1Public' | 'deriveSecp160r1Shared' | 'isSecp160r1Public'>;

/** What precedes 32 bytes in PKCS #8 and SubjectPublicKeyInfo (RFC 8410 7, 4): key type 1.3.101.110 or .112. */
const X25519_SECRET_PREFIX: Uint8Array = fromHex('302e020100300506032b656e04220420');
const ED25519_SECRET_PREFIX: Uint8Array = fromHex('302e020100300506032b657004220420');
const ED25519_PUBLIC_PREFIX: Uint8Array = fromHex('302a300506032b6570032100');
/** The base point of X25519 (RFC 7748 4.1). */
const X25519_BASE: Uint8Array = Uint8Array.of(9, ...new Uint8Array(31));
/** The input of HSalsa20 that NaCl makes a box key with. */
const BOX_NONCE = new Uint8Array(16);

/** Whether this OpenSSL was built with secp160r1; some distributions leave it out. */
export const HAS_SECP160R1: boolean = getCurves().includes('secp160r1');

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url');
}

function readX25519SecretJwk(secret: Uint8Array): KeyObject {
  // A JWK has to name the public key as well, which is not known yet: the base point fills its place, see READS_SECRET_JWK.
  return createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', x: base64url(X25519_BASE), d: base64url(secret) }, format: 'jwk' });
}

function readX25519SecretDer(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(concat([X25519_SECRET_PREFIX, secret])), format: 'der', type: 'pkcs8' });
}

/** Whether this Node derives the public key from the secret and does not believe the JWK, whose reading is ten times as fast. */
const READS_SECRET_JWK: boolean = ((): boolean => {
  const secret = new Uint8Array(32).fill(0x42);
  try {
    return readX25519SecretJwk(secret).equals(readX25519SecretDer(secret));
  } catch {
    return false;
  }
})();

function readX25519Public(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: base64url(publicKey) }, format: 'jwk' });
}

function readDerPublic(der: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
}

function readDerSecret(der: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}

/** The keys that an implementation over OpenSSL has read already. */
export interface NodeKeys {
  readonly publicKeys: PublicKeyCache;
  readonly secretKeys: SecretKeyCache<KeyObject>;
  /** Scalars of P-256 and secp160r1; setting one computes its public key. */
  readonly scalars: SecretKeyCache<ECDH>;
}

/** Memories of keys, empty yet. */
export function createNodeKeys(keyCountMax: number): NodeKeys {
  const isOn = keyCountMax > 0;
  return {
    publicKeys: new PublicKeyCache(keyCountMax),
    secretKeys: new SecretKeyCache<KeyObject>(isOn),
    scalars: new SecretKeyCache<ECDH>(isOn),
  };
}

function ecdhOf({ scalars }: NodeKeys, curve: string, secret: Uint8Array): ECDH {
  return scalars.get(curve, secret, () => {
    const ecdh = createECDH(curve);
    ecdh.setPrivateKey(secret);
    return ecdh;
  });
}

/** ECDH with a point that has been checked as far as its length goes. */
function computeSecret(ecdh: ECDH, publicKey: Uint8Array): Uint8Array {
  try {
    return fresh(ecdh.computeSecret(publicKey));
  } catch {
    throw notAPoint();
  }
}

function isPoint(curve: string, publicKey: Uint8Array): boolean {
  try {
    ECDH.convertKey(publicKey, curve);
    return true;
  } catch {
    return false;
  }
}

/** SEC 1 2.3.3: an uncompressed point begins with 04; OpenSSL would take the hybrid forms 06 and 07 of X9.62 as well. */
function isUncompressed(publicKey: Uint8Array): boolean {
  return publicKey[0] === 0x04;
}

function createNodeSecp160r1(keys: NodeKeys): Secp160r1Primitives {
  return {
    deriveSecp160r1Public({ secret }) {
      checkInput('deriveSecp160r1Public', { secret });
      checkScalar('deriveSecp160r1Public', secret, SECP160R1_ORDER);
      return fresh(ecdhOf(keys, 'secp160r1', secret).getPublicKey(null, 'compressed'));
    },

    deriveSecp160r1Shared({ secret, publicKey }) {
      checkInput('deriveSecp160r1Shared', { secret, publicKey });
      checkScalar('deriveSecp160r1Shared', secret, SECP160R1_ORDER);
      return computeSecret(ecdhOf(keys, 'secp160r1', secret), publicKey);
    },

    isSecp160r1Public({ publicKey }) {
      checkInput('isSecp160r1Public', { publicKey });
      return isPoint('secp160r1', publicKey);
    },
  };
}

/** Curves over OpenSSL. */
export function createNodeCurve(keys: NodeKeys): CurvePrimitives {
  const { publicKeys, secretKeys } = keys;
  const readX25519Secret = READS_SECRET_JWK ? readX25519SecretJwk : readX25519SecretDer;
  const x25519Secret = (secret: Uint8Array): KeyObject => secretKeys.get('x25519', secret, () => readX25519Secret(secret));
  const x25519 = (secret: Uint8Array, publicKey: Uint8Array): Uint8Array => {
    const privateKey = x25519Secret(secret);
    const other = publicKeys.get('x25519', publicKey, () => readX25519Public(publicKey));
    try {
      return fresh(diffieHellman({ privateKey, publicKey: other }));
    } catch {
      throw notAuthentic(); // OpenSSL refuses an all-zero result
    }
  };
  const ed25519Secret = (secret: Uint8Array): KeyObject =>
    secretKeys.get('ed25519', secret, () => readDerSecret(concat([ED25519_SECRET_PREFIX, secret])));

  return Object.freeze<CurvePrimitives>({
    deriveX25519Public({ secret }) {
      checkInput('deriveX25519Public', { secret });
      return fresh(Buffer.from(String(x25519Secret(secret).export({ format: 'jwk' }).x), 'base64url')); // reading the secret has made it
    },

    deriveX25519Shared({ secret, publicKey }) {
      checkInput('deriveX25519Shared', { secret, publicKey });
      return x25519(secret, publicKey);
    },

    deriveBoxKey({ secret, publicKey }) {
      checkInput('deriveBoxKey', { secret, publicKey });
      return noblePrimitives.hsalsa20({ key: x25519(secret, publicKey), nonce: BOX_NONCE });
    },

    deriveP256Public({ secret }) {
      checkInput('deriveP256Public', { secret });
      checkScalar('deriveP256Public', secret, P256_ORDER);
      return fresh(ecdhOf(keys, 'prime256v1', secret).getPublicKey());
    },

    deriveP256Shared({ secret, publicKey }) {
      checkInput('deriveP256Shared', { secret, publicKey });
      checkScalar('deriveP256Shared', secret, P256_ORDER);
      if (!isUncompressed(publicKey)) throw notAPoint();
      return computeSecret(ecdhOf(keys, 'prime256v1', secret), publicKey);
    },

    isP256Public({ publicKey }) {
      checkInput('isP256Public', { publicKey });
      return isUncompressed(publicKey) && isPoint('prime256v1', publicKey);
    },

    ...(HAS_SECP160R1 ? createNodeSecp160r1(keys) : secp160r1Of(noblePrimitives)),

    deriveEd25519Public({ secret }) {
      checkInput('deriveEd25519Public', { secret });
      const der = createPublicKey(ed25519Secret(secret)).export({ format: 'der', type: 'spki' });
      return fresh(der.subarray(ED25519_PUBLIC_PREFIX.length));
    },

    signEd25519({ secret, message }) {
      checkInput('signEd25519', { secret });
      return fresh(sign(null, message, ed25519Secret(secret)));
    },

    verifyEd25519({ publicKey, message, signature }) {
      checkInput('verifyEd25519', { publicKey, signature });
      if (isRefusedEd25519Public(publicKey)) throw notAuthentic();
      const key = publicKeys.get('ed25519', publicKey, () => readDerPublic(concat([ED25519_PUBLIC_PREFIX, publicKey])));
      if (!verify(null, message, key, signature)) throw notAuthentic();
    },

    convertEd25519Secret({ secret }) {
      checkInput('convertEd25519Secret', { secret });
      const scalar = fresh(hash('sha512', secret, 'buffer')).slice(0, 32);
      scalar[0] = (scalar[0] ?? 0) & 0xf8; // RFC 8032 5.1.5, step 2
      scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
      return scalar;
    },

    convertEd25519Public: noblePrimitives.convertEd25519Public,
    multiplyEd25519: noblePrimitives.multiplyEd25519,
    addEd25519: noblePrimitives.addEd25519,
  });
}

function secp160r1Of({ deriveSecp160r1Public, deriveSecp160r1Shared, isSecp160r1Public }: Secp160r1Primitives): Secp160r1Primitives {
  return { deriveSecp160r1Public, deriveSecp160r1Shared, isSecp160r1Public };
}

/** RSA over OpenSSL. */
export function createNodeRsa({ publicKeys, secretKeys }: NodeKeys): RsaPrimitives {
  const publicKeyOf = (der: Uint8Array): KeyObject =>
    publicKeys.get('rsa', der, () => {
      decodeRsaPublicKey(der);
      return readDerPublic(der);
    });
  const secretKeyOf = (der: Uint8Array): KeyObject =>
    secretKeys.get('rsa', der, () => {
      decodeRsaSecretKey(der);
      return readDerSecret(der);
    });

  return Object.freeze<RsaPrimitives>({
    deriveRsaPublic: ({ secretKey }) => fresh(createPublicKey(secretKeyOf(secretKey)).export({ format: 'der', type: 'spki' })),

    sealRsaOaep({ publicKey, seed, plaintext }) {
      checkInput('sealRsaOaep', { seed, plaintext });
      const key = publicKeyOf(publicKey);
      return fresh(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodeOaep(seed, plaintext)));
    },

    openRsaOaep({ secretKey, sealed }) {
      checkInput('openRsaOaep', { sealed });
      const key = secretKeyOf(secretKey);
      try {
        return fresh(privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, sealed));
      } catch {
        throw notAuthentic();
      }
    },

    signRsa: ({ secretKey, message }) => fresh(sign('sha256', message, secretKeyOf(secretKey))),

    verifyRsa({ publicKey, message, signature }) {
      checkInput('verifyRsa', { signature });
      if (!verify('sha256', message, publicKeyOf(publicKey), signature)) throw notAuthentic();
    },
  });
}
