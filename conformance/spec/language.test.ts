import { expect, it } from 'vitest';
import { BUILTIN_NAMES } from '../oracle/evaluate.ts';
import { BUILTIN_WORDS } from './language.ts';
import { parseExpression } from './expression.ts';

it('every built-in function is explained, and no other', () => {
  expect(Object.keys(BUILTIN_WORDS).sort()).toEqual([...BUILTIN_NAMES].sort());
});

it.each(Object.entries(BUILTIN_WORDS))('%s is used as it says', (name, { use }) => {
  expect(parseExpression(use.replace(', ...', ''))).toMatchObject({ kind: 'call', name });
});
