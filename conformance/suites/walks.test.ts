import { Receiver } from '../e3x/chunk/receiver.ts';
import { oracleOf } from '../areas.ts';
import { describe, expect, it } from 'vitest';
import { explore } from '../explore/explorer.ts';
import { MachineInterpreter, type MachineInput } from '../oracle/machine.ts';
import { Judge } from './judge.ts';
import { runSteps } from './steps.ts';
import { OracleImplementation } from './oracle-implementation.ts';
import { traceSteps } from './walks.ts';

const oracle = oracleOf('e3x');

function interpreterOf(machine: string, configuration: string): MachineInterpreter {
  const found = oracle.spec.machines.find((m) => m.machine === machine);
  const chosen = found?.configurations.find((c) => c.name === configuration);
  if (found === undefined || chosen === undefined) throw new Error(`no ${machine}/${configuration}`);
  return new MachineInterpreter(oracle, found, chosen);
}
const wait = (ms: bigint): MachineInput => ({ event: 'wait', with: new Map([['ms', ms]]) });

describe('steps of a trace', () => {
  it('opens, binds the session, and lets time pass before a call', () => {
    const steps = traceSteps(interpreterOf('e3x.chunk-receiver', 'silent'), [
      { event: 'fragment', with: new Map([['data', Uint8Array.of(0, 0)]]) },
      wait(400n),
      wait(600n),
    ]);
    expect(steps).toEqual([
      {
        operation: 'e3x.chunks.open',
        params: { size: 256, blocking: false, acks: 'none', limits: { packetBytes: 4, chunkCount: 3, ageMs: 1000 }, now: 1000 },
        expect: { ok: { transmit: [], events: [], timeoutAt: null } },
        requirement: 'E3X-CHK-008',
        bind: { session: 'session' },
      },
      {
        operation: 'e3x.chunks.receive',
        params: { session: '$session', bytes: '020000', now: 1000 },
        expect: { ok: { transmit: [], events: [], timeoutAt: 2000 } },
        requirement: 'E3X-CHK-008',
      },
      {
        operation: 'e3x.chunks.tick',
        params: { session: '$session', now: 1400 },
        expect: { ok: { transmit: [], events: [], timeoutAt: 2000 } },
        requirement: 'E3X-CHK-024',
      },
      {
        operation: 'e3x.chunks.tick',
        params: { session: '$session', now: 2000 },
        expect: { ok: { transmit: [], events: [{ link: 0, type: 'discarded', class: 'expired' }], timeoutAt: null } },
        requirement: 'E3X-CHK-024',
      },
    ]);
  });

  it('expects the reject of a row, and blames the clause of the row or the one given for opening', () => {
    const steps = traceSteps(
      interpreterOf('e3x.cloak-path', 'initiator-chose-plain'),
      [{ event: 'sendBad', with: new Map() }],
      'E3X-CLK-011',
    );
    expect(steps.map(({ requirement, expect: wanted }) => [requirement, wanted])).toEqual([
      ['E3X-CLK-011', { ok: { transmit: [], events: [], timeoutAt: null } }],
      ['E3X-CLK-008', { reject: 'truncated' }],
    ]);
  });

  it('replays the shortest trace to every row of every machine', async () => {
    const judge = new Judge(oracle);
    for (const machine of oracle.spec.machines) {
      for (const configuration of machine.configurations.filter((c) => c.composedOnly !== true)) {
        const interpreter = interpreterOf(machine.machine, configuration.name);
        for (const trace of explore(interpreter, 300).shortest.values()) {
          expect(
            await runSteps(
              judge,
              new OracleImplementation(oracle, () => new Receiver(oracle)),
              traceSteps(
                interpreter,
                trace.map((step) => step.input),
              ),
            ),
          ).toEqual({ verdict: 'pass', cases: 1 });
        }
      }
    }
  });
});
