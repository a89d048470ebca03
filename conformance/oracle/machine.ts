/**
 * The machine interpreter: runs one configuration of a machine from its table. A row matches when its state and
 * event are the current ones and its guard holds; the spec's checks prove that exactly one row always does.
 */
import type { Json, JsonObject } from '../contract/contract.ts';
import type { ExpressionSource, Machine, MachineConfiguration, MachineRow } from '../spec/types.ts';
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
  /** Milliseconds until the machine wants to be ticked; undefined where it does not. */
  readonly timeoutMs: number | undefined;
}

/** No row, or more than one, matches: a fault of the spec. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
}

export class MachineInterpreter {
  readonly machine: Machine;
  readonly configuration: MachineConfiguration;
  readonly #oracle: Oracle;
  readonly #constants: Map<string, Value>;

  constructor(oracle: Oracle, machine: Machine, configuration: MachineConfiguration) {
    this.#oracle = oracle;
    this.machine = machine;
    this.configuration = configuration;
    this.#constants = new Map();
    for (const [name, source] of Object.entries(configuration.constants ?? {}))
      this.#constants.set(name, this.#evaluate(source, this.#constants));
  }

  initial(): MachineState {
    return {
      state: this.configuration.initial ?? this.machine.initial,
      variables: new Map(Object.entries(this.machine.variables).map(([name, v]) => [name, this.#evaluate(v.initial, this.#constants)])),
    };
  }

  /** Every event that is offered in a state, with every choice of its parameters. */
  inputs(at: MachineState): MachineInput[] {
    const inputs: MachineInput[] = [];
    for (const [event, declared] of Object.entries(this.machine.events)) {
      let choices: Map<string, Value>[] = [new Map()];
      for (const [param, domain] of Object.entries(declared.with ?? {})) {
        const values =
          typeof domain === 'string'
            ? (this.#evaluate(domain, this.#constants) as readonly Value[])
            : domain.map((source) => this.#evaluate(source, this.#constants));
        choices = choices.flatMap((chosen) => values.map((value) => new Map([...chosen, [param, value] as const])));
      }
      for (const chosen of choices) {
        const input = { event, with: chosen };
        if (declared.unless === undefined || !this.#oracle.evaluator.test(declared.unless, this.#environment(at, input)))
          inputs.push(input);
      }
    }
    return inputs;
  }

  /** Indexes of the rows that match; a complete machine has exactly one. */
  matching(at: MachineState, input: MachineInput): number[] {
    const environment = this.#environment(at, input);
    return this.machine.rows.flatMap((row, index) =>
      row.in === at.state && row.on === input.event && (row.when === undefined || this.#oracle.evaluator.test(row.when, environment))
        ? [index]
        : [],
    );
  }

  /** @throws MachineError when not exactly one row matches */
  step(at: MachineState, input: MachineInput): MachineStep {
    const matches = this.matching(at, input);
    const rowIndex = matches[0];
    const row = rowIndex === undefined ? undefined : this.machine.rows[rowIndex];
    if (rowIndex === undefined || row === undefined || matches.length !== 1) {
      throw new MachineError(`${this.machine.machine}: ${String(matches.length)} rows match ${input.event} in ${describeState(at)}`);
    }
    const environment = this.#environment(at, input);
    const variables = new Map(at.variables);
    for (const [name, source] of Object.entries(row.set ?? {})) variables.set(name, this.#evaluate(source, environment));
    const after: MachineState = { state: row.to, variables };
    const transmit = row.transmit === undefined ? [] : (this.#evaluate(row.transmit, environment) as readonly Uint8Array[]);
    const emitted: Value[] =
      row.emit === undefined
        ? []
        : typeof row.emit === 'string'
          ? [...(this.#evaluate(row.emit, environment) as readonly Value[])]
          : row.emit.map((source) => this.#evaluate(source, environment));
    const events = emitted.map((event) => this.#event(event, environment));
    const timeout = this.#evaluate(this.machine.timeout, this.#environment(after, undefined));
    return { row, rowIndex, after, transmit, events, timeoutMs: typeof timeout === 'bigint' ? Number(timeout) : undefined };
  }

  /** The parameters of the adapter call that carries an input (without session and time). */
  call(at: MachineState, input: MachineInput): { operation: string; params: Record<string, Json>; advanceMs: number } {
    const declared = this.machine.events[input.event];
    if (declared === undefined) throw new MachineError(`${this.machine.machine} has no event ${input.event}`);
    const environment = this.#environment(at, input);
    const params = Object.fromEntries(
      Object.entries(declared.arguments ?? {}).map(([name, source]) => [name, toJson(this.#evaluate(source, environment))]),
    );
    const advance = declared.advance === undefined ? 0n : this.#evaluate(declared.advance, environment);
    return { operation: declared.call, params, advanceMs: Number(advance) };
  }

  /** Whether a condition holds in a state. */
  holds(condition: string, at: MachineState): boolean {
    return this.#oracle.evaluator.test(condition, this.#environment(at, undefined));
  }

  #event(event: Value, environment: ReadonlyMap<string, Value>): JsonObject {
    const members: Record<string, Json> = {};
    for (const [name, source] of Object.entries(this.machine.eventDefaults ?? {}))
      members[name] = toJson(this.#evaluate(source, environment));
    if (isMap(event)) for (const [name, value] of event) members[name] = toJson(value);
    return members;
  }

  #environment(at: MachineState, input: MachineInput | undefined): Map<string, Value> {
    return new Map<string, Value>([...this.#constants, ...at.variables, ['state', at.state], ...(input?.with ?? [])]);
  }
  #evaluate(source: ExpressionSource, environment: ReadonlyMap<string, Value>): Value {
    return this.#oracle.evaluator.evaluate(source, environment);
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
  return JSON.stringify(toJson(value));
}
/** An input as one line of text. */
export function describeInput(input: MachineInput): string {
  const values = [...input.with].map(([name, value]) => `${name}=${describeValue(value)}`).join(' ');
  return `${input.event}${input.with.size === 0 ? '' : `(${values})`}`;
}
