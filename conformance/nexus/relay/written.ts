/** Cases of operations that write something: what is written, and what is refused next to it. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';

/** Adds a case; `changes` are to the usual parameters, those that are undefined are left out. */
export type AddWritten = (
  name: string,
  title: string,
  changes: { readonly [member: string]: JsonObject[string] | undefined },
  about: string,
  rejects?: string,
) => void;

/** @param usual parameters that are taken */
export function writesOf(batch: Batch, operation: string, usual: JsonObject): AddWritten {
  return (name, title, changes, about, rejects) => {
    const given = Object.entries({ ...usual, ...changes }).filter(([, value]) => value !== undefined);
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation,
      params: Object.fromEntries(given) as JsonObject,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base: usual }),
    });
  };
}
