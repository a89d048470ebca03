/**
 * The rows of NEXUS: envelopes, hops, signed contents, announces, airtime and objects by the reference, over both implementations of its
 * primitives, next to libsodium doing the same work. What is compared is first held against each other, byte for byte.
 */
import { createRequire } from 'node:module';
import { blake3 } from '@noble/hashes/blake3.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { airtimeBySheet } from '../../conformance/nexus/lora/confirm.ts';
import {
  deriveNexusIdentity,
  encodeObjectHeader,
  hashContent,
  hashObject,
  loraAirtimeUs,
  noblePrimitives,
  openLinkPacket,
  openNexusEnvelope,
  openNexusMessage,
  proveChunk,
  readAnnounce,
  sealLinkPacket,
  sealNexusEnvelope,
  sealNexusMessage,
  toHex,
  verifyChunk,
  writeAnnounce,
} from '../../reference/index.ts';
import type { Primitives } from '../../reference/index.ts';
import { fastPrimitives } from '../primitives/fast.ts';
import { createNodePrimitives } from '../primitives/node.ts';
import { serviceRows } from './nexus-services.ts';
import { printRows, type Measurement } from './measure.ts';
import type { Contender, Row } from './measure.ts';

interface Libsodium {
  readonly ready: Promise<void>;
  crypto_generichash(length: number, data: Uint8Array, key: null): Uint8Array;
  crypto_scalarmult(secret: Uint8Array, publicKey: Uint8Array): Uint8Array;
  crypto_scalarmult_base(secret: Uint8Array): Uint8Array;
  crypto_sign_seed_keypair(seed: Uint8Array): { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
  crypto_sign_verify_detached(signature: Uint8Array, data: Uint8Array, publicKey: Uint8Array): boolean;
  crypto_sign_ed25519_pk_to_curve25519(publicKey: Uint8Array): Uint8Array;
  crypto_sign_ed25519_sk_to_curve25519(secret: Uint8Array): Uint8Array;
  crypto_aead_chacha20poly1305_ietf_encrypt(data: Uint8Array, aad: Uint8Array, none: null, nonce: Uint8Array, key: Uint8Array): Uint8Array;
  crypto_aead_chacha20poly1305_ietf_decrypt(none: null, data: Uint8Array, aad: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array;
}

const counted = (first: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => first + i);
const [ALICE, BOB, SECRET] = [counted(0), counted(0x20), counted(0x40)];
const PLAINTEXT = new Uint8Array(256).fill(7);
const NONCE = new Uint8Array(12);
/** As much as a packet holds for a neighbour. */
const HOP_CONTENT = new Uint8Array(445).fill(9);
const HOP_NONCE = Uint8Array.of(0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0);
const WHY = { libsodium: 'ours also parses the fields, checks the key of each call and copies what it is given' };
const WHY_HOP = { libsodium: 'ours also reads and checks the packet around it' };

async function libsodium(): Promise<Libsodium | undefined> {
  try {
    const sodium = createRequire(import.meta.url)('libsodium-wrappers-sumo') as Libsodium;
    await sodium.ready;
    return sodium;
  } catch {
    return undefined;
  }
}

/** Prints the ratios. @param out takes one line */
export async function benchNexus(out: (line: string) => void): Promise<readonly Measurement[]> {
  const sodium = await libsodium();
  const engines: readonly (readonly [string, Primitives])[] = [
    ['fast', fastPrimitives().primitives],
    ['node', createNodePrimitives()],
    ['noble', noblePrimitives],
  ];
  const ours = (work: (primitives: Primitives) => unknown): Contender[] =>
    engines.map(([name, primitives]) => ({ name, run: () => work(primitives) }));
  const bob = deriveNexusIdentity(BOB, noblePrimitives);
  const sealing = { publicKey: bob.publicKey, use: 'message', plaintext: PLAINTEXT, entropy: SECRET } as const;
  const envelope = sealNexusEnvelope(sealing, noblePrimitives);
  const content = { created: 1n, messageId: SECRET.slice(0, 16), kind: 2, body: PLAINTEXT };
  const message = sealNexusMessage({ ...content, seed: ALICE, publicKey: bob.publicKey, entropy: SECRET }, noblePrimitives);
  const announce = writeAnnounce({ seed: ALICE, sequence: 7n, label: 'Harbour' }, noblePrimitives);
  const theirs = sodium === undefined ? undefined : rivals(sodium);
  if (theirs !== undefined && toHex(theirs.seal(bob.publicKey)) !== toHex(envelope)) throw new Error('libsodium seals another envelope');
  const hop = { key: SECRET, linkId: ALICE.slice(0, 16), context: 0, phase: 0, count: 7, content: HOP_CONTENT } as const;
  const hopPacket = sealLinkPacket(hop, noblePrimitives);
  if (theirs !== undefined && toHex(theirs.sealHop(hop.linkId)) !== toHex(hopPacket)) throw new Error('libsodium seals another packet');
  const other = (run: (() => unknown) | undefined): Contender[] => (run === undefined ? [] : [{ name: 'libsodium', run }]);
  const sent = {
    chip: 'sx126x',
    spreadingFactor: 11,
    bandwidthHz: 250_000,
    codingRate: 5,
    preambleSymbols: 8,
    payloadLength: 255,
    implicitHeader: false,
    crc: true,
  } as const;
  const rows: Row[] = [
    {
      title: 'seal an envelope, 256',
      ours: ours((primitives) => sealNexusEnvelope(sealing, primitives)),
      others: other(theirs && (() => theirs.seal(bob.publicKey))),
      why: WHY,
    },
    {
      title: 'open it',
      ours: ours((primitives) => openNexusEnvelope({ seed: BOB, use: 'message', envelope }, primitives)),
      others: other(theirs && (() => theirs.open(envelope))),
      why: WHY,
    },
    {
      title: 'seal a hop, 445',
      ours: ours((primitives) => sealLinkPacket(hop, primitives)),
      others: other(theirs && (() => theirs.sealHop(hop.linkId))),
      why: WHY_HOP,
    },
    {
      title: 'open that hop',
      ours: ours((primitives) => openLinkPacket({ key: SECRET, packet: hopPacket }, primitives)),
      others: other(theirs && (() => theirs.openHop(hopPacket))),
      why: WHY_HOP,
    },
    {
      title: 'open a signed message',
      ours: ours((primitives) => openNexusMessage({ seed: BOB, envelope: message }, primitives)),
      others: other(theirs && (() => theirs.openSigned(message))),
      why: WHY,
    },
    {
      title: 'verify an announce',
      ours: ours((primitives) => readAnnounce(announce, primitives)),
      others: other(theirs && (() => theirs.verifyAnnounce(announce))),
      why: WHY,
    },
    {
      title: 'airtime of a frame',
      ours: [{ name: 'reference', run: () => loraAirtimeUs(sent) }],
      others: [{ name: 'data sheet', run: () => airtimeBySheet(sent) }],
      why: { 'data sheet': 'its formula in floating point, which is off by a microsecond here and there' },
    },
  ];
  rows.push(...objectRows(ours), ...serviceRows(ours, sodium));
  return printRows(sodium === undefined ? 'NEXUS; libsodium is not installed: no comparison' : 'NEXUS, next to libsodium', rows, out);
}

/** Objects, next to the hash alone, which is their limit. */
function objectRows(ours: (work: (primitives: Primitives) => unknown) => Contender[]): Row[] {
  const content = new Uint8Array(1 << 20).map((_, i) => i % 251);
  const { root: merkleRoot } = hashContent(content, noblePrimitives);
  const size = content.length;
  const header = encodeObjectHeader({ contentType: 'immutable', created: 0n, size, priority: 'normal', minBandwidth: 0, merkleRoot });
  const proof = { merkleRoot, size, index: 200, ...proveChunk(content, 200, noblePrimitives) };
  const bare = (run: () => unknown): Contender[] => [{ name: 'BLAKE3 alone', run }];
  const why = { 'BLAKE3 alone': 'the same bytes, hashed by @noble without tree, header or checks: the limit' };
  return [
    {
      title: 'hash of an object',
      ours: ours((primitives) => hashObject(header, primitives)),
      others: bare(() => blake3(header, { context: utf8ToBytes('bottlepost nexus-1 2026 data object') })),
      why,
    },
    {
      title: 'merkle root of 1 MB',
      ours: ours((primitives) => hashContent(content, primitives)),
      others: bare(() => blake3(content)),
      why,
    },
    {
      title: 'verify a chunk of it',
      ours: ours((primitives) => {
        verifyChunk(proof, primitives);
      }),
      others: bare(() => blake3(proof.chunk)),
      why,
    },
  ];
}

function rivals(sodium: Libsodium): {
  seal(publicKey: Uint8Array): Uint8Array;
  open(envelope: Uint8Array): Uint8Array;
  openSigned(envelope: Uint8Array): boolean;
  verifyAnnounce(packet: Uint8Array): boolean;
  sealHop(linkId: Uint8Array): Uint8Array;
  openHop(packet: Uint8Array): Uint8Array;
} {
  const hash = (data: Uint8Array): Uint8Array => sodium.crypto_generichash(32, data, null);
  const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
  const contextOf = (publicKey: Uint8Array): Uint8Array => join(Uint8Array.of(1), hash(publicKey).slice(0, 16));
  const signed = (purpose: string, ...parts: readonly Uint8Array[]): Uint8Array =>
    join(Buffer.from(purpose, 'ascii'), Uint8Array.of(0), ...parts);
  const open = (envelope: Uint8Array): Uint8Array => {
    const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(BOB);
    const front = envelope.slice(0, 32);
    const shared = sodium.crypto_scalarmult(sodium.crypto_sign_ed25519_sk_to_curve25519(privateKey), front);
    const key = hash(join(shared, front));
    return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, envelope.slice(32), contextOf(publicKey), NONCE, key);
  };
  return {
    open,
    seal: (publicKey) => {
      const front = sodium.crypto_scalarmult_base(SECRET);
      const shared = sodium.crypto_scalarmult(SECRET, sodium.crypto_sign_ed25519_pk_to_curve25519(publicKey));
      const key = hash(join(shared, front));
      return join(front, sodium.crypto_aead_chacha20poly1305_ietf_encrypt(PLAINTEXT, contextOf(publicKey), null, NONCE, key));
    },
    sealHop: (linkId) => {
      const aad = join(Uint8Array.of(0x0c), linkId, linkId, Uint8Array.of(0));
      const sealed = sodium.crypto_aead_chacha20poly1305_ietf_encrypt(HOP_CONTENT, aad, null, HOP_NONCE, SECRET);
      return join(Uint8Array.of(0x0c, 0), linkId, Uint8Array.of(0, 7, 0, 0, 0), sealed);
    },
    openHop: (packet) => {
      const [linkId, count] = [packet.slice(2, 18), packet.slice(19, 23)];
      const aad = join(packet.slice(0, 1), linkId, linkId, packet.slice(18, 19));
      const nonce = join(new Uint8Array(4), count, new Uint8Array(4));
      return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, packet.slice(23), aad, nonce, SECRET);
    },
    openSigned: (envelope) => {
      const content = open(envelope);
      const address = hash(sodium.crypto_sign_seed_keypair(BOB).publicKey).slice(0, 16);
      const data = signed('nexus-1 content', address, envelope.slice(0, 32), content.slice(0, -64));
      return sodium.crypto_sign_verify_detached(content.slice(-64), data, content.slice(1, 33));
    },
    verifyAnnounce: (packet) => {
      const [destination, data] = [packet.slice(2, 18), packet.slice(19)];
      const parts = [destination, data.slice(0, 40), data.slice(104, 106), new Uint8Array(6), data.slice(112)];
      const key = data.slice(0, 32);
      const isRight = sodium.crypto_sign_verify_detached(data.slice(40, 104), signed('nexus-1 announce', ...parts), key);
      return isRight && Buffer.compare(hash(key).slice(0, 16), destination) === 0;
    },
  };
}
