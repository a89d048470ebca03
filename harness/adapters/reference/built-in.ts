/** The reference as it is built in, over either implementation of the primitives. */
import * as reference from '../../../reference/index.ts';
import { fastPrimitives } from '../../primitives/fast.ts';
import { createNodePrimitives } from '../../primitives/node.ts';
import { createSodiumPrimitives } from '../../primitives/sodium.ts';
import { createHandler, referenceHandler } from './handler.ts';
import type { Handler } from './handler.ts';

/** Who does the arithmetic: plain JavaScript; node:crypto, or libsodium, where it has the primitive; or the fastest for each. */
export const PRIMITIVES_NAMES = ['noble', 'node', 'sodium', 'fast'] as const;
export type PrimitivesName = (typeof PRIMITIVES_NAMES)[number];

/** The primitives of a name are those of a package that is not installed, or has no binary for this machine. */
export class PrimitivesMissing extends Error {
  override readonly name = 'PrimitivesMissing';
}

/** True if what was thrown says that primitives are missing. */
export function isMissing(error: unknown): error is PrimitivesMissing {
  return error instanceof PrimitivesMissing;
}

/**
 * The reference over the primitives of that name; the answers are the same.
 * @throws PrimitivesMissing for `sodium` without sodium-native
 */
export function handlerOver(name: PrimitivesName): Handler {
  switch (name) {
    case 'noble':
      return referenceHandler;
    case 'node':
      return createHandler(reference, createNodePrimitives());
    case 'fast':
      return createHandler(reference, fastPrimitives().primitives);
    case 'sodium': {
      const primitives = createSodiumPrimitives(createNodePrimitives());
      if (primitives === undefined)
        throw new PrimitivesMissing("sodium-native is not installed, or has no binary for this machine; try 'npm install sodium-native'");
      return createHandler(reference, primitives);
    }
  }
}

/** Answers whether a text is the name of primitives. */
export function isPrimitivesName(text: string | undefined): text is PrimitivesName {
  return PRIMITIVES_NAMES.some((name) => name === text);
}
