/** Vectors of replay protection besides the traces of its machine: identities, snapshots, restarts, what is malformed. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { describeInput, type MachineState } from '../../oracle/machine.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex, type Value } from '../../oracle/values.ts';
import type { VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { continuations, machineTraces, namedTraces, playedSteps } from '../../generate/sessions.ts';
import { inputName, rowName, traceId } from '../../generate/trace-names.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { UTF8_EDGES } from '../texts.ts';

const SENDER = 'did:kilt:4rzbxBDnuXMMy7rcBEaxsW99PTCA2u5RK1uV4WAcHyHeYowG';
const OTHER = 'did:kilt:4pZGzLSybfMsxB1DcpFNYmnqFv5QihbFb1zuSuuATqjRQv2g';
/** The messages of the machine, as `replayName` calls them. */
const NAMES = ['m', 'n', 'o', 'p'];
const OPEN: JsonObject = { windowMs: 100, skewMs: 10, entryCount: 2 };
const START_MS = 1000;

/** Everything of replay protection that the machine's own traces do not show. */
function replayCases(oracle: Oracle, batch: Batch): void {
  identityCases(batch);
  malformedChecks(batch);
  namedTraces(oracle, batch, 'kilt.replay', 'KLT-RPL-001');
  restarts(oracle, batch);
  otherWindow(batch);
  badSnapshots(oracle, batch);
}

function identityCases(batch: Batch): void {
  const put = (name: string, title: string, sender: string, messageId: string): void =>
    batch.add({ name, title, kind: 'example', operation: 'kilt.replay.identity', params: { sender, messageId }, accepts: true });
  put('sender-and-id', 'a sender and a messageId', SENDER, '8d8d0d0d-8d0d-4d0d-8d0d-0d0d0d0d0d0d');
  put('other-sender', 'another sender, the same messageId', OTHER, '8d8d0d0d-8d0d-4d0d-8d0d-0d0d0d0d0d0d');
  put('other-id', 'the same sender, another messageId', SENDER, '8d8d0d0d-8d0d-4d0d-8d0d-0d0d0d0d0d0e');
  put('id-begins-later', 'the end of the sender as the beginning of the messageId', SENDER.slice(0, -1), `${SENDER.slice(-1)}m`);
  put('id-begins-earlier', 'the same letters, with the sender one longer', SENDER, 'm');
  for (const [name, point] of UTF8_EDGES) put(`id-${name}`, `a messageId of the character ${name}`, SENDER, String.fromCodePoint(point));
}

const stepped = (events: readonly JsonObject[], timeoutAt: number | null): VectorStep['expect'] => ({
  ok: { transmit: [], events, timeoutAt },
});
const opened = (params: JsonObject, requirement: string, timeoutAt: number | null = null): VectorStep => ({
  operation: 'kilt.replay.open',
  params: { ...params, now: START_MS },
  expect: stepped([], timeoutAt),
  requirement,
  bind: { session: 'session' },
});
const asked = (params: JsonObject, expect: VectorStep['expect'], requirement: string, now = START_MS): VectorStep => ({
  operation: 'kilt.replay.check',
  params: { session: '$session', sender: SENDER, createdAt: START_MS, messageId: 'm', ...params, now },
  expect,
  requirement,
});
/** Admitted; the message can be forgotten at `timeoutAt`. */
const accepted = (timeoutAt: number, messageId = 'm'): VectorStep['expect'] => stepped([{ type: 'accepted', messageId }], timeoutAt);
/** When a message created at START_MS can be forgotten. */
const FORGOTTEN_MS = START_MS + 101;

