/** What holds for all records: what is taken apart is written again as it was, and a stream gives back what was put on it. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { ANSWER_KINDS, recordByHand, REQUEST_KINDS, UNASKED_KINDS } from './made.ts';

const id = fc.integer({ min: 1, max: 65_535 });
const head = fc.oneof(
  fc.record({ kind: fc.constantFrom(...REQUEST_KINDS), answer: fc.constant(false), requestId: id }),
  fc.record({ kind: fc.constantFrom(...ANSWER_KINDS), answer: fc.constant(true), requestId: id }),
  fc.record({ kind: fc.constantFrom(...UNASKED_KINDS), answer: fc.constant(false), requestId: fc.constant(0) }),
);
const body = bytesUpTo(600, 0, [0, 1, 121, 122, 439, 440]).map(toHex);
const input = fc.record({ head, body }).map(({ head: front, body: rest }) => ({ ...front, body: rest }));
const record = input.map(({ kind, answer, requestId, body: rest }) =>
  recordByHand({ kind, flags: answer ? '01' : '00', requestId: toHex(Uint8Array.of(requestId & 255, requestId >> 8)), body: rest }),
);
const hash = bytesExactly(32).map(toHex);
const error = fc.record({ code: fc.integer({ min: 0, max: 11 }), hash }, { requiredKeys: ['code'] });

const hints: Hints = {
  params: {
    'nexus.record.decode.record': () => record,
    'nexus.record.prefix.record': () => record,
    'nexus.error.write.hash': () => hash,
  },
  layouts: { 'nexus.record': () => record.map(fromHex) },
  requests: { 'nexus.record.encode': () => input, 'nexus.error.write': () => error },
};

export const properties: TopicProperties = {
  checks: (suite) => propertyChecks(suite, (property) => recordProperties(property)),
  hints,
};

function recordProperties(property: Bind): Check[] {
  const [encode, decode] = ['nexus.record.encode', 'nexus.record.decode'];
  const [open, receive, close] = ['nexus.records.open', 'nexus.records.receive', 'nexus.records.close'];
  return [
    property({
      name: 'nexus.record.decode/round-trip',
      requirement: 'NXS-REC-001',
      title: 'A record that is taken apart is written again as it was',
      operations: [encode, decode],
      arbitrary: record,
      trial: async (given, talk) => {
        const { kind = null, answer = null, requestId = null, body: rest = null } = await talk.want(decode, { record: given });
        const again = await talk.want(encode, { kind, answer, requestId, body: rest });
        demand(talk, again, 'record', given, 'NXS-REC-001', 'The record was not written as it was.');
      },
    }),
    property({
      name: 'nexus.error.read/round-trip',
      requirement: 'NXS-REC-012',
      title: 'An error is read as it was written',
      operations: ['nexus.error.write', 'nexus.error.read'],
      arbitrary: error,
      trial: async (given, talk) => {
        const written = await talk.ask('nexus.error.write', { ...given });
        if (written.kind === 'reject') return talk.agree('nexus.error.write', { ...given });
        const read = await talk.want('nexus.error.read', { body: written.value['body'] ?? '' });
        demand(talk, read, 'code', given.code, 'NXS-REC-012', 'The code is another.');
        if (given.hash !== undefined) demand(talk, read, 'hash', given.hash, 'NXS-REC-012', 'The hash is another.');
      },
    }),
    property({
      name: 'nexus.records/any-cut',
      requirement: 'NXS-REC-009',
      title: 'Records come out of a stream as they were put on it, however it is cut',
      operations: ['nexus.record.prefix', open, receive, close],
      arbitrary: fc.record({ records: fc.array(record, { minLength: 1, maxLength: 4 }), step: fc.integer({ min: 1, max: 300 }) }),
      trial: async ({ records, step }, talk) => {
        const parts: string[] = [];
        for (const one of records) parts.push(textIn(await talk.want('nexus.record.prefix', { record: one }), 'bytes'));
        const stream = parts.join('');
        const session = textIn(await talk.want(open, { now: 1000 }), 'session');
        const events: unknown[] = [];
        for (let at = 0; at < stream.length; at += 2 * step) {
          const answer = await talk.want(receive, { session, bytes: stream.slice(at, at + 2 * step), now: 1000 });
          events.push(...(answer['events'] as readonly unknown[]));
        }
        await talk.want(close, { session });
        const expected = records.map((one) => ({ type: 'record', record: one }));
        demand(
          talk,
          { events: events as never },
          'events',
          expected,
          'NXS-REC-009',
          'The records are not those that were put on the stream.',
        );
      },
    }),
  ];
}
