/** The committed vectors: their shape, and how they are read. Bytes are lower-case hex, u64 decimal strings. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Json, JsonObject } from './contract/contract.ts';
import { expandValue } from './contract/notation.ts';
import { packageRoot } from './contract/paths.ts';

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

/** Why a refused request has no twin, in words. */
export const NO_TWIN_REASONS = {
  'nothing-accepted': 'nothing is accepted in its state, and it is in no earlier one',
  'nothing-shown': 'what is accepted in its state has no effect that can be seen',
  'several-faults': 'nothing is accepted in its state, and earlier ones refuse it for another fault',
} as const;
export type NoTwinReason = keyof typeof NO_TWIN_REASONS;

/** How a twin's request differs from that of its step. */
export interface TwinRequest {
  /** The parameters that are others; those of the step that are not here stay. */
  readonly params: JsonObject;
  /** Names of the step's parameters that are left out. */
  readonly without?: readonly string[];
}
/**
 * What is accepted next to a refused request: it differs from the request in what the deciding clause is about, so that an
 * implementation that refuses without a reason shows that it refuses for this one.
 *
 * - `input`: the same call without its one fault.
 * - `session`: the steps before this one in a fresh session, then another request, which has a visible effect.
 * - `state`: only the first `steps` steps of the vector in a fresh session, then this very request.
 * - `none`: there is no such request.
 */
export type Twin = (
  | ({ readonly kind: 'input' } & TwinRequest)
  | ({ readonly kind: 'session'; readonly operation?: string } & TwinRequest)
  | { readonly kind: 'state'; readonly steps: number }
  | {
      readonly kind: 'none';
      readonly reason: NoTwinReason;
      readonly note?: string;
    }
) & {
  /** That the request is refused even by a specification without the deciding clause: a refusal says nothing about that clause. */
  readonly reasonShown?: false;
};

