/**
 * The code that areas and topics contribute. The generators and suites name none of them: their caller passes the registry of
 * `conformance/areas.ts`, and a topic reaches its area through the generated index next to the area's module.
 */
import type { Check } from '../contract/check.ts';
import type { Flow } from '../cross/flow.ts';
import type { Batch, Confirmer, VectorSink } from '../generate/batch.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { BASE_PRIMITIVES, type Primitives } from '../oracle/primitives.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { Flag, Vector, VectorStep } from '../vectors.ts';
import type { Hints } from './arbitraries.ts';
import type { Judge } from './judge.ts';

/** What the vectors of a subject are made from. */
export interface SubjectInput {
  readonly root: string;
  readonly oracle: Oracle;
  readonly batch: Batch;
}
/** One file of vectors: `vectors/<area>/<topic>/<subject>.json`. */
export interface Subject {
  readonly subject: string;
  readonly fill: (input: SubjectInput) => void;
}
/** A session whose expectations follow from the spec's constants. */
export interface ConstantSession {
  /** Id of its vector. */
  readonly vector: string;
  readonly steps: readonly VectorStep[];
}
/** The module `vectors.ts` of a topic. */
export interface TopicVectors {
  readonly subjects: readonly Subject[];
  readonly constantSessions?: (oracle: Oracle) => readonly ConstantSession[];
  /** Prefixes of the operations that spec mutation calls again; none if absent. */
  readonly mutated?: readonly string[];
}

/** What generated checks are made from. */
export interface SuiteInput {
  readonly oracle: Oracle;
  readonly judge: Judge;
  /** The committed vectors of the area. */
  readonly vectors: readonly Vector[];
  /** Time one check may take at effort 1, milliseconds. */
  readonly limitMs: number;
  /** How requests of the area are drawn. */
  readonly hints: readonly Hints[];
}
/** The module `properties.ts` of a topic. */
export interface TopicProperties {
  readonly checks?: (input: SuiteInput) => readonly Check[];
  /** How its requests are drawn, if their declaration says too little. */
  readonly hints?: Hints;
  readonly flows?: (oracle: Oracle, vectors: readonly Vector[]) => readonly Flow[];
}

export interface TopicModule {
  /** As in `spec/<area>/<topic>/`. */
  readonly topic: string;
  readonly vectors?: TopicVectors;
  readonly properties?: TopicProperties;
}

/** What evidence of several topics is made from. */
export interface EvidenceInput {
  readonly root: string;
  readonly oracle: Oracle;
  /** Takes vectors of any topic: each is in `vectors/<area>/<topic>/<subject>.json` of the topic of its first operation. */
  readonly into: (subject: string) => VectorSink;
}

export interface AreaModule {
  /** As in `spec/<area>/`. */
  readonly area: string;
  readonly topics: readonly TopicModule[];
  /** What the models of the area call and third-party code computes. */
  readonly primitives: Primitives;
  /** What confirms its vectors besides the interpreter. */
  readonly confirmers: (spec: AreaSpec, oracle: Oracle) => Promise<readonly Confirmer[]>;
  /** Imports the answers of third-party implementations; returns the flags that explain where they deviate. */
  readonly evidence?: (input: EvidenceInput) => { readonly [id: string]: Flag };
  /**
   * True if requests of its operations are drawn from their declarations (differential checks, fuzz, pairs); otherwise
   * topics draw their own.
   */
  readonly isDrawn: boolean;
}

/** The areas, and the primitives of all of them. */
export interface Registry {
  readonly areas: readonly AreaModule[];
  readonly primitives: Primitives;
}

/** @throws Error if two areas define primitives with the same name */
export function registryOf(areas: readonly AreaModule[]): Registry {
  return { areas, primitives: primitivesOf(areas) };
}

/** Those of all models and those of areas. @throws Error if two areas define some with the same name */
export function primitivesOf(areas: readonly Pick<AreaModule, 'area' | 'primitives'>[]): Primitives {
  const primitives = new Map(Object.entries(BASE_PRIMITIVES));
  for (const { area, primitives: own } of areas) {
    for (const [name, primitive] of Object.entries(own)) {
      if (primitives.has(name)) throw new Error(`${area}: a primitive '${name}' already exists`);
      primitives.set(name, primitive);
    }
  }
  return Object.fromEntries(primitives);
}

/** The code of an area. @throws Error for one that is in the spec but not in `conformance/areas.ts` */
export function moduleOf(registry: Registry, area: string): AreaModule {
  const found = registry.areas.find((module) => module.area === area);
  if (found === undefined) throw new Error(`conformance/areas.ts has no area ${area}`);
  return found;
}

/** The hints of an area's topics, in the order of the topics. */
export function hintsOf(module: AreaModule): Hints[] {
  return module.topics.flatMap(({ properties }) => properties?.hints ?? []);
}
