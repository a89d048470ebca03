/**
 * Runs generated cases against one implementation: seeded, shrunk, bounded in time. A trial talks to the
 * implementation and ends at the first wrong answer; an adapter that breaks ends the whole campaign at once.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { CheckContext, CheckResult, Failure, Step } from '../contract/check.ts';
import type { Implementation, Json, JsonObject, Outcome } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Expectation } from '../vectors.ts';
import { expectedFrom, outcomeOf, substitute, type Expected, type Judge, type Judgement } from './judge.ts';

/** Trials a shrink may cost; what is found by then is small, and a slow device is not kept busy. */
const SHRINK_TRIALS_MAX = 500;
/** Milliseconds one campaign may take at effort 1, so that an implementation that never answers ends too. */
export const CAMPAIGN_MS = 60_000;

/** Requests at their full time-out that a campaign has room for, where a time-out is long. */
const SLOW_REQUESTS = 6;

/** Milliseconds that a campaign may take in this run. */
export function timeFor(limitMs: number, { effort, requestTimeoutMs = 0 }: CheckContext): number {
  return Math.max(limitMs, SLOW_REQUESTS * requestTimeoutMs) * Math.max(1, effort);
}

/** Number of cases at an effort; never none. */
export function runCount(base: number, effort: number): number {
  return Math.max(1, Math.round(base * effort));
}

/** The seed of one check: 32 bits from the run's seed and the check's id. */
export function seedOf(seed: string, id: string): number {
  return createHash('sha256').update(`${seed}\0${id}`).digest().readInt32BE(0);
}

/** A small deterministic generator (splitmix32) for choices that need no shrinking by fast-check. */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed | 0;
  }
  /** An integer from 0 up to, and without, `bound`. */
  below(bound: number): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state ^ (this.#state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % bound;
  }
  /** One of the items; undefined if there is none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : items[this.below(items.length)];
  }
}

/** The dice of one check. */
export function dice(seed: string, id: string): Dice {
  return new Dice(seedOf(seed, id));
}

type Answered = Extract<Outcome, { kind: 'ok' | 'reject' }>;
interface Turn {
  readonly operation: string;
  readonly params: JsonObject;
  readonly options: AskOptions;
  readonly got: Answered;
}
export interface AskOptions {
  /** Members of the result to bind, as in a step. */
  readonly bind?: { readonly [name: string]: string };
  /** The right answer where the operation has no model of its own. */
  readonly right?: Expectation;
}
/** How a relation between answers was broken. */
export interface Violation {
  /** The clause that states the relation. */
  readonly requirement: string;
  /** What the last answer would have been. */
  readonly expect: Expectation;
  readonly explanation: string;
  readonly member?: string;
}

/** Unwinds a trial with its judgement. */
class Ended extends Error {
  readonly judgement: Judgement;
  constructor(judgement: Judgement) {
    super('the trial is over');
    this.judgement = judgement;
  }
}

/** One trial's conversation with an implementation; remembers every turn, so that a failure can be run again. */
export class Talk {
  readonly oracle: Oracle;
  readonly #judge: Judge;
  readonly #implementation: Implementation;
  readonly #requirement: string;
  readonly #turns: Turn[] = [];
  readonly #bound = new Map<string, Json>();
  /** The request that has no answer yet. */
  pending: string | undefined;

  constructor(oracle: Oracle, judge: Judge, implementation: Implementation, requirement: string) {
    this.oracle = oracle;
    this.#judge = judge;
    this.#implementation = implementation;
    this.#requirement = requirement;
  }

  /** Asks; the trial ends here if the adapter breaks. */
  async ask(operation: string, params: JsonObject, options: AskOptions = {}): Promise<Answered> {
    this.pending = operation;
    const got = await this.#implementation.call(operation, substitute(params, this.#bound) as JsonObject);
    this.pending = undefined;
    if (got.kind !== 'ok' && got.kind !== 'reject') {
      const expected = this.#expected(operation, params, options) ?? {
        operation,
        params,
        expect: { ok: {} },
        requirement: this.#firstClause(operation),
      };
      throw new Ended(this.#judge.judge(expected, got, [...this.#steps(), { operation, params, expected: outcomeOf(expected.expect) }]));
    }
    this.#turns.push({ operation, params, options, got });
    if (got.kind === 'ok')
      for (const [member, name] of Object.entries(options.bind ?? {})) this.#bound.set(name, got.value[member] ?? null);
    return got;
  }

