/**
 * Traces of machines whose packets are long, so that a trace has to show more than one thing: behind a row that changes
 * the state comes everything that must not change it, in a row, and apart from that each change that can be next;
 * behind a row that changes nothing comes one change, which must find the state as it was.
 */
import { explore } from '../explore/explorer.ts';
import { describeInput, describeState, MachineInterpreter, type MachineInput } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Machine, MachineConfiguration } from '../spec/types.ts';
import { rowName, traceId } from './trace-names.ts';

/** Steps at which a trace is not prolonged any more. */
const STEPS_MAX = 12;

/** Inputs of a machine that become a vector. */
export interface Trace {
  readonly configuration: MachineConfiguration;
  readonly id: string;
  readonly title: string;
  readonly inputs: readonly MachineInput[];
  readonly requirement: string;
}

/**
 * The traces of every configuration of a machine that an implementation can play.
 *
 * @param followed configurations, as `machine/configuration`, of which every row is traced; of the others what changes, or what
 *   no earlier one traced, has to do
 */
export function thriftyTraces(oracle: Oracle, machine: Machine, followed: readonly string[]): Trace[] {
  const traced = new Set<number>();
  return machine.configurations
    .filter((c) => c.composedOnly !== true)
    .flatMap((configuration) => tracesOf(new MachineInterpreter(oracle, machine, configuration), traced, followed));
}

function tracesOf(interpreter: MachineInterpreter, traced: Set<number>, followed: readonly string[]): Trace[] {
  const { machine, configuration } = interpreter;
  const isFollowed = followed.includes(`${machine.machine}/${configuration.name}`);
  const traces: Trace[] = [];
  const covered = new Set<string>();
  const put = (id: string, title: string, inputs: readonly MachineInput[], requirement: string): void => {
    traces.push({ configuration, id, title, inputs, requirement });
    for (const pair of pairsOf(interpreter, inputs)) covered.add(pair);
  };
  for (const [index, trace] of [...explore(interpreter).shortest].sort(([a], [b]) => a - b)) {
    const row = machine.rows[index];
    const last = trace.at(-1);
    if (row === undefined || last === undefined) continue;
    const inputs = trace.map((t) => t.input);
    const after = interpreter.step(last.before, last.input).after;
    const key = describeState(after);
    const isKept = describeState(last.before) === key;
    const next = interpreter.inputs(after).map((input) => ({ input, step: interpreter.step(after, input) }));
    const distinct = [...new Map(next.map((n) => [n.step.rowIndex, n])).values()];
    const changes = distinct.filter((n) => describeState(n.step.after) !== key);
    const keeps = distinct.filter((n) => describeState(n.step.after) === key);
    const title = `${row.in} on ${row.on}: ${row.outcome}`;
    const id = rowName(machine, index);
    if (!isFollowed) {
      if (!traced.has(index) || !isKept || row.transmit !== undefined || row.emit !== undefined) put(id, title, inputs, row.req);
    } else if (isKept) {
      const change = changes[index % Math.max(1, changes.length)];
      put(id, title, change === undefined ? inputs : [...inputs, change.input], row.req);
    } else {
      put(id, title, [...inputs, ...keeps.map((n) => n.input)], row.req);
      for (const { input, step } of changes) {
        if (covered.has(`${String(index)} ${String(step.rowIndex)}`)) continue;
        put(
          traceId(id, 'then', rowName(machine, step.rowIndex)),
          `${row.in} on ${row.on}, then ${describeInput(input)}`,
          prolonged(interpreter, [...inputs, input], covered),
          step.row.req,
        );
      }
    }
    traced.add(index);
  }
  return traces;
}

/** Inputs with further changes behind them, each of which follows its row for the first time. */
function prolonged(interpreter: MachineInterpreter, inputs: readonly MachineInput[], covered: ReadonlySet<string>): MachineInput[] {
  const longer = [...inputs];
  const own = new Set(pairsOf(interpreter, inputs));
  let at = inputs.reduce((state, input) => interpreter.step(state, input).after, interpreter.initial());
  let previous = Number([...own].at(-1)?.split(' ')[1]);
  while (longer.length < STEPS_MAX) {
    const key = describeState(at);
    const next = interpreter
      .inputs(at)
      .map((input) => ({ input, step: interpreter.step(at, input) }))
      .find(({ step }) => {
        const pair = `${String(previous)} ${String(step.rowIndex)}`;
        return describeState(step.after) !== key && !covered.has(pair) && !own.has(pair);
      });
    if (next === undefined) return longer;
    own.add(`${String(previous)} ${String(next.step.rowIndex)}`);
    longer.push(next.input);
    previous = next.step.rowIndex;
    at = next.step.after;
  }
  return longer;
}

/** Each row and the row behind it. */
function pairsOf(interpreter: MachineInterpreter, inputs: readonly MachineInput[]): string[] {
  let at = interpreter.initial();
  let previous = -1;
  return inputs.map((input) => {
    const { rowIndex, after } = interpreter.step(at, input);
    const pair = `${String(previous)} ${String(rowIndex)}`;
    previous = rowIndex;
    at = after;
    return pair;
  });
}
