/**
 * Probes: what is asked after a refusal without a reason, to see that it changed nothing. The machine says which states the
 * input could have led to, had it been taken, and which inputs are answered otherwise there.
 */
import { type Allowances, withoutOmitted } from '../contract/allowances.ts';
import { describeState, type MachineInput, type MachineState } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import { twinRequest } from '../vectors.ts';
import type { JudgedStep } from './judge.ts';
import { answerOf, attempt, type Path } from './states.ts';
import { Caller, playSteps, reproSteps } from './steps.ts';
import { SESSION_NAME } from './walks.ts';
import { isAnswer, type Refusals, type Worth } from './twins.ts';

/** Inputs that are tried one after the other when a probe is looked for. */
const PROBE_STEPS_MAX = 2;
/** Sequences that are looked at before a state is given up. */
const SEQUENCES_MAX = 400;
/** Sessions that the probes of one refusal may take. */
const PROBES_MAX = 3;

/** What a refusal is worth after which nothing is asked that would be answered otherwise. */
const UNPROBED: Worth = { kind: 'not-shown', reason: 'nothing that is asked after the refusal would show that it changed the session' };

/** A state of the machine, or the end of the session, in which nothing is taken any more. */
type Wrong = MachineState | 'ended';

/** Asks what shows that a refusal changed nothing: the trace itself where its rest shows it, else probes in fresh sessions. */
export async function probe(refusals: Refusals, index: number): Promise<Worth> {
  const path = refusals.path();
  return path === undefined ? withTwin(refusals, index) : byMachine(refusals, index, path);
}

async function byMachine(refusals: Refusals, index: number, path: Path): Promise<Worth> {
  const { oracle, steps, allowances } = refusals;
  const right = path.states[index];
  const refused = steps[index];
  if (right === undefined || refused === undefined) return { kind: 'not-shown', reason: 'it opens the session' };
  const views = new Views(oracle, path, allowances);
  const rest = path.inputs.slice(index);
  // A session in which nothing is taken any more cannot end once more.
  const wrong = views.wrongStates(index).filter((at) => at !== 'ended' || !views.isSpent(right));
  let left = wrong.filter((at) => !views.differ(right, at, rest));
  const untold: Wrong[] = [];
  for (let turn = 0; turn < PROBES_MAX && left.length > 0; turn++) {
    const [at] = left;
    const inputs = at === undefined ? undefined : views.telling(right, at);
    if (inputs !== undefined) {
      const found = await played(refusals, index, views.steps(right, inputs, Number(refused.params['now'])));
      if (found !== undefined) return found;
      left = left.filter((other) => !views.differ(right, other, inputs));
    } else {
      untold.push(...left.slice(0, 1));
      left = left.slice(1);
      turn -= 1;
    }
  }
  // A session that may have ended is the least that a probe must tell from one that goes on.
  return untold.includes('ended') || (wrong.length > 0 && untold.length === wrong.length) ? UNPROBED : { kind: 'shown' };
}

/** Plays the trace up to the refusal, and then a probe. @returns nothing where all is as it must be */
async function played(
  { judge, implementation, steps, vector }: Refusals,
  index: number,
  probing: readonly JudgedStep[],
): Promise<Worth | undefined> {
  const { result } = await playSteps(judge, implementation, [...steps.slice(0, index + 1), ...probing]);
  if (result.verdict === 'pass') return undefined;
  if (result.verdict !== 'fail')
    return result.verdict === 'broken' ? { kind: 'ended', result } : { kind: 'not-shown', reason: 'its probe is out of reach' };
  const requirement = steps[index]?.requirement ?? vector.requirement;
  const { failure } = result;
  return {
    kind: 'wrong',
    failure: {
      ...failure,
      requirement,
      clause: judge.clause(requirement),
      kind: 'relation',
      basis: judge.basis(requirement, 'relation'),
      about: failure.requirement,
      explanation: `What was refused before must change nothing; afterwards: ${failure.explanation}`,
    },
  };
}

/**
 * Without a machine: the twin, asked after the refusal, must be answered as it is where nothing was refused before.
 */
async function withTwin({ judge, implementation, vector, steps }: Refusals, index: number): Promise<Worth> {
  const step = vector.steps[index];
  const request = step === undefined ? undefined : twinRequest(step);
  // Time does not go back: a twin that is earlier than the refusal cannot follow it.
  const isLater = Number(request?.params['now'] ?? 0) >= Number(step?.params['now'] ?? 0);
  if (step?.twin?.kind !== 'session' || request === undefined || !isLater)
    return isFollowed(vector.steps.slice(index + 1)) ? { kind: 'shown' } : UNPROBED;
  const answers = [];
  for (const before of [steps.slice(0, index), steps.slice(0, index + 1)]) {
    const caller = new Caller(implementation);
    for (const earlier of before) await caller.ask(earlier);
    answers.push(await caller.ask(request));
  }
  const [without, after] = answers;
  if (without === undefined || after === undefined || !isAnswer(without) || !isAnswer(after))
    return { kind: 'not-shown', reason: 'its probe had no answer' };
  if (equalJson({ ...without }, { ...after })) return { kind: 'shown' };
  const { requirement } = step;
  return {
    kind: 'wrong',
    failure: {
      requirement,
      clause: judge.clause(requirement),
      kind: 'relation',
      basis: judge.basis(requirement, 'relation'),
      ...request,
      expected: without,
      got: after,
      explanation: 'What was refused before must change nothing; afterwards this request is answered otherwise than without it.',
      steps: reproSteps([
        ...steps.slice(0, index + 1),
        { ...request, expect: without.kind === 'ok' ? { ok: without.value } : step.expect, requirement },
      ]),
    },
  };
}

