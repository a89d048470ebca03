/**
 * Mutants: one way each to be wrong, as a patch of the reference's source. A mutant runs as an adapter of its own,
 * over the same pipe as everyone, and the suite must blame the clause it breaks.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { AreaSpec, TopicSpec } from '../spec/types.ts';

/** Where mutants are built, below the package: a folder for each process, so that two runs do not disturb each other. */
export const MUTANTS_FOLDER: string = `.bottlepost/mutants-${String(process.pid)}`;

export interface Mutant {
  readonly id: string;
  /** The mistake, in plain words. */
  readonly title: string;
  /** The clause that must be blamed (others may be as well). */
  readonly breaks: string;
  /** File below `reference/`. */
  readonly file: string;
  /** Text that occurs exactly once in the file, and what is there instead. */
  readonly find: string;
  readonly replace: string;
  /** Generated checks that notice it, where no vector or trace can; each must blame the clause. */
  readonly noticedBy?: readonly string[];
}
/** The mutants of one topic: `conformance/<area>/<topic>/mutants.yaml`. */
export interface MutantFile {
  readonly area: string;
  readonly topic: string;
  /** The operations of the topic; the mutants are run against the checks that ask one of them. */
  readonly operations: readonly string[];
  /** What the ids of the topic's clauses begin with. */
  readonly prefixes: readonly string[];
  readonly mutants: readonly Mutant[];
  /** Clauses of the topic for which no mutant can be killed by them alone, with the reason. */
  readonly notAlone: { readonly [requirement: string]: string };
}

/** A mutant that no longer fits the source, or fits it in several places. */
export class MutantError extends Error {
  override readonly name = 'MutantError';
}

/** Whether a check of these operations belongs to the topic. */
export function inScope(file: Pick<MutantFile, 'operations'>, operations: readonly string[]): boolean {
  return operations.some((operation) => file.operations.includes(operation));
}

/** Whether a clause belongs to the topic. */
export function ownsClause(file: Pick<MutantFile, 'prefixes'>, clause: string): boolean {
  return file.prefixes.some((prefix) => clause.startsWith(`${prefix}-`));
}

/** The mutants of every topic of an area that has any, in the order of the topics. @throws MutantError */
export function mutantsOf(root: string, spec: Pick<AreaSpec, 'area' | 'topics'>): MutantFile[] {
  return spec.topics.flatMap((topic) =>
    existsSync(join(root, mutantPath(spec.area, topic.topic))) ? [readMutants(root, spec.area, topic)] : [],
  );
}

function mutantPath(area: string, topic: string): string {
  return `conformance/${area}/${topic}/mutants.yaml`;
}

/** Reads the mutants of a topic. @throws MutantError for ids used twice, for a member that is missing, for clauses of another topic */
export function readMutants(
  root: string,
  area: string,
  { topic, operations, prefixes }: Pick<TopicSpec, 'topic' | 'operations' | 'prefixes'>,
): MutantFile {
  const path = mutantPath(area, topic);
  const read = parse(readFileSync(join(root, path), 'utf8')) as Pick<MutantFile, 'mutants'> & Partial<Pick<MutantFile, 'notAlone'>>;
  const file: MutantFile = { area, topic, operations, prefixes, mutants: read.mutants, notAlone: read.notAlone ?? {} };
  const ids = new Set<string>();
  for (const m of file.mutants) {
    if (ids.has(m.id)) throw new MutantError(`${path}: ${m.id}: two mutants of one id`);
    ids.add(m.id);
    for (const key of ['title', 'breaks', 'file', 'find', 'replace'] as const)
      if (typeof m[key] !== 'string') throw new MutantError(`${path}: ${m.id}: '${key}' is missing`);
    if (!ownsClause(file, m.breaks)) throw new MutantError(`${path}: ${m.id}: breaks ${m.breaks}, which is a clause of another topic`);
  }
  for (const clause of Object.keys(file.notAlone))
    if (!ownsClause(file, clause)) throw new MutantError(`${path}: notAlone names ${clause}, which is a clause of another topic`);
  return file;
}

/** The patched source of a mutant. @throws MutantError when the patch does not fit exactly once */
export function patched(root: string, mutant: Mutant): string {
  const path = join(root, 'reference', mutant.file);
  if (!existsSync(path)) throw new MutantError(`${mutant.id}: no file reference/${mutant.file}`);
  const source = readFileSync(path, 'utf8');
  const places = placesOf(source, mutant.find);
  const [place] = places;
  if (place === undefined || places.length > 1)
    throw new MutantError(`${mutant.id}: its text occurs ${String(places.length)} times in reference/${mutant.file}; it must occur once`);
  if (mutant.find === mutant.replace) throw new MutantError(`${mutant.id}: changes nothing`);
  return source.slice(0, place.from) + mutant.replace + source.slice(place.to);
}

/**
 * Where a text is in a source, white space and the comma before a closing bracket aside: a formatter may move
 * lines, and no mutant needs to follow.
 */
