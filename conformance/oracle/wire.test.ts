import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layout } from '../spec/types.ts';
import { fromHex, toHex, type Value } from './values.ts';
import { WireInterpreter, WireSpecError } from './wire.ts';

const cut = { truncated: { class: 'truncated', req: 'T-T-001' } };
const bytes = (name: string, type: Layout['fields'][number]['type'], more: object = {}): Layout['fields'][number] => ({
  name,
  type,
  rejects: cut,
  overflow: { class: 'limit', req: 'T-T-009' },
  ...more,
});
const layouts: Layout[] = [
  {
    layout: 't.ints',
    title: 'every width',
    req: 'T-T-002',
    fields: [
      bytes('a', 'u8'),
      bytes('b', 'u16be'),
      bytes('c', 'u16le'),
      bytes('d', 'u24be'),
      bytes('e', 'u32be'),
      bytes('f', 'u32le'),
      bytes('g', 'u64be'),
      bytes('h', 'u64le'),
    ],
    trailing: { class: 'trailing', req: 'T-T-003' },
  },
  {
    layout: 't.leb',
    title: 'leb128',
    req: 'T-T-004',
    fields: [bytes('v', 'leb128', { rejects: { ...cut, 'non-canonical': { class: 'non-canonical', req: 'T-T-005' } } })],
    trailing: { class: 'trailing', req: 'T-T-003' },
  },
  {
    layout: 't.bij',
    title: 'bijective',
    req: 'T-T-004',
    fields: [bytes('v', 'bijective128', { rejects: { ...cut, 'non-canonical': { class: 'non-canonical', req: 'T-T-005' } } })],
    trailing: { class: 'trailing', req: 'T-T-003' },
  },
  {
    layout: 't.item',
    title: 'item',
    req: 'T-T-006',
    fields: [bytes('n', 'u8', { lengthOf: 'data' }), bytes('data', 'bytes', { length: 'n' })],
  },
  {
    layout: 't.list',
    title: 'list',
    req: 'T-T-007',
    fields: [
      bytes('magic', 'bytes', { length: 2, const: 'cafe', rejects: { ...cut, mismatch: { class: 'malformed', req: 'T-T-008' } } }),
      bytes('count', 'u8', { countOf: 'items' }),
      { name: 'items', type: 'repeat', layout: 't.item', count: 'count', rejects: 'none' },
      bytes('kind', 'u8', { minimum: 1, maximum: 3, rejects: { ...cut, range: { class: 'malformed', req: 'T-T-010' } } }),
    ],
    trailing: { class: 'trailing', req: 'T-T-003' },
  },
];
const wire = new WireInterpreter(layouts);
const encode = (layout: string, values: Record<string, Value>): string => {
  const e = wire.encode(layout, new Map(Object.entries(values)));
  return e.kind === 'ok' ? toHex(e.bytes) : `reject ${e.reject.class} ${e.field}`;
};
const decode = (layout: string, hex: string): string => {
  const d = wire.decode(layout, fromHex(hex));
  return d.kind === 'ok' ? 'ok' : `${d.reject.class} ${d.field}@${String(d.offset)}`;
};

describe('the wire interpreter', () => {
  it('writes every integer width in its own order, exactly', () => {
    expect(
      encode('t.ints', {
        a: 1n,
        b: 0x0102n,
        c: 0x0102n,
        d: 0x010203n,
        e: 0x01020304n,
        f: 0x01020304n,
        g: 0xfffffffffffffffen,
        h: 0x0102030405060708n,
      }),
    ).toBe('01' + '0102' + '0201' + '010203' + '01020304' + '04030201' + 'fffffffffffffffe' + '0807060504030201');
  });
  it('reads back what it wrote, 64 bits included', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 64n) - 1n), fc.bigInt(0n, (1n << 64n) - 1n), (g, h) => {
        const hex = encode('t.ints', { a: 0n, b: 0n, c: 0n, d: 0n, e: 0n, f: 0n, g, h });
        const d = wire.decode('t.ints', fromHex(hex));
        expect(d.kind === 'ok' && d.fields.get('g')).toBe(g);
        expect(d.kind === 'ok' && d.fields.get('h')).toBe(h);
      }),
    );
  });
  it('refuses a value that overflows its field', () => {
    expect(encode('t.ints', { a: 256n, b: 0n, c: 0n, d: 0n, e: 0n, f: 0n, g: 0n, h: 0n })).toBe('reject limit a');
  });
  it('truncates at every field and refuses what trails', () => {
    const whole = '01'.repeat(32);
    expect(decode('t.ints', whole)).toBe('ok');
    for (let length = 0; length < 32; length++) expect(decode('t.ints', '01'.repeat(length))).toMatch(/^truncated/);
    expect(decode('t.ints', `${whole}00`)).toBe('trailing @32');
  });
  it.each([
    [0n, '00'],
    [127n, '7f'],
    [128n, '8001'],
    [300n, 'ac02'],
    [(1n << 64n) - 1n, 'ffffffffffffffffff01'],
  ])('leb128 of %s is %s', (value, hex) => {
    expect(encode('t.leb', { v: value })).toBe(hex);
    expect(decode('t.leb', hex)).toBe('ok');
  });
  it('refuses leb128 that is longer than it must be, too long or cut', () => {
    expect(decode('t.leb', '8000')).toBe('non-canonical v@0');
    expect(decode('t.leb', 'ffffffffffffffffff02')).toBe('non-canonical v@0');
    expect(decode('t.leb', '80')).toBe('truncated v@0');
  });
  it.each([
    [0n, '00'],
    [127n, '7f'],
    [128n, '8000'],
    [129n, '8001'],
    [16_511n, 'ff7f'],
    [16_512n, '808000'],
  ])('bijective base 128 of %s is %s', (value, hex) => {
    expect(encode('t.bij', { v: value })).toBe(hex);
    const d = wire.decode('t.bij', fromHex(hex));
    expect(d.kind === 'ok' && d.fields.get('v')).toBe(value);
  });
  it('follows counts, lengths, constants and ranges, and knows where each field lies', () => {
    const item = (hex: string): Value => new Map<string, Value>([['data', fromHex(hex)]]);
    const hex = encode('t.list', { items: [item('aabb'), item('')], kind: 2n });
    expect(hex).toBe('cafe' + '02' + '02aabb' + '00' + '02');
    const d = wire.decode('t.list', fromHex(hex));
    expect(d.kind === 'ok' && d.spans.map((s) => `${s.name}@${String(s.offset)}+${String(s.length)}`)).toEqual([
      'magic@0+2',
      'count@2+1',
      'items[0].n@3+1',
      'items[0].data@4+2',
      'items[1].n@6+1',
      'items[1].data@7+0',
      'kind@7+1',
    ]);
    expect(decode('t.list', 'caff0001')).toBe('malformed magic@0');
    expect(decode('t.list', 'cafe0004')).toBe('malformed kind@3');
    expect(decode('t.list', 'cafe0102aa')).toBe('truncated items[0].data@4');
  });
  it('says so when a layout names no reject for what can happen', () => {
    const bad = new WireInterpreter([{ layout: 'x.y', title: 'x', req: 'T-T-001', fields: [{ name: 'a', type: 'u8', rejects: {} }] }]);
    expect(() => bad.decode('x.y', new Uint8Array(0))).toThrow(WireSpecError);
  });
});
