/**
 * Messages: who writes what to whom, when, and in answer to what.
 *
 * Faults are looked for from the outside in: the members of the message, the type of its body, the body, and last the
 * rules between them.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError, ProtocolError, UnsupportedError } from '../../kernel/errors.ts';
import { writeJson } from '../../kernel/json.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { ATTESTATION_BODIES } from './bodies/attestations.ts';
import { CREDENTIAL_BODIES } from './bodies/credentials.ts';
import { DELEGATION_BODIES } from './bodies/delegations.ts';
import { NOTICE_BODIES } from './bodies/notices.ts';
import { PEOPLE_BODIES } from './bodies/people.ts';
import { TERMS_BODIES } from './bodies/terms.ts';
import { memberOf } from './checks.ts';
import type { Check } from './checks.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { AddressPrimitives } from '../did/address.ts';
import { isSameSubject } from '../did/did.ts';
import { checkFrame } from './message-frame.ts';
import { checkReply } from './replies.ts';

/** What a body of each type is held against. */
export const BODY_TYPES: ReadonlyMap<string, Check> = new Map([
  ...TERMS_BODIES,
  ...ATTESTATION_BODIES,
  ...CREDENTIAL_BODIES,
  ...DELEGATION_BODIES,
  ...NOTICE_BODIES,
  ...PEOPLE_BODIES,
]);

/** A rule about whose the content of a body is: what it says, and the clause. */
interface OwnerRule {
  readonly clause: string;
  readonly ownersOf: (content: JsonValue) => readonly (JsonValue | undefined)[];
}

function ownerOfClaim(credential: JsonValue | undefined): JsonValue | undefined {
  return memberOf(memberOf(credential, 'claim'), 'owner');
}

function ownersOfClaims(credentials: JsonValue | undefined): readonly (JsonValue | undefined)[] {
  return (credentials as readonly JsonValue[]).map(ownerOfClaim);
}

/** The bodies that only the owner of what is in them may send. */
const OWNER_RULES: ReadonlyMap<string, OwnerRule> = new Map<string, OwnerRule>([
  ['request-attestation', { clause: 'KLT-MSG-040', ownersOf: (content) => [ownerOfClaim(memberOf(content, 'credential'))] }],
  ['submit-attestation', { clause: 'KLT-MSG-041', ownersOf: (content) => [memberOf(memberOf(content, 'attestation'), 'owner')] }],
  ['submit-credential', { clause: 'KLT-MSG-042', ownersOf: ownersOfClaims }],
  ['submit-terms', { clause: 'KLT-MSG-043', ownersOf: (content) => ownersOfClaims(memberOf(content, 'legitimations')) }],
]);

/**
 * Refuses what no message that was sealed can be; the checks below go as deep as a message does.
 * @throws DecodeError malformed
 * @see KLT-MSG-008
 */
function checkJson(message: JsonObject): void {
  try {
    writeJson(message);
  } catch (error) {
    if (error instanceof ProtocolError) throw new DecodeError('malformed', 'KLT-MSG-008', 'not what I-JSON can hold');
    throw error;
  }
}

/** Holds a body against its type. @returns the type */
function checkBody(body: JsonValue | undefined, primitives: AddressPrimitives): string {
  const type = String(memberOf(body, 'type'));
  const check = BODY_TYPES.get(type);
  if (check === undefined) throw new UnsupportedError('KLT-MSG-006', 'a type of body that nothing is known of');
  check(body ?? null, 'KLT-MSG-006', primitives);
  return type;
}

function checkOwners(type: string, body: JsonValue | undefined, sender: string, primitives: AddressPrimitives): void {
  const rule = OWNER_RULES.get(type);
  for (const owner of rule?.ownersOf(memberOf(body, 'content') ?? null) ?? []) {
    if (!isSameSubject(String(owner), sender, primitives))
      throw new MismatchError(rule?.clause ?? '', 'the sender does not own what is sent');
  }
}

/** A reply names the message it answers last among those it refers to. */
function checkThread(message: JsonObject): void {
  const references = message['references'] as readonly JsonValue[] | undefined;
  if (references !== undefined && (references.length === 0 || references.at(-1) !== message['inReplyTo'])) {
    throw new DecodeError('malformed', 'KLT-MSG-007', 'references that do not end with the message replied to');
  }
}

/**
 * Holds a message against everything that is said of messages.
 * @param primitives who computes the checksums of addresses
 * @param replyTo the message that it replies to, to be checked against as well
 * @returns the type of its body
 * @throws DecodeError malformed; UnsupportedError for a type of body that nothing is known of; MismatchError where the
 * sender does not own what is sent, or the message it replies to was between others
 * @see KLT-MSG-001
 */
export function checkMessage(message: JsonObject, primitives: AddressPrimitives, replyTo?: JsonObject): string {
  door.json(message, 'message');
  door.optional(door.json)(replyTo, 'replyTo');
  primitivesDoor.blake2b(primitives, 'primitives');
  checkJson(message);
  checkFrame(message, primitives);
  const body = message['body'];
  const type = checkBody(body, primitives);
  checkOwners(type, body, String(message['sender']), primitives);
  checkThread(message);
  if (replyTo !== undefined) checkReply(message, type, replyTo, primitives);
  return type;
}
