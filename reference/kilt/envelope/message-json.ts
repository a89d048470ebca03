/** A message as JSON: what is sealed, byte for byte. */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, EncodeError, ProtocolError, UsageError } from '../../kernel/errors.ts';
import { readJsonObject, writeJson } from '../../kernel/json.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { encodeUtf8 } from '../../kernel/utf8.ts';

/** KLT-ENV-004: the members of a message in the order in which they are written; receivedAt is not one of them. */
export const MESSAGE_MEMBERS: readonly string[] = ['body', 'createdAt', 'sender', 'receiver', 'messageId', 'inReplyTo', 'references'];

/** The beginning of a message whose body is given as bytes. */
const BODY_FIRST: Uint8Array = encodeUtf8('{"body":', () => {
  throw new UsageError('KLT-ENV-025', 'not text');
});
const COMMA = 0x2c;

/**
 * Writes a message.
 * @param body the text of the body in UTF-8, if `message` has none; it is written as it is
 * @returns UTF-8; members that are not named here are left out
 * @throws EncodeError for what I-JSON cannot hold; DecodeError malformed for two bodies
 * @see KLT-ENV-004
 */
export function encodeMessage(message: JsonObject, body?: Uint8Array): Uint8Array {
  door.json(message, 'message');
  const members: [string, JsonValue][] = [];
  for (const name of MESSAGE_MEMBERS) {
    const value = message[name];
    if (value !== undefined) members.push([name, value]); // KLT-ENV-004
  }
  if (body !== undefined && message['body'] !== undefined) throw new DecodeError('malformed', 'KLT-ENV-025', 'two bodies');
  const written = orUnrepresentable('KLT-ENV-014', () => writeJson(Object.fromEntries(members)));
  if (body === undefined) return written;
  orUnrepresentable('KLT-ENV-025', () => readJsonObject(body));
  const whole = concat([BODY_FIRST, body, Uint8Array.of(COMMA), written.subarray(1)]); // KLT-ENV-025
  orUnrepresentable('KLT-ENV-014', () => readJsonObject(whole)); // together they may be too deep
  return whole;
}

/** What a computation gives, or the refusal to write what no reader accepts. */
function orUnrepresentable<Result>(clause: string, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ProtocolError && error.rejectClass !== null) throw new EncodeError(clause, 'a message that I-JSON cannot hold');
    throw error;
  }
}
