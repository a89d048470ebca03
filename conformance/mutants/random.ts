/**
 * Random mutants: every small change of the reference that Stryker's mutators know, as opposed to the mistakes that somebody
 * thought of (`mutants.ts`). A mutant is the source of one file with one place replaced; it is named by what it changes,
 * so that its name outlives every other change of the file.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNative } from './mutants.ts';

/** One small change of one file. */
export interface RandomMutant {
  /** Hexadecimal, from all that follows but `line` and the offsets: the same as long as the changed lines are the same. */
  readonly id: string;
  /** File below the folder of the sources, such as `kernel/door.ts`. */
  readonly file: string;
  /** Stryker's name of the kind of change, such as `EqualityOperator`. */
  readonly mutator: string;
  /** The changed lines, white space condensed and long changes cut, as they are and as the mutant has them. */
  readonly before: string;
  readonly after: string;
  /** Which of the places in the file that are changed alike, from 1 up. */
  readonly nth: number;
  /** Line of the source at which the change begins, from 1 up. */
  readonly line: number;
  /** What is replaced: offsets in the source, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
  /** Name of the mutant in the instrumented source; unique within one call of `mutantsOf`. */
  readonly key: string;
}
/** Mutants that are not worth a run, by the reason why. */
export type LeftOut = ReadonlyMap<string, number>;
/** The mutants of some files. */
export interface Mutants {
  readonly mutants: readonly RandomMutant[];
  readonly leftOut: LeftOut;
  /** Every file with all its mutants in it, each asleep, and telling when it is reached (`reach.ts`). */
  readonly instrumented: ReadonlyMap<string, string>;
}

/** Where the mutants of a file are listed: its topic, or the folder that all topics share. */
export function topicOf(file: string): string {
  const [area = '', topic = ''] = file.split('/');
  return topic.endsWith('.ts') || ['kernel', 'primitives'].includes(area) ? area : `${area}/${topic}`;
}

/** The TypeScript files below a folder that are neither tests, nor nothing but guards, nor quick ways, which copies lack; sorted. */
export function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?<!\.test|\.d)\.ts$/.test(file) && !GUARDS.has(file) && !isNative(file))
    .sort();
}

/** The parts of a Babel node that the rules below look at. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly callee?: Node;
  readonly object?: Node;
  readonly argument?: Node | null;
  readonly consequent?: Node;
  readonly body?: readonly Node[] | Node;
  readonly key?: Node;
}
interface Path {
  readonly node: Node;
  readonly parentPath: Path | null;
  readonly key: string | number | null;
}

const MESSAGE = 'the text, the clause or the values of an error: nobody compares them';
const USAGE = "a guard against the caller's own mistake (UsageError): no request makes it";
/** Files that do nothing else than guard. */
const GUARDS: ReadonlySet<string> = new Set(['kernel/door.ts', 'primitives/checks.ts', 'primitives/door.ts', 'primitives/inputs.ts']);
/** Functions that guard; they take the name of what they look at. */
const GUARD = /^(?:checkInput|door|\w+Door|[A-Z][A-Z_]+)$/;
/** Clauses, wherever they are. */
const CLAUSE = /^[A-Z0-9]{3}-(?:[A-Z0-9]{3}-)?\d{3,4}\b|^(?:RFC|X\.)[ 0-9]/;

function isCall({ node }: Path): boolean {
  return node.type === 'NewExpression' || node.type === 'CallExpression';
}
function throwsUsage(node: Node | undefined): boolean {
  if (node?.type === 'BlockStatement') {
    const body = Array.isArray(node.body) ? (node.body as readonly Node[]) : [];
    return body.length === 1 && throwsUsage(body[0]);
  }
  return node?.type === 'ThrowStatement' && node.argument?.callee?.name === 'UsageError';
}

/** Why a node and all within it are left alone; undefined where they are not. */
function reasonToLeave(path: Path): string | undefined {
  const { node, parentPath } = path;
  if (node.type === 'IfStatement' && throwsUsage(node.consequent)) return USAGE;
  if (node.type === 'NewExpression' && node.callee?.name === 'UsageError') return USAGE;
  if (node.type === 'ClassProperty' && node.key?.name === 'name') return MESSAGE;
  const text = node.type === 'StringLiteral' ? String(node.value) : undefined;
  if (text !== undefined && CLAUSE.test(text)) return MESSAGE;
  // The arguments of a call.
  if (parentPath === null || !isCall(parentPath) || path.key === 'callee') return undefined;
  const { name, object } = parentPath.node.callee ?? { name: undefined, object: undefined };
  if (text !== undefined && (GUARD.test(object?.name ?? '') || GUARD.test(name ?? ''))) return USAGE;
  if (name === 'checkInput') return USAGE;
  // The class of a refusal, which comes first, is compared; everything else that is said of it is not.
  if (/Error$/.test(name ?? '') && path.key !== 0) return MESSAGE;
  // What is said in words to a function of our own becomes the text of an error.
  return name !== undefined && text?.includes(' ') === true ? MESSAGE : undefined;
}

