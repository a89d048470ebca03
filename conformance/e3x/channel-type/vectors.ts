/** The cases of the standard channel types: what each may hold, and each member wrong once. */
import { namedTraces } from '../../generate/traces.ts';
import { CHANNEL_TRACES } from '../channel-traces.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { Batch } from '../../generate/batch.ts';
import { packetOfJson } from '../channel-table/vectors.ts';
import { machineTraces } from '../../generate/sessions.ts';
import { seededBytes } from '../../generate/seeded.ts';

const HASHNAMES = [
  'uvabrvfqacyvgcu3kbrrmk6apjbvgvn2wjechqr3vf4c4zm3hv7a',
  'frnfke2szyna2vwkge6eubxtnkj46rtctqk7g7ewbvfiesycbjda',
  'jvdoio6kjvf3yqnxfvck43twaibbg4pmb7y3mqnvxafb26rqllwa',
] as const;
const [ALICE, BOB, CAROL] = HASHNAMES;
const CHAT = 'sgoomt3lqqkia';
const MESSAGE = 'cn33wzacvwfya';
const BOX = '851042800434dd49';
const INNER = packetOfJson({ type: 'link' }, '01');

type Role = 'open' | 'opener' | 'responder';
interface Judged {
  readonly name: string;
  readonly json: JsonObject;
  readonly body?: string;
  readonly clause: string;
  readonly rejects?: string;
}

/** Every case of channel types. */
export function channelTypeCases(oracle: Oracle, batch: Batch): void {
  everyType(batch);
  paths(batch);
  routing(batch);
  streamsAndSocks(batch);
  boxes(batch);
  chats(batch);
  blocks(batch);
  chatMessages(batch);
  ids(oracle, batch);
  thtp(batch);
  for (const session of ['e3x.stream', 'e3x.block']) {
    machineTraces(oracle, batch, session);
    namedTraces(oracle, batch, session, CHANNEL_TRACES);
  }
}

