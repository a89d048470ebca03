import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { JSON_DEPTH_MAX, JsonError, readJsonObject, readStrictly, writeJson } from './json.ts';
import type { JsonObject } from './json.ts';
import { refusalOf } from './refusal.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): JsonObject => readJsonObject(utf8(text));

/** The class of the error that text or bytes are answered with, or `accepted`. */
function errorOf(input: string | Uint8Array): string {
  try {
    readJsonObject(typeof input === 'string' ? utf8(input) : input);
    return 'accepted';
  } catch (error) {
    if (error instanceof JsonError) return error.jsonClass;
    throw error;
  }
}

describe('E3X-JSN-001 the grammar', () => {
  it('accepts what JSON allows', () => {
    expect(read('{ "a" : [ 1 , -0.5e+2 , true , false , null , { } , [ ] , "\\u0041\\n\\/" ] }')).toEqual({
      a: [1, -50, true, false, null, {}, [], 'A\n/'],
    });
  });

  it.each([
    '',
    '{',
    '}',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,}',
    '{"a":1 "b":2}',
    '{a:1}',
    "{'a':1}",
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":1e}',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a":tru}',
    '{"a":"\n"}',
    '{"a":"\\x41"}',
    '{"a":"\\u00g0"}',
    '{"a":"\\u12"}',
    '{"a":"',
    '{"a":[1,]}',
    '{"a":[1}',
    '{"a":1]',
    '{"a":1}{}',
    '{"a":1}x',
    '{"a":1}\0',
    '{/**/"a":1}',
    '{"a":\u00a01}',
    '{"a":-}',
    '{"a":1}}',
    '[1,2,3',
    '{"a":0x10}',
  ])('calls %j a syntax error', (text) => {
    expect(errorOf(text)).toBe('syntax');
  });

  it('refuses every strict prefix of an object', () => {
    const text = '{"a":[1,{"b":"c\\u0041"}],"d":null}';
    for (let length = 0; length < text.length; length++) expect(errorOf(text.slice(0, length))).toBe('syntax');
  });

  it('calls what is not JSON a syntax error whatever else is wrong with it', () => {
    expect(errorOf('{"a":1,"a":1e400,')).toBe('syntax');
    expect(errorOf(`${'['.repeat(30000)}`)).toBe('syntax');
  });

  test.prop([fc.json()])('agrees with JSON.parse on every object', (text) => {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) expect(errorOf(text)).toBe('not-object');
    else if (errorOf(text) === 'accepted') expect(read(text)).toEqual(value);
  });
});

describe('E3X-JSN-002 an object', () => {
  it.each(['"abcdefg"', '12345678', 'true', 'null', '[1,2,3,4]', '   null'])('calls %j not an object', (text) => {
    expect(errorOf(text)).toBe('not-object');
  });
});

describe('E3X-JSN-003 from { to }', () => {
  it.each([' {"a":1}', '{"a":1} ', '\t{"a":1}', '{"a":1}\r\n'])('calls %j a syntax error', (text) => {
    expect(errorOf(text)).toBe('syntax');
    expect(refusalOf(() => read(text))).toBe('malformed E3X-JSN-003');
  });
});

describe('E3X-JSN-004 duplicate names', () => {
  it.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":1}', '{"b":[{"a":1,"a":1}]}', '{"":1,"":2}', '{"__proto__":1,"__proto__":1}'])(
    'finds them in %j',
    (text) => {
      expect(errorOf(text)).toBe('duplicate-name');
    },
  );

  it('allows a name again in another object', () => {
    expect(errorOf('{"a":{"a":1},"b":{"a":1}}')).toBe('accepted');
  });
});

