/**
 * Sealed packets: everything between two neighbours once they have keys.
 *
 *   flags 0c, hops, link id, context                  | counter u32 | ciphertext | tag 16 |    for the neighbour
 *   flags 50, hops, link id, destination, context     | counter u32 | ciphertext | tag 16 |    an envelope, passed on
 *
 * The nonce is the count; the phase, bit 31 of the counter, only says which keys. Hops are not authenticated, because
 * they are raised on the way through a node; link, destination and context are.
 */
import { Reader, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UnsupportedError, openAuthentic } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { CipherPrimitives } from '../../primitives/primitives.ts';
import { ADDRESS_LENGTH, PACKET_CONTEXTS, decodeNexusPacket, encodeNexusPacket } from '../packet/packet.ts';
import { COUNT_END, LINK_CONTENT_LENGTH_MAX, LINK_KEY_LENGTH, TAG_LENGTH } from './constants.ts';

/** What sealed packets need. */
export type SealingPrimitives = Pick<CipherPrimitives, 'sealChacha20Poly1305' | 'openChacha20Poly1305'>;

/** NXS-SLD-006: the bit of the counter that is the phase. */
const PHASE_WEIGHT = 0x8000_0000;
/** NXS-SLD-004: the flags that are authenticated, in either form. */
const FLAGS = { neighbour: 0x0c, envelope: 0x50 } as const;
const NEIGHBOUR_CONTEXTS: ReadonlySet<number> = new Set([
  PACKET_CONTEXTS.content,
  PACKET_CONTEXTS.fragment,
  PACKET_CONTEXTS.fragmentRequest,
  PACKET_CONTEXTS.rekey,
  PACKET_CONTEXTS.keepalive,
  PACKET_CONTEXTS.identify,
  PACKET_CONTEXTS.close,
]);

/** A packet to be sealed. */
export interface SealedPacket {
  /** 16 bytes. */
  readonly linkId: Uint8Array;
  /** Of an envelope that is passed on, 16 bytes. */
  readonly destination?: Uint8Array | undefined;
  readonly context: number;
  /** Of the keys, 0 or 1. */
  readonly phase: number;
  /** 0 to 2^31 - 2, never twice under one key. */
  readonly count: number;
  /** 0 to 445 bytes. */
  readonly content: Uint8Array;
}

const SEALING = door.members<
  SealedPacket & {
    readonly key: Uint8Array;
    readonly hops?: number | undefined;
  }
>({
  key: door.bytes,
  linkId: door.bytes,
  destination: door.optional(door.bytes),
  context: door.byte,
  phase: door.between(0, 1),
  count: door.count,
  content: door.bytes,
  hops: door.optional(door.byte),
});
const OPENING = door.members<{
  readonly key: Uint8Array;
  readonly packet: Uint8Array;
}>({ key: door.bytes, packet: door.bytes });

/** NXS-SLD-003. */
export function linkNonce(count: number): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(count), true);
  return nonce;
}

/** NXS-SLD-004. */
export function linkAad(flags: number, linkId: Uint8Array, destination: Uint8Array, context: number): Uint8Array {
  return concat([Uint8Array.of(flags), linkId, destination, Uint8Array.of(context)]);
}

function requireLengths(key: Uint8Array, ...addresses: readonly Uint8Array[]): void {
  if (key.length !== LINK_KEY_LENGTH || addresses.some(({ length }) => length !== ADDRESS_LENGTH)) {
    throw new DecodeError('malformed', 'NXS-SLD-002', 'a key is 32 bytes and an address 16', { key: key.length });
  }
}

function requireContext(context: number, isEnvelope: boolean): void {
  if (isEnvelope ? context !== PACKET_CONTEXTS.content : !NEIGHBOUR_CONTEXTS.has(context)) {
    throw new UnsupportedError('NXS-SLD-007', 'not a context of a sealed packet', { context });
  }
}

function requireContent(context: number, content: Uint8Array): void {
  if ((context === PACKET_CONTEXTS.keepalive || context === PACKET_CONTEXTS.close) && content.length > 0) {
    throw new DecodeError('malformed', 'NXS-SLD-008', 'a content where there is none', { context });
  }
}

/**
 * Seals a packet.
 * @returns 39 to 500 bytes
 * @throws DecodeError malformed; LimitError; UnsupportedError for a context
 * @see NXS-SLD-002
 */
