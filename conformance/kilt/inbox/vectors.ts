/** Vectors of the inbox: what is delivered, and each step that refuses, alone and before the next one. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { CREATED, FULL, envelopeAround, json, messageOf } from '../envelope/cast.ts';
import { documentOf, madePerson, type Person } from '../people.ts';

const OPERATION = 'kilt.inbox.take';

function inboxCases(oracle: Oracle, batch: Batch): void {
  const [ann, ben, eve] = ['ann', 'ben', 'eve'].map((name) => madePerson(oracle, name)) as [Person, Person, Person];
  const base: JsonObject = { receiver: { secret: ben.secret, keyUri: ben.keyUri }, windowMs: 1000, skewMs: 100, now: CREATED };
  const from = (more: JsonObject = {}, sender = ann): JsonObject => envelopeAround(sender, ben, json(messageOf(sender, ben, more)));
  const put = (name: string, title: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: OPERATION,
      params: { ...base, ...params },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  /** The memory after a delivery. */
  const after = (params: JsonObject): string => {
    const answer = oracle.answer(OPERATION, { ...base, ...params });
    if (answer.kind !== 'ok') throw new Error('what is remembered was delivered');
    return String(answer.value['memory']);
  };
  const envelope = from();
  const memory = after({ envelope });
  put('first', 'the first message of all', { envelope }, 'KLT-INB-001');
  put('second', 'another message', { envelope: from({ messageId: 'm-2' }), memory }, 'KLT-INB-002');
  put(
    'order-of-entries',
    'a message created before the one remembered',
    { envelope: from({ messageId: 'm-2', createdAt: CREATED - 5 }), memory },
    'KLT-INB-002',
  );
  put(
    'forgets',
    'a message after which the other is forgotten',
    { envelope: from({ messageId: 'm-2', createdAt: CREATED + 1001 }), memory, now: CREATED + 1001 },
    'KLT-INB-002',
  );
  put('received-at', 'an envelope that says when it was received', { envelope: { ...envelope, receivedAt: CREATED + 7 } }, 'KLT-INB-001');
  // Contacts.
  put('contact', 'from a contact', { envelope, contacts: [eve.did, ann.did] }, 'KLT-INB-003');
  put('no-contact', 'from somebody who is not a contact', { envelope, contacts: [eve.did, ben.did] }, 'KLT-INB-003');
  put('contact-as-key', 'a contact is a DID and not a key', { envelope, contacts: [ann.keyUri] }, 'KLT-INB-003');
  put('no-contacts', 'an empty list of contacts', { envelope, contacts: [] }, 'KLT-INB-003');
  const signed = { type: 'bottlepost:attachment', content: { name: 'a.sig', mediaType: 'application/pgp-signature', bytes: '0x00' } };
  put('signed', 'a body with something signed', { envelope: from({ body: signed }) }, 'KLT-INB-004');
  // Each step refuses.
  put(
    'not-opened',
    'an envelope that does not open',
    { envelope: { ...envelope, nonce: `0x${'00'.repeat(24)}` } },
    'KLT-ENV-005',
    'unauthenticated',
  );
  put('replayed', 'the same envelope again', { envelope, memory }, 'KLT-RPL-005', 'replayed');
  put(
    'sealed-again',
    'the same message, sealed again and created later',
    { envelope: from({ createdAt: CREATED + 3 }), memory },
    'KLT-RPL-005',
    'replayed',
  );
  put('of-another-sender', 'the messageId of another sender', { envelope: from({}, eve), memory }, 'KLT-INB-002');
  put('window-begins', 'created when the window begins', { envelope: from({ createdAt: CREATED - 1000 }) }, 'KLT-RPL-001');
  put('too-old', 'created before the window', { envelope: from({ createdAt: CREATED - 1001 }) }, 'KLT-RPL-015', 'expired');
  put('skew-ends', 'created when the skew ends', { envelope: from({ createdAt: CREATED + 100 }) }, 'KLT-RPL-001');
  put('too-early', 'created beyond the skew', { envelope: from({ createdAt: CREATED + 101 }) }, 'KLT-RPL-002', 'expired');
  const forgot = after({ envelope: from({ messageId: 'm-2', createdAt: CREATED + 1001 }), memory, now: CREATED + 1001 });
  put('forgotten', 'a message that was forgotten, the clock set back', { envelope, memory: forgot }, 'KLT-RPL-006', 'expired');
  put(
    'after-forgotten',
    'a message created after what was forgotten',
    { envelope: from({ messageId: 'm-3', createdAt: CREATED + 1 }), memory: forgot },
    'KLT-INB-002',
  );
  put('full', 'no room for another', { envelope: from({ messageId: 'm-2' }), memory, entryCount: 1 }, 'KLT-RPL-007', 'limit');
  put('room', 'room for one more', { envelope: from({ messageId: 'm-2' }), memory, entryCount: 2 }, 'KLT-INB-002');
  put('created-at-text', 'createdAt is text', { envelope: from({ createdAt: '1' }) }, 'KLT-RPL-003', 'malformed');
  put('message-id-empty', 'an empty messageId', { envelope: from({ messageId: '' }) }, 'KLT-RPL-003', 'malformed');
  put(
    'not-valid',
    'a message that is not valid',
    { envelope: from({ body: { type: 'bottlepost:text', content: {} } }) },
    'KLT-MSG-028',
    'malformed',
  );
  put('type-unknown', 'a body of an unknown type', { envelope: from({ body: { type: 'x', content: {} } }) }, 'KLT-MSG-006', 'unsupported');
  put('memory-of-version-1', 'a memory of version 1', { envelope, memory: `01${memory.slice(2)}` }, 'KLT-RPL-010', 'unsupported');
  put('memory-cut', 'a memory that ends early', { envelope, memory: memory.slice(0, -2) }, 'KLT-RPL-010', 'truncated');
  // What is remembered has one form, and finds room.
  const HEAD_LENGTH = 13; // version, time from which messages are admitted, count
  const ENTRY_LENGTH = 40;
  const head = (count: number): string => memory.slice(0, 2 * (HEAD_LENGTH - 1)) + count.toString(16).padStart(2, '0');
  const both = after({ envelope: from({ messageId: 'm-2', createdAt: CREATED + 5 }), memory });
  const entries = both.slice(2 * HEAD_LENGTH);
  const [one, other] = [entries.slice(0, 2 * ENTRY_LENGTH), entries.slice(2 * ENTRY_LENGTH)];
  const third = from({ messageId: 'm-3', createdAt: CREATED + 5 });
  put('two-remembered', 'two messages are remembered', { envelope: third, memory: head(2) + one + other }, 'KLT-INB-002');
  put(
    'memory-out-of-order',
    'a memory whose entries descend',
    { envelope: third, memory: head(2) + other + one },
    'KLT-RPL-010',
    'non-canonical',
  );
  put(
    'memory-with-one-twice',
    'a memory with one message twice, at two times',
    { envelope: third, memory: head(2) + one + other.slice(0, 16) + one.slice(16) },
    'KLT-RPL-010',
    'non-canonical',
  );
  put(
    'memory-beyond-room',
    'a memory of more messages than are to be remembered, which are all too old',
    { envelope: from({ messageId: 'm-3', createdAt: CREATED + 2000 }), memory: both, entryCount: 1, now: CREATED + 2000 },
    'KLT-RPL-007',
    'limit',
  );
  put('created-at-negative', 'createdAt is below 0', { envelope: from({ createdAt: -1 }) }, 'KLT-RPL-003', 'malformed');
  const crowded = { memory, entryCount: 1 };
  for (const [name, messageId] of [
    ['empty', ''],
    ['number', 7],
  ] as const)
    put(
      `message-id-${name}-before-room`,
      `without room for another message, and what comes has no messageId: ${name}`,
      { envelope: from({ messageId }), ...crowded },
      'KLT-RPL-003',
      'malformed',
    );
  // The order of the steps: what two of them would refuse, the first refuses.
  const invalid = { type: 'x', content: {} };
  put(
    'not-delivered',
    'a message of an unknown type is not delivered',
    { envelope: from({ body: invalid }) },
    'KLT-INB-001',
    'unsupported',
  );
  put(
    'replayed-before-validated',
    'a replay that is not valid either',
    { envelope: from({ body: invalid }), memory },
    'KLT-INB-001',
    'replayed',
  );
  put(
    'expired-before-validated',
    'an old message that is not valid either',
    { envelope: from({ body: invalid, createdAt: 0 }) },
    'KLT-INB-001',
    'expired',
  );
  put(
    'opened-before-replayed',
    'a replay that does not open',
    { envelope: { ...envelope, senderKeyUri: eve.keyUri }, memory },
    'KLT-INB-001',
    'unauthenticated',
  );
  // Documents.
  const full: Person = { ...eve, did: FULL, keyUri: `${FULL}#0x02` };
  const past = { document: documentOf(FULL, { '0x02': eve.publicKey }), validUntil: CREATED };
  put('from-full', 'from a full DID', { envelope: from({}, full), documents: [past.document] }, 'KLT-INB-001');
  put('from-former', 'from a key that was replaced', { envelope: from({}, full), former: [past] }, 'KLT-INB-001');
  put(
    'from-former-later',
    'from a key that had been replaced',
    { envelope: from({ createdAt: CREATED + 1 }, full), former: [past] },
    'KLT-ENV-028',
    'expired',
  );
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'inbox', fill: ({ oracle, batch }) => inboxCases(oracle, batch) }],
  mutated: ['kilt.inbox.'],
};
