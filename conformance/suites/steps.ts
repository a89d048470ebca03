/** Plays steps against an implementation, one after the other, and judges each answer. */
import { allowancesOf } from '../contract/allowances.ts';
import type { DifferenceKind } from '../contract/basis.ts';
import type { CheckResult, Failure, Step } from '../contract/check.ts';
import type { Clock, Implementation, Json, JsonObject, Outcome } from '../contract/contract.ts';
import { counted } from '../contract/text.ts';
import { outcomeOf, type Judge, type JudgedStep, type Judgement } from './judge.ts';
import type { Again } from './sealed.ts';
import type { States } from './states.ts';

/** Replaces "$name" in params by what earlier replies bound. */
export function substitute(value: Json, bound: ReadonlyMap<string, Json>): Json {
  if (typeof value === 'string' && value.startsWith('$')) return bound.get(value.slice(1)) ?? value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => substitute(item, bound));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value as JsonObject).map(([k, v]) => [k, substitute(v, bound)]));
  return value;
}

/** The steps of a repro: what is sent, and what must come back. */
export function reproSteps(steps: readonly JudgedStep[]): Step[] {
  return steps.map((s) => ({
    operation: s.operation,
    params: s.params,
    expected: outcomeOf(s.expect),
    ...(s.bind === undefined ? {} : { bind: s.bind }),
  }));
}

/** Kinds of difference after which a trace goes on: what comes next is still what the spec says. */
const GOES_ON: ReadonlySet<DifferenceKind> = new Set<DifferenceKind>(['timer', 'order']);

/** What came of steps. */
export interface Played {
  readonly result: CheckResult;
  /** Indices of steps that were to be refused, and were, without a reason. */
  readonly unreasoned: readonly number[];
}

/**
 * Makes calls in a session of an implementation: handles are remembered, and one that lives in real time is given the time
 * that its `now` says has passed.
 */
export class Caller {
  readonly #implementation: Implementation;
  readonly #bound = new Map<string, Json>();
  readonly #clock: Clock | undefined;
  #began: { readonly now: number; readonly atMs: number } | undefined;

  /** @throws Error for an implementation that lives in real time, if the harness gives no clock */
  constructor(implementation: Implementation) {
    this.#implementation = implementation;
    if (!allowancesOf(implementation.hello).ownClock) return;
    if (implementation.clock === undefined) throw new Error('an implementation with a clock of its own needs the clock of the harness');
    this.#clock = implementation.clock;
  }

  /** Sends the request of one step. */
  async ask({ operation, params, bind }: Pick<JudgedStep, 'operation' | 'params' | 'bind'>): Promise<Outcome> {
    if (this.#clock !== undefined) await this.#reach(this.#clock, params['now']);
    const outcome = await this.#implementation.call(operation, substitute(params, this.#bound) as JsonObject);
    if (outcome.kind === 'ok')
      for (const [member, name] of Object.entries(bind ?? {})) this.#bound.set(name, outcome.value[member] ?? null);
    return outcome;
  }

  /** Waits until as much time has passed as between the `now` of the first request and this one. */
  async #reach(clock: Clock, now: Json | undefined): Promise<void> {
    if (typeof now !== 'number') return;
    this.#began ??= { now, atMs: clock.nowMs() };
    const waitMs = now - this.#began.now - (clock.nowMs() - this.#began.atMs);
    if (waitMs > 0) await clock.wait(waitMs);
  }
}

/** Plays steps in order. The first wrong answer ends it, unless what comes next can still be judged. */
export async function runSteps(
  judge: Judge,
  implementation: Implementation,
  steps: readonly JudgedStep[],
  statesOf?: () => States | undefined,
): Promise<CheckResult> {
  return (await playSteps(judge, implementation, steps, statesOf)).result;
}

/**
 * Plays steps in order. A wrong timer and another order of members end nothing; of these each clause is told once. After a
 * difference that breaks nothing published the trace goes on from every state of the spec that admits the answer; where
 * there is none, the rest is not shown. Any other wrong answer ends it. The first failure stands for all.
 *
 * @param statesOf the states of the spec before a step; without them nothing follows a difference
 */
