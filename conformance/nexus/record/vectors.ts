/** The cases of records: every kind in every role, each length at its bound, errors, and records on a stream. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { sessionTraces, tracedSubject } from '../../generate/sessions.ts';
import { toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import type { VectorStep } from '../../vectors.ts';
import { recordByHand, REQUEST_KINDS, ANSWER_KINDS, UNASKED_KINDS, varintByHand } from './made.ts';

const RECORD_LENGTH_MAX = 65_535;
const HASH = toHex(seededBytes('nexus-object-hash', 32));
const NOW_MS = 1000;

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'record',
      fill: ({ batch }) => {
        encodeCases(batch);
        decodeCases(batch);
        answerCases(batch);
        errorCases(batch);
      },
    },
    {
      subject: 'stream',
      fill: ({ oracle, batch }) => {
        sessionTraces(oracle, batch, 'nexus.records');
        prefixCases(batch);
        longestRecords(batch);
      },
    },
    tracedSubject('request', 'nexus.requests'),
    tracedSubject('links', 'nexus.linktable'),
  ],
  mutated: ['nexus.record.', 'nexus.records.', 'nexus.error.', 'nexus.requests.', 'nexus.linktable.'],
};

/** Long ones are of one byte, so that a vector need not list them. */
const body = (length: number): string => (length > 2000 ? 'ab'.repeat(length) : toHex(seededBytes('nexus-record-body', length)));
const hex = (kind: number): string => kind.toString(16).padStart(2, '0');
const ALL_KINDS = [...new Set([...REQUEST_KINDS, ...ANSWER_KINDS, ...UNASKED_KINDS])].sort((a, b) => a - b);
const NO_KINDS = [0x00, 0x02, 0x0f, 0x1a, 0x1f, 0x24, 0x2f, 0x34, 0x41, 0x4f, 0x57, 0x5f, 0x62, 0x6f, 0x71, 0xff];

function encodeCases(batch: Batch): void {
  const usual = { kind: 0x12, answer: false, requestId: 1, body: body(32) };
  const add = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: 'nexus.record.encode',
      params: { ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base: usual }),
    });
  for (const kind of REQUEST_KINDS) add(`request-${hex(kind)}`, `a request of kind ${hex(kind)}`, { kind }, 'NXS-REC-007');
  for (const kind of ANSWER_KINDS) add(`answer-${hex(kind)}`, `an answer of kind ${hex(kind)}`, { kind, answer: true }, 'NXS-REC-005');
  for (const kind of UNASKED_KINDS) add(`unasked-${hex(kind)}`, `kind ${hex(kind)}, unasked`, { kind, requestId: 0 }, 'NXS-REC-006');
  for (const requestId of [255, 256, 65_535])
    add(`id-${String(requestId)}`, `the number ${String(requestId)}`, { requestId }, 'NXS-REC-001');
  for (const length of [0, 1, 439, 440]) add(`body-of-${String(length)}`, `${String(length)} bytes`, { body: body(length) }, 'NXS-REC-001');
  add('longest', 'a record of 65,535 bytes', { body: body(RECORD_LENGTH_MAX - 6) }, 'NXS-REC-008');
  add('too-long', 'a record of 65,536 bytes', { body: body(RECORD_LENGTH_MAX - 5) }, 'NXS-REC-008', 'limit');
  for (const kind of NO_KINDS) add(`kind-${hex(kind)}`, `the kind ${hex(kind)}`, { kind }, 'NXS-REC-004', 'malformed');
  add('answer-to-nothing', 'an answer without a number', { kind: 0x13, answer: true, requestId: 0 }, 'NXS-REC-006', 'malformed');
  add('request-without-number', 'a request without a number', { requestId: 0 }, 'NXS-REC-007', 'malformed');
  add('answer-as-request', 'an answer as if it were a request', { kind: 0x13 }, 'NXS-REC-007', 'malformed');
  add('request-as-answer', 'a request as an answer', { answer: true }, 'NXS-REC-007', 'malformed');
  add('notify-with-number', 'a notification with a number', { kind: 0x23 }, 'NXS-REC-007', 'malformed');
}

