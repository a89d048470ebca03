import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { decodeBase32, encodeBase32 } from './base32.ts';
import { deriveHashname, deriveIntermediates, parseHashname } from './hashname.ts';
import { deriveToken } from '../token/token.ts';
import { encodePacket } from '../packet/packet.ts';

const KEY_1A = '02dbc2bfcf26b17426620895bdbf7d80becb114c3a';
const KEY_3A = '2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937';
const DIGEST_1A = '4pzdwdwsjcgfwpezjr7gst7i6svame2qgrbqm34intqh2jxg3zcq';
const DIGEST_3A = 'drc6znbzmqahydvjcdasme6sqwevncstuhw4pmdp7c7uen6yki3a';
const NAME_1A = 'lg4nrjb6lgul4mnsclsxlklk5tuutrq4v7kod73zrbo2g4pfywgq';
const NAME_1A_3A = 'i5n3dffdrdvxlqqui2cku5r7z3oarrnjsqcm7pqxeh5e3xuakq6q';

const keys = (map: Record<string, string>): Map<string, Uint8Array> =>
  new Map(Object.entries(map).map(([csid, hex]) => [csid, fromHex(hex)]));
const digests = (map: Record<string, string>): Map<string, Uint8Array> =>
  new Map(Object.entries(map).map(([csid, text]) => [csid, decodeBase32(text)]));

describe('E3X-HSN hashnames', () => {
  it.each([
    [{ '1a': KEY_1A }, NAME_1A],
    [{ '3a': KEY_3A }, '24uvnxpjixk2sgcn7qnlvdhdnnynzskyasloglnxhjtnjw5oy3ia'],
    [{ '3a': KEY_3A, '1a': KEY_1A }, NAME_1A_3A],
    [
      { '01': '4e1195df02', '1c': 'c02c0b965e023abee808f2b548d8d5193a8b5229be6f3121a6f16e2d41a449b37d', 'ff': '12' },
      '5wj22qib5cc5hm6qj5gquhaosqm44bypw5a5ykps3eoq6yt75zla',
    ],
    [
      { '1a': 'a9939de121f0895ba5cc1ac885b3209053e5885f', '3a': '3bfd832d8c85841b74ed76ff4050fe2b7c3bf5c9fcbb5981e0416348e935f64e' },
      'jvdoio6kjvf3yqnxfvck43twaibbg4pmb7y3mqnvxafb26rqllwa',
    ],
  ])('E3X-HSN-003, E3X-HSN-004, E3X-HSN-009 rolls up %j', (map, hashname) => {
    expect(deriveHashname({ keys: keys(map) }, noblePrimitives)).toBe(hashname);
    expect(parseHashname(hashname)).toHaveLength(32);
  });

  it('E3X-HSN-002 digests each key on its own', () => {
    const derived = deriveIntermediates(keys({ '3a': KEY_3A, '1a': KEY_1A }), noblePrimitives);
    expect([...derived].map(([csid, digest]) => [csid, encodeBase32(digest)])).toEqual([
      ['3a', DIGEST_3A],
      ['1a', DIGEST_1A],
    ]);
    expect(deriveIntermediates(new Map(), noblePrimitives)).toEqual(new Map());
  });

  it('E3X-HSN-005 takes digests in place of any or all keys', () => {
    expect(deriveHashname({ keys: keys({ '3a': KEY_3A }), intermediates: digests({ '1a': DIGEST_1A }) }, noblePrimitives)).toBe(NAME_1A_3A);
    expect(deriveHashname({ keys: new Map(), intermediates: digests({ '1a': DIGEST_1A, '3a': DIGEST_3A }) }, noblePrimitives)).toBe(
      NAME_1A_3A,
    );
  });

  it('E3X-HSN-006 lets the key decide', () => {
    expect(
      deriveHashname({ keys: keys({ '1a': KEY_1A, '3a': KEY_3A }), intermediates: digests({ '1a': DIGEST_3A }) }, noblePrimitives),
    ).toBe(NAME_1A_3A);
  });

  it('E3X-HSN-007 to E3X-HSN-012 refuses what is not a key', () => {
    expect(refusalOf(() => deriveHashname({ keys: new Map() }, noblePrimitives))).toBe('malformed E3X-HSN-010');
    expect(refusalOf(() => deriveHashname({ keys: keys({ '00': KEY_1A }) }, noblePrimitives))).toBe('malformed E3X-HSN-007');
    expect(
      refusalOf(() => deriveHashname({ keys: keys({ '1a': KEY_1A }), intermediates: digests({ '00': DIGEST_1A }) }, noblePrimitives)),
    ).toBe('malformed E3X-HSN-007');
    for (const csid of ['3A', 'bad', 'zz', 'cs1a', '1', '', '1a\n', '__proto__']) {
      expect(refusalOf(() => deriveHashname({ keys: new Map([[csid, fromHex(KEY_1A)]]) }, noblePrimitives))).toBe('malformed E3X-HSN-008');
    }
    expect(refusalOf(() => deriveHashname({ keys: new Map(), intermediates: keys({ '1a': '00' }) }, noblePrimitives))).toBe(
      'malformed E3X-HSN-011',
    );
    expect(refusalOf(() => deriveHashname({ keys: keys({ '1a': '' }) }, noblePrimitives))).toBe('malformed E3X-HSN-012');
    expect(refusalOf(() => deriveIntermediates(keys({ '1a': '' }), noblePrimitives))).toBe('malformed E3X-HSN-012');
  });

  it('E3X-HSN-013 reads 52 characters, no fewer and no more', () => {
    expect(toHex(parseHashname(NAME_1A))).toBe('59b8d8a43e59a8be31b212e575a96aece949c61cafd4e1ff79885da371e5c58d');
    for (let length = 0; length < 52; length++) {
      expect(refusalOf(() => parseHashname(NAME_1A.slice(0, length)))).toBe('malformed E3X-HSN-013');
    }
    expect(refusalOf(() => parseHashname(`${NAME_1A}a`))).toBe('malformed E3X-HSN-013');
    expect(refusalOf(() => parseHashname(NAME_1A.toUpperCase()))).toBe('non-canonical E3X-B32-004');
    expect(refusalOf(() => parseHashname(`${NAME_1A.slice(0, 51)}b`))).toBe('non-canonical E3X-B32-005');
  });

  const csid = fc.integer({ min: 1, max: 255 }).map((value) => value.toString(16).padStart(2, '0'));
  const entries = fc.uniqueArray(fc.tuple(csid, fc.uint8Array({ minLength: 1, maxLength: 40 })), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 6,
  });

  test.prop([entries])('E3X-HSN-003 does not depend on the order given, nor on which keys are digests', (list) => {
    const all = new Map(list);
    const expected = deriveHashname({ keys: all }, noblePrimitives);
    expect(deriveHashname({ keys: new Map([...list].reverse()) }, noblePrimitives)).toBe(expected);
    expect(
      deriveHashname(
        { keys: new Map(list.slice(1)), intermediates: deriveIntermediates(new Map(list.slice(0, 1)), noblePrimitives) },
        noblePrimitives,
      ),
    ).toBe(expected);
  });
});

