/** Vectors of envelopes: sealed, opened, packed and unpacked, and one fault each. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { BASE_PRIMITIVES, callPrimitive } from '../../oracle/primitives.ts';
import { fromHex, toHex, type Value } from '../../oracle/values.ts';
import type { VectorKind } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { nested } from '../nested.ts';
import { documentOf, madePerson, type Person } from '../people.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { wireCases } from '../../generate/wire.ts';
import type { TopicVectors } from '../../suites/modules.ts';

const FULL = 'did:kilt:4sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds';
const NONCE = toHex(seededBytes('kilt-nonce', 24));
const CREATED = 1_700_000_000_000;

const messageOf = (from: Person, to: Person, more: JsonObject = {}): JsonObject => ({
  body: { type: 'bottlepost:text', content: { text: 'ahoy' } },
  createdAt: CREATED,
  sender: from.did,
  receiver: to.did,
  messageId: 'm-1',
  ...more,
});
const run = (name: string, args: { readonly [argument: string]: Value }): Uint8Array =>
  callPrimitive(BASE_PRIMITIVES, name, new Map(Object.entries(args))) as Uint8Array;

/** An envelope around any bytes, for plaintexts that nobody would seal. */
function envelopeAround(from: Person, to: Person, plaintext: Uint8Array): JsonObject {
  const key = run('box-before', { secret: fromHex(from.secret), key: fromHex(to.publicKey) });
  const sealed = run('secretbox-seal', { key, nonce: fromHex(NONCE), data: plaintext });
  return { ciphertext: `0x${toHex(sealed)}`, nonce: `0x${NONCE}`, senderKeyUri: from.keyUri, receiverKeyUri: to.keyUri };
}
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));
const json = (value: Json): Uint8Array => utf8(JSON.stringify(value));

interface Cast {
  readonly ann: Person;
  readonly ben: Person;
  readonly eve: Person;
  /** Somebody with a full DID and two keys. */
  readonly full: Person;
  readonly documents: readonly JsonObject[];
}

/** Every vector of envelopes that a person must think of. */
function envelopeCases(oracle: Oracle, batch: Batch): void {
  const [ann, ben, eve] = ['ann', 'ben', 'eve'].map((name) => madePerson(oracle, name)) as [Person, Person, Person];
  const full: Person = { ...eve, did: FULL, keyUri: `${FULL}#0x02` };
  const cast: Cast = { ann, ben, eve, full, documents: [documentOf(FULL, { '0x01': ann.publicKey, '0x02': eve.publicKey })] };
  sealCases(cast, batch);
  openCases(cast, batch);
  plaintextCases(cast, batch);
  compactCases(oracle, cast, batch);
}

