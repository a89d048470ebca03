/**
 * Traces of machines: the paths that become vectors. There is one generator; what the machines of a session need in addition
 * to the shortest trace to every row, or can do without, is stated by the policy in their topic's `topic.yaml`.
 */
import { explore, EXPLORED_STATES_MAX } from '../explore/explorer.ts';
import {
  describeInput,
  describeState,
  MachineInterpreter,
  type MachineInput,
  type MachineState,
  type MachineStep,
} from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { AreaSpec, Machine, MachineConfiguration, TracePolicy } from '../spec/types.ts';
import { inputName, rowName, traceId, TraceIds } from './trace-names.ts';

/** Inputs of a machine that become a vector. */
export interface Trace {
  readonly configuration: MachineConfiguration;
  /** Unique within machine and configuration. */
  readonly id: string;
  readonly title: string;
  readonly inputs: readonly MachineInput[];
  readonly requirement: string;
}

/** The result of one input in a place. */
interface Ahead {
  readonly input: MachineInput;
  readonly step: MachineStep;
  /** Whether the state stays the same. */
  readonly isKept: boolean;
}
/** A state, the way to it, and what can come next. */
interface Place {
  readonly inputs: readonly MachineInput[];
  /** The row that led here; -1 at the beginning. */
  readonly row: number;
  readonly at: MachineState;
  /** The state as text. */
  readonly key: string;
  /** Whether its last step left the state unchanged. */
  readonly isKept: boolean;
  readonly next: readonly Ahead[];
}

/** The policy of a machine: the one under its name, else under its session; without one, everything is traced. */
export function policyOf(spec: Pick<AreaSpec, 'tracePolicies'>, machine: Pick<Machine, 'machine' | 'session'>): TracePolicy {
  return spec.tracePolicies[machine.machine] ?? spec.tracePolicies[machine.session] ?? {};
}

/** The traces of every configuration of a machine that an implementation can play. */
export function tracesOf(oracle: Oracle, machine: Machine): Trace[] {
  const policy = policyOf(oracle.spec, machine);
  const traced = new Set<number>();
  return machine.configurations
    .filter((c) => c.composedOnly !== true)
    .flatMap((configuration) => new Tracer(new MachineInterpreter(oracle, machine, configuration), policy, traced).traces());
}

/** Makes the traces of one configuration. */
class Tracer {
  readonly #interpreter: MachineInterpreter;
  readonly #policy: TracePolicy;
  /** Rows that have a trace in this configuration or an earlier one. */
  readonly #traced: Set<number>;
  readonly #traces: Trace[] = [];
  readonly #ids = new TraceIds();
  /** What the traces have shown so far. */
  readonly #shown = new Set<string>();

  constructor(interpreter: MachineInterpreter, policy: TracePolicy, traced: Set<number>) {
    this.#interpreter = interpreter;
    this.#policy = policy;
    this.#traced = traced;
  }

