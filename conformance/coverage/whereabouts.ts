/** Where a clause stands on each floor: the line that says it, what decides it, asks it, does it, and breaks it on purpose. */
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
  /** The modules that make the topic's vectors and generated checks. */
  readonly suites: readonly string[];
  /** Lines of the reference, tests aside; none in a package without sources. */
  readonly reference: readonly string[];
  readonly mutants: readonly { readonly id: string; readonly place: string }[];
}

/** Looks a clause up on every floor. */
export function whereaboutsOf(root: string, spec: AreaSpec, clause: string, files: readonly VectorFile[]): Whereabouts {
  const topic = spec.topics.find(({ requirements }) => requirements.includes(clause))?.topic ?? '';
  const inSpec = linesWith(root, `spec/${spec.area}`, clause, (path) => /\.(yaml|json)$/.test(path) && !path.includes('/evidence/'));
  const isSaying = (place: string): boolean => /\/requirements\.yaml:/.test(place);
  const suiteFolder = `conformance/${spec.area}/${topic}`;
  return {
    said: inSpec.filter(({ place, text }) => isSaying(place) && /^\s*- id:/.test(text)).map(({ place }) => place),
    decided: inSpec.filter(({ place }) => !isSaying(place) && !/\/(topic|profiles)\.yaml:/.test(place)).map(({ place }) => place),
    vectors: files.flatMap(({ area, topic: of, subject, vectors }) => {
      const count = vectors.filter(({ requirement }) => requirement === clause).length;
      return count === 0 ? [] : [{ file: `vectors/${area}/${of}/${subject}.json`, count }];
    }),
    suites: ['vectors.ts', 'properties.ts'].map((file) => `${suiteFolder}/${file}`).filter((path) => existsSync(join(root, path))),
    reference: linesWith(root, 'reference', clause, (path) => path.endsWith('.ts') && !path.endsWith('.test.ts')).map(({ place }) => place),
    mutants: mutantsOf(root, spec).flatMap((file) =>
      file.mutants
        .filter(({ breaks }) => breaks === clause)
        .map(({ id }) => {
          const path = `conformance/${file.area}/${file.topic}/mutants.yaml`;
          const [found] = linesIn(root, path, `- id: ${id}`);
          return { id, place: found?.place ?? path };
        }),
    ),
  };
}

interface Line {
  readonly place: string;
  readonly text: string;
}

function linesWith(root: string, folder: string, wanted: string, takes: (path: string) => boolean): Line[] {
  if (!existsSync(join(root, folder))) return [];
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter(takes)
    .sort()
    .flatMap((path) => linesIn(root, path, wanted));
}

function linesIn(root: string, path: string, wanted: string): Line[] {
  return readFileSync(join(root, path), 'utf8')
    .split('\n')
    .flatMap((text, i) => (text.includes(wanted) ? [{ place: `${path}:${String(i + 1)}`, text }] : []));
}
