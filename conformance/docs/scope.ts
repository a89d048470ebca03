/** What the sections of a topic's page are made from. */
import type { Whereabouts } from '../coverage/whereabouts.ts';
import type { AreaSpec, TopicSpec } from '../spec/types.ts';
import type { VectorFile } from '../vectors.ts';
import type { Links } from './atlas.ts';

export interface Scope {
  readonly root: string;
  readonly spec: AreaSpec;
  readonly topic: TopicSpec;
  readonly links: Links;
  readonly vectors: readonly VectorFile[];
  readonly whereabouts: (clause: string) => Whereabouts;
  /** File names in `docs/adr/`. */
  readonly adrs: readonly string[];
}

/** What of an area's list has one of these names, in the order of the list. */
export function named<T, K extends keyof T>(list: readonly T[], key: K, names: readonly string[]): T[] {
  return list.filter((entry) => names.includes(String(entry[key])));
}
