/** Traces of the establishment of channels: every machine, what a row by itself does not show, defaults. */
import type { JsonObject } from '../../contract/contract.ts';
import { explore } from '../../explore/explorer.ts';
import { describeInput, describeState, MachineInterpreter, type MachineInput } from '../../oracle/machine.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { Value } from '../../oracle/values.ts';
import { traceSteps } from '../../suites/walks.ts';
import type { VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { rowName, traceId } from '../../generate/trace-names.ts';
import { toVectorStep } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';

const SESSION = 'interpeer.establishment';
const PEER = '0a'.repeat(16);
const OPEN: JsonObject = { suite: 'interpeer-1', local: '0b'.repeat(16), secret: '5e'.repeat(32) };

interface Named {
  readonly machine: string;
  readonly configuration: string;
  readonly name: string;
  readonly title: string;
  readonly requirement: string;
  readonly inputs: readonly MachineInput[];
}
const input = (event: string, chosen: { readonly [param: string]: Value } = {}): MachineInput => ({
  event,
  with: new Map(Object.entries(chosen)),
});
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const peer = (byte: string): Uint8Array => bytes(byte.repeat(16));
const finalizeIn = (p: Uint8Array, half: string, back = 0n): MachineInput =>
  input('finalizeIn', { p, h: bytes(half), r: bytes('2001'), c: 1n, back });
const endOf = (p: Uint8Array, half: string): MachineInput => input('end', { p, h: bytes(half), r: bytes('2001') });
const acknowledgeIn = (r: string): MachineInput => input('acknowledgeIn', { h: bytes('1001'), r: bytes(r), madeAt: 1000n, waiting: false });
const [A, C] = [peer('0a'), peer('0c')];

const NAMED: readonly Named[] = [
  {
    machine: 'interpeer.responder',
    configuration: 'limits',
    name: 'oldest-rest-makes-room',
    title: 'the channel that has rested longest makes room for another',
    requirement: 'IPR-EST-031',
    inputs: [finalizeIn(A, '1001'), endOf(A, '1001'), finalizeIn(C, '1001'), endOf(C, '1001'), input('count'), finalizeIn(A, '1001')],
  },
  {
    machine: 'interpeer.responder',
    configuration: 'limits',
    name: 'newest-rest-stays',
    title: 'the channel that rests since last is not the one that makes room',
    requirement: 'IPR-EST-031',
    inputs: [finalizeIn(A, '1001'), endOf(A, '1001'), finalizeIn(C, '1001'), endOf(C, '1001'), finalizeIn(C, '1001')],
  },
  {
    machine: 'interpeer.responder',
    configuration: 'epochs',
    name: 'rests-two-rotations',
    title: 'a channel rests for two rotations, and not for a third',
    requirement: 'IPR-EST-029',
    inputs: [finalizeIn(A, '1001'), endOf(A, '1001'), input('rotate'), finalizeIn(A, '1001'), input('rotate'), finalizeIn(A, '1001')],
  },
  {
    machine: 'interpeer.responder',
    configuration: 'keyed',
    name: 'many-ask',
    title: 'what was asked ten times and never finalized is not remembered',
    requirement: 'IPR-EST-005',
    inputs: [
      ...Array.from({ length: 10 }, () => input('newIn', { p: A, h: bytes('1001'), draw: bytes(`2001${'2003'.repeat(7)}`) })),
      input('count'),
    ],
  },
  {
    machine: 'interpeer.initiator',
    configuration: 'keyed',
    name: 'whole-retry',
    title: 'five attempts, and then no more',
    requirement: 'IPR-EST-019',
    inputs: [input('propose', { draw: bytes('1001'.repeat(8)), c: 5n }), ...Array.from({ length: 5 }, () => input('wait'))],
  },
  {
    machine: 'interpeer.initiator',
    configuration: 'keyed',
    name: 'first-answer-is-the-channel',
    title: 'of two answers the first is the channel, on which data goes',
    requirement: 'IPR-EST-034',
    inputs: [
      input('propose', { draw: bytes('1001'.repeat(8)), c: 5n }),
      acknowledgeIn('2001'),
      acknowledgeIn('2002'),
      input('front', { h: bytes('1001') }),
    ],
  },
];

function namedTraces(oracle: Oracle, batch: Batch): void {
  for (const { machine: machineName, configuration: configurationName, name, title, requirement, inputs } of NAMED) {
    const machine = oracle.spec.machines.find((m) => m.machine === machineName);
    const configuration = machine?.configurations.find((c) => c.name === configurationName);
    if (machine === undefined || configuration === undefined) throw new Error(`no machine ${machineName}/${configurationName}`);
    const steps = traceSteps(new MachineInterpreter(oracle, machine, configuration), inputs, oracle.openRequirement(SESSION)).map(
      toVectorStep,
    );
    batch.addSteps(
      `${machineName}/${configurationName}/${name}`,
      title,
      'trace',
      requirement,
      steps.map((step, i) => (i + 1 < steps.length ? step : { ...step, requirement })),
    );
  }
}

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
  namedTraces(oracle, batch);
  defaultBounds(oracle, batch);
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'establishment', fill: ({ oracle, batch }) => establishmentCases(oracle, batch) }],
};
