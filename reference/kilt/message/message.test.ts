import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { BODY_TYPES, checkMessage } from './message.ts';

/** Messages of @kiltprotocol/messaging 0.35.2. */
const { envelopes, lightDids } = JSON.parse(readFileSync(new URL('../../../spec/kilt/evidence/kilt.json', import.meta.url), 'utf8')) as {
  envelopes: { type: string; message: JsonObject }[];
  lightDids: { name: string; uri: string; fullDidUri: string }[];
};
const HASH = `0x${'ab'.repeat(32)}`;
const alice = lightDids.find(({ name }) => name === 'alice') ?? { uri: '', fullDidUri: '' };
const bob = lightDids.find(({ name }) => name === 'bob') ?? { uri: '', fullDidUri: '' };

function messageOf(type: string): JsonObject {
  return envelopes.find((one) => one.type === type)?.message ?? {};
}
const FRAME = { createdAt: 1, sender: alice.uri, receiver: bob.uri, messageId: 'm' };
function withBody(type: string, content: JsonValue): JsonObject {
  return { ...FRAME, body: { type, content } };
}
/** A copy in which one member, named by its path, has another value, or is gone. */
function changed(value: JsonValue, [name = '', ...path]: readonly string[], to: JsonValue | undefined): JsonValue {
  const members = Object.entries(value as JsonObject).flatMap(([key, member]) => {
    if (key !== name) return [[key, member] as const];
    const inner = path.length === 0 ? to : changed(member, path, to);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  if (path.length === 0 && to !== undefined && !(name in (value as JsonObject))) members.push([name, to]);
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}
function refusal(type: string, path: string, to: JsonValue | undefined): string {
  return refusalOf(() => checkMessage(changed(messageOf(type), path.split('/'), to) as JsonObject, noblePrimitives));
}

describe('KLT-MSG messages', () => {
  it.each(envelopes)('accepts $type as the library makes it', ({ type, message }) => {
    expect(checkMessage(message, noblePrimitives)).toBe(type);
  });

  it.each([
    ['error', { name: 'E', message: 'it failed' }],
    ['error', {}],
    ['reject', { message: 'no' }],
    ['request-payment', { claimHash: HASH }],
    ['confirm-payment', { claimHash: HASH, txHash: HASH, blockHash: HASH }],
    ['bottlepost:text', { text: '' }],
    ['bottlepost:attachment', { name: 'a.png', mediaType: 'image/png', bytes: '0x00' }],
  ])('accepts %s, which the library does not know', (type, content) => {
    expect(checkMessage(withBody(type, content), noblePrimitives)).toBe(type);
  });

  it('KLT-MSG-006 knows twenty types, and refuses others as unsupported', () => {
    expect(BODY_TYPES.size).toBe(20);
    expect(refusalOf(() => checkMessage(withBody('bogus', {}), noblePrimitives))).toBe('unsupported KLT-MSG-006');
    expect(refusalOf(() => checkMessage({ ...FRAME, body: { content: {} } }, noblePrimitives))).toBe('malformed KLT-MSG-006');
    expect(refusalOf(() => checkMessage({ ...FRAME, body: { type: '__proto__', content: {} } }, noblePrimitives))).toBe(
      'unsupported KLT-MSG-006',
    );
  });

  it.each([
    ['extra', 1, 'KLT-MSG-001'],
    ['sender', undefined, 'KLT-MSG-001'],
    ['createdAt', undefined, 'KLT-MSG-001'],
    ['messageId', undefined, 'KLT-MSG-001'],
    ['createdAt', '1', 'KLT-MSG-002'],
    ['createdAt', -1, 'KLT-MSG-002'],
    ['createdAt', 0.5, 'KLT-MSG-002'],
    ['receivedAt', 'x', 'KLT-MSG-002'],
    ['messageId', 5, 'KLT-MSG-003'],
    ['messageId', '', 'KLT-MSG-003'],
    ['sender', 'x', 'KLT-MSG-004'],
    ['sender', `${alice.uri}#encryption`, 'KLT-MSG-004'],
    ['receiver', bob.uri.replace('4r6U', '4r7U'), 'KLT-MSG-004'],
    ['inReplyTo', 5, 'KLT-MSG-005'],
    ['references', 'x', 'KLT-MSG-005'],
    ['references', [5], 'KLT-MSG-005'],
    ['body', 'x', 'KLT-MSG-006'],
  ])('refuses a frame whose %s is %j', (name, value, clause) => {
    expect(refusal('request-terms', name, value as JsonValue | undefined)).toBe(`malformed ${clause}`);
  });

  it.each([
    ['request-terms', 'body/extra', 1, 'KLT-MSG-010'],
    ['request-terms', 'body/content', undefined, 'KLT-MSG-010'],
    ['submit-terms', 'body/content/legitimations', undefined, 'KLT-MSG-011'],
    ['reject-terms', 'body/content/extra', 1, 'KLT-MSG-012'],
    ['request-attestation', 'body/content/credential', undefined, 'KLT-MSG-013'],
    ['submit-attestation', 'body/content/attestation/revoked', 'no', 'KLT-MSG-014'],
    ['reject-attestation', 'body/content', '0x', 'KLT-MSG-015'],
    ['reject-attestation', 'body/content', '0x123', 'KLT-MSG-015'],
    ['request-credential', 'body/content/cTypes/0/requiredProperties', [5], 'KLT-MSG-016'],
    ['submit-credential', 'body/content', {}, 'KLT-MSG-017'],
    ['accept-credential', 'body/content', 'x', 'KLT-MSG-018'],
    ['reject-credential', 'body/content', ['zz'], 'KLT-MSG-032'],
    ['request-accept-delegation', 'body/content/metaData', 'x', 'KLT-MSG-020'],
    ['submit-accept-delegation', 'body/content/signatures/invitee', undefined, 'KLT-MSG-021'],
    ['inform-create-delegation', 'body/content/isPCR', 'no', 'KLT-MSG-023'],
    ['request-terms', 'body/content/cTypeHash', undefined, 'KLT-MSG-030'],
    ['request-terms', 'body/content/contents', { '': 1 }, 'KLT-MSG-030'],
    ['request-terms', 'body/content/contents/age', null, 'KLT-MSG-030'],
    ['request-attestation', 'body/content/credential/claim/owner', undefined, 'KLT-MSG-031'],
    ['request-attestation', 'body/content/credential/claimNonceMap', { [HASH]: '' }, 'KLT-MSG-031'],
    ['request-attestation', 'body/content/credential/claimNonceMap', { abc: 'x' }, 'KLT-MSG-032'],
    ['request-terms', 'body/content/cTypeHash', HASH.toUpperCase(), 'KLT-MSG-032'],
    ['request-terms', 'body/content/owner', 'did:web:x', 'KLT-MSG-033'],
    ['submit-attestation', 'body/content/attestation/owner', `${bob.uri}#x`, 'KLT-MSG-033'],
    ['submit-credential', 'body/content/0/claimerSignature/keyUri', alice.uri, 'KLT-MSG-034'],
    ['submit-credential', 'body/content/0/claimerSignature/keyId', 'x', 'KLT-MSG-034'],
    ['reject-accept-delegation', 'body/content/permissions', [], 'KLT-MSG-035'],
    ['reject-accept-delegation', 'body/content/permissions', [4], 'KLT-MSG-035'],
    ['submit-terms', 'body/content/quote/cost/net', '1', 'KLT-MSG-036'],
    ['submit-terms', 'body/content/quote/timeframe', '2026-04-31T00:00:00Z', 'KLT-MSG-036'],
    ['submit-terms', 'body/content/quote/timeframe', '2026-04-30', 'KLT-MSG-036'],
    ['submit-terms', 'body/content/cTypes/0/$id', 'kilt:ctype:0x12', 'KLT-MSG-037'],
    ['submit-terms', 'body/content/cTypes/0/properties/age', { type: 'array' }, 'KLT-MSG-037'],
  ])('refuses %s with %s as %j', (type, path, value, clause) => {
    expect(refusal(type, path, value as JsonValue | undefined)).toBe(`malformed ${clause}`);
  });

  it.each([
    { type: 'string', format: 'uri', enum: ['a'], minLength: 0 },
    { type: 'number', minimum: 1.5 },
    { type: 'integer', enum: [1] },
    { type: 'boolean' },
    { $ref: `kilt:ctype:${HASH}#/properties/a` },
    { type: 'array', items: { type: 'string' }, maxItems: 3 },
  ])('takes %j as a property of a CType', (property) => {
    expect(refusal('submit-terms', 'body/content/cTypes/0/properties/age', property)).toBe('accepted');
  });

  it.each([
    ['request-attestation', 'KLT-MSG-040'],
    ['submit-attestation', 'KLT-MSG-041'],
    ['submit-credential', 'KLT-MSG-042'],
    ['submit-terms', 'KLT-MSG-043'],
  ])('refuses %s of somebody who does not own what is in it', (type, clause) => {
    const { sender } = messageOf(type);
    const other = sender === alice.uri ? bob : alice;
    expect(refusal(type, 'sender', other.uri)).toBe(`mismatch ${clause}`);
    const own = sender === alice.uri ? alice : bob;
    expect(refusal(type, 'sender', own.fullDidUri)).toBe('accepted'); // of the same subject
  });

  it('KLT-MSG-007 requires the message replied to as the last reference', () => {
    const message = withBody('bottlepost:text', { text: 'x' });
    expect(checkMessage({ ...message, inReplyTo: 'b', references: ['a', 'b'] }, noblePrimitives)).toBe('bottlepost:text');
    expect(checkMessage({ ...message, inReplyTo: 'b' }, noblePrimitives)).toBe('bottlepost:text');
    for (const thread of [{ inReplyTo: 'b', references: ['b', 'a'] }, { references: ['a'] }, { references: [] }]) {
      expect(refusalOf(() => checkMessage({ ...message, ...thread }, noblePrimitives))).toBe('malformed KLT-MSG-007');
    }
  });

  it('KLT-MSG-008 refuses what no sealed message can contain, at any depth', () => {
    let deep: JsonValue = 1;
    for (let depth = 0; depth < 50_000; depth++) deep = [deep];
    for (const value of [deep, 2 ** 60, '\ud800', '\uffff']) {
      expect(refusalOf(() => checkMessage(withBody('request-terms', { cTypeHash: HASH, contents: { a: value } }), noblePrimitives))).toBe(
        'malformed KLT-MSG-008',
      );
    }
  });
});