function malformedChecks(batch: Batch): void {
  const put = (name: string, title: string, changes: JsonObject, without?: string): void => {
    const step = asked(changes, { reject: 'malformed' }, 'KLT-RPL-003');
    const params = Object.fromEntries(Object.entries(step.params).filter(([param]) => param !== without));
    batch.addSteps(`kilt.replay.check/${name}`, title, 'example', 'KLT-RPL-003', [
      opened(OPEN, 'KLT-RPL-003'),
      { ...step, params },
      asked({}, accepted(FORGOTTEN_MS), 'KLT-RPL-003'),
    ]);
  };
  put('without-created-at', 'a message without createdAt', {}, 'createdAt');
  for (const [name, value] of [
    ['text', '1000'],
    ['fraction', 1000.5],
    ['negative', -1],
    ['null', null],
    ['true', true],
    ['beyond-53-bits', 9007199254740992],
  ] as const)
    put(`created-at-${name}`, `createdAt is ${String(value)}`, { createdAt: value });
  for (const [member, of] of [
    ['message-id', 'messageId'],
    ['sender', 'sender'],
  ] as const) {
    put(`without-${member}`, `a message without ${of}`, {}, of);
    for (const [name, value] of [
      ['empty', ''],
      ['number', 5],
      ['null', null],
    ] as const)
      put(`${member}-${name}`, `${of} is ${JSON.stringify(value)}`, { [of]: value });
  }
  batch.addSteps('kilt.replay.check/another-sender', 'the messageId of another sender does not matter', 'example', 'KLT-RPL-004', [
    opened(OPEN, 'KLT-RPL-004'),
    asked({}, accepted(FORGOTTEN_MS), 'KLT-RPL-004'),
    asked({ sender: OTHER }, accepted(FORGOTTEN_MS), 'KLT-RPL-004'),
    asked({}, { reject: 'replayed' }, 'KLT-RPL-004'),
  ]);
  batch.addSteps(
    'kilt.replay.check/other-message-id',
    'another messageId of the same sender is another message',
    'example',
    'KLT-RPL-004',
    [
      opened(OPEN, 'KLT-RPL-004'),
      asked({}, accepted(FORGOTTEN_MS), 'KLT-RPL-004'),
      asked({ messageId: 'M' }, accepted(FORGOTTEN_MS, 'M'), 'KLT-RPL-004'),
    ],
  );
  batch.addSteps('kilt.replay.check/at-zero', 'a message created at 0 while the clock shows 0', 'example', 'KLT-RPL-001', [
    { ...opened(OPEN, 'KLT-RPL-001'), params: { ...OPEN, now: 0 } },
    asked({ createdAt: 0 }, accepted(101), 'KLT-RPL-001', 0),
    asked({ createdAt: 11, messageId: 'n' }, { reject: 'expired' }, 'KLT-RPL-002', 0),
    asked({ createdAt: 10, messageId: 'n' }, accepted(101, 'n'), 'KLT-RPL-001', 0),
  ]);
  batch.addSteps('kilt.replay.check/without-skew', 'with a skew of 0 a message created now is admitted', 'example', 'KLT-RPL-001', [
    opened({ ...OPEN, skewMs: 0 }, 'KLT-RPL-001'),
    asked({ createdAt: START_MS + 1 }, { reject: 'expired' }, 'KLT-RPL-002'),
    asked({}, accepted(FORGOTTEN_MS), 'KLT-RPL-001'),
  ]);
  batch.addSteps(
    'kilt.replay.check/window-of-one',
    'with a window of 1 a message created a millisecond ago is admitted',
    'example',
    'KLT-RPL-001',
    [
      opened({ ...OPEN, windowMs: 1 }, 'KLT-RPL-001'),
      asked({ createdAt: START_MS - 2 }, { reject: 'expired' }, 'KLT-RPL-015'),
      asked({ createdAt: START_MS - 1 }, accepted(START_MS + 1), 'KLT-RPL-001'),
    ],
  );
}