describe('E3X-JSN-005 to E3X-JSN-008 encoding', () => {
  const inString = (...bytes: number[]): Uint8Array => Uint8Array.from([...utf8('{"a":"'), ...bytes, ...utf8('"}')]);

  it.each([
    [0xff, 0xfe],
    [0xc0, 0x80],
    [0xc1, 0xbf],
    [0xe0, 0x80, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0x80],
    [0xe2, 0x82],
    [0xf0, 0x8f, 0xbf, 0xbf],
    [0xf5, 0x80, 0x80, 0x80],
  ])('E3X-JSN-005 refuses the bytes %j', (...bytes) => {
    expect(errorOf(inString(...bytes))).toBe('encoding');
  });

  it('E3X-JSN-006 refuses a byte order mark in front and nowhere else', () => {
    expect(errorOf('\ufeff{"a":1}')).toBe('encoding');
    expect(read('{"a":"\ufeff"}')).toEqual({ a: '\ufeff' });
  });

  it('E3X-JSN-007 refuses unpaired surrogates in values and names', () => {
    for (const escape of ['\\ud800', '\\udc00', '\\udc00\\ud800', '\\ud800\\ud800\\udc00', '\\ud83d\u{1f600}']) {
      expect(errorOf(`{"a":"${escape}"}`)).toBe('encoding');
      expect(errorOf(`{"${escape}":1}`)).toBe('encoding');
    }
    expect(read('{"a":"\\ud83d\\ude00"}')).toEqual({ a: '\u{1f600}' });
  });

  it('E3X-JSN-008 refuses noncharacters, raw or escaped', () => {
    for (const text of ['\ufdd0', '\\ufdef', '\uffff', '\\ufffe', '\u{10ffff}', '\\ud83f\\udffe']) {
      expect(errorOf(`{"a":"${text}"}`)).toBe('encoding');
    }
    expect(errorOf('{"a":"\ufdcf\ufdf0\ufffd"}')).toBe('accepted');
  });
});

describe('E3X-JSN-009, E3X-JSN-012 numbers', () => {
  it.each([
    '9007199254740992',
    '-9007199254740992',
    '1e16',
    '1e400',
    '-1E+400',
    '9007199254740991.5',
    '9007199254740991.1',
    '90071992547409911e-1',
    '0.9007199254740992e16',
    '1'.repeat(400),
    '9007199254740991000000001e-9',
  ])('calls %s out of range', (literal) => {
    expect(errorOf(`{"a":${literal}}`)).toBe('number-range');
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740991.000', 9007199254740991],
    ['90071992547409910e-1', 9007199254740991],
    ['1e15', 1e15],
    ['9007199254740990.9', 9007199254740991],
    ['0e99999', 0],
    ['-0', -0],
    ['1e-400', 0],
    ['0.1', 0.1],
    ['0.000000000000000000000001e30', 1e6],
  ])('accepts %s', (literal, value) => {
    expect(read(`{"a":${literal}}`)).toEqual({ a: value });
  });
});

describe('E3X-JSN-010 names are data', () => {
  it('keeps __proto__, constructor and the empty name as own members', () => {
    const object = read('{"__proto__":{"x":1},"constructor":2,"":3,"toString":4}');
    expect(Object.keys(object)).toEqual(['__proto__', 'constructor', '', 'toString']);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(JSON.stringify(object)).toBe('{"__proto__":{"x":1},"constructor":2,"":3,"toString":4}');
  });
});

describe('E3X-JSN-011 depth', () => {
  it('allows 64 levels and no more', () => {
    const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    const objects = (depth: number): string => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
    for (const text of [nested, objects]) {
      expect(errorOf(text(JSON_DEPTH_MAX))).toBe('accepted');
      expect(errorOf(text(JSON_DEPTH_MAX + 1))).toBe('depth');
      expect(errorOf(text(10000))).toBe('depth');
    }
  });
});

