/**
 * The machine interpreter: runs one configuration of a machine from its table. The rows of the current state and event are
 * tried in order, and the first whose guard holds is taken; the last one has no guard. Named values, guards and outputs
 * are evaluated where they are used, at most once in a step.
 */
import type { Json, JsonObject } from '../contract/contract.ts';
import { assignmentsOf, definitionsOf, rowKey, rowsByKey, sourcesOf } from '../spec/machines.ts';
import type {
  Assignments,
  ExpressionSource,
  Machine,
  MachineAlternative,
  MachineConfiguration,
  MachineRow,
  NamedInput,
} from '../spec/types.ts';
import { EvaluationError, type Environment, type Evaluator } from './evaluate.ts';
import type { Oracle } from './oracle.ts';
import { isBytes, isMap, toHex, toJson, type Value } from './values.ts';

/** A state of the machine with its variables. Immutable. */
export interface MachineState {
  readonly state: string;
  readonly variables: ReadonlyMap<string, Value>;
}
/** One event with its parameters chosen. */
export interface MachineInput {
  readonly event: string;
  readonly with: ReadonlyMap<string, Value>;
}
/** What one event did. */
export interface MachineStep {
  readonly row: MachineRow;
  readonly rowIndex: number;
  readonly after: MachineState;
  readonly transmit: readonly Uint8Array[];
  readonly events: readonly JsonObject[];
  /** Milliseconds until the machine wants to be ticked; undefined if it does not. */
  readonly timeoutMs: number | undefined;
}

/** No row matches: a fault of the spec. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
}

/** What the names of a machine stand for in one state, with one input. */
class Scope implements Environment {
  readonly #evaluator: Evaluator;
  readonly #layers: readonly ReadonlyMap<string, Value>[];
  readonly #definitions: ReadonlyMap<string, ExpressionSource>;
  readonly #known = new Map<string, Value>();

  /** @param layers names with their values; the first that has one counts */
  constructor(evaluator: Evaluator, definitions: ReadonlyMap<string, ExpressionSource>, layers: readonly ReadonlyMap<string, Value>[]) {
    this.#evaluator = evaluator;
    this.#definitions = definitions;
    this.#layers = layers;
  }

  has(name: string): boolean {
    return this.#layers.some((layer) => layer.has(name)) || this.#definitions.has(name);
  }

  get(name: string): Value {
    for (const layer of this.#layers) {
      const value = layer.get(name);
      if (value !== undefined || layer.has(name)) return value;
    }
    const known = this.#known.get(name);
    if (known !== undefined || this.#known.has(name)) return known;
    const source = this.#definitions.get(name);
    if (source === undefined) return undefined;
    const value = this.#evaluator.evaluate(source, this);
    this.#known.set(name, value);
    return value;
  }
}

export class MachineInterpreter {
  readonly machine: Machine;
  readonly configuration: MachineConfiguration;
  readonly #evaluator: Evaluator;
  readonly #constants: Map<string, Value>;
  readonly #definitions: ReadonlyMap<string, ExpressionSource>;
  readonly #rows: ReadonlyMap<string, readonly number[]>;
  readonly #assignments: readonly Assignments[];
  /** Every input, with the condition under which it is not offered; they are the same in all states, and made when first asked for. */
  #offered: readonly { readonly input: MachineInput; readonly unless: ExpressionSource | undefined }[] | undefined;

  constructor(oracle: Oracle, machine: Machine, configuration: MachineConfiguration) {
    this.#evaluator = oracle.evaluator;
    this.machine = machine;
    this.configuration = configuration;
    this.#constants = new Map();
    for (const [name, source] of Object.entries(configuration.constants ?? {}))
      this.#constants.set(name, this.#evaluator.evaluate(source, this.#constants));
    this.#definitions = definitionsOf(machine);
    this.#rows = rowsByKey(machine.rows);
    this.#assignments = machine.rows.map((row) => assignmentsOf(machine, row));
  }

