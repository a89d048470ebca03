/** Envelopes that are sealed. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { toHex } from '../../oracle/values.ts';
import { nested } from '../message/nested.ts';
import { documentOf, leaking, type Person } from '../people.ts';
import { UTF8_EDGES } from '../texts.ts';
import { CREATED, FULL, NONCE, messageOf, utf8, type Cast } from './cast.ts';

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
  const leaky = leaking(ben);
  put('to-exposed', 'to a DID that publishes its secret', ann, leaky, messageOf(ann, leaky), 'KLT-ENV-027', 'unsupported');
  put('to-exposed-not-asked', 'the same, and not asked for', ann, leaky, messageOf(ann, leaky), 'KLT-ENV-027', 'unsupported', {
    exposed: false,
  });
  put('to-exposed-asked', 'the same, and asked for', ann, leaky, messageOf(ann, leaky), 'KLT-ENV-027', undefined, { exposed: true });
  put('from-exposed', 'from a DID that publishes its secret', leaky, ann, messageOf(leaky, ann), 'KLT-ENV-027');
  bodyCases(ann, ben, put);
  edgeCases(ann, ben, put);
}

type Put = (
  name: string,
  title: string,
  from: Person,
  to: Person,
  message: JsonObject,
  about: string,
  rejects?: string,
  more?: JsonObject,
) => void;

/** Bodies that are given as bytes. */
function bodyCases(ann: Person, ben: Person, put: Put): void {
  const { body: _none, ...message } = messageOf(ann, ben);
  const given = (text: string): JsonObject => ({ body: toHex(utf8(text)) });
  for (const [name, text] of [
    ['names-of-numbers', '{"type":"bottlepost:text","content":{"2":"b","1":"a","text":"x","10":"c"}}'],
    ['white-space', '{ "type" : "bottlepost:text",\n"content":{"text":"x"}}'],
    ['escapes', '{"type":"bottlepost:text","content":{"text":"\\u0041\\/"}}'],
    ['numbers', '{"type":"error","content":{"n":[1.0,1e2,-0]}}'],
    ['empty', '{}'],
  ] as const)
    put(`body-bytes-${name}`, `a body as bytes: ${name}`, ann, ben, message, 'KLT-ENV-025', undefined, given(text));
  for (const [name, text] of [
    ['number', '1'],
    ['list', '[]'],
    ['none', ''],
    ['two', '{}{}'],
    ['more-members', '{},"receivedAt":1'],
    ['trailing', '{} '],
    ['name-twice', '{"a":1,"a":2}'],
    ['levels-65', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`],
  ] as const)
    put(`body-bytes-${name}`, `bytes that are not one object: ${name}`, ann, ben, message, 'KLT-ENV-025', 'unrepresentable', given(text));
  const deep = `{"a":${'['.repeat(63)}${']'.repeat(63)}}`;
  put('body-bytes-levels-64', '64 levels, and the message around them', ann, ben, message, 'KLT-ENV-025', 'unrepresentable', given(deep));
  put(
    'body-bytes-levels-63',
    '63 levels, and the message around them',
    ann,
    ben,
    message,
    'KLT-ENV-025',
    undefined,
    given(deep.replace('[', '').replace(']', '')),
  );
  put('body-twice', 'a body as bytes and another one', ann, ben, messageOf(ann, ben), 'KLT-ENV-025', 'malformed', given('{}'));
}

/** The first and last characters of each length of UTF-8, and the first moment. */
function edgeCases(ann: Person, ben: Person, put: Put): void {
  for (const [name, point] of UTF8_EDGES) {
    const character = String.fromCodePoint(point);
    const said = messageOf(ann, ben, {
      body: { type: 'bottlepost:text', content: { text: character, [character]: 1 } },
      messageId: character,
    });
    put(`character-${name}`, `texts of the character ${name}`, ann, ben, said, 'KLT-ENV-004');
  }
  put('created-at-0', 'a message created at 0', ann, ben, messageOf(ann, ben, { createdAt: 0 }), 'KLT-ENV-004');
}
