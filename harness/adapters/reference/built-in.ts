/** The reference as it is built in, over either implementation of the primitives. */
import * as reference from '../../../reference/index.ts';
import { createNodePrimitives } from '../../primitives/node.ts';
import { createHandler, referenceHandler } from './handler.ts';
import type { Handler } from './handler.ts';

/** Who does the arithmetic: plain JavaScript, or node:crypto where it has the primitive, which is faster. */
export const PRIMITIVES_NAMES = ['noble', 'node'] as const;
export type PrimitivesName = (typeof PRIMITIVES_NAMES)[number];

/** The reference over the primitives of that name; the answers are the same. */
export function handlerOver(name: PrimitivesName): Handler {
  return name === 'noble' ? referenceHandler : createHandler(reference, createNodePrimitives());
}

/** Answers whether a text is the name of primitives. */
export function isPrimitivesName(text: string | undefined): text is PrimitivesName {
  return PRIMITIVES_NAMES.some((name) => name === text);
}