  traces(): Trace[] {
    if (this.#policy.from === 'states') for (const place of this.#states()) this.#transitionsOf(place);
    else this.#rows();
    return this.#traces;
  }

  /** The shortest trace to every row, and what can be seen after it. */
  #rows(): void {
    const { machine, configuration } = this.#interpreter;
    const { follow, known, others } = this.#policy;
    const isFollowed = follow?.[machine.machine]?.includes(configuration.name) ?? follow === undefined;
    const start = this.#place([], -1, this.#interpreter.initial(), false);
    const left = new Set([start.key]);
    if (isFollowed && known === 'none') this.#follow(start);
    for (const [row, trace] of [...explore(this.#interpreter).shortest].sort(([a], [b]) => a - b)) {
      const last = trace.at(-1);
      if (last === undefined) continue;
      const { after } = this.#interpreter.step(last.before, last.input);
      const inputs = trace.map(({ input }) => input);
      const place = this.#place(inputs, row, after, describeState(last.before) === describeState(after));
      if (isFollowed || others !== 'telling' || this.#isTelling(place)) this.#rowTrace(place, isFollowed);
      this.#traced.add(row);
      if (isFollowed) this.#follow(place, left.has(place.key));
      left.add(place.key);
    }
  }

  /** Whether a row was not traced before, changes the state, or sends or reports something. */
  #isTelling({ row, isKept }: Place): boolean {
    const { transmit, emit } = this.#interpreter.machine.rows[row] ?? {};
    return !this.#traced.has(row) || !isKept || transmit !== undefined || emit !== undefined;
  }

  #rowTrace(place: Place, isFollowed: boolean): void {
    const row = this.#interpreter.machine.rows[place.row];
    const keeps = place.next.filter(({ isKept }) => isKept);
    const changes = onePerRow(place.next.filter(({ isKept }) => !isKept));
    // Which change follows varies from row to row, so that every change is seen somewhere.
    const change = changes[place.row % Math.max(1, changes.length)];
    const further = place.isKept ? (change === undefined ? [] : [change]) : onePerRow(keeps);
    const inputs = isFollowed && this.#policy.unchanged === 'within' ? [...place.inputs, ...inputsOf(further)] : place.inputs;
    this.#put(this.#name(place.row), `${this.#placeTitle(place)}: ${row?.outcome ?? ''}`, inputs, row?.req ?? '');
  }

  /** One step after a place: by every input that the policy requires. */
  #follow(place: Place, isKnown = false): void {
    const { known, next, unchanged = 'apart' } = this.#policy;
    const { machine } = this.#interpreter;
    if ((isKnown && known === 'none') || (place.isKept && unchanged === 'within')) return;
    const one = place.next.find(({ step }) => step.row.outcome === 'accept');
    const all = isKnown && known === 'accepted' ? (one === undefined ? [] : [one]) : place.next;
    const keeps = all.filter(({ isKept }) => isKept);
    const single = unchanged === 'apart' ? all : all.filter(({ isKept }) => !isKept);
    const last = keeps.at(-1);
    if (unchanged === 'together' && last !== undefined)
      this.#put(
        traceId(this.#name(place.row), 'keeps'),
        `${this.#placeTitle(place)}, then what changes nothing`,
        [...place.inputs, ...inputsOf(keeps)],
        last.step.row.req,
      );
    for (const { input, step } of next === 'rows' ? onePerRow(single) : single) {
      if (!this.#isFresh(place.row, input, step)) continue;
      this.#put(
        traceId(this.#name(place.row), 'then', rowName(machine, step.rowIndex), next === 'rows' ? '' : inputName(machine, input)),
        `${this.#placeTitle(place)}, then ${describeInput(input)}`,
        this.#prolonged([...place.inputs, input]),
        step.row.req,
      );
    }
  }

  /** Inputs with further changes after them, each of which follows its row for the first time. */
  #prolonged(inputs: readonly MachineInput[]): MachineInput[] {
    const longer = [...inputs];
    while (longer.length < (this.#policy.stepsMax ?? 0)) {
      const played = this.#played(longer);
      const own = new Set(played.flatMap(({ row, input, step }) => this.#namesOf(row, input, step)));
      const last = played.at(-1)?.step;
      if (last === undefined) break;
      const next = this.#next(last.after).find(
        ({ input, step, isKept }) =>
          !isKept && this.#namesOf(last.rowIndex, input, step).some((name) => !this.#shown.has(name) && !own.has(name)),
      );
      if (next === undefined) break;
      longer.push(next.input);
    }
    return longer;
  }

  /** What a place shows for the first time: inputs that change nothing, followed by a change that would show it; each change by itself. */
  #transitionsOf(place: Place): void {
    const fresh = place.next.filter(({ input, step }) => {
      const isFresh = this.#isFresh(place.row, input, step);
      for (const name of this.#namesOf(place.row, input, step)) this.#shown.add(name);
      return isFresh;
    });
    this.#keepsOf(
      place,
      fresh.filter(({ isKept }) => isKept),
    );
    const { machine } = this.#interpreter;
    for (const { input, step } of fresh.filter(({ isKept }) => !isKept)) {
      const reached = `${String(step.rowIndex)} to ${describeState(step.after)}`;
      const more = this.#shown.has(reached) ? undefined : this.#next(step.after).find((other) => other.step.row.outcome === 'accept');
      this.#shown.add(reached);
      const inputs = [...place.inputs, input, ...(more === undefined ? [] : [more.input])];
      this.#put(
        traceId(rowName(machine, step.rowIndex), 'after', this.#name(place.row), inputName(machine, input)),
        `${step.row.in} on ${describeInput(input)}`,
        inputs,
        step.row.req,
      );
    }
  }

  /** Whether a step shows something that the policy wants covered and no trace has shown yet. */
  #isFresh(row: number, input: MachineInput, step: MachineStep): boolean {
    return this.#policy.cover === undefined || this.#namesOf(row, input, step).some((name) => !this.#shown.has(name));
  }

