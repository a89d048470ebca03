import { describe, expect, it } from 'vitest';
import { oneViolation } from './vectors.ts';

describe('headers that break their schema', () => {
  it('break it once each, at the intended keyword', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', minLength: 1 } },
      additionalProperties: false,
    } as const;
    expect(new Set(oneViolation(schema, { a: 'x' }).map((v) => v.keyword))).toEqual(
      new Set(['required', 'type', 'minLength', 'additionalProperties']),
    );
  });
});
