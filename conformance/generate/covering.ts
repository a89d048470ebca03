/**
 * Traces of machines that take many kinds of input and have few states: every input is followed once by every row that
 * it can take with every kind of output, and in a machine of few rows every row by every row that can be next. What
 * must leave the state as it was stands in a row in one trace, with a change behind it that would tell; each change is
 * a trace of its own.
 */
import {
  describeInput,
  describeState,
  MachineInterpreter,
  type MachineInput,
  type MachineState,
  type MachineStep,
} from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Machine } from '../spec/types.ts';
import type { Trace } from './thrifty.ts';
import { inputName, rowName, traceId, TraceIds } from './trace-names.ts';

/** States that are looked at; breadth first, so the nearest. */
const STATES_MAX = 20_000;
/** Rows of a machine that has many. */
const ROWS_MANY = 20;

interface Node {
  readonly at: MachineState;
  readonly path: readonly MachineInput[];
  /** The row that led here. */
  readonly row: number;
}

/** The traces of every configuration of a machine that an implementation can play. */
export function coveringTraces(oracle: Oracle, machine: Machine): Trace[] {
  const covered = new Set<string>();
  return machine.configurations
    .filter((c) => c.composedOnly !== true)
    .flatMap((configuration) => tracesOf(new MachineInterpreter(oracle, machine, configuration), covered));
}

/** What a step puts out, as far as it tells rows apart that do different things: lengths and types. */
function outputsOf({ transmit, events }: MachineStep): string {
  return [...transmit.map(({ length }) => String(length)), ...events.map(({ type }) => String(type))].join(' ');
}

function tracesOf(interpreter: MachineInterpreter, coveredRows: Set<string>): Trace[] {
  const { configuration, machine } = interpreter;
  const hasMany = machine.rows.length > ROWS_MANY;
  const traces: Trace[] = [];
  const ids = new TraceIds();
  const after = (row: number): string => (row < 0 ? 'start' : rowName(machine, row));
  const covered = new Set<string>();
  const traced = new Set<string>();
  const start: Node = { at: interpreter.initial(), path: [], row: -1 };
  const seen = new Set<string>([describeState(start.at)]);
  const queue: Node[] = [start];
  for (let head = 0; head < queue.length && seen.size < STATES_MAX; head++) {
    const node = queue[head];
    if (node === undefined) break;
    const key = describeState(node.at);
    const next = interpreter.inputs(node.at).map((input) => {
      const step = interpreter.step(node.at, input);
      return {
        input,
        step,
        isKept: describeState(step.after) === key,
        pair: `${String(step.rowIndex)} ${describeInput(input)} ${outputsOf(step)}`,
        rows: `${String(node.row)} then ${String(step.rowIndex)}`,
      };
    });
    const fresh = next.filter(({ pair, rows }) => {
      const isFresh = !covered.has(pair) || (!covered.has(rows) && !hasMany);
      covered.add(pair).add(rows);
      return isFresh;
    });
    const probe = next.find(({ isKept }) => !isKept);
    const keeps = fresh.filter(({ isKept }) => isKept);
    // A clause that has no trace of its own yet gets one; what is left stands together.
    const own = [...new Set(keeps.map(({ step }) => step.row.req))].filter((requirement) => !traced.has(requirement));
    const parts = [
      ...own.map((requirement) => keeps.filter(({ step }) => step.row.req === requirement)),
      keeps.filter(({ step }) => !own.includes(step.row.req)),
    ];
    for (const part of parts) {
      const first = part[0];
      if (first === undefined) continue;
      const requirement = first.step.row.req;
      traced.add(requirement);
      const inputs = [...node.path, ...part.map(({ input }) => input), ...(probe === undefined ? [] : [probe.input])];
      traces.push({
        configuration,
        id: ids.take(traceId(after(node.row), 'keeps', rowName(machine, first.step.rowIndex)), inputs),
        title: `${String(part.length)} that change nothing, from ${describeInput(first.input)} on`,
        inputs,
        requirement,
      });
    }
    for (const { input, step } of fresh.filter(({ isKept }) => !isKept)) {
      const known = coveredRows.has(`${configuration.name} ${String(step.rowIndex)} ${describeState(step.after)}`);
      coveredRows.add(`${configuration.name} ${String(step.rowIndex)} ${describeState(step.after)}`);
      const more = known
        ? undefined
        : interpreter.inputs(step.after).find((other) => interpreter.step(step.after, other).row.outcome === 'accept');
      const inputs = [...node.path, input, ...(more === undefined ? [] : [more])];
      traces.push({
        configuration,
        id: ids.take(traceId(rowName(machine, step.rowIndex), 'after', after(node.row), inputName(machine, input)), inputs),
        title: `${step.row.in} on ${describeInput(input)}`,
        inputs,
        requirement: step.row.req,
      });
    }
    for (const { input, step } of next) {
      const reached = describeState(step.after);
      if (seen.has(reached)) continue;
      seen.add(reached);
      queue.push({ at: step.after, path: [...node.path, input], row: step.rowIndex });
    }
  }
  return traces;
}
