/** Replies: which body answers which, and from whom to whom. */
import { DecodeError, MismatchError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { AddressPrimitives } from '../did/address.ts';
import { isSameSubject } from '../did/did.ts';
import { memberOf } from './checks.ts';
import { checkFrame } from './message-frame.ts';

/** KLT-MSG-045: the bodies that answer one of each type, besides those that answer any. */
const ANSWERS: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  ['request-terms', ['submit-terms', 'reject-terms']],
  ['submit-terms', ['request-attestation', 'reject-terms']],
  ['request-attestation', ['submit-attestation', 'reject-attestation', 'request-payment']],
  ['request-payment', ['confirm-payment']],
  ['confirm-payment', ['submit-attestation', 'reject-attestation']],
  ['request-credential', ['submit-credential']],
  ['submit-credential', ['accept-credential', 'reject-credential']],
  ['request-accept-delegation', ['submit-accept-delegation', 'reject-accept-delegation']],
  ['submit-accept-delegation', ['inform-create-delegation']],
]);
/** KLT-MSG-045: people may always write, and anything may fail. */
const ANSWERS_TO_ALL: readonly string[] = ['error', 'reject', 'bottlepost:text', 'bottlepost:attachment'];

/**
 * Checks a valid message against the one that it replies to.
 * @param type of the body of `message`
 * @throws DecodeError malformed; MismatchError where it is between others
 * @see KLT-MSG-044
 */
export function checkReply(message: JsonObject, type: string, replyTo: JsonObject, primitives: AddressPrimitives): void {
  checkFrame(replyTo, primitives);
  if (message['inReplyTo'] !== replyTo['messageId']) throw new DecodeError('malformed', 'KLT-MSG-044', 'a reply to another message');
  const ends = [
    ['sender', 'receiver'],
    ['receiver', 'sender'],
  ] as const;
  for (const [end, other] of ends) {
    if (!isSameSubject(String(message[end]), String(replyTo[other]), primitives))
      throw new MismatchError('KLT-MSG-044', 'a reply between others', { end });
  }
  const answers = ANSWERS.get(memberOf(replyTo['body'], 'type')) ?? [];
  if (!answers.includes(type) && !ANSWERS_TO_ALL.includes(type))
    throw new DecodeError('malformed', 'KLT-MSG-045', 'a body that does not answer the other', { type });
}
