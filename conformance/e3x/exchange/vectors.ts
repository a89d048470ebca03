/** The cases of order, the choice of a cipher set, handshakes, exchanges and the table of tokens. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { memberOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { machineTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import type { VectorStep } from '../../vectors.ts';
import { CSIDS, evidenceOf, type HighLevel } from './evidence.ts';
import type { Csid } from '../message/evidence.ts';
import { handshakeCases } from './handshakes.ts';
import { introductionCases } from './introductions.ts';
import { selectionCases } from './selection.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'order', fill: ({ root, batch }) => orderCases(root, batch) },
    { subject: 'handshake', fill: ({ root, oracle, batch }) => handshakeCases(root, oracle, batch) },
    {
      subject: 'introduction',
      fill: ({ root, oracle, batch }) => introductionCases(root, oracle, batch),
    },
    {
      subject: 'exchange',
      fill: ({ root, oracle, batch }) => {
        machineTraces(oracle, batch, 'e3x.exchange');
        exchangeCases(root, oracle, batch);
      },
    },
    { subject: 'token-table', fill: ({ oracle, batch }) => tokenTableCases(oracle, batch) },
    { subject: 'selection', fill: ({ batch }) => selectionCases(batch) },
  ],
  mutated: ['e3x.csid.', 'e3x.exchange.', 'e3x.handshake.', 'e3x.order.', 'e3x.tokens.'],
};

/** Which of two endpoints is odd. */
function orderCases(root: string, batch: Batch): void {
  const operation = 'e3x.order.derive';
  const add = (name: string, title: string, key: string, otherKey: string, about: string, published?: string): void => {
    batch.add({
      name,
      title,
      kind: 'example',
      operation,
      params: { key, otherKey },
      about,
      accepts: true,
      ...(published === undefined ? {} : { published }),
    });
    batch.add({
      name: `${name}-reversed`,
      title: `${title}, seen from the other side`,
      kind: 'example',
      operation,
      params: { key: otherKey, otherKey: key },
      about,
      accepts: true,
      ...(published === undefined ? {} : { published }),
    });
  };
  const evidence = evidenceOf(root);
  for (const csid of CSIDS)
    add(
      `e3x-js-${csid}`,
      `the keys of e3x-js, ${csid}`,
      evidence[csid].keys['A']?.key ?? '',
      evidence[csid].keys['B']?.key ?? '',
      'E3X-ORD-001',
      'e3x-js',
    );
  const same = toHex(seededBytes('order', 31));
  for (const [name, a, b] of [
    ['last-bit', `${same}00`, `${same}01`],
    ['first-bit', `7f${same}`, `80${same}`],
    ['unsigned', `01${same}`, `ff${same}`],
    ['first-byte-decides', `02${'00'.repeat(31)}`, `01${'ff'.repeat(31)}`],
    ['not-little-endian', `00${'ff'.repeat(31)}`, `01${'00'.repeat(31)}`],
    ['bits-not-their-number', `80${'00'.repeat(20)}`, `7f${'ff'.repeat(20)}`],
  ] as const)
    add(name, `keys that differ: ${name}`, a, b, 'E3X-ORD-001');
  for (const [name, a, b] of [
    ['prefix', same, `${same}00`],
    ['prefix-long', '30', `30${'82'.repeat(40)}`],
  ] as const)
    add(name, 'a key that continues where the other ends', a, b, 'E3X-ORD-002');
  add('longer-but-lower', 'a key that is longer and lower', `31${same}`, `30${same}ffff`, 'E3X-ORD-001');
  for (const [name, key] of [
    ['1a', evidence['1a'].keys['A']?.key ?? ''],
    ['3a', evidence['3a'].keys['B']?.key ?? ''],
    ['empty', ''],
  ] as const)
    batch.add({
      name: `equal-${name}`,
      title: `a key and itself: ${name}`,
      kind: 'range',
      operation,
      params: { key, otherKey: key },
      about: 'E3X-ORD-003',
      rejects: 'malformed',
    });
}

const NOW = 1000;
const DRAWN: { readonly [csid in Csid]: number } = { '1a': 20, '2a': 84, '3a': 32 };

