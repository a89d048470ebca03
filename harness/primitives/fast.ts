/** The fastest implementation of each primitive that this machine has: libsodium where it is installed, OpenSSL, plain JavaScript. */
import { PRIMITIVES } from '../../reference/primitives/table.ts';
import type { PrimitiveName, Primitives } from '../../reference/primitives/primitives.ts';
import { createNodePrimitives, NODE_COVERAGE, type NodePrimitivesOptions } from './node.ts';
import { createSodiumPrimitives, SODIUM_COVERAGE } from './sodium.ts';

/** Who does the work of a primitive, or its greater part. */
export type Provider = 'sodium' | 'node' | 'noble';

/** Implementations put together, and who does what. */
export interface FastPrimitives {
  readonly primitives: Primitives;
  readonly providers: Readonly<Record<PrimitiveName, Provider>>;
}

/**
 * Puts the fastest together. Measured side by side, libsodium is ahead of OpenSSL in everything that it does for the port, by
 * a little for agreements and many times for what OpenSSL lacks; OpenSSL is ahead of plain JavaScript in everything it does.
 * `npm run bench` shows both.
 */
export function fastPrimitives(options: NodePrimitivesOptions = {}): FastPrimitives {
  const node = createNodePrimitives(options);
  const sodium = createSodiumPrimitives(node);
  const providerOf = (name: PrimitiveName): Provider =>
    sodium !== undefined && name in SODIUM_COVERAGE ? 'sodium' : NODE_COVERAGE[name] === 'reference' ? 'noble' : 'node';
  const names = Object.keys(PRIMITIVES) as PrimitiveName[];
  return {
    primitives: sodium ?? node,
    providers: Object.freeze(Object.fromEntries(names.map((name) => [name, providerOf(name)])) as Record<PrimitiveName, Provider>),
  };
}
