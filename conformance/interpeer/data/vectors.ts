/** Vectors of data on channels: bundling, padding, the traces of the machines, and what each combination of capabilities does. */
import type { JsonObject } from '../../contract/contract.ts';
import { MachineInterpreter, type MachineInput } from '../../oracle/machine.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { Value } from '../../oracle/values.ts';
import { traceSteps } from '../../suites/walks.ts';
import type { Expectation, VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import type { NamedTrace } from '../../generate/traces.ts';
import { lifecycle, machineTraces, toVectorStep } from '../../generate/sessions.ts';

const SESSION = 'interpeer.data';
const NOW = 1000;

/** Everything of bundling: what goes into a payload, and how much stands behind it. */
export function bundleCases(oracle: Oracle, batch: Batch): void {
  roomCases(batch);
  writeCases(batch);
  messageCases(oracle, batch);
  paddingCases(batch);
}

function roomCases(batch: Batch): void {
  const add = (name: string, title: string, params: JsonObject, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'limit',
      operation: 'interpeer.bundle.room',
      params,
      about: 'IPR-DAT-008',
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  add('default', 'a plain packet in a datagram of the default size', { encrypted: false });
  add('default-encrypted', 'an encrypted packet in a datagram of the default size', { encrypted: true });
  for (const mtu of [128, 65507]) add(`of-${String(mtu)}`, `a datagram of ${String(mtu)} bytes`, { mtu, encrypted: true });
  for (const mtu of [127, 65508])
    add(`of-${String(mtu)}`, `a datagram of ${String(mtu)} bytes is refused`, { mtu, encrypted: false }, 'limit');
}

const bytesOf = (length: number, fill: number): string => fill.toString(16).padStart(2, '0').repeat(length);

function writeCases(batch: Batch): void {
  const add = (
    name: string,
    title: string,
    about: string,
    writes: readonly string[],
    room: number,
    stream: boolean,
    rejects?: string,
  ): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'interpeer.bundle.writes',
      params: { writes, room, stream },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  add('none', 'nothing is written', 'IPR-DAT-004', [], 40, true);
  add('one', 'one write', 'IPR-DAT-004', ['aabb'], 40, false);
  add('empty', 'a write of no bytes is a message', 'IPR-DAT-004', [''], 40, false);
  add('three-share', 'three writes that share a payload', 'IPR-DAT-004', ['aa', 'bbbb', 'cc'], 10, false);
  add('just-fits', 'two writes that fill a payload', 'IPR-DAT-004', [bytesOf(3, 1), bytesOf(3, 2), bytesOf(1, 3)], 10, false);
  add('one-too-many', 'a write that finds one byte too few begins a payload', 'IPR-DAT-004', [bytesOf(3, 1), bytesOf(4, 2)], 10, false);
  add(
    'no-gaps-filled',
    'a later write does not fill a payload that was left',
    'IPR-DAT-004',
    [bytesOf(5, 1), bytesOf(6, 2), bytesOf(1, 3)],
    10,
    true,
  );
  add('whole-write', 'a write that fills a payload is not cut', 'IPR-DAT-005', [bytesOf(8, 1)], 10, true);
  add('cut-in-two', 'one byte more and a stream is cut', 'IPR-DAT-005', [bytesOf(9, 1)], 10, true);
  add(
    'rest-is-shared',
    'the last piece shares its payload with the next write',
    'IPR-DAT-005',
    [bytesOf(17, 1), bytesOf(2, 2), bytesOf(6, 3)],
    10,
    true,
  );
  add(
    'first-piece-begins',
    'a write that is cut does not fill the payload before it',
    'IPR-DAT-005',
    [bytesOf(1, 1), bytesOf(12, 2)],
    10,
    true,
  );
  for (const room of [129, 130, 131])
    add(
      `long-length-${String(room)}`,
      `pieces for payloads of ${String(room)} bytes, where lengths take two bytes`,
      'IPR-DAT-005',
      [bytesOf(150, 7)],
      room,
      true,
    );
  add('too-long', 'a write that is not to be cut and does not fit is refused', 'IPR-DAT-006', ['aa', bytesOf(9, 1)], 10, false, 'limit');
  add(
    'too-long-by-its-length',
    'a write whose length takes a second byte does not fit',
    'IPR-DAT-006',
    [bytesOf(128, 1)],
    130,
    false,
    'limit',
  );
}

function messageCases(oracle: Oracle, batch: Batch): void {
  const encoded = (message: JsonObject): string => {
    const answer = oracle.answer('interpeer.messages.encode', { suite: 'interpeer-1', messages: [message] });
    if (answer.kind !== 'ok') throw new Error('a message always encodes');
    return String(answer.value['payload']);
  };
  const proposal = encoded({ type: 'CHANNEL_NEW', initiatorHalf: '0001', cookie1: '0102030405060708' });
  const progress = encoded({ type: 'DATA_PROGRESS', nextSequenceNumber: 65535, bitmap: '' });
  const window = encoded({ type: 'DATA_RECEIVE_WINDOW', packetCount: 64 });
  const data = encoded({ type: 'DATA', data: 'aabbcc' });
  const on = (channelId: string, payload: string): JsonObject => ({ channelId, payload });
  const [none, one, two] = ['f0f0f0f0', '00010002', '00010003'];
  const add = (name: string, title: string, messages: readonly JsonObject[], room: number, about = 'IPR-DAT-007', rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'interpeer.bundle.messages',
      params: { messages, room },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  add('nothing', 'no messages', [], 40);
  add('one-channel', 'acknowledgement and data of one channel share a payload', [on(one, progress), on(one, window), on(one, data)], 40);
  add('two-channels', 'each channel has a payload of its own', [on(one, data), on(two, data)], 40);
  add(
    'order-is-kept',
    'what belongs together but does not stand together is not moved',
    [on(one, data), on(two, data), on(one, window)],
    40,
  );
  add('proposals', 'two proposals share a payload of the default channel', [on(none, proposal), on(none, proposal)], 40);
  add('full', 'a message that finds no room begins a payload', [on(one, progress), on(one, window), on(one, data)], 11);
  add('just-full', 'messages that fill a payload', [on(one, progress), on(one, window), on(one, data)], 12);
  add('too-long', 'a message that no payload holds is refused', [on(one, progress), on(none, proposal)], 10, 'IPR-DAT-006', 'limit');
}

function paddingCases(batch: Batch): void {
  const add = (spare: number, entropy: string, title: string): void =>
    batch.add({
      name: `${String(spare)}-by-${entropy}`,
      title,
      kind: 'range',
      operation: 'interpeer.padding.derive',
      params: { spare, entropy },
      about: 'IPR-DAT-010',
      accepts: true,
    });
  add(1000, '0000', 'none');
  add(1000, '0040', 'the most');
  add(1000, '0041', 'none again');
  add(1000, '0100', 'the first byte is the more significant');
  add(1000, 'ffff', 'all bits set');
  add(10, '000a', 'as much as there is room for');
  add(10, '000b', 'and not more');
  add(0, 'ffff', 'no room');
}

const input = (event: string, chosen: { readonly [param: string]: Value } = {}): MachineInput => ({
  event,
  with: new Map(Object.entries(chosen)),
});
const data = (index: bigint): MachineInput => input('data', { index });
const read = input('read');
const wait = (ms: bigint): MachineInput => input('wait', { ms });
const write = input('write');
const said = (next: bigint, later: readonly bigint[], window: bigint): MachineInput => input('said', { said: [next, later, window] });
const sender = 'interpeer.data-sender';
const receiver = 'interpeer.data-receiver';
const datagrams = 'interpeer.datagrams';

/**
 * What each combination of capabilities (IPR-DAT-090 to 097) does and does not do, under the clause that decides it,
 * and traces that no shortest one shows.
 */
export const INTERPEER_DATA_TRACES: readonly NamedTrace[] = [
  {
    name: 'any-order',
    title: 'capabilities 0: what overtook is given first',
    machine: datagrams,
    configuration: 'unordered',
    inputs: [data(0n), data(64n), read, data(63n), read, read],
    requirement: 'IPR-DAT-049',
    lastSteps: 0,
  },
  {
    name: 'not-twice',
    title: 'capabilities 0: a copy is not given',
    machine: datagrams,
    configuration: 'unordered',
    inputs: [data(0n), read, data(0n), read],
    requirement: 'IPR-DAT-060',
    lastSteps: 0,
  },
  {
    name: 'any-order',
    title: 'capabilities 1: what overtook is given first, and what was overtaken after it',
    machine: receiver,
    configuration: 'unordered',
    inputs: [data(0n), read, data(2n), read, data(1n), read],
    requirement: 'IPR-DAT-042',
    lastSteps: 0,
  },
  {
    name: 'not-twice',
    title: 'capabilities 1: neither a copy of what was read nor of what was not is given',
    machine: receiver,
    configuration: 'unordered',
    inputs: [data(0n), data(2n), data(2n), read, data(0n), read, read],
    requirement: 'IPR-DAT-043',
    lastSteps: 0,
  },
  {
    name: 'sent-again',
    title: 'capabilities 1: what nobody answers is sent again',
    machine: sender,
    configuration: 'unordered',
    inputs: [write, wait(200n)],
    requirement: 'IPR-DAT-023',
    lastSteps: 0,
  },
  {
    name: 'in-order',
    title: 'capabilities 2: in order, with a gap',
    machine: datagrams,
    configuration: 'ordered',
    inputs: [data(0n), data(2n), read, read],
    requirement: 'IPR-DAT-049',
    lastSteps: 0,
  },
  {
    name: 'never-back',
    title: 'capabilities 2: what was overtaken is dropped',
    machine: datagrams,
    configuration: 'ordered',
    inputs: [data(0n), data(2n), read, read, data(1n), read],
    requirement: 'IPR-DAT-061',
    lastSteps: 0,
  },
  {
    name: 'whole',
    title: 'capabilities 3: what came early waits for what was lost',
    machine: receiver,
    configuration: 'ordered',
    inputs: [data(0n), read, data(2n), read, data(1n), read, read],
    requirement: 'IPR-DAT-041',
    lastSteps: 0,
  },
  {
    name: 'not-closed',
    title: 'capabilities 3: a peer that is silent does not close the channel',
    machine: sender,
    configuration: 'wrap',
    inputs: [write, wait(200n), wait(200n), wait(200n), wait(200n), said(1n, [], 2n)],
    requirement: 'IPR-DAT-026',
    lastSteps: 0,
  },
  {
    name: 'any-order',
    title: 'capabilities 4: what was overtaken may still come',
    machine: datagrams,
    configuration: 'unordered-closing',
    inputs: [data(0n), data(2n), data(1n), read, read],
    requirement: 'IPR-DAT-060',
    lastSteps: 0,
  },
  {
    name: 'closed-by-a-gap',
    title: 'capabilities 4: what is missing falls 64 behind, and the channel closes',
    machine: datagrams,
    configuration: 'unordered-closing',
    inputs: [data(0n), data(2n), data(65n), data(1n)],
    requirement: 'IPR-DAT-063',
    lastSteps: 0,
  },
  {
    name: 'any-order',
    title: 'capabilities 5: what overtook is given first',
    machine: receiver,
    configuration: 'unordered-closing',
    inputs: [data(0n), read, data(2n), read, data(1n), read],
    requirement: 'IPR-DAT-042',
    lastSteps: 0,
  },
  {
    name: 'closed-by-silence',
    title: 'capabilities 5: after ten resends the channel closes',
    machine: sender,
    configuration: 'closes-unordered',
    inputs: [write, ...Array.from({ length: 11 }, () => wait(3200n)), write],
    requirement: 'IPR-DAT-025',
    lastSteps: 0,
  },
  {
    name: 'in-order',
    title: 'capabilities 6: in order, without a gap',
    machine: datagrams,
    configuration: 'ordered-closing',
    inputs: [data(0n), data(1n), read, read],
    requirement: 'IPR-DAT-049',
    lastSteps: 0,
  },
  {
    name: 'closed-by-a-gap',
    title: 'capabilities 6: a number that is skipped closes the channel',
    machine: datagrams,
    configuration: 'ordered-closing',
    inputs: [data(0n), data(2n), data(1n), read],
    requirement: 'IPR-DAT-063',
    lastSteps: 0,
  },
  {
    name: 'whole',
    title: 'capabilities 7: what came early waits for what was lost',
    machine: receiver,
    configuration: 'ordered-closing',
    inputs: [data(0n), read, data(2n), read, data(1n), read, read],
    requirement: 'IPR-DAT-041',
    lastSteps: 0,
  },
  {
    name: 'closed-by-silence',
    title: 'capabilities 7: after its resends the channel closes',
    machine: sender,
    configuration: 'closes',
    inputs: [write, wait(200n), wait(200n), wait(200n), write],
    requirement: 'IPR-DAT-025',
    lastSteps: 0,
  },
  {
    name: 'clock-restarted',
    title: 'the clock begins anew with the progress',
    machine: sender,
    configuration: 'wrap',
    inputs: [write, write, wait(100n), said(1n, [], 2n)],
    requirement: 'IPR-DAT-023',
    lastSteps: 1,
  },
  {
    name: 'counted-anew',
    title: 'an answer in time, and the channel is not told to be stalled',
    machine: sender,
    configuration: 'patient',
    inputs: [write, ...Array.from({ length: 6 }, () => wait(3200n)), said(0n, [], 1n), wait(3200n)],
    requirement: 'IPR-DAT-026',
    lastSteps: 1,
  },
  {
    name: 'holes-once',
    title: 'what was sent again for being missed is not sent again at once',
    machine: sender,
    configuration: 'holes',
    inputs: [...Array.from({ length: 6 }, () => write), said(1n, [], 5n), said(1n, [3n, 4n, 5n], 5n), said(1n, [3n, 4n, 5n], 5n)],
    requirement: 'IPR-DAT-028',
    lastSteps: 1,
  },
  {
    name: 'copy-of-what-waits',
    title: 'a copy of what waits to be read is not given a second time',
    machine: receiver,
    configuration: 'unordered',
    inputs: [data(0n), data(2n), data(2n), read, read, read],
    requirement: 'IPR-DAT-043',
    lastSteps: 1,
  },
  {
    name: 'just-in-the-window',
    title: '63 behind the highest a packet is given',
    machine: datagrams,
    configuration: 'unordered',
    inputs: [data(64n), read, data(1n), read],
    requirement: 'IPR-DAT-060',
    lastSteps: 2,
  },
  {
    name: 'just-out-of-the-window',
    title: '64 behind the highest a packet is dropped',
    machine: datagrams,
    configuration: 'unordered',
    inputs: [data(64n), read, data(0n), read],
    requirement: 'IPR-DAT-060',
    lastSteps: 2,
  },
  {
    name: 'late',
    title: 'what is late is not given',
    machine: datagrams,
    configuration: 'ordered',
    inputs: [data(0n), data(2n), read, read, data(1n)],
    requirement: 'IPR-DAT-061',
    lastSteps: 1,
  },
  {
    name: 'full',
    title: 'what finds the window full is dropped',
    machine: datagrams,
    configuration: 'unordered',
    inputs: [data(0n), data(1n), data(63n), read, read, read],
    requirement: 'IPR-DAT-062',
    lastSteps: 1,
  },
  {
    name: 'full-and-late',
    title: 'what finds the window full may come again',
    machine: datagrams,
    configuration: 'unordered',
    inputs: [data(0n), data(1n), data(63n), read, read, data(63n), read],
    requirement: 'IPR-DAT-062',
    lastSteps: 2,
  },
  {
    name: 'not-lost-yet',
    title: '63 behind, what is missing may still come',
    machine: datagrams,
    configuration: 'unordered-closing',
    inputs: [data(0n), data(2n), data(64n), read, data(1n)],
    requirement: 'IPR-DAT-063',
    lastSteps: 3,
  },
];

/** Where traces go on beyond their row: one configuration for each way in which states differ. */
const TELLING: ReadonlySet<string> = new Set([
  `${sender}/wrap`,
  `${sender}/closes`,
  `${receiver}/ordered`,
  `${receiver}/unordered`,
  `${datagrams}/unordered`,
  `${datagrams}/ordered-closing`,
  'interpeer.data-closing/resend',
]);

/** The traces of the machines of data, the combinations, and the life of a session. */
export function dataCases(oracle: Oracle, batch: Batch): void {
  machineTraces(oracle, batch, SESSION, true, (machine, configuration) => TELLING.has(`${machine}/${configuration}`));
  for (const {
    name,
    title,
    machine: machineName,
    configuration: configurationName,
    inputs,
    requirement,
    lastSteps,
  } of INTERPEER_DATA_TRACES) {
    const machine = oracle.spec.machines.find((m) => m.machine === machineName);
    const configuration = machine?.configurations.find((c) => c.name === configurationName);
    if (machine === undefined || configuration === undefined) throw new Error(`no machine ${machineName}/${configurationName}`);
    const steps = traceSteps(new MachineInterpreter(oracle, machine, configuration), inputs, 'IPR-DAT-001').map(toVectorStep);
    batch.addSteps(
      `${machineName}/${configurationName}/${name}`,
      title,
      'trace',
      requirement,
      steps.map((step, i) => (i < steps.length - lastSteps ? step : { ...step, requirement })),
    );
  }
  openings(batch);
  writing(batch);
  lifecycle(
    oracle,
    batch,
    SESSION,
    'IPR-DAT-076',
    { capabilities: 3, sequenceNumber: 0 },
    {
      'interpeer.data.write': { writes: ['aa'] },
      'interpeer.data.receive': { packet: '0000000314 01aa'.replace(' ', '') },
      'interpeer.data.finish': { reason: 0 },
    },
  );
}

const opened = (params: JsonObject, requirement: string, refused?: string): VectorStep => {
  const expect: Expectation = refused === undefined ? { ok: { transmit: [], events: [], timeoutAt: null } } : { reject: refused };
  return {
    operation: `${SESSION}.open`,
    params: { ...params, now: NOW },
    expect,
    requirement,
    ...(refused === undefined ? { bind: { session: 'session' } } : {}),
  };
};

function openings(batch: Batch): void {
  const requirement = 'IPR-DAT-001';
  const put = (name: string, title: string, params: JsonObject, refused?: string): void =>
    batch.addSteps(`${SESSION}.open/${name}`, title, 'limit', requirement, [
      opened({ capabilities: 3, sequenceNumber: 0, ...params }, requirement, refused),
    ]);
  for (const capabilities of [8, 15, 32768])
    put(`capabilities-${String(capabilities)}`, `capabilities ${String(capabilities)} are not defined`, { capabilities }, 'unsupported');
  for (const name of ['window', 'sendPackets']) {
    for (const count of [1, 32767]) put(`${name}-${String(count)}`, `${name} of ${String(count)}`, { [name]: count });
    for (const count of [0, 32768]) put(`${name}-${String(count)}`, `${name} of ${String(count)} is refused`, { [name]: count }, 'limit');
  }
}

function writing(batch: Batch): void {
  const step = (
    call: string,
    params: JsonObject,
    transmit: readonly string[],
    timeoutAt: number | null,
    requirement: string,
  ): VectorStep => ({
    operation: `${SESSION}.${call}`,
    params: { session: '$session', ...params, now: NOW },
    expect: { ok: { transmit, events: [], timeoutAt } },
    requirement,
  });
  const refused = (call: string, params: JsonObject, reject: string, requirement: string): VectorStep => ({
    operation: `${SESSION}.${call}`,
    params: { session: '$session', ...params, now: NOW },
    expect: { reject },
    requirement,
  });
  batch.addSteps(`${SESSION}.write/bundled`, 'two writes at once share a packet', 'example', 'IPR-DAT-004', [
    opened({ capabilities: 0, sequenceNumber: 5 }, 'IPR-DAT-004'),
    step('write', { writes: ['aa', 'bb'] }, ['000500061401aa1401bb'], null, 'IPR-DAT-004'),
  ]);
  batch.addSteps(
    `${SESSION}.write/too-long`,
    'a write that no packet holds is refused, and the next has its number',
    'example',
    'IPR-DAT-006',
    [
      opened({ capabilities: 1, sequenceNumber: 5, room: 4 }, 'IPR-DAT-006'),
      refused('write', { writes: ['aabbcc'] }, 'limit', 'IPR-DAT-006'),
      step('write', { writes: ['aabb'] }, ['000500041402aabb'], NOW + 200, 'IPR-DAT-006'),
    ],
  );
  batch.addSteps(`${SESSION}.write/all-or-nothing`, 'of writes that cannot all be kept none is', 'example', 'IPR-DAT-020', [
    opened({ capabilities: 1, sequenceNumber: 5, room: 4, sendPackets: 1 }, 'IPR-DAT-020'),
    refused('write', { writes: ['aabb', 'ccdd'] }, 'limit', 'IPR-DAT-020'),
    step('write', { writes: ['eeff'] }, ['000500041402eeff'], NOW + 200, 'IPR-DAT-020'),
  ]);
  batch.addSteps(
    `${SESSION}.receive/half-way-round`,
    'of 32,768 ahead nobody says that it is later; 32,767 ahead is later',
    'limit',
    'IPR-DAT-003',
    [
      opened({ capabilities: 2, sequenceNumber: 5 }, 'IPR-DAT-003'),
      {
        ...step('receive', { packet: '000a00031401aa' }, [], null, 'IPR-DAT-003'),
        expect: { ok: { transmit: [], events: [{ type: 'readable' }], timeoutAt: null } },
      },
      {
        ...step('read', {}, [], null, 'IPR-DAT-003'),
        expect: { ok: { transmit: [], events: [{ type: 'data', bytes: 'aa' }], timeoutAt: null } },
      },
      step('receive', { packet: '800a00031401bb' }, [], null, 'IPR-DAT-003'),
      {
        ...step('receive', { packet: '800900031401cc' }, [], null, 'IPR-DAT-003'),
        expect: { ok: { transmit: [], events: [{ type: 'readable' }], timeoutAt: null } },
      },
    ],
  );
  batch.addSteps(
    `${SESSION}.receive/nothing-counts`,
    'a message that is not of data takes the data beside it with it',
    'example',
    'IPR-DAT-033',
    [
      opened({ capabilities: 3, sequenceNumber: 5 }, 'IPR-DAT-033'),
      refused('receive', { packet: '000000061401aa1e010a' }, 'malformed', 'IPR-DAT-033'),
      step('read', {}, [], null, 'IPR-DAT-033'),
    ],
  );
}

/** The calls that an engine refuses, and the life of its session. What it does with a peer is for the scenarios. */
export function engineCases(oracle: Oracle, batch: Batch): void {
  machineTraces(oracle, batch, 'interpeer.engine', true);
  const peer = '02'.repeat(16);
  lifecycle(
    oracle,
    batch,
    'interpeer.engine',
    'IPR-API-010',
    { suite: 'interpeer-1', local: '01'.repeat(16), handshake: 'none', entropy: '00'.repeat(32) },
    {
      'interpeer.engine.connect': { peer, handshake: 'none' },
      'interpeer.engine.accept': { peer, hashname: 'x' },
      'interpeer.engine.refuse': { peer, hashname: 'x' },
      'interpeer.engine.channel': { peer, capabilities: 0 },
      'interpeer.engine.write': { channel: 1, data: 'aa' },
      'interpeer.engine.read': { channel: 1 },
      'interpeer.engine.finish': { channel: 1, reason: 0 },
      'interpeer.engine.receive': { datagram: '00'.repeat(52) },
    },
  );
}
