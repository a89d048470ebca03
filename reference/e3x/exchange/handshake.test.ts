import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { AT_MAX, decodeHandshake, encodeHandshake, encodeLinkHandshake } from './handshake.ts';
import { deriveHashname } from '../hashname/hashname.ts';
import { deriveOrder } from './order.ts';
import { decodePacket, encodePacket } from '../packet/packet.ts';

const KEY_1A = fromHex('02dbc2bfcf26b17426620895bdbf7d80becb114c3a');
const KEY_3A = fromHex('2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937');
const key = fc.uint8Array({ minLength: 1, maxLength: 40 });

describe('E3X-ORD order', () => {
  test.prop([key, key])('E3X-ORD-001 two endpoints agree on who is which', (a, b) => {
    fc.pre(toHex(a) !== toHex(b));
    expect([deriveOrder(a, b), deriveOrder(b, a)].sort()).toEqual(['even', 'odd']);
  });
  it('E3X-ORD-002 the longer of two keys with one prefix is higher, E3X-ORD-003 equal keys are refused', () => {
    expect(deriveOrder(Uint8Array.of(1, 0), Uint8Array.of(1))).toBe('odd');
    expect(refusalOf(() => deriveOrder(KEY_1A, KEY_1A.slice()))).toBe('malformed E3X-ORD-003');
  });
});

describe('E3X-HSK handshakes', () => {
  it('E3X-HSK-016 a written link can be read back', () => {
    const keys = new Map([
      ['3a', KEY_3A],
      ['1a', KEY_1A],
    ]);
    const inner = encodeLinkHandshake({ csid: '3a', keys, at: 7, z: 1, encrypted: false }, noblePrimitives);
    expect(Object.keys(decodePacket(inner).json ?? {})).toEqual(['type', 'at', 'csid', 'z']);
    const hashname = deriveHashname({ keys }, noblePrimitives);
    const read = decodeHandshake({ csid: '3a', inner, hashname, encrypted: false }, noblePrimitives);
    expect(read).toMatchObject({ type: 'link', at: 7, z: 1, hashname });
    expect([...(read.intermediates ?? [])].map(([csid]) => csid)).toEqual(['1a']);
    expect(read.key).toEqual(KEY_3A);
  });
  test.prop([fc.integer({ min: 1, max: AT_MAX }), fc.uint8Array({ maxLength: 40 })])(
    'E3X-HSK-015 what belongs to the application comes out as it went in',
    (at, body) => {
      const read = decodeHandshake(
        { csid: '3a', inner: encodeHandshake('note', at, { json: { n: 1, at: 5, type: 'x' }, body }) },
        noblePrimitives,
      );
      expect(read).toEqual({ type: 'note', at, json: { type: 'note', at, n: 1 }, body });
    },
  );
  it('E3X-HSK-003 a type of null is not a type, absent it is link', () => {
    const inner = (head: string): Uint8Array => encodePacket({ head: Uint8Array.from(head, (c) => c.charCodeAt(0)) });
    expect(refusalOf(() => decodeHandshake({ csid: '3a', inner: inner('{"at":7,"type":null}') }, noblePrimitives))).toBe(
      'malformed E3X-HSK-003',
    );
    expect(refusalOf(() => decodeHandshake({ csid: '3a', inner: inner('{"at":7}') }, noblePrimitives))).toBe('truncated E3X-HSK-005');
  });
  it('E3X-HSK-004 what is written has an at, too', () => {
    for (const at of [0, -1, 1.5, AT_MAX + 1]) expect(refusalOf(() => encodeHandshake('note', at, {}))).toBe('malformed E3X-HSK-004');
  });
});
