import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { HEAD_LENGTH_MAX, decodePacket, encodePacket, isPacket } from './packet.ts';

const decode = (hex: string): ReturnType<typeof decodePacket> => decodePacket(fromHex(hex));

describe('E3X-LOB packets', () => {
  it.each([
    ['0000', '', '', undefined],
    ['0000ff', '', 'ff', undefined],
    ['00013a0102', '3a', '0102', undefined],
    ['0006010203040506754047eaf10c540d50a0', '010203040506', '754047eaf10c540d50a0', undefined],
    ['00077b2261223a317d0debd9ba', '7b2261223a317d', '0debd9ba', { a: 1 }],
    [
      '001d7b2274797065223a2274657374222c22666f6f223a5b22626172225d7d',
      '7b2274797065223a2274657374222c22666f6f223a5b22626172225d7d',
      '',
      { type: 'test', foo: ['bar'] },
    ],
    ['00027b7daa', '7b7d', 'aa', undefined],
  ])('takes %s apart', (packet, head, body, json) => {
    const decoded = decode(packet);
    expect(toHex(decoded.head)).toBe(head);
    expect(toHex(decoded.body)).toBe(body);
    expect([decoded.headLength, decoded.bodyLength]).toEqual([head.length / 2, body.length / 2]);
    expect(decoded.json).toEqual(json);
    expect('json' in decoded).toBe(json !== undefined);
    expect('jsonError' in decoded).toBe(false);
  });

  it('E3X-LOB-002, E3X-LOB-003 rejects every strict prefix of LENGTH and HEAD as truncated', () => {
    const packet = '00077b2261223a317d';
    for (let length = 0; length < packet.length; length += 2) {
      const clause = length < 4 ? 'E3X-LOB-002' : 'E3X-LOB-003';
      expect(refusalOf(() => decode(packet.slice(0, length)))).toBe(`truncated ${clause}`);
    }
    expect(refusalOf(() => decode('ffff00'))).toBe('truncated E3X-LOB-003');
  });

  it('E3X-LOB-005 never reads 1 to 6 bytes as JSON', () => {
    expect(decode('00067b22223a317d').json).toBeUndefined(); // {"":1}
  });

  it.each([
    ['00076162636465666718577505', 'syntax'],
    ['00095b312c322c332c345daa', 'not-object'],
    ['000d7b2261223a312c2261223a327d', 'duplicate-name'],
    ['000a7b2261223a22fffe227d', 'encoding'],
    ['000aefbbbf7b2261223a317d', 'encoding'],
    ['0008207b2261223a317dbb', 'syntax'],
    ['000b7b2261223a316534303' + '07d', 'number-range'],
  ])('E3X-LOB-007 keeps the bytes of %s beside the error %s', (packet, jsonClass) => {
    const decoded = decode(packet);
    expect(decoded.jsonError?.jsonClass).toBe(jsonClass);
    expect('json' in decoded).toBe(false);
    expect(toHex(encodePacket({ head: decoded.head, body: decoded.body }))).toBe(packet);
  });

  it('E3X-LOB-008 gives every trailing byte to BODY', () => {
    const packet = fromHex('00077b2261223a317d');
    expect(toHex(decodePacket(concat([packet, packet])).body)).toBe(toHex(packet));
  });

  it('E3X-LOB-010 writes the empty object as no HEAD', () => {
    expect(toHex(encodePacket({ json: {}, body: fromHex('85cda8') }))).toBe('000085cda8');
  });

  it('E3X-LOB-011 refuses to lose a short object', () => {
    expect(refusalOf(() => encodePacket({ json: { '': 1 } }))).toBe('unrepresentable E3X-LOB-011');
    expect(toHex(encodePacket({ json: { a: 1 } }))).toBe('00077b2261223a317d');
  });

  it('E3X-LOB-012 refuses a HEAD of 65,536 bytes and accepts 65,535', () => {
    expect(refusalOf(() => encodePacket({ head: new Uint8Array(HEAD_LENGTH_MAX + 1) }))).toBe('limit E3X-LOB-012');
    expect(refusalOf(() => encodePacket({ json: { a: 'x'.repeat(HEAD_LENGTH_MAX) } }))).toBe('limit E3X-LOB-012');
    expect(decodePacket(encodePacket({ head: new Uint8Array(HEAD_LENGTH_MAX) })).headLength).toBe(HEAD_LENGTH_MAX);
  });

  it('takes a JSON object or head bytes, not both', () => {
    expect(refusalOf(() => encodePacket({ json: {}, head: fromHex('') }))).toBe('usage E3X-LOB-001');
    expect(toHex(encodePacket({}))).toBe('0000');
  });

  test.prop([fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 })])(
    'E3X-LOB-013 round trips head bytes and body',
    (head, body) => {
      const decoded = decodePacket(encodePacket({ head, body }));
      expect([toHex(decoded.head), toHex(decoded.body)]).toEqual([toHex(head), toHex(body)]);
    },
  );

  test.prop([fc.uint8Array({ maxLength: 30 })])('decodes whatever it calls a packet, and only that', (bytes) => {
    expect(refusalOf(() => decodePacket(bytes)) === 'accepted').toBe(isPacket(bytes));
  });
});
