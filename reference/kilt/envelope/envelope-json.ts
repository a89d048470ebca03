/** Envelopes as JSON, the form of the web: bytes as hexadecimal, members closed. */
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { fromKiltHex, toKiltHex } from './hex.ts';
import { envelopeDoor } from './envelope.ts';
import type { Envelope } from './envelope.ts';

const MEMBERS: ReadonlySet<string> = new Set(['receivedAt', 'ciphertext', 'nonce', 'senderKeyUri', 'receiverKeyUri']);

function textOf(value: JsonValue | undefined, name: string): string {
  if (typeof value !== 'string') throw new DecodeError('malformed', 'KLT-ENV-001', 'an envelope that lacks a text', { name });
  return value;
}

function bytesOf(value: JsonValue | undefined, name: string): Uint8Array {
  const bytes = typeof value === 'string' ? fromKiltHex(value) : undefined;
  if (bytes === undefined) throw new DecodeError('malformed', 'KLT-ENV-002', 'not 0x and lower-case hexadecimal digits', { name });
  return bytes;
}

function receivedAtOf(value: JsonValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new DecodeError('malformed', 'KLT-ENV-001', 'a time that is none');
  return value;
}

/**
 * Reads an envelope; interpreting its bytes and key URIs is up to the code that opens it.
 * @throws DecodeError malformed
 * @see KLT-ENV-001
 */
export function readEnvelope(json: JsonObject): Envelope {
  door.json(json, 'json');
  for (const name of Object.keys(json)) {
    if (!MEMBERS.has(name)) throw new DecodeError('malformed', 'KLT-ENV-001', 'an envelope with a member that it does not have');
  }
  for (const name of ['ciphertext', 'nonce']) {
    if (json[name] === undefined) throw new DecodeError('malformed', 'KLT-ENV-001', 'an envelope without its bytes', { name });
  }
  const receivedAt = receivedAtOf(json['receivedAt']);
  return {
    ...(receivedAt === undefined ? {} : { receivedAt }),
    ciphertext: bytesOf(json['ciphertext'], 'ciphertext'),
    nonce: bytesOf(json['nonce'], 'nonce'),
    senderKeyUri: textOf(json['senderKeyUri'], 'senderKeyUri'),
    receiverKeyUri: textOf(json['receiverKeyUri'], 'receiverKeyUri'),
  };
}

/**
 * Writes an envelope.
 * @see KLT-ENV-001
 */
export function writeEnvelope(envelope: Envelope): JsonObject {
  const { receivedAt, ciphertext, nonce, senderKeyUri, receiverKeyUri } = envelopeDoor(envelope, 'envelope');
  return {
    ...(receivedAt === undefined ? {} : { receivedAt }),
    ciphertext: toKiltHex(ciphertext),
    nonce: toKiltHex(nonce),
    senderKeyUri,
    receiverKeyUri,
  };
}
