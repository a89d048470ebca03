/** The cases of packets of each channel type: what each may hold, and each member wrong once. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { toHex } from '../../oracle/values.ts';
import { packetOfJson } from '../packet/build.ts';
import { ALICE, BOB, BOX, CHAT, MESSAGE } from './samples.ts';

const INNER = packetOfJson({ type: 'link' }, '01');

type Role = 'open' | 'opener' | 'responder';
interface Judged {
  readonly name: string;
  readonly json: JsonObject;
  readonly body?: string;
  readonly clause: string;
  readonly rejects?: string;
}

/** Adds the cases of every type. */
export function typedPackets(batch: Batch): void {
  everyType(batch);
  paths(batch);
  routing(batch);
  streamsAndSocks(batch);
  boxes(batch);
  chats(batch);
  blocks(batch);
}

/** Adds packets of one type and role; the opening ones get their type, and all the members that a channel needs. */
function judge(batch: Batch, type: string, role: Role, reliable: boolean, cases: readonly Judged[]): void {
  for (const { name, json, body, clause, rejects } of [...cases, ...ofOtherTypes(cases)]) {
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
/** Each member that a valid packet has, once, with a value of another JSON type: an object, or a list in place of one. */
function ofOtherTypes(cases: readonly Judged[]): Judged[] {
  const seen = new Set(['c', 'type', 'seq', 'ack', 'miss', 'end', 'err']);
  return cases
    .filter(({ rejects }) => rejects === undefined)
    .flatMap((valid) =>
      Object.entries(valid.json).flatMap(([member, value]): Judged[] => {
        if (seen.has(member)) return [];
        seen.add(member);
        const other: Json = typeof value === 'object' && value !== null && !Array.isArray(value) ? [] : {};
        return [{ ...valid, name: `${member}-of-another-type`, json: { ...valid.json, [member]: other }, rejects: 'malformed' }];
      }),
    );
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
  const members: [string, string, Json][] = [
    ['seq-zero', 'seq', 0],
    ['seq-beyond-32-bits', 'seq', 4_294_967_296],
    ['seq-text', 'seq', '1'],
    ['ack-negative', 'ack', -1],
    ['ack-beyond-32-bits', 'ack', 4_294_967_296],
    ['ack-null', 'ack', null],
    ['miss-number', 'miss', 1],
    ['miss-entry-negative', 'miss', [-1]],
    ['miss-entry-text', 'miss', ['1']],
    ['miss-entry-beyond-32-bits', 'miss', [4_294_967_296]],
    ['end-false', 'end', false],
    ['end-number', 'end', 1],
    ['err-empty', 'err', ''],
    ['err-true', 'err', true],
  ];
  for (const [name, member, value] of members)
    raw(`every/${name}`, 'thtp', 'opener', true, packetOfJson({ c: 1, seq: 2, [member]: value }), 'E3X-TYP-001', 'malformed');
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
    right('E3X-TYP-057', 'without-paths', {}),
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
