/**
 * The machine behind a trace: which inputs its calls carry, and in which states of the spec an implementation may be that
 * once answered otherwise than the table says.
 */
import { type Allowances, withoutOmitted } from '../contract/allowances.ts';
import type { JsonObject, Outcome } from '../contract/contract.ts';
import { describeState, MachineInterpreter, type MachineInput, type MachineState, type MachineStep } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson, toHex } from '../oracle/values.ts';
import type { JudgedStep } from './judge.ts';

/** States that are followed at once. */
const STATES_MAX = 32;

/** A trace as the machine sees it: the step that opens, then one input for each step, with the state before it. */
export interface Path {
  readonly interpreter: MachineInterpreter;
  /** `inputs[i]` is carried by step `i + 1`. */
  readonly inputs: readonly MachineInput[];
  /** `states[i]` is the state before `inputs[i]`; the last is the state at the end. */
  readonly states: readonly MachineState[];
}

/**
 * The path of a trace. Its id names machine and configuration.
 * @returns undefined where it is no trace of a machine, or asks what its machine does not offer
 */
export function pathOf(oracle: Oracle, id: string, steps: readonly Pick<JudgedStep, 'operation' | 'params'>[]): Path | undefined {
  const [name, configured] = id.split('/');
  const machine = oracle.spec.machines.find((m) => m.machine === name);
  const configuration = machine?.configurations.find((c) => c.name === configured);
  const [open, ...calls] = steps;
  if (machine === undefined || configuration === undefined || open?.operation !== `${machine.session}.open`) return undefined;
  const interpreter = new MachineInterpreter(oracle, machine, configuration);
  const inputs: MachineInput[] = [];
  const states: MachineState[] = [interpreter.initial()];
  let now = Number(open.params['now']);
  for (const call of calls) {
    const at = states.at(-1);
    const input = at === undefined ? undefined : inputOf(interpreter, at, now, call);
    if (at === undefined || input === undefined) return undefined;
    now = Number(call.params['now'] ?? now);
    inputs.push(input);
    states.push(interpreter.step(at, input).after);
  }
  return { interpreter, inputs, states };
}

/** The path of inputs that are known. */
export function pathThrough(interpreter: MachineInterpreter, inputs: readonly MachineInput[]): Path {
  const states = [interpreter.initial()];
  for (const input of inputs) states.push(interpreter.step(states.at(-1) ?? interpreter.initial(), input).after);
  return { interpreter, inputs, states };
}

/** The input that a call carries in a state. */
function inputOf(
  interpreter: MachineInterpreter,
  at: MachineState,
  before: number,
  { operation, params }: Pick<JudgedStep, 'operation' | 'params'>,
): MachineInput | undefined {
  const { session: _session, now, ...own } = params;
  return interpreter.inputs(at).find((offered) => {
    if (interpreter.machine.events[offered.event]?.call !== operation) return false;
    const call = interpreter.call(at, offered);
    return before + call.advanceMs === now && equalJson(call.params, own);
  });
}

/** What a machine makes of a call after so many steps of a trace; undefined where it does not offer it there. */
export function stepTaken(
  { interpreter, states }: Path,
  stepCount: number,
  { operation, params }: Pick<JudgedStep, 'operation' | 'params'>,
): MachineStep | undefined {
  const at = states[stepCount - 1];
  const { session: _session, now: _now, ...own } = params;
  const input =
    at &&
    interpreter.inputs(at).find((offered) => {
      const call = interpreter.call(at, offered);
      return call.operation === operation && equalJson(call.params, own);
    });
  return at && input && interpreter.step(at, input);
}

/** What a step of a machine answers to a call made at a time. */
export function answerOf({ row, transmit, events, timeoutMs }: MachineStep, now: number): JudgedStep['expect'] {
  if (row.reject !== undefined) return { reject: row.reject };
  return { ok: { transmit: transmit.map(toHex), events, timeoutAt: timeoutMs === undefined ? null : now + timeoutMs } };
}

/** The states in which an implementation may be that differed from the trace. */
export class States {
  readonly #oracle: Oracle;
  readonly #path: Path;
  #candidates: readonly MachineState[];
  #admitted = false;

  constructor(oracle: Oracle, path: Path) {
    this.#oracle = oracle;
    this.#path = path;
    this.#candidates = [];
  }

