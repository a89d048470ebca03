/**
 * The oracle's primitives, all from other people's code: node:crypto (OpenSSL) and TweetNaCl. A primitive that fails
 * (a tag, a padding, a point off its curve) returns undefined, and the model says what that means.
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { createRequire } from 'node:module';
import type { Arguments, Primitives } from './primitive.ts';
import { remembering } from './remembered.ts';
import { concatBytes, isBytes, type Value } from './values.ts';

interface TweetNacl {
  readonly box: { before(publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array };
  readonly scalarMult: ((secret: Uint8Array, publicKey: Uint8Array) => Uint8Array) & { base(secret: Uint8Array): Uint8Array };
  readonly secretbox: ((data: Uint8Array, nonce: Uint8Array, key: Uint8Array) => Uint8Array) & {
    open(data: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null;
  };
  readonly lowlevel: {
    crypto_onetimeauth(out: Uint8Array, outAt: number, data: Uint8Array, at: number, length: number, key: Uint8Array): number;
  };
}
export type { Primitive, Primitives } from './primitive.ts';

const nacl = createRequire(import.meta.url)('tweetnacl') as TweetNacl;

/** The primitive that opens what one seals, given the same arguments; undefined for one that does not seal. */
export function openingOf(name: string): string | undefined {
  return name === 'aes-ctr' ? name : name.endsWith('-seal') ? name.replace(/-seal$/, '-open') : undefined;
}

/** An argument that must be bytes. @throws Error for a model that gives anything else */
export function bytesOf(args: Arguments, name: string): Uint8Array {
  const value = args.get(name);
  if (!isBytes(value)) throw new Error(`a primitive needs '${name}' as bytes`);
  return value;
}
const own = (buffer: Uint8Array): Uint8Array => Uint8Array.from(buffer);

function agree(curve: string, secret: Uint8Array, key: Uint8Array, keyLength: number): Uint8Array | undefined {
  if (key.length !== keyLength) return undefined;
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(secret);
  try {
    return own(ecdh.computeSecret(key));
  } catch {
    return undefined; // not on the curve
  }
}
function publicOf(curve: string, secret: Uint8Array, format: 'compressed' | 'uncompressed'): Uint8Array {
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(secret);
  return own(ecdh.getPublicKey(null, format));
}

function rsaPublic(der: Uint8Array): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === 2048 ? key : undefined;
  } catch {
    return undefined;
  }
}
const rsaSecret = (der: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });

const sha1 = (data: Uint8Array): Uint8Array => own(createHash('sha1').update(data).digest());
function mgf1(seed: Uint8Array, length: number): Uint8Array {
  let mask = new Uint8Array(0);
  for (let counter = 0; mask.length < length; counter++)
    mask = Uint8Array.from([...mask, ...sha1(concatBytes(seed, Uint8Array.of(0, 0, 0, counter)))]);
  return mask.slice(0, length);
}
const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ (b[i] ?? 0));

/** RSAES-OAEP with SHA-1, an empty label and the seed given (RFC 8017 section 7.1.1); OpenSSL does the exponentiation. */
function oaepEncrypt(key: KeyObject, data: Uint8Array, seed: Uint8Array): Uint8Array {
  const padding = new Uint8Array(256 - data.length - 2 * 20 - 2);
  const block = concatBytes(sha1(new Uint8Array(0)), padding, Uint8Array.of(1), data);
  const maskedBlock = xor(block, mgf1(seed, block.length));
  const maskedSeed = xor(seed, mgf1(maskedBlock, 20));
  return own(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, concatBytes(Uint8Array.of(0), maskedSeed, maskedBlock)));
}

function gcmOpen(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.slice(-16));
  const opened = decipher.update(sealed.slice(0, -16));
  try {
    decipher.final();
    return own(opened);
  } catch {
    return undefined;
  }
}

/** Calls a primitive by name. @throws Error for a name that is not there */
export function callPrimitive(primitives: Primitives, name: string, args: Arguments): Value {
  const primitive = Object.hasOwn(primitives, name) ? primitives[name] : undefined;
  if (primitive === undefined) throw new Error(`no primitive ${name}`);
  return primitive(args);
}

/** Calls one of the primitives that every area can call, whose result is bytes. @throws Error if it is not */
export function primitiveBytes(name: string, args: { readonly [name: string]: Value }): Uint8Array {
  const result = callPrimitive(BASE_PRIMITIVES, name, new Map(Object.entries(args)));
  if (!(result instanceof Uint8Array)) throw new Error(`${name} gives no bytes`);
  return result;
}

