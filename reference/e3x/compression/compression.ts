/**
 * The payload of a channel packet, before it is encrypted and after it is decrypted.
 *
 *   z   payload
 *   0   the channel packet itself
 *   1   a sequence of CBOR items (cbor-payload.ts)
 *   2   the channel packet in the raw DEFLATE format (RFC 1951)
 *
 * A payload does not say which z it has been written with: that is agreed once, in the link handshake.
 *
 * Choice: ADR-0013. What a peer sends can grow a thousandfold when it is expanded, so there is a bound, and nothing is
 * expanded beyond it. With z 1 the members keep their values and lose their order, which JSON does not have.
 */
import { deflateSync } from 'fflate';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, ProtocolError, UnsupportedError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { decodeCborPayload, encodeCborPayload } from './cbor-payload.ts';
import { channelHeadOf } from '../channel-table/channel-table.ts';
import { inflate } from './inflate.ts';
import { decodePacket } from '../packet/packet.ts';

/** E3X-CMP-002: the greatest z of which anything is specified. */
export const COMPRESSION_MAX = 2;
/** E3X-CMP-017: bytes that a DEFLATE stream may have when expanded. */
export const INFLATED_LENGTH_MAX = 65536;

/** Choice: ADR-0027. Bytes of a payload, and of a packet that becomes one: no transport here brings a longer packet. */
export const PAYLOAD_LENGTH_MAX = 131072;

/** A channel packet taken out of its payload. */
export interface CompressedContent {
  readonly json: JsonObject;
  readonly body: Uint8Array;
  /** The bytes of the packet, where the payload determines them: with z 0 and 2. */
  readonly inner?: Uint8Array;
}

/**
 * Says which compression is in effect.
 * @param local the z that this side has said, if any
 * @param remote the z that the other side has said, if any
 * @throws UnsupportedError where both have said one that is not specified
 * @see E3X-CMP-001
 */
export function negotiateCompression(local = 0, remote = 0): number {
  door.whole(local, 'local');
  door.whole(remote, 'remote');
  if (local !== remote) return 0; // E3X-CMP-001
  requireKnown(local);
  return local;
}

/**
 * Writes a channel packet as a payload.
 * @param z the compression in effect
 * @param packet a channel packet: it has a JSON head and a channel id
 * @returns one encoding for each packet with z 0 and 1; any right one with z 2
 * @throws UnsupportedError; DecodeError malformed; LimitError for more than 65,536 bytes with z 2
 * @see E3X-CMP-013
 */
export function encodeCompressed(z: number, packet: Uint8Array): Uint8Array {
  requireKnown(z);
  const inner = door.bytes(packet, 'packet');
  requirePayloadLength(inner);
  const { json, body } = contentOf(inner);
  if (z === 0) return inner.slice(); // E3X-CMP-004
  if (z === 1) return encodeCborPayload(json, body); // E3X-CMP-013
  if (inner.length > INFLATED_LENGTH_MAX) throw new LimitError('E3X-CMP-017', 'too long to be expanded again', { length: inner.length });
  return deflateSync(inner); // E3X-CMP-014
}

/**
 * Reads a payload.
 * @param z the compression in effect
 * @param payload what the exchange has decrypted
 * @throws UnsupportedError; DecodeError malformed, truncated, non-canonical or trailing; LimitError
 * @see E3X-CMP-018
 */
export function decodeCompressed(z: number, payload: Uint8Array): CompressedContent {
  requireKnown(z);
  const given = door.bytes(payload, 'payload');
  requirePayloadLength(given);
  if (z === 1) return decodeCborPayload(given);
  const inner = z === 0 ? given.slice() : inflate(given, INFLATED_LENGTH_MAX); // E3X-CMP-017
  return { ...contentOf(inner), inner }; // E3X-CMP-018
}

function requirePayloadLength({ length }: Uint8Array): void {
  if (length > PAYLOAD_LENGTH_MAX) throw new LimitError('ADR-0027', 'longer than any payload', { length, lengthMax: PAYLOAD_LENGTH_MAX });
}

function requireKnown(z: number): void {
  door.whole(z, 'z');
  if (z > COMPRESSION_MAX) throw new UnsupportedError('E3X-CMP-002', 'no such compression is specified', { z });
}

/** Members and body of a channel packet; any other packet is refused with one class, whatever is wrong with it. */
function contentOf(bytes: Uint8Array): { readonly json: JsonObject; readonly body: Uint8Array } {
  try {
    const packet = decodePacket(bytes);
    channelHeadOf(packet);
    return { json: packet.json ?? {}, body: packet.body.slice() };
  } catch (error) {
    if (error instanceof ProtocolError) throw new DecodeError('malformed', 'E3X-CMP-003', 'no channel packet');
    throw error;
  }
}