  /**
   * What the spec says of a step in each of the states. Those in which it cannot be made, such as one whose keys the trials do
   * not have, are given up; none may be left.
   */
  expected(index: number, step: JudgedStep): JudgedStep[] {
    const input = this.#path.inputs[index - 1];
    if (input === undefined) return [step];
    const told = this.#candidates.flatMap((at) => {
      const taken = attempt(() => this.#path.interpreter.step(at, input));
      return taken === undefined
        ? []
        : [{ at, step: { ...step, expect: answerOf(taken, Number(step.params['now'])), requirement: taken.row.req } }];
    });
    this.#candidates = told.map(({ at }) => at);
    return told.map((one) => one.step);
  }

  /** What another oracle of the same specification expects of a step of the trace. */
  again(index: number, now: number, oracle: Oracle): JudgedStep['expect'] | undefined {
    const { interpreter, inputs, states } = this.#path;
    const [input, before] = [inputs[index - 1], states[index - 1]];
    if (input === undefined || before === undefined) return undefined;
    const { machine, configuration } = interpreter;
    const taken = attempt(() => new MachineInterpreter(oracle, machine, configuration).step(before, input));
    return taken && answerOf(taken, now);
  }

  /** Goes on from those states in which an answer was right. */
  keep(index: number, kept: readonly boolean[]): void {
    const input = this.#path.inputs[index - 1];
    if (input === undefined) return;
    this.#follow(this.#candidates.filter((_, i) => kept[i] === true).map((at) => this.#path.interpreter.step(at, input).after));
  }

  /** What the spec lets an implementation do instead, in each of the states in which it may be. */
  alternatives(index: number, step: JudgedStep): { readonly after: MachineState; readonly step: JudgedStep }[] {
    const input = this.#path.inputs[index - 1];
    if (input === undefined) return [];
    return this.#before(index).flatMap((at) =>
      (attempt(() => this.#path.interpreter.alternatives(at, input)) ?? []).map((taken) => ({
        after: taken.after,
        step: { ...step, expect: answerOf(taken, Number(step.params['now'])), requirement: taken.row.req },
      })),
    );
  }

  /** Goes on from states that an implementation has chosen. */
  choose(states: readonly MachineState[]): void {
    this.#admitted = true;
    this.#follow(states);
  }

  /** The states before a step: that of the trace until something else was answered. */
  #before(index: number): readonly MachineState[] {
    return this.#admitted ? this.#candidates : this.#path.states.slice(index - 1, index);
  }

  /** Goes on from every state that admits an answer. @returns whether there is one */
  admit(index: number, outcome: Outcome, allowances: Allowances): boolean {
    const input = this.#path.inputs[index - 1];
    const before = this.#before(index);
    if (input === undefined || (outcome.kind !== 'ok' && outcome.kind !== 'reject' && outcome.kind !== 'refused')) return false;
    this.#admitted = true;
    // What is refused leaves the state as it was.
    if (outcome.kind !== 'ok') this.#follow(before);
    else this.#follow(before.flatMap((at) => this.#admitting(at, input, outcome.value, allowances)));
    return this.#candidates.length > 0;
  }

  #admitting(at: MachineState, input: MachineInput, value: JsonObject, allowances: Allowances): MachineState[] {
    const { interpreter } = this.#path;
    const { machine } = interpreter;
    const call = machine.events[input.event]?.call ?? '';
    const declared = this.#oracle.operation(call);
    const seen = ({ transmit, events }: JsonObject): JsonObject => ({ transmit: transmit ?? null, events: events ?? null });
    return machine.rows.flatMap((row, index) => {
      if (row.on !== input.event || row.reject !== undefined) return [];
      const taken = attempt(() => interpreter.take({ ...at, state: row.in }, input, index));
      if (taken === undefined) return [];
      const said = withoutOmitted(declared, allowances, { transmit: taken.transmit.map(toHex), events: taken.events });
      return equalJson(seen(said), seen(value)) ? [taken.after] : [];
    });
  }

  #follow(states: readonly MachineState[]): void {
    this.#candidates = [...new Map(states.map((at) => [describeState(at), at])).values()].slice(0, STATES_MAX);
  }
}

/** What a function returns; undefined where what it evaluates has no value in that state. */
export function attempt<T>(evaluate: () => T): T | undefined {
  try {
    return evaluate();
  } catch {
    return undefined;
  }
}
