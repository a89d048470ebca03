/**
 * Exhaustive, bounded exploration of one machine: every state reachable by every choice of every event, breadth
 * first, so that the first trace found to a row is a shortest one.
 */
import {
  describeInput,
  describeState,
  MachineError,
  type MachineInput,
  type MachineInterpreter,
  type MachineState,
} from '../oracle/machine.ts';

export interface TraceStep {
  readonly input: MachineInput;
  readonly before: MachineState;
}
export interface Violation {
  readonly invariant: string;
  readonly requirement: string;
  readonly trace: readonly string[];
  readonly state: string;
}
export interface Exploration {
  readonly machine: string;
  readonly configuration: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** True if the bound on states cut the exploration short. */
  readonly truncated: boolean;
  /** Shortest trace that ends with each row, by row index. */
  readonly shortest: ReadonlyMap<number, readonly TraceStep[]>;
  readonly violations: readonly Violation[];
  /** States and events with no matching row. */
  readonly incomplete: readonly string[];
}

interface Node {
  readonly state: MachineState;
  readonly parent: Node | undefined;
  readonly via: MachineInput | undefined;
  readonly depth: number;
}

/** No machine needs more: one that does counts something, such as milliseconds, one by one. */
export const EXPLORED_STATES_MAX = 20_000;

/** Explores one configuration of a machine until nothing new appears or `statesMax` is reached. */
export function explore(interpreter: MachineInterpreter, statesMax: number = EXPLORED_STATES_MAX): Exploration {
  const { machine } = interpreter;
  const start: Node = { state: interpreter.initial(), parent: undefined, via: undefined, depth: 0 };
  const seen = new Map<string, Node>([[describeState(start.state), start]]);
  const queue: Node[] = [start];
  const shortest = new Map<number, readonly TraceStep[]>();
  const violations: Violation[] = [];
  const incomplete = new Set<string>();
  let transitions = 0;
  let depth = 0;
  let truncated = false;

  const check = (node: Node): void => {
    for (const invariant of machine.invariants) {
      if (!interpreter.holds(invariant.always, node.state)) {
        violations.push({
          invariant: invariant.id,
          requirement: invariant.req,
          trace: traceOf(node).map((s) => describeInput(s.input)),
          state: describeState(node.state),
        });
      }
    }
  };
  check(start);
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head];
    if (node === undefined) break;
    depth = Math.max(depth, node.depth);
    for (const input of interpreter.inputs(node.state)) {
      let step;
      try {
        step = interpreter.step(node.state, input);
      } catch (error) {
        if (!(error instanceof MachineError)) throw error;
        incomplete.add(error.message);
        continue;
      }
      transitions++;
      const next: Node = { state: step.after, parent: node, via: input, depth: node.depth + 1 };
      if (!shortest.has(step.rowIndex)) shortest.set(step.rowIndex, traceOf(next));
      const key = describeState(step.after);
      if (seen.has(key)) continue;
      if (seen.size >= statesMax) {
        truncated = true;
        continue;
      }
      seen.set(key, next);
      check(next);
      queue.push(next);
    }
  }
  return {
    machine: machine.machine,
    configuration: interpreter.configuration.name,
    states: seen.size,
    transitions,
    depth,
    truncated,
    shortest,
    violations,
    incomplete: [...incomplete],
  };
}

function traceOf(node: Node): TraceStep[] {
  const steps: TraceStep[] = [];
  for (let at = node; at.parent !== undefined && at.via !== undefined; at = at.parent)
    steps.unshift({ input: at.via, before: at.parent.state });
  return steps;
}
