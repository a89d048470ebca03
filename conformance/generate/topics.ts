/** What a topic of vectors is, and the table of all topics: one entry a file in `vectors/<area>/`. */
import type { Oracle } from '../oracle/oracle.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { Flag, VectorStep } from '../vectors.ts';
import type { Batch, Confirmer } from './batch.ts';
import { interpeerConfirmers } from '../interpeer/confirm.ts';
import { INTERPEER_MUTATION, INTERPEER_TOPICS } from '../interpeer/area.ts';
import { KILT_MUTATION, KILT_TOPICS, kiltConfirmers } from '../kilt/area.ts';
import { E3X_MUTATION, E3X_TOPICS, e3xConfirmers } from '../e3x/area.ts';
import type { NamedTrace } from '../e3x/wire-cases.ts';

/** What a topic is filled from. */
export interface TopicInput {
  readonly root: string;
  readonly oracle: Oracle;
  readonly batch: Batch;
  /** A further file, for topics that come in pairs. */
  readonly also: (topic: string) => Batch;
  /** Takes the flags that explain vectors of the topic. */
  readonly explain: (flags: { readonly [id: string]: Flag }) => void;
}
/** One file of vectors. */
export interface Topic {
  readonly topic: string;
  readonly fill: (input: TopicInput) => void;
}
/** A session whose expectations follow from the spec's constants. */
export interface ConstantSession {
  /** Id of its vector. */
  readonly vector: string;
  readonly steps: readonly VectorStep[];
}
/** How an area's vectors are made. */
export interface AreaTopics {
  readonly confirmers: (spec: AreaSpec) => Promise<Confirmer[]>;
  readonly topics: readonly Topic[];
  /** What spec mutation needs to ask the area's vectors again of a mutated spec; absent where it is not mutated. */
  readonly mutation?: {
    /** The part of the spec that is mutated. */
    readonly part: (spec: AreaSpec) => AreaSpec;
    /** File below conformance/mutants/ that explains what no vector notices. */
    readonly survivors: string;
    readonly namedTraces: readonly NamedTrace[];
    readonly constantSessions: (oracle: Oracle) => readonly ConstantSession[];
  };
}

/** The topics of each area, in the order of the manifest. */
export const AREA_TOPICS: { readonly [area: string]: AreaTopics } = {
  e3x: { confirmers: e3xConfirmers, topics: E3X_TOPICS, mutation: E3X_MUTATION },
  interpeer: { confirmers: interpeerConfirmers, topics: INTERPEER_TOPICS, mutation: INTERPEER_MUTATION },
  kilt: { confirmers: kiltConfirmers, topics: KILT_TOPICS, mutation: KILT_MUTATION },
};