export function sealLinkPacket(
  input: SealedPacket & {
    readonly key: Uint8Array;
    readonly hops?: number | undefined;
  },
  primitives: SealingPrimitives,
): Uint8Array {
  const { key, linkId, destination, context, phase, count, content, hops = 0 } = SEALING(input, 'input');
  primitivesDoor.cipher(primitives, 'primitives');
  requireLengths(key, linkId, ...(destination === undefined ? [] : [destination]));
  if (count >= COUNT_END) throw new LimitError('NXS-SLD-010', 'no count is left under these keys', { count });
  requireContext(context, destination !== undefined);
  requireContent(context, content);
  if (content.length > LINK_CONTENT_LENGTH_MAX) throw new LimitError('NXS-SLD-005', 'a content too long', { length: content.length });
  const flags = destination === undefined ? FLAGS.neighbour : FLAGS.envelope; // NXS-SLD-001
  const aad = linkAad(flags, linkId, destination ?? linkId, context);
  const ciphertext = primitives.sealChacha20Poly1305({ key, nonce: linkNonce(count), plaintext: content, aad });
  const counter = new Uint8Array(4);
  new DataView(counter.buffer).setUint32(0, phase * PHASE_WEIGHT + count, true); // NXS-SLD-006
  const data = concat([counter, ciphertext]);
  return encodeNexusPacket({
    destinationType: destination === undefined ? 'link' : 'single',
    packetType: 'data',
    hops,
    transport: destination === undefined ? undefined : linkId,
    destination: destination ?? linkId,
    context,
    data,
  });
}

/** A sealed packet as it is before it is opened. */
export interface ClosedPacket extends Omit<SealedPacket, 'content'> {
  readonly ciphertext: Uint8Array;
}

/**
 * Reads what of a sealed packet is not enciphered: whose it is, and which keys it needs.
 * @throws DecodeError; UnsupportedError; LimitError
 * @see NXS-SLD-001
 */
export function readSealedPacket(packet: Uint8Array): ClosedPacket {
  const { destinationType, packetType, transport, destination, context, data } = decodeNexusPacket(packet);
  const isEnvelope = transport !== undefined;
  if (packetType !== 'data' || destinationType !== (isEnvelope ? 'single' : 'link')) {
    throw new DecodeError('malformed', 'NXS-SLD-001', 'not the form of a sealed packet', { destinationType, packetType });
  }
  requireContext(context, isEnvelope);
  const reader = new Reader(data);
  const counter = new DataView(reader.take(4, 'NXS-SLD-002').slice().buffer).getUint32(0, true);
  const ciphertext = reader.rest();
  if (ciphertext.length < TAG_LENGTH) {
    throw new DecodeError('truncated', 'NXS-SLD-002', 'no room for a tag', { length: ciphertext.length });
  }
  const [phase, count] = [counter >= PHASE_WEIGHT ? 1 : 0, counter % PHASE_WEIGHT]; // NXS-SLD-006
  if (count >= COUNT_END) throw new LimitError('NXS-SLD-010', 'nobody seals under this count', { count });
  return { linkId: transport ?? destination, ...(isEnvelope ? { destination } : {}), context, phase, count, ciphertext };
}

/**
 * Opens a sealed packet that was read.
 * @throws AuthenticationError; DecodeError malformed
 * @see NXS-SLD-011
 */
export function unsealPacket(closed: ClosedPacket, key: Uint8Array, primitives: SealingPrimitives): SealedPacket {
  const { ciphertext, ...rest } = closed;
  const { linkId, destination, context, count } = rest;
  const flags = destination === undefined ? FLAGS.neighbour : FLAGS.envelope;
  const aad = linkAad(flags, linkId, destination ?? linkId, context);
  const content = openAuthentic('NXS-SLD-011', () =>
    primitives.openChacha20Poly1305({ key, nonce: linkNonce(count), sealed: ciphertext, aad }),
  );
  requireContent(context, content);
  return { ...rest, content };
}

/**
 * Opens a sealed packet.
 * @throws DecodeError; UnsupportedError; LimitError; AuthenticationError
 * @see NXS-SLD-002
 */
export function openLinkPacket(
  input: { readonly key: Uint8Array; readonly packet: Uint8Array },
  primitives: SealingPrimitives,
): SealedPacket {
  const { key, packet } = OPENING(input, 'input');
  primitivesDoor.cipher(primitives, 'primitives');
  requireLengths(key);
  return unsealPacket(readSealedPacket(packet), key, primitives);
}
