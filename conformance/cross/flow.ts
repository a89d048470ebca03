/**
 * Flows: what two or three implementations can do together, such as sealing a message and opening it. A flow is data and a
 * few lines that ask one side and then another; running it over generated inputs, shrinking and blaming are done here.
 */
import fc from 'fast-check';
import { takesEntropy } from '../contract/allowances.ts';
import type { Check, CheckContext, CheckResult } from '../contract/check.ts';
import type { Hello } from '../contract/contract.ts';
import { expandProfile } from '../spec/profiles.ts';
import type { AreaSpec } from '../spec/types.ts';
import { isLeftOut } from '../suites/asks.ts';
import { CAMPAIGN_MS, runCount, seedOf } from '../suites/campaign.ts';
import { PairTalk, SIDES, TrialOver, type Pair, type Side, type TrialFailure } from './pair-talk.ts';

/** A flow as an area writes it. */
export interface FlowDefinition<Input> {
  /** `<area>.<noun>`, with `/` and a choice after it if there are several. */
  readonly id: string;
  readonly title: string;
  /** Clause blamed where no more precise one is known. */
  readonly requirement: string;
  /** Operations that each side needs. */
  readonly producer: readonly string[];
  readonly consumer: readonly string[];
  /** Operations of who stands between them; absent if two take part. */
  readonly relay?: readonly string[];
  /** Values with which the flow asks parameters that profiles can leave values out of. */
  readonly asksWith?: NonNullable<Check['asksWith']>;
  /** True if both sides must take the bench's entropy. */
  readonly entropy?: boolean;
  /** Cases at effort 1. */
  readonly runs: number;
  readonly arbitrary: fc.Arbitrary<Input>;
  readonly trial: (input: Input, talk: PairTalk) => Promise<void>;
}

/** How a flow went between two. */
export type FlowResult =
  | { readonly kind: 'pass'; readonly cases: number }
  | { readonly kind: 'failed'; readonly cases: number; readonly shrinks: number; readonly failure: TrialFailure };

/** A flow with the type of its input closed over. */
export interface Flow extends Omit<FlowDefinition<never>, 'arbitrary' | 'trial'> {
  run(pair: Pair, context: CheckContext): Promise<FlowResult>;
}

/** Trials that a shrink may cost; a slow RSA library is asked a few hundred times at most. */
const SHRINK_TRIALS_MAX = 200;
/** The same among three, where a trial is a conversation of some hundred requests. */
const SHRINK_TRIALS_OF_THREE = 30;

/** Makes a definition a flow. */
export function flow<Input>(definition: FlowDefinition<Input>): Flow {
  const { arbitrary, trial, ...rest } = definition;
  return {
    ...rest,
    run: async (pair, context) => {
      const state = new FlowState(definition.relay === undefined ? SHRINK_TRIALS_MAX : SHRINK_TRIALS_OF_THREE);
      const attempt = async (input: Input): Promise<boolean> => state.try(() => trial(input, new PairTalk(pair, definition.requirement)));
      // The same inputs for every pair: what one pair understands, another is asked, too.
      await fc.check(fc.asyncProperty(arbitrary, attempt), {
        seed: seedOf(context.seed, definition.id),
        numRuns: runCount(definition.runs, context.effort),
        interruptAfterTimeLimit: CAMPAIGN_MS * Math.max(1, context.effort),
      });
      return state.result();
    },
  };
}

class FlowState {
  readonly #shrinkTrialsMax: number;
  #cases = 0;
  #shrinkTrials = 0;
  #shrinks = 0;
  #failure: TrialFailure | undefined;
  #bug: { readonly error: unknown } | undefined;

  constructor(shrinkTrialsMax: number) {
    this.#shrinkTrialsMax = shrinkTrialsMax;
  }

