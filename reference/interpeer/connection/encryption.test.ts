import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { openPart, sealPart } from './encryption.ts';

const key = new Uint8Array(32).fill(7);
const header = new Uint8Array(44).fill(9);
const plaintext = fromHex('0001000561686f7921');

describe('sealed parts', () => {
  it('IPR-ENC-002 say their counter, wherever in memory they lie', () => {
    const sealed = sealPart({ key, counter: 0x0102030405060708n, header, plaintext }, noblePrimitives);
    expect(toHex(sealed.subarray(0, 8))).toBe('0807060504030201');
    const around = new Uint8Array(3 + sealed.length);
    around.set(sealed, 3);
    for (const given of [sealed, around.subarray(3), Buffer.from(around).subarray(3)]) {
      const opened = openPart({ key, header, sealed: given }, noblePrimitives);
      expect([opened.counter, toHex(opened.plaintext)]).toEqual([0x0102030405060708n, toHex(plaintext)]);
    }
  });
  it('IPR-ENC-004 open with the same public header only', () => {
    const sealed = sealPart({ key, counter: 1n, header, plaintext }, noblePrimitives);
    expect(refusalOf(() => openPart({ key, header: header.map((byte, i) => (i === 43 ? byte ^ 1 : byte)), sealed }, noblePrimitives))).toBe(
      'unauthenticated IPR-ENC-004',
    );
  });
});