describe('E3X-B32 base 32', () => {
  it.each([
    ['', ''],
    ['66', 'my'],
    ['666f', 'mzxq'],
    ['666f6f', 'mzxw6'],
    ['666f6f62', 'mzxw6yq'],
    ['666f6f6261', 'mzxw6ytb'],
    ['666f6f626172', 'mzxw6ytboi'],
  ])('E3X-B32-001 writes %s as RFC 4648 does', (hex, text) => {
    expect(encodeBase32(fromHex(hex))).toBe(text);
    expect(toHex(decodeBase32(text))).toBe(hex);
  });

  it.each([
    ['my======', 'malformed E3X-B32-002'],
    ['m=', 'malformed E3X-B32-002'],
    ['m1', 'malformed E3X-B32-003'],
    ['m ', 'malformed E3X-B32-003'],
    ['my\n', 'malformed E3X-B32-003'],
    ['m\u212a', 'malformed E3X-B32-003'],
    ['MY', 'non-canonical E3X-B32-004'],
    ['mY', 'non-canonical E3X-B32-004'],
    ['mz', 'non-canonical E3X-B32-005'],
    ['m', 'malformed E3X-B32-006'],
    ['mzx', 'malformed E3X-B32-006'],
    ['mzxw6y', 'malformed E3X-B32-006'],
  ])('refuses %j as %s', (text, refusal) => {
    expect(refusalOf(() => decodeBase32(text))).toBe(refusal);
  });
});

describe('E3X-TOK routing tokens', () => {
  const PREFIX = '000102030405060708090a0b0c0d0e0f';

  it('E3X-TOK-001, E3X-TOK-005 hashes the first 16 bytes of BODY and nothing else', () => {
    const token = 'be45cb2605bf36bebde684841a28f0fd'; // SHA-256 of 00..0f begins so
    for (const packet of [`00013a${PREFIX}`, `00011a${PREFIX}ffff`])
      expect(toHex(deriveToken(fromHex(packet), noblePrimitives))).toBe(token);
  });

  it('E3X-TOK-002 to E3X-TOK-004 refuses what is not an outer message', () => {
    expect(refusalOf(() => deriveToken(fromHex(`0000${PREFIX}`), noblePrimitives))).toBe('malformed E3X-TOK-002');
    expect(refusalOf(() => deriveToken(fromHex(`00023a3a${PREFIX}`), noblePrimitives))).toBe('malformed E3X-TOK-002');
    expect(refusalOf(() => deriveToken(fromHex(`000100${PREFIX}`), noblePrimitives))).toBe('malformed E3X-TOK-003');
    const packet = encodePacket({ head: fromHex('3a'), body: fromHex(PREFIX) });
    for (let length = 0; length < packet.length; length++) {
      expect(refusalOf(() => deriveToken(packet.subarray(0, length), noblePrimitives))).toMatch(/^truncated/);
    }
  });
});
