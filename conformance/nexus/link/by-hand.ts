/** The messages of links made step by step from node:crypto and the BLAKE2b of the oracle, without the specification's models. */
import { createCipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import { concatBytes } from '../../oracle/values.ts';
import { signedBytes } from '../identity/confirm.ts';
import { blake2b } from '../identity/blake2b.ts';
import { ed25519Public, ed25519Sign } from '../identity/primitives.ts';

const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const secretKey = (secret: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });

/** The X25519 key of a secret. */
export function ephemeralOf(secret: Uint8Array): Uint8Array {
  return Uint8Array.from(createPublicKey(secretKey(secret)).export({ format: 'der', type: 'spki' }).subarray(-32));
}
/** The first 16 bytes of the 256-bit BLAKE2b digest. */
export function shortHash(data: Uint8Array): Uint8Array {
  return blake2b(data, 32).slice(0, 16);
}
/** The destination hash of a seed. */
export function destinationOf(seed: Uint8Array): Uint8Array {
  return shortHash(ed25519Public(seed));
}
/** Both keys of a link, the initiator's first. */
export function okmOf(secret: Uint8Array, peerKey: Uint8Array, isInitiator: boolean, previous: Uint8Array = new Uint8Array(0)): Uint8Array {
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, peerKey]), format: 'der', type: 'spki' });
  const shared = diffieHellman({ privateKey: secretKey(secret), publicKey });
  const own = ephemeralOf(secret);
  const parts = isInitiator ? [own, peerKey] : [peerKey, own];
  return Uint8Array.from(
    createHash('blake2b512')
      .update(concatBytes(shared, ...parts, previous))
      .digest(),
  );
}
/** ChaCha20-Poly1305 with a count as its nonce. */
export function sealWith(key: Uint8Array, count: number, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32LE(count, 4);
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  cipher.setAAD(aad, { plaintextLength: plaintext.length });
  return concatBytes(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

/** A sealed packet. */
export function sealedPacket(given: {
  readonly key: Uint8Array;
  readonly linkId: Uint8Array;
  readonly destination?: Uint8Array | undefined;
  readonly hops: number;
  readonly context: number;
  readonly phase: number;
  readonly count: number;
  readonly content: Uint8Array;
}): Uint8Array {
  const { key, linkId, destination, hops, context, phase, count, content } = given;
  const flags = destination === undefined ? 0x0c : 0x50;
  const aad = concatBytes(Uint8Array.of(flags), linkId, destination ?? linkId, Uint8Array.of(context));
  const counter = Buffer.alloc(4);
  counter.writeUInt32LE(phase * 2 ** 31 + count);
  const header = concatBytes(Uint8Array.of(flags, hops), linkId, destination ?? new Uint8Array(0), Uint8Array.of(context));
  return concatBytes(header, counter, sealWith(key, count, aad, content));
}

export interface HandshakeParts {
  readonly aliceSeed: Uint8Array;
  readonly bobSeed: Uint8Array;
  readonly aliceSecret: Uint8Array;
  readonly bobSecret: Uint8Array;
  readonly aliceClock: bigint;
  readonly bobClock: bigint;
}
const clockBytes = (clock: bigint): Uint8Array => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(clock);
  return bytes;
};

/** All three messages of a link, and its keys. */
export function handshakeOf(parts: HandshakeParts): {
  readonly request: Uint8Array;
  readonly linkId: Uint8Array;
  readonly proof: Uint8Array;
  readonly identification: Uint8Array;
} {
  const { aliceSeed, bobSeed, aliceSecret, bobSecret, aliceClock, bobClock } = parts;
  const [aliceKey, bobKey] = [ephemeralOf(aliceSecret), ephemeralOf(bobSecret)];
  const destination = destinationOf(bobSeed);
  const data = concatBytes(Uint8Array.of(1, 0, 0), aliceKey);
  const request = concatBytes(Uint8Array.of(0x02, 0), destination, Uint8Array.of(0), data);
  const linkId = shortHash(concatBytes(Buffer.from('nexus-1 link id\0'), destination, data));
  const okm = okmOf(aliceSecret, bobKey, true);
  const bobSigns = signedBytes('nexus-1 link r', concatBytes(destination, aliceKey, bobKey));
  const inside = concatBytes(ed25519Public(bobSeed), ed25519Sign(bobSeed, bobSigns), clockBytes(bobClock), Uint8Array.of(0, 0));
  const aad = concatBytes(Uint8Array.of(0x0f), linkId, linkId, Uint8Array.of(0xff));
  const proof = concatBytes(Uint8Array.of(0x0f, 0), linkId, Uint8Array.of(0xff), bobKey, sealWith(okm.slice(32), 0, aad, inside));
  const aliceSigns = signedBytes('nexus-1 link i', concatBytes(linkId, aliceKey, bobKey, ed25519Public(bobSeed)));
  const clocks = concatBytes(clockBytes(aliceClock), Uint8Array.of(0, 0), clockBytes(bobClock));
  const content = concatBytes(ed25519Public(aliceSeed), ed25519Sign(aliceSeed, aliceSigns), clocks);
  const key = okm.slice(0, 32);
  const identification = sealedPacket({ key, linkId, hops: 0, context: 0xfb, phase: 0, count: 0, content });
  return { request, linkId, proof, identification };
}
