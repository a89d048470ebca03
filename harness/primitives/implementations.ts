/** Every implementation of the primitives that this machine has, for tests that compare them with each other. */
import { noblePrimitives } from '../../reference/primitives/noble.ts';
import type { Primitives } from '../../reference/primitives/primitives.ts';
import { createNodePrimitives } from './node.ts';
import { createSodiumPrimitives } from './sodium.ts';

const node = createNodePrimitives();
const sodium = createSodiumPrimitives(node);

export const IMPLEMENTATIONS: readonly (readonly [string, Primitives])[] = [
  ['noble', noblePrimitives],
  ['node', node],
  ...(sodium === undefined ? [] : [['sodium', sodium] as const]),
];
