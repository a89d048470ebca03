/** The committed vectors: their shape, and how they are read. Bytes are lower-case hex, u64 decimal strings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from './contract/contract.ts';

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
  | 'lifecycle'
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
export interface VectorFile {
  readonly area: string;
  readonly topic: string;
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
export interface Manifest {
  readonly generator: string;
  readonly seed: string;
  readonly revisions: { readonly [area: string]: string };
  readonly files: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly vectors: number;
    readonly operations: readonly string[];
    readonly requirements: readonly string[];
    readonly oracles: { readonly [oracle: string]: number };
  }[];
  readonly flags: { readonly [id: string]: Flag };
}

/** Reads the manifest and every file it names. @throws Error when a file on disk is not named, or the reverse */
export function readVectors(root: string): { manifest: Manifest; files: VectorFile[] } {
  const manifest = JSON.parse(readFileSync(join(root, 'vectors', 'manifest.json'), 'utf8')) as Manifest;
  const files = manifest.files.map((f) => JSON.parse(readFileSync(join(root, 'vectors', f.file), 'utf8')) as VectorFile);
  return { manifest, files };
}