/** What opening refuses, what an invalid session refuses, and the handshakes of the high-level API of e3x-js. */
function exchangeCases(root: string, oracle: Oracle, batch: Batch): void {
  const evidence = evidenceOf(root);
  const open = (csid: Csid, self: 'A' | 'B', other: 'A' | 'B', more: JsonObject = {}): JsonObject => ({
    csid,
    local: { ...evidence[csid].keys[self] },
    remoteKey: evidence[csid].keys[other]?.key ?? '',
    ...(csid === '1a' ? { legacy: true } : {}),
    entropy: toHex(seededBytes(`exchange-${csid}-${self}`, DRAWN[csid])),
    ...more,
  });
  const refuse = (name: string, title: string, params: JsonObject, reject: string, requirement: string): void =>
    batch.addSteps(`e3x.exchange.open/${name}`, title, 'range', requirement, [
      { operation: 'e3x.exchange.open', params: { ...params, now: NOW }, expect: { reject }, requirement },
    ]);
  refuse('1a-without-consent', 'cipher set 1a without consent', { ...open('1a', 'A', 'B'), legacy: false }, 'unsupported', 'E3X-EXC-002');
  refuse(
    '1a-nothing-said',
    'cipher set 1a, and consent is not mentioned',
    Object.fromEntries(Object.entries(open('1a', 'A', 'B')).filter(([name]) => name !== 'legacy')),
    'unsupported',
    'E3X-EXC-002',
  );
  for (const csid of CSIDS)
    refuse(`${csid}-equal-keys`, `an exchange with oneself, ${csid}`, open(csid, 'A', 'A'), 'malformed', 'E3X-ORD-003');
  for (const csid of ['1b', '2b', '4a', 'ff'])
    refuse(`csid-${csid}`, `CSID ${csid}`, { ...open('3a', 'A', 'B'), csid }, 'unsupported', 'E3X-MSG-005');
  for (const csid of ['00', '3A', ''])
    refuse(
      `csid-${csid === '' ? 'empty' : csid}`,
      `a CSID written ${JSON.stringify(csid)}`,
      { ...open('3a', 'A', 'B'), csid },
      'malformed',
      'E3X-MSG-006',
    );
  for (const csid of CSIDS) publishedHandshakes(oracle, batch, csid, evidence[csid], open);
}

/** Both handshakes that two endpoints of e3x-js exchanged, as each of them would see the other's: a new at, and the echo of its own. */
function publishedHandshakes(
  oracle: Oracle,
  batch: Batch,
  csid: Csid,
  { keys, highLevel }: HighLevel,
  open: (csid: Csid, self: 'A' | 'B', other: 'A' | 'B', more?: JsonObject) => JsonObject,
): void {
  const at = Number(highLevel.handshakeAinner.json['at']);
  const entropyLength = { '1a': 4, '2a': 12, '3a': 24 }[csid];
  const opened = (params: JsonObject): VectorStep => ({
    operation: 'e3x.exchange.open',
    params: { ...params, now: NOW },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement: 'E3X-EXC-018',
    bind: { session: 'session' },
  });
  const event = (body: string): JsonObject => ({ type: 'handshake', at, kind: 'key', json: { type: 'key', at }, body });
  const received = (packet: string, body: string, timeoutAt: number | null): VectorStep => ({
    operation: 'e3x.exchange.receive',
    params: { session: '$session', packet, now: NOW },
    expect: { ok: { transmit: [], events: [event(body)], timeoutAt } },
    requirement: 'E3X-EXC-018',
  });
  batch.put({
    id: `e3x.exchange/e3x-js/${csid}/start`,
    title: `${csid}: the handshake that e3x-js started with`,
    kind: 'example',
    requirement: 'E3X-EXC-018',
    steps: [opened(open(csid, 'B', 'A')), received(highLevel.handshakeA, keys['A']?.key ?? '', null)],
    oracles: ['e3x-js'],
  });
  const params = open(csid, 'A', 'B', { at });
  const inner = memberOf(oracle, 'e3x.handshake.link', { csid, keys: { [csid]: keys['A']?.key ?? '' }, at }, 'inner');
  const secrets = String(params['entropy']);
  const ephemeral =
    csid === '2a' ? { secret: secrets.slice(0, 64), aes: secrets.slice(64, 128), seed: secrets.slice(128) } : { secret: secrets };
  const entropy = '0c'.repeat(entropyLength);
  const packet = memberOf(
    oracle,
    'e3x.message.seal',
    { csid, sender: { ...keys['A'] }, ephemeral, recipientKey: keys['B']?.key ?? '', inner, entropy },
    'packet',
  );
  const ours: VectorStep = {
    operation: 'e3x.exchange.handshake',
    params: { session: '$session', entropy, now: NOW },
    expect: { ok: { transmit: [packet], events: [], timeoutAt: NOW + 1000 } },
    requirement: 'E3X-EXC-003',
  };
  const accepted: VectorStep = {
    operation: 'e3x.exchange.accept',
    params: { session: '$session', at, entropy: '', now: NOW },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement: 'E3X-EXC-021',
  };
  batch.put({
    id: `e3x.exchange/e3x-js/${csid}/echo`,
    title: `${csid}: the handshake that e3x-js answered with`,
    kind: 'example',
    requirement: 'E3X-EXC-018',
    steps: [opened(params), ours, received(highLevel.handshakeB, keys['B']?.key ?? '', NOW + 1000), accepted],
    oracles: ['interpreter', 'e3x-js'],
  });
}

/** The table of tokens. */
function tokenTableCases(oracle: Oracle, batch: Batch): void {
  machineTraces(oracle, batch, 'e3x.tokens');
}