/** Adds packets of one type and role; the opening ones get their type, and all the members that a channel needs. */
function judge(batch: Batch, type: string, role: Role, reliable: boolean, cases: readonly Judged[]): void {
  for (const { name, json, body, clause, rejects } of cases) {
    const base: JsonObject = { c: 1, ...(role === 'open' ? { type } : {}), ...(reliable ? { seq: role === 'open' ? 1 : 2 } : {}) };
    batch.add({
      name: `${type}/${role}${type === 'sock' ? (reliable ? '-tcp' : '-udp') : ''}/${name}`,
      title: `${type}, ${role}: ${name}`,
      kind: rejects === undefined ? 'example' : 'json',
      operation: 'e3x.channeltype.validate',
      params: { type, role, reliable, packet: packetOfJson({ ...base, ...json }, body) },
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  }
}
const right = (clause: string, name: string, json: JsonObject, body?: string): Judged => ({
  name,
  json,
  clause,
  ...(body === undefined ? {} : { body }),
});
const wrong = (clause: string, name: string, json: JsonObject, body?: string, rejects = 'malformed'): Judged => ({
  ...right(clause, name, json, body),
  rejects,
});

const RELIABLE = ['stream', 'outbox', 'inbox', 'profile', 'chat', 'thtp'];
const ONE_WAY = ['peer', 'connect', 'boxes', 'outbox', 'block'];
const TYPES = ['path', 'peer', 'connect', 'boxes', 'block', ...RELIABLE];

function everyType(batch: Batch): void {
  const raw = (name: string, type: string, role: Role, reliable: boolean, packet: string, clause: string, rejects?: string): void =>
    batch.add({
      name,
      title: `${type}, ${role}: ${name.split('/').at(-1) ?? ''}`,
      kind: rejects === undefined ? 'example' : 'json',
      operation: 'e3x.channeltype.validate',
      params: { type, role, reliable, packet },
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const [name, packet] of [
    ['empty', ''],
    ['no-head', '0000'],
    ['no-id', packetOfJson({ seq: 2 })],
  ] as const)
    raw(`every/${name}`, 'stream', 'opener', true, packet, 'E3X-TYP-001', 'malformed');
  const members: [string, Json][] = [
    ['seq', 0],
    ['seq', 4_294_967_296],
    ['seq', '1'],
    ['ack', -1],
    ['ack', 4_294_967_296],
    ['ack', null],
    ['miss', 1],
    ['miss', [-1]],
    ['miss', ['1']],
    ['miss', [4_294_967_296]],
    ['end', false],
    ['end', 1],
    ['err', ''],
    ['err', true],
  ];
  members.forEach(([name, value], i) =>
    raw(`every/${name}-${String(i)}`, 'thtp', 'opener', true, packetOfJson({ c: 1, seq: 2, [name]: value }), 'E3X-TYP-001', 'malformed'),
  );
  raw(
    'every/greatest',
    'thtp',
    'opener',
    true,
    packetOfJson({ c: 4_294_967_295, seq: 4_294_967_295, ack: 4_294_967_295, miss: [4_294_967_295, 0] }),
    'E3X-TYP-001',
  );
  raw('every/zero', 'thtp', 'opener', true, packetOfJson({ c: 1, seq: 1, ack: 0, miss: [] }), 'E3X-TYP-001');
  raw('open/without-type', 'thtp', 'open', true, packetOfJson({ c: 1, seq: 1 }), 'E3X-TYP-002', 'malformed');
  raw('open/other-type', 'thtp', 'open', true, packetOfJson({ c: 1, seq: 1, type: 'stream' }), 'E3X-TYP-002', 'malformed');
  raw('later/with-type', 'thtp', 'opener', true, packetOfJson({ c: 1, seq: 2, type: 'thtp' }), 'E3X-TYP-002', 'malformed');
  raw('later/answer-with-type', 'thtp', 'responder', true, packetOfJson({ c: 1, seq: 1, type: 'thtp' }), 'E3X-TYP-002', 'malformed');
  for (const type of ['hello', '', 'PATH', 'link', 'webrtc', 'constructor'])
    raw(`unknown/${type === '' ? 'empty' : type}`, type, 'opener', false, packetOfJson({ c: 1 }), 'E3X-TYP-003', 'unsupported');
  for (const [name, json] of [
    ['seq', { seq: 1 }],
    ['ack', { ack: 1 }],
    ['miss', { miss: [1] }],
  ] as [string, JsonObject][])
    raw(`unreliable/${name}`, 'sock', 'opener', false, packetOfJson({ c: 1, ...json }), 'E3X-TYP-004', 'malformed');
  raw('reliable/open-without-seq', 'thtp', 'open', true, packetOfJson({ c: 1, type: 'thtp' }), 'E3X-TYP-004', 'malformed');
  raw('reliable/open-with-seq-2', 'thtp', 'open', true, packetOfJson({ c: 1, type: 'thtp', seq: 2 }), 'E3X-TYP-004', 'malformed');
  raw('reliable/open-with-ack', 'thtp', 'open', true, packetOfJson({ c: 1, type: 'thtp', seq: 1, ack: 0 }), 'E3X-TYP-004');
  for (const type of TYPES)
    raw(`kind/${type}`, type, 'opener', !RELIABLE.includes(type), packetOfJson({ c: 1 }), 'E3X-TYP-005', 'malformed');
  for (const type of [...TYPES, 'sock']) {
    const reliable = RELIABLE.includes(type);
    raw(`${type}/err`, type, 'responder', reliable, packetOfJson({ c: 1, err: 'no', detail: { x: 1 } }), 'E3X-TYP-006');
    raw(`${type}/end`, type, 'responder', reliable, packetOfJson({ c: 1, ...(reliable ? { seq: 2 } : {}), end: true }), 'E3X-TYP-008');
  }
  raw('err/with-body', 'path', 'responder', false, packetOfJson({ c: 1, err: 'no' }, '00'), 'E3X-TYP-006', 'malformed');
  raw('ack/alone', 'outbox', 'responder', true, packetOfJson({ c: 1, ack: 3 }), 'E3X-TYP-007');
  raw('ack/with-miss', 'inbox', 'opener', true, packetOfJson({ c: 1, ack: 3, miss: [1, 7] }), 'E3X-TYP-007');
  for (const [name, json, body] of [
    ['nothing', {}, ''],
    ['end', { end: true }, ''],
    ['miss-alone', { miss: [1] }, ''],
    ['other', { ack: 1, frag: true }, ''],
    ['body', { ack: 1 }, '00'],
  ] as [string, JsonObject, string][])
    raw(`ack/with-${name}`, 'stream', 'opener', true, packetOfJson({ c: 1, ...json }, body), 'E3X-TYP-007', 'malformed');
  for (const type of ['path', 'peer', 'connect']) {
    judge(batch, type, 'opener', false, [
      right('E3X-TYP-009', 'nothing', {}),
      wrong('E3X-TYP-009', 'other', { x: 1 }),
      wrong('E3X-TYP-009', 'body', {}, '00'),
      wrong('E3X-TYP-009', 'end-with-other', { end: true, x: 1 }),
    ]);
  }
  for (const type of ONE_WAY)
    judge(batch, type, 'responder', RELIABLE.includes(type), [wrong('E3X-TYP-014', 'content', {}, '00', 'wrong-state')]);
  judge(batch, 'peer', 'responder', false, [wrong('E3X-TYP-014', 'answer', { peer: ALICE }, '', 'wrong-state')]);
}

function paths(batch: Batch): void {
  const udp = { type: 'udp4', ip: '192.168.0.36', port: 42424 };
  const of = (...list: Json[]): JsonObject => ({ paths: list });
  const kinds: [string, JsonObject][] = [
    ['udp4', udp],
    ['udp6', { type: 'udp6', ip: 'fe80::bae8:56ff:fe43:3de4', port: 1 }],
    ['tcp4', { type: 'tcp4', ip: '0.0.0.0', port: 65_535 }],
    ['tcp6', { type: 'tcp6', ip: '::1', port: 42424 }],
    ['http', { type: 'http', url: 'http://192.168.0.36:42424' }],
    ['https', { type: 'http', url: 'https://example.com/a?b' }],
    ['webrtc', { type: 'webrtc' }],
    ['peer', { type: 'peer', hn: ALICE }],
    ['peer-uri', { type: 'peer', hn: ALICE, uri: 'link://x' }],
    ['other', { type: 'smoke', color: 'white', x: [1] }],
  ];
  const bad: [string, Json][] = [
    ['no-type', { ip: '1.2.3.4', port: 1 }],
    ['type-empty', { type: '' }],
    ['type-number', { type: 4 }],
    ['ip-absent', { type: 'udp4', port: 1 }],
    ['port-absent', { type: 'udp4', ip: '1.2.3.4' }],
    ['port-zero', { ...udp, port: 0 }],
    ['port-too-great', { ...udp, port: 65_536 }],
    ['port-text', { ...udp, port: '1' }],
    ['ip-256', { ...udp, ip: '256.1.1.1' }],
    ['ip-short', { ...udp, ip: '1.2.3' }],
    ['ip-zero-padded', { ...udp, ip: '01.2.3.4' }],
    ['ip6-in-udp4', { ...udp, ip: '::1' }],
    ['ip4-in-udp6', { type: 'udp6', ip: '1.2.3.4', port: 1 }],
    ['ip6-zone', { type: 'tcp6', ip: 'fe80::1%eth0', port: 1 }],
    ['ip4-in-tcp4-with-port', { type: 'tcp4', ip: '1.2.3.4:5', port: 5 }],
    ['udp4-more', { ...udp, x: 1 }],
    ['url-absent', { type: 'http' }],
    ['url-ftp', { type: 'http', url: 'ftp://x' }],
    ['url-empty', { type: 'http', url: 'http://' }],
    ['webrtc-more', { type: 'webrtc', x: 1 }],
    ['hn-absent', { type: 'peer' }],
    ['hn-upper', { type: 'peer', hn: ALICE.toUpperCase() }],
    ['hn-short', { type: 'peer', hn: ALICE.slice(1) }],
    ['hn-unused-bits', { type: 'peer', hn: `${ALICE.slice(0, 51)}b` }],
    ['uri-empty', { type: 'peer', hn: ALICE, uri: '' }],
  ];
  judge(batch, 'path', 'open', false, [
    right('E3X-TYP-010', 'none', of()),
    right('E3X-TYP-010', 'two', of(udp, { type: 'webrtc' })),
    wrong('E3X-TYP-010', 'absent', {}),
    wrong('E3X-TYP-010', 'object', { paths: {} }),
    wrong('E3X-TYP-010', 'of-text', of('udp4')),
    wrong('E3X-TYP-010', 'of-null', of(null)),
    wrong('E3X-TYP-010', 'body', of(udp), '00'),
    wrong('E3X-TYP-010', 'other', { paths: [udp], x: 1 }),
    ...kinds.map(([name, path]) => right('E3X-TYP-011', `kind-${name}`, of(path))),
    ...bad.map(([name, path]) => wrong('E3X-TYP-011', `kind-${name}`, of(udp, path))),
  ]);
  judge(batch, 'path', 'responder', false, [
    right('E3X-TYP-012', 'path', { path: udp }),
    right('E3X-TYP-012', 'nothing', {}),
    wrong('E3X-TYP-012', 'text', { path: 'udp4' }),
    wrong('E3X-TYP-012', 'list', { path: [udp] }),
    wrong('E3X-TYP-012', 'paths', { paths: [udp] }),
    wrong('E3X-TYP-012', 'body', { path: udp }, '00'),
    wrong('E3X-TYP-011', 'bad-path', { path: { ...udp, port: 0 } }),
  ]);
}

function routing(batch: Batch): void {
  judge(batch, 'peer', 'open', false, [
    right('E3X-TYP-013', 'peer', { peer: ALICE }, INNER),
    right('E3X-TYP-013', 'uri', { uri: 'link://x' }, INNER),
    right('E3X-TYP-013', 'both', { peer: ALICE, uri: 'link://x' }, INNER),
    right('E3X-TYP-013', 'encrypted', { peer: ALICE }, `00013a${'aa'.repeat(40)}`),
    wrong('E3X-TYP-013', 'neither', {}, INNER),
    wrong('E3X-TYP-013', 'no-body', { peer: ALICE }),
    wrong('E3X-TYP-013', 'body-no-packet', { peer: ALICE }, '0005aa'),
    wrong('E3X-TYP-013', 'peer-short', { peer: ALICE.slice(2) }, INNER),
    wrong('E3X-TYP-013', 'peer-upper', { peer: ALICE.toUpperCase() }, INNER),
    wrong('E3X-TYP-013', 'uri-empty', { uri: '' }, INNER),
    wrong('E3X-TYP-013', 'other', { peer: ALICE, x: 1 }, INNER),
  ]);
  judge(batch, 'connect', 'open', false, [
    right('E3X-TYP-015', 'peer', { peer: ALICE }, INNER),
    wrong('E3X-TYP-015', 'absent', {}, INNER),
    wrong('E3X-TYP-015', 'uri', { uri: 'link://x' }, INNER),
    wrong('E3X-TYP-015', 'no-body', { peer: ALICE }),
    wrong('E3X-TYP-015', 'body-no-packet', { peer: ALICE }, '00'),
    wrong('E3X-TYP-015', 'peer-number', { peer: 1 }, INNER),
  ]);
}

function streamsAndSocks(batch: Batch): void {
  judge(batch, 'stream', 'open', true, [
    right('E3X-TYP-016', 'nothing', {}),
    right('E3X-TYP-016', 'packet', {}, INNER),
    wrong('E3X-TYP-016', 'no-packet', {}, '00'),
    wrong('E3X-TYP-009', 'other', { x: 1 }),
  ]);
  for (const role of ['opener', 'responder'] as const)
    judge(batch, 'stream', role, true, [
      right('E3X-TYP-016', 'body', {}, '00'),
      right('E3X-TYP-016', 'frag', { frag: true }, '00'),
      ...['binary', 'json', 'lob'].map((enc) => right('E3X-TYP-016', `enc-${enc}`, { enc }, '00')),
      right('E3X-TYP-016', 'end', { end: true, enc: 'json' }, '7b7d'),
      wrong('E3X-TYP-016', 'both', { frag: true, enc: 'lob' }),
      wrong('E3X-TYP-016', 'frag-false', { frag: false }),
      wrong('E3X-TYP-016', 'enc-other', { enc: 'xml' }),
      wrong('E3X-TYP-016', 'enc-upper', { enc: 'LOB' }),
      wrong('E3X-TYP-016', 'other', { x: 1 }),
    ]);
  const a = { ip: '1.2.3.4', port: 5678 };
  const six = { ip: '::1', port: 1 };
  for (const reliable of [true, false]) {
    judge(batch, 'sock', 'open', reliable, [
      right('E3X-TYP-017', 'connect', { sock: 'connect', dst: a }),
      right('E3X-TYP-017', 'connect-src', { sock: 'connect', dst: a, src: six }, '00'),
      right('E3X-TYP-017', 'bind', { sock: 'bind' }),
      right('E3X-TYP-017', 'bind-port', { sock: 'bind', src: { port: 0 } }),
      right('E3X-TYP-017', 'bind-src-empty', { sock: 'bind', src: {} }),
      right('E3X-TYP-017', 'accept', { sock: 'accept', src: six, dst: a }),
      wrong('E3X-TYP-017', 'absent', { dst: a }),
      wrong('E3X-TYP-017', 'other-kind', { sock: 'listen' }),
      wrong('E3X-TYP-017', 'connect-nowhere', { sock: 'connect' }),
      wrong('E3X-TYP-017', 'connect-ip-alone', { sock: 'connect', dst: { ip: '1.2.3.4' } }),
      wrong('E3X-TYP-017', 'connect-port-zero', { sock: 'connect', dst: { ...a, port: 0 } }),
      wrong('E3X-TYP-017', 'connect-name', { sock: 'connect', dst: { ip: 'example.com', port: 1 } }),
      wrong('E3X-TYP-017', 'connect-src-port-alone', { sock: 'connect', dst: a, src: { port: 1 } }),
      wrong('E3X-TYP-017', 'bind-ip', { sock: 'bind', src: a }),
      wrong('E3X-TYP-017', 'bind-dst', { sock: 'bind', dst: a }),
      wrong('E3X-TYP-017', 'bind-port-too-great', { sock: 'bind', src: { port: 65_536 } }),
      wrong('E3X-TYP-017', 'accept-without-src', { sock: 'accept', dst: a }),
      wrong('E3X-TYP-017', 'accept-without-dst', { sock: 'accept', src: a }),
      wrong('E3X-TYP-017', 'other', { sock: 'bind', x: 1 }),
      wrong('E3X-TYP-017', 'dst-more', { sock: 'connect', dst: { ...a, x: 1 } }),
      wrong('E3X-TYP-017', 'dst-text', { sock: 'connect', dst: '1.2.3.4:5' }),
      wrong('E3X-TYP-017', 'kind-inherited', { sock: 'toString' }),
    ]);
    judge(batch, 'sock', reliable ? 'opener' : 'responder', reliable, [
      right('E3X-TYP-018', 'body', {}, '00'),
      right('E3X-TYP-018', 'src', { src: a }),
      right('E3X-TYP-018', 'both', { src: a, dst: six }),
      wrong('E3X-TYP-018', 'port-alone', { src: { port: 1 } }),
      wrong('E3X-TYP-018', 'sock', { sock: 'bind' }),
    ]);
  }
}

function boxes(batch: Batch): void {
  const many = (count: number): string => toHex(seededBytes('boxes', 8 * count));
  for (const role of ['open', 'opener'] as const)
    judge(batch, 'boxes', role, false, [
      right('E3X-TYP-019', 'one', {}, many(1)),
      right('E3X-TYP-019', 'most', {}, many(120)),
      right('E3X-TYP-019', 'last', { end: true }, many(2)),
      wrong('E3X-TYP-019', 'none', {}),
      wrong('E3X-TYP-019', 'half', {}, '00'.repeat(12)),
      wrong('E3X-TYP-019', 'too-many', {}, many(121)),
      wrong('E3X-TYP-009', 'other', { x: 1 }, many(1)),
    ]);
  const out = (more: JsonObject): readonly Judged[] => [
    right('E3X-TYP-020', 'bytes', { ...more }, '00'),
    right('E3X-TYP-020', 'done', { ...more, done: true }, '00'),
    right('E3X-TYP-020', 'x', { ...more, done: true, x: 3600 }, '00'),
    right('E3X-TYP-020', 'clear', { ...more, clear: true }),
    right('E3X-TYP-020', 'clear-and-begin', { ...more, clear: true, done: true }, '00'),
    right('E3X-TYP-020', 'id', { ...more, id: BOX }),
    wrong('E3X-TYP-020', 'x-without-done', { ...more, x: 3600 }, '00'),
    wrong('E3X-TYP-020', 'x-negative', { ...more, done: true, x: -1 }),
    wrong('E3X-TYP-020', 'done-false', { ...more, done: false }),
    wrong('E3X-TYP-020', 'clear-false', { ...more, clear: false }),
    wrong('E3X-TYP-020', 'id-with-body', { ...more, id: BOX }, '00'),
    wrong('E3X-TYP-020', 'id-with-done', { ...more, id: BOX, done: true }),
    wrong('E3X-TYP-020', 'id-with-clear', { ...more, id: BOX, clear: true }),
    wrong('E3X-TYP-020', 'id-short', { ...more, id: BOX.slice(2) }),
    wrong('E3X-TYP-020', 'id-upper', { ...more, id: BOX.toUpperCase() }),
    wrong('E3X-TYP-020', 'other', { ...more, y: 1 }),
  ];
  judge(batch, 'outbox', 'open', true, [
    ...out({ to: BOB }),
    wrong('E3X-TYP-020', 'absent', {}),
    wrong('E3X-TYP-020', 'to-short', { to: BOB.slice(1) }),
    right('E3X-TYP-020', 'to-alone', { to: BOB }),
  ]);
  judge(batch, 'outbox', 'opener', true, [...out({}), wrong('E3X-TYP-020', 'to-again', { to: BOB }, '00')]);
  judge(batch, 'inbox', 'open', true, [
    right('E3X-TYP-021', 'box', { box: BOX }),
    wrong('E3X-TYP-021', 'absent', {}),
    wrong('E3X-TYP-021', 'short', { box: BOX.slice(1) }),
    wrong('E3X-TYP-021', 'upper', { box: BOX.toUpperCase() }),
    wrong('E3X-TYP-021', 'body', { box: BOX }, '00'),
    wrong('E3X-TYP-021', 'other', { box: BOX, x: 1 }),
  ]);
  judge(batch, 'inbox', 'opener', true, [
    right('E3X-TYP-021', 'id', { id: BOX }),
    right('E3X-TYP-021', 'clear', { clear: true }),
    wrong('E3X-TYP-021', 'neither', {}),
    wrong('E3X-TYP-021', 'both', { id: BOX, clear: true }),
    wrong('E3X-TYP-021', 'body', { id: BOX }, '00'),
    wrong('E3X-TYP-021', 'clear-false', { clear: false }),
  ]);
  judge(batch, 'inbox', 'responder', true, [
    right('E3X-TYP-022', 'bytes', {}, '00'),
    right('E3X-TYP-022', 'done', { done: true }, '00'),
    right('E3X-TYP-022', 'cap', { cap: 0 }),
    right('E3X-TYP-022', 'cap-great', { cap: 4_294_967_295 }),
    wrong('E3X-TYP-022', 'cap-negative', { cap: -1 }),
    wrong('E3X-TYP-022', 'cap-with-body', { cap: 1 }, '00'),
    wrong('E3X-TYP-022', 'cap-with-done', { cap: 1, done: true }),
    wrong('E3X-TYP-022', 'done-false', { done: false }),
    wrong('E3X-TYP-022', 'id', { id: BOX }),
  ]);
}

function chats(batch: Batch): void {
  judge(batch, 'profile', 'open', true, [
    right('E3X-TYP-023', 'chat', { chat: CHAT }),
    right('E3X-TYP-023', 'profile', { chat: CHAT, profile: MESSAGE }),
    wrong('E3X-TYP-023', 'absent', { profile: MESSAGE }),
    wrong('E3X-TYP-023', 'chat-unused-bit', { chat: `${CHAT.slice(0, 12)}b` }),
    wrong('E3X-TYP-023', 'chat-long', { chat: `${CHAT}a` }),
    wrong('E3X-TYP-023', 'body', { chat: CHAT }, '00'),
    wrong('E3X-TYP-023', 'last', { chat: CHAT, last: MESSAGE }),
  ]);
  judge(batch, 'chat', 'open', true, [
    right('E3X-TYP-023', 'chat', { chat: CHAT, last: MESSAGE }),
    wrong('E3X-TYP-023', 'chat-absent', { last: MESSAGE }),
    wrong('E3X-TYP-023', 'last-absent', { chat: CHAT }),
    wrong('E3X-TYP-023', 'last-upper', { chat: CHAT, last: MESSAGE.toUpperCase() }),
    wrong('E3X-TYP-023', 'body', { chat: CHAT, last: MESSAGE }, '00'),
  ]);
  for (const type of ['profile', 'chat'])
    for (const role of ['opener', 'responder'] as const)
      judge(batch, type, role, true, [
        right('E3X-TYP-024', 'frag', { frag: true }, '00'),
        right('E3X-TYP-024', 'lob', { enc: 'lob' }, INNER),
        right('E3X-TYP-024', 'plain', {}, INNER),
        wrong('E3X-TYP-024', 'json', { enc: 'json' }, '7b7d'),
        wrong('E3X-TYP-024', 'both', { frag: true, enc: 'lob' }),
        wrong('E3X-TYP-024', 'chat', { chat: CHAT }),
        type === 'chat' && role === 'responder'
          ? right('E3X-TYP-024', 'last', { last: MESSAGE })
          : wrong('E3X-TYP-024', 'last', { last: MESSAGE }),
      ]);
  judge(batch, 'thtp', 'open', true, [
    right('E3X-TYP-025', 'request', { end: true }, packetOfJson({ ':method': 'GET', ':path': '/' })),
    right('E3X-TYP-025', 'begun', {}, '0020'),
    wrong('E3X-TYP-025', 'other', { ':method': 'GET' }),
  ]);
  judge(batch, 'thtp', 'responder', true, [
    right('E3X-TYP-025', 'part', {}, '00'),
    right('E3X-TYP-025', 'end', { end: true }, '00'),
    wrong('E3X-TYP-025', 'frag', { frag: true }, '00'),
  ]);
}

function blocks(batch: Batch): void {
  judge(batch, 'block', 'open', false, [
    right('E3X-TYP-026', 'nothing', {}),
    right('E3X-TYP-026', 'packet', {}, INNER),
    wrong('E3X-TYP-026', 'bytes', {}, 'ff'),
    wrong('E3X-TYP-009', 'b', { b: 1 }),
  ]);
  judge(batch, 'block', 'opener', false, [
    right('E3X-TYP-026', 'short', { b: 1, done: true }, '00'),
    right('E3X-TYP-026', 'part', { b: 2 }, '00'),
    right('E3X-TYP-026', 'at', { b: 2, at: 1000, done: true }, '00'),
    right('E3X-TYP-026', 'empty', { b: 1, done: true }),
    right('E3X-TYP-026', 'greatest', { b: 4_294_967_295, at: 4_294_967_295 }, '00'),
    wrong('E3X-TYP-026', 'absent', {}, '00'),
    wrong('E3X-TYP-026', 'zero', { b: 0, done: true }),
    wrong('E3X-TYP-026', 'too-great', { b: 4_294_967_296 }, '00'),
    wrong('E3X-TYP-026', 'at-negative', { b: 1, at: -1 }, '00'),
    wrong('E3X-TYP-026', 'nothing-to-add', { b: 1 }),
    wrong('E3X-TYP-026', 'done-false', { b: 1, done: false }, '00'),
    wrong('E3X-TYP-026', 'other', { b: 1, x: 1 }, '00'),
  ]);
}

function chatMessages(batch: Batch): void {
  const add = (name: string, json: Json, clause: string, body?: string, rejects?: string): void =>
    batch.add({
      name,
      title: `a chat message: ${name}`,
      kind: rejects === undefined ? 'example' : 'json',
      operation: 'e3x.chat.validate',
      params: { message: packetOfJson(json, body) },
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const bad = (name: string, json: Json, clause: string, body?: string): void => add(name, json, clause, body, 'malformed');
  const chat = { type: 'chat', id: MESSAGE, text: 'hello', after: CHAT };
  const profile = { type: 'profile', id: MESSAGE, text: 'Jeff' };
  const join = { type: 'join', id: MESSAGE, from: ALICE, after: CHAT };
  const ack = { type: 'ack', id: MESSAGE, ack: 'received' };
  add('chat/least', chat, 'E3X-TYP-027');
  add(
    'chat/most',
    { ...chat, text: '', chat: CHAT, state: 'composing', at: 1_394_162_554, refs: { ref: 'uri:foo' }, alts: { rtf: 'x', html: true } },
    'E3X-TYP-027',
    '00',
  );
  add('chat/alts-of-text', { ...chat, alts: { rtf: 'x' } }, 'E3X-TYP-027');
  add('chat/attached-nothing', { ...chat, alts: { rtf: true } }, 'E3X-TYP-027');
  for (const name of ['id', 'text', 'after'])
    bad(`chat/without-${name}`, Object.fromEntries(Object.entries(chat).filter(([n]) => n !== name)), 'E3X-TYP-027');
  for (const [name, more] of [
    ['text-number', { text: 1 }],
    ['id-short', { id: 'aaaa' }],
    ['after-unused-bit', { after: `${MESSAGE.slice(0, 12)}b` }],
    ['state-other', { state: 'asleep' }],
    ['at-negative', { at: -1 }],
    ['at-text', { at: '1' }],
    ['refs-number', { refs: { a: 1 } }],
    ['refs-list', { refs: [] }],
    ['alts-false', { alts: { a: false } }],
    ['other', { x: 1 }],
  ] as [string, JsonObject][])
    bad(`chat/${name}`, { ...chat, ...more }, 'E3X-TYP-027');
  bad('chat/body-unannounced', chat, 'E3X-TYP-027', '00');
  bad('chat/body-with-text-alone', { ...chat, alts: { rtf: 'x' } }, 'E3X-TYP-027', '00');
  add('profile/least', profile, 'E3X-TYP-028');
  add('profile/most', { ...profile, at: 0, refs: { pic: 'thtp:///x' }, aka: [BOB, CAROL] }, 'E3X-TYP-028', '00');
  for (const [name, more] of [
    ['text-null', { text: null }],
    ['aka-text', { aka: BOB }],
    ['aka-short', { aka: ['x'] }],
    ['after', { after: CHAT }],
  ] as [string, JsonObject][])
    bad(`profile/${name}`, { ...profile, ...more }, 'E3X-TYP-028');
  bad('profile/without-id', { type: 'profile', text: 'x' }, 'E3X-TYP-028');
  add('join/least', join, 'E3X-TYP-029', packetOfJson(profile));
  add('join/at', { ...join, at: 1 }, 'E3X-TYP-029', packetOfJson(profile, '00'));
  for (const [name, body] of [
    ['no-body', ''],
    ['no-packet', '00'],
    ['chat-inside', packetOfJson(chat)],
    ['bad-profile', packetOfJson({ ...profile, x: 1 })],
    ['unknown-inside', packetOfJson({ type: 'other' })],
  ] as const)
    bad(`join/${name}`, join, 'E3X-TYP-029', body);
  bad('join/from-short', { ...join, from: 'x' }, 'E3X-TYP-029', packetOfJson(profile));
  bad('join/without-after', { type: 'join', id: MESSAGE, from: ALICE }, 'E3X-TYP-029', packetOfJson(profile));
  for (const state of ['received', 'read', 'seen', 'logged', 'referred', 'saved', 'copied'])
    add(`ack/${state}`, { ...ack, ack: state }, 'E3X-TYP-030');
  for (const [name, json, body] of [
    ['other', { ...ack, ack: 'liked' }, ''],
    ['absent', { type: 'ack', id: MESSAGE }, ''],
    ['body', ack, '00'],
    ['more', { ...ack, at: 1 }, ''],
  ] as [string, JsonObject, string][])
    bad(`ack/${name}`, json, 'E3X-TYP-030', body);
  for (const type of ['connect', 'disconnect']) bad(`reserved/${type}`, { type, id: MESSAGE }, 'E3X-TYP-031');
  for (const type of ['', 'hello', 'CHAT', 'toString'])
    add(`unknown/${type === '' ? 'empty' : type}`, { type, id: MESSAGE }, 'E3X-TYP-031', '', 'unsupported');
  bad('no-type', { id: MESSAGE }, 'E3X-TYP-031');
  bad('type-number', { type: 1, id: MESSAGE }, 'E3X-TYP-031');
  for (const [name, message] of [
    ['empty', ''],
    ['no-head', '0000'],
    ['no-json', `0007${Buffer.from('{"a":1,').toString('hex')}`],
  ] as const)
    batch.add({
      name,
      title: `no message: ${name}`,
      kind: 'json-bytes',
      operation: 'e3x.chat.validate',
      params: { message },
      about: 'E3X-TYP-031',
      rejects: 'malformed',
    });
}

function ids(oracle: Oracle, batch: Batch): void {
  const add = (operation: string, name: string, title: string, params: JsonObject, clause: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: rejects === undefined ? 'example' : 'range',
      operation,
      params,
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const [name, sender, recipient] of [
    ['alice-bob', ALICE, BOB],
    ['bob-alice', BOB, ALICE],
    ['alice-alice', ALICE, ALICE],
    ['bob-carol', BOB, CAROL],
  ] as const)
    add('e3x.box.id', name, `the box of ${name}`, { sender, recipient }, 'E3X-TYP-046');
  const bad: [string, string][] = [
    ['empty', ''],
    ['short', ALICE.slice(1)],
    ['long', `${ALICE}a`],
    ['upper', ALICE.toUpperCase()],
    ['other-alphabet', `${ALICE.slice(0, 51)}1`],
    ['unused-bits', `${ALICE.slice(0, 51)}b`],
  ];
  for (const [name, text] of bad) {
    add(
      'e3x.box.id',
      `sender-${name}`,
      `a sender that is no hashname: ${name}`,
      { sender: text, recipient: BOB },
      'E3X-TYP-050',
      'malformed',
    );
    add(
      'e3x.box.id',
      `recipient-${name}`,
      `a recipient that is no hashname: ${name}`,
      { sender: ALICE, recipient: text },
      'E3X-TYP-050',
      'malformed',
    );
    add('e3x.chat.ids', `hashname-${name}`, `no hashname: ${name}`, { hashname: text, secret: '00', count: 1 }, 'E3X-TYP-050', 'malformed');
  }
  for (const length of [0, 1, 7, 8, 9, 15, 16, 255, 256, 257, 1400])
    add(
      'e3x.box.messageid',
      `length-${String(length)}`,
      `a message of ${String(length)} bytes`,
      { box: BOX, message: toHex(seededBytes(`box-message-${String(length)}`, length)) },
      'E3X-TYP-047',
    );
  for (const [name, box] of [
    ['empty', ''],
    ['short', BOX.slice(2)],
    ['long', `${BOX}00`],
  ] as const)
    add('e3x.box.messageid', `box-${name}`, `a box id of another length: ${name}`, { box, message: '00' }, 'E3X-TYP-047', 'malformed');
  for (const count of [1, 2, 3, 50])
    add(
      'e3x.chat.ids',
      `count-${String(count)}`,
      `${String(count)} ids`,
      { hashname: ALICE, secret: toHex(seededBytes('chat-secret', 16)), count },
      'E3X-TYP-048',
    );
  for (const length of [0, 8, 100])
    add(
      'e3x.chat.ids',
      `secret-${String(length)}`,
      `a secret of ${String(length)} bytes`,
      { hashname: BOB, secret: toHex(seededBytes('chat-secret-2', length)), count: 2 },
      'E3X-TYP-048',
    );
  const chain = oracle.answer('e3x.chat.ids', { hashname: ALICE, secret: toHex(seededBytes('chat-secret', 16)), count: 3 });
  if (chain.kind !== 'ok') throw new Error('no chain');
  const text = (hex: Json | undefined): string => {
    const answer = oracle.answer('e3x.base32.encode', { bytes: hex ?? '' });
    return answer.kind === 'ok' ? String(answer.value['text']) : '';
  };
  const [first = '', second = '', third = ''] = (chain.value['ids'] as readonly Json[]).map(text);
  const verify = (
    name: string,
    title: string,
    previous: string,
    id: string,
    clause: string,
    rejects?: string,
    hashname: string = ALICE,
  ): void => add('e3x.chat.verify', name, title, { hashname, previous, id }, clause, rejects);
  verify('follows', 'the second id', first, second, 'E3X-TYP-049');
  verify('follows-again', 'the third id', second, third, 'E3X-TYP-049');
  verify('replaces', 'the same id again', second, second, 'E3X-TYP-049');
  verify('backwards', 'the id before', second, first, 'E3X-TYP-049', 'unauthenticated');
  verify('skips', 'the id after the next', first, third, 'E3X-TYP-049', 'unauthenticated');
  verify('other-participant', 'the id of somebody else', first, second, 'E3X-TYP-049', 'unauthenticated', BOB);
  verify('made-up', 'an id that nobody derived', first, MESSAGE, 'E3X-TYP-049', 'unauthenticated');
  for (const [name, id] of [
    ['short', first.slice(1)],
    ['long', `${first}a`],
    ['upper', first.toUpperCase()],
    ['unused-bit', `${MESSAGE.slice(0, 12)}b`],
  ] as const) {
    verify(`id-${name}`, `no message id: ${name}`, first, id, 'E3X-TYP-050', 'malformed');
    verify(`previous-${name}`, `no message id before: ${name}`, id, first, 'E3X-TYP-050', 'malformed');
  }
  verify('hashname-short', 'no hashname', first, second, 'E3X-TYP-050', 'malformed', ALICE.slice(1));
}

function thtp(batch: Batch): void {
  const encode = (name: string, params: JsonObject, clause: string, rejects?: string): void =>
    batch.add({
      name,
      title: `as a packet: ${name}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation: 'e3x.thtp.encode',
      params,
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const decode = (name: string, json: Json, clause: string, rejects?: string, body = ''): void =>
    batch.add({
      name,
      title: `from a packet: ${name}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation: 'e3x.thtp.decode',
      params: { packet: packetOfJson(json, body) },
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const get = { method: 'GET', path: '/' };
  encode('published-request', { ...get, headers: { 'User-Agent': 'curl/7.30.0', 'Accept': '*/*' } }, 'E3X-TYP-053');
  encode(
    'published-response',
    {
      status: 301,
      reason: 'Moved Permanently',
      headers: {
        'Server': 'nginx',
        'Content-Type': 'text/html',
        'Content-Length': '178',
        'Connection': 'keep-alive',
        'Location': 'http://www.fooooo.com/',
      },
      body: '3c68746d6c3e',
    },
    'E3X-TYP-054',
  );
  for (const method of ['GET', 'POST', 'X'])
    encode(`method-${method}`, { method, path: '/a?b=c#d', headers: {}, body: '00' }, 'E3X-TYP-051');
  encode('path-star', { method: 'OPTIONS', path: '*', headers: {} }, 'E3X-TYP-051');
  for (const [name, params] of [
    ['method-lower', { method: 'get', path: '/' }],
    ['method-empty', { method: '', path: '/' }],
    ['method-mixed', { method: 'Get', path: '/' }],
    ['path-absent', { method: 'GET' }],
    ['path-empty', { method: 'GET', path: '' }],
    ['path-space', { method: 'GET', path: '/ HTTP/1.1' }],
    ['path-newline', { method: 'GET', path: '/\nx' }],
    ['path-unicode', { method: 'GET', path: '/é' }],
    ['reason', { method: 'GET', path: '/', reason: 'x' }],
  ] as [string, JsonObject][])
    encode(`request-${name}`, { ...params, headers: {} }, 'E3X-TYP-051', 'malformed');
  for (const status of [100, 200, 599]) encode(`status-${String(status)}`, { status, headers: {} }, 'E3X-TYP-052');
  encode('reason-unicode', { status: 404, reason: 'Nicht gefunden, перо', headers: {} }, 'E3X-TYP-052');
  encode('reason-empty', { status: 404, reason: '', headers: {} }, 'E3X-TYP-052');
  for (const [name, params] of [
    ['status-99', { status: 99 }],
    ['status-600', { status: 600 }],
    ['status-zero', { status: 0 }],
    ['reason-newline', { status: 200, reason: 'a\r\nb' }],
    ['reason-tab', { status: 200, reason: 'a\tb' }],
    ['path', { status: 200, path: '/' }],
  ] as [string, JsonObject][])
    encode(`response-${name}`, { ...params, headers: {} }, 'E3X-TYP-052', 'malformed');
  for (const [name, headers] of [
    ['kept', { a: 'b' }],
    ['lowered', { 'X-Upper': 'V' }],
    ['symbols', { "!#$%&'*+.^_`|~-9": '' }],
    ['proto', JSON.parse('{"__proto__":"x"}') as JsonObject],
  ] as [string, JsonObject][])
    encode(`headers-${name}`, { ...get, headers }, 'E3X-TYP-053');
  for (const [name, headers] of [
    ['twice', { A: '1', a: '2' }],
    ['empty-name', { '': 'x' }],
    ['colon', { ':x': 'y' }],
    ['space', { 'a b': 'c' }],
    ['kelvin', { '\u212a': 'x' }],
    ['number', { a: 1 }],
    ['null', { a: null }],
  ] as [string, JsonObject][])
    encode(`headers-${name}`, { ...get, headers }, 'E3X-TYP-053', 'malformed');
  for (const name of ['connection', 'Keep-Alive', 'proxy-connection', 'TE', 'trailer', 'Transfer-Encoding', 'upgrade'])
    encode(`dropped-${name}`, { ...get, headers: { [name]: 'x', kept: 'y' } }, 'E3X-TYP-054');
  for (const [name, value] of [
    ['tab', 'a\tb'],
    ['unicode', 'é'],
    ['delete-not', 'a b'],
  ] as const)
    encode(`value-${name}`, { ...get, headers: { a: value } }, 'E3X-TYP-056');
  for (const [name, value] of [
    ['newline', 'a\nb: c'],
    ['return', 'a\r'],
    ['zero', '\u0000'],
    ['delete', '\u007f'],
    ['noncharacter', '\uffff'],
  ] as const)
    encode(`value-${name}`, { ...get, headers: { a: value } }, 'E3X-TYP-056', 'malformed');
  encode('neither', { headers: {} }, 'E3X-TYP-055', 'malformed');
  encode('both', { ...get, status: 200, headers: {} }, 'E3X-TYP-055', 'malformed');
  const request = { ':method': 'GET', ':path': '/' };
  decode('request', { ...request, accept: '*/*' }, 'E3X-TYP-053', undefined, '00');
  decode('response', { ':status': 200, 'server': 'x' }, 'E3X-TYP-052');
  decode('response-reason', { ':status': 200, ':reason': 'OK' }, 'E3X-TYP-052');
  decode('connection-stays', { ...request, connection: 'close' }, 'E3X-TYP-053');
  for (const [name, json] of [
    ['method-lower', { ':method': 'get', ':path': '/' }],
    ['method-number', { ':method': 1, ':path': '/' }],
    ['path-absent', { ':method': 'GET' }],
    ['path-space', { ':method': 'GET', ':path': ' ' }],
    ['reason', { ...request, ':reason': 'x' }],
  ] as [string, JsonObject][])
    decode(`request-${name}`, json, 'E3X-TYP-051', 'malformed');
  for (const [name, json] of [
    ['text', { ':status': '200' }],
    ['fraction', { ':status': 200.5 }],
    ['too-great', { ':status': 600 }],
    ['reason-newline', { ':status': 200, ':reason': '\n' }],
    ['reason-number', { ':status': 200, ':reason': 1 }],
    ['path', { ':status': 200, ':path': '/' }],
  ] as [string, JsonObject][])
    decode(`response-${name}`, json, 'E3X-TYP-052', 'malformed');
  for (const [name, json] of [
    ['pseudo-unknown', { ...request, ':host': 'x' }],
    ['space', { ...request, 'a b': 'x' }],
    ['number', { ...request, a: 1 }],
  ] as [string, JsonObject][])
    decode(`header-${name}`, json, 'E3X-TYP-053', 'malformed');
  decode('header-newline', { ...request, a: 'b\nc' }, 'E3X-TYP-056', 'malformed');
  decode('header-upper', { ...request, Accept: 'x' }, 'E3X-TYP-055', 'non-canonical');
  decode('neither', { accept: 'x' }, 'E3X-TYP-055', 'malformed');
  decode('both', { ...request, ':status': 200 }, 'E3X-TYP-055', 'malformed');
  for (const [name, packet] of [
    ['empty', ''],
    ['no-head', '0000'],
    ['no-json', `0007${Buffer.from('{"a":1,').toString('hex')}`],
  ] as const)
    batch.add({
      name: `decode-${name}`,
      title: `no packet of thtp: ${name}`,
      kind: 'json-bytes',
      operation: 'e3x.thtp.decode',
      params: { packet },
      about: 'E3X-TYP-055',
      rejects: 'malformed',
    });
}
