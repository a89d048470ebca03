/**
 * Judges one mutant: its topic's checks first, until one of them fails; a mutant that survives these is asked
 * everything else. Checks that never reach the mutated code are left out, where it is known what they reach.
 */
import { createHash } from 'node:crypto';
import type { Check, CheckReport, CheckResult } from '../../conformance/contract/check.ts';
import { isGenerated } from '../../conformance/mutants/matrix.ts';
import { topicOf, type RandomMutant } from '../../conformance/mutants/random.ts';
import { connect, type Connection } from '../core/connection.ts';
import { runChecks } from '../core/runner.ts';
import type { Shapes } from '../core/lint.ts';

/** What mutants are judged by. */
export interface Bench {
  readonly checks: readonly Check[];
  /** The operations of each topic. */
  readonly topics: ReadonlyMap<string, ReadonlySet<string>>;
  /** The command of an adapter over an engine. */
  readonly command: (enginePath: string) => readonly [string, ...string[]];
  readonly revision: string;
  readonly shapes?: Shapes;
  /** Milliseconds for a request; an endless loop takes all of it, and so may the reference on a busy machine. */
  readonly timeoutMs: number;
}
/** What became of a mutant; `unreached`: no check comes to its code. */
export type Fate = 'killed' | 'timed-out' | 'survived' | 'unreached';
/** What is known of one mutant after its run. */
export interface Verdict {
  readonly id: string;
  readonly fate: Fate;
  /** True if it was judged by its topic's checks alone. */
  readonly isTopicOnly: boolean;
  /** Checks that it was asked at most. */
  readonly asked: number;
  /** The check that noticed it, and the clause that was blamed. */
  readonly by?: string;
  readonly clause?: string;
}

/** Seed of the generated checks: the same for every mutant, so that what a check reaches is the same too. */
export const CHECK_SEED = 'hunt';
const START_TIMEOUT_MS = 20_000;

/** The unmutated reference does not pass what a mutant was killed by: the run proves nothing. */
export class ReferenceFails extends Error {
  override readonly name = 'ReferenceFails';
}

/** Judges mutants, one at a time. */
export class MutantJudge {
  readonly #bench: Bench;
  readonly #pristine: string;
  readonly #rank: ReadonlyMap<Check, string>;
  /** Checks of which it is known that the unmutated engine passes them. */
  readonly #sound = new Set<string>();

  /** @param pristine path of the unmutated engine */
  constructor(bench: Bench, pristine: string) {
    this.#bench = bench;
    this.#pristine = pristine;
    // Neighbours test alike; in a mixed order the first failure comes sooner.
    this.#rank = new Map(bench.checks.map((check) => [check, createHash('sha256').update(check.id).digest('hex')]));
  }

  /**
   * @param enginePath the mutant's engine
   * @param reaches whether a check, by its number, comes to the mutated code; every check where absent
   * @param isTopicOnly leaves out what is not of the mutant's topic
   * @throws ReferenceFails; Error when the bench itself failed
   */
  async judge(
    mutant: RandomMutant,
    enginePath: string,
    { reaches, isTopicOnly }: { readonly reaches?: (check: number) => boolean; readonly isTopicOnly: boolean },
  ): Promise<Verdict> {
    const operations = this.#bench.topics.get(topicOf(mutant.file));
    const reached = this.#bench.checks.filter((_, at) => reaches?.(at) !== false);
    // What all topics share has no topic of its own: every check is asked first.
    const isOwn = (check: Check): boolean => operations === undefined || check.operations.some((name) => operations.has(name));
    const stages = [reached.filter(isOwn), ...(isTopicOnly ? [] : [reached.filter((check) => !isOwn(check))])];
    const id = mutant.id;
    let asked = 0;
    for (const stage of stages) {
      if (stage.length === 0) continue;
      asked += stage.length;
      const failed = await this.#firstFailure(id, this.#ordered(stage), enginePath);
      if (failed === undefined) continue;
      const { check, result } = failed;
      const fate = result.verdict === 'broken' && result.what === 'timeout' ? 'timed-out' : 'killed';
      if (reaches === undefined || fate === 'timed-out') await this.#requireSound(check.id);
      const clause = result.verdict === 'fail' ? (result.failure.about ?? result.failure.requirement) : check.requirement;
      return { id, fate, isTopicOnly, asked, by: check.id, clause };
    }
    return { id, fate: asked === 0 ? 'unreached' : 'survived', isTopicOnly, asked };
  }

  /** Vectors before what is generated, which takes longer. */
  #ordered(checks: readonly Check[]): Check[] {
    const key = (check: Check): string => `${isGenerated(check) ? '1' : '0'}${this.#rank.get(check) ?? ''}`;
    return checks
      .map((check) => ({ check, key: key(check) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ check }) => check);
  }

  async #firstFailure(name: string, checks: readonly Check[], enginePath: string): Promise<CheckReport | undefined> {
    const words = this.#bench.command(enginePath);
    const { revision, shapes, timeoutMs } = this.#bench;
    const open = (): Promise<Connection> =>
      connect(
        { kind: 'stdio', command: words.join(' '), words },
        {
          revision,
          seed: CHECK_SEED,
          timeoutMs,
          startTimeoutMs: START_TIMEOUT_MS,
          ...(shapes === undefined ? {} : { shapes }),
        },
      );
    const summary = await runChecks(checks, open, { seed: CHECK_SEED, timeoutMs, failFast: true });
    const bad = summary.reports.filter(({ result }) => isBad(result));
    const first = bad.find(({ check }) => check.suite !== 'contract') ?? bad[0];
    const [bug] = summary.internalErrors;
    if (first === undefined && bug !== undefined) throw new Error(`${name}: the bench itself failed in ${bug.check}: ${bug.message}`);
    return first;
  }

  /** Asks the unmutated engine what the mutant was killed by. @throws ReferenceFails */
  async #requireSound(id: string): Promise<void> {
    if (this.#sound.has(id)) return;
    const checks = this.#bench.checks.filter((check) => check.id === id);
    const failed = await this.#firstFailure('the reference', checks, this.#pristine);
    if (failed !== undefined)
      throw new ReferenceFails(`the unmutated reference does not pass ${failed.check.id}; run: npx bottlepost verify --self --only ${id}`);
    this.#sound.add(id);
  }
}

/** Whether a check noticed something. */
export function isBad({ verdict }: CheckResult): boolean {
  return verdict !== 'pass' && verdict !== 'unsupported' && verdict !== 'not-shown';
}
