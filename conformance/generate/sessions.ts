/** Vectors of sessions: the shortest trace to every row, every continuation of it, streams cut in pieces. */
import { explore, type TraceStep } from '../explore/explorer.ts';
import { describeInput, describeState, MachineInterpreter, type MachineInput } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { JudgedStep } from '../suites/judge.ts';
import { traceSteps } from '../suites/walks.ts';
import type { VectorStep } from '../vectors.ts';
import type { Batch } from './batch.ts';
import { inputName, rowName, traceId } from './trace-names.ts';

/** A judged step as it stands in a vector. */
export function toVectorStep(step: JudgedStep): VectorStep {
  return {
    operation: step.operation,
    params: step.params,
    expect: step.expect,
    requirement: step.requirement,
    ...(step.bind === undefined ? {} : { bind: step.bind }),
  };
}

/**
 * Traces of every machine of the session: to each row, and one step beyond it by every input, so that the state a row leaves is seen.
 *
 * @param sparing beyond a row only one step, an accepted one, where another row has left the same state; for large machines
 * @param goesOn configurations in which a trace goes on beyond its row; all unless told
 */
export function machineTraces(
  oracle: Oracle,
  batch: Batch,
  session: string,
  sparing = false,
  goesOn: (machine: string, configuration: string) => boolean = () => true,
): void {
  for (const machine of oracle.spec.machines.filter((m) => m.session === session)) {
    for (const configuration of machine.configurations.filter((c) => c.composedOnly !== true)) {
      const interpreter = new MachineInterpreter(oracle, machine, configuration);
      const { shortest } = explore(interpreter);
      const left = new Set<string>([describeState(interpreter.initial())]);
      for (const [index, trace] of [...shortest].sort(([a], [b]) => a - b)) {
        const row = machine.rows[index];
        if (row === undefined) continue;
        const inputs = trace.map((t: TraceStep) => t.input);
        const id = `${machine.machine}/${configuration.name}/${rowName(machine, index)}`;
        put(id, `${row.in} on ${row.on}: ${row.outcome}`, inputs, row.req);
        const last = trace.at(-1);
        if (last === undefined || !goesOn(machine.machine, configuration.name)) continue;
        const after = interpreter.step(last.before, last.input).after;
        const inputsAfter = interpreter.inputs(after);
        const isKnown = sparing && left.has(describeState(after));
        left.add(describeState(after));
        const telling = inputsAfter.findIndex((next) => interpreter.step(after, next).row.outcome === 'accept');
        inputsAfter.forEach((next, i) => {
          if (isKnown && i !== telling) return;
          const step = interpreter.step(after, next);
          put(
            traceId(id, 'then', rowName(machine, step.rowIndex), inputName(machine, next)),
            `${row.in} on ${row.on}, then ${describeInput(next)}`,
            [...inputs, next],
            step.row.req,
          );
        });
      }
      function put(id: string, title: string, inputs: readonly MachineInput[], requirement: string): void {
        batch.addSteps(
          id,
          title.length > 100 ? `${title.slice(0, 97)}...` : title,
          'trace',
          requirement,
          traceSteps(interpreter, inputs, oracle.openRequirement(session)).map(toVectorStep),
        );
      }
    }
  }
}