  /** False for a trial that went wrong; once nothing more is to be learned every trial counts as right. */
  async try(trial: () => Promise<void>): Promise<boolean> {
    if (this.#bug !== undefined || this.#failure?.kind === 'ended' || this.#shrinkTrials >= this.#shrinkTrialsMax) return true;
    if (this.#failure === undefined) this.#cases += 1;
    else this.#shrinkTrials += 1;
    try {
      await trial();
      return true;
    } catch (error) {
      if (error instanceof TrialOver) return this.#over(error.failure);
      this.#bug = { error }; // a fault of the bench, which must never read as one of an implementation
      return true;
    }
  }

  #over(failure: TrialFailure): boolean {
    if (failure.kind === 'ended') {
      // What breaks while a failure is made smaller would only distract from it.
      this.#failure ??= failure;
      return true;
    }
    // Another clause or another side is another failure: a shrink that changes the subject is not taken.
    if (this.#failure?.kind === 'differs' && subjectOf(this.#failure) !== subjectOf(failure)) return true;
    if (this.#failure !== undefined) this.#shrinks += 1;
    this.#failure = failure;
    return false;
  }

  result(): FlowResult {
    if (this.#bug !== undefined) throw this.#bug.error;
    if (this.#failure === undefined) return { kind: 'pass', cases: this.#cases };
    return { kind: 'failed', cases: this.#cases, shrinks: this.#shrinks, failure: this.#failure };
  }
}

function subjectOf({ blame, failures, symptom }: Extract<TrialFailure, { kind: 'differs' }>): string {
  return [blame, ...SIDES.map((side) => failures[side]?.requirement), blame === 'undecided' ? symptom.requirement : undefined].join(' ');
}

/**
 * Why an adapter cannot take a side of a flow; undefined if it can. What it claims decides: a flow that asks with a
 * value that all its profiles leave out is not for it.
 */
export function unableTo(spec: AreaSpec, flowToRun: Flow, side: Side, hello: Hello): string | undefined {
  const needed = flowToRun[side] ?? [];
  const missing = needed.find((operation) => !hello.operations.includes(operation));
  if (missing !== undefined) return `does not declare ${missing}`;
  if (flowToRun.entropy === true && !takesEntropy(hello)) return 'takes no entropy';
  const claims = spec.profiles
    .filter((p) => hello.profiles.includes(p.profile))
    .map((p) => expandProfile(spec, p.profile))
    .filter(({ operations }) => needed.some((operation) => operations.has(operation)));
  return claims.length > 0 && claims.every(({ without }) => isLeftOut(flowToRun, without)) ? 'claims no profile that has it' : undefined;
}

/** What those who take part have said. */
export type Hellos = { readonly [side in Side]?: Hello };

/** The operations of everybody who takes part. */
export function operationsOf({ producer, relay = [], consumer }: Flow): string[] {
  return [...new Set([...producer, ...relay, ...consumer])];
}

/** True if a side that claims nothing says by its reject that it does not do this. */
export function isDeclined(spec: AreaSpec, flowToRun: Flow, result: FlowResult, hellos: Hellos): boolean {
  if (result.kind !== 'failed' || result.failure.kind !== 'differs' || flowToRun.asksWith === undefined) return false;
  const { got } = result.failure.symptom;
  if (got.kind !== 'reject' || got.class !== 'unsupported') return false;
  const claims = (hello: Hello, side: Side): boolean =>
    spec.profiles.some(
      (p) =>
        hello.profiles.includes(p.profile) &&
        (flowToRun[side] ?? []).some((operation) => expandProfile(spec, p.profile).operations.has(operation)),
    );
  const { failures } = result.failure;
  return SIDES.some((side) => {
    const hello = hellos[side];
    return hello !== undefined && failures[side] !== undefined && !claims(hello, side);
  });
}

/** The verdict of a flow as a result of the bench. */
export function resultOfFlow(result: FlowResult, names: { readonly [side in Side]?: string }): CheckResult {
  if (result.kind === 'pass') return { verdict: 'pass', cases: result.cases };
  const nameOf = (side: Side): string => `${side} ${names[side] ?? ''}`;
  const { failure, cases, shrinks } = result;
  if (failure.kind === 'ended')
    return failure.result.verdict === 'broken'
      ? { ...failure.result, cases, detail: `the ${nameOf(failure.side)}: ${failure.result.detail}` }
      : { ...failure.result, cases };
  const { blame, failures, symptom } = failure;
  const told = (side: Side): string => `The ${nameOf(side)} deviates. ${failures[side]?.explanation ?? ''}`;
  if (blame === 'undecided') {
    return {
      verdict: 'fail',
      cases,
      failure: {
        ...symptom,
        shrinks,
        explanation:
          `Undecided: the ${names.consumer ?? ''} did not get what ${names.producer ?? ''} put in, ` +
          `yet no single answer differs from the specification. ${symptom.explanation}`,
      },
    };
  }
  const [first = 'producer', ...others] = SIDES.filter((side) => failures[side] !== undefined);
  const also = others.map(
    (side) => ` The ${nameOf(side)} as well, by ${failures[side]?.requirement ?? ''}: ${failures[side]?.explanation ?? ''}`,
  );
  const many = others.length === 0 ? '' : others.length === 1 ? ' Both deviate.' : ' All three deviate.';
  return {
    verdict: 'fail',
    cases,
    failure: { ...(failures[first] ?? symptom), shrinks, explanation: `${told(first)}${many}${also.join('')}` },
  };
}
