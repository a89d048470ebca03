import { expect, it } from 'vitest';
import { requireShortLines, VectorError } from './vectors.ts';

it('a vector whose line would be too long is not written', () => {
  const [short, long] = ['x'.repeat(20_000), `{"id":"a.b/c"}${'x'.repeat(20_000)}`];
  requireShortLines('vectors/a/b/c.json', `${short}\n${short}\n`);
  expect(() => requireShortLines('vectors/a/b/c.json', `${short}\n${long}\n`)).toThrow(VectorError);
  expect(() => requireShortLines('vectors/a/b/c.json', long)).toThrow(
    /^vectors\/a\/b\/c\.json: a line of 20014 characters.*"id":"a\.b\/c"/,
  );
});
