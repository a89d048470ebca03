/**
 * Messages: who writes what to whom, when, and in answer to what.
 *
 * Faults are looked for from the outside in: the members of the message, the type of its body, the body, and last the
 * rules between them.
 */
import { DecodeError, MismatchError, UnsupportedError } from '../kernel/errors.ts';
import { JSON_DEPTH_MAX } from '../kernel/json.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { ATTESTATION_BODIES } from './bodies/attestations.ts';
import { CREDENTIAL_BODIES } from './bodies/credentials.ts';
import { DELEGATION_BODIES } from './bodies/delegations.ts';
import { NOTICE_BODIES } from './bodies/notices.ts';
import { PEOPLE_BODIES } from './bodies/people.ts';
import { TERMS_BODIES } from './bodies/terms.ts';
import { isDid, isFilledText, isInteger, isObject, listOf, memberOf, structure } from './checks.ts';
import type { Check } from './checks.ts';
import { isSameSubject } from './did.ts';

/** What the content of each type of body is held against. */
export const BODY_TYPES: ReadonlyMap<string, Check> = new Map([
  ...TERMS_BODIES, ...ATTESTATION_BODIES, ...CREDENTIAL_BODIES, ...DELEGATION_BODIES, ...NOTICE_BODIES, ...PEOPLE_BODIES,
]);

const isTime: Check = isInteger(0, Number.MAX_SAFE_INTEGER);

/** KLT-MSG-members: the message itself. */
const isMessage: Check = structure('KLT-MSG-members', {
  body: isObject,
  createdAt: isTime, // KLT-MSG-createdat
  sender: isDid,
  receiver: isDid,
  messageId: isFilledText, // KLT-MSG-id
}, {
  receivedAt: isTime,
  inReplyTo: isFilledText,
  references: listOf(isFilledText),
});

/** Where a body says whose it is. */
type OwnersOf = (content: JsonValue) => readonly (JsonValue | undefined)[];

/** KLT-MSG-owner: the bodies that only the owner of what is in them may send. */
const OWNERS: ReadonlyMap<string, OwnersOf> = new Map<string, OwnersOf>([
  ['request-attestation', (content) => [memberOf(memberOf(memberOf(content, 'credential'), 'claim'), 'owner')]],
  ['submit-attestation', (content) => [memberOf(memberOf(content, 'attestation'), 'owner')]],
  ['submit-credential', (content) => (content as readonly JsonValue[]).map((presentation) => memberOf(memberOf(presentation, 'claim'), 'owner'))],
]);

/** Refuses what is nested more deeply than any message on the wire can be. */
function checkDepth(message: JsonObject): void {
  let level: JsonValue[] = [message];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > JSON_DEPTH_MAX) throw new DecodeError('malformed', 'KLT-MSG-depth', 'nested too deeply'); // KLT-MSG-depth
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) as JsonValue[] : []));
  }
}

/** Holds a body against its type. @returns the type */
function checkBody(body: JsonValue | undefined): string {
  const type = memberOf(body, 'type');
  if (typeof type !== 'string') throw new DecodeError('malformed', 'KLT-MSG-body', 'a body without a type'); // KLT-MSG-body
  const check = BODY_TYPES.get(type);
  if (check === undefined) throw new UnsupportedError('KLT-MSG-type', 'a type of body that nothing is known of'); // KLT-MSG-type
  structure('KLT-MSG-body', { type: isFilledText, content: check })(body as JsonObject, 'KLT-MSG-body');
  return type;
}

function checkOwner(type: string, body: JsonValue | undefined, sender: string): void {
  const owners = OWNERS.get(type)?.(memberOf(body, 'content') ?? null) ?? [];
  for (const owner of owners) {
    if (typeof owner !== 'string' || !isSameSubject(owner, sender)) throw new MismatchError('KLT-MSG-owner', 'the sender does not own what is sent'); // KLT-MSG-owner
  }
}

/** A reply names the message it answers last among those it refers to. */
function checkThread(message: JsonObject): void {
  const references = message['references'] as readonly JsonValue[] | undefined;
  if (references !== undefined && references.at(-1) !== message['inReplyTo']) {
    throw new DecodeError('malformed', 'KLT-MSG-thread', 'references that do not end with the message replied to'); // KLT-MSG-thread
  }
}

/**
 * Holds a message against everything that is said of messages.
 * @returns the type of its body
 * @throws DecodeError malformed; UnsupportedError for a type of body that nothing is known of; MismatchError where the
 * sender does not own what is sent; what parsing its DIDs throws
 * @see KLT-MSG-members
 */
export function checkMessage(message: JsonObject): string {
  checkDepth(message);
  isMessage(message, 'KLT-MSG-members');
  const body = message['body'];
  const type = checkBody(body);
  checkOwner(type, body, String(message['sender']));
  checkThread(message);
  return type;
}

