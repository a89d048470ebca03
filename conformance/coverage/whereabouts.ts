/** Where a clause is in each layer: the line that states it, what decides, tests and implements it, and what breaks it on purpose. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutantsOf } from '../mutants/mutants.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { VectorFile } from '../vectors.ts';

/** Places as `path:line`, relative to the package. */
export interface Whereabouts {
  /** The line of `requirements.yaml` that has the text. */
  readonly said: readonly string[];
  /** Other lines of the spec's data that name the clause. */
  readonly decided: readonly string[];
  /** Files of vectors, with the number of vectors about the clause. */
  readonly vectors: readonly { readonly file: string; readonly count: number }[];
  /** The modules that make the topic's vectors and generated checks: the lines that name the clause, or the module where none does. */
  readonly suites: readonly string[];
  /** Lines of the reference, tests aside; none in a package without sources. */
  readonly reference: readonly string[];
  readonly mutants: readonly { readonly id: string; readonly place: string }[];
}

/** Looks a clause up in every layer. */
export function whereaboutsOf(root: string, spec: AreaSpec, clause: string, files: readonly VectorFile[]): Whereabouts {
  return whereaboutsIn(root, spec, files)(clause);
}

/** Looks up many clauses of an area; every layer is read once. */
export function whereaboutsIn(root: string, spec: AreaSpec, files: readonly VectorFile[]): (clause: string) => Whereabouts {
  const inSpec = linesByClause(root, `spec/${spec.area}`, (path) => /\.(yaml|json)$/.test(path) && !path.includes('/evidence/'));
  const inReference = linesByClause(root, 'reference', (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  const mutants = new Map<string, readonly { readonly id: string; readonly breaks: string; readonly place: string }[]>();
  // A mutant breaks a clause of its own topic; reading those of all topics takes long.
  const mutantsIn = (topic: string): ReturnType<typeof placedMutants> => {
    const found = mutants.get(topic) ?? placedMutants(root, spec, topic);
    mutants.set(topic, found);
    return found;
  };
  const isSaying = (place: string): boolean => /\/requirements\.yaml:/.test(place);
  return (clause) => {
    const topic = spec.topics.find(({ requirements }) => requirements.includes(clause))?.topic ?? '';
    const suiteFolder = `conformance/${spec.area}/${topic}`;
    const found = inSpec.get(clause) ?? [];
    return {
      said: found.filter(({ place, text }) => isSaying(place) && /^\s*- id:/.test(text)).map(({ place }) => place),
      decided: found.filter(({ place }) => !isSaying(place) && !/\/(topic|profiles)\.yaml:/.test(place)).map(({ place }) => place),
      vectors: files.flatMap(({ area, topic: of, subject, vectors }) => {
        const count = vectors.filter(({ requirement }) => requirement === clause).length;
        return count === 0 ? [] : [{ file: `vectors/${area}/${of}/${subject}.json`, count }];
      }),
      suites: ['vectors.ts', 'properties.ts']
        .map((file) => `${suiteFolder}/${file}`)
        .filter((path) => existsSync(join(root, path)))
        .flatMap((path) => {
          const naming = linesOf(root, path).filter(({ text }) => text.includes(clause));
          return naming.length === 0 ? [path] : naming.map(({ place }) => place);
        }),
      reference: (inReference.get(clause) ?? []).map(({ place }) => place),
      mutants: mutantsIn(topic).flatMap(({ id, breaks, place }) => (breaks === clause ? [{ id, place }] : [])),
    };
  };
}

/** The mutants of a topic, each with the line that begins it. */
function placedMutants(
  root: string,
  spec: AreaSpec,
  topic: string,
): readonly { readonly id: string; readonly breaks: string; readonly place: string }[] {
  const topics = spec.topics.filter((one) => one.topic === topic);
  return mutantsOf(root, { area: spec.area, topics }).flatMap((file) => {
    const path = `conformance/${file.area}/${file.topic}/mutants.yaml`;
    const lines = linesOf(root, path);
    return file.mutants.map(({ id, breaks }) => ({
      id,
      breaks,
      place: lines.find(({ text }) => text.includes(`- id: ${id}`))?.place ?? path,
    }));
  });
}

interface Line {
  readonly place: string;
  readonly text: string;
}

const CLAUSE = /\b[A-Z0-9]{3}-[A-Z0-9]{3}-\d{3}\b/g;

/** The lines of a folder's files that name each clause. */
function linesByClause(root: string, folder: string, takes: (path: string) => boolean): Map<string, Line[]> {
  const found = new Map<string, Line[]>();
  if (!existsSync(join(root, folder))) return found;
  const paths = (readdirSync(join(root, folder), { recursive: true }) as string[])
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter(takes)
    .sort();
  for (const line of paths.flatMap((path) => linesOf(root, path)))
    for (const clause of new Set(line.text.match(CLAUSE))) found.set(clause, [...(found.get(clause) ?? []), line]);
  return found;
}

function linesOf(root: string, path: string): Line[] {
  return readFileSync(join(root, path), 'utf8')
    .split('\n')
    .map((text, i) => ({ place: `${path}:${String(i + 1)}`, text }));
}
