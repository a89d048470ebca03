/**
 * Compact envelopes, for links on which each byte takes time.
 *
 *   0        1              9         33
 *   +--------+--------------+---------+--------------+----------------+----------------------+
 *   | flags  | receivedAt   | nonce   | sender key   | receiver key   | ciphertext           |
 *   | 1 byte | 8 bytes      | 24      | see key-uri-codec.ts          | all the rest         |
 *   +--------+--------------+---------+--------------+----------------+----------------------+
 *
 *   flags   01: receivedAt is there; all other bits are zero
 */
import { Reader, concat } from '../kernel/bytes.ts';
import { DecodeError } from '../kernel/errors.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import type { Primitives } from '../primitives/primitives.ts';
import { NONCE_LENGTH, TAG_LENGTH } from './constants.ts';
import type { Envelope } from './envelope.ts';
import { decodeKeyUri, encodeKeyUri } from './key-uri-codec.ts';
import { decodeTime, encodeTime } from './times.ts';

/** KLT-CMP-flags: receivedAt is there. */
const FLAG_RECEIVED_AT = 0x01;

/**
 * Writes an envelope compactly.
 * @throws DecodeError malformed or truncated, UnsupportedError, LimitError, EncodeError, for what is no envelope
 * @see KLT-CMP-layout
 */
export function packEnvelope({ receivedAt, nonce, senderKeyUri, receiverKeyUri, ciphertext }: Envelope, primitives: Primitives = noblePrimitives): Uint8Array {
  if (nonce.length !== NONCE_LENGTH) throw new DecodeError('malformed', 'KLT-ENV-nonce', 'a nonce that is not 24 bytes', { length: nonce.length });
  if (ciphertext.length < TAG_LENGTH) throw new DecodeError('truncated', 'KLT-ENV-tag', 'no room for a tag', { length: ciphertext.length });
  return concat([
    Uint8Array.of(receivedAt === undefined ? 0 : FLAG_RECEIVED_AT), // KLT-CMP-flags
    receivedAt === undefined ? new Uint8Array(0) : encodeTime(receivedAt),
    nonce,
    encodeKeyUri(senderKeyUri, primitives),
    encodeKeyUri(receiverKeyUri, primitives),
    ciphertext,
  ]); // KLT-CMP-layout
}

/**
 * Reads a compact envelope.
 * @returns fresh bytes
 * @throws DecodeError truncated, malformed or non-canonical; UnsupportedError and LimitError for key URIs
 * @see KLT-CMP-layout
 */
export function unpackEnvelope(bytes: Uint8Array, primitives: Primitives = noblePrimitives): Envelope {
  const reader = new Reader(bytes);
  const flags = reader.u8('KLT-CMP-layout');
  if ((flags & ~FLAG_RECEIVED_AT) !== 0) throw new DecodeError('malformed', 'KLT-CMP-flags', 'flags that mean nothing', { flags }); // KLT-CMP-flags
  const receivedAt = flags === 0 ? undefined : decodeTime(reader, 'KLT-CMP-layout');
  const nonce = reader.take(NONCE_LENGTH, 'KLT-CMP-layout').slice();
  const senderKeyUri = decodeKeyUri(reader, primitives);
  const receiverKeyUri = decodeKeyUri(reader, primitives);
  if (reader.remaining < TAG_LENGTH) throw new DecodeError('truncated', 'KLT-ENV-tag', 'no room for a tag', { length: reader.remaining }); // KLT-ENV-tag
  const ciphertext = reader.rest().slice();
  reader.finish('KLT-CMP-layout');
  return { ...(receivedAt === undefined ? {} : { receivedAt }), ciphertext, nonce, senderKeyUri, receiverKeyUri };
}
