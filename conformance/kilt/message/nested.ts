import type { JsonObject } from '../../contract/contract.ts';

/** Objects in objects, so many levels deep: envelopes and messages both have a bound on them. */
export function nested(levels: number): JsonObject {
  return levels === 1 ? {} : { a: nested(levels - 1) };
}
