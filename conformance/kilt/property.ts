/** What the property files of several topics share: requests of committed vectors, and what is made of damaged ones. */
import type { JsonObject } from '../contract/contract.ts';
import type { Talk } from '../suites/talk.ts';
import { headsOf, paramsNamed, type Vector } from '../vectors.ts';

/** The first request of a vector, to be damaged; undefined if the vector is missing. */
export function paramsOf(vectors: readonly Vector[], id: string): JsonObject | undefined {
  return vectors.find((vector) => vector.id === id)?.steps[0]?.params;
}

/** A damaged input may have several faults, of which an implementation may name any. */
export async function agreeing(talk: Talk, operation: string, damagedParams: JsonObject, good: JsonObject): Promise<void> {
  await talk.agree(operation, damagedParams, { anyClass: true });
  await talk.agree(operation, good);
}

/** DIDs of the committed vectors, light and full, short enough to be in many places of one request. */
export function didsIn(vectors: readonly Vector[]): string[] {
  const read = vectors.flatMap((vector) =>
    headsOf(vector).flatMap(({ operation, expect }, at) => {
      if (operation !== 'kilt.did.parse' || !('ok' in expect)) return [];
      const { did } = paramsNamed(vector, at, ['did']);
      return typeof did === 'string' && !did.includes('#') ? [did] : [];
    }),
  );
  return [...new Set(read)].filter((did) => did.length <= DID_LENGTH).slice(0, DIDS_MAX);
}
const DID_LENGTH = 200;
const DIDS_MAX = 12;