/** True if a later step is accepted with something to see. */
function isFollowed(steps: Refusals['vector']['steps']): boolean {
  return steps.some(
    ({ expect }) => 'ok' in expect && [expect.ok['transmit'], expect.ok['events']].some((list) => Array.isArray(list) && list.length > 0),
  );
}

/** How inputs look in different states, as far as the implementation shows it. */
class Views {
  readonly #oracle: Oracle;
  readonly #path: Path;
  readonly #allowances: Allowances;

  constructor(oracle: Oracle, path: Path, allowances: Allowances) {
    this.#oracle = oracle;
    this.#path = path;
    this.#allowances = allowances;
  }

  /** Where the refused input could have led: what other rows of the same state and event make of it, and the session's end. */
  wrongStates(index: number): Wrong[] {
    const { interpreter, inputs, states } = this.#path;
    const [at, input, right] = [states[index - 1], inputs[index - 1], states[index]];
    if (at === undefined || input === undefined || right === undefined) return ['ended'];
    const others = interpreter.machine.rows.flatMap((row, i) => {
      if (row.on !== input.event || row.in !== at.state) return [];
      const taken = attempt(() => interpreter.take(at, input, i));
      return taken === undefined ? [] : [taken.after];
    });
    const distinct = new Map(others.map((state) => [describeState(state), state]));
    distinct.delete(describeState(right));
    return [...distinct.values(), 'ended'];
  }

  /** True if inputs are answered in sight of the bench otherwise in one state than in another. */
  differ(right: MachineState, wrong: Wrong, inputs: readonly MachineInput[]): boolean {
    let [one, other]: [MachineState, Wrong] = [right, wrong];
    for (const input of inputs) {
      const mine = attempt(() => this.#path.interpreter.step(one, input));
      if (mine === undefined) return false;
      const from = other;
      const theirs = from === 'ended' ? undefined : attempt(() => this.#path.interpreter.step(from, input));
      if (this.#view(input, mine) !== (theirs === undefined ? '' : this.#view(input, theirs))) return true;
      one = mine.after;
      other = theirs?.after ?? 'ended';
    }
    return false;
  }

  /** Inputs that tell a wrong state from the right one; undefined where none are found. */
  telling(right: MachineState, wrong: Wrong): readonly MachineInput[] | undefined {
    let sequences: readonly { readonly inputs: readonly MachineInput[]; readonly at: MachineState }[] = [{ inputs: [], at: right }];
    let looked = 0;
    for (let length = 1; length <= PROBE_STEPS_MAX; length++) {
      const longer: { inputs: readonly MachineInput[]; at: MachineState }[] = [];
      for (const { inputs, at } of sequences)
        for (const input of this.#path.interpreter.inputs(at)) {
          if (++looked > SEQUENCES_MAX) return undefined;
          const next = [...inputs, input];
          if (this.differ(right, wrong, next)) return next;
          const after = attempt(() => this.#path.interpreter.step(at, input).after);
          if (after !== undefined) longer.push({ inputs: next, at: after });
        }
      sequences = longer;
    }
    return undefined;
  }

  /** True if nothing that can be asked in a state, or after one more input, is answered in sight of the bench. */
  isSpent(right: MachineState): boolean {
    const { interpreter } = this.#path;
    const isSilent = (at: MachineState): boolean => interpreter.inputs(at).every((input) => !this.differ(at, 'ended', [input]));
    const next = interpreter.inputs(right).map((input) => attempt(() => interpreter.step(right, input).after));
    return isSilent(right) && next.every((after) => after === undefined || isSilent(after));
  }

  /** Inputs as steps of a session that is in a state at a time. */
  steps(right: MachineState, inputs: readonly MachineInput[], from: number): JudgedStep[] {
    const { interpreter } = this.#path;
    let [at, now] = [right, from];
    return inputs.map((input) => {
      const { operation, params, advanceMs } = interpreter.call(at, input);
      const taken = interpreter.step(at, input);
      now += advanceMs;
      at = taken.after;
      return {
        operation,
        params: { session: `$${SESSION_NAME}`, ...params, now },
        expect: answerOf(taken, now),
        requirement: taken.row.req,
      };
    });
  }

  /** What the bench can see of an answer; nothing for a refusal without a reason, and for a packet of which nothing came. */
  #view(input: MachineInput, taken: Parameters<typeof answerOf>[0]): string {
    const operation = this.#path.interpreter.machine.events[input.event]?.call ?? '';
    const expect = answerOf(taken, 0);
    if ('reject' in expect) return this.#allowances.isUnreasoned(operation) ? '' : expect.reject;
    const { transmit, events } = withoutOmitted(this.#oracle.operation(operation), this.#allowances, expect.ok);
    const isEmpty = [transmit, events].every((list) => Array.isArray(list) && list.length === 0);
    return isEmpty ? (this.#allowances.isUnreasoned(operation) ? '' : 'quiet') : JSON.stringify([transmit, events]);
  }
}
