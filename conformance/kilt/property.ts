/** What the property files of several topics share: requests of committed vectors, and what is made of damaged ones. */
import type { JsonObject } from '../contract/contract.ts';
import type { Talk } from '../suites/talk.ts';
import type { Vector } from '../vectors.ts';

/** The first request of a vector, to be damaged; undefined if the vector is missing. */
export function paramsOf(vectors: readonly Vector[], id: string): JsonObject | undefined {
  return vectors.find((vector) => vector.id === id)?.steps[0]?.params;
}

/** A damaged input may have several faults, of which an implementation may name any. */
export async function agreeing(talk: Talk, operation: string, damagedParams: JsonObject, good: JsonObject): Promise<void> {
  await talk.agree(operation, damagedParams, { anyClass: true });
  await talk.agree(operation, good);
}