const PUBLIC_KEY_PRIMITIVES: Primitives = remembering({
  'secp160r1-public': (a) => publicOf('secp160r1', bytesOf(a, 'secret'), 'compressed'),
  'secp160r1-agree': (a) => agree('secp160r1', bytesOf(a, 'secret'), bytesOf(a, 'key'), 21),
  'p256-public': (a) => publicOf('prime256v1', bytesOf(a, 'secret'), 'uncompressed'),
  'p256-agree': (a) => agree('prime256v1', bytesOf(a, 'secret'), bytesOf(a, 'key'), 65),
  'p256-check': (a) => agree('prime256v1', Uint8Array.from([...new Uint8Array(31), 1]), bytesOf(a, 'key'), 65),
  'rsa-oaep-encrypt': (a) => {
    const key = rsaPublic(bytesOf(a, 'key'));
    return key === undefined ? undefined : oaepEncrypt(key, bytesOf(a, 'data'), bytesOf(a, 'seed'));
  },
  'rsa-oaep-decrypt': (a) => {
    try {
      return own(
        privateDecrypt(
          { key: rsaSecret(bytesOf(a, 'secret')), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
          bytesOf(a, 'data'),
        ),
      );
    } catch {
      return undefined;
    }
  },
  'rsa-sign': (a) => own(sign('sha256', bytesOf(a, 'data'), rsaSecret(bytesOf(a, 'secret')))),
  'rsa-check': (a) => (rsaPublic(bytesOf(a, 'key')) === undefined ? undefined : new Uint8Array(0)),
  'rsa-verify': (a) => {
    const key = rsaPublic(bytesOf(a, 'key'));
    return key !== undefined && verify('sha256', bytesOf(a, 'data'), key, bytesOf(a, 'signature')) ? new Uint8Array(0) : undefined;
  },
  'x25519-public': (a) => nacl.scalarMult.base(bytesOf(a, 'secret')),
  'box-before': (a) => {
    const key = bytesOf(a, 'key');
    if (key.length !== 32) return undefined;
    const raw = nacl.scalarMult(bytesOf(a, 'secret'), key);
    return raw.every((byte) => byte === 0) ? undefined : nacl.box.before(key, bytesOf(a, 'secret'));
  },
});

/** What every area can call. */
export const BASE_PRIMITIVES: Primitives = {
  ...PUBLIC_KEY_PRIMITIVES,
  'aes-ctr': (a) => own(createCipheriv('aes-128-ctr', bytesOf(a, 'key'), bytesOf(a, 'counter')).update(bytesOf(a, 'data'))),
  'aes-gcm-seal': (a) => {
    const cipher = createCipheriv('aes-256-gcm', bytesOf(a, 'key'), bytesOf(a, 'nonce'));
    cipher.setAAD(bytesOf(a, 'aad'));
    return concatBytes(cipher.update(bytesOf(a, 'data')), cipher.final(), cipher.getAuthTag());
  },
  'aes-gcm-open': (a) => gcmOpen(bytesOf(a, 'key'), bytesOf(a, 'nonce'), bytesOf(a, 'data'), bytesOf(a, 'aad')),
  'hmac-sha256': (a) => own(createHmac('sha256', bytesOf(a, 'key')).update(bytesOf(a, 'data')).digest()),
  'secretbox-seal': (a) => nacl.secretbox(bytesOf(a, 'data'), bytesOf(a, 'nonce'), bytesOf(a, 'key')),
  'secretbox-open': (a) => nacl.secretbox.open(bytesOf(a, 'data'), bytesOf(a, 'nonce'), bytesOf(a, 'key')) ?? undefined,
  'poly1305': (a) => {
    const out = new Uint8Array(16);
    const data = bytesOf(a, 'data');
    nacl.lowlevel.crypto_onetimeauth(out, 0, data, 0, data.length, bytesOf(a, 'key'));
    return out;
  },
};

/** Primitives without what they refuse by a rule of the protocol and not by what they compute, for specifications without that rule. */
export const UNCHECKED_PRIMITIVES: Primitives = {
  'box-before': (a) => {
    const key = bytesOf(a, 'key');
    return key.length === 32 ? nacl.box.before(key, bytesOf(a, 'secret')) : undefined;
  },
};