const noLog = (): void => undefined;
const QUIET = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: noLog,
  debug: noLog,
  info: noLog,
  warn: noLog,
  error: noLog,
  fatal: noLog,
};

/** What is a statement or a case, and must not be put in brackets. */
const STATEMENT = /^(?:\{|(?:case|default|do|for|if|switch|while)\b)/;
/** Characters of a long change that name it. */
const NAMING_LENGTH = 100;

/**
 * Lists the mutants of files.
 * @param files sources by their names
 */
export async function mutantsOf(files: ReadonlyMap<string, string>): Promise<Mutants> {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const { files: written, mutants: found } = await new Instrumenter(QUIET).instrument(
    [...files].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [{ shouldIgnore: (path) => reasonToLeave(path as Path) }] },
  );
  const leftOut = new Map<string, number>();
  const seen = new Map<string, number>();
  const mutants: RandomMutant[] = [];
  for (const { id: key, fileName: file, location, mutatorName: mutator, replacement, statusReason } of found) {
    if (statusReason !== undefined) {
      leftOut.set(statusReason, (leftOut.get(statusReason) ?? 0) + 1);
      continue;
    }
    const source = files.get(file) ?? '';
    const lines = lineOffsets(source);
    const offset = ({ line, column }: { line: number; column: number }): number => (lines[line] ?? 0) + column;
    const [from, to] = [offset(location.start), offset(location.end)];
    const replaced = source.slice(from, to);
    const isStatement = mutator === 'BlockStatement' || (mutator === 'ConditionalExpression' && STATEMENT.test(replaced));
    // An operator may bind less tightly than what it replaces.
    const text = replacement.includes(' ') && !isStatement ? `(${replacement})` : replacement;
    const around = (middle: string): string =>
      condensed(source.slice(source.lastIndexOf('\n', from - 1) + 1, from) + middle + source.slice(to, endOfLine(source, to)));
    const before = around(shortened(replaced));
    const after = around(shortened(text));
    const name = [file, mutator, before, after].join('\0');
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    const id = createHash('sha256')
      .update(`${name}\0${String(nth)}`)
      .digest('hex')
      .slice(0, 10);
    mutants.push({ id, file, mutator, before, after, nth, line: location.start.line + 1, from, to, replacement: text, key });
  }
  return { mutants, leftOut, instrumented: new Map(written.map(({ name, content }) => [name, content])) };
}

/** The mutants of every source below a folder. */
export function mutantsBelow(folder: string): Promise<Mutants> {
  return mutantsOf(new Map(sourcesBelow(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')])));
}

/** The source of a file as a mutant has it. */
export function mutated(source: string, { from, to, replacement }: RandomMutant): string {
  return source.slice(0, from) + replacement + source.slice(to);
}

/** Mutants in an order that depends on the seed alone: one that is added or removed moves no other. */
export function shuffled(mutants: readonly RandomMutant[], seed: string): RandomMutant[] {
  const rank = ({ id }: RandomMutant): string => createHash('sha256').update(`${seed}\0${id}`).digest('hex');
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ mutant }) => mutant);
}

/** Lines around a change that a diff shows. */
const CONTEXT = 2;

/** A mutant as a unified diff of its file. */
export function diffOf(source: string, mutant: RandomMutant): string {
  const old = source.split('\n');
  const changed = mutated(source, mutant).split('\n');
  const first = mutant.line - 1;
  const last = first + source.slice(mutant.from, mutant.to).split('\n').length;
  const lastNew = last + changed.length - old.length;
  const top = Math.max(0, first - CONTEXT);
  const below = old.slice(last, last + CONTEXT);
  const span = (from: number, to: number): string => `${String(from + 1)},${String(to - from)}`;
  return [
    `--- reference/${mutant.file}`,
    `+++ ${mutant.id} ${mutant.mutator}`,
    `@@ -${span(top, last + below.length)} +${span(top, lastNew + below.length)} @@`,
    ...old.slice(top, first).map((line) => ` ${line}`),
    ...old.slice(first, last).map((line) => `-${line}`),
    ...changed.slice(first, lastNew).map((line) => `+${line}`),
    ...below.map((line) => ` ${line}`),
  ].join('\n');
}

function lineOffsets(source: string): number[] {
  const offsets = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
}
function endOfLine(source: string, from: number): number {
  const at = source.indexOf('\n', from);
  return at < 0 ? source.length : at;
}
function shortened(text: string): string {
  const whole = condensed(text);
  return whole.length <= NAMING_LENGTH ? text : `${whole.slice(0, NAMING_LENGTH)}…`;
}
function condensed(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
