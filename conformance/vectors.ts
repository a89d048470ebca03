/** The committed vectors: their shape, and how they are read. Bytes are lower-case hex, u64 decimal strings. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from './contract/contract.ts';
import { expandValue } from './contract/notation.ts';

/** What must come back. Exactly one class for a reject: a vector has one failure. */
export type Expectation = { readonly ok: JsonObject } | { readonly reject: string };

/** How a vector came to be. */
export type VectorKind =
  | 'boundary'
  | 'truncation'
  | 'trailing'
  | 'constant'
  | 'range'
  | 'overflow'
  | 'non-canonical'
  | 'json'
  | 'json-bytes'
  | 'example'
  | 'limit'
  | 'trace'
  | 'evidence';

export interface VectorStep {
  readonly operation: string;
  readonly params: JsonObject;
  readonly expect: Expectation;
  /** Clause that decides this step's answer. */
  readonly requirement: string;
  /** Result members bound to names: `{ session: 'session' }` lets later params say "$session". */
  readonly bind?: { readonly [name: string]: string };
}
export interface Vector {
  readonly id: string;
  readonly title: string;
  readonly kind: VectorKind;
  /** The one clause this vector is about. */
  readonly requirement: string;
  readonly steps: readonly VectorStep[];
  /** Who, other than the reference, says that the expectation is right. */
  readonly oracles: readonly string[];
  /** Ids in the manifest's flag dictionary. */
  readonly flags?: readonly string[];
}
/** A step as it is written: long values in notation, what follows from the vector left out. */
export interface WrittenStep {
  readonly operation: string;
  readonly params: JsonObject;
  readonly expect: Expectation;
  /** That of the vector where absent. */
  readonly requirement?: string;
  readonly bind?: { readonly [name: string]: string };
  /** How many equal steps it stands for; one where absent. */
  readonly times?: number;
}
/** A vector as it is written. */
export interface WrittenVector extends Omit<Vector, 'steps'> {
  /** Name of the steps with which it begins, in the `openings` of its file. */
  readonly opening?: string;
  readonly steps: readonly WrittenStep[];
}
/** A file of vectors as it is written. */
export interface WrittenFile extends Omit<VectorFile, 'vectors'> {
  /** Values that stand in several vectors. */
  readonly values?: JsonObject;
  readonly openings?: { readonly [name: string]: readonly WrittenStep[] };
  readonly vectors: readonly WrittenVector[];
}
export interface VectorFile {
  readonly area: string;
  readonly topic: string;
  /** Name of the file in its topic's folder. */
  readonly subject: string;
  readonly revision: string;
  readonly vectors: readonly Vector[];
}
/** Explains a flag: what sort of bug, what it causes, where to read on. */
export interface Flag {
  readonly bugType: string;
  readonly effect: string;
  readonly description: string;
  readonly links: readonly string[];
}
/** Name of the manifest in each topic's folder. */
export const MANIFEST = 'manifest.json';

/** `vectors/<area>/<topic>/manifest.json`. */
export interface TopicManifest {
  readonly area: string;
  readonly topic: string;
  readonly revision: string;
  readonly generator: string;
  readonly seed: string;
  readonly files: readonly {
    /** Name in the folder of the topic. */
    readonly file: string;
    readonly sha256: string;
    readonly vectors: number;
    readonly operations: readonly string[];
    readonly requirements: readonly string[];
    readonly oracles: { readonly [oracle: string]: number };
  }[];
  /** Those that vectors of the topic name. */
  readonly flags: { readonly [id: string]: Flag };
}
/** All committed vectors. */
export interface Vectors {
  readonly manifests: readonly TopicManifest[];
  readonly files: readonly VectorFile[];
  /** Of all topics. */
  readonly flags: { readonly [id: string]: Flag };
}

/** Folders of `vectors/` that hold a topic, sorted. */
export function vectorFolders(root: string): string[] {
  const base = join(root, 'vectors');
  if (!existsSync(base)) return [];
  const folders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  return folders(base).flatMap((area) => folders(join(base, area)).map((topic) => `${area}/${topic}`));
}

/**
 * Reads every topic's manifest and the files that it names.
 *
 * @param order topics as `area/topic`, in the order in which they are wanted; others follow by name
 * @throws Error for a topic without a manifest, or a file that is named and not there
 */
export function readVectors(root: string, order: readonly string[] = []): Vectors {
  const place = (folder: string): number => (order.includes(folder) ? order.indexOf(folder) : order.length);
  const folders = vectorFolders(root).sort((a, b) => place(a) - place(b));
  const manifests = folders.map((folder) => JSON.parse(readFileSync(join(root, 'vectors', folder, MANIFEST), 'utf8')) as TopicManifest);
  const files = manifests.flatMap(({ area, topic, files: named }) =>
    named.map(({ file }) => expandFile(JSON.parse(readFileSync(join(root, 'vectors', area, topic, file), 'utf8')) as WrittenFile)),
  );
  return { manifests, files, flags: Object.assign({}, ...manifests.map(({ flags }) => flags)) as Vectors['flags'] };
}

/** A file with every vector written out. @throws Error for an opening or a value that is not there */
export function expandFile({ openings = {}, values = {}, vectors, ...head }: WrittenFile): VectorFile {
  return {
    ...head,
    vectors: vectors.map(({ opening, steps, ...vector }) => {
      const first = opening === undefined ? [] : openings[opening];
      if (first === undefined) throw new Error(`${vector.id}: there is no opening ${String(opening)}`);
      return { ...vector, steps: [...first, ...steps].flatMap((step) => expandStep(step, vector.requirement, values)) };
    }),
  };
}

function expandStep({ times = 1, requirement, params, expect, ...step }: WrittenStep, of: string, values: JsonObject): VectorStep[] {
  const { bind, ...rest } = step;
  return Array.from({ length: times }, (_, turn) => ({
    ...rest,
    params: expandValue(params, values, turn) as JsonObject,
    expect: expandValue(expect as JsonObject, values, turn) as Expectation,
    requirement: requirement ?? of,
    ...(bind === undefined ? {} : { bind }),
  }));
}