  initial(): MachineState {
    return {
      state: this.configuration.initial ?? this.machine.initial,
      variables: new Map(
        Object.entries(this.machine.variables).map(([name, v]) => [name, this.#evaluator.evaluate(v.initial, this.#constants)]),
      ),
    };
  }

  /** Every event that is offered in a state, with every choice of its parameters. */
  inputs(at: MachineState): MachineInput[] {
    this.#offered ??= Object.entries(this.machine.events).flatMap(([event, { unless, with: domains = {} }]) =>
      this.#choices(domains).map((chosen) => ({ input: { event, with: chosen }, unless })),
    );
    return this.#offered.flatMap(({ input, unless }) =>
      unless !== undefined && this.#evaluator.test(unless, this.#scope(at, input)) ? [] : [input],
    );
  }

  /** Every choice of the parameters of an event. */
  #choices(domains: NonNullable<Machine['events'][string]['with']>): ReadonlyMap<string, Value>[] {
    let choices: ReadonlyMap<string, Value>[] = [new Map()];
    for (const [param, domain] of Object.entries(domains)) {
      const values =
        typeof domain === 'string'
          ? (this.#evaluator.evaluate(domain, this.#constants) as readonly Value[])
          : domain.map((source) => this.#evaluator.evaluate(source, this.#constants));
      choices = choices.flatMap((chosen) => values.map((value) => new Map([...chosen, [param, value] as const])));
    }
    return choices;
  }

  /** @throws MachineError when no row matches */
  step(at: MachineState, input: MachineInput): MachineStep {
    return this.take(at, input, this.#taken(at, input, this.#scope(at, input)));
  }

  /**
   * The guarded row that an input takes in a specification without a clause. Undefined where there is none: the last row of
   * a state and event has no guard and is about what the others leave, so it says nothing of an input that one of them is
   * about. Nor does a guard that has no value because it relies on the rows before it.
   */
  rowWithout(at: MachineState, input: MachineInput, clause: string): MachineRow | undefined {
    const scope = this.#scope(at, input);
    const own = (this.#rows.get(rowKey(at.state, input.event)) ?? []).flatMap((index) => this.machine.rows[index] ?? []);
    try {
      return own.find(({ req, when }) => req !== clause && when !== undefined && this.#evaluator.test(when, scope));
    } catch (error) {
      if (error instanceof EvaluationError) return undefined;
      throw error;
    }
  }

  /** What one row does with an input, whether or not its state and guard are those of the moment. */
  take(at: MachineState, input: MachineInput, rowIndex: number): MachineStep {
    const row = this.machine.rows[rowIndex];
    if (row === undefined) throw new MachineError(`${this.machine.machine} has no row ${String(rowIndex)}`);
    return this.#answer(this.#scope(at, input), at, rowIndex, row, row);
  }

  /** What may be done instead of a step, where its row leaves that open. */
  alternatives(at: MachineState, input: MachineInput): MachineStep[] {
    const scope = this.#scope(at, input);
    const rowIndex = this.#taken(at, input, scope);
    const row = this.machine.rows[rowIndex];
    if (row?.or === undefined) return [];
    return row.or
      .filter(({ when }) => when === undefined || this.#evaluator.test(when, scope))
      .map((other) => this.#answer(scope, at, rowIndex, row, other));
  }

  /** @param answer what of the row, or of another right answer of it, is done */
  #answer(scope: Scope, at: MachineState, rowIndex: number, row: MachineRow, answer: MachineAlternative): MachineStep {
    const assigned = answer === row ? (this.#assignments[rowIndex] ?? {}) : assignmentsOf(this.machine, answer);
    const variables = new Map(at.variables);
    for (const [name, source] of Object.entries(assigned)) variables.set(name, this.#evaluator.evaluate(source, scope));
    const after: MachineState = { state: answer.to, variables };
    const listed = (outputs: MachineRow['transmit']): Value[] =>
      sourcesOf(outputs).flatMap((source) => {
        const value = this.#evaluator.evaluate(source, scope);
        return Array.isArray(value) ? [...(value as readonly Value[])] : [value];
      });
    const transmit = listed(answer.transmit) as readonly Uint8Array[];
    const events = listed(answer.emit).map((event) => this.#event(event, scope));
    return { row, rowIndex, after, transmit, events, timeoutMs: this.timeoutMs(after) };
  }

  /** The parameters of the adapter call that carries an input (without session and time). */
  call(at: MachineState, input: MachineInput): { operation: string; params: Record<string, Json>; advanceMs: number } {
    const declared = this.machine.events[input.event];
    if (declared === undefined) throw new MachineError(`${this.machine.machine} has no event ${input.event}`);
    const scope = this.#scope(at, input);
    const params = Object.fromEntries(
      Object.entries(declared.arguments ?? {}).flatMap(([name, source]) => {
        const value = this.#evaluator.evaluate(source, scope);
        return value === undefined ? [] : [[name, toJson(value)] as const]; // an absent value leaves its argument out
      }),
    );
    const advance = declared.advance === undefined ? 0n : this.#evaluator.evaluate(declared.advance, scope);
    return { operation: declared.call, params, advanceMs: Number(advance) };
  }

  /** The inputs that a named trace writes: events with expressions for their parameters. @throws MachineError for an unknown event */
  namedInputs(written: readonly NamedInput[]): MachineInput[] {
    return written.flatMap((item) => {
      const { on: event, with: sources = {}, times = 1 } = typeof item === 'string' ? { on: item } : item;
      if (this.machine.events[event] === undefined) throw new MachineError(`${this.machine.machine} has no event ${event}`);
      const chosen = Object.entries(sources).map(([name, source]) => [name, this.#evaluator.evaluate(source, this.#constants)] as const);
      return Array.from({ length: times }, (): MachineInput => ({ event, with: new Map(chosen) }));
    });
  }

  /** Milliseconds until something is due in a state; undefined if nothing is. */
  timeoutMs(at: MachineState): number | undefined {
    const timeout = this.#evaluator.evaluate(this.machine.timeout, this.#scope(at, undefined));
    return typeof timeout === 'bigint' ? Number(timeout) : undefined;
  }

  /** Whether a condition holds in a state. */
  holds(condition: string, at: MachineState): boolean {
    return this.#evaluator.test(condition, this.#scope(at, undefined));
  }

  /** The index of the row that an input takes. */
  #taken(at: MachineState, input: MachineInput, scope: Scope): number {
    const { rows, machine } = this.machine;
    const own = this.#rows.get(rowKey(at.state, input.event)) ?? [];
    const taken = own.find((index) => {
      const when = rows[index]?.when;
      return when === undefined || this.#evaluator.test(when, scope);
    });
    if (taken === undefined) throw new MachineError(`${machine}: no row matches ${input.event} in ${describeState(at)}`);
    return taken;
  }

  #event(event: Value, scope: Scope): JsonObject {
    const members: Record<string, Json> = {};
    for (const [name, source] of Object.entries(this.machine.eventDefaults ?? {}))
      members[name] = toJson(this.#evaluator.evaluate(source, scope));
    if (!isMap(event)) throw new MachineError(`${this.machine.machine}: ${describeValue(event)} is not an event`);
    for (const [name, value] of event) members[name] = toJson(value);
    return members;
  }

  #scope(at: MachineState, input: MachineInput | undefined): Scope {
    const own = new Map<string, Value>([['state', at.state]]);
    const layers = input === undefined ? [own, at.variables, this.#constants] : [input.with, own, at.variables, this.#constants];
    return new Scope(this.#evaluator, this.#definitions, layers);
  }
}

/** A state as one line of text; equal states have equal text. */
export function describeState(at: MachineState): string {
  return `${at.state}{${[...at.variables].map(([name, value]) => `${name}=${describeValue(value)}`).join(' ')}}`;
}
/** A value as short text. */
export function describeValue(value: Value): string {
  if (isBytes(value)) return `0x${toHex(value)}`;
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(describeValue).join(',')}]`;
  const json = toJson(value);
  return typeof json === 'number' ? String(json) : JSON.stringify(json);
}
/** An input as one line of text. */
export function describeInput(input: MachineInput): string {
  const values = [...input.with].map(([name, value]) => `${name}=${describeValue(value)}`).join(' ');
  return `${input.event}${input.with.size === 0 ? '' : `(${values})`}`;
}
