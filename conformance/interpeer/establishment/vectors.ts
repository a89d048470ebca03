/** Traces of the establishment of channels: every machine, what a row by itself does not show, defaults. */
import type { JsonObject } from '../../contract/contract.ts';
import { explore } from '../../explore/explorer.ts';
import { describeInput, describeState, MachineInterpreter, type MachineInput } from '../../oracle/machine.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { traceSteps } from '../../suites/walks.ts';
import type { VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { rowName, traceId } from '../../generate/trace-names.ts';
import { namedTraces } from '../../generate/traces.ts';
import { toVectorStep } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';

const SESSION = 'interpeer.establishment';
const PEER = '0a'.repeat(16);
const OPEN: JsonObject = { suite: 'interpeer-1', local: '0b'.repeat(16), secret: '5e'.repeat(32) };

/** Configurations of which every state is followed; of the others what sends or says something, or what no earlier one showed. */
const FOLLOWED: readonly string[] = [
  'interpeer.initiator/keyed',
  'interpeer.initiator/crc-responder-first',
  'interpeer.initiator/epochs',
  'interpeer.responder/keyed',
  'interpeer.responder/crc-responder-first',
  'interpeer.responder/epochs',
  'interpeer.responder/two-halves',
  'interpeer.responder/limits',
  'interpeer.collision/lower',
  'interpeer.collision/higher',
  'interpeer.collision/crc-higher',
  'interpeer.proposals/one-peer',
];

/**
 * A trace to every row; and behind each state that such a trace leaves everything that must not change it, in a row, and
 * apart from that each change that can be next.
 */
function traces(oracle: Oracle, batch: Batch): void {
  for (const machine of oracle.spec.machines.filter((m) => m.session === SESSION)) {
    const traced = new Set<number>();
    for (const configuration of machine.configurations.filter((c) => c.composedOnly !== true)) {
      const name = `${machine.machine}/${configuration.name}`;
      const interpreter = new MachineInterpreter(oracle, machine, configuration);
      const put = (id: string, title: string, inputs: readonly MachineInput[], requirement: string): void =>
        batch.addSteps(
          `${name}/${id}`,
          title.length > 100 ? `${title.slice(0, 97)}...` : title,
          'trace',
          requirement,
          traceSteps(interpreter, inputs, oracle.openRequirement(SESSION)).map(toVectorStep),
        );
      const followed = new Map<string, { readonly id: string; readonly inputs: readonly MachineInput[] }>([
        [describeState(interpreter.initial()), { id: 'start', inputs: [] }],
      ]);
      for (const [index, trace] of [...explore(interpreter).shortest].sort(([a], [b]) => a - b)) {
        const row = machine.rows[index];
        const last = trace.at(-1);
        if (row === undefined || last === undefined) continue;
        const inputs = trace.map((step) => step.input);
        const after = describeState(interpreter.step(last.before, last.input).after);
        if (!followed.has(after)) followed.set(after, { id: rowName(machine, index), inputs });
        if (FOLLOWED.includes(name) || !traced.has(index) || row.transmit !== undefined || row.emit !== undefined)
          put(rowName(machine, index), `${row.in} on ${row.on}: ${row.outcome}`, inputs, row.req);
        traced.add(index);
      }
      if (FOLLOWED.includes(name)) for (const { id, inputs } of followed.values()) followState(interpreter, inputs, id, put);
    }
  }
}

function followState(
  interpreter: MachineInterpreter,
  inputs: readonly MachineInput[],
  id: string,
  put: (id: string, title: string, inputs: readonly MachineInput[], requirement: string) => void,
): void {
  const at = inputs.reduce((state, next) => interpreter.step(state, next).after, interpreter.initial());
  const key = describeState(at);
  const next = interpreter.inputs(at).map((input) => ({ input, step: interpreter.step(at, input) }));
  const keeps = next.filter(({ step }) => describeState(step.after) === key);
  const changes = new Map(next.filter(({ step }) => describeState(step.after) !== key).map((n) => [n.step.rowIndex, n]));
  const title = inputs.length === 0 ? 'at the beginning' : `after ${inputs.map(describeInput).join(', ')}`;
  const last = keeps.at(-1);
  if (last !== undefined)
    put(`${id}/keeps`, `${title}: what changes nothing`, [...inputs, ...keeps.map(({ input }) => input)], last.step.row.req);
  for (const [row, { input, step }] of changes)
    put(traceId(id, 'then', rowName(interpreter.machine, row)), `${describeInput(input)} ${title}`, [...inputs, input], step.row.req);
}

/** The bound with one peer where the caller names none: as many channels as the constant says, and not one more. */
function defaultBounds(oracle: Oracle, batch: Batch): void {
  const perPeer = valueOf(oracle, 'PEER_CHANNEL_COUNT');
  const requirement = 'IPR-EST-030';
  const cookieOf = (id: string): string => {
    const made = oracle.answer('interpeer.cookie.make', {
      suite: 'interpeer-1',
      secret: String(OPEN['secret']),
      role: 'responder',
      initiator: PEER,
      responder: String(OPEN['local']),
      id,
      now: 1000,
    });
    if (made.kind !== 'ok') throw new Error('no cookie');
    return String(made.value['cookie']);
  };
  const due = 1000 + valueOf(oracle, 'UNIT_MS') * valueOf(oracle, 'SILENCE_UNITS');
  const finalize = (n: number, expect?: VectorStep['expect']): VectorStep => {
    const id = `${n.toString(16).padStart(4, '0')}2001`;
    const right: VectorStep['expect'] = {
      ok: { transmit: [], events: [{ type: 'established', peer: PEER, channel: id, role: 'responder', capabilities: 0 }], timeoutAt: due },
    };
    return {
      operation: `${SESSION}.receive`,
      params: {
        session: '$session',
        peer: PEER,
        channel: 'f0f0f0f0',
        message: `0c${id}${cookieOf(id)}0000`,
        entropy: '00'.repeat(16),
        now: 1000,
      },
      expect: expect ?? right,
      requirement: expect === undefined ? 'IPR-EST-012' : requirement,
    };
  };
  const opened: VectorStep = {
    operation: `${SESSION}.open`,
    params: { ...OPEN, now: 1000 },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement: oracle.openRequirement(SESSION),
    bind: { session: 'session' },
  };
  const steps = [opened, ...Array.from({ length: perPeer }, (_, n) => finalize(n)), finalize(perPeer, { reject: 'limit' })];
  batch.put({
    id: `${SESSION}/default-bound-of-a-peer`,
    title: `${String(perPeer)} channels with one peer, and one more`,
    kind: 'trace',
    requirement,
    steps,
    oracles: ['constants'],
  });
}

function valueOf(oracle: Oracle, name: string): number {
  const constant = oracle.spec.constants[name];
  if (constant === undefined || !('value' in constant)) throw new Error(`${name} is missing`);
  return constant.value;
}

/** Everything about the establishment of channels. */
function establishmentCases(oracle: Oracle, batch: Batch): void {
  traces(oracle, batch);
  namedTraces(oracle, batch, SESSION);
  defaultBounds(oracle, batch);
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'establishment', fill: ({ oracle, batch }) => establishmentCases(oracle, batch) }],
};
