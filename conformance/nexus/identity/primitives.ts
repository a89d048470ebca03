/** Primitives of identities for the oracle: node:crypto and TweetNaCl where they have them, else exact integers. */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import { bytesOf, type Primitives } from '../../oracle/primitives.ts';
import { remembering } from '../../oracle/remembered.ts';
import { concatBytes } from '../../oracle/values.ts';
import { blake2b } from './blake2b.ts';
import { commitmentOf, keyForm, montgomeryOf } from './edwards.ts';

const nacl = createRequire(import.meta.url)('tweetnacl') as {
  readonly scalarMult: (secret: Uint8Array, publicKey: Uint8Array) => Uint8Array;
};

/** What comes before a seed of 32 bytes in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

function secretKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(concatBytes(PKCS8_PREFIX, seed)), format: 'der', type: 'pkcs8' });
}
/** The Ed25519 public key of a seed. */
export function ed25519Public(seed: Uint8Array): Uint8Array {
  return Uint8Array.from(createPublicKey(secretKey(seed)).export({ format: 'der', type: 'spki' }).subarray(-32));
}
/** The Ed25519 signature of some bytes. */
export function ed25519Sign(seed: Uint8Array, data: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(null, data, secretKey(seed)));
}

export const IDENTITY_PRIMITIVES: Primitives = {
  ...remembering({
    'ed25519-public': (a) => ed25519Public(bytesOf(a, 'seed')),
    'ed25519-sign': (a) => ed25519Sign(bytesOf(a, 'seed'), bytesOf(a, 'data')),
    'ed25519-montgomery': (a) => montgomeryOf(bytesOf(a, 'key')),
    'ed25519-point': (a) => new Map(Object.entries(keyForm(bytesOf(a, 'key')))),
    'ed25519-commitment': (a) => commitmentOf(bytesOf(a, 'key'), bytesOf(a, 'data'), bytesOf(a, 'signature')),
    'x25519': (a) => nacl.scalarMult(bytesOf(a, 'secret'), bytesOf(a, 'key')),
  }),
  blake2b: (a) => blake2b(bytesOf(a, 'data'), Number(a.get('length'))),
  sha512: (a) => Uint8Array.from(createHash('sha512').update(bytesOf(a, 'data')).digest()),
};
