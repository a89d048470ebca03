import { expect, it } from 'vitest';
import { REGISTRY } from './areas.ts';
import { PRIMITIVES } from './oracles.ts';

it('oracles have the primitives of every area', () => {
  expect(Object.keys(PRIMITIVES).sort()).toEqual(Object.keys(REGISTRY.primitives).sort());
  for (const [name, primitive] of Object.entries(REGISTRY.primitives)) expect(PRIMITIVES[name], name).toBe(primitive);
});
