/** Cases of an operation that reads one thing: what is taken, and what is refused next to what is right. */
import type { VectorKind } from '../vectors.ts';
import type { Batch } from './batch.ts';

/** Adds a case; `rejects` is the class of a refusal. */
export type AddRead = (name: string, title: string, hex: string, about: string, rejects?: string) => void;

/**
 * Cases of one operation.
 * @param member name of its only parameter
 * @param right what is taken, next to which everything else is refused; without it, twins are looked for
 */
export function readsOf(batch: Batch, operation: string, member: string, right?: string, kind: VectorKind = 'boundary'): AddRead {
  const base = right === undefined ? {} : { base: { [member]: right } };
  return (name, title, hex, about, rejects) => {
    const outcome = rejects === undefined ? { accepts: true as const } : { rejects, ...base };
    batch.add({
      name,
      title,
      kind: rejects === 'truncated' ? 'truncation' : kind,
      operation,
      params: { [member]: hex },
      about,
      ...outcome,
    });
  };
}
