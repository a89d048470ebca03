/** Vectors of replay protection besides the traces of its machine: identities, snapshots, restarts, what is malformed. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { describeInput, type MachineState } from '../../oracle/machine.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex, type Value } from '../../oracle/values.ts';
import type { VectorStep } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { continuations, machineTraces, namedTraces, playedSteps } from '../../generate/sessions.ts';
import { inputName, rowName, traceId } from '../../generate/trace-names.ts';
import type { TopicVectors } from '../../suites/modules.ts';

const SENDER = '07'.repeat(32);
const OPEN: JsonObject = { windowMs: 100, skewMs: 10, entryCount: 2 };
const START_MS = 1000;

/** Everything of replay protection that the machine's own traces do not show. */
function replayCases(oracle: Oracle, batch: Batch): void {
  identityCases(batch);
  malformedChecks(batch);
  namedTraces(oracle, batch, 'kilt.replay', 'KLT-RPL-001');
  restarts(oracle, batch);
  longerWindow(batch);
  badSnapshots(oracle, batch);
}

function identityCases(batch: Batch): void {
  const put = (name: string, title: string, senderKey: string, ciphertext: string): void =>
    batch.add({ name, title, kind: 'example', operation: 'kilt.replay.identity', params: { senderKey, ciphertext }, accepts: true });
  const ciphertext = toHex(seededBytes('kilt-replay', 40));
  put('one', 'a sender and a ciphertext', SENDER, ciphertext);
  put('another-sender', 'another sender, the same ciphertext', '08'.repeat(32), ciphertext);
  put('another-ciphertext', 'the same sender, another ciphertext', SENDER, `${ciphertext.slice(0, -2)}00`);
  put('shortest', 'a ciphertext of 16 bytes', SENDER, '00'.repeat(16));
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
  params: { session: '$session', ciphertext: '00'.repeat(16), senderKey: SENDER, createdAt: START_MS, messageId: 'm', ...params, now },
  expect,
  requirement,
});
const accepted = (timeoutAt: number): VectorStep['expect'] => stepped([{ type: 'accepted', messageId: 'm' }], timeoutAt);

