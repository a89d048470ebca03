/** A message as JSON: what is sealed, byte for byte. */
import { DecodeError, ProtocolError } from '../kernel/errors.ts';
import { writeJson } from '../kernel/json.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';

/** KLT-ENV-004: the members of a message in the order in which they are sealed; receivedAt is none of them. */
export const MESSAGE_MEMBERS: readonly string[] = ['body', 'createdAt', 'sender', 'receiver', 'messageId', 'inReplyTo', 'references'];

/** @returns the members that are sealed, in their order */
export function orderMessage(message: JsonObject): JsonObject {
  const members: [string, JsonValue][] = [];
  for (const name of MESSAGE_MEMBERS) {
    const value = message[name];
    if (value !== undefined) members.push([name, value]); // KLT-ENV-004
  }
  return Object.fromEntries(members);
}

/**
 * Writes a message.
 * @returns UTF-8; members that are not sealed stay behind
 * @throws DecodeError malformed for what nobody could read: numbers beyond 2^53 - 1, half characters, more than 64 levels
 * @see KLT-ENV-004
 */
export function encodeMessage(message: JsonObject): Uint8Array {
  try {
    return writeJson(orderMessage(message));
  } catch (error) {
    if (error instanceof ProtocolError) throw new DecodeError('malformed', 'KLT-ENV-010', 'a message that I-JSON cannot hold'); // KLT-ENV-010
    throw error;
  }
}
