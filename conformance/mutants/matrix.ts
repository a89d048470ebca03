/** The kill matrix: what the reports of one mutant's run say, and the whole of it as text. */
import type { CheckReport } from '../contract/check.ts';
import { MutantError, ownsClause, type Kill, type Mutant, type MutantFile } from './mutants.ts';

/** Columns of the printed matrix. */
const WIDTH = 80;
const GENERATED_SUITES: readonly string[] = ['property', 'differential', 'fuzz'];

/** Whether a check is generated afresh in each run (properties, differential, fuzz, walks), and not a committed vector or trace. */
export function isGenerated(check: CheckReport['check']): boolean {
  return GENERATED_SUITES.includes(check.suite) || check.id.startsWith('walk/');
}

/**
 * What a mutant's run showed. A failure counts for the clause it names, or for the one that its request is about if it says so; a check
 * that broke the adapter counts for its own clause.
 *
 * @throws Error when the adapter did not start, a report has no verdict, or the mutant names what its file does not have:
 *   then the run proves nothing
 */
export function killOf(mutant: Mutant, reports: readonly CheckReport[]): Kill {
  const byClause = new Map<string, number>();
  const generated: string[] = [];
  const blamed: Record<string, string> = {};
  for (const { check, result } of reports) {
    if (check.suite === 'contract') {
      if (result.verdict === 'broken' && result.what === 'start-failed') throw new Error(`${mutant.id}: does not start: ${result.detail}`);
      continue;
    }
    if (result.verdict === 'pass') continue;
    // A name that the file does not have breaks more than the clause: such a mutant is no mistake that anybody ships.
    if (result.verdict === 'broken' && /ReferenceError|Assignment to constant variable/.test(result.detail))
      throw new MutantError(`${mutant.id}: its text does not fit the file: ${result.detail}`);
    if (result.verdict === 'unsupported' || result.verdict === 'unreachable' || result.verdict === 'not-shown')
      throw new Error(`${mutant.id}: ${check.id} was not asked: ${result.reason}`);
    const clause = result.verdict === 'fail' ? (result.failure.about ?? result.failure.requirement) : check.requirement;
    if (isGenerated(check)) {
      generated.push(check.id);
      blamed[check.id] = clause;
    } else {
      byClause.set(clause, (byClause.get(clause) ?? 0) + 1);
    }
  }
  const sorted = [...byClause].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return { mutant: mutant.id, breaks: mutant.breaks, byClause: Object.fromEntries(sorted), generated, blamed };
}

/** Generated checks that no mutant made fail: nothing proves that they can. */
export function idleChecks(kills: readonly Kill[], ids: readonly string[]): string[] {
  const fired = new Set(kills.flatMap((kill) => kill.generated));
  return ids.filter((id) => !fired.has(id));
}

/** Words in lines of at most `WIDTH` columns, the first line after a label, the others indented as far. */
function wrapped(label: string, words: readonly string[]): string {
  const lines: string[] = [];
  let line = label;
  for (const word of words) {
    if (line.length + 1 + word.length > WIDTH && line.trim() !== '') {
      lines.push(line);
      line = ' '.repeat(label.length);
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((text) => text.trimEnd()).join('\n');
}

/** The matrix as text, 80 columns: a row for each mutant, then a row for each clause with the mutants it alone kills. */
export function renderMatrix(kills: readonly Kill[], checked: readonly string[], file: MutantFile): string {
  const short = (clause: string): string => clause.replace(/^[A-Z0-9]{3}-/, '');
  const rows = [...kills]
    .sort((a, b) => (a.breaks < b.breaks ? -1 : a.breaks > b.breaks ? 1 : a.mutant < b.mutant ? -1 : 1))
    .map((kill) => {
      const clauses = Object.entries(kill.byClause).map(
        ([clause, count]) => `${short(clause)}${clause === kill.breaks ? '*' : ''}:${String(count)}`,
      );
      const generated = kill.generated.length === 0 ? [] : [`+${String(kill.generated.length)} generated`];
      const isNoticed = file.mutants.some(({ id, noticedBy }) => id === kill.mutant && noticedBy !== undefined);
      const first = clauses.length > 0 ? clauses : [isNoticed ? `${short(kill.breaks)}*` : 'SURVIVES'];
      return `${kill.mutant}\n${wrapped('   ', [...first, ...generated])}`;
    });
  const alone = new Map<string, string[]>();
  for (const kill of kills) {
    const [clause, ...others] = Object.keys(kill.byClause);
    if (clause !== undefined && others.length === 0) alone.set(clause, [...(alone.get(clause) ?? []), kill.mutant]);
  }
  const clauses = checked
    .filter((clause) => ownsClause(file, clause))
    .map((clause) =>
      wrapped(short(clause).padEnd(8), alone.get(clause) ?? [file.notAlone[clause] === undefined ? '(none)' : '(none; excused)']),
    );
  return [
    'MUTANT, and the clauses blamed, with the number of failing vectors and traces',
    '(* marks the clause that it breaks)',
    ...rows,
    ...(clauses.length === 0 ? [] : ['', 'CLAUSE, and the mutants that it kills alone', ...clauses]),
  ].join('\n');
}
