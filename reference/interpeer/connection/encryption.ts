/**
 * Sealed parts: what an encrypted packet has in place of private header, payload and padding, and what follows
 * START_ENCRYPTION.
 *
 *   0          8                         n - 16     n
 *   +----------+-------------------------+----------+
 *   | COUNTER  | private header, payload | TAG      |
 *   | u64 LE   | and padding, enciphered | 16       |
 *   +----------+-------------------------+----------+
 *
 * ChaCha20-Poly1305 under the packet key of the direction. The nonce is 4 zero bytes and the counter as it is here;
 * the public header is authenticated with what is inside. A packet key is derived from the channel key that an E3X
 * exchange agreed on and from the id of the channel, so that no key serves two ciphers or two channels.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UsageError, openAuthentic } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { CHANNEL_ID_LENGTH, PUBLIC_HEADER_LENGTH } from '../packet/constants.ts';

/** IPR-ENC-001: bytes of a packet key. */
export const PACKET_KEY_LENGTH = 32;
/** IPR-ENC-002: bytes of a counter. */
export const COUNTER_LENGTH = 8;
/** IPR-ENC-002: bytes of the tag at the end of a sealed part. */
export const SEALED_TAG_LENGTH = 16;
/** IPR-ENC-006: the last counter. */
export const COUNTER_MAX = 0xffff_ffff_ffff_ffffn;
/** IPR-ENC-001: what says what the key is for. */
const KEY_INFO: Uint8Array = Uint8Array.from('interpeer-1 packet', (character) => character.charCodeAt(0));
/** IPR-ENC-002: what is before the counter in a nonce. */
const NONCE_PREFIX: Uint8Array = new Uint8Array(4);

/**
 * Derives the key of one channel and direction.
 * @param channelKey what an exchange agreed on for that direction, 16 or 32 bytes
 * @param channelId 4 bytes
 * @returns 32 bytes
 * @throws UsageError for a channel id of another length
 * @see IPR-ENC-001
 */
export function derivePacketKey(channelKey: Uint8Array, channelId: Uint8Array, primitives: Primitives): Uint8Array {
  door.bytes(channelKey, 'channelKey');
  if (door.bytes(channelId, 'channelId').length !== CHANNEL_ID_LENGTH)
    throw new UsageError('IPR-ENC-001', 'a channel id of another length', { length: channelId.length });
  primitivesDoor.primitives(primitives, 'primitives');
  const info = concat([KEY_INFO, channelId]); // IPR-ENC-001
  return primitives.hkdfSha256({ inputKey: channelKey, salt: new Uint8Array(0), info, outputLength: PACKET_KEY_LENGTH });
}

/** What a sealed part is made of. */
export interface SealPartInput {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 0 to 2^64 - 1, never twice under one key. */
  readonly counter: bigint;
  /** The public header, 44 bytes. */
  readonly header: Uint8Array;
  readonly plaintext: Uint8Array;
}

/** What a sealed part is opened with. */
export interface OpenPartInput {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** The public header, 44 bytes. */
  readonly header: Uint8Array;
  readonly sealed: Uint8Array;
}

const SEAL = door.members<SealPartInput>({ key: door.bytes, counter: door.bigint, header: door.bytes, plaintext: door.bytes });
const OPEN = door.members<OpenPartInput>({ key: door.bytes, header: door.bytes, sealed: door.bytes });

/** What came out of a sealed part. */
export interface OpenedPart {
  readonly counter: bigint;
  readonly plaintext: Uint8Array;
}

/** How long the sealed part of a plaintext is, in bytes. */
export function sealedPartLength(plaintextLength: number): number {
  return COUNTER_LENGTH + door.count(plaintextLength, 'plaintextLength') + SEALED_TAG_LENGTH;
}

function requireHeader(header: Uint8Array): void {
  if (header.length !== PUBLIC_HEADER_LENGTH)
    throw new UsageError('IPR-ENC-003', 'a public header of another length', { length: header.length });
}

/**
 * Seals a part.
 * @returns 24 bytes more than the plaintext
 * @throws UsageError for a counter or lengths that are none
 * @see IPR-ENC-002
 */
export function sealPart(input: SealPartInput, primitives: Primitives): Uint8Array {
  const { key, counter, header, plaintext } = SEAL(input, 'input');
  primitivesDoor.primitives(primitives, 'primitives');
  requireHeader(header);
  if (counter < 0n || counter > COUNTER_MAX) throw new UsageError('IPR-ENC-006', 'no counter', { counter: counter.toString() });
  const counterBytes = new Uint8Array(COUNTER_LENGTH);
  new DataView(counterBytes.buffer).setBigUint64(0, counter, true); // IPR-ENC-002
  const nonce = concat([NONCE_PREFIX, counterBytes]); // IPR-ENC-002
  return concat([counterBytes, primitives.sealChacha20Poly1305({ key, nonce, plaintext, aad: header })]); // IPR-ENC-003
}

/**
 * Opens a sealed part.
 * @throws DecodeError truncated below 24 bytes; AuthenticationError; UsageError
 * @see IPR-ENC-002
 */
export function openPart(input: OpenPartInput, primitives: Primitives): OpenedPart {
  const { key, header, sealed } = OPEN(input, 'input');
  primitivesDoor.primitives(primitives, 'primitives');
  requireHeader(header);
  if (sealed.length < sealedPartLength(0))
    throw new DecodeError('truncated', 'IPR-ENC-002', 'no room for counter and tag', { length: sealed.length });
  const nonce = concat([NONCE_PREFIX, sealed.subarray(0, COUNTER_LENGTH)]);
  const plaintext = openAuthentic('IPR-ENC-004', () =>
    primitives.openChacha20Poly1305({ key, nonce, sealed: sealed.subarray(COUNTER_LENGTH), aad: header }),
  );
  return { counter: new DataView(nonce.buffer).getBigUint64(NONCE_PREFIX.length, true), plaintext };
}