  /** Asks for a result; a reject ends the trial as a failure: of this answer, or of an earlier one that the request was made from. */
  async want(operation: string, params: JsonObject, options: AskOptions = {}): Promise<JsonObject> {
    const got = await this.ask(operation, params, options);
    if (got.kind === 'ok') return got.value;
    const expected = this.#expected(operation, params, options) ?? {
      operation,
      params,
      expect: { ok: {} },
      requirement: this.#firstClause(operation),
    };
    const judgement = this.#judge.judge(expected, got, this.#steps());
    if (judgement !== undefined) throw new Ended(judgement);
    return this.violated({
      requirement: this.#requirement,
      expect: { ok: {} },
      explanation: `An answer led to a request to ${operation} that must be refused ('${got.class}').`,
    });
  }

  /** Asks, and ends the trial unless the answer is the oracle's. */
  async agree(operation: string, params: JsonObject, options: { readonly anyClass?: boolean } = {}): Promise<void> {
    const got = await this.ask(operation, params);
    const expected = expectedFrom(operation, params, this.oracle.answer(operation, params));
    const judgement = this.#judge.judge({ ...expected, anyClass: options.anyClass === true }, got, this.#steps());
    if (judgement !== undefined) throw new Ended(judgement);
  }

  /** Ends the trial: a relation between the answers so far does not hold. Says which answer the spec interpreter blames. */
  violated(violation: Violation): never {
    const { requirement } = violation;
    const clause = this.#judge.clause(requirement);
    const steps = this.#steps();
    for (const [index, turn] of this.#turns.entries()) {
      const expected = this.#expected(turn.operation, turn.params, turn.options);
      const judgement =
        expected === undefined ? undefined : this.#judge.judge({ ...expected, anyClass: true }, turn.got, steps.slice(0, index + 1));
      if (judgement === undefined || !('failure' in judgement)) continue;
      const where =
        this.#turns.length === 1
          ? ''
          : ` The spec interpreter finds the fault in request ${String(index + 1)} of ${String(this.#turns.length)}.`;
      throw new Ended({
        failure: {
          ...judgement.failure,
          requirement,
          clause,
          kind: 'relation',
          basis: this.#judge.basis(requirement, 'relation'),
          explanation: `${violation.explanation}${where}`,
        },
      });
    }
    const last = this.#turns.at(-1);
    if (last === undefined) throw new Error('a relation needs at least one answer');
    const doubt = this.#turns.every((turn) => this.#expected(turn.operation, turn.params, turn.options) !== undefined)
      ? ' Each answer alone matches the spec interpreter: suspect the suite before the implementation.'
      : '';
    const expected = outcomeOf(violation.expect);
    const failing: Step = { operation: last.operation, params: last.params, expected, ...bindOf(last.options) };
    const failure: Failure = {
      requirement,
      clause,
      kind: 'relation',
      basis: this.#judge.basis(requirement, 'relation'),
      operation: last.operation,
      params: last.params,
      expected,
      got: last.got,
      ...(violation.member === undefined ? {} : { member: violation.member }),
      explanation: `${violation.explanation}${doubt}`,
      steps: [...steps.slice(0, -1), failing],
    };
    throw new Ended({ failure });
  }

  /** What the spec says of a request: by its model, or as the trial knows it. */
  #expected(operation: string, params: JsonObject, { bind, right }: AskOptions): Expected | undefined {
    if (this.oracle.operation(operation).model !== undefined) return expectedFrom(operation, params, this.oracle.answer(operation, params));
    return right && { operation, params, expect: right, requirement: this.#firstClause(operation), bound: Object.keys(bind ?? {}) };
  }
  #firstClause(operation: string): string {
    const declared = this.oracle.operation(operation);
    return Object.values(declared.result)[0]?.req ?? declared.also?.[0] ?? '';
  }
  /** The turns so far as steps; where the spec has no answer by itself, the one that came stands for it. */
  #steps(): Step[] {
    return this.#turns.map(({ operation, params, options, got }) => {
      const expected = this.#expected(operation, params, options);
      return { operation, params, expected: expected === undefined ? got : outcomeOf(expected.expect), ...bindOf(options) };
    });
  }
}
function bindOf({ bind }: AskOptions): Pick<Step, 'bind'> {
  return bind === undefined ? {} : { bind };
}

export interface Campaign<T> {
  readonly id: string;
  /** Clause blamed where no more precise one is known. */
  readonly requirement: string;
  readonly oracle: Oracle;
  readonly judge: Judge;
  readonly arbitrary: fc.Arbitrary<T>;
  /** Cases at effort 1. */
  readonly runs: number;
  /** Milliseconds at effort 1. */
  readonly limitMs: number;
  readonly trial: (input: T, talk: Talk) => Promise<void>;
}

