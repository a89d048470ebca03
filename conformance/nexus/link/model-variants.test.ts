/** What can be said of the Quint models without Quint, which is not a dependency: `npm run quint` runs them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../contract/paths.ts';
import { MODEL_VARIANTS, variantOf } from './model-variants.ts';

describe.each(Object.entries(MODEL_VARIANTS))('the model %s', (name, variants) => {
  const model = readFileSync(join(packageRoot(), 'spec/nexus/link/models', `${name}.qnt`), 'utf8');
  it('has a mistake for each invariant that holds', () => {
    const safe = /^ {2}val safe = (.*?)\n(?:\n|\})/ms.exec(`${model.slice(model.indexOf('  val safe = '))}\n\n`)?.[1] ?? '';
    const names = [...safe.matchAll(/\b(?!and\b|all\b)[a-z]\w+/g)].map(([word]) => word);
    expect(names.length).toBeGreaterThan(1);
    expect(variants.map(({ invariant }) => invariant).sort()).toEqual(names.sort());
  });
  it.each(variants.map((variant) => [variant.invariant, variant] as const))('has one place for the mistake about %s', (_name, variant) => {
    expect(variantOf(model, variant)).not.toBe(model);
  });
});

describe('a mistake', () => {
  it.each(['nothing', 'aa'])('that does not fit once is an error: %s', (find) => {
    expect(() => variantOf('aaaa', { invariant: 'i', title: 't', find, replace: '' })).toThrow('no place');
  });
});
