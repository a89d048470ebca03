/** Envelopes that are opened: each way to be right, and one fault each, in the envelope and in what was sealed. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import type { VectorKind } from '../../vectors.ts';
import { documentOf, leaking, type Person } from '../people.ts';
import { UTF8_EDGES } from '../texts.ts';
import { CREATED, FULL, NONCE, envelopeAround, envelopeSharing, json, messageOf, utf8, type Cast } from './cast.ts';

export function openCases({ ann, ben, eve, full, documents }: Cast, batch: Batch): void {
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
  // Sealed with what such a key yields, so that nothing else is wrong: the secret that all of them share is zero.
  for (const [name, key] of [
    ['zero-key', '00'.repeat(32)],
    ['low-order-key', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
  ] as const) {
    const from = { ...ann, did: FULL, keyUri: `${FULL}#0x01`, publicKey: key };
    put(
      `${name}-and-all-else-right`,
      'from a key that yields zero, and sealed with zero',
      envelopeSharing(from, ben, json(messageOf(from, ben)), key),
      'KLT-ENV-006',
      'malformed',
      { documents: [documentOf(FULL, { '0x01': key })] },
    );
  }
}

/** Envelopes opened by their senders, and with keys that were replaced. */
export function otherKeyCases({ ann, ben, eve, full, documents }: Cast, batch: Batch): void {
  const put = (name: string, title: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'kilt.envelope.open',
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const own = ({ secret, keyUri }: Person): JsonObject => ({ secret, keyUri });
  const envelope = envelopeAround(ann, ben, json(messageOf(ann, ben)));
  put('own', 'by its sender', { envelope, sender: own(ann) }, 'KLT-ENV-026');
  const toFull = envelopeAround(ann, full, json(messageOf(ann, full)));
  put('own-to-full', 'by its sender, to a full DID', { envelope: toFull, sender: own(ann), documents }, 'KLT-ENV-026');
  put('own-to-unknown', 'by its sender, to an unknown DID', { envelope: toFull, sender: own(ann) }, 'KLT-ENV-026', 'unknown');
  put('own-by-receiver', 'by the receiver as its sender', { envelope, sender: own(ben) }, 'KLT-ENV-029', 'mismatch');
  put(
    'own-by-another',
    'by another as its sender',
    { envelope, sender: { ...own(eve), keyUri: ann.keyUri } },
    'KLT-ENV-026',
    'unauthenticated',
  );
  put('own-and-received', 'with the secrets of both', { envelope, sender: own(ann), receiver: own(ben) }, 'KLT-ENV-029', 'malformed');
  put('with-no-secret', 'with no secret', { envelope }, 'KLT-ENV-029', 'malformed');
  const past = (validUntil: number): JsonObject => ({ document: documentOf(FULL, { '0x02': full.publicKey }), validUntil });
  const fromFull = envelopeAround(full, ben, json(messageOf(full, ben)));
  const current = [documentOf(FULL, { '0x09': eve.publicKey })];
  const received = { envelope: fromFull, receiver: own(ben), documents: current };
  put('former-key', 'from a key that was replaced when the message was created', { ...received, former: [past(CREATED)] }, 'KLT-ENV-028');
  put('former-key-later', 'from a key that was replaced later', { ...received, former: [past(CREATED + 1)] }, 'KLT-ENV-028');
  put('former-key-before', 'from a key that was replaced before', { ...received, former: [past(CREATED - 1)] }, 'KLT-ENV-028', 'expired');
  const timeless = (createdAt: Json): JsonObject => envelopeAround(full, ben, json({ ...messageOf(full, ben), createdAt }));
  for (const [name, createdAt] of [
    ['text', '1'],
    ['null', null],
    ['fraction', 1.5],
  ] as const)
    put(
      `former-key-created-${name}`,
      `from a key that was replaced, created at ${String(createdAt)}`,
      { ...received, envelope: timeless(createdAt), former: [past(CREATED)] },
      'KLT-ENV-028',
      'expired',
    );
  put(
    'former-key-of-receiver',
    'by its sender, to a key that was replaced',
    { envelope: toFull, sender: own(ann), documents: current, former: [past(CREATED)] },
    'KLT-ENV-028',
  );
  const leaky = leaking(ann);
  put(
    'from-exposed',
    'from a DID that publishes its secret',
    { envelope: envelopeAround(leaky, ben, json(messageOf(leaky, ben))), receiver: own(ben) },
    'KLT-DID-009',
  );
  for (const [name, point] of UTF8_EDGES) {
    const said = messageOf(ann, ben, { messageId: String.fromCodePoint(point) });
    put(
      `character-${name}`,
      `a messageId of the character ${name}`,
      { envelope: envelopeAround(ann, ben, json(said)), receiver: own(ben) },
      'KLT-ENV-010',
    );
  }
}

export function plaintextCases({ ann, ben, eve }: Cast, batch: Batch): void {
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
    ['number-that-no-double-holds', utf8(`${text.slice(0, -1)},"a":1e309}`)],
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
