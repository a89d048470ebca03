/**
 * Chats: the messages that a stream of packets carries, and the chain of ids that ties those of one participant.
 *
 *   digests    secret -> d1 -> d2 -> ... -> dn          each SipHash-2-4 of the one before
 *   ids used                             dn, dn-1, ...  the first is that of the profile
 *
 * Knowing one id is enough to verify the next, whose digest it is, but not to make it.
 */
import { EMPTY, compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, DecodeError, ProtocolError, UnsupportedError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { SIPHASH_KEY_LENGTH, siphash24 } from '../../primitives/siphash.ts';
import { decodeBase32, encodeBase32 } from '../hashname/base32.ts';
import {
  anyText,
  anything,
  either,
  fits,
  integer,
  isHashname,
  isMessageId,
  isTrue,
  listOf,
  oneOf,
  recordOf,
  shape,
} from './channel-members.ts';
import type { Shape } from './channel-members.ts';
import { parseHashname } from '../hashname/hashname.ts';
import { decodePacket } from '../packet/packet.ts';

/** The types of messages that are sent. */
export type ChatMessageType = 'chat' | 'profile' | 'join' | 'ack';

/** How a message id relates to the one before it. */
export type ChatRelation = 'follows' | 'replaces';

const isSeconds = integer(0, Number.MAX_SAFE_INTEGER);
/** What each type of message holds, and the clause that says so. */
const MESSAGES: { readonly [type in ChatMessageType]: readonly [string, Shape] } = {
  chat: [
    'E3X-TYP-027',
    shape(
      {
        type: anything,
        id: isMessageId,
        text: anyText,
        chat: isMessageId,
        state: oneOf('active', 'inactive', 'gone', 'composing', 'paused'),
        after: isMessageId,
        at: isSeconds,
        refs: recordOf(anyText),
        alts: recordOf(either(anyText, isTrue)),
      },
      ['id', 'text', 'after'],
    ),
  ], // E3X-TYP-027
  profile: [
    'E3X-TYP-028',
    shape({ type: anything, id: isMessageId, text: anyText, at: isSeconds, refs: recordOf(anyText), aka: listOf(isHashname) }, [
      'id',
      'text',
    ]),
  ], // E3X-TYP-028
  join: [
    'E3X-TYP-029',
    shape({ type: anything, id: isMessageId, from: isHashname, after: isMessageId, at: isSeconds }, ['id', 'from', 'after']),
  ], // E3X-TYP-029
  ack: [
    'E3X-TYP-030',
    shape({ type: anything, id: isMessageId, ack: oneOf('received', 'read', 'seen', 'logged', 'referred', 'saved', 'copied') }, [
      'id',
      'ack',
    ]),
  ], // E3X-TYP-030
};
const isMessageType = (type: string): type is ChatMessageType => Object.hasOwn(MESSAGES, type);

/**
 * Judges a message of a chat.
 * @param message a packet
 * @returns its type
 * @throws DecodeError malformed; UnsupportedError for other types
 * @see E3X-TYP-031
 */
export function validateChatMessage(message: Uint8Array): ChatMessageType {
  const { json, body } = contentOf(message);
  const type = json['type'];
  if (typeof type !== 'string') throw new DecodeError('malformed', 'E3X-TYP-031', 'a message has a type');
  if (type === 'connect' || type === 'disconnect') throw new DecodeError('malformed', 'E3X-TYP-031', 'this is never sent');
  if (!isMessageType(type)) throw new UnsupportedError('E3X-TYP-031', 'no such type of message', { type });
  const [clause, own] = MESSAGES[type];
  if (!fits(json, own) || !isRightBody(type, json, body)) throw new DecodeError('malformed', clause, 'not what the type demands');
  return type;
}

function contentOf(message: Uint8Array): { readonly json: JsonObject; readonly body: Uint8Array } {
  try {
    const { json, body } = decodePacket(message);
    if (json !== undefined) return { json, body };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  throw new DecodeError('malformed', 'E3X-TYP-031', 'a message is a packet with a JSON head');
}

function isRightBody(type: ChatMessageType, json: JsonObject, body: Uint8Array): boolean {
  switch (type) {
    case 'chat':
      return body.length === 0 || Object.values((json['alts'] ?? {}) as JsonObject).includes(true);
    case 'profile':
      return true;
    case 'join':
      return isProfile(body);
    case 'ack':
      return body.length === 0;
  }
}

function isProfile(message: Uint8Array): boolean {
  try {
    return validateChatMessage(message) === 'profile';
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}

/** E3X-TYP-050: the 32 bytes of a hashname; there is one fault, whatever is wrong with it. */
export function hashnameBytes(hashname: string): Uint8Array {
  door.text(hashname, 'hashname');
  if (!isHashname(hashname)) throw new DecodeError('malformed', 'E3X-TYP-050', 'no hashname');
  return parseHashname(hashname);
}

/** Half of a hashname is a key of SipHash. */
export function siphashKeyOf(hashname: string): Uint8Array {
  return hashnameBytes(hashname).slice(0, SIPHASH_KEY_LENGTH);
}

/**
 * Derives the message ids of a participant.
 * @param hashname of the participant
 * @param secret known only to the sender
 * @param count how many there are to be
 * @returns ids of 8 bytes in the order in which they are used, and the first one as text
 * @throws DecodeError malformed for the hashname
 * @see E3X-TYP-048
 */
export function deriveChatIds(
  hashname: string,
  secret: Uint8Array,
  count: number,
): { readonly profile: string; readonly ids: readonly Uint8Array[] } {
  const key = siphashKeyOf(hashname);
  const ids: Uint8Array[] = [];
  let digest = door.bytes(secret, 'secret');
  door.whole(count, 'count');
  for (let index = 0; index < count; index++) {
    digest = siphash24(key, digest); // E3X-TYP-048
    ids.push(digest);
  }
  ids.reverse(); // E3X-TYP-048
  return { profile: encodeBase32(ids[0] ?? EMPTY), ids };
}

/**
 * Verifies a message id by the one before it.
 * @param hashname of the participant
 * @param previous the last id known to be the sender's
 * @throws DecodeError malformed; AuthenticationError if the two are not of one chain
 * @see E3X-TYP-049
 */
export function verifyChatId(hashname: string, previous: string, id: string): ChatRelation {
  const key = siphashKeyOf(hashname);
  door.text(previous, 'previous');
  door.text(id, 'id');
  if (!isMessageId(previous) || !isMessageId(id)) throw new DecodeError('malformed', 'E3X-TYP-050', 'no message id');
  if (id === previous) return 'replaces'; // E3X-TYP-049
  if (compare(siphash24(key, decodeBase32(id)), decodeBase32(previous)) !== 0) throw new AuthenticationError('E3X-TYP-049');
  return 'follows';
}