/** Runs a campaign. The same seed asks the same questions in the same order. */
export async function runCampaign<T>(campaign: Campaign<T>, implementation: Implementation, context: CheckContext): Promise<CheckResult> {
  const state = new CampaignState<T>(campaign, implementation);
  const limitMs = timeFor(campaign.limitMs, context);
  const numRuns = runCount(campaign.runs, context.effort);
  const details = await fc.check(
    fc.asyncProperty(campaign.arbitrary, (input) => state.try(input)),
    {
      seed: seedOf(context.seed, campaign.id),
      numRuns,
      interruptAfterTimeLimit: limitMs,
    },
  );
  return state.result(details.interrupted, numRuns);
}

class CampaignState<T> {
  readonly #campaign: Campaign<T>;
  readonly #implementation: Implementation;
  #cases = 0;
  #shrinks = 0;
  #shrinkTrials = 0;
  #failure: Failure | undefined;
  #others: readonly Failure[] = [];
  #stopped: CheckResult | undefined;
  #unreachable: { readonly reason: string; count: number } | undefined;
  #bug: { readonly error: unknown } | undefined;
  #talk: Talk | undefined;

  constructor(campaign: Campaign<T>, implementation: Implementation) {
    this.#campaign = campaign;
    this.#implementation = implementation;
  }

  /** False for a wrong answer; once the campaign is over every case passes, so that fast-check finishes. */
  async try(input: T): Promise<boolean> {
    if (this.#stopped !== undefined || this.#bug !== undefined || this.#shrinkTrials >= SHRINK_TRIALS_MAX) return true;
    if (this.#failure === undefined) this.#cases++;
    else this.#shrinkTrials++;
    try {
      this.#talk = new Talk(this.#campaign.oracle, this.#campaign.judge, this.#implementation, this.#campaign.requirement);
      await this.#campaign.trial(input, this.#talk);
      return true;
    } catch (error) {
      if (!(error instanceof Ended)) {
        this.#bug = { error }; // a fault of the bench, which must never read as one of the implementation
        return true;
      }
      return error.judgement === undefined || this.#judged(error.judgement);
    }
  }

  #judged(judgement: Exclude<Judgement, undefined>): boolean {
    if ('failure' in judgement) {
      // Another clause is another failure: a shrink that changes the subject is not taken.
      if (this.#failure !== undefined && this.#failure.requirement !== judgement.failure.requirement) return true;
      if (this.#failure !== undefined) this.#shrinks++;
      this.#failure = judgement.failure;
      this.#others = judgement.others ?? [];
      return false;
    }
    if (judgement.result.verdict !== 'unreachable') this.#stopped = judgement.result;
    else if (this.#unreachable === undefined) this.#unreachable = { reason: judgement.result.reason, count: 1 };
    else this.#unreachable.count++; // costs no time, and a smaller case may still find a failure
    return true;
  }

  result(interrupted: boolean, planned: number): CheckResult {
    if (this.#bug !== undefined) throw this.#bug.error;
    const cases = this.#cases;
    if (this.#stopped !== undefined) return { ...broken(this.#stopped, this.#shrinks), cases };
    if (this.#failure !== undefined) {
      const failure = { ...this.#failure, shrinks: this.#shrinks };
      return { verdict: 'fail', cases, failure, ...(this.#others.length === 0 ? {} : { others: this.#others }) };
    }
    // Slow is not wrong: if answers kept coming, the cases tried count, and the run says that they are fewer.
    const answered = cases - 1;
    if (interrupted && answered > 0 && this.#unreachable === undefined) return { verdict: 'pass', cases: answered, planned };
    if (interrupted && this.#unreachable === undefined)
      return {
        verdict: 'broken',
        cases,
        what: 'timeout',
        detail: `No answer to ${this.#talk?.pending ?? 'a request'} when the time for this check ran out, in case ${String(cases)}.`,
      };
    if (this.#unreachable !== undefined)
      return {
        verdict: 'unreachable',
        cases,
        reason:
          `${String(this.#unreachable.count)} of ${String(cases)} cases could not be carried by the transport, ` +
          `the others passed: ${this.#unreachable.reason}`,
      };
    return { verdict: 'pass', cases };
  }
}

/** Ends a run with `late` when its time is over, whatever it still waits for. */
export async function within(limitMs: number, run: Promise<CheckResult>, late: () => CheckResult): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(() => resolve(late()), limitMs);
  });
  return Promise.race([run, over]).finally(() => clearTimeout(timer));
}

/** A result with the number of shrinks that led to its failure, where it has one. */
export function broken(result: CheckResult, shrinks: number): CheckResult {
  return result.verdict === 'broken' && result.failure !== undefined ? { ...result, failure: { ...result.failure, shrinks } } : result;
}
