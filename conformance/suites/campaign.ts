/**
 * Runs generated cases against one implementation: seeded, shrunk, bounded in time. A trial talks to the
 * implementation and ends at the first wrong answer. An implementation that crashes is asked the cases that are left as well;
 * an adapter that breaks otherwise ends the whole campaign at once.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { broken, type Broken } from '../contract/broken.ts';
import type { CheckContext, CheckResult, Failure } from '../contract/check.ts';
import type { Implementation } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Judge, Judgement } from './judge.ts';
import { Ended, NothingShown, Talk } from './talk.ts';

/** Trials a shrink may cost; what is found by then is small, and a slow device is not kept busy. */
const SHRINK_TRIALS_MAX = 500;
/** Milliseconds one campaign may take at effort 1, so that an implementation that never answers ends too. */
export const CAMPAIGN_MS = 60_000;

/** Ends of the process after which a campaign is cut: each costs a fresh one. */
const DEATHS_MAX = 20;

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

/** What crashed in a campaign. */
interface Crash {
  readonly first: Broken;
  /** Cases that crashed, and how many of them took the process along. */
  count: number;
  deaths: number;
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
  #crash: Crash | undefined;
  #unreachable: { readonly reason: string; count: number } | undefined;
  #hidden: { readonly reason: string; count: number } | undefined;
  /** Operations that refused without a reason, and those that accepted something. */
  readonly #unreasoned = new Set<string>();
  readonly #accepted = new Set<string>();
  #bug: { readonly error: unknown } | undefined;
  #talk: Talk | undefined;

  constructor(campaign: Campaign<T>, implementation: Implementation) {
    this.#campaign = campaign;
    this.#implementation = implementation;
  }

  /** False for a wrong answer; once the campaign is over every case passes, so that fast-check finishes. */
  async try(input: T): Promise<boolean> {
    if (this.#stopped !== undefined || this.#isCut || this.#bug !== undefined || this.#shrinkTrials >= SHRINK_TRIALS_MAX) return true;
    if (this.#failure === undefined) this.#cases++;
    else this.#shrinkTrials++;
    try {
      this.#talk = new Talk(this.#campaign.oracle, this.#campaign.judge, this.#implementation, this.#campaign.requirement);
      await this.#campaign.trial(input, this.#talk);
      return true;
    } catch (error) {
      if (error instanceof NothingShown) {
        if (this.#failure === undefined) this.#hidden = { reason: error.message, count: (this.#hidden?.count ?? 0) + 1 };
        return true;
      }
      if (!(error instanceof Ended)) {
        this.#bug = { error }; // a fault of the bench, which must never read as one of the implementation
        return true;
      }
      return error.judgement === undefined || this.#judged(error.judgement);
    } finally {
      for (const operation of this.#talk?.unreasoned ?? []) this.#unreasoned.add(operation);
      for (const operation of this.#talk?.accepted ?? []) this.#accepted.add(operation);
    }
  }

  /** Why the cases that were tried show nothing. */
  #nothingShown(cases: number): string | undefined {
    if (this.#hidden !== undefined && this.#hidden.count >= cases) return this.#hidden.reason;
    // Who refuses everything refuses what must be refused as well.
    const alone = [...this.#unreasoned].find((operation) => !this.#accepted.has(operation));
    return alone && `${alone} refused without a reason, and accepted nothing in this check`;
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
    if (isCrash(judgement.result)) this.#crashed(judgement.result);
    else if (judgement.result.verdict !== 'unreachable') this.#stopped = judgement.result;
    else if (this.#unreachable === undefined) this.#unreachable = { reason: judgement.result.reason, count: 1 };
    else this.#unreachable.count++; // costs no time, and a smaller case may still find a failure
    return true;
  }

  /** The cases that are left are tried on a fresh process, where the runner has one. */
  #crashed(result: Broken): void {
    this.#crash ??= { first: result, count: 0, deaths: 0 };
    this.#crash.count++;
    if (result.failure?.got.kind === 'misbehaviour') this.#crash.deaths++;
  }
  get #isCut(): boolean {
    return (this.#crash?.deaths ?? 0) >= DEATHS_MAX;
  }

  /** The first crash, what else was wrong in the cases after it, and how many cases that were. */
  #crashResult({ first, count, deaths }: Crash, interrupted: boolean, planned: number): CheckResult {
    const cases = this.#cases;
    const failure = this.#smallest;
    const wrong = failure === undefined ? [] : [failure, ...this.#others];
    const seen = `${String(count)} of ${String(cases)} cases crashed the implementation; it was asked the others as well, and `;
    const why = this.#isCut
      ? ` after ${String(deaths)} processes that ended`
      : this.#stopped !== undefined
        ? ', because the adapter broke in another way'
        : interrupted
          ? ', because the time for this check ran out'
          : '';
    const cut = planned - cases;
    return {
      ...first,
      cases,
      ...(wrong.length === 0 ? {} : { others: wrong }),
      rest:
        seen +
        (failure === undefined ? 'answered them as it must.' : 'one of its answers is wrong as well.') +
        (cut <= 0 ? '' : ` ${String(cut)} of ${String(planned)} cases were cut${why}.`),
    };
  }
  /** The wrong answer, made as small as it gets. */
  get #smallest(): Failure | undefined {
    return this.#failure && { ...this.#failure, shrinks: this.#shrinks };
  }

  result(interrupted: boolean, planned: number): CheckResult {
    if (this.#bug !== undefined) throw this.#bug.error;
    const cases = this.#cases;
    if (this.#crash !== undefined) return this.#crashResult(this.#crash, interrupted, planned);
    if (this.#stopped !== undefined) return { ...withShrinks(this.#stopped, this.#shrinks), cases };
    const failure = this.#smallest;
    if (failure !== undefined) {
      return { verdict: 'fail', cases, failure, ...(this.#others.length === 0 ? {} : { others: this.#others }) };
    }
    const hidden = this.#nothingShown(cases);
    if (hidden !== undefined && !interrupted) return { verdict: 'not-shown', cases, reason: hidden };
    // Slow is not wrong: if answers kept coming, the cases tried count, and the run says that they are fewer.
    const answered = cases - 1;
    if (interrupted && answered > 0 && this.#unreachable === undefined) return { verdict: 'pass', cases: answered, planned };
    if (interrupted && this.#unreachable === undefined)
      return broken({
        cases,
        what: 'timeout',
        detail: `No answer to ${this.#talk?.pending ?? 'a request'} when the time for this check ran out, in case ${String(cases)}.`,
      });
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

/** True if a request ended the implementation, or made it throw. */
function isCrash(result: CheckResult): result is Broken {
  return result.verdict === 'broken' && result.what === 'crash' && result.failure !== undefined;
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
export function withShrinks(result: CheckResult, shrinks: number): CheckResult {
  return result.verdict === 'broken' && result.failure !== undefined ? { ...result, failure: { ...result.failure, shrinks } } : result;
}
