/** A message as JSON: what is sealed, byte for byte. */
import * as door from '../../kernel/door.ts';
import { ProtocolError, EncodeError } from '../../kernel/errors.ts';
import { writeJson } from '../../kernel/json.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';

/** KLT-ENV-004: the members of a message in the order in which they are written; receivedAt is not one of them. */
export const MESSAGE_MEMBERS: readonly string[] = ['body', 'createdAt', 'sender', 'receiver', 'messageId', 'inReplyTo', 'references'];

/**
 * Writes a message.
 * @returns UTF-8; members that are not named here are left out
 * @throws EncodeError for what I-JSON cannot hold
 * @see KLT-ENV-004
 */
export function encodeMessage(message: JsonObject): Uint8Array {
  door.json(message, 'message');
  const members: [string, JsonValue][] = [];
  for (const name of MESSAGE_MEMBERS) {
    const value = message[name];
    if (value !== undefined) members.push([name, value]); // KLT-ENV-004
  }
  try {
    return writeJson(Object.fromEntries(members));
  } catch (error) {
    if (error instanceof ProtocolError && error.rejectClass !== null)
      throw new EncodeError('KLT-ENV-014', 'a message that I-JSON cannot hold');
    throw error;
  }
}