function decodeCases(batch: Batch): void {
  const usual = recordByHand({});
  const read = readsOf(batch, 'nexus.record.decode', 'record', usual);
  read('get', 'a request for an object', usual, 'NXS-REC-001');
  for (const kind of ALL_KINDS) {
    const roles = [
      { role: 'request', is: REQUEST_KINDS.includes(kind), record: recordByHand({ kind }) },
      { role: 'answer', is: ANSWER_KINDS.includes(kind), record: recordByHand({ kind, flags: '01' }) },
      { role: 'unasked', is: UNASKED_KINDS.includes(kind), record: recordByHand({ kind, requestId: '0000' }) },
    ];
    for (const { role, is, record } of roles)
      read(
        `${role}-${hex(kind)}`,
        `kind ${hex(kind)} as ${role}`,
        record,
        is && role !== 'unasked' ? 'NXS-REC-004' : 'NXS-REC-007',
        is ? undefined : 'malformed',
      );
  }
  for (const kind of NO_KINDS) {
    read(`kind-${hex(kind)}`, `the kind ${hex(kind)}`, recordByHand({ kind }), 'NXS-REC-004', 'malformed');
    read(
      `kind-${hex(kind)}-unasked`,
      `the kind ${hex(kind)}, unasked`,
      recordByHand({ kind, requestId: '0000' }),
      'NXS-REC-004',
      'malformed',
    );
  }
  for (const flags of ['02', '03', '80', 'ff'])
    read(`flags-${flags}`, `flags ${flags}`, recordByHand({ kind: 0x54, flags }), 'NXS-REC-005', 'malformed');
  for (const requestId of ['ff00', '0001', 'ffff'])
    read(`id-${requestId}`, `the number ${requestId}`, recordByHand({ requestId }), 'NXS-REC-001');
  read(
    'answer-to-nothing',
    'an answer without a number',
    recordByHand({ kind: 0x13, flags: '01', requestId: '0000' }),
    'NXS-REC-006',
    'malformed',
  );
  read(
    'error-to-nothing',
    'an error as an answer to nothing',
    recordByHand({ kind: 1, flags: '01', requestId: '0000' }),
    'NXS-REC-006',
    'malformed',
  );
  for (const front of ['0000', '0003', '0005', '0400', '0100', '0008', 'ffff'])
    read(`head-${front}`, `a head of ${front}`, recordByHand({ front }), 'NXS-REC-003', 'malformed');
  for (const cut of [0, 1, 2, 3, 4, 5])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, usual.slice(0, 2 * cut), 'NXS-REC-002', 'truncated');
  read('no-body', 'a record without a body', recordByHand({ body: '' }), 'NXS-REC-001');
  read('longest', 'a record of 65,535 bytes', recordByHand({ body: body(RECORD_LENGTH_MAX - 6) }), 'NXS-REC-008');
  read('too-long', 'a record of 65,536 bytes', recordByHand({ body: body(RECORD_LENGTH_MAX - 5) }), 'NXS-REC-008', 'limit');
}

function answerCases(batch: Batch): void {
  for (const kind of [...ALL_KINDS, ...NO_KINDS])
    batch.add({
      name: hex(kind),
      title: `what answers kind ${hex(kind)}`,
      kind: 'boundary',
      operation: 'nexus.record.answers',
      params: { kind },
      about: 'NXS-REC-015',
      accepts: true,
    });
}

