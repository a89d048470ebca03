/** Vectors of sessions: the traces of their machines, those that the generator makes and those that the spec names. */
import { MachineInterpreter, type MachineInput, type MachineState } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { explore } from '../explore/explorer.ts';
import type { ContinuedTraces, MachineConfiguration, NamedTrace } from '../spec/types.ts';
import type { JudgedStep } from '../suites/judge.ts';
import type { Subject } from '../suites/modules.ts';
import { traceSteps } from '../suites/walks.ts';
import type { VectorStep } from '../vectors.ts';
import type { Batch } from './batch.ts';
import { tracesOf } from './traces.ts';
import { MachineTwins } from './twins/machines.ts';

const TITLE_MAX = 100;

/** A judged step as it is in a vector. */
export function toVectorStep(step: JudgedStep & Pick<VectorStep, 'twin'>): VectorStep {
  return {
    operation: step.operation,
    params: step.params,
    expect: step.expect,
    requirement: step.requirement,
    ...(step.bind === undefined ? {} : { bind: step.bind }),
    ...(step.twin === undefined ? {} : { twin: step.twin }),
  };
}

/** What is known of the states of each machine serves all of its traces. */
const twinsByOracle = new WeakMap<Oracle, Map<MachineConfiguration, MachineTwins>>();

/** A trace as the steps of a vector, each refused one with its twin. @param opened clause of the step that opens */
export function playedSteps(
  oracle: Oracle,
  interpreter: MachineInterpreter,
  inputs: readonly MachineInput[],
  opened: string = oracle.openRequirement(interpreter.machine.session),
): VectorStep[] {
  const known = twinsByOracle.get(oracle) ?? new Map<MachineConfiguration, MachineTwins>();
  twinsByOracle.set(oracle, known);
  const twins = known.get(interpreter.configuration) ?? new MachineTwins(interpreter);
  known.set(interpreter.configuration, twins);
  return twins.add(inputs, traceSteps(interpreter, inputs, opened)).map(toVectorStep);
}

/** Adds the traces of every machine of a session, by the policy of its topic. */
export function machineTraces(oracle: Oracle, batch: Batch, session: string): void {
  for (const machine of oracle.spec.machines.filter((m) => m.session === session)) {
    for (const { configuration, id, title, inputs, requirement } of tracesOf(oracle, machine)) {
      const interpreter = new MachineInterpreter(oracle, machine, configuration);
      batch.addSteps(
        `${machine.machine}/${configuration.name}/${id}`,
        title.length > TITLE_MAX ? `${title.slice(0, TITLE_MAX - 3)}...` : title,
        'trace',
        requirement,
        playedSteps(oracle, interpreter, inputs),
      );
    }
  }
}

/** Adds all traces of a session: those that the policy of its topic makes, then those that the spec names. */
export function sessionTraces(oracle: Oracle, batch: Batch, session: string): void {
  machineTraces(oracle, batch, session);
  namedTraces(oracle, batch, session);
}
/** A subject that is the traces of one session. */
export function tracedSubject(subject: string, session: string): Subject {
  return {
    subject,
    fill: ({ oracle, batch }) => {
      sessionTraces(oracle, batch, session);
    },
  };
}

/** The interpreter that written traces are played on. @throws Error for a machine or configuration that is not there */
function interpreterOf(oracle: Oracle, trace: NamedTrace | ContinuedTraces): MachineInterpreter {
  const machine = oracle.spec.machines.find((m) => m.machine === trace.machine);
  const configuration = machine?.configurations.find((c) => c.name === trace.configuration);
  if (machine === undefined || configuration === undefined)
    throw new Error(`trace ${trace.name}: no machine ${trace.machine}/${trace.configuration}`);
  return new MachineInterpreter(oracle, machine, configuration);
}

/** The shortest trace to a row, and one of the inputs that continue it. */
export interface Continuation {
  readonly interpreter: MachineInterpreter;
  readonly row: number;
  readonly head: readonly MachineInput[];
  /** State after `head`, and its next timeout, milliseconds from then. */
  readonly after: MachineState;
  readonly timeoutMs: number | undefined;
  readonly next: MachineInput;
}

/** The traces that continue every row of a machine, in the order of its rows. */
export function continuations(oracle: Oracle, written: ContinuedTraces): Continuation[] {
  const interpreter = interpreterOf(oracle, written);
  const inputs = interpreter.namedInputs(written.inputs);
  return [...explore(interpreter).shortest]
    .sort(([a], [b]) => a - b)
    .flatMap(([row, trace]) => {
      const last = trace.at(-1);
      if (last === undefined) return [];
      const { after, timeoutMs } = interpreter.step(last.before, last.input);
      return inputs.map((next) => ({ interpreter, row, head: trace.map(({ input }) => input), after, timeoutMs, next }));
    });
}

/**
 * Adds the named traces of a session.
 *
 * @param openRequirement clause of the step that opens; that of the handle where absent
 */
export function namedTraces(oracle: Oracle, batch: Batch, session: string, openRequirement?: string): void {
  for (const trace of oracle.spec.traces) {
    const interpreter = interpreterOf(oracle, trace);
    if (interpreter.machine.session !== session) continue;
    const steps = playedSteps(oracle, interpreter, interpreter.namedInputs(trace.inputs), openRequirement);
    const from = steps.length - (trace.lastSteps ?? 0);
    batch.addSteps(
      `${trace.machine}/${trace.configuration}/${trace.name}`,
      trace.title,
      'trace',
      trace.req,
      steps.map((step, i) => (i < from ? step : { ...step, requirement: trace.req })),
    );
  }
}
