import { describe, expect, it } from 'vitest';
import { SchemaCases, withValue } from './schema-cases.ts';

const SCHEMAS = [
  {
    '$id': 't.outer',
    'type': 'object',
    'x-req': 'X-A-001',
    'required': ['name', 'list'],
    'properties': {
      name: { 'type': 'string', 'minLength': 1, 'x-req': 'X-A-002' },
      list: { 'type': 'array', 'minItems': 1, 'maxItems': 2, 'items': { $ref: 't.inner' }, 'x-req': 'X-A-003' },
      key: { 'type': 'string', 'x-parses': 'even', 'examples': ['aa'], 'x-req': 'X-A-004' },
    },
    'additionalProperties': false,
  },
  { '$id': 't.inner', 'type': ['integer', 'null'], 'minimum': 0, 'maximum': 9, 'x-req': 'X-A-005' },
] as const;
const cases = new SchemaCases(SCHEMAS, (_, text) => text.length % 2 === 0).of('t.outer');

describe('cases of a schema', () => {
  it('are right at the edges, and wrong in one place each', () => {
    expect(new Set(cases.flatMap((c) => c.breaks?.keyword ?? []))).toEqual(
      new Set(['type', 'required', 'additionalProperties', 'minLength', 'minItems', 'maxItems', 'minimum', 'maximum', 'x-parses']),
    );
    expect(cases.find((c) => c.name === 'full')?.instance).toEqual({ name: 'x', list: [0], key: 'aa' });
    expect(cases.find((c) => c.name === 'minimal')?.instance).toEqual({ name: 'x', list: [0] });
    expect(cases.filter((c) => c.breaks === undefined).map((c) => c.name)).toEqual(
      expect.arrayContaining(['list--two-items', 'list-0--is-null', 'key-left-out']),
    );
  });
  it('blame the clause that is next to the constraint', () => {
    expect(cases.find((c) => c.breaks?.keyword === 'minItems')?.breaks?.requirement).toBe('X-A-003');
    expect(cases.find((c) => c.breaks?.keyword === 'maximum')?.breaks?.requirement).toBe('X-A-005');
  });
  it('have names of their own', () => {
    expect(new Set(cases.map((c) => c.name)).size).toBe(cases.length);
  });
  it('are refused when they are not what they are meant to be', () => {
    expect(() => new SchemaCases([{ $id: 't.bad', type: 'string', pattern: '^a$', examples: ['b'] }], () => true).of('t.bad')).toThrow(
      /meant to be right, but ajv finds pattern/,
    );
  });
  it('change one place and leave the rest', () => {
    expect(withValue({ a: [1, { b: 2 }], c: 3 }, ['a', 1, 'b'], 4)).toEqual({ a: [1, { b: 4 }], c: 3 });
    expect(withValue({ a: [1, 2] }, ['a', 0], undefined)).toEqual({ a: [2] });
  });
});
