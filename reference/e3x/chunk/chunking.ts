/**
 * Chunked encoding: packets on a stream of bytes.
 *
 *   0                1                1 + n
 *   +----------------+----------------+
 *   | length n       | fragment       |      a chunk; n = 0 is the terminator, which ends the packet
 *   | u8             | n bytes        |
 *   +----------------+----------------+
 *
 * A frame is what is written at once: one chunk, and the terminator after the last one if it fits. For the packet
 * 00 01 02 03 04 05 06 and a size of 5 the frames are `04 00 01 02 03` and `03 04 05 06 00`.
 *
 * There is neither an id nor a check: E3X-CHK-026 allows chunks on ordered point-to-point streams only.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { isPacket } from '../packet/packet.ts';

/** E3X-CHK-001: the longest fragment that its length byte can announce. */
export const FRAGMENT_LENGTH_MAX = 255;
/** E3X-CHK-006: the smallest frame that holds a fragment, a length byte and one byte. */
export const FRAME_LENGTH_MIN = 2;

/** The chunk without a fragment; it ends a packet, and on its own it is an acknowledgement or a keepalive. */
const TERMINATOR = 0x00;

/** A fresh acknowledgement: one zero byte. */
export function encodeAck(): Uint8Array {
  return Uint8Array.of(TERMINATOR);
}

/**
 * Refuses a frame size that no fragment fits in.
 * @param size bytes
 * @throws LimitError
 * @see E3X-CHK-006
 */
export function requireFrameSize(size: number): void {
  if (size < FRAME_LENGTH_MIN) throw new LimitError('E3X-CHK-006', 'no fragment fits in a frame', { size });
}

/**
 * Writes one packet as frames.
 * @param packet at least 2 bytes
 * @param size longest frame in bytes, at least 2
 * @returns the frames in the order they are written; only the last one carries the terminator
 * @throws LimitError for a size below 2; DecodeError truncated for bytes that are not a packet
 * @see E3X-CHK-001
 */
export function splitChunks(packet: Uint8Array, size: number): Uint8Array[] {
  door.whole(size, 'size');
  requireFrameSize(size);
  if (!isPacket(packet)) throw new DecodeError('truncated', 'E3X-CHK-007', 'not a packet', { length: packet.length });
  const fragmentMax = Math.min(size - 1, FRAGMENT_LENGTH_MAX); // E3X-CHK-003
  const frames: Uint8Array[] = [];
  for (let offset = 0; offset < packet.length; offset += fragmentMax) {
    const fragment = packet.subarray(offset, offset + fragmentMax);
    const isLast = offset + fragmentMax >= packet.length;
    // E3X-CHK-001: the length byte, then the fragment. E3X-CHK-004: the terminator after the last, if there is room.
    const hasRoom = 1 + fragment.length < size;
    const tail = isLast && hasRoom ? [encodeAck()] : [];
    frames.push(concat([Uint8Array.of(fragment.length), fragment, ...tail]));
    if (isLast && !hasRoom) frames.push(encodeAck()); // E3X-CHK-005
  }
  return frames;
}

/**
 * Reads the complete chunks at the front of a stream.
 * @param stream any bytes that begin where a chunk begins
 * @param visit told each fragment in order, as a view of 0 (the terminator) to 255 bytes
 * @returns how many bytes the complete chunks took; what follows is the start of a chunk, at most 255 bytes
 * @see E3X-CHK-012
 */
export function readChunks(stream: Uint8Array, visit: (fragment: Uint8Array) => void): number {
  let offset = 0;
  for (;;) {
    const length = stream[offset];
    if (length === undefined) return offset;
    const end = offset + 1 + length;
    if (end > stream.length) return offset; // E3X-CHK-012: the rest of this chunk has not arrived
    visit(stream.subarray(offset + 1, end));
    offset = end;
  }
}

/**
 * Reads a whole stream of chunks.
 * @param stream any bytes; a packet whose terminator is missing delivers nothing
 * @returns the packets in order; what was not a packet is left out
 * @see E3X-CHK-008
 */
export function joinChunks(stream: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let fragments: Uint8Array[] = []; // joined once, at the terminator, so that the time stays linear
  readChunks(door.bytes(stream, 'stream'), (fragment) => {
    if (fragment.length > 0) {
      fragments.push(fragment); // E3X-CHK-008
      return;
    }
    // E3X-CHK-002: the terminator. E3X-CHK-010: with nothing buffered it means nothing.
    if (fragments.length > 0) {
      const packet = concat(fragments);
      if (isPacket(packet)) packets.push(packet); // E3X-CHK-009: otherwise only this one is lost
    }
    fragments = [];
  });
  return packets;
}