export async function playSteps(
  judge: Judge,
  implementation: Implementation,
  steps: readonly JudgedStep[],
  statesOf: () => States | undefined = () => undefined,
): Promise<Played> {
  const allowances = allowancesOf(implementation.hello);
  const caller = new Caller(implementation);
  const repro = reproSteps(steps);
  const found: Failure[] = [];
  const unreasoned: number[] = [];
  const againOf = (index: number, { params }: JudgedStep): Again => {
    return (oracle) => (states ?? statesOf())?.again(index, Number(params['now']), oracle);
  };
  let states: States | undefined;
  let rest: string | undefined;
  for (const [index, step] of steps.entries()) {
    const outcome = await caller.ask(step);
    // Once it differed, what is right depends on which state the implementation may be in.
    const expected = states === undefined ? [step] : states.expected(index, step);
    if (expected.length === 0) {
      rest = untold(steps.length, index - 1);
      break;
    }
    const judgementOf = (one: JudgedStep): Judgement =>
      judge.judge(
        { ...one, bound: Object.keys(step.bind ?? {}), again: againOf(index, step) },
        outcome,
        repro.slice(0, index + 1),
        allowances,
      );
    let judged = expected.map(judgementOf);
    let kept = judged.map(isFollowed);
    if (kept.includes(true)) states?.keep(index, kept);
    else {
      // A source may leave a choice, or a moment: then what was done instead is right as well, and decides what comes next.
      const from = states ?? statesOf();
      const others = (from?.alternatives(index, step) ?? []).map((other) => ({ ...other, judgement: judgementOf(other.step) }));
      const chosen = others.filter(({ judgement }) => isFollowed(judgement));
      if (from !== undefined && chosen.length > 0) {
        states = from;
        states.choose(chosen.map(({ after }) => after));
        judged = chosen.map(({ judgement }) => judgement);
        kept = judged.map(isFollowed);
      }
    }
    const judgement = judged.includes(undefined) ? undefined : judged[Math.max(0, kept.indexOf(true))];
    if (judgement === undefined) {
      if ('reject' in step.expect && outcome.kind !== 'reject') unreasoned.push(index);
      continue;
    }
    // What broke or could not be asked outweighs a timer that was wrong before.
    if (!('failure' in judgement)) return { result: judgement.result, unreasoned };
    const failures = [judgement.failure, ...(judgement.others ?? [])];
    found.push(...failures.filter((failure) => !found.some((known) => isAlike(known, failure))));
    if (kept.includes(true)) continue;
    if (failures.some(({ basis }) => basis === 'published')) break;
    states ??= statesOf();
    if (states?.admit(index, outcome, allowances) !== true) {
      if (index < steps.length - 1) rest = untold(steps.length, index);
      break;
    }
  }
  const [failure, ...others] = found;
  if (failure === undefined) return { result: { verdict: 'pass', cases: 1 }, unreasoned };
  return {
    result: {
      verdict: 'fail',
      cases: 1,
      failure,
      ...(others.length === 0 ? {} : { others }),
      ...(rest === undefined ? {} : { rest }),
    },
    unreasoned,
  };
}

/** What is not shown of a trace that ended at a step. */
function untold(count: number, index: number): string {
  const left = `not judged: ${counted(count - 1 - index, 'step')} after step ${String(index + 1)}`;
  return `${left}, because no state of the specification admits its answer`;
}

/** True where what comes next is still what the spec says. */
function isFollowed(judgement: Judgement): boolean {
  if (judgement === undefined) return true;
  return 'failure' in judgement && [judgement.failure, ...(judgement.others ?? [])].every(({ kind }) => GOES_ON.has(kind));
}

/** True for a timer, or an order, that was wrong before by the same clause, and for the same difference told again. */
function isAlike(known: Failure, failure: Failure): boolean {
  return (
    known.kind === failure.kind &&
    known.requirement === failure.requirement &&
    (GOES_ON.has(failure.kind) || (known.member === failure.member && known.operation === failure.operation))
  );
}