/** The bytes of a snapshot of a state, from the layout and the derivation. */
function snapshotOf(oracle: Oracle, { variables }: MachineState): string {
  const entries = (variables.get('entries') as readonly (readonly [bigint, bigint])[]).map(([createdAt, which]) => {
    const answer = oracle.answer('kilt.replay.identity', { sender: SENDER, messageId: NAMES[Number(which)] ?? '' });
    if (answer.kind !== 'ok') throw new Error('an identity is always derived');
    return new Map<string, Value>([
      ['createdAt', createdAt],
      ['identity', fromHex(String(answer.value['identity']))],
    ]);
  });
  const spelled = (entry: ReadonlyMap<string, Value>): string =>
    `${String(entry.get('createdAt')).padStart(20, '0')}${toHex(entry.get('identity') as Uint8Array)}`;
  entries.sort((a, b) => (spelled(a) < spelled(b) ? -1 : 1));
  const encoding = oracle.wire.encode(
    'kilt.replay-snapshot',
    new Map<string, Value>([
      ['admitsFromMs', variables.get('admitsFrom')],
      ['entries', entries],
    ]),
  );
  if (encoding.kind !== 'ok') throw new Error('a snapshot always encodes');
  return toHex(encoding.bytes);
}

/** A memory written out, closed and restored after every row of its machine; what is asked then is in `traces.yaml`. */
function restarts(oracle: Oracle, batch: Batch): void {
  for (const written of oracle.spec.continuedTraces.filter(({ machine }) => machine === 'kilt.replay-guard')) {
    for (const { interpreter, row, head, after, timeoutMs, next } of continuations(oracle, written)) {
      const { machine, configuration } = interpreter;
      const requirement = written.req;
      const played = playedSteps(oracle, interpreter, [...head, next], requirement);
      const before = played.slice(0, -1);
      const now = Number(before.at(-1)?.params['now']);
      const snapshot = snapshotOf(oracle, after);
      batch.addSteps(
        traceId(`kilt.replay/${written.name}`, rowName(machine, row), 'then', next.event, inputName(machine, next)),
        `a restart after ${rowName(machine, row)}, then ${describeInput(next)}`,
        'trace',
        requirement,
        [
          ...before,
          { operation: 'kilt.replay.snapshot', params: { session: '$session' }, expect: { ok: { snapshot } }, requirement },
          { operation: 'kilt.replay.close', params: { session: '$session' }, expect: { ok: {} }, requirement },
          {
            operation: 'kilt.replay.open',
            params: { ...configuration.open, restored: snapshot, now },
            expect: stepped([], timeoutMs === undefined ? null : now + timeoutMs),
            requirement,
            bind: { session: 'session' },
          },
          ...played.slice(-1).map((step) => ({ ...step, requirement })),
        ],
      );
    }
  }
}

/** Memories that forgot under one window, restored with another. */
function otherWindow(batch: Batch): void {
  const snapshot = `02${'00'.repeat(6)}04b000000000`; // admits from 1200
  const restored = (options: JsonObject, requirement: string): VectorStep => ({
    operation: 'kilt.replay.open',
    params: { ...OPEN, ...options, restored: snapshot, now: 1300 },
    expect: stepped([], null),
    requirement,
    bind: { session: 'session' },
  });
  batch.addSteps(
    'kilt.replay/restored/longer-window',
    'restored with a longer window, what was forgotten is not admitted',
    'trace',
    'KLT-RPL-009',
    [
      restored({ windowMs: 1000 }, 'KLT-RPL-009'),
      asked({ createdAt: 1199 }, { reject: 'expired' }, 'KLT-RPL-009', 1300),
      asked({ createdAt: 1200 }, accepted(2201), 'KLT-RPL-009', 1300),
    ],
  );
  batch.addSteps('kilt.replay/restored/shorter-window', 'restored with a shorter window, that window counts', 'trace', 'KLT-RPL-015', [
    restored({ windowMs: 10 }, 'KLT-RPL-015'),
    asked({ createdAt: 1289 }, { reject: 'expired' }, 'KLT-RPL-015', 1300),
    asked({ createdAt: 1290 }, accepted(1301), 'KLT-RPL-001', 1300),
  ]);
  batch.addSteps('kilt.replay/restored/earlier-clock', 'restored while the clock is before the snapshot', 'trace', 'KLT-RPL-006', [
    { ...restored({}, 'KLT-RPL-006'), params: { ...OPEN, restored: snapshot, now: 1195 } },
    asked({ createdAt: 1199 }, { reject: 'expired' }, 'KLT-RPL-006', 1195),
    asked({ createdAt: 1206 }, { reject: 'expired' }, 'KLT-RPL-002', 1195),
    asked({ createdAt: 1205 }, accepted(1306), 'KLT-RPL-006', 1195),
  ]);
}

