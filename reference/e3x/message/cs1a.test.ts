import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { cs1a } from './cs1a.ts';

const KEY = '02dbc2bfcf26b17426620895bdbf7d80becb114c3a';
const SECRET = fromHex('5f3f555f6b5235fdb99d29a21dd26c5602d97243');
/** A message to SECRET from the holder of KEY, with an empty packet, made by e3x-js 0.2.3. */
const BODY = '02de885f8e0db99f7dc48f972ec4c2f3c4a97cdd1b4d765183abc0105f5843';

const open = (body: Uint8Array, senderKey?: Uint8Array): unknown =>
  cs1a.createMessageOpener({ recipient: { secret: SECRET }, senderKey }, noblePrimitives).open(body);

describe('E3X-CS1 cipher set 1a', () => {
  it.each([
    ['off the curve', `02${'ff'.repeat(20)}`],
    ['infinity', '00'.repeat(21)],
    ['the prefix of an uncompressed point', `04${KEY.slice(2)}`],
    ['the prefix of nothing', `05${KEY.slice(2)}`],
    ['x is the prime', '02ffffffffffffffffffffffffffffffff7fffffff'],
    ['x has no y', '020000000000000000000000000000000000000001'],
  ])('E3X-CS1-004 refuses a key that is none: %s', (_, hex) => {
    const key = fromHex(hex);
    const sender = { secret: SECRET };
    const parties = { sender, ephemeral: sender, recipientKey: key };
    expect(refusalOf(() => cs1a.createMessageSealer(parties, noblePrimitives))).toBe('malformed E3X-CS1-004');
    expect(refusalOf(() => open(fromHex(BODY), key))).toBe('malformed E3X-CS1-004');
    const body = concat([key, fromHex(BODY).slice(21)]);
    expect(refusalOf(() => open(body))).toBe('malformed E3X-CS1-004');
    expect(refusalOf(() => cs1a.deriveChannelKeys({ ephemeral: sender, body }, noblePrimitives))).toBe('malformed E3X-CS1-004');
  });

  it('E3X-CS1-002 decrypts anything if no sender key is given', () => {
    const body = fromHex(BODY);
    body[25] = (body[25] ?? 0) ^ 0xff;
    expect(open(body)).toMatchObject({ inner: fromHex('ff00') });
    expect(refusalOf(() => open(body, fromHex(KEY)))).toBe('unauthenticated E3X-MSG-003');
  });

  it('E3X-CS1-002, E3X-CS1-006 counts blocks in the 12 bytes after the IV', () => {
    const key = new Uint8Array(16).fill(7);
    const inner = new Uint8Array(48);
    const iv = fromHex('0b0c0d0e');
    const blocks = [0, 1, 2].map((count) =>
      noblePrimitives.applyAesCtr({ key, counterBlock: concat([iv, new Uint8Array(11), Uint8Array.of(count)]), data: new Uint8Array(16) }),
    );
    const sealed = concat(cs1a.sealChannel({ key, inner, entropy: iv }, noblePrimitives));
    expect(toHex(sealed.slice(0, 52))).toBe(toHex(concat([iv, ...blocks])));
    expect(sealed).toHaveLength(56);
  });
});
