/**
 * Mutants: one way each to be wrong, as a patch of the reference's source. A mutant runs as an adapter of its own,
 * over the same pipe as everybody, and the suite must blame the clause it breaks.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/** Where mutants are built, below the package: a folder for each process, so that two runs do not disturb each other. */
export const MUTANTS_FOLDER: string = `.bottlepost/mutants-${String(process.pid)}`;

export interface Mutant {
  readonly id: string;
  /** What is wrong, in the words of somebody who made the mistake. */
  readonly title: string;
  /** The clause that must be blamed (others may be as well). */
  readonly breaks: string;
  /** File below `reference/`. */
  readonly file: string;
  /** Text that occurs exactly once in the file, and what stands there instead. */
  readonly find: string;
  readonly replace: string;
}
export interface MutantFile {
  /** The area whose checks these mutants are run against. */
  readonly area: string;
  /** Beginnings of the operations whose checks these mutants are run against; all where absent. */
  readonly operations?: readonly string[];
  /** Beginnings of operations whose checks are left out: those of a layer above, which fail with the layer below. */
  readonly without?: readonly string[];
  readonly mutants: readonly Mutant[];
  /** Clauses for which no mutant can be killed by them alone, with the reason. */
  readonly notAlone: { readonly [requirement: string]: string };
}

/** A mutant that no longer fits the source, or fits it in several places. */
export class MutantError extends Error {
  override readonly name = 'MutantError';
}

/** The sets of mutants; each is run against the checks of its own layer. */
export const MUTANT_SETS: readonly string[] = [
  'e3x',
  'e3x-messages',
  'e3x-selection',
  'e3x-channel-table',
  'e3x-compression',
  'e3x-channels',
  'e3x-types',
  'e3x-router',
  'e3x-handshakes',
  'e3x-exchanges',
  'kilt',
  'interpeer-wire',
  'interpeer-data',
  'interpeer-establishment',
  'interpeer-connection',
];

/** Whether a check of these operations belongs to a set. */
export function inScope(file: MutantFile, operations: readonly string[]): boolean {
  const begins = (prefixes: readonly string[]): boolean => operations.some((o) => prefixes.some((p) => o.startsWith(p)));
  return (file.operations === undefined || begins(file.operations)) && !(file.without !== undefined && begins(file.without));
}

/** Reads a set of mutants. @throws MutantError for ids used twice */
export function readMutants(root: string, set: string): MutantFile {
  const file = parse(readFileSync(join(root, `conformance/mutants/${set}.yaml`), 'utf8')) as MutantFile;
  if (typeof file.area !== 'string') throw new MutantError(`conformance/mutants/${set}.yaml: 'area' is missing`);
  const ids = new Set<string>();
  for (const m of file.mutants) {
    if (ids.has(m.id)) throw new MutantError(`${m.id}: two mutants of one id`);
    ids.add(m.id);
    for (const key of ['title', 'breaks', 'file', 'find', 'replace'] as const)
      if (typeof m[key] !== 'string') throw new MutantError(`${m.id}: '${key}' is missing`);
  }
  return { ...file, notAlone: file.notAlone ?? {} };
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

/** Where a text stands in a source, white space and the comma before a closing bracket aside: a formatter may move lines, and no mutant needs to follow. */
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

/**
 * Writes a mutant's engine below `MUTANTS_FOLDER` (inside the package, so that its imports resolve): the built
 * reference with one module replaced.
 * @returns path of the mutant's reference/index.js
 */
export async function buildMutant(root: string, mutant: Mutant): Promise<string> {
  const { default: ts } = await import('typescript');
  const folder = join(root, MUTANTS_FOLDER, mutant.id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'dist/reference'), join(folder, 'reference'), {
    recursive: true,
    filter: (path) => !path.endsWith('.map') && !path.endsWith('.d.ts'),
  });
  const output = ts.transpileModule(patched(root, mutant), {
    fileName: mutant.file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  if ((output.diagnostics ?? []).length > 0) throw new MutantError(`${mutant.id}: its source does not parse`);
  const target = join(folder, 'reference', mutant.file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, output.outputText);
  if (!existsSync(join(root, '.bottlepost/node_modules')))
    symlinkSync(join(root, 'node_modules'), join(root, '.bottlepost/node_modules'), 'dir');
  return join(folder, 'reference/index.js');
}

/** What one mutant's run showed. */
export interface Kill {
  readonly mutant: string;
  readonly breaks: string;
  /** Clauses blamed by vectors and traces, with the number of failing checks. */
  readonly byClause: { readonly [requirement: string]: number };
  /** Generated checks (properties, walks, differential, fuzz) that failed. */
  readonly generated: readonly string[];
}

/** What is wrong with a kill matrix; empty when every mutant is killed where it should be, and every clause alone once. */
export function matrixFaults(kills: readonly Kill[], checked: readonly string[], file: MutantFile): string[] {
  const faults: string[] = [];
  const alone = new Set<string>();
  for (const kill of kills) {
    const clauses = Object.keys(kill.byClause);
    if (clauses.length === 0)
      faults.push(
        `${kill.mutant}: survives every vector and trace${kill.generated.length > 0 ? ` (only ${kill.generated.join(', ')} notice)` : ''}`,
      );
    else if (!clauses.includes(kill.breaks))
      faults.push(`${kill.mutant}: breaks ${kill.breaks}, but the blame falls on ${clauses.join(', ')}`);
    if (clauses.length === 1 && clauses[0] !== undefined) alone.add(clauses[0]);
  }
  for (const requirement of checked) {
    const excused = file.notAlone[requirement] !== undefined;
    if (!alone.has(requirement) && !excused) faults.push(`${requirement}: kills no mutant alone, and nothing says why that cannot be`);
    if (alone.has(requirement) && excused) faults.push(`${requirement}: kills a mutant alone; its excuse in notAlone is out of date`);
  }
  for (const requirement of Object.keys(file.notAlone))
    if (!checked.includes(requirement)) faults.push(`notAlone names ${requirement}, which no vector or trace checks`);
  return faults;
}
