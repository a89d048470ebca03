import { expect, it } from 'vitest';
import { REGISTRY } from '../areas.ts';
import { packageRoot } from '../contract/paths.ts';
import { completenessFaults } from '../spec/complete.ts';
import { SpecReader } from '../spec/loader.ts';

it('KILT is complete', () => {
  expect(completenessFaults(packageRoot(), new SpecReader().area('kilt'), REGISTRY.primitives)).toEqual([]);
});
