/** Named traces: paths through machines that no generator finds by itself, because what matters is where they end. */
import { MachineInterpreter, type MachineInput } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Value } from '../oracle/values.ts';
import { traceSteps } from '../suites/walks.ts';
import type { Batch } from './batch.ts';
import { toVectorStep } from './sessions.ts';

export interface NamedTrace {
  readonly name: string;
  readonly title: string;
  readonly machine: string;
  readonly configuration: string;
  readonly inputs: readonly MachineInput[];
  /** What the trace and its last steps are about. */
  readonly requirement: string;
  readonly lastSteps: number;
}

/** An event with its parameters. */
export function traceInput(event: string, chosen: { readonly [param: string]: Value } = {}): MachineInput {
  return { event, with: new Map(Object.entries(chosen)) };
}

/**
 * Adds the named traces of a session.
 *
 * @param openRequirement clause of the step that opens; that of the handle where absent
 */
export function namedTraces(oracle: Oracle, batch: Batch, session: string, traces: readonly NamedTrace[], openRequirement?: string): void {
  for (const { name, title, machine: machineName, configuration: configurationName, inputs, requirement, lastSteps } of traces) {
    const machine = oracle.spec.machines.find((m) => m.machine === machineName);
    const configuration = machine?.configurations.find((c) => c.name === configurationName);
    if (machine === undefined || configuration === undefined) throw new Error(`no machine ${machineName}/${configurationName}`);
    if (machine.session !== session) continue;
    const steps = traceSteps(
      new MachineInterpreter(oracle, machine, configuration),
      inputs,
      openRequirement ?? oracle.openRequirement(session),
    ).map(toVectorStep);
    batch.addSteps(
      `${machineName}/${configurationName}/${name}`,
      title,
      'trace',
      requirement,
      steps.map((step, i) => (i < steps.length - lastSteps ? step : { ...step, requirement })),
    );
  }
}