function errorCases(batch: Batch): void {
  const write = (name: string, title: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: 'nexus.error.write',
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base: { code: 2 } }),
    });
  const read = readsOf(batch, 'nexus.error.read', 'body', '0200');
  for (let code = 1; code <= 10; code++) {
    write(`code-${String(code)}`, `code ${String(code)}`, { code }, 'NXS-REC-013');
    read(`code-${String(code)}`, `code ${String(code)}`, `${hex(code)}00`, 'NXS-REC-013');
  }
  for (const code of [0, 11, 255]) {
    write(`code-${String(code)}`, `code ${String(code)}`, { code }, 'NXS-REC-013', 'malformed');
    read(`code-${String(code)}`, `code ${String(code)}`, `${hex(code)}00`, 'NXS-REC-013', 'malformed');
    read(`code-${String(code)}-with-hash`, `code ${String(code)}, and a hash`, `${hex(code)}01${HASH}`, 'NXS-REC-013', 'malformed');
  }
  write('hash', 'about an object', { code: 9, hash: HASH }, 'NXS-REC-012');
  for (const length of [0, 31, 33])
    write(`hash-of-${String(length)}`, `a hash of ${String(length)} bytes`, { code: 9, hash: body(length) }, 'NXS-REC-012', 'malformed');
  read('hash', 'about an object', `0901${HASH}`, 'NXS-REC-012');
  for (const option of ['02', '80', 'ff'])
    read(`option-${option}`, `an option of ${option}`, `02${option}${HASH}`, 'NXS-REC-014', 'malformed');
  for (const cut of ['', '02', '0201', `0201${HASH.slice(0, 62)}`])
    read(`cut-at-${String(cut.length / 2)}`, `${String(cut.length / 2)} bytes`, cut, 'NXS-REC-014', 'truncated');
  for (const more of ['020000', `0200${HASH}`, `0201${HASH}00`])
    read(`of-${String(more.length / 2)}`, `${String(more.length / 2)} bytes`, more, 'NXS-REC-014', 'trailing');
}

function prefixCases(batch: Batch): void {
  const prefix = readsOf(batch, 'nexus.record.prefix', 'record', recordByHand({}));
  for (const length of [6, 127, 128, 16_511, 16_512, RECORD_LENGTH_MAX])
    prefix(`of-${String(length)}`, `a record of ${String(length)} bytes`, recordByHand({ body: body(length - 6) }), 'NXS-REC-009');
  prefix('no-record', 'what is not a record', recordByHand({ kind: 0 }), 'NXS-REC-004', 'malformed');
}

/** A record of 65,535 bytes whose last byte comes alone, and one of 65,536. */
function longestRecords(batch: Batch): void {
  const about = 'NXS-REC-010';
  const step = (name: string, params: JsonObject, events: readonly JsonObject[], requirement = about): VectorStep => ({
    operation: `nexus.records.${name}`,
    params: { ...params, now: NOW_MS },
    expect: { ok: { transmit: [], events, timeoutAt: null } },
    requirement,
    ...(name === 'open' ? { bind: { session: 'session' } } : {}),
  });
  const receive = (bytes: string, events: readonly JsonObject[]): VectorStep => step('receive', { session: '$session', bytes }, events);
  const record = recordByHand({ body: body(RECORD_LENGTH_MAX - 6) });
  const longest = `${varintByHand(RECORD_LENGTH_MAX)}${record}`;
  const steps = [step('open', {}, []), receive(longest.slice(0, -2), []), receive(longest.slice(-2), [{ type: 'record', record }])];
  batch.addSteps('nexus.records.receive/longest', 'a record of 65,535 bytes, its last byte alone', 'limit', about, steps);
  for (const [name, length] of [
    ['65536', varintByHand(65_536)],
    ['2113664', '80808000'],
  ] as const) {
    const ended = [step('open', {}, []), receive(length, [{ type: 'ended', class: 'limit' }])];
    batch.addSteps(`nexus.records.receive/${name}`, `a length of ${name}`, 'limit', about, ended);
  }
  for (const length of [0, 1, 5]) {
    const ended = [step('open', {}, []), receive(varintByHand(length), [{ type: 'ended', class: 'malformed' }])];
    batch.addSteps(`nexus.records.receive/${String(length)}`, `a length of ${String(length)}`, 'limit', about, ended);
  }
  const least = recordByHand({ kind: 0x70, requestId: '0000', body: '' });
  const six = [step('open', {}, []), receive(`06${least}`, [{ type: 'record', record: least }])];
  batch.addSteps('nexus.records.receive/6', 'a length of 6', 'limit', about, six);
}
