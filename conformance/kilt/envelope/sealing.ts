/** Envelopes that are sealed. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { nested } from '../message/nested.ts';
import { documentOf, type Person } from '../people.ts';
import { CREATED, FULL, NONCE, messageOf, type Cast } from './cast.ts';

export function sealCases({ ann, ben, full, documents }: Cast, batch: Batch): void {
  const put = (
    name: string,
    title: string,
    from: Person,
    to: Person,
    message: JsonObject,
    about: string,
    rejects?: string,
    more: JsonObject = {},
  ): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'kilt.envelope.seal',
      params: { message, sender: { secret: from.secret, keyUri: from.keyUri }, receiver: { keyUri: to.keyUri }, entropy: NONCE, ...more },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  put('text', 'a text from light DID to light DID', ann, ben, messageOf(ann, ben), 'KLT-ENV-003');
  put('to-oneself', 'a message to oneself', ann, ann, messageOf(ann, ann), 'KLT-ENV-003');
  put('to-full', 'to the second key of a full DID', ann, full, messageOf(ann, full), 'KLT-DID-024', undefined, { documents });
  put('from-full', 'from a full DID', full, ben, messageOf(full, ben), 'KLT-ENV-003');
  put(
    'unicode',
    'text outside ASCII',
    ann,
    ben,
    messageOf(ann, ben, { body: { type: 'bottlepost:text', content: { text: 'ü☃🚀 "\\/\n' } } }),
    'KLT-ENV-004',
  );
  put(
    'members-in-another-order',
    'a message whose members are in a different order',
    ann,
    ben,
    {
      references: ['m-0'],
      inReplyTo: 'm-0',
      messageId: 'm-1',
      receiver: ben.did,
      sender: ann.did,
      createdAt: CREATED,
      body: { content: { text: 'ahoy' }, type: 'bottlepost:text' },
    },
    'KLT-ENV-004',
  );
  put(
    'members-nobody-knows',
    'members that a message does not have are dropped',
    ann,
    ben,
    messageOf(ann, ben, { mood: 'fine' }),
    'KLT-ENV-004',
  );
  put('received-at-not-sealed', 'receivedAt is dropped', ann, ben, messageOf(ann, ben, { receivedAt: CREATED + 5 }), 'KLT-ENV-016');
  put('another-sender', 'a message that names another sender', ann, ben, messageOf(full, ben), 'KLT-ENV-008', 'mismatch');
  put('another-receiver', 'a message that names another receiver', ann, ben, messageOf(ann, ann), 'KLT-ENV-009', 'mismatch');
  put(
    'sender-with-fragment',
    'a message whose sender has a fragment',
    ann,
    ben,
    messageOf(ann, ben, { sender: ann.keyUri }),
    'KLT-ENV-008',
    'mismatch',
  );
  put('receiver-unknown', 'to an unknown full DID', ann, full, messageOf(ann, full), 'KLT-DID-019', 'unknown');
  put(
    'sender-without-fragment',
    'a sender key URI without a fragment',
    { ...ann, keyUri: ann.did },
    ben,
    messageOf(ann, ben),
    'KLT-DID-020',
    'malformed',
  );
  put(
    'receiver-without-fragment',
    'a receiver key URI without a fragment',
    ann,
    { ...ben, keyUri: ben.did },
    messageOf(ann, ben),
    'KLT-DID-020',
    'malformed',
  );
  put('zero-key', 'to a key that yields zero', ann, { ...full, keyUri: `${FULL}#0x01` }, messageOf(ann, full), 'KLT-ENV-006', 'malformed', {
    documents: [documentOf(FULL, { '0x01': '00'.repeat(32) })],
  });
  put(
    'low-order-key',
    'to a key of low order',
    ann,
    { ...full, keyUri: `${FULL}#0x01` },
    messageOf(ann, full),
    'KLT-ENV-006',
    'malformed',
    { documents: [documentOf(FULL, { '0x01': 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800' })] },
  );
  put(
    'integer-beyond-53-bits',
    'an integer of 2^53',
    ann,
    ben,
    messageOf(ann, ben, { body: { type: 'error', content: { n: 9007199254740992 } } }),
    'KLT-ENV-014',
    'unrepresentable',
  );
  put(
    'unpaired-surrogate',
    'a text with half a surrogate pair',
    ann,
    ben,
    messageOf(ann, ben, { messageId: '\ud800' }),
    'KLT-ENV-014',
    'unrepresentable',
  );
  put(
    'noncharacter',
    'a text with a noncharacter',
    ann,
    ben,
    messageOf(ann, ben, { messageId: '\uffff' }),
    'KLT-ENV-014',
    'unrepresentable',
  );
  put('levels-65', '65 levels', ann, ben, messageOf(ann, ben, { body: nested(64) }), 'KLT-ENV-014', 'unrepresentable');
  put('levels-64', '64 levels', ann, ben, messageOf(ann, ben, { body: nested(63) }), 'KLT-ENV-014');
}
