/**
 * Cloaking: making every byte of a packet look random, without keeping anything secret.
 *
 *   0           8
 *   +-----------+------------------------------+
 *   | nonce     | ChaCha20(packet or cloaked)  |
 *   | 8 bytes   | as long as what it hides     |
 *   +-----------+------------------------------+
 *
 * A packet on the wire is encrypted and has no HEAD of 256 bytes, so it begins with a zero byte; a nonce never does.
 * That one byte tells the two apart, round by round. The cipher is the original ChaCha20 with a nonce of 8 bytes and a
 * block counter of 64 bits from 0, and the key is known to all.
 */
import { Reader, concat, fromHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, EncodeError, LimitError, UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { CipherPrimitives } from '../../primitives/primitives.ts';
import { LENGTH_LENGTH, isPacket } from '../packet/packet.ts';

/** E3X-CLK-001: the cloaking key, which is SHA-256 of `telehash` and no secret. */
export const CLOAK_KEY: Uint8Array = fromHex('d7f0e555546241b2a944ecd6d0de66856ac50b0baba76a6f5a4782956ca9459a');
/** E3X-CLK-002: bytes of a cloaking nonce, the first of which is not zero. */
export const CLOAK_NONCE_LENGTH = 8;
/** E3X-CLK-006: the shortest cloaked bytes, a nonce and the shortest packet. */
export const CLOAKED_LENGTH_MIN: number = CLOAK_NONCE_LENGTH + LENGTH_LENGTH;
/** E3X-CLK-007: rounds of cloaking, applied or removed. */
export const CLOAK_ROUND_COUNT_MAX = 8;
/** E3X-CLK-012: a path cloaks 1 to 4 times. */
export const CLOAK_PATH_ROUND_COUNT_MAX = 4;

/** A packet and how many rounds of cloaking it came in. */
export interface Uncloaked {
  readonly packet: Uint8Array;
  readonly rounds: number;
}

const NONCES = door.list(door.bytes);

/** The cipher that cloaking needs. */
export type CloakPrimitives = Pick<CipherPrimitives, 'applyChacha20Original'>;

/** Enciphers or deciphers one round, which is the same. */
function applyRound(nonce: Uint8Array, data: Uint8Array, primitives: CloakPrimitives): Uint8Array {
  return primitives.applyChacha20Original({ key: CLOAK_KEY, nonce, counter: 0, data }); // E3X-CLK-003
}

/** Answers whether bytes are cloaked, going by their first. */
function isCloaked(bytes: Uint8Array): boolean {
  return bytes[0] !== 0; // E3X-CLK-005
}

function requirePacket(packet: Uint8Array): void {
  if (!isPacket(packet)) throw new DecodeError('truncated', 'E3X-CLK-008', 'not a packet', { length: packet.length });
}

/**
 * Refuses what cannot travel where cloaked packets do.
 * @param packet any bytes
 * @throws DecodeError truncated for bytes that are not a packet; EncodeError for a packet that would read as cloaked
 * @see E3X-CLK-009
 */
export function requireCloakable(packet: Uint8Array): void {
  requirePacket(packet);
  if (isCloaked(packet)) throw new EncodeError('E3X-CLK-009', 'the packet would read as cloaked', { first: packet[0] ?? 0 });
}

/**
 * Cloaks a packet once for every nonce.
 * @param packet at least 2 bytes, the first of them zero
 * @param nonces 1 to 8 nonces of 8 bytes, none of which begins with zero; the first is innermost
 * @param primitives who does the arithmetic
 * @returns 8 bytes a round more than the packet
 * @throws LimitError for none or too many rounds; DecodeError truncated (packet) or malformed (nonce); EncodeError
 * @see E3X-CLK-003
 */
export function applyCloak(packet: Uint8Array, nonces: readonly Uint8Array[], primitives: CloakPrimitives): Uint8Array {
  door.bytes(packet, 'packet');
  NONCES(nonces, 'nonces');
  primitivesDoor.chacha20(primitives, 'primitives');
  if (nonces.length < 1 || nonces.length > CLOAK_ROUND_COUNT_MAX) {
    throw new LimitError('E3X-CLK-007', 'not 1 to 8 rounds', { roundCount: nonces.length });
  }
  requireCloakable(packet);
  let cloaked = packet;
  for (const nonce of nonces) {
    if (nonce.length !== CLOAK_NONCE_LENGTH || nonce[0] === 0) {
      throw new DecodeError('malformed', 'E3X-CLK-002', 'no cloaking nonce', { nonceLength: nonce.length });
    }
    // E3X-CLK-003: nonce, then ciphertext. E3X-CLK-004: each round takes the whole result of the one before.
    cloaked = concat([nonce, applyRound(nonce, cloaked, primitives)]);
  }
  return cloaked;
}

/**
 * Removes every round of cloaking.
 * @param cloaked a packet, cloaked 0 to 8 times
 * @param primitives who does the arithmetic
 * @returns the packet (the bytes given if there was no round) and the number of rounds
 * @throws DecodeError truncated; LimitError
 * @see E3X-CLK-005
 */
export function removeCloak(cloaked: Uint8Array, primitives: CloakPrimitives): Uncloaked {
  let packet = door.bytes(cloaked, 'cloaked');
  primitivesDoor.chacha20(primitives, 'primitives');
  if (cloaked.length < LENGTH_LENGTH) requirePacket(packet); // E3X-CLK-008: too short for anything
  let rounds = 0;
  while (isCloaked(packet)) {
    if (rounds >= CLOAK_ROUND_COUNT_MAX) throw new LimitError('E3X-CLK-007', 'more than 8 rounds', { rounds });
    if (packet.length < CLOAKED_LENGTH_MIN) {
      throw new DecodeError('truncated', 'E3X-CLK-006', 'no room for a nonce and a packet', { length: packet.length });
    }
    const reader = new Reader(packet);
    const nonce = reader.take(CLOAK_NONCE_LENGTH, 'E3X-CLK-006');
    const ciphertext = reader.rest();
    reader.finish('E3X-CLK-003');
    packet = applyRound(nonce, ciphertext, primitives); // E3X-CLK-003, E3X-CLK-004
    rounds += 1;
  }
  requirePacket(packet);
  return { packet, rounds };
}

/**
 * Draws the nonces of one packet from entropy, all of which must be used up.
 * @param entropy one byte r, then 8 bytes for each of 1 + r mod 4 nonces, and 8 more for each draw that begins with zero
 * @returns 1 to 4 nonces of 8 bytes
 * @throws UsageError for too little entropy or too much
 * @see E3X-CLK-012
 */
export function drawCloakNonces(entropy: Uint8Array): Uint8Array[] {
  const drawn = door.bytes(entropy, 'entropy');
  const [first] = drawn;
  if (first === undefined) throw new UsageError('E3X-CLK-012', 'no entropy');
  const roundCount = 1 + (first % CLOAK_PATH_ROUND_COUNT_MAX); // E3X-CLK-012
  const nonces: Uint8Array[] = [];
  let offset = 1;
  while (nonces.length < roundCount) {
    const nonce = drawn.slice(offset, offset + CLOAK_NONCE_LENGTH);
    if (nonce.length < CLOAK_NONCE_LENGTH) throw new UsageError('E3X-CLK-012', 'too little entropy', { length: entropy.length });
    if (nonce[0] !== 0) nonces.push(nonce); // E3X-CLK-012: a nonce that begins with zero is drawn again
    offset += CLOAK_NONCE_LENGTH;
  }
  if (offset < entropy.length) throw new UsageError('E3X-CLK-012', 'entropy is left over', { unused: entropy.length - offset });
  return nonces;
}