describe('the quick way of reading', () => {
  /** What comes of a text, by one of the ways: the JSON of it, or the class and place of the error. */
  const outcome = (run: () => JsonObject): string => {
    try {
      return JSON.stringify(run());
    } catch (error) {
      if (error instanceof JsonError) return `${error.jsonClass} ${String(error.clause)} ${error.message}`;
      throw error;
    }
  };
  const agrees = (text: string): void => {
    if (new TextDecoder().decode(utf8(text)) !== text) return; // half of a pair: no bytes have it
    expect(outcome(() => read(text))).toBe(outcome(() => readStrictly(text)));
  };
  const names = fc.constantFrom('a', 'b', '__proto__', '1', '0', 'é', '\u{1f600}', 'toJSON', '');
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, 0, -0, 1e21, 1e-7, 2 ** 53, 2 ** 53 - 1, 9007199254740993, 0.1, '\ufffe', '\\u0041', '[', '{'.repeat(70)),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('value')),
      fc.dictionary(names, tie('value')),
    ),
  })).value;
  test.prop([fc.dictionary(names, value)])('finds what the reader finds in what is spelled as it is written', (object) => {
    agrees(JSON.stringify(object));
  });
  test.prop([
    fc.dictionary(names, value),
    fc.nat(),
    fc.constantFrom('', ' ', '"', '{', '[', '0', 'e', '\\u0061', '\\/', ',"a":1', '\ufdd0'),
  ])('and in what is spelled in another way, or spoiled', (object, at, insertion) => {
    const text = JSON.stringify(object);
    const where = at % (text.length + 1);
    agrees(text.slice(0, where) + insertion + text.slice(where));
    agrees(text.slice(0, where) + text.slice(where + 1));
  });
  it.each([
    '{"a":1,"a":2}',
    '{"a":{"b":1,"b":1}}',
    '{"2":1,"1":2}',
    '{"a":9007199254740992}',
    '{"a":1e+21}',
    '{"a":"\\ud800"}',
    `{"a":${'['.repeat(64)}${']'.repeat(64)}}`,
    `{"a":${'['.repeat(63)}${']'.repeat(63)}}`,
    `{"a":"${'['.repeat(100)}"}`,
    '{"__proto__":{"a":1}}',
    '{"a":1} ',
    '{"a":-0}',
  ])('and in %s', agrees);
});

describe('E3X-LOB-009 the one spelling', () => {
  const write = (object: JsonObject): string => new TextDecoder().decode(writeJson(object));

  it('keeps the order, leaves out white space, escapes as little as it can', () => {
    expect(write({ b: [1, -0, 0.5, 1e-7], a: { c: null, d: true } })).toBe('{"b":[1,0,0.5,1e-7],"a":{"c":null,"d":true}}');
    expect(write({ a: '"\\/\b\t\n\f\r\u0000\u001f\u007f\u2028é\u{1f600}' })).toBe(
      '{"a":"\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028é\u{1f600}"}',
    );
  });

  it('is read however long it is', () => {
    const long = 'x'.repeat(20_000_000);
    expect(read(`{"a":"${long}"}`)).toEqual({ a: long });
    expect(refusalOf(() => read(`{"a":"${long}`))).toBe('malformed E3X-JSN-001');
  });

  it('is not left to a value, or to what a runtime makes of one', () => {
    class Own {
      readonly a = 1;
      toJSON(): string {
        return 'something else';
      }
    }
    expect(write({ a: new Own() as unknown as JsonObject })).toBe('{"a":{"a":1}}');
    expect(refusalOf(() => writeJson({ a: undefined } as unknown as JsonObject))).toBe('usage E3X-LOB-009');
    expect(refusalOf(() => writeJson({ a: [undefined] } as unknown as JsonObject))).toBe('usage E3X-LOB-009');
    expect(refusalOf(() => writeJson({ a: Array(2) } as unknown as JsonObject))).toBe('usage E3X-LOB-009');
    expect(refusalOf(() => writeJson({ toJSON: () => 1 } as unknown as JsonObject))).toBe('usage E3X-LOB-009');
  });

  it('refuses what no reader would accept', () => {
    let deep: JsonObject = {};
    for (let depth = 1; depth <= JSON_DEPTH_MAX; depth++) deep = { deep };
    for (const object of [{ a: '\ud800' }, { '\uffff': 1 }, deep])
      expect(refusalOf(() => writeJson(object))).toBe('unrepresentable E3X-LOB-015');
    for (const object of [{ a: 2 ** 53 }, { a: Infinity }, { a: NaN }])
      expect(refusalOf(() => writeJson(object))).toBe('unrepresentable E3X-JSN-013');
  });

  test.prop([fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }))])(
    'reads back what it wrote',
    (value) => {
      const object = value as JsonObject;
      if (refusalOf(() => writeJson(object)) !== 'accepted') return;
      expect(JSON.stringify(readJsonObject(writeJson(object)))).toBe(JSON.stringify(object));
    },
  );
});