export interface VectorStep {
  readonly operation: string;
  readonly params: JsonObject;
  readonly expect: Expectation;
  /** Clause that decides this step's answer. */
  readonly requirement: string;
  /** Result members bound to names: `{ session: 'session' }` lets later params say "$session". */
  readonly bind?: { readonly [name: string]: string };
  /** Of a step that is refused. */
  readonly twin?: Twin;
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
  readonly twin?: Twin;
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
  /** Values that are in several vectors. */
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

/** Folders of `vectors/` that hold a topic, sorted, as `area/topic`. */
export function vectorFolders(root: string): string[] {
  return listed(join(root, 'vectors'), (entry) => entry.isDirectory()).flatMap((area) =>
    listed(join(root, 'vectors', area), (entry) => entry.isDirectory()).map((topic) => `${area}/${topic}`),
  );
}

function listed(folder: string, takes: (entry: Dirent) => boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(takes)
    .map(({ name }) => name)
    .sort();
}

/** The texts of one topic by the names of its files, manifest included. */
export type TopicTexts = { readonly [file: string]: string };

/** Where a package keeps its vectors, one file a topic, gzipped; a clone has `vectors/` itself. */
const PACKED_FOLDER = 'dist/vectors';
const PACKED_END = '.json.gz';

/** Writes a package's vectors. @returns bytes written */
export function packVectors(root: string): number {
  rmSync(join(root, PACKED_FOLDER), { recursive: true, force: true });
  return vectorFolders(root).reduce((sum, folder) => {
    const packed = gzipSync(JSON.stringify(topicTexts(root, folder)), {
      level: 9,
    });
    const path = join(root, PACKED_FOLDER, `${folder}${PACKED_END}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, packed);
    return sum + packed.length;
  }, 0);
}

function topicTexts(root: string, folder: string, end = '.json'): TopicTexts {
  const names = listed(join(root, 'vectors', folder), (entry) => entry.name.endsWith(end));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(root, 'vectors', folder, name), 'utf8')]));
}

/**
 * The texts of every topic: of a clone, or of a package. One topic after the other, so that the text of one is gone before that
 * of the next is there.
 *
 * @param end of the names of the files that are needed; a package may give more
 * @param isWanted whether an area is needed
 */
function* allTexts(root: string, end = '.json', isWanted: (area: string) => boolean = () => true): Generator<TopicTexts> {
  const folders = vectorFolders(root);
  for (const folder of folders) if (isWanted(folder.split('/')[0] ?? '')) yield topicTexts(root, folder, end);
  if (folders.length > 0) return;
  const packed = join(root, PACKED_FOLDER);
  for (const area of listed(packed, (entry) => entry.isDirectory()).filter(isWanted)) {
    const files = listed(join(packed, area), (entry) => entry.name.endsWith(PACKED_END));
    for (const topic of files.map((file) => file.slice(0, -PACKED_END.length)).sort())
      yield JSON.parse(gunzipSync(readFileSync(join(packed, area, `${topic}${PACKED_END}`))).toString('utf8')) as TopicTexts;
  }
}

/** The flags of all topics, without their vectors. */
export function readFlags(root: string): Vectors['flags'] {
  const manifests = Array.from(allTexts(root, MANIFEST), (texts) => JSON.parse(texts[MANIFEST] ?? '{}') as Partial<TopicManifest>);
  return Object.assign({}, ...manifests.map(({ flags }) => flags)) as Vectors['flags'];
}

let committed: Vectors | undefined;
/** The vectors of this project itself, read once in a process. */
export function committedVectors(): Vectors {
  return (committed ??= readVectors(packageRoot()));
}

/**
 * Reads every topic's manifest and the files that it names.
 * @param areas whose topics; all if absent
 * @throws Error for a file that is named and not there
 */
export function readVectors(root: string, areas?: readonly string[]): Vectors {
  const isWanted = (area: string): boolean => areas?.includes(area) ?? true;
  const topics = Array.from(allTexts(root, '.json', isWanted), (texts) => {
    const text = (name: string): string => {
      const found = texts[name];
      if (found === undefined) throw new Error(`vectors: ${name} is missing next to its manifest`);
      return found;
    };
    const manifest = JSON.parse(text(MANIFEST)) as TopicManifest;
    return {
      manifest,
      files: manifest.files.map(({ file }) => expandFile(JSON.parse(text(file)) as WrittenFile)),
    };
  });
  return {
    manifests: topics.map(({ manifest }) => manifest),
    files: topics.flatMap(({ files }) => files),
    flags: Object.assign({}, ...topics.map(({ manifest }) => manifest.flags)) as Vectors['flags'],
  };
}

/** What a step is about, and not what it sends in full. */
export interface StepHead extends Pick<VectorStep, 'operation' | 'bind'> {
  /** Each as it is written: a name stands for itself, what is long may be abbreviated. */
  readonly params: JsonObject;
  /** That of the vector where absent. */
  readonly requirement?: string;
  /** Whether it is refused; the members of an answer are as they are written. */
  readonly expect: Expectation;
}
/** Steps of vectors that were read, as they are written, with the values that their file names. */
const written = new WeakMap<Vector, Written>();
interface Written {
  readonly steps: readonly WrittenStep[];
  readonly values: JsonObject;
  /** The steps, each as often as it is played; kept, since every list of checks asks for them several times. */
  heads?: readonly WrittenStep[];
}

/** What the steps of a vector are about: all that is needed to list checks, without writing out any value. */
export function headsOf(vector: Vector): readonly StepHead[] {
  const known = written.get(vector);
  if (known === undefined) return vector.steps;
  return (known.heads ??= isRepeating(known.steps)
    ? known.steps.flatMap((step) => Array.from({ length: step.times ?? 1 }, () => step))
    : known.steps);
}

function isRepeating(steps: readonly WrittenStep[]): boolean {
  return steps.some(({ times }) => times !== undefined);
}

/** Some parameters of a step, written out: those that it has. What is not asked for costs nothing. @param at index of the step */
export function paramsNamed(vector: Vector, at: number, names: Iterable<string>): JsonObject {
  const known = written.get(vector);
  const isRepeated = known !== undefined && isRepeating(known.steps);
  const params = (isRepeated ? undefined : known?.steps[at])?.params ?? vector.steps[at]?.params ?? {};
  const values = isRepeated ? {} : known?.values;
  return Object.fromEntries(
    Array.from(names).flatMap((name): [string, Json][] => {
      const value = params[name];
      return value === undefined ? [] : [[name, expandValue(value, values)]];
    }),
  );
}

/** The operations that a vector asks, each once. */
export function operationsOf(vector: Vector): string[] {
  return [...new Set(headsOf(vector).map(({ operation }) => operation))];
}

/** A file with every vector written out. @throws Error for an opening or a value that is not there */
export function expandFile({ openings = {}, values = {}, vectors, ...head }: WrittenFile): VectorFile {
  const known = new Map(Object.entries(openings).map(([name, steps]) => [name, steps.map((step) => withMembers(step, values))] as const));
  return {
    ...head,
    vectors: vectors.map(({ opening, steps: own, ...about }) => {
      const first = opening === undefined ? [] : known.get(opening);
      if (first === undefined) throw new Error(`${about.id}: there is no opening ${String(opening)}`);
      const all = [...first, ...own.map((step) => withMembers(step, values))];
      // Written out when somebody looks, and kept as long as somebody does: most commands want to know which checks there are, and
      // not what they send, and those that send it are done with a vector before they come to the next.
      let kept: WeakRef<readonly VectorStep[]> | undefined;
      const vector: Vector = {
        ...about,
        get steps() {
          const known = kept?.deref();
          if (known !== undefined) return known;
          const steps = all.flatMap((step) => expandStep(step, about.requirement, values));
          kept = new WeakRef(steps);
          return steps;
        },
      };
      written.set(vector, { steps: all, values });
      return vector;
    }),
  };
}

/** A step whose parameters and answer, if they are written as the name of a value, are that value, itself as it is written. */
function withMembers(step: WrittenStep, values: JsonObject): WrittenStep {
  const params = named(step.params, values);
  const ok = 'ok' in step.expect ? named(step.expect.ok, values) : undefined;
  if (params === step.params && (ok === undefined || ('ok' in step.expect && ok === step.expect.ok))) return step;
  return { ...step, params, ...(ok === undefined ? {} : { expect: { ok } }) };
}

function named(value: JsonObject, values: JsonObject): JsonObject {
  const name = value['$value'];
  return typeof name === 'string' && Object.hasOwn(values, name) ? named(values[name] as JsonObject, values) : value;
}

function expandStep({ times = 1, requirement, params, expect, ...step }: WrittenStep, of: string, values: JsonObject): VectorStep[] {
  const { bind, twin, ...rest } = step;
  return Array.from({ length: times }, (_, turn) => {
    let own: JsonObject | undefined;
    let result: JsonObject | undefined;
    return {
      ...rest,
      get params() {
        return (own ??= expandValue(params, values, turn) as JsonObject);
      },
      expect:
        'reject' in expect
          ? expect
          : {
              get ok() {
                return (result ??= expandValue(expect.ok, values, turn) as JsonObject);
              },
            },
      requirement: requirement ?? of,
      ...(bind === undefined ? {} : { bind }),
      ...(twin === undefined ? {} : { twin: expandTwin(twin, values, turn) }),
    };
  });
}

function expandTwin(twin: Twin, values: JsonObject, turn: number): Twin {
  if (!('params' in twin)) return twin;
  let params: JsonObject | undefined;
  return {
    ...twin,
    get params() {
      return (params ??= expandValue(twin.params, values, turn) as JsonObject);
    },
  };
}

/** The request of a twin: that of its step with what differs. `undefined` where there is none. */
export function twinRequest({
  operation,
  params,
  twin,
}: Pick<VectorStep, 'operation' | 'params' | 'twin'>): { readonly operation: string; readonly params: JsonObject } | undefined {
  if (twin === undefined || twin.kind === 'none') return undefined;
  if (twin.kind === 'state') return { operation, params };
  const left = Object.entries(params).filter(([name]) => twin.without?.includes(name) !== true);
  return {
    operation: (twin.kind === 'session' ? twin.operation : undefined) ?? operation,
    params: { ...Object.fromEntries(left), ...twin.params },
  };
}
