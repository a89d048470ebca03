/** What a hunt prints: the survivors with what they change, then one screen of figures. */
import { diffOf, topicOf, type LeftOut, type RandomMutant } from '../../conformance/mutants/random.ts';
import { oneLine, wrap } from '../../conformance/contract/text.ts';
import type { Hunted } from './hunt.ts';
import type { Verdict } from './judge.ts';

/** Lines of a diff that are shown; the JSON file has them all. */
const DIFF_LINES_MAX = 16;
/** Width of the topic's name and of each figure. */
const NAME_WIDTH = 22;
const COLUMN = 9;

/** A run with what is needed to tell of it. */
export interface Told extends Hunted {
  readonly seed: string;
  /** Mutants that the sample was drawn from. */
  readonly total: number;
  readonly leftOut: LeftOut;
  readonly isTopicOnly: boolean;
  /** Why a mutant cannot be killed, by its id. */
  readonly reasons: ReadonlyMap<string, string>;
  /** The source of a file of the reference. */
  readonly sourceOf: (file: string) => string;
}
/** Figures of one topic, or of all. */
export interface Figures {
  readonly run: number;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly explained: number;
  /** Of those that are not explained, how many were noticed; null where there are none. */
  readonly percent: number | null;
}

/** The survivors that nobody has explained, sorted by topic and place. */
export function survivorsOf({ verdicts, reasons }: Pick<Told, 'verdicts' | 'reasons'>): [RandomMutant, Verdict][] {
  return [...verdicts]
    .filter(([mutant, verdict]) => isAlive(verdict) && !reasons.has(mutant.id))
    .sort(([a], [b]) => compare(topicOf(a.file), topicOf(b.file)) || compare(a.file, b.file) || a.from - b.from);
}

/** Mutants that are explained as not to be killed, and were. */
export function killedThoughExplained({ verdicts, reasons }: Pick<Told, 'verdicts' | 'reasons'>): [RandomMutant, Verdict][] {
  return [...verdicts].filter(([mutant, verdict]) => !isAlive(verdict) && reasons.has(mutant.id));
}

/** The figures by topic, sorted. */
export function figuresOf({ verdicts, reasons }: Pick<Told, 'verdicts' | 'reasons'>): Map<string, Figures> {
  const topics = [...new Set([...verdicts.keys()].map(({ file }) => topicOf(file)))].sort();
  return new Map(
    topics.map((topic) => [
      topic,
      count(
        [...verdicts].filter(([{ file }]) => topicOf(file) === topic),
        reasons,
      ),
    ]),
  );
}

function count(verdicts: readonly (readonly [RandomMutant, Verdict])[], reasons: ReadonlyMap<string, string>): Figures {
  const of = (is: (verdict: Verdict, id: string) => boolean): number => verdicts.filter(([{ id }, verdict]) => is(verdict, id)).length;
  const killed = of(({ fate }) => fate === 'killed');
  const timedOut = of(({ fate }) => fate === 'timed-out');
  const explained = of((verdict, id) => isAlive(verdict) && reasons.has(id));
  const survived = of((verdict, id) => isAlive(verdict) && !reasons.has(id));
  const judged = killed + timedOut + survived;
  const percent = judged === 0 ? null : Math.round((1000 * (killed + timedOut)) / judged) / 10;
  return { run: verdicts.length, killed, timedOut, survived, explained, percent };
}

/** Each survivor with its diff, and how to run it again. */
export function formatSurvivors(told: Told): string {
  return survivorsOf(told)
    .map(([mutant, { fate, asked }]) => {
      const lines = diffOf(told.sourceOf(mutant.file), mutant).split('\n');
      const cut = lines.slice(0, DIFF_LINES_MAX);
      const more = lines.length > DIFF_LINES_MAX ? [`  (${String(lines.length - DIFF_LINES_MAX)} more lines)`] : [];
      const what =
        fate === 'unreached'
          ? 'no check reaches this code'
          : `survives ${String(asked)} checks${told.isTopicOnly ? ' of its topic; the others were not asked' : ', all that reach it'}`;
      return [
        `${topicOf(mutant.file)}: reference/${mutant.file}:${String(mutant.line)}`,
        ...cut,
        ...more,
        what,
        `again: npm run hunt -- --mutant ${mutant.id}`,
        '',
      ].join('\n');
    })
    .join('\n');
}

/** One screen: figures by topic, what was left out, and what to do next. */
export function formatFigures(told: Told): string {
  const line = ([name = '', ...cells]: readonly string[]): string =>
    name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(COLUMN)).join('');
  const row = (name: string, f: Figures): string[] => [
    name,
    ...[f.run, f.killed, f.timedOut, f.survived, f.explained].map(String),
    f.percent === null ? '-' : f.percent.toFixed(1),
  ];
  const all = count([...told.verdicts], told.reasons);
  const outOf = [...told.leftOut].flatMap(([reason, number]) => wrap(`${String(number)}: ${reason}`, 2));
  const left = [...told.leftOut.values()].reduce((sum, number) => sum + number, 0);
  return [
    line(['', 'run', 'killed', 'time-out', 'survived', 'excused', '%']),
    ...[...figuresOf(told)].map(([topic, figures]) => line(row(topic, figures))),
    line(row('in all', all)),
    '',
    ...wrap(
      `Seed ${told.seed}: ${String(told.verdicts.size)} of ${String(told.total)} mutants, ` +
        `${String(told.known)} of them known from an earlier run. The percentage is of those that are not explained.`,
      0,
    ),
    ...(told.isTopicOnly ? ["Judged by their topics' own checks; what all topics share is left out."] : []),
    ...(told.left > 0 ? [`${String(told.left)} more were not run; the same command goes on with them.`] : []),
    ...(left > 0 ? [`${String(left)} more changes are no mutants:`, ...outOf] : []),
    ...told.unjudged.map(({ mutant, message }) => `The bench could not judge ${mutant.id}: ${oneLine(message, 200)}`),
  ].join('\n');
}

/** Everything, for machines. */
export function reportOf(told: Told, commit: string | undefined, state: string): object {
  const mutants = [...told.verdicts].map(([mutant, verdict]) => {
    const { id, file, mutator, line, before, after, nth } = mutant;
    const { fate, by, clause, asked } = verdict;
    const reason = told.reasons.get(id);
    return {
      id,
      topic: topicOf(file),
      file,
      line,
      mutator,
      before,
      after,
      nth,
      fate,
      asked,
      ...(by === undefined ? {} : { by, clause }),
      ...(reason === undefined ? {} : { reason }),
      ...(isAlive(verdict) ? { diff: diffOf(told.sourceOf(file), mutant) } : {}),
    };
  });
  return {
    seed: told.seed,
    commit,
    state,
    judgedBy: told.isTopicOnly ? 'topic' : 'all',
    total: told.total,
    leftOut: Object.fromEntries(told.leftOut),
    topics: Object.fromEntries(figuresOf(told)),
    notRun: told.left,
    unjudged: told.unjudged.map(({ mutant, message }) => ({ id: mutant.id, message })),
    mutants,
  };
}

function isAlive({ fate }: Verdict): boolean {
  return fate === 'survived' || fate === 'unreached';
}
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