function badSnapshots(oracle: Oracle, batch: Batch): void {
  const u64 = (value: bigint): string => value.toString(16).padStart(16, '0');
  const entry = (createdAt: bigint, id: string): string => u64(createdAt) + id.repeat(32);
  const snapshot = (entries: readonly string[], admitsFrom = 900n, version = '02', count = entries.length): string =>
    `${version}${u64(admitsFrom)}${count.toString(16).padStart(8, '0')}${entries.join('')}`;
  const two = snapshot([entry(950n, '0a'), entry(960n, '0b')]);
  const put = (
    name: string,
    title: string,
    restored: string,
    rejects: string,
    requirement = 'KLT-RPL-010',
    more: JsonObject = {},
  ): void => {
    const decoding = oracle.wire.decode('kilt.replay-snapshot', fromHex(restored));
    const said = decoding.kind === 'reject' ? decoding.reject.class : undefined;
    if (said !== undefined && said !== rejects) throw new Error(`snapshot ${name}: the layout says ${said}`);
    batch.addSteps(
      `kilt.replay.open/${name}`,
      title,
      rejects === 'truncated' ? 'truncation' : rejects === 'trailing' ? 'trailing' : 'example',
      requirement,
      [{ operation: 'kilt.replay.open', params: { ...OPEN, ...more, restored, now: START_MS }, expect: { reject: rejects }, requirement }],
    );
  };
  for (const cut of [0, 1, 8, 9, 12, 13, 17, 20, 21, 28, 29, 52, 53, 60, 61, 92])
    put(`truncated-at-${String(cut)}`, `a snapshot of ${String(cut)} bytes`, two.slice(0, 2 * cut), 'truncated');
  put('trailing', 'a byte after the end', `${two}00`, 'trailing');
  put('count-too-low', 'an entry more than counted', snapshot([entry(950n, '0a'), entry(960n, '0b')], 900n, '02', 1), 'trailing');
  put('count-too-high', 'an entry less than counted', snapshot([entry(950n, '0a')], 900n, '02', 2), 'truncated');
  for (const version of ['00', '01', 'ff']) put(`version-${version}`, `the version ${version}`, snapshot([], 900n, version), 'unsupported');
  put('admits-from-2-53', 'admitting from 2^53', snapshot([], 1n << 53n), 'malformed');
  put('created-2-53', 'an entry created at 2^53', snapshot([entry(1n << 53n, '0a')]), 'malformed');
  put('out-of-order', 'entries out of order', snapshot([entry(960n, '0b'), entry(950n, '0a')]), 'non-canonical');
  put('entry-twice', 'an entry twice', snapshot([entry(950n, '0a'), entry(950n, '0a')]), 'non-canonical');
  put('identity-twice', 'an identity twice, with two times', snapshot([entry(950n, '0a'), entry(951n, '0a')]), 'non-canonical');
  put(
    'more-than-fit',
    'more entries than there is room for',
    snapshot([entry(950n, '0a'), entry(951n, '0b'), entry(952n, '0c')]),
    'limit',
    'KLT-RPL-007',
  );
  const right: Json = two;
  batch.addSteps('kilt.replay.open/restored-two', 'a snapshot of two messages', 'example', 'KLT-RPL-008', [
    opened({ ...OPEN, restored: right }, 'KLT-RPL-008', 1051),
  ]);
}

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'replay',
      fill: ({ oracle, batch }) => {
        machineTraces(oracle, batch, 'kilt.replay');
        replayCases(oracle, batch);
      },
    },
  ],
  mutated: ['kilt.replay.'],
};
