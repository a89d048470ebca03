/**
 * What the suites ask, as a list that outlives names and places: each vector by its area, its clause and the digest of
 * its steps, each generated check by its id. Two lists side by side say what a change has added and removed.
 */
import { createHash } from 'node:crypto';
import type { Area } from '../suites/areas.ts';
import { isGenerated } from '../mutants/matrix.ts';
import { contractChecks } from '../suites/contract.ts';

export interface InventoryVector {
  readonly id: string;
  readonly area: string;
  readonly requirement: string;
  /** SHA-256 of the steps as JSON, every notation written out and twins left out: they are no part of what a vector asks. */
  readonly sha256: string;
}
export interface Inventory {
  readonly vectors: readonly InventoryVector[];
  /** Ids of the checks that are generated afresh in each run, sorted. */
  readonly generated: readonly string[];
}
export interface InventoryChange {
  /** What is in the new list and not in the old one. */
  readonly added: readonly InventoryVector[];
  readonly removed: readonly InventoryVector[];
  /** The same content under another id. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly generatedAdded: readonly string[];
  readonly generatedRemoved: readonly string[];
}

/** Lists the checks of all areas. */
export function inventoryOf(areas: readonly Area[]): Inventory {
  const vectors = areas.flatMap(({ spec, vectors: own }) =>
    own.map(({ id, requirement, steps }) => ({
      id,
      area: spec.area,
      requirement,
      sha256: createHash('sha256')
        .update(JSON.stringify(steps.map(({ twin: _, ...step }) => step)))
        .digest('hex'),
    })),
  );
  const noPeer = (): never => {
    throw new Error('nothing is run here');
  };
  const contract = contractChecks(areas);
  const generated = [...areas.flatMap((area) => [...area.checks.filter(isGenerated), ...area.pairs(noPeer)]), ...contract];
  return { vectors, generated: generated.map(({ id }) => id).sort() };
}

/** Compares two lists as multisets of contents; a content that only changed its id is renamed. */
export function compareInventories(before: Inventory, after: Inventory): InventoryChange {
  const key = ({ area, requirement, sha256 }: InventoryVector): string => `${area} ${requirement} ${sha256}`;
  const left = new Map<string, InventoryVector[]>();
  for (const vector of before.vectors) left.set(key(vector), [...(left.get(key(vector)) ?? []), vector]);
  const added: InventoryVector[] = [];
  const renamed: { from: string; to: string }[] = [];
  for (const vector of after.vectors) {
    const same = left.get(key(vector)) ?? [];
    const own = same.find(({ id }) => id === vector.id) ?? same[0];
    if (own === undefined) added.push(vector);
    else {
      left.set(
        key(vector),
        same.filter((other) => other !== own),
      );
      if (own.id !== vector.id) renamed.push({ from: own.id, to: vector.id });
    }
  }
  const without = (some: readonly string[], others: readonly string[]): string[] => {
    const known = new Set(others);
    return some.filter((id) => !known.has(id));
  };
  return {
    added,
    removed: [...left.values()].flat(),
    renamed,
    generatedAdded: without(after.generated, before.generated),
    generatedRemoved: without(before.generated, after.generated),
  };
}