function sealCases({ ann, ben, full, documents }: Cast, batch: Batch): void {
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

function openCases({ ann, ben, eve, full, documents }: Cast, batch: Batch): void {
  const envelope = envelopeAround(ann, ben, json(messageOf(ann, ben)));
  const put = (
    name: string,
    title: string,
    changed: JsonObject,
    about: string,
    rejects?: string,
    more: JsonObject = {},
    kind: VectorKind = 'example',
  ): void =>
    batch.add({
      name,
      title,
      kind,
      operation: 'kilt.envelope.open',
      params: { envelope: changed, receiver: { secret: ben.secret, keyUri: ben.keyUri }, ...more },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  put('text', 'a text', envelope, 'KLT-ENV-003');
  put('received-at', 'an envelope that says when it was received', { ...envelope, receivedAt: CREATED + 5 }, 'KLT-ENV-016');
  const toFull = envelopeAround(ann, full, json(messageOf(ann, full)));
  put('to-full', 'by the second key of a full DID', toFull, 'KLT-DID-024', undefined, {
    receiver: { secret: full.secret, keyUri: full.keyUri },
  });
  put('from-full', 'from a full DID', envelopeAround(full, ben, json(messageOf(full, ben))), 'KLT-DID-019', undefined, { documents });
  put('from-unknown', 'from an unknown full DID', envelopeAround(full, ben, json(messageOf(full, ben))), 'KLT-DID-019', 'unknown');
  for (const member of ['ciphertext', 'nonce', 'senderKeyUri', 'receiverKeyUri']) {
    put(
      `without-${member}`,
      `an envelope without ${member}`,
      Object.fromEntries(Object.entries(envelope).filter(([name]) => name !== member)),
      'KLT-ENV-001',
      'malformed',
    );
    put(
      `${member}-number`,
      `${member} is a number`,
      { ...envelope, [member]: 5 },
      member === 'ciphertext' || member === 'nonce' ? 'KLT-ENV-002' : 'KLT-ENV-001',
      'malformed',
    );
  }
  put('another-member', 'an envelope with another member', { ...envelope, proof: 'x' }, 'KLT-ENV-001', 'malformed');
  for (const [name, value] of [
    ['text', '5'],
    ['negative', -1],
    ['fraction', 1.5],
    ['null', null],
  ] as const)
    put(`received-at-${name}`, `receivedAt is ${String(value)}`, { ...envelope, receivedAt: value }, 'KLT-ENV-001', 'malformed');
  for (const member of ['ciphertext', 'nonce'] as const) {
    const right = String(envelope[member]);
    for (const [name, value] of [
      ['upper-case', `0x${right.slice(2).toUpperCase()}`],
      ['odd', right.slice(0, -1)],
      ['without-0x', right.slice(2)],
      ['upper-case-0x', `0X${right.slice(2)}`],
      ['no-digits', `${right.slice(0, -2)}zz`],
      ['space', `${right} `],
    ] as const)
      put(`${member}-${name}`, `${member} in another spelling: ${name}`, { ...envelope, [member]: value }, 'KLT-ENV-002', 'malformed');
  }
  for (const length of [0, 12, 23, 25])
    put(
      `nonce-of-${String(length)}`,
      `a nonce of ${String(length)} bytes`,
      { ...envelope, nonce: `0x${'11'.repeat(length)}` },
      'KLT-ENV-018',
      'malformed',
      {},
      'range',
    );
  for (const length of [0, 15])
    put(
      `ciphertext-of-${String(length)}`,
      `a ciphertext of ${String(length)} bytes`,
      { ...envelope, ciphertext: `0x${'11'.repeat(length)}` },
      'KLT-ENV-011',
      'truncated',
      {},
      'truncation',
    );
  put(
    'ciphertext-of-16',
    'a ciphertext of 16 bytes that is not a tag',
    { ...envelope, ciphertext: `0x${'11'.repeat(16)}` },
    'KLT-ENV-005',
    'unauthenticated',
  );
  const sealed = String(envelope['ciphertext']).slice(2);
  const flip = (hex: string, at: number): string => toHex(fromHex(hex).map((byte, i) => (i === at ? byte ^ 1 : byte)));
  for (const [name, at] of [
    ['tag-first', 0],
    ['tag-last', 15],
    ['first', 16],
    ['last', sealed.length / 2 - 1],
  ] as const)
    put(
      `flipped-${name}`,
      `one bit of the ciphertext is flipped: ${name}`,
      { ...envelope, ciphertext: `0x${flip(sealed, at)}` },
      'KLT-ENV-005',
      'unauthenticated',
    );
  put('shortened', 'the last byte is missing', { ...envelope, ciphertext: `0x${sealed.slice(0, -2)}` }, 'KLT-ENV-005', 'unauthenticated');
  put('lengthened', 'a byte after the end', { ...envelope, ciphertext: `0x${sealed}00` }, 'KLT-ENV-005', 'unauthenticated');
  for (const at of [0, 15, 16, 23])
    put(
      `nonce-flipped-${String(at)}`,
      `one bit of the nonce is flipped, byte ${String(at)}`,
      { ...envelope, nonce: `0x${flip(NONCE, at)}` },
      'KLT-ENV-005',
      'unauthenticated',
    );
  put('another-sender-key', 'the key URI of another sender', { ...envelope, senderKeyUri: eve.keyUri }, 'KLT-ENV-005', 'unauthenticated');
  put('another-secret', "another receiver's secret", envelope, 'KLT-ENV-005', 'unauthenticated', {
    receiver: { secret: eve.secret, keyUri: ben.keyUri },
  });
  put('for-another-key', 'an envelope for another key URI', { ...envelope, receiverKeyUri: eve.keyUri }, 'KLT-ENV-007', 'mismatch');
  put(
    'for-another-key-of-the-same',
    'an envelope for another key of the same DID',
    { ...toFull, receiverKeyUri: `${FULL}#0x01` },
    'KLT-ENV-007',
    'mismatch',
    { receiver: { secret: full.secret, keyUri: full.keyUri } },
  );
  put('sender-without-fragment', 'a sender key URI without a fragment', { ...envelope, senderKeyUri: ann.did }, 'KLT-DID-020', 'malformed');
  put(
    'receiver-without-fragment',
    'a receiver key URI without a fragment',
    { ...envelope, receiverKeyUri: ben.did },
    'KLT-DID-020',
    'malformed',
  );
  put('sender-junk', 'an invalid sender key URI', { ...envelope, senderKeyUri: 'x#y' }, 'KLT-DID-001', 'malformed');
  put(
    'sender-authentication',
    'the authentication key of the sender',
    { ...envelope, senderKeyUri: `${ann.did}#authentication` },
    'KLT-DID-023',
    'unknown',
  );
  put('zero-key', 'from a key that yields zero', { ...envelope, senderKeyUri: `${FULL}#0x01` }, 'KLT-ENV-006', 'malformed', {
    documents: [documentOf(FULL, { '0x01': '00'.repeat(32) })],
  });
}

function plaintextCases({ ann, ben, eve }: Cast, batch: Batch): void {
  const put = (name: string, title: string, plaintext: Uint8Array, about: string, rejects?: string): void =>
    batch.add({
      name: `plaintext/${name}`,
      title,
      kind: rejects === undefined ? 'example' : 'json-bytes',
      operation: 'kilt.envelope.open',
      params: { envelope: envelopeAround(ann, ben, plaintext), receiver: { secret: ben.secret, keyUri: ben.keyUri } },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const right = messageOf(ann, ben);
  const text = JSON.stringify(right);
  put('another-order', 'members in another order', json(Object.fromEntries(Object.entries(right).reverse())), 'KLT-ENV-003');
  put('sender-of-another', 'the sender inside is another DID', json(messageOf(eve, ben)), 'KLT-ENV-008', 'mismatch');
  put('receiver-of-another', 'the receiver inside is another DID', json(messageOf(ann, eve)), 'KLT-ENV-009', 'mismatch');
  put('sender-missing', 'no sender inside', json({ ...right, sender: null }), 'KLT-ENV-008', 'mismatch');
  put('receiver-number', 'the receiver inside is a number', json({ ...right, receiver: 5 }), 'KLT-ENV-009', 'mismatch');
  put('sender-as-key-uri', 'the sender inside is a key URI', json({ ...right, sender: ann.keyUri }), 'KLT-ENV-008', 'mismatch');
  put('received-at-inside', 'a receivedAt inside is not passed on', json({ ...right, receivedAt: 5 }), 'KLT-ENV-016');
  for (const [name, bytes] of [
    ['empty', utf8('')],
    ['not-json', utf8('not json')],
    ['list', utf8('[]')],
    ['text', utf8('"x"')],
    ['null', utf8('null')],
    ['trailing', utf8(`${text}x`)],
    ['space-behind', utf8(`${text} `)],
    ['space-before', utf8(` ${text}`)],
    ['byte-order-mark', utf8(`\ufeff${text}`)],
    ['name-twice', utf8(`${text.slice(0, -1)},"messageId":"m-2"}`)],
    ['bad-utf8', Uint8Array.from([...utf8(text.slice(0, -1)), 0x2c, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])],
    ['integer-beyond-53-bits', utf8(`${text.slice(0, -1)},"a":9007199254740992}`)],
    ['unpaired-surrogate', utf8(`${text.slice(0, -1)},"a":"\\ud800"}`)],
    ['noncharacter', utf8(`${text.slice(0, -1)},"a":"\\uffff"}`)],
    ['levels-65', utf8(`${text.slice(0, -1)},"a":${'['.repeat(64)}${']'.repeat(64)}}`)],
  ] as const)
    put(`json-${name}`, `the sealed content is not an I-JSON object: ${name}`, bytes, 'KLT-ENV-010', 'malformed');
  put(
    'names-of-objects',
    'members with names that objects have',
    utf8(`${text.slice(0, -1)},"__proto__":{"a":1},"constructor":2,"":3}`),
    'KLT-ENV-010',
  );
  put('json-levels-64', '64 levels', utf8(`${text.slice(0, -1)},"a":${'['.repeat(63)}${']'.repeat(63)}}`), 'KLT-ENV-010');
}

function compactCases(oracle: Oracle, { ann, ben, full }: Cast, batch: Batch): void {
  const ciphertext = `0x${'ab'.repeat(20)}`;
  const base: JsonObject = { ciphertext, nonce: `0x${NONCE}`, senderKeyUri: ann.keyUri, receiverKeyUri: ben.keyUri };
  const bare = 'did:kilt:light:004sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds';
  const both = (name: string, title: string, envelope: JsonObject, about = 'KLT-ENV-022'): string => {
    const answer = oracle.answer('kilt.envelope.pack', { envelope });
    if (answer.kind !== 'ok') throw new Error(`${name} does not pack`);
    const bytes = String(answer.value['bytes']);
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'kilt.envelope.pack',
      params: { envelope },
      about: about === 'KLT-ENV-022' ? 'KLT-ENV-019' : about,
      accepts: true,
    });
    batch.add({ name, title, kind: 'example', operation: 'kilt.envelope.unpack', params: { bytes }, about, accepts: true });
    return bytes;
  };
  const packed = both('light', 'two light DIDs', base);
  both('full', 'a full DID', { ...base, receiverKeyUri: full.keyUri });
  both('sr25519', 'a light DID with sr25519 and no details', { ...base, senderKeyUri: `${bare}#encryption` });
  both('ed25519-bare', 'a light DID with ed25519 and no details', {
    ...base,
    senderKeyUri: `${bare.replace('light:00', 'light:01')}#authentication`,
  });
  both('received-at', 'with receivedAt', { ...base, receivedAt: CREATED });
  both('received-at-zero', 'receivedAt 0', { ...base, receivedAt: 0 });
  both('received-at-last', 'receivedAt 2^53 - 1', { ...base, receivedAt: 9007199254740991 });
  both('shortest-ciphertext', 'a ciphertext of 16 bytes', { ...base, ciphertext: `0x${'cd'.repeat(16)}` });
  both(
    'fragment-encryption-of-full',
    'the fragment encryption of a full DID',
    { ...base, receiverKeyUri: `${FULL}#encryption` },
    'KLT-ENV-024',
  );
  both('fragment-unicode', 'a fragment outside ASCII', { ...base, receiverKeyUri: `${FULL}#ü☃` });
  both('fragment-of-255', 'a fragment of 255 bytes', { ...base, receiverKeyUri: `${FULL}#${'f'.repeat(255)}` }, 'KLT-ENV-023');
  const refusePack = (name: string, title: string, envelope: JsonObject, about: string, rejects: string): void =>
    batch.add({ name, title, kind: 'example', operation: 'kilt.envelope.pack', params: { envelope }, about, rejects });
  refusePack(
    'fragment-of-256',
    'a fragment of 256 bytes',
    { ...base, receiverKeyUri: `${FULL}#${'f'.repeat(256)}` },
    'KLT-ENV-023',
    'unrepresentable',
  );
  refusePack(
    'fragment-of-256-in-utf8',
    'a fragment of 128 characters and 256 bytes',
    { ...base, receiverKeyUri: `${FULL}#${'ü'.repeat(128)}` },
    'KLT-ENV-023',
    'unrepresentable',
  );
  refusePack('nonce-of-23', 'a nonce of 23 bytes', { ...base, nonce: `0x${'11'.repeat(23)}` }, 'KLT-ENV-018', 'malformed');
  refusePack('ciphertext-of-15', 'a ciphertext of 15 bytes', { ...base, ciphertext: `0x${'11'.repeat(15)}` }, 'KLT-ENV-011', 'truncated');
  refusePack('no-key-uri', 'a key URI without a fragment', { ...base, senderKeyUri: ann.did }, 'KLT-DID-020', 'malformed');
  refusePack('upper-case', 'a nonce in capitals', { ...base, nonce: `0x${NONCE.toUpperCase()}` }, 'KLT-ENV-002', 'malformed');
  refusePack('another-member', 'another member', { ...base, x: 1 }, 'KLT-ENV-001', 'malformed');

  const refuse = (name: string, title: string, bytes: string, about: string, rejects: string, kind: VectorKind = 'example'): void =>
    batch.add({ name, title, kind, operation: 'kilt.envelope.unpack', params: { bytes }, about, rejects });
  const layout = oracle.wire.layout('kilt.envelope');
  const decoding = oracle.wire.decode('kilt.envelope', fromHex(packed));
  if (decoding.kind !== 'ok') throw new Error('the compact sample does not decode');
  for (const c of wireCases(oracle, layout, decoding.fields, (_, length) => new Uint8Array(length)))
    if (c.kind === 'range' && c.name.startsWith('flags')) refuse(c.name, c.title, toHex(c.bytes), 'KLT-ENV-020', 'malformed', 'range');
  for (const span of decoding.spans.filter((s) => s.name !== 'ciphertext'))
    for (const cut of new Set([span.offset, span.offset + Math.max(0, span.length - 1)]))
      refuse(
        `truncated-${span.name}-${String(cut - span.offset)}`,
        `ends ${String(cut - span.offset)} bytes into ${span.name}`,
        packed.slice(0, 2 * cut),
        'KLT-ENV-019',
        'truncated',
        'truncation',
      );
  const tail = decoding.spans.find((s) => s.name === 'ciphertext')?.offset ?? 0;
  for (const length of [0, 15])
    refuse(
      `ciphertext-of-${String(length)}`,
      `${String(length)} bytes of ciphertext`,
      packed.slice(0, 2 * (tail + length)),
      'KLT-ENV-011',
      'truncated',
      'truncation',
    );
  const at = (name: string): number => (decoding.spans.find((s) => s.name === name)?.offset ?? 0) * 2;
  const set = (name: string, hex: string): string => packed.slice(0, at(name)) + hex + packed.slice(at(name) + hex.length);
  refuse('sender-kind-3', 'a key URI of the kind 3', set('senderKeyUri.kind', '03'), 'KLT-ENV-020', 'malformed', 'range');
  refuse('receiver-kind-255', 'a key URI of the kind 255', set('receiverKeyUri.kind', 'ff'), 'KLT-ENV-020', 'malformed', 'range');
  refuse('details-of-another-version', 'details of the version 1', set('senderKeyUri.details', '01'), 'KLT-DID-006', 'unsupported');
  const keyUriBytes = (fragment: string): string => `00${'07'.repeat(32)}${fragment}`;
  const compact = (key: string): string => `00${NONCE}${key}${keyUriBytes('00')}${'ab'.repeat(16)}`;
  const spelled = Buffer.from('encryption').toString('hex');
  refuse(
    'encryption-spelled-out',
    'the fragment encryption spelled out',
    compact(keyUriBytes(`0a${spelled}`)),
    'KLT-ENV-024',
    'non-canonical',
    'non-canonical',
  );
  refuse('fragment-no-utf8', 'a fragment that is not UTF-8', compact(keyUriBytes('01ff')), 'KLT-ENV-021', 'malformed');
  refuse('fragment-with-space', 'a fragment with a space', compact(keyUriBytes('0120')), 'KLT-DID-001', 'malformed');
  for (const flags of ['02', '03', '80', '81'])
    refuse(
      `flags-${flags}`,
      `flags of ${flags}, all else right`,
      `${flags}${Number.parseInt(flags, 16) % 2 === 1 ? '0000000000000001' : ''}${packed.slice(2)}`,
      'KLT-ENV-020',
      'malformed',
      'range',
    );
  refuse('received-at-2-53', 'receivedAt 2^53', `010020000000000000${packed.slice(2)}`, 'KLT-ENV-021', 'malformed', 'range');
  refuse(
    'details-of-2049-bytes',
    'details of 2,049 bytes',
    compact(`01${'07'.repeat(32)}0801${'00'.repeat(2049)}00`),
    'KLT-DID-026',
    'limit',
    'limit',
  );
  refuse(
    'long-details',
    'details that make a DID of more than 2,048 characters',
    compact(`01${'07'.repeat(32)}0700${'00'.repeat(1)}${'ff'.repeat(1791)}00`),
    'KLT-DID-026',
    'limit',
    'limit',
  );
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'envelopes', fill: ({ oracle, batch }) => envelopeCases(oracle, batch) }],
  mutated: ['kilt.envelope.'],
};
