import { describe, expect, it } from 'vitest';
import { concat, fromHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { cs3a } from './cs3a.ts';

const KEY = fromHex('2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937');
const SECRET = fromHex('1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b');
/** A message to SECRET from the holder of KEY, with an empty packet, made by e3x-js 0.2.3. */
const BODY = fromHex(
  '79a79b2b2e52368daf64e29309bfc4217e072b529c06b66ad045c3f751d8271526dd9ac53f479867ba51166642fb483820a6' +
    '7fbcbaa764e486a4178c2e49c17fc4eb14ba9927135383e8daf68a060cc086c8e43db33561ac814e',
);

const open = (body: Uint8Array, senderKey?: Uint8Array): unknown =>
  cs3a.createMessageOpener({ recipient: { secret: SECRET }, senderKey }, noblePrimitives).open(body);

describe('E3X-CS3 cipher set 3a', () => {
  it.each([
    ['zero', '00'.repeat(32)],
    ['one', `01${'00'.repeat(31)}`],
    ['order 8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
    ['the other of order 8', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
    ['p - 1', `ec${'ff'.repeat(30)}7f`],
    ['p, which is zero', `ed${'ff'.repeat(30)}7f`],
    ['p + 1, which is one', `ee${'ff'.repeat(30)}7f`],
    ['zero with the bit that does not count', `${'00'.repeat(31)}80`],
  ])('E3X-CS3-004 refuses a key whose agreement is all zero: %s', (_, hex) => {
    const key = fromHex(hex);
    const sender = { secret: SECRET };
    const parties = { sender, ephemeral: sender, recipientKey: key };
    expect(refusalOf(() => cs3a.createMessageSealer(parties, noblePrimitives))).toBe('malformed E3X-CS3-004');
    expect(refusalOf(() => open(BODY, key))).toBe('malformed E3X-CS3-004');
    const body = concat([key, BODY.slice(32)]);
    expect(refusalOf(() => open(body))).toBe('malformed E3X-CS3-004');
    expect(refusalOf(() => cs3a.deriveChannelKeys({ ephemeral: sender, body }, noblePrimitives))).toBe('malformed E3X-CS3-004');
  });

  it('E3X-CS3-002 opens with beforenm and not with the raw X25519 output', () => {
    const nonce = BODY.slice(32, 56);
    const sealed = BODY.slice(56, -16);
    const publicKey = BODY.slice(0, 32);
    const input = { secret: SECRET, publicKey };
    expect(noblePrimitives.openSecretbox({ key: noblePrimitives.deriveBoxKey(input), nonce, sealed })).toEqual(fromHex('0000'));
    expect(() => noblePrimitives.openSecretbox({ key: noblePrimitives.deriveX25519Shared(input), nonce, sealed })).toThrow();
    expect(open(BODY, KEY)).toMatchObject({ inner: fromHex('0000'), verified: true });
  });

  it('E3X-CS3-002, E3X-CS3-003 reads the secretbox without a sender key, and AUTH with one only', () => {
    const changed = (index: number): Uint8Array => BODY.map((byte, at) => (at === index ? byte ^ 1 : byte));
    const auth = BODY.length - 1;
    expect(open(changed(auth))).toMatchObject({ inner: fromHex('0000') });
    expect(refusalOf(() => open(changed(auth), KEY))).toMatch(/^unauthenticated/);
    for (let index = 32; index < BODY.length - 16; index++) expect(refusalOf(() => open(changed(index)))).toMatch(/^unauthenticated/);
  });
});
