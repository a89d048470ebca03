/**
 * Compact envelopes, for links on which each byte takes time.
 *
 *   0        1              9         33
 *   +--------+--------------+---------+--------------+----------------+--------------+
 *   | flags  | receivedAt   | nonce   | sender key   | receiver key   | ciphertext   |
 *   | 1 byte | 8 bytes      | 24      | see key-uri-codec.ts          | all the rest |
 *   +--------+--------------+---------+--------------+----------------+--------------+
 *
 *   flags   01: receivedAt is there; 00: it is not, and takes no bytes
 */
import { EMPTY, Reader, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { NONCE_LENGTH, TAG_LENGTH } from './constants.ts';
import { checkLengths, envelopeDoor } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { decodeKeyUriParts, encodeKeyUri, joinKeyUri } from './key-uri-codec.ts';
import { decodeTime, encodeTime } from './times.ts';

/** KLT-ENV-019: receivedAt is there. */
const FLAG_RECEIVED_AT = 1;

/**
 * Writes an envelope compactly.
 * @throws DecodeError malformed or truncated, UnsupportedError, LimitError, for what is not an envelope; EncodeError for a fragment of more
 * than 255 bytes
 * @see KLT-ENV-019
 */
export function packEnvelope(given: Envelope, primitives: Primitives): Uint8Array {
  const envelope = envelopeDoor(given, 'envelope');
  primitivesDoor.primitives(primitives, 'primitives');
  checkLengths(envelope);
  const { receivedAt, nonce, senderKeyUri, receiverKeyUri, ciphertext } = envelope;
  return concat([
    Uint8Array.of(receivedAt === undefined ? 0 : FLAG_RECEIVED_AT),
    receivedAt === undefined ? EMPTY : encodeTime(receivedAt),
    nonce,
    encodeKeyUri(senderKeyUri, primitives),
    encodeKeyUri(receiverKeyUri, primitives),
    ciphertext,
  ]); // KLT-ENV-019
}

/**
 * Reads a compact envelope.
 * @returns fresh bytes
 * @throws DecodeError truncated, malformed or non-canonical; UnsupportedError and LimitError for key URIs
 * @see KLT-ENV-019
 */
export function unpackEnvelope(bytes: Uint8Array, primitives: Primitives): Envelope {
  primitivesDoor.primitives(primitives, 'primitives');
  const reader = new Reader(door.bytes(bytes, 'bytes'));
  const flags = reader.u8('KLT-ENV-019');
  if (flags > FLAG_RECEIVED_AT) throw new DecodeError('malformed', 'KLT-ENV-020', 'flags that mean nothing', { flags });
  const receivedAt = flags === FLAG_RECEIVED_AT ? decodeTime(reader, 'KLT-ENV-019', 'KLT-ENV-021') : undefined;
  const nonce = reader.take(NONCE_LENGTH, 'KLT-ENV-019').slice();
  const sender = decodeKeyUriParts(reader);
  const receiver = decodeKeyUriParts(reader);
  if (reader.remaining < TAG_LENGTH) throw new DecodeError('truncated', 'KLT-ENV-011', 'no room for a tag', { length: reader.remaining });
  const ciphertext = reader.rest().slice();
  const senderKeyUri = joinKeyUri(sender, primitives);
  const receiverKeyUri = joinKeyUri(receiver, primitives);
  return { ...(receivedAt === undefined ? {} : { receivedAt }), ciphertext, nonce, senderKeyUri, receiverKeyUri };
}