function placesOf(source: string, find: string): { readonly from: number; readonly to: number }[] {
  const { text, offsets } = condensed(source);
  const wanted = condensed(find).text;
  const places: { from: number; to: number }[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && wanted !== ''; at = text.indexOf(wanted, at + 1))
    places.push({ from: offsets[at] ?? 0, to: (offsets[at + wanted.length - 1] ?? 0) + 1 });
  return places;
}

/** A text without white space and trailing commas, and where in it each character that is left stood. */
function condensed(source: string): { readonly text: string; readonly offsets: readonly number[] } {
  const kept: string[] = [];
  const offsets: number[] = [];
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? '';
    if (/\s/.test(character)) continue;
    if (/[)\]}]/.test(character) && kept.at(-1) === ',') {
      kept.pop();
      offsets.pop();
    }
    kept.push(character);
    offsets.push(at);
  }
  return { text: kept.join(''), offsets };
}

/** A source of the reference as the JavaScript that runs. @throws MutantError when it does not parse */
export async function transpiled(name: string, fileName: string, source: string): Promise<string> {
  const { default: ts } = await import('typescript');
  const output = ts.transpileModule(source, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  if ((output.diagnostics ?? []).length > 0) throw new MutantError(`${name}: its source does not parse`);
  return output.outputText;
}

/** The runtime's faster ways, and what goes by them: their mutants are the only ones that run with them. */
const NATIVE_FILE = 'kernel/native.ts';
export const isNative = (file: string): boolean => file.startsWith('kernel/native');

/**
 * Copies the built reference to `folder`, which is inside the package, so that its imports resolve. The copy goes without the
 * runtime's faster ways: a mutant of what they stand in for would hardly ever be reached.
 * @param file the file that will be mutated, if it is known
 */
export function copyEngine(root: string, folder: string, file = ''): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'dist/reference'), folder, {
    recursive: true,
    filter: (path) => !path.endsWith('.map') && !path.endsWith('.d.ts'),
  });
  if (!existsSync(join(root, '.bottlepost/node_modules')))
    symlinkSync(join(root, 'node_modules'), join(root, '.bottlepost/node_modules'), 'dir');
  if (!isNative(file)) writeFileSync(join(folder, NATIVE_FILE.replace(/ts$/, 'js')), 'export const native = {};\n');
}

/**
 * Writes a mutant's engine below `MUTANTS_FOLDER`: the built reference with one module replaced.
 * @returns path of the mutant's reference/index.js
 */
export async function buildMutant(root: string, mutant: Mutant): Promise<string> {
  const folder = join(root, MUTANTS_FOLDER, mutant.id, 'reference');
  copyEngine(root, folder, mutant.file);
  const target = join(folder, mutant.file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, await transpiled(mutant.id, mutant.file, patched(root, mutant)));
  return join(folder, 'index.js');
}

/** What one mutant's run showed. */
export interface Kill {
  readonly mutant: string;
  readonly breaks: string;
  /** Clauses blamed by vectors and traces, with the number of failing checks. */
  readonly byClause: { readonly [requirement: string]: number };
  /** Generated checks (properties, walks, differential, fuzz) that failed. */
  readonly generated: readonly string[];
  /** The clause that each of them blamed. */
  readonly blamed: { readonly [check: string]: string };
}

/**
 * What is wrong with a kill matrix; empty when every mutant is killed where it should be, and every clause of the topic
 * alone once.
 */
export function matrixFaults(kills: readonly Kill[], checked: readonly string[], file: MutantFile): string[] {
  const faults: string[] = [];
  const alone = new Set<string>();
  for (const kill of kills) {
    const clauses = Object.keys(kill.byClause);
    const noticedBy = file.mutants.find(({ id }) => id === kill.mutant)?.noticedBy;
    if (noticedBy !== undefined) {
      if (clauses.length > 0) faults.push(`${kill.mutant}: vectors and traces notice it; its noticedBy is out of date`);
      for (const id of noticedBy) {
        const blamed = kill.blamed[id];
        if (blamed === undefined) faults.push(`${kill.mutant}: ${id} does not notice it`);
        else if (blamed !== kill.breaks) faults.push(`${kill.mutant}: breaks ${kill.breaks}, but ${id} blames ${blamed}`);
      }
    } else if (clauses.length === 0)
      faults.push(
        `${kill.mutant}: survives every vector and trace${kill.generated.length > 0 ? ` (only ${kill.generated.join(', ')} notice)` : ''}`,
      );
    else if (!clauses.includes(kill.breaks))
      faults.push(`${kill.mutant}: breaks ${kill.breaks}, but the blame falls on ${clauses.join(', ')}`);
    if (clauses.length === 1 && clauses[0] !== undefined) alone.add(clauses[0]);
  }
  for (const requirement of checked.filter((clause) => ownsClause(file, clause))) {
    const excused = file.notAlone[requirement] !== undefined;
    if (!alone.has(requirement) && !excused) faults.push(`${requirement}: kills no mutant alone, and nothing says why that cannot be`);
    if (alone.has(requirement) && excused) faults.push(`${requirement}: kills a mutant alone; its excuse in notAlone is out of date`);
  }
  for (const requirement of Object.keys(file.notAlone))
    if (!checked.includes(requirement)) faults.push(`notAlone names ${requirement}, which no vector or trace checks`);
  return faults;
}
