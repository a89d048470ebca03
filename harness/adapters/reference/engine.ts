/**
 * The engine that the adapter drives: everything public of the reference, as one value. The adapter reaches the
 * reference through nothing else, so that a mutated copy can be put in its place.
 */
import type * as reference from '../../../reference/index.ts';

export type Engine = typeof reference;
