import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { SpecReader } from '../spec/loader.ts';
import { renderDeclarations } from './declarations.ts';

describe('declarations', () => {
  it('are what the spec makes them', () => {
    const reader = new SpecReader(packageRoot());
    const text = renderDeclarations(reader.areas().map((area) => reader.area(area)));
    expect(readFileSync(join(packageRoot(), 'harness/adapters/reference/declarations.ts'), 'utf8')).toBe(text);
    expect(text.split('\n').filter((line) => line.length > 140)).toEqual([]);
  });

  it('declare inputs and results, not their meaning', () => {
    const text = renderDeclarations([
      {
        operations: [
          {
            operation: 'a.one.open',
            summary: 'Opens.',
            session: 'a.one',
            params: {
              size: { type: 'integer', minimum: 0, domain: { values: [1] }, excludes: 'limits' },
              limits: { type: 'object', members: { "it's": { type: 'text', required: true, enum: ['x', 'y'] } } },
            },
            requiresOneOf: ['size', 'limits'],
            result: { session: { type: 'text', req: 'A-B-001' }, at: { type: 'u64', optional: true, req: 'A-B-001' } },
            rejects: [],
          },
        ],
        profiles: [{ profile: 'a-one', title: 'One', requirements: ['A-B-001'], operations: ['a.one.open'] }],
      },
    ]);
    expect(text.split('\n').slice(3, -1).join('\n')).toBe(`export const OPERATIONS = {
  'a.one.open': {
    session: 'a.one',
    params: {
      size: { type: 'integer', minimum: 0, excludes: 'limits' },
      limits: {
        type: 'object',
        members: {
          'it\\'s': { type: 'text', required: true, enum: ['x', 'y'] },
        },
      },
    },
    requiresOneOf: ['size', 'limits'],
    result: {
      session: { type: 'text' },
      at: { type: 'u64', optional: true },
    },
  },
} as const;

/** The operations that each profile needs, besides those of the profiles that it includes. */
export const PROFILES = [
  { profile: 'a-one', includes: [], operations: ['a.one.open'] },
] as const;`);
  });
});
