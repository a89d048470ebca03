/** The cases of a memory of messages besides the traces of its machine: identities, and times that are none. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { machineTraces, namedTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { VectorStep } from '../../vectors.ts';
import { flipped, HEADER, SETS, type CipherSetEvidence, type Csid } from './evidence.ts';

const SESSION = 'e3x.message-memory';
const IDENTITY = 'e3x.message.identity';
const NOW = 1000;
const WINDOW = 100;
/** The shortest messages of 3a. */
const message = (filling: string): string => `00013a${filling.repeat(88)}`;

/** Everything about memories. */
export function memoryCases(oracle: Oracle, batch: Batch, evidence: { readonly [csid in Csid]: CipherSetEvidence }): void {
  machineTraces(oracle, batch, SESSION);
  namedTraces(oracle, batch, SESSION, 'E3X-MEM-001');
  for (const csid of ['1a', '2a', '3a'] as const) identities(batch, csid, evidence[csid]);
  malformedChecks(batch);
  otherTags(batch);
  manyEntries(batch);
}

function identities(batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const { group, fields, bodyMin } = SETS[csid];
  const packet = set.messages[0]?.packet ?? '';
  const length = packet.length / 2;
  const add = (name: string, title: string, changed: string): void =>
    batch.add({
      name: `${csid}/${name}`,
      title: `${csid}: ${title}`,
      kind: 'example',
      operation: IDENTITY,
      params: { csid, packet: changed },
      about: 'E3X-MEM-004',
      accepts: true,
    });
  add('whole', 'a message', packet);
  add('last-changed', 'another last byte, the same message', flipped(packet, -1));
  const lastLength = csid === '1a' ? 4 : 16;
  add('last-field-changed', 'another first byte of the last field, the same message', flipped(packet, -lastLength));
  add('before-last-field', 'the byte before the last field changed', flipped(packet, -lastLength - 1));
  for (const [field, offset] of fields)
    if (offset >= 0) add(`${field}-changed`, `the first byte of ${field} changed`, flipped(packet, HEADER + offset));
  add('shortest', 'the shortest message', packet.slice(0, 2 * (HEADER + bodyMin)));
  const refuse = (name: string, title: string, params: JsonObject, about: string, rejects: string): void =>
    batch.add({
      name: `${csid}/${name}`,
      title: `${csid}: ${title}`,
      kind: 'range',
      operation: IDENTITY,
      params,
      about,
      rejects,
    });
  refuse(
    'too-short',
    'a byte less than the shortest',
    { csid, packet: packet.slice(0, 2 * (HEADER + bodyMin - 1)) },
    `${group}-001`,
    'truncated',
  );
  const other = csid === '3a' ? '1a' : '3a';
  refuse('other-csid', `a message of ${other}`, { csid, packet: `0001${other}${packet.slice(6)}` }, 'E3X-MSG-001', 'malformed');
  refuse('no-head', 'a channel packet', { csid, packet: `0000${packet.slice(6, 2 * length)}` }, 'E3X-MSG-001', 'malformed');
  if (csid !== '3a') return;
  refuse('csid-1b', 'a CSID that is not specified', { csid: '1b', packet }, 'E3X-MSG-005', 'unsupported');
  refuse('csid-00', 'CSID 00', { csid: '00', packet }, 'E3X-MSG-006', 'malformed');
}

const answered = (events: readonly JsonObject[], timeoutAt: number | null): VectorStep['expect'] => ({
  ok: { transmit: [], events, timeoutAt },
});
const opened = (requirement: string, more: JsonObject = {}): VectorStep => ({
  operation: `${SESSION}.open`,
  params: { windowMs: WINDOW, skewMs: 10, ...more, now: NOW },
  expect: answered([], null),
  requirement,
  bind: { session: 'session' },
});
const checked = (params: JsonObject, expect: VectorStep['expect'], requirement: string): VectorStep => ({
  operation: `${SESSION}.check`,
  params: {
    session: '$session',
    csid: '3a',
    packet: message('01'),
    sentAt: NOW,
    ...params,
    now: NOW,
  },
  expect,
  requirement,
});
const accepted = answered([{ type: 'accepted' }], NOW + WINDOW + 1);

