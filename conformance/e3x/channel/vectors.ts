/** The cases of channels: the coding of a miss, quotas, bounds of a session, and what the machines do not send. */
import type { JsonObject } from '../../contract/contract.ts';
import { MachineInterpreter, type MachineInput } from '../../oracle/machine.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { Value } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import type { VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { machineTraces, playedSteps } from '../../generate/sessions.ts';

const SESSION = 'e3x.channel';
const NOW_MS = 1000;
const U32_MAX = 4_294_967_295;
const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'channels',
      fill: ({ oracle, batch }) => {
        missCases(batch);
        quotaCases(batch);
        channelCases(oracle, batch);
      },
    },
  ],
  mutated: ['e3x.channel.', 'e3x.miss.', 'e3x.quota.'],
};

/** The coding of a miss, from the published example to the last sequence number. */
function missCases(batch: Batch): void {
  const write = (name: string, title: string, about: string, params: JsonObject, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'range',
      operation: 'e3x.miss.encode',
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const read = (name: string, title: string, about: string, params: JsonObject, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'range',
      operation: 'e3x.miss.decode',
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const published = { kind: 'example', about: 'E3X-REL-015', accepts: true, published: 'reliable.md' } as const;
  batch.add({
    name: 'published',
    title: 'the published example, its numbers in the order given there',
    operation: 'e3x.miss.encode',
    params: { ack: 78231, missing: [78236, 78235, 78245, 78238], highest: 78251 },
    ...published,
  });
  batch.add({
    name: 'published',
    title: 'the published example',
    operation: 'e3x.miss.decode',
    params: { ack: 78231, miss: [4, 1, 2, 7, 6] },
    ...published,
  });
  write('nothing-missing', 'only the window', 'E3X-REL-016', { ack: 7, missing: [], highest: 57 });
  write('one', 'one missing number', 'E3X-REL-015', { ack: 0, missing: [1], highest: 2 });
  write('as-text', 'numbers that sort otherwise as text', 'E3X-REL-015', { ack: 8, missing: [100, 9, 20], highest: 101 });
  write('twice', 'a number that is missing twice', 'E3X-REL-017', { ack: 0, missing: [2, 2], highest: 9 }, 'malformed');
  write('at-ack', 'a number that is acknowledged', 'E3X-REL-017', { ack: 5, missing: [5, 7], highest: 9 }, 'malformed');
  write(
    'window-missing',
    'the highest acceptable number itself is missing',
    'E3X-REL-017',
    { ack: 5, missing: [6, 9], highest: 9 },
    'malformed',
  );
  write('window-at-ack', 'no room at all', 'E3X-REL-017', { ack: 5, missing: [], highest: 5 }, 'malformed');
  write('last-number', 'a window up to 2^32 - 1', 'E3X-REL-018', { ack: U32_MAX - 2, missing: [U32_MAX - 1], highest: U32_MAX });
  write(
    'beyond',
    'a window beyond 2^32 - 1',
    'E3X-REL-018',
    { ack: U32_MAX - 2, missing: [U32_MAX - 1], highest: U32_MAX + 1 },
    'malformed',
  );
  write('hundred', 'one hundred entries', 'E3X-REL-019', { ack: 0, missing: upTo(99), highest: 100 });
  write('hundred-and-one', 'one entry too many', 'E3X-REL-019', { ack: 0, missing: upTo(100), highest: 101 }, 'limit');
  read('window-only', 'only the window', 'E3X-REL-016', { ack: 7, miss: [50] });
  read('empty', 'an empty miss, so there is no window', 'E3X-REL-016', { ack: 7, miss: [] }, 'malformed');
  read('zero', 'an entry of zero', 'E3X-REL-017', { ack: 7, miss: [1, 0, 3] }, 'malformed');
  read('zero-window', 'a window of zero', 'E3X-REL-017', { ack: 7, miss: [1, 0] }, 'malformed');
  read('negative', 'a negative entry', 'E3X-REL-017', { ack: 7, miss: [4, -1, 3] }, 'malformed');
  read('last-number', 'a window up to 2^32 - 1', 'E3X-REL-018', { ack: 1, miss: [U32_MAX - 2, 1] });
  read('beyond', 'a window beyond 2^32 - 1', 'E3X-REL-018', { ack: 1, miss: [U32_MAX - 2, 2] }, 'malformed');
  read('far-beyond', 'a sum beyond 2^53', 'E3X-REL-018', { ack: 1, miss: [Number.MAX_SAFE_INTEGER] }, 'malformed');
  read('hundred', 'one hundred entries', 'E3X-REL-019', { ack: 0, miss: ones(100) });
  read('hundred-and-one', 'one entry too many', 'E3X-REL-019', { ack: 0, miss: ones(101) }, 'limit');
}

const RESERVED = ['c', 'type', 'seq', 'ack', 'miss', 'end', 'err'] as const;

/** What room a packet has, and what its JSON cannot have. */
function quotaCases(batch: Batch): void {
  const add = (name: string, title: string, about: string, params: JsonObject, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'limit',
      operation: 'e3x.quota.derive',
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  add('bare', 'only the channel id', 'E3X-CHN-014', { c: 1 });
  add('open', 'an open packet of a reliable channel', 'E3X-CHN-014', { c: U32_MAX, type: 'stream', seq: 1 });
  add('numbered', 'a numbered packet', 'E3X-CHN-014', { c: 1, num: U32_MAX });
  add('content', 'a packet with JSON of the application', 'E3X-CHN-014', { c: 1, json: { text: '\u00e9', list: [1, null] } });
  const filler = (length: number): JsonObject => ({ a: 'x'.repeat(length) });
  const most = 1342 - 2 - '{"c":1,"a":""}'.length;
  add('no-room', 'a head that fills the packet', 'E3X-CHN-014', { c: 1, json: filler(most) });
  add('too-long', 'a head one byte too long', 'E3X-CHN-013', { c: 1, json: filler(most + 1) }, 'limit');
  add('unrepresentable', 'JSON that does not fit into a packet', 'E3X-CHN-014', { c: 1, json: { a: '\uffff' } }, 'unrepresentable');
  for (const name of RESERVED)
    add(`reserved-${name}`, `JSON with a member ${name}`, 'E3X-CHN-012', { c: 1, json: { [name]: null } }, 'malformed');
  add('reserved-num', 'JSON with a member num where packets are numbered', 'E3X-CHN-012', { c: 1, num: 1, json: { num: 1 } }, 'malformed');
  add('free-num', 'JSON with a member num where packets are not numbered', 'E3X-CHN-012', { c: 1, json: { num: 1 } });
}

/** Sessions whose packets the oracle writes: order of members, sizes, bounds asked for. */
function channelCases(oracle: Oracle, batch: Batch): void {
  machineTraces(oracle, batch, SESSION);
  longerTraces(oracle, batch);
  memberOrder(oracle, batch);
  manyMissing(oracle, batch);
  sizes(oracle, batch);
  bounds(batch);
}

/** Traces longer than the shortest to a row, for what only shows after several steps; the last step is what each is about. */
const LONGER: readonly {
  readonly name: string;
  readonly title: string;
  readonly machine: string;
  readonly configuration: string;
  readonly inputs: readonly MachineInput[];
}[] = [
  {
    name: 'edge-remembered',
    title: 'the lowest number of the window is remembered',
    machine: 'channel-replay',
    configuration: 'three',
    inputs: [on('send'), ...[2n, 3n, 4n, 2n].map((num) => on('numbered', { num }))],
  },
  {
    name: 'edge-remembered',
    title: 'the lowest of 64 numbers is remembered',
    machine: 'channel-replay',
    configuration: 'sixty-four',
    inputs: [on('send'), ...[2n, 65n, 2n].map((num) => on('numbered', { num }))],
  },
  {
    name: 'slides-twice',
    title: 'the window slides each time',
    machine: 'channel-replay',
    configuration: 'three',
    inputs: [on('send'), ...[2n, 5n, 1n].map((num) => on('numbered', { num }))],
  },
  {
    name: 'resent-again',
    title: 'a missing packet is resent again after a second',
    machine: 'channel-sender',
    configuration: 'two',
    inputs: [on('send'), on('send'), missed(), on('wait', { ms: 1000n }), missed()],
  },
  {
    name: 'oldest-resent',
    title: 'of two packets in flight the older is resent',
    machine: 'channel-sender',
    configuration: 'two',
    inputs: [on('send'), on('send'), on('wait', { ms: 1000n }), on('wait', { ms: 1000n })],
  },
  {
    name: 'clock-anew',
    title: 'an ack that advances restarts the timer',
    machine: 'channel-sender',
    configuration: 'two',
    inputs: [on('send'), on('send'), on('wait', { ms: 1000n }), on('ack', { head: [1n, []] }), on('wait', { ms: 1000n })],
  },
  {
    name: 'count-anew',
    title: 'a packet from the peer resets the count',
    machine: 'channel-sender',
    configuration: 'two',
    inputs: [on('send'), ...waits(2), on('ack', { head: [0n, []] }), ...waits(4)],
  },
  {
    name: 'in-order',
    title: 'of two packets that wait the lower is given',
    machine: 'channel-receiver',
    configuration: 'three',
    inputs: [...[1n, 2n, 3n].map((seq) => on('content', { seq, asks: 0n })), on('done')],
  },
  {
    name: 'gap-filled',
    title: 'the last of three arrives first of the two that wait',
    machine: 'channel-receiver',
    configuration: 'three',
    inputs: [...[1n, 3n, 2n].map((seq) => on('content', { seq, asks: 0n })), on('done')],
  },
  {
    name: 'end-unacknowledged',
    title: 'an unacknowledged end is not a clean close',
    machine: 'channel-closing',
    configuration: 'default',
    inputs: [on('receiveOpen'), on('sendEnd'), ...waits(5)],
  },
  {
    name: 'lingers',
    title: 'an ended channel answers a copy, and restarts its linger',
    machine: 'channel-closing',
    configuration: 'default',
    inputs: [on('receiveOpen'), on('sendEnd'), on('ack'), ...waits(3), on('receiveOpen'), ...waits(5)],
  },
];
function on(event: string, chosen: { readonly [name: string]: Value } = {}): MachineInput {
  return { event, with: new Map(Object.entries(chosen)) };
}
function missed(): MachineInput {
  return on('ack', { head: [0n, [1n, 1n]] });
}
function waits(count: number): MachineInput[] {
  return Array.from({ length: count }, () => on('wait', { ms: 1000n }));
}
function longerTraces(oracle: Oracle, batch: Batch): void {
  for (const { name, title, machine: machineName, configuration: configurationName, inputs } of LONGER) {
    const machine = oracle.spec.machines.find((m) => m.machine === `e3x.${machineName}`);
    const configuration = machine?.configurations.find((c) => c.name === configurationName);
    if (machine === undefined || configuration === undefined) throw new Error(`no machine ${machineName}/${configurationName}`);
    const steps = playedSteps(oracle, new MachineInterpreter(oracle, machine, configuration), inputs);
    batch.addSteps(`${machine.machine}/${configurationName}/${name}`, title, 'trace', steps.at(-1)?.requirement ?? '', steps);
  }
}

function packet(oracle: Oracle, json: JsonObject, body = ''): string {
  const answer = oracle.answer('e3x.packet.encode', { json, body });
  if (answer.kind !== 'ok') throw new Error(`no packet of ${JSON.stringify(json)}`);
  return String(answer.value['packet']);
}
function opened(open: JsonObject, requirement: string): VectorStep {
  return {
    operation: 'e3x.channel.open',
    params: { ...open, now: NOW_MS },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement,
    bind: { session: 'session' },
  };
}
function called(call: string, params: JsonObject, requirement: string, ok: JsonObject | string): VectorStep {
  const expect = typeof ok === 'string' ? { reject: ok } : { ok: { transmit: [], events: [], timeoutAt: null, ...ok } };
  return { operation: `e3x.channel.${call}`, params: { session: '$session', ...params, now: NOW_MS }, expect, requirement };
}
const OPENING = { timeoutAt: NOW_MS + 30_000 };

/** E3X-CHN-011, E3X-CHN-012: ours first and in order; the application's as they were given, and none of ours. */
function memberOrder(oracle: Oracle, batch: Batch): void {
  const about = 'E3X-CHN-011';
  const own = { zoo: 1, body: 'b', apple: [2, { c: 1 }] };
  const unreliable = { c: 9, type: 'path' };
  batch.addSteps('e3x.channel/members/unreliable', 'members of an open packet, then of an err', 'trace', about, [
    opened(unreliable, about),
    called('send', { json: own, body: 'ff' }, about, { transmit: [packet(oracle, { c: 9, type: 'path', ...own }, 'ff')], ...OPENING }),
    called('send', { err: 'why', json: { more: true } }, 'E3X-CHN-019', { transmit: [packet(oracle, { c: 9, err: 'why', more: true })] }),
  ]);
  batch.addSteps('e3x.channel/members/numbered', 'members of a numbered end', 'trace', about, [
    opened({ ...unreliable, replayWindow: 8 }, about),
    called('send', { json: own, end: true }, about, {
      transmit: [packet(oracle, { c: 9, type: 'path', num: 1, end: true, ...own })],
      ...OPENING,
    }),
  ]);
  const first = packet(oracle, { c: 9, type: 'path', seq: 1 });
  const third = packet(oracle, { c: 9, seq: 3 });
  const missing = { ack: 0, miss: [2, 48] };
  batch.addSteps('e3x.channel/members/reliable', 'seq, ack, miss and end before the members of the application', 'trace', about, [
    opened({ c: 9, incoming: true, reliable: true }, about),
    called('receive', { packet: first }, about, { events: [{ type: 'packet', packet: first }], ...OPENING }),
    called('receive', { packet: third }, 'E3X-REL-021', { transmit: [packet(oracle, { c: 9, ...missing })] }),
    called('send', { json: own, end: true }, about, {
      transmit: [packet(oracle, { c: 9, seq: 1, ...missing, end: true, ...own })],
      timeoutAt: NOW_MS + 2000,
    }),
  ]);
  const asking = packet(oracle, { c: 9, type: 'path', seq: 1, ack: 0 });
  batch.addSteps('e3x.channel/members/ack-alone', 'an acknowledgement in its own packet has only c and ack', 'trace', 'E3X-REL-004', [
    opened({ c: 9, incoming: true, reliable: true }, 'E3X-REL-004'),
    called('receive', { packet: asking }, 'E3X-REL-004', { events: [{ type: 'packet', packet: asking }], ...OPENING }),
    called('done', {}, 'E3X-REL-004', { transmit: [packet(oracle, { c: 9, ack: 1 })] }),
  ]);
  for (const name of [...RESERVED, 'num']) {
    batch.addSteps(`e3x.channel/members/reserved-${name}`, `JSON of the application with a member ${name}`, 'trace', 'E3X-CHN-012', [
      opened({ ...unreliable, replayWindow: 8 }, 'E3X-CHN-012'),
      called('send', { json: { [name]: 1 } }, 'E3X-CHN-012', 'malformed'),
      called('send', { json: { other: 1 } }, 'E3X-CHN-012', {
        transmit: [packet(oracle, { c: 9, type: 'path', num: 1, other: 1 })],
        ...OPENING,
      }),
    ]);
  }
  batch.addSteps('e3x.channel/members/free-num', "num is the application's where packets are not numbered", 'trace', 'E3X-RPW-006', [
    opened(unreliable, 'E3X-RPW-006'),
    called('send', { json: { num: 'seven' } }, 'E3X-RPW-006', {
      transmit: [packet(oracle, { c: 9, type: 'path', num: 'seven' })],
      ...OPENING,
    }),
  ]);
}

/** E3X-REL-019: of more than 99 missing numbers the lowest 99, whatever window is left. */
function manyMissing(oracle: Oracle, batch: Batch): void {
  const about = 'E3X-REL-019';
  const window = 1024;
  const content = (seq: number): string => packet(oracle, { c: 9, ...(seq === 1 ? { type: 'x' } : {}), seq });
  /** What is sent when `seq` arrives while these numbers are missing, ascending, of which those named are told. */
  const arrives = (seq: number, named: readonly number[]): VectorStep => {
    const miss = [...named, window].map((number, at, all) => number - (all[at - 1] ?? 0));
    return called('receive', { packet: content(seq) }, about, { transmit: [packet(oracle, { c: 9, ack: 0, miss })] });
  };
  const from = (low: number, count: number): number[] => Array.from({ length: count }, (_, at) => low + at);
  for (const [name, title, steps] of [
    ['ninety-nine', '99 numbers are missing, and all are listed', [arrives(101, from(2, 99))]],
    ['hundred', '100 numbers are missing, and the lowest 99 are listed', [arrives(102, from(2, 99))]],
    ['two-gaps', 'more than 99 numbers are missing in two gaps', [arrives(3, [2]), arrives(301, [2, ...from(4, 98)])]],
  ] as const)
    batch.addSteps(`e3x.channel/missing/${name}`, title, 'trace', about, [
      opened({ c: 9, incoming: true, reliable: true, window }, about),
      called('receive', { packet: content(1) }, about, { events: [{ type: 'packet', packet: content(1) }], ...OPENING }),
      ...steps,
    ]);
}

/** E3X-CHN-013, E3X-REL-033: the longest packets. */
function sizes(oracle: Oracle, batch: Batch): void {
  const about = 'E3X-CHN-013';
  const body = (length: number): string => '5a'.repeat(length);
  const head = '{"c":1,"type":"x"}'.length + 2;
  batch.addSteps('e3x.channel/size/unreliable', '1,343 bytes are refused, 1,342 sent', 'limit', about, [
    opened({ c: 1, type: 'x' }, about),
    called('send', { body: body(1343 - head) }, about, 'limit'),
    called('send', { body: body(1342 - head) }, about, { transmit: [packet(oracle, { c: 1, type: 'x' }, body(1342 - head))], ...OPENING }),
  ]);
  const err = '{"c":1,"err":"","x":""}'.length + 2;
  batch.addSteps('e3x.channel/size/err', 'an err whose details are too long is refused, and the channel lives', 'limit', about, [
    opened({ c: 1, type: 'x' }, about),
    called('send', {}, about, { transmit: [packet(oracle, { c: 1, type: 'x' })], ...OPENING }),
    called('send', { err: '', json: { x: 'y'.repeat(1343 - err) } }, about, 'limit'),
    called('send', { body: '01' }, about, { transmit: [packet(oracle, { c: 1 }, '01')], ...OPENING }),
  ]);
  // Processed content makes an ack of 8 bytes due in JSON; a packet without room for it goes after the ack.
  const first = packet(oracle, { c: 1, type: 'x', seq: 1 });
  const content = '{"c":1,"seq":1}'.length + 2;
  const processed = (requirement: string): VectorStep[] => [
    opened({ c: 1, incoming: true, reliable: true }, requirement),
    called('receive', { packet: first }, requirement, { events: [{ type: 'packet', packet: first }], ...OPENING }),
    called('done', {}, requirement, { timeoutAt: NOW_MS + 1000 }),
  ];
  const withAck = 1342 - content - ',"ack":1'.length;
  batch.addSteps('e3x.channel/size/ack-fits', 'content that leaves just enough room for the ack', 'limit', 'E3X-REL-033', [
    ...processed('E3X-REL-033'),
    called('send', { body: body(withAck) }, 'E3X-REL-033', {
      transmit: [packet(oracle, { c: 1, seq: 1, ack: 1 }, body(withAck))],
      timeoutAt: NOW_MS + 2000,
    }),
  ]);
  batch.addSteps('e3x.channel/size/ack-apart', 'content that leaves one byte too little for the ack', 'limit', 'E3X-REL-033', [
    ...processed('E3X-REL-033'),
    called('send', { body: body(withAck + 1) }, 'E3X-REL-033', {
      transmit: [packet(oracle, { c: 1, ack: 1 }), packet(oracle, { c: 1, seq: 1 }, body(withAck + 1))],
      timeoutAt: NOW_MS + 2000,
    }),
  ]);
}

/** E3X-CHN-017: what can be asked for. */
function bounds(batch: Batch): void {
  const about = 'E3X-CHN-017';
  const reliable = { c: 1, type: 'x', reliable: true };
  const cases: [string, string, JsonObject, boolean][] = [
    ['window-0', 'a window of 0 packets', { ...reliable, window: 0 }, false],
    ['window-1', 'a window of one packet', { ...reliable, window: 1 }, true],
    ['window-1024', 'the largest window', { ...reliable, window: 1024 }, true],
    ['window-1025', 'a window too large', { ...reliable, window: 1025 }, false],
    ['bytes-1399', 'a buffer too small for a packet', { ...reliable, bufferBytes: 1399 }, false],
    ['bytes-1400', 'the smallest buffer', { ...reliable, bufferBytes: 1400 }, true],
    ['replay-0', 'a replay window of 0 numbers', { c: 1, type: 'x', replayWindow: 0 }, false],
    ['replay-1', 'a replay window of one number', { c: 1, type: 'x', replayWindow: 1 }, true],
    ['replay-1024', 'the largest replay window', { c: 1, type: 'x', replayWindow: 1024 }, true],
    ['replay-1025', 'a replay window too large', { c: 1, type: 'x', replayWindow: 1025 }, false],
  ];
  for (const [name, title, open, fits] of cases) {
    const step = opened(open, about);
    batch.addSteps(`e3x.channel.open/${name}`, title, 'limit', about, [
      fits ? step : { operation: step.operation, params: step.params, expect: { reject: 'limit' }, requirement: about },
    ]);
  }
}