function malformedChecks(batch: Batch): void {
  const put = (name: string, title: string, changes: JsonObject, without?: string): void => {
    const step = asked(changes, { reject: 'malformed' }, 'KLT-RPL-003');
    const params = Object.fromEntries(Object.entries(step.params).filter(([param]) => param !== without));
    batch.addSteps(`kilt.replay.check/${name}`, title, 'example', 'KLT-RPL-003', [
      opened(OPEN, 'KLT-RPL-003'),
      { ...step, params },
      asked({}, accepted(START_MS + 100), 'KLT-RPL-003'),
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
  put('without-message-id', 'a message without messageId', {}, 'messageId');
  for (const [name, value] of [
    ['empty', ''],
    ['number', 5],
    ['null', null],
  ] as const)
    put(`message-id-${name}`, `messageId is ${JSON.stringify(value)}`, { messageId: value });
  batch.addSteps(
    'kilt.replay.check/another-sender',
    'the ciphertext and messageId of another sender do not matter',
    'example',
    'KLT-RPL-004',
    [
      opened(OPEN, 'KLT-RPL-004'),
      asked({}, accepted(START_MS + 100), 'KLT-RPL-004'),
      asked({ senderKey: '08'.repeat(32) }, accepted(START_MS + 100), 'KLT-RPL-004'),
    ],
  );
  batch.addSteps(
    'kilt.replay.check/another-message-id',
    'the same ciphertext under another messageId is the same message',
    'example',
    'KLT-RPL-004',
    [
      opened(OPEN, 'KLT-RPL-004'),
      asked({}, accepted(START_MS + 100), 'KLT-RPL-004'),
      asked({ messageId: 'other' }, { reject: 'replayed' }, 'KLT-RPL-004'),
    ],
  );
}

/** The bytes of a snapshot of a state, from the layout and the derivation. */
function snapshotOf(oracle: Oracle, { variables }: MachineState): string {
  const entries = (variables.get('entries') as readonly (readonly [bigint, bigint])[]).map(([createdAt, id]) => {
    const answer = oracle.answer('kilt.replay.identity', {
      senderKey: SENDER,
      ciphertext: (createdAt % 251n).toString(16).padStart(2, '0') + id.toString(16).padStart(2, '0').repeat(15),
    });
    if (answer.kind !== 'ok') throw new Error('an identity is always derived');
    return new Map<string, Value>([
      ['createdAt', createdAt],
      ['identity', fromHex(String(answer.value['identity']))],
    ]);
  });
  const spelled = (entry: ReadonlyMap<string, Value>): string =>
    `${String(entry.get('createdAt')).padStart(20, '0')}${toHex(entry.get('identity') as Uint8Array)}`;
  entries.sort((a, b) => (spelled(a) < spelled(b) ? -1 : 1));
  const horizon = variables.get('horizon') as bigint;
  const encoding = oracle.wire.encode(
    'kilt.replay-snapshot',
    new Map<string, Value>([
      ['latestMs', variables.get('latest')],
      ['horizonMs', horizon < 0n ? 0n : horizon],
      ['entries', entries],
    ]),
  );
  if (encoding.kind !== 'ok') throw new Error('a snapshot always encodes');
  return toHex(encoding.bytes);
}

/** A memory written out, closed and restored after every row of its machine; what is asked then is in `traces.yaml`. */
function restarts(oracle: Oracle, batch: Batch): void {
  for (const written of oracle.spec.continuedTraces.filter(({ machine }) => machine === 'kilt.replay-memory')) {
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

/** A memory that forgot under a short window, restored with a long one. */
function longerWindow(batch: Batch): void {
  const snapshot = `01${'00'.repeat(6)}0514${'00'.repeat(6)}04b000000000`; // latest 1300, horizon 1200
  const restored: VectorStep = {
    operation: 'kilt.replay.open',
    params: { ...OPEN, windowMs: 1000, restored: snapshot, now: 1300 },
    expect: stepped([], null),
    requirement: 'KLT-RPL-009',
    bind: { session: 'session' },
  };
  batch.addSteps(
    'kilt.replay/restart/longer-window',
    'restored with a longer window, what was forgotten is not admitted',
    'trace',
    'KLT-RPL-009',
    [
      restored,
      asked({ createdAt: 1200 }, { reject: 'expired' }, 'KLT-RPL-009', 1300),
      asked({ createdAt: 1201 }, accepted(2201), 'KLT-RPL-009', 1300),
    ],
  );
  const shorter: VectorStep = { ...restored, params: { ...OPEN, windowMs: 10, restored: snapshot, now: 1300 } };
  batch.addSteps('kilt.replay/restart/shorter-window', 'restored with a shorter window, the horizon rises', 'trace', 'KLT-RPL-009', [
    shorter,
    asked({ createdAt: 1290 }, { reject: 'expired' }, 'KLT-RPL-009', 1300),
    asked({ createdAt: 1291 }, accepted(1301), 'KLT-RPL-009', 1300),
  ]);
  const earlier: VectorStep = { ...restored, params: { ...OPEN, restored: snapshot, now: START_MS } };
  batch.addSteps('kilt.replay/restart/earlier-clock', 'restored while the clock is before the snapshot', 'trace', 'KLT-RPL-006', [
    earlier,
    asked({ createdAt: 1200 }, { reject: 'expired' }, 'KLT-RPL-006'),
    asked({ createdAt: 1309 }, accepted(1409), 'KLT-RPL-006'),
    asked({ ciphertext: '01'.repeat(16), createdAt: 1310 }, { reject: 'expired' }, 'KLT-RPL-006'),
  ]);
}

function badSnapshots(oracle: Oracle, batch: Batch): void {
  const u64 = (value: bigint): string => value.toString(16).padStart(16, '0');
  const entry = (createdAt: bigint, id: string): string => u64(createdAt) + id.repeat(32);
  const snapshot = (entries: readonly string[], latest = 1000n, horizon = 900n, version = '01', count = entries.length): string =>
    `${version}${u64(latest)}${u64(horizon)}${count.toString(16).padStart(8, '0')}${entries.join('')}`;
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
  for (const cut of [0, 1, 8, 9, 17, 20, 21, 28, 29, 60, 61, 100])
    put(`truncated-at-${String(cut)}`, `a snapshot of ${String(cut)} bytes`, two.slice(0, 2 * cut), 'truncated');
  put('trailing', 'a byte after the end', `${two}00`, 'trailing');
  put('count-too-low', 'an entry more than counted', snapshot([entry(950n, '0a'), entry(960n, '0b')], 1000n, 900n, '01', 1), 'trailing');
  put('count-too-high', 'an entry less than counted', snapshot([entry(950n, '0a')], 1000n, 900n, '01', 2), 'truncated');
  for (const version of ['00', '02', 'ff'])
    put(`version-${version}`, `the version ${version}`, snapshot([], 1000n, 900n, version), 'unsupported');
  put('latest-2-53', 'a latest time of 2^53', snapshot([], 1n << 53n), 'malformed');
  put('horizon-2-53', 'a horizon of 2^53', snapshot([], 1000n, 1n << 53n), 'malformed');
  put('created-2-53', 'an entry created at 2^53', snapshot([entry(1n << 53n, '0a')]), 'malformed');
  put('out-of-order', 'entries out of order', snapshot([entry(960n, '0b'), entry(950n, '0a')]), 'non-canonical');
  put('entry-twice', 'an entry twice', snapshot([entry(950n, '0a'), entry(950n, '0a')]), 'non-canonical');
  put(
    'more-than-fit',
    'more entries than there is room for',
    snapshot([entry(950n, '0a'), entry(951n, '0b'), entry(952n, '0c')]),
    'limit',
    'KLT-RPL-007',
  );
  const right: Json = two;
  batch.addSteps('kilt.replay.open/restored', 'a snapshot of two messages', 'example', 'KLT-RPL-008', [
    opened({ ...OPEN, restored: right }, 'KLT-RPL-008', 1050),
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
