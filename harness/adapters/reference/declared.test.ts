import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../conformance/contract/contract.ts';
import { ParamError, jsonOf, paramReader, resultWriter, type Declaration, type DeclaredParam } from './declared.ts';

const bytes = Uint8Array.of(0, 255);
const operation = (params: Declaration['params'], more: Partial<Declaration> = {}): Declaration => ({ params, result: {}, ...more });
/** What a parameter of a declaration is read as. */
const read = (param: DeclaredParam, value: Json): unknown => paramReader(operation({ it: param }))({ it: value })['it'];
const fault = (params: Declaration['params'], given: JsonObject, more: Partial<Declaration> = {}): string => {
  try {
    paramReader(operation(params, more))(given);
  } catch (error) {
    if (error instanceof ParamError) return error.message;
    throw error;
  }
  return 'read';
};

describe('parameters', () => {
  it.each<[DeclaredParam, Json, unknown]>([
    [{ type: 'bytes' }, '00ff', bytes],
    [{ type: 'bytesList' }, ['', '00ff'], [new Uint8Array(0), bytes]],
    [{ type: 'csidMap' }, { '3a': '00ff' }, new Map([['3a', bytes]])],
    [{ type: 'bytesMap' }, {}, new Map()],
    [{ type: 'text' }, 'x', 'x'],
    [{ type: 'text', enum: ['x', 'y'] }, 'y', 'y'],
    [{ type: 'textList', enum: ['x', 'y'] }, ['y', 'x'], ['y', 'x']],
    [{ type: 'integer', minimum: -1, maximum: 1 }, -1, -1],
    [{ type: 'integerList' }, [1, -2], [1, -2]],
    [{ type: 'time' }, 0, 0],
    [{ type: 'u64' }, '18446744073709551615', 0xffff_ffff_ffff_ffffn],
    [{ type: 'boolean' }, false, false],
    [{ type: 'object' }, { a: [1] }, { a: [1] }],
    [{ type: 'object', members: { key: { type: 'bytes' } } }, { key: '00ff' }, { key: bytes }],
    [{ type: 'objectList', members: { key: { type: 'bytes' } } }, [{}, { key: '00ff' }], [{}, { key: bytes }]],
    [{ type: 'objectMap', members: { at: { type: 'u64' } } }, { link: { at: '7' } }, new Map([['link', { at: 7n }]])],
    [{ type: 'json' }, null, null],
  ])('of %j: %j', (param, value, wanted) => {
    expect(read(param, value)).toEqual(wanted);
  });

  it.each<[DeclaredParam, Json]>([
    [{ type: 'bytes' }, '0'],
    [{ type: 'bytes' }, '0A'],
    [{ type: 'bytes' }, 0],
    [{ type: 'bytesList' }, '00'],
    [{ type: 'bytesList' }, ['x']],
    [{ type: 'csidMap' }, ['00']],
    [{ type: 'csidMap' }, { '1a': 'x' }],
    [{ type: 'text' }, 1],
    [{ type: 'text', enum: ['x'] }, 'toString'],
    [{ type: 'textList', enum: ['x'] }, ['x', 'y']],
    [{ type: 'integer' }, 2 ** 53],
    [{ type: 'integer' }, 0.5],
    [{ type: 'integer', minimum: 1 }, 0],
    [{ type: 'integer', maximum: 1 }, 2],
    [{ type: 'integerList' }, ['1']],
    [{ type: 'time' }, -1],
    [{ type: 'u64' }, 7],
    [{ type: 'u64' }, '07'],
    [{ type: 'u64' }, '18446744073709551616'],
    [{ type: 'boolean' }, 'true'],
    [{ type: 'object' }, []],
    [{ type: 'object' }, null],
    [{ type: 'object', members: { a: { type: 'text' } } }, { b: '' }],
    [{ type: 'object', members: { a: { type: 'text', required: true } } }, {}],
    [{ type: 'objectList' }, [null]],
    [{ type: 'objectMap' }, { a: 1 }],
  ])('of %j are not %j', (param, value) => {
    expect(() => read(param, value)).toThrow(ParamError);
  });

  it('are those that are declared, all that are required, and not two that exclude each other', () => {
    const params = { a: { type: 'text', required: true }, b: { type: 'text', excludes: 'c' }, c: { type: 'text' } } as const;
    expect(fault(params, { a: '', b: '' })).toBe('read');
    expect(fault(params, {})).toBe('a is missing');
    expect(fault(params, { a: '', d: '' })).toBe('unknown parameter d');
    expect(fault(params, { a: '', ['__proto__']: '' })).toBe('unknown parameter __proto__');
    expect(fault(params, { a: '', b: '', c: '' })).toBe('b and c exclude each other');
    expect(fault(params, { a: '' }, { requiresOneOf: ['b', 'c'] })).toBe('one of b, c is missing');
    expect(fault(params, { a: '', c: '' }, { requiresOneOf: ['b', 'c'] })).toBe('read');
    expect(fault({ o: { type: 'object', members: { p: { type: 'object', members: params } } } }, { o: { p: {} } })).toBe(
      'o.p.a is missing',
    );
  });
});

describe('results', () => {
  const write = resultWriter({
    params: {},
    result: { key: { type: 'bytes' }, at: { type: 'u64', optional: true }, timeoutAt: { type: 'timeout' } },
  });

  it('are the members that are declared, written as the contract has them', () => {
    expect(write({ key: bytes, at: 1n << 63n, timeoutAt: 5, more: 1 })).toEqual({ key: '00ff', at: '9223372036854775808', timeoutAt: 5 });
    expect(write({ key: bytes, at: undefined })).toEqual({ key: '00ff', timeoutAt: null });
  });

  it('are a bug in the adapter if one is missing', () => {
    expect(() => write({})).toThrow('the result has no key');
  });

  it('are written to any depth, and own members of any name', () => {
    expect(jsonOf({ list: [{ key: bytes }], map: new Map([['3a', bytes]]), gone: undefined, none: null })).toEqual({
      list: [{ key: '00ff' }],
      map: { '3a': '00ff' },
      none: null,
    });
    expect(JSON.stringify(jsonOf(JSON.parse('{"__proto__":{"x":1}}')))).toBe('{"__proto__":{"x":1}}');
  });
});
