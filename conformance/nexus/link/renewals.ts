/** What holds for any new keys: they begin anew, and nothing about them is repeated before its time. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesExactly } from '../../suites/arbitraries.ts';
import { textIn, type Bind } from '../../suites/property.ts';

type Talk = Parameters<Parameters<Bind>[0]['trial']>[1];
const [OPEN, SEAL, RECEIVE, REKEY, TICK, CLOSE] = [
  'nexus.linkkeys.open',
  'nexus.linkkeys.seal',
  'nexus.linkkeys.receive',
  'nexus.linkkeys.rekey',
  'nexus.linkkeys.tick',
  'nexus.linkkeys.close',
] as const;
const OPERATIONS = [OPEN, SEAL, RECEIVE, REKEY, TICK, CLOSE];
const OPENED_MS = 1000;
const HOUR_MS = 3_600_000;
/** For which old keys still open. */
const GRACE_MS = 10_000;

const hex = (length: number): fc.Arbitrary<string> => bytesExactly(length).map(toHex);
const secrets = fc.record({ keys: hex(64), linkId: hex(16), mine: hex(32), theirs: hex(32) });
const ids = { local: '11'.repeat(16), remote: '22'.repeat(16) };

/** The packets that a step puts out, of which there must be some number. */
export function sentBy(talk: Talk, step: JsonObject, count: number, requirement: string, explanation: string): readonly string[] {
  const transmit = (step['transmit'] ?? []) as readonly string[];
  if (transmit.length !== count) {
    const expected: Json = Array.from({ length: count }, (_, i) => transmit[i] ?? '(a packet)');
    talk.violated({ requirement, expect: { ok: { ...step, transmit: expected } }, explanation });
  }
  return transmit;
}

export function renewalProperties(property: Bind): Check[] {
  return [
    property({
      name: 'nexus.linkkeys.seal/begins-anew',
      requirement: 'NXS-RKY-013',
      title: 'New keys are due again an hour after they were put in use, whatever was sealed under those before',
      operations: OPERATIONS,
      arbitrary: fc.record({ secrets, ageMs: fc.integer({ min: HOUR_MS - GRACE_MS, max: HOUR_MS - 1 }), isInitiator: fc.boolean() }),
      trial: async ({ secrets: { mine, theirs, ...link }, ageMs, isInitiator }, talk) => {
        const usual = { ...link, sealedLength: 999_999, now: OPENED_MS };
        const [local, remote] = isInitiator ? ['initiator', 'responder'] : ['responder', 'initiator'];
        const near = textIn(await talk.want(OPEN, { ...usual, ...ids, role: local }), 'session');
        const far = textIn(await talk.want(OPEN, { ...usual, local: ids.remote, remote: ids.local, role: remote }), 'session');
        const now = OPENED_MS + ageMs;
        const passed = async (session: string, packet: string, entropy: string): Promise<string> => {
          const step = await talk.want(RECEIVE, { session, packet, entropy, now });
          return sentBy(talk, step, 1, 'NXS-RKY-001', 'A packet about new keys is not answered.')[0] ?? '';
        };
        const request = sentBy(
          talk,
          await talk.want(REKEY, { session: near, entropy: mine, now }),
          1,
          'NXS-RKY-001',
          'No request is sent.',
        );
        const answer = await passed(far, request[0] ?? '', theirs);
        const first = await passed(near, answer, '');
        const second = await passed(far, first, '');
        await talk.want(RECEIVE, { session: near, packet: second, entropy: '', now });
        const seal = async (session: string, sealedMs: number, count: number, explanation: string): Promise<void> => {
          const step = await talk.want(SEAL, { session, context: 0, content: 'aa', entropy: mine, now: sealedMs });
          sentBy(talk, step, count, 'NXS-RKY-013', explanation);
        };
        for (const session of [near, far])
          for (const laterMs of [GRACE_MS, GRACE_MS, HOUR_MS - 1])
            await seal(session, now + laterMs, 1, 'New keys are requested although those in use are new.');
        await seal(near, now + HOUR_MS, 2, 'No new keys are requested although those in use are an hour old.');
        for (const session of [near, far]) await talk.want(CLOSE, { session });
      },
    }),
    property({
      name: 'nexus.linkkeys.tick/not-early',
      requirement: 'NXS-RKY-009',
      title: 'A request is repeated when it is due, and not a millisecond before',
      operations: OPERATIONS,
      arbitrary: fc.record({ secrets, airtimeMs: fc.constantFrom(0, 249, 250, 251, 4300) }),
      trial: async ({ secrets: { mine, theirs: _, ...link }, airtimeMs }, talk) => {
        const opening = { ...link, ...ids, role: 'initiator', airtimeMs, now: OPENED_MS };
        const session = textIn(await talk.want(OPEN, opening), 'session');
        await talk.want(REKEY, { session, entropy: mine, now: OPENED_MS });
        const gapMs = Math.max(1000, 4 * airtimeMs);
        let dueMs = OPENED_MS;
        for (const gaps of [1, 2, 4]) {
          dueMs += gaps * gapMs;
          for (const [earlierMs, count] of [
            [1, 0],
            [0, 1],
          ] as const) {
            const step = await talk.want(TICK, { session, now: dueMs - earlierMs });
            sentBy(talk, step, count, 'NXS-RKY-009', count === 0 ? 'A request is repeated early.' : 'A request is not repeated.');
          }
        }
        await talk.want(CLOSE, { session });
      },
    }),
    property({
      name: 'nexus.linkkeys.tick/keepalive-not-early',
      requirement: 'NXS-RKY-005',
      title: 'The first keepalive under new keys is repeated when it is due, and not a millisecond before',
      operations: OPERATIONS,
      arbitrary: secrets,
      trial: async ({ mine, theirs, ...link }, talk) => {
        const near = textIn(await talk.want(OPEN, { ...link, ...ids, role: 'initiator', now: OPENED_MS }), 'session');
        const far = textIn(
          await talk.want(OPEN, { ...link, local: ids.remote, remote: ids.local, role: 'responder', now: OPENED_MS }),
          'session',
        );
        const now = OPENED_MS;
        const [request = ''] = sentBy(talk, await talk.want(REKEY, { session: near, entropy: mine, now }), 1, 'NXS-RKY-001', 'No request.');
        const answered = await talk.want(RECEIVE, { session: far, packet: request, entropy: theirs, now });
        const [answer = ''] = sentBy(talk, answered, 1, 'NXS-RKY-001', 'A request is not answered.');
        await talk.want(RECEIVE, { session: near, packet: answer, entropy: '', now });
        for (const [laterMs, count] of [
          [999, 0],
          [1000, 1],
          [2999, 0],
          [3000, 1],
        ] as const) {
          const step = await talk.want(TICK, { session: near, now: now + laterMs });
          sentBy(talk, step, count, 'NXS-RKY-005', count === 0 ? 'The first keepalive is repeated early.' : 'It is not repeated.');
        }
        for (const session of [near, far]) await talk.want(CLOSE, { session });
      },
    }),
  ];
}
