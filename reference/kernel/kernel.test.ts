import { fc, test } from '@fast-check/vitest';
import { base32nopad, base64urlnopad } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { Reader, compare, concat, fromHex, toHex, u16Bytes } from './bytes.ts';
import { AuthenticationError, DecodeError, EncodeError, LimitError, ProtocolError, StateError, UsageError } from './errors.ts';
import { Fifo } from './fifo.ts';
import { decodeRadix, encodeRadix } from './radix.ts';
import { refusalOf } from './refusal.ts';
import { decodeUtf8, encodeUtf8, isNoncharacter, textFaultOf } from './utf8.ts';

describe('errors', () => {
  it('have one root, a class and a clause each', () => {
    const leaves = [
      new DecodeError('malformed', 'C', 'm'),
      new EncodeError('C', 'm'),
      new AuthenticationError('C'),
      new StateError('C', 'm'),
      new LimitError('C', 'm', { size: 1 }),
      new UsageError('C', 'm'),
    ];
    expect(leaves.every((leaf) => leaf instanceof ProtocolError && leaf.clause === 'C')).toBe(true);
    expect(leaves.map((leaf) => `${leaf.name} ${String(leaf.rejectClass)}`)).toEqual([
      'DecodeError malformed',
      'EncodeError unrepresentable',
      'AuthenticationError unauthenticated',
      'StateError wrong-state',
      'LimitError limit',
      'UsageError null',
    ]);
    expect(leaves[4]?.values).toEqual({ size: 1 });
  });
});

describe('Reader', () => {
  it('reads fields in order and ends only at the end', () => {
    const reader = new Reader(fromHex('01020304ff'));
    expect(reader.u8('C')).toBe(1);
    expect(reader.u16('C')).toBe(0x0203);
    expect(toHex(reader.take(1, 'C'))).toBe('04');
    expect(reader.remaining).toBe(1);
    expect(
      refusalOf(() => {
        reader.finish('C-9');
      }),
    ).toBe('trailing C-9');
    expect(toHex(reader.rest())).toBe('ff');
    reader.finish('C');
  });

  it('blames the clause that demands the bytes', () => {
    expect(refusalOf(() => new Reader(fromHex('01')).u16('C-7'))).toBe('truncated C-7');
    expect(refusalOf(() => new Reader(fromHex('01')).take(2, 'C-8'))).toBe('truncated C-8');
    expect(refusalOf(() => new Reader(fromHex('')).u8('C-9'))).toBe('truncated C-9');
  });
});

describe('bytes', () => {
  it('orders byte strings from the left, a prefix first', () => {
    expect(compare(fromHex('01'), fromHex('0100'))).toBeLessThan(0);
    expect(compare(fromHex('02'), fromHex('0100'))).toBeGreaterThan(0);
    expect(compare(fromHex('ff'), fromHex('ff'))).toBe(0);
  });

  it('reads lower-case hexadecimal only', () => {
    for (const text of ['0', '0G', 'AB', ' 0']) expect(refusalOf(() => fromHex(text))).toBe('usage hexadecimal');
  });

  it('writes 16 bits or nothing', () => {
    expect(toHex(u16Bytes(65535, 'C'))).toBe('ffff');
    for (const value of [-1, 65536, 0.5]) expect(refusalOf(() => u16Bytes(value, 'C'))).toBe('usage C');
  });

  test.prop([fc.array(fc.uint8Array({ maxLength: 20 }))])('joins without losing a byte', (parts) => {
    expect(toHex(concat(parts))).toBe(parts.map(toHex).join(''));
    expect(toHex(fromHex(toHex(concat(parts))))).toBe(toHex(concat(parts)));
  });
});

describe('Fifo', () => {
  test.prop([fc.array(fc.option(fc.nat(), { nil: undefined }))])('behaves as an array does', (steps) => {
    const fifo = new Fifo<number>();
    const model: number[] = [];
    for (const step of steps) {
      if (step === undefined) {
        expect(fifo.shift()).toBe(model.shift());
      } else {
        fifo.push(step);
        model.push(step);
      }
      expect(fifo.length).toBe(model.length);
    }
    fifo.clear();
    expect(fifo.shift()).toBeUndefined();
  });
});

const fail = (offset: number): never => {
  throw new DecodeError('malformed', 'UTF-8', 'no', { offset });
};

describe('UTF-8', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  test.prop(
    [
      fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc
          .array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f), { maxLength: 8 })
          .map((bytes) => Uint8Array.from(bytes)),
      ),
    ],
    { numRuns: 2000 },
  )('accepts what another strict decoder accepts, with the same text', (bytes) => {
    let expected: string | undefined;
    try {
      expected = strict.decode(bytes);
    } catch {
      expected = undefined;
    }
    if (expected === undefined) expect(refusalOf(() => decodeUtf8(bytes, fail))).toBe('malformed UTF-8');
    else expect(decodeUtf8(bytes, fail)).toBe(expected);
  });

  test.prop([fc.string({ unit: 'binary' })])('round trips every text', (text) => {
    expect(decodeUtf8(encodeUtf8(text, fail), fail)).toBe(text);
    expect(toHex(encodeUtf8(text, fail))).toBe(toHex(new TextEncoder().encode(text)));
  });

  it('does not write an unpaired surrogate', () => {
    expect(refusalOf(() => encodeUtf8('a\ud800', fail))).toBe('malformed UTF-8');
  });

  it('knows the 66 noncharacters', () => {
    let count = 0;
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) count += Number(isNoncharacter(codePoint));
    expect(count).toBe(66);
    expect(textFaultOf('a\u{1fffe}')).toBe('noncharacter');
    expect(textFaultOf('\udc00')).toBe('surrogate');
    expect(textFaultOf('\u{1f600}')).toBeUndefined();
  });

  it('decodes long texts in one pass', () => {
    expect(decodeUtf8(new Uint8Array(200_000).fill(0x61), fail)).toHaveLength(200_000);
  });
});

describe('radix', () => {
  const base32 = { alphabet: 'abcdefghijklmnopqrstuvwxyz234567', bitsPerCharacter: 5 };
  const base64 = { alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', bitsPerCharacter: 6 };
  const failRadix = (fault: string): never => {
    throw new DecodeError('malformed', fault, 'no');
  };

  test.prop([fc.uint8Array({ maxLength: 70 })])('writes what another library writes and reads it back', (bytes) => {
    expect(encodeRadix(bytes, base32)).toBe(base32nopad.encode(bytes).toLowerCase());
    expect(encodeRadix(bytes, base64)).toBe(base64urlnopad.encode(bytes));
    expect(decodeRadix(encodeRadix(bytes, base32), base32, failRadix)).toEqual(bytes);
    expect(decodeRadix(encodeRadix(bytes, base64), base64, failRadix)).toEqual(bytes);
  });

  test.prop([fc.string({ unit: fc.constantFrom('a', 'b', 'q', '2', '7'), maxLength: 10 })])('has one text for each byte string', (text) => {
    const accepted = refusalOf(() => decodeRadix(text, base32, failRadix)) === 'accepted';
    if (accepted) expect(encodeRadix(decodeRadix(text, base32, failRadix), base32)).toBe(text);
  });
});
