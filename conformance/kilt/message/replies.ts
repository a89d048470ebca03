/** Vectors of replies: each body as an answer to each, and one fault each. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { Batch } from '../../generate/batch.ts';
import { madePerson, type KiltEvidence } from '../people.ts';

/** Bodies that nobody's evidence has. */
const MORE: { readonly [type: string]: JsonObject } = {
  'error': { type: 'error', content: {} },
  'reject': { type: 'reject', content: {} },
  'request-payment': { type: 'request-payment', content: { claimHash: `0x${'01'.repeat(32)}` } },
  'confirm-payment': {
    type: 'confirm-payment',
    content: { claimHash: `0x${'01'.repeat(32)}`, txHash: `0x${'02'.repeat(32)}`, blockHash: `0x${'03'.repeat(32)}` },
  },
  'bottlepost:text': { type: 'bottlepost:text', content: { text: 'ahoy' } },
  'bottlepost:attachment': { type: 'bottlepost:attachment', content: { name: 'a', mediaType: 'text/plain', bytes: '0x00' } },
};

/** KLT-MSG-045, read once more by hand: what answers each body. The specification has to say the same, or nothing is generated. */
const ANSWERED_BY: { readonly [type: string]: readonly string[] } = {
  'request-terms': ['submit-terms', 'reject-terms'],
  'submit-terms': ['request-attestation', 'reject-terms'],
  'request-attestation': ['submit-attestation', 'reject-attestation', 'request-payment'],
  'request-payment': ['confirm-payment'],
  'confirm-payment': ['submit-attestation', 'reject-attestation'],
  'request-credential': ['submit-credential'],
  'submit-credential': ['accept-credential', 'reject-credential'],
  'request-accept-delegation': ['submit-accept-delegation', 'reject-accept-delegation'],
  'submit-accept-delegation': ['inform-create-delegation'],
};
/** What answers every body. */
const ANSWERS_ALL: readonly string[] = ['error', 'reject', 'bottlepost:text', 'bottlepost:attachment'];

export function replyCases(oracle: Oracle, batch: Batch, evidence: KiltEvidence): void {
  const eve = madePerson(oracle, 'eve');
  const [first] = evidence.envelopes;
  const frame = first?.message ?? {};
  const known = Object.fromEntries(evidence.envelopes.map(({ type, message }) => [type, message]));
  const more = Object.fromEntries(Object.entries(MORE).map(([type, body]) => [type, { ...frame, body }]));
  const answers: { readonly [type: string]: JsonObject } = { ...known, ...more };
  const asAnswer = ({ references: _none, ...message }: JsonObject): JsonObject => ({ ...message, inReplyTo: 'q-1' });
  const asked = (type: string, answer: JsonObject): JsonObject => ({
    body: { type, content: {} },
    createdAt: 0,
    sender: answer['receiver'] ?? null,
    receiver: answer['sender'] ?? null,
    messageId: 'q-1',
  });
  const put = (name: string, title: string, message: JsonObject, replyTo: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name: `reply/${name}`,
      title,
      kind: 'example',
      operation: 'kilt.message.validate',
      params: { message, replyTo },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const isAnswer = (type: string, answering: string): boolean =>
    ANSWERS_ALL.includes(answering) || ANSWERED_BY[type]?.includes(answering) === true;
  for (const type of Object.keys(answers))
    for (const [answering, given] of Object.entries(answers)) {
      const message = asAnswer(given);
      const replyTo = asked(type, message);
      const name = `${type}/${answering}`.replaceAll('bottlepost:', '');
      put(name, `${answering} in answer to ${type}`, message, replyTo, 'KLT-MSG-045', isAnswer(type, answering) ? undefined : 'malformed');
    }
  const message = asAnswer(answers['error'] ?? {});
  const replyTo = asked('request-terms', message);
  const fullOf = (did: unknown): string => evidence.lightDids.find(({ uri }) => uri === did)?.fullDidUri ?? '';
  put('to-another', 'a reply to another message', message, { ...replyTo, messageId: 'q-2' }, 'KLT-MSG-044', 'malformed');
  const { inReplyTo: _none, ...alone } = message;
  put('to-none', 'a message that is not a reply', alone, replyTo, 'KLT-MSG-044', 'malformed');
  put('asked-by-another', 'a message of somebody else', message, { ...replyTo, sender: eve.did }, 'KLT-MSG-044', 'mismatch');
  put('asked-of-another', 'a message to somebody else', message, { ...replyTo, receiver: eve.did }, 'KLT-MSG-044', 'mismatch');
  const same = { ...replyTo, sender: message['sender'] ?? null, receiver: message['receiver'] ?? null };
  put('to-oneself', 'a reply to a message of the same direction', message, same, 'KLT-MSG-044', 'mismatch');
  put('asked-by-full', 'a message of the full DID', message, { ...replyTo, sender: fullOf(replyTo['sender']) }, 'KLT-MSG-044');
  put('asked-of-full', 'a message to the full DID', message, { ...replyTo, receiver: fullOf(replyTo['receiver']) }, 'KLT-MSG-044');
  put('to-no-message', 'a reply to what is not a message', message, {}, 'KLT-MSG-044', 'malformed');
  for (const [name, body] of [
    ['no-type', {}],
    ['a-number', { type: 5 }],
    ['a-list', { type: [] }],
  ] as const)
    put(
      `to-type-${name}`,
      `an error in answer to a body whose type is no text: ${name}`,
      message,
      { ...replyTo, body },
      'KLT-MSG-006',
      'malformed',
    );
  put('to-unknown-type', 'an error in answer to a body of another type', message, { ...replyTo, body: { type: 'x' } }, 'KLT-MSG-045');
}