  /** What a step shows, as far as the policy is concerned. @param row the row before it */
  #namesOf(row: number, input: MachineInput, step: MachineStep): string[] {
    return (this.#policy.cover ?? []).map((what) =>
      what === 'pairs'
        ? `${String(row)} then ${String(step.rowIndex)}`
        : `${String(step.rowIndex)} by ${describeInput(input)} ${outputsOf(step)}`,
    );
  }

  /** A clause that has no trace of its own yet gets one; the remaining inputs share one. */
  #keepsOf(place: Place, keeps: readonly Ahead[]): void {
    const about = (ahead: Ahead): string => `about ${ahead.step.row.req}`;
    const own = [...new Set(keeps.map(about))].filter((clause) => !this.#shown.has(clause));
    const probe = place.next.find(({ isKept }) => !isKept);
    for (const part of [
      ...own.map((clause) => keeps.filter((ahead) => about(ahead) === clause)),
      keeps.filter((ahead) => !own.includes(about(ahead))),
    ]) {
      const first = part[0];
      if (first === undefined) continue;
      this.#shown.add(about(first));
      this.#put(
        traceId(this.#name(place.row), 'keeps', rowName(this.#interpreter.machine, first.step.rowIndex)),
        `${String(part.length)} that change nothing, from ${describeInput(first.input)} on`,
        [...place.inputs, ...inputsOf(part), ...(probe === undefined ? [] : [probe.input])],
        first.step.row.req,
      );
    }
  }

  /** Every state, the nearest first. */
  *#states(): Generator<Place> {
    const queue: Pick<Place, 'inputs' | 'row' | 'at'>[] = [{ inputs: [], row: -1, at: this.#interpreter.initial() }];
    const seen = new Set(queue.map(({ at }) => describeState(at)));
    for (let head = 0; head < queue.length && seen.size < EXPLORED_STATES_MAX; head++) {
      const node = queue[head];
      if (node === undefined) break;
      const place = this.#place(node.inputs, node.row, node.at, false);
      yield place;
      for (const { input, step } of place.next) {
        const key = describeState(step.after);
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push({ inputs: [...place.inputs, input], row: step.rowIndex, at: step.after });
      }
    }
  }

  #place(inputs: readonly MachineInput[], row: number, at: MachineState, isKept: boolean): Place {
    const next = (): readonly Ahead[] => this.#next(at);
    let known: readonly Ahead[] | undefined;
    return {
      inputs,
      row,
      at,
      key: describeState(at),
      isKept,
      get next(): readonly Ahead[] {
        return (known ??= next());
      },
    };
  }

  #next(at: MachineState): Ahead[] {
    const key = describeState(at);
    return this.#interpreter.inputs(at).map((input) => {
      const step = this.#interpreter.step(at, input);
      return { input, step, isKept: describeState(step.after) === key };
    });
  }

  #put(id: string, title: string, inputs: readonly MachineInput[], requirement: string): void {
    const { configuration } = this.#interpreter;
    this.#traces.push({ configuration, id: this.#ids.take(id, inputs), title, inputs, requirement });
    if (this.#policy.from === 'states' || this.#policy.cover === undefined) return;
    for (const { row, input, step } of this.#played(inputs)) for (const name of this.#namesOf(row, input, step)) this.#shown.add(name);
  }

  /** Each step of a path, and the row before it. */
  #played(inputs: readonly MachineInput[]): { readonly row: number; readonly input: MachineInput; readonly step: MachineStep }[] {
    let at = this.#interpreter.initial();
    let row = -1;
    return inputs.map((input) => {
      const step = this.#interpreter.step(at, input);
      const played = { row, input, step };
      row = step.rowIndex;
      at = step.after;
      return played;
    });
  }

  #name(row: number): string {
    return row < 0 ? 'start' : rowName(this.#interpreter.machine, row);
  }

  #placeTitle({ row }: Place): string {
    const { in: state, on } = this.#interpreter.machine.rows[row] ?? {};
    return state === undefined ? 'start' : `${state} on ${on ?? ''}`;
  }
}

function inputsOf(aheads: readonly Ahead[]): MachineInput[] {
  return aheads.map(({ input }) => input);
}

/** The last input of each row. */
function onePerRow(aheads: readonly Ahead[]): Ahead[] {
  return [...new Map(aheads.map((ahead) => [ahead.step.rowIndex, ahead])).values()];
}

/** What a step outputs, as far as it distinguishes rows that do different things: lengths and types. */
function outputsOf({ transmit, events }: MachineStep): string {
  return [...transmit.map(({ length }) => String(length)), ...events.map(({ type }) => String(type))].join(' ');
}
