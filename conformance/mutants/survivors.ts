/**
 * Random mutants that no check can kill, and why: `conformance/<area>/<topic>/survivors.yaml`, and
 * `conformance/mutants/survivors.yaml` for what all topics share. An explanation names its mutant by what it changes;
 * one that names no mutant of the source any more is an error.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MutantError } from './mutants.ts';
import { topicOf, type RandomMutant } from './random.ts';

/** One mutant, as an explanation names it. */
export interface NamedMutant extends Pick<RandomMutant, 'file' | 'mutator' | 'before' | 'after'> {
  /** Where the file has several places that are changed alike. */
  readonly nth?: number;
}
/** Mutants that survive for one reason. */
export interface Explanation {
  readonly reason: string;
  readonly mutants: readonly NamedMutant[];
}
/** The explanations of one file. */
export interface Explanations {
  /** Path below the package. */
  readonly path: string;
  /** A topic, or a folder that all topics share, as `topicOf` names them. */
  readonly topic: string;
  readonly survivors: readonly Explanation[];
}

const SHARED = 'conformance/mutants/survivors.yaml';

/**
 * Reads the explanations of topics.
 * @param topics as `topicOf` names them
 * @throws MutantError for an entry without a reason, or one that stands in the file of another topic
 */
export function readExplanations(root: string, topics: readonly string[]): Explanations[] {
  return topics.flatMap((topic) => {
    const path = topic.includes('/') ? `conformance/${topic}/survivors.yaml` : SHARED;
    if (!existsSync(join(root, path))) return [];
    const { survivors } = parse(readFileSync(join(root, path), 'utf8')) as Pick<Explanations, 'survivors'>;
    return [explanationsOf(path, topic, survivors)];
  });
}

function explanationsOf(path: string, topic: string, survivors: readonly Explanation[]): Explanations {
  const isShared = path === SHARED;
  for (const { reason, mutants } of survivors) {
    if (typeof reason !== 'string' || reason.trim() === '') throw new MutantError(`${path}: an entry without a reason`);
    for (const { file } of mutants)
      if (isShared ? topicOf(file).includes('/') : topicOf(file) !== topic)
        throw new MutantError(`${path}: reference/${file} belongs to ${topicOf(file)}; explain it there`);
  }
  const own = survivors.map(({ reason, mutants }) => ({ reason, mutants: mutants.filter(({ file }) => topicOf(file) === topic) }));
  return { path, topic, survivors: own };
}

/** What the explanations say of the mutants there are. */
export interface Explained {
  /** The reason, by the id of the mutant. */
  readonly reasons: ReadonlyMap<string, string>;
  /** What is wrong with the files: entries that name no mutant, several, or one that is named already. */
  readonly faults: readonly string[];
}

/** Finds the mutants that are explained. */
export function explained(files: readonly Explanations[], mutants: readonly RandomMutant[]): Explained {
  const reasons = new Map<string, string>();
  const faults: string[] = [];
  for (const { path, survivors } of files)
    for (const { reason, mutants: named } of survivors)
      for (const entry of named) {
        const found = mutants.filter((mutant) => isNamed(mutant, entry));
        const [only] = found;
        const what = `${path}: ${entry.file} ${entry.mutator} '${entry.before}' -> '${entry.after}'`;
        if (only === undefined) faults.push(`${what}: the reference has no such mutant any more; remove or correct the entry`);
        else if (found.length > 1) faults.push(`${what}: ${String(found.length)} places are changed alike; say which one by nth`);
        else if (reasons.has(only.id)) faults.push(`${what}: explained twice`);
        else reasons.set(only.id, reason.trim());
      }
  return { reasons, faults };
}

function isNamed(mutant: RandomMutant, { file, mutator, before, after, nth }: NamedMutant): boolean {
  return (
    mutant.file === file &&
    mutant.mutator === mutator &&
    mutant.before === before &&
    mutant.after === after &&
    (nth === undefined || mutant.nth === nth)
  );
}

/** An explanation of one mutant, as it stands in the file. */
export function entryOf({ file, mutator, before, after, nth }: RandomMutant, isAlone: boolean): string {
  const lines = Object.entries({ file, mutator, before, after, ...(isAlone ? {} : { nth }) }).map(
    ([name, value]) => `${name}: ${typeof value === 'number' ? String(value) : JSON.stringify(value)}`,
  );
  return `      - ${lines.join('\n        ')}`;
}
