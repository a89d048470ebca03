/**
 * Routing tokens: a hint, taken from an outer message, by which a receiver finds the exchange that it belongs to.
 *
 *   0         2        3                19
 *   +---------+--------+----------------+----------------+
 *   | 00 01   | CSID   | stable prefix  | rest of BODY   |      an outer message
 *   +---------+--------+----------------+----------------+
 *
 *   token = first 16 bytes of SHA-256(stable prefix)
 */
import { DecodeError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { decodePacketParts } from '../packet/packet.ts';
import type { PacketParts } from '../packet/packet.ts';

/** E3X-TOK-001: bytes of a routing token, and of the part of the BODY it is derived from. */
export const TOKEN_LENGTH = 16;

/**
 * Derives the routing token of an outer message.
 * @param packet a packet with a HEAD of 1 byte and a BODY of at least 16
 * @param primitives who does the arithmetic
 * @returns 16 bytes
 * @throws DecodeError malformed or truncated
 * @see E3X-TOK-001
 */
export function deriveToken(packet: Uint8Array, primitives: DigestPrimitives): Uint8Array {
  return tokenOf(decodePacketParts(packet), primitives);
}

/** As deriveToken, of an outer message that has been taken apart. */
export function tokenOf({ head, body }: PacketParts, primitives: DigestPrimitives): Uint8Array {
  primitivesDoor.digest(primitives, 'primitives');
  if (head.length !== 1) throw new DecodeError('malformed', 'E3X-TOK-002', 'no outer message', { headLength: head.length });
  if (head[0] === 0) throw new DecodeError('malformed', 'E3X-TOK-003', 'CSID 00 is invalid');
  if (body.length < TOKEN_LENGTH) {
    throw new DecodeError('truncated', 'E3X-TOK-004', 'the BODY is too short for a token', { bodyLength: body.length });
  }
  const stablePrefix = body.subarray(0, TOKEN_LENGTH); // E3X-TOK-005: neither the CSID nor the rest of the BODY
  return primitives.sha256({ message: stablePrefix }).slice(0, TOKEN_LENGTH); // E3X-TOK-001
}