function malformedChecks(batch: Batch): void {
  const put = (name: string, title: string, sentAt: Json | undefined): void => {
    const { params, ...step } = checked(sentAt === undefined ? {} : { sentAt }, { reject: 'malformed' }, 'E3X-MEM-003');
    const { sentAt: given, ...rest } = params;
    batch.addSteps(`${SESSION}.check/${name}`, title, 'example', 'E3X-MEM-003', [
      opened('E3X-MEM-001'),
      {
        ...step,
        params: sentAt === undefined ? rest : { ...rest, sentAt: given ?? null },
      },
      checked({}, accepted, 'E3X-MEM-001'),
    ]);
  };
  put('without-time', 'a message without a time', undefined);
  for (const [name, value] of [
    ['text', '1000'],
    ['fraction', 1000.5],
    ['negative', -1],
    ['null', null],
    ['true', true],
    ['list', [1000]],
    ['beyond-53-bits', 9007199254740992],
  ] as const)
    put(`time-${name}`, `a time that is ${JSON.stringify(value)}`, value as Json);
}

/** What is the same message, and what is not. */
function otherTags(batch: Batch): void {
  batch.addSteps(`${SESSION}.check/another-auth`, 'the same message with another AUTH is replayed', 'example', 'E3X-MEM-004', [
    opened('E3X-MEM-001'),
    checked({}, accepted, 'E3X-MEM-001'),
    checked({ packet: flipped(message('01'), -1) }, { reject: 'replayed' }, 'E3X-MEM-004'),
    checked({ packet: flipped(message('01'), -17) }, accepted, 'E3X-MEM-004'),
    checked({ packet: flipped(message('01'), HEADER) }, accepted, 'E3X-MEM-004'),
  ]);
  batch.addSteps(`${SESSION}.check/time-zero`, 'a message made at 0, when the clock shows 0', 'example', 'E3X-MEM-001', [
    {
      ...opened('E3X-MEM-001'),
      params: { windowMs: WINDOW, skewMs: 10, now: 0 },
    },
    {
      ...checked({}, answered([{ type: 'accepted' }], WINDOW + 1), 'E3X-MEM-001'),
      params: {
        session: '$session',
        csid: '3a',
        packet: message('01'),
        sentAt: 0,
        now: 0,
      },
    },
  ]);
  batch.addSteps(`${SESSION}.check/horizon-zero`, 'a horizon of 0 is one', 'example', 'E3X-MEM-009', [
    {
      ...opened('E3X-MEM-009'),
      params: { windowMs: WINDOW, skewMs: 10, horizon: 0, now: 0 },
    },
    {
      ...checked({}, { reject: 'expired' }, 'E3X-MEM-009'),
      params: {
        session: '$session',
        csid: '3a',
        packet: message('01'),
        sentAt: 0,
        now: 0,
      },
    },
  ]);
}

/** More messages than a small memory has room for; by default there is room for them. */
function manyEntries(batch: Batch): void {
  const count = 40;
  const packet = (at: number): string => message((16 + at).toString(16));
  batch.addSteps(`${SESSION}.check/default-room`, 'without entryCount there is room for many', 'limit', 'E3X-MEM-007', [
    opened('E3X-MEM-001'),
    ...Array.from({ length: count }, (_, at) => checked({ packet: packet(at) }, accepted, at === 0 ? 'E3X-MEM-001' : 'E3X-MEM-007')),
  ]);
  batch.addSteps(`${SESSION}.check/room-for-many`, `room for ${String(count)}, and no more`, 'limit', 'E3X-MEM-007', [
    opened('E3X-MEM-001', { entryCount: count }),
    ...Array.from({ length: count }, (_, at) => checked({ packet: packet(at) }, accepted, at === 0 ? 'E3X-MEM-001' : 'E3X-MEM-007')),
    checked({ packet: packet(count) }, { reject: 'limit' }, 'E3X-MEM-007'),
    checked({ packet: packet(0) }, { reject: 'replayed' }, 'E3X-MEM-005'),
  ]);
}
