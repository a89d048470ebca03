/**
 * Packets with several messages, in each order, on channels of all capabilities; machines play packets with one. What is expected
 * here is written by hand from the clauses.
 */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { VectorStep } from '../../vectors.ts';

const SESSION = 'interpeer.data';
const NOW = 1000;
const LINGER_MS = 60_000;
const OWN = 5;
/** Number of the peer's packet. */
const THEIRS = 0x10;
const WINDOW_DEFAULT = 64;
/** After which a single packet is answered (IPR-DAT-046). */
const ANSWER_MS = 25;

const u16 = (value: number): string => value.toString(16).padStart(4, '0');
const packetOf = (sequenceNumber: number, payload: string): string => `${u16(sequenceNumber)}${u16(payload.length / 2)}${payload}`;
/** What acknowledges the peer's first packet while it is unread. @param next number of our next packet */
const acknowledgement = (next: number): string => packetOf(next, `1502${u16(THEIRS + 1)}16${u16(WINDOW_DEFAULT - 1)}`);

interface Answer {
  readonly transmit?: readonly string[];
  readonly events?: readonly JsonObject[];
  readonly timeoutAt?: number;
}
interface Session {
  readonly call: (call: string, params: JsonObject, answer?: Answer, now?: number) => VectorStep;
  readonly open: (params: JsonObject) => VectorStep;
}
/** Steps that are all about one clause. */
function about(requirement: string): Session {
  const expect = ({ transmit = [], events = [], timeoutAt }: Answer): VectorStep['expect'] => ({
    ok: { transmit, events, timeoutAt: timeoutAt ?? null },
  });
  return {
    call: (call, params, answer = {}, now = NOW) => ({
      operation: `${SESSION}.${call}`,
      params: { session: '$session', ...params, now },
      expect: expect(answer),
      requirement,
    }),
    open: (params) => ({
      operation: `${SESSION}.open`,
      params: { sequenceNumber: OWN, ...params, now: NOW },
      expect: expect({}),
      requirement,
      bind: { session: 'session' },
    }),
  };
}
const readable: JsonObject = { type: 'readable' };
const data = (bytes: string): JsonObject => ({ type: 'data', bytes });

/** Adds the vectors. */
export function severalMessages(batch: Batch): void {
  for (let capabilities = 0; capabilities < 8; capabilities++) {
    severalData(batch, capabilities);
    dataAndClose(batch, capabilities);
  }
  for (const capabilities of [1, 3, 5, 7]) dataAndProgress(batch, capabilities);
  dataIsNoAnswer(batch);
  earliestTimer(batch);
  defaultRoom(batch);
}

/** None, one, two and three DATA in a packet, an empty one among them: each is read, in order. */
function severalData(batch: Batch, capabilities: number): void {
  const requirement = 'IPR-DAT-034';
  const { open, call } = about(requirement);
  const resends = capabilities % 2 === 1;
  for (const contents of [['aa'], ['aa', 'bbcc'], ['', 'aa'], ['aa', '', 'bbcc']]) {
    const payload = contents.map((content) => `14${(content.length / 2).toString(16).padStart(2, '0')}${content}`).join('');
    const transmit = resends ? [acknowledgement(OWN)] : [];
    batch.addSteps(
      `${SESSION}.receive/capabilities-${String(capabilities)}-data-of-${contents.map((c) => c.length / 2).join('-')}`,
      `capabilities ${String(capabilities)}: ${String(contents.length)} DATA in a packet`,
      'example',
      requirement,
      [
        open({ capabilities }),
        call('receive', { packet: packetOf(THEIRS, payload) }, { transmit, events: [readable] }),
        ...contents.map((content) => call('read', {}, { events: [data(content)] })),
        call('read', {}),
      ],
    );
  }
}

/** DATA beside CHANNEL_CLOSE is read, whichever comes first. */
function dataAndClose(batch: Batch, capabilities: number): void {
  const requirement = 'IPR-DAT-034';
  const { open, call } = about(requirement);
  for (const [name, payload] of [
    ['before', '1401aa1401bb0e00'],
    ['after', '0e001401aa1401bb'],
    ['around', '1401aa0e001401bb'],
  ] as const)
    batch.addSteps(
      `${SESSION}.receive/capabilities-${String(capabilities)}-data-${name}-close`,
      `capabilities ${String(capabilities)}: DATA ${name} CHANNEL_CLOSE in a packet`,
      'example',
      requirement,
      [
        open({ capabilities }),
        call(
          'receive',
          { packet: packetOf(THEIRS, payload) },
          {
            transmit: [packetOf(OWN, '0e03')],
            events: [readable, { type: 'closed', reason: 0, by: 'peer' }],
            timeoutAt: NOW + LINGER_MS,
          },
        ),
        call('read', {}, { events: [data('aa')], timeoutAt: NOW + LINGER_MS }),
        call('read', {}, { events: [data('bb')], timeoutAt: NOW + LINGER_MS }),
      ],
    );
}

