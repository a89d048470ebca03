/** The cases of one operation that differ from a usual request in a few members. */
import type { JsonObject } from '../contract/contract.ts';
import type { Batch } from './batch.ts';

/**
 * Adds a case.
 * @param changes members that are not the usual ones
 * @param rejects the reject class; absent if the request is accepted
 * @param base the request without its fault; the usual one if absent
 */
export type AddCase = (name: string, title: string, changes: JsonObject, about: string, rejects?: string, base?: JsonObject) => void;

/** Adds cases of an operation to a batch. */
export function casesOf(batch: Batch, operation: string, usual: JsonObject): AddCase {
  return (name, title, changes, about, rejects, base = usual) =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation,
      params: { ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base }),
    });
}
