/**
 * Cipher set 3a as a user would write it over tweetnacl or libsodium, to be measured next to the reference;
 * and the sets of e3x-js, where the user has it.
 *
 * Each brings its own Poly1305; SHA-256 is Node's for both, which is the fastest at hand.
 */
import { hash, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import sodium from 'libsodium-wrappers-sumo';
import nacl from 'tweetnacl';
import { lookup } from '../cli/setup.ts';
import { concat } from '../../reference/index.ts';

/** What of NaCl cipher set 3a is on. */
export interface NaclLibrary {
  readonly name: string;
  publicOf(secret: Uint8Array): Uint8Array;
  beforenm(publicKey: Uint8Array, secret: Uint8Array): Uint8Array;
  secretbox(message: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array;
  /** @throws Error or undefined if it does not authenticate */
  secretboxOpen(box: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null;
  onetimeauth(message: Uint8Array, key: Uint8Array): Uint8Array;
}

/** tweetnacl lists its low-level functions without types. */
const { lowlevel } = nacl as unknown as {
  readonly lowlevel: {
    crypto_onetimeauth(out: Uint8Array, outAt: number, message: Uint8Array, at: number, length: number, key: Uint8Array): number;
  };
};

function tweetnaclOnetimeauth(message: Uint8Array, key: Uint8Array): Uint8Array {
  const tag = new Uint8Array(16);
  lowlevel.crypto_onetimeauth(tag, 0, message, 0, message.length, key);
  return tag;
}
const sha256 = (message: Uint8Array): Uint8Array => hash('sha256', message, 'buffer');

/** The libraries, ready to be used. */
export async function naclLibraries(): Promise<NaclLibrary[]> {
  await sodium.ready;
  return [
    {
      name: 'tweetnacl',
      publicOf: (secret) => nacl.scalarMult.base(secret),
      beforenm: (publicKey, secret) => nacl.box.before(publicKey, secret),
      secretbox: (message, nonce, key) => nacl.secretbox(message, nonce, key),
      secretboxOpen: (box, nonce, key) => nacl.secretbox.open(box, nonce, key),
      onetimeauth: tweetnaclOnetimeauth,
    },
    {
      name: 'libsodium',
      publicOf: (secret) => sodium.crypto_scalarmult_base(secret),
      beforenm: (publicKey, secret) => sodium.crypto_box_beforenm(publicKey, secret),
      secretbox: (message, nonce, key) => sodium.crypto_secretbox_easy(message, nonce, key),
      secretboxOpen: (box, nonce, key) => sodium.crypto_secretbox_open_easy(box, nonce, key),
      onetimeauth: (message, key) => sodium.crypto_onetimeauth(message, key),
    },
  ];
}

const MESSAGE_HEADER = Uint8Array.of(0, 1, 0x3a);
const CHANNEL_HEADER = Uint8Array.of(0, 0);

/** What does not change between the messages of an exchange, for who seals. */
export interface NaclSealer {
  readonly key: Uint8Array;
  readonly shared: Uint8Array;
  readonly identityShared: Uint8Array;
}

/** Prepares to seal, which is where the key agreements are. */
export function naclSealer(library: NaclLibrary, sender: Uint8Array, ephemeral: Uint8Array, recipientKey: Uint8Array): NaclSealer {
  return {
    key: library.publicOf(ephemeral),
    shared: library.beforenm(recipientKey, ephemeral),
    identityShared: library.beforenm(recipientKey, sender),
  };
}

/** Seals a message. */
export function naclSeal(
  library: NaclLibrary,
  { key, shared, identityShared }: NaclSealer,
  inner: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  const body = concat([key, nonce, library.secretbox(inner, nonce, shared)]);
  return concat([MESSAGE_HEADER, body, library.onetimeauth(body, sha256(concat([nonce, identityShared])))]);
}

/** Opens and verifies a message, having agreed with both keys. */
export function naclOpen(library: NaclLibrary, shared: Uint8Array, identityShared: Uint8Array, packet: Uint8Array): Uint8Array {
  const body = packet.subarray(3, packet.length - 16);
  const nonce = body.subarray(32, 56);
  const auth = library.onetimeauth(body, sha256(concat([nonce, identityShared])));
  if (!timingSafeEqual(auth, packet.subarray(packet.length - 16))) throw new Error('forged');
  const inner = library.secretboxOpen(body.subarray(56), nonce, shared);
  if (inner === null) throw new Error('forged');
  return inner;
}

/** The ephemeral key of a message. */
export const naclKeyOf = (packet: Uint8Array): Uint8Array => packet.subarray(3, 35);

/** A channel key: what was agreed on, the key sent first, the key received. */
export const naclChannelKey = (shared: Uint8Array, first: Uint8Array, second: Uint8Array): Uint8Array =>
  sha256(concat([shared, first, second]));

/** Seals a channel packet. */
export function naclChannelSeal(
  library: NaclLibrary,
  key: Uint8Array,
  token: Uint8Array,
  inner: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  return concat([CHANNEL_HEADER, token, nonce, library.secretbox(inner, nonce, key)]);
}

/** Opens a channel packet. */
export function naclChannelOpen(library: NaclLibrary, key: Uint8Array, packet: Uint8Array): Uint8Array {
  const inner = library.secretboxOpen(packet.subarray(42), packet.subarray(18, 42), key);
  if (inner === null) throw new Error('forged');
  return inner;
}

/** One exchange of e3x-js. */
export interface E3xExchange {
  readonly load: Promise<unknown>;
  encrypt(inner: Buffer): Promise<Buffer>;
  verify(message: unknown): Promise<unknown>;
}
/** An endpoint of e3x-js. */
export interface E3xSelf {
  decrypt(message: unknown): Promise<Buffer>;
  exchange(to: { readonly csid: string; readonly key: Buffer }): E3xExchange;
}
/** e3x-js, and the library that reads its packets. */
export interface E3xJs {
  readonly self: (options: { readonly pairs: { readonly [csid: string]: { readonly key: Buffer; readonly secret: Buffer } } }) => E3xSelf;
  readonly decode: (packet: Buffer) => unknown;
}

/** e3x-js from where its adapter looks for it; undefined if it is not there. */
export function findE3xJs(): E3xJs | undefined {
  process.noDeprecation = true; // it uses new Buffer()
  try {
    const from = lookup('harness/adapters/e3x').fromThere();
    if (from === undefined) return undefined;
    const { self } = from('e3x') as { readonly self: E3xJs['self'] };
    const { decode } = createRequire(from.resolve('e3x'))('lob-enc') as { readonly decode: E3xJs['decode'] };
    return { self, decode };
  } catch {
    return undefined;
  }
}