/** DATA beside an answer: both count, whichever comes first. */
function dataAndProgress(batch: Batch, capabilities: number): void {
  const requirement = 'IPR-DAT-034';
  const { open, call } = about(requirement);
  const answer = `1502${u16(OWN + 1)}160040`;
  for (const [name, payload] of [
    ['before', `1401bb${answer}`],
    ['after', `${answer}1401bb`],
  ] as const)
    batch.addSteps(
      `${SESSION}.receive/capabilities-${String(capabilities)}-data-${name}-progress`,
      `capabilities ${String(capabilities)}: DATA ${name} DATA_PROGRESS in a packet`,
      'example',
      requirement,
      [
        open({ capabilities }),
        call('write', { writes: ['aa'] }, { transmit: [packetOf(OWN, '1401aa')], timeoutAt: NOW + 200 }),
        call('receive', { packet: packetOf(THEIRS, payload) }, { transmit: [acknowledgement(OWN + 1)], events: [readable] }),
        call('read', {}, { events: [data('bb')] }),
      ],
    );
}

/** A peer that sends and does not acknowledge is a peer that says nothing. */
function dataIsNoAnswer(batch: Batch): void {
  const requirement = 'IPR-DAT-025';
  const { open, call } = about(requirement);
  const ours = packetOf(OWN, '1401aa');
  const theirs = { packet: packetOf(THEIRS, '1401bb') };
  batch.addSteps(`${SESSION}.tick/data-is-no-answer`, 'DATA of the peer does not count as an answer', 'example', requirement, [
    open({ capabilities: 7, resendCount: 1 }),
    call('write', { writes: ['aa'] }, { transmit: [ours], timeoutAt: NOW + 200 }),
    call('receive', theirs, { transmit: [acknowledgement(OWN + 1)], events: [readable], timeoutAt: NOW + 200 }),
    call('tick', {}, { transmit: [ours], timeoutAt: NOW + 600 }, NOW + 200),
    call('receive', theirs, { transmit: [acknowledgement(OWN + 1)], timeoutAt: NOW + 600 }, NOW + 300),
    call(
      'tick',
      {},
      { transmit: [packetOf(OWN + 1, '0e01')], events: [{ type: 'closed', reason: 1, by: 'self' }], timeoutAt: NOW + 800 },
      NOW + 600,
    ),
  ]);
}

/** Of a resend and an answer that are both to come, the earlier one is the next. */
function earliestTimer(batch: Batch): void {
  const requirement = 'IPR-DAT-046';
  const { open, call } = about(requirement);
  const ours = packetOf(OWN, '1401aa');
  const late = NOW + 10;
  batch.addSteps(`${SESSION}.receive/earliest-timer`, 'an answer is due before a resend', 'example', requirement, [
    open({ capabilities: 3 }),
    call('write', { writes: ['aa'] }, { transmit: [ours], timeoutAt: NOW + 200 }),
    call(
      'receive',
      { packet: packetOf(THEIRS, '1401bb') },
      { transmit: [acknowledgement(OWN + 1)], events: [readable], timeoutAt: NOW + 200 },
    ),
    call('receive', { packet: packetOf(THEIRS + 1, '1401cc') }, { timeoutAt: late + ANSWER_MS }, late),
    call(
      'tick',
      {},
      { transmit: [packetOf(OWN + 1, `1502${u16(THEIRS + 2)}16${u16(WINDOW_DEFAULT - 2)}`)], timeoutAt: NOW + 200 },
      late + ANSWER_MS,
    ),
    call('tick', {}, { transmit: [ours], timeoutAt: NOW + 600 }, NOW + 200),
  ]);
}

/** Without `room`, a payload has 1,124 bytes. */
function defaultRoom(batch: Batch): void {
  const requirement = 'IPR-DAT-035';
  const { open, call } = about(requirement);
  const write = (length: number): string => 'ab'.repeat(length);
  batch.addSteps(`${SESSION}.write/default-room`, 'a payload of 1,124 bytes is the longest by default', 'limit', requirement, [
    open({ capabilities: 0 }),
    call('write', { writes: [write(1121)] }, { transmit: [packetOf(OWN, `148761${write(1121)}`)] }),
    { ...call('write', { writes: [write(1122)] }), expect: { reject: 'limit' } },
  ]);
  batch.addSteps(`${SESSION}.write/default-room-again`, 'a second payload may be as long', 'limit', requirement, [
    open({ capabilities: 0 }),
    call('write', { writes: [write(1121)] }, { transmit: [packetOf(OWN, `148761${write(1121)}`)] }),
    call('write', { writes: [write(1121)] }, { transmit: [packetOf(OWN + 1, `148761${write(1121)}`)] }),
  ]);
  batch.addSteps(`${SESSION}.write/default-room-of-stream`, 'a stream is cut after 1,121 bytes by default', 'limit', requirement, [
    open({ capabilities: 3 }),
    call('write', { writes: [write(1122)] }, { transmit: [packetOf(OWN, `148761${write(1121)}`)], timeoutAt: NOW + 200 }),
  ]);
}
