/** Named traces of the spec as vectors. */
import { MachineInterpreter, type MachineInput } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { NamedTrace } from '../spec/types.ts';
import { traceSteps } from '../suites/walks.ts';
import type { Batch } from './batch.ts';
import { toVectorStep } from './sessions.ts';

/** The interpreter that a named trace is played on, and its inputs. @throws Error for a machine or configuration that is not there */
export function playOf(
  oracle: Oracle,
  trace: NamedTrace,
): { readonly interpreter: MachineInterpreter; readonly inputs: readonly MachineInput[] } {
  const machine = oracle.spec.machines.find((m) => m.machine === trace.machine);
  const configuration = machine?.configurations.find((c) => c.name === trace.configuration);
  if (machine === undefined || configuration === undefined)
    throw new Error(`trace ${trace.name}: no machine ${trace.machine}/${trace.configuration}`);
  const interpreter = new MachineInterpreter(oracle, machine, configuration);
  return { interpreter, inputs: interpreter.namedInputs(trace.inputs) };
}

/**
 * Adds the named traces of a session.
 *
 * @param openRequirement clause of the step that opens; that of the handle where absent
 */
export function namedTraces(oracle: Oracle, batch: Batch, session: string, openRequirement?: string): void {
  for (const trace of oracle.spec.traces) {
    const { interpreter, inputs } = playOf(oracle, trace);
    if (interpreter.machine.session !== session) continue;
    const opened = openRequirement ?? oracle.openRequirement(session);
    const steps = traceSteps(interpreter, inputs, opened).map(toVectorStep);
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
