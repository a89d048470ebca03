/** What holds for all signals, queues, back-offs and announces, reckoned by hand beside the answers. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo, sometimes, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { backOffMs, shareUs, timingOf } from './by-hand.ts';

const byte = fc.nat(255);
const severity = fc.constantFrom('moderate', 'severe', 'saturated');
const link = fc.record(
  {
    chip: fc.constantFrom('sx126x', 'sx127x'),
    spreadingFactor: fc.integer({ min: 5, max: 12 }),
    bandwidthHz: fc.constantFrom(62_500, 125_000, 250_000, 500_000),
    codingRate: fc.integer({ min: 5, max: 8 }),
    preambleSymbols: fc.integer({ min: 1, max: 40 }),
    frameLength: fc.integer({ min: 2, max: 255 }),
  },
  {
    requiredKeys: ['chip', 'spreadingFactor', 'bandwidthHz', 'codingRate', 'preambleSymbols'],
  },
);
const budget = sometimes(fc.oneof(fc.integer({ min: 287_999_990, max: 288_000_010 }), fc.nat(3_600_000_000)));

const hints: Hints = {
  params: {
    'nexus.congestion.decode.body': () => bytesUpTo(6, 0, [3, 4, 5]).map(toHex),
    'nexus.access.timing.bandwidthHz': () => fc.constantFrom(62_500, 125_000, 250_000, 500_000),
  },
  requests: {
    'nexus.access.timing': () => link.map((given): JsonObject => ({ ...given })),
    'nexus.announce-share.of': () => budget.map((budgetUs): JsonObject => (budgetUs === undefined ? {} : { budgetUs })),
  },
};

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property) => [...codecProperties(property), ...sessionProperties(property)]),
  hints,
};

const hexOf = (value: number): string => toHex(Uint8Array.of(value));
const listIn = (answer: JsonObject, member: string): readonly Json[] => (answer[member] ?? []) as readonly Json[];

function codecProperties(property: Bind): Check[] {
  const [encode, decode, timing, share] = [
    'nexus.congestion.encode',
    'nexus.congestion.decode',
    'nexus.access.timing',
    'nexus.announce-share.of',
  ];
  return [
    property({
      name: 'nexus.congestion.decode/round-trip',
      requirement: 'NXS-CGN-001',
      title: 'A signal is read as it was written',
      operations: [encode, decode],
      arbitrary: fc.record({ link: byte, severity, drainMs: fc.nat(65_535) }),
      trial: async (signal, talk) => {
        const back = await talk.want(decode, { body: textIn(await talk.want(encode, signal), 'body') });
        demand(talk, back, 'link', signal.link, 'NXS-CGN-004', 'The link is read as another.');
        demand(talk, back, 'severity', signal.severity, 'NXS-CGN-001', 'The severity is read as another.');
        demand(talk, back, 'drainMs', signal.drainMs, 'NXS-CGN-002', 'The time is read as another.');
      },
    }),
    property({
      name: 'nexus.access.timing/by-hand',
      requirement: 'NXS-BKO-004',
      title: 'Slots and steps are those of the data sheet',
      operations: [timing],
      arbitrary: link,
      trial: async (given, talk) => {
        const answer = await talk.want(timing, { ...given });
        const { slotMs = 0, stepMs = 0 } = timingOf({ ...given });
        demand(talk, answer, 'slotMs', slotMs, 'NXS-BKO-004', 'A slot is not the airtime of the longest frame.');
        demand(talk, answer, 'stepMs', stepMs, 'NXS-DLY-002', 'A step is not a preamble and 2 ms.');
      },
    }),
    property({
      name: 'nexus.announce-share.of/by-hand',
      requirement: 'NXS-ASH-001',
      title: 'The share is the lesser of 2 % of the time and a quarter of the budget',
      operations: [share],
      arbitrary: budget,
      trial: async (budgetUs, talk) => {
        const answer = await talk.want(share, budgetUs === undefined ? {} : { budgetUs });
        demand(talk, answer, 'shareUs', shareUs(budgetUs), 'NXS-ASH-001', 'Announces have another share.');
      },
    }),
  ];
}

function sessionProperties(property: Bind): Check[] {
  return [
    property({
      name: 'nexus.access/back-off',
      requirement: 'NXS-BKO-002',
      title: 'Each back-off is as long as its byte says, until the channel is given up',
      operations: ['nexus.access.open', 'nexus.access.request', 'nexus.access.listened', 'nexus.access.tick', 'nexus.access.close'],
      arbitrary: fc.record({ bytes: fc.array(byte, { minLength: 8, maxLength: 8 }), slotMs: fc.integer({ min: 1, max: 5000 }) }),
      trial: async ({ bytes, slotMs }, talk) => {
        let now = 1000;
        const session = textIn(await talk.want('nexus.access.open', { slotMs, stepMs: 5, now }), 'session');
        await talk.want('nexus.access.request', { session, heard: false, entropy: '00', now });
        for (const [i, drawn] of bytes.entries()) {
          const answer = await talk.want('nexus.access.listened', { session, busy: true, entropy: hexOf(drawn), now });
          if (i === 7) {
            demand(talk, answer, 'events', [{ type: 'given-up' }], 'NXS-BKO-005', 'A channel that was busy eight times is not given up.');
          } else {
            now += backOffMs(drawn, i + 1, slotMs);
            demand(talk, answer, 'timeoutAt', now, 'NXS-BKO-002', 'The back-off is not as long as was drawn.');
            await talk.want('nexus.access.tick', { session, now });
          }
        }
        await talk.want('nexus.access.close', { session });
      },
    }),
    property({
      name: 'nexus.queue/part-of-bulk',
      requirement: 'NXS-QUE-002',
      title: 'Of what is sent while bulk waits, a tenth is bulk',
      operations: ['nexus.queue.open', 'nexus.queue.enqueue', 'nexus.queue.link', 'nexus.queue.take', 'nexus.queue.close'],
      arbitrary: fc.record({
        bulk: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 20, maxLength: 20 }),
        others: fc.array(fc.record({ priority: fc.nat(2), length: fc.integer({ min: 1, max: 60 }) }), { minLength: 30, maxLength: 30 }),
      }),
      trial: async ({ bulk, others }, talk) => {
        const now = 1000;
        const session = textIn(await talk.want('nexus.queue.open', { now }), 'session');
        const packetOf = (priority: number, length: number): string => hexOf(priority).repeat(length);
        for (const length of bulk) await talk.want('nexus.queue.enqueue', { session, priority: 3, packet: packetOf(3, length), now });
        for (const { priority, length } of others)
          await talk.want('nexus.queue.enqueue', { session, priority, packet: packetOf(priority, length), now });
        const sent = { bulk: 0, other: 0 };
        for (let i = 0; i < others.length; i++) {
          const answer = await talk.want('nexus.queue.take', { session, now });
          const [packet] = listIn(answer, 'transmit');
          const length = String(packet).length / 2;
          if (String(packet).startsWith('03')) sent.bulk += length;
          else sent.other += length;
          // Short of its part by one packet at most, of which the longest has 60 bytes.
          const isShort = sent.other > 9 * sent.bulk + 60;
          if (isShort && sent.bulk < bulk.reduce((sum, one) => sum + one, 0))
            talk.violated({
              requirement: 'NXS-QUE-002',
              expect: { ok: { ...answer, transmit: [packetOf(3, bulk[0] ?? 1)] } },
              explanation: `${String(sent.bulk)} bytes of bulk were sent, and ${String(sent.other)} of the others.`,
            });
          await talk.want('nexus.queue.link', { session, free: true, now });
        }
        await talk.want('nexus.queue.close', { session });
      },
    }),
    property({
      name: 'nexus.announce-share/any-hour',
      requirement: 'NXS-ASH-002',
      title: 'Whatever hour is looked at, announces take no more than their share',
      operations: ['nexus.announce-share.open', 'nexus.announce-share.send', 'nexus.announce-share.close'],
      arbitrary: fc.record({
        budgetUs: fc.integer({ min: 4_000, max: 400_000_000 }),
        sends: fc.array(fc.record({ part: fc.integer({ min: 1, max: 100 }), gapMs: fc.nat(1_500_000) }), { minLength: 1, maxLength: 30 }),
      }),
      trial: async ({ budgetUs, sends }, talk) => {
        let now = 1000;
        const session = textIn(await talk.want('nexus.announce-share.open', { budgetUs, now }), 'session');
        const share = shareUs(budgetUs);
        const granted: { readonly at: number; readonly us: number }[] = [];
        for (const { part, gapMs } of sends) {
          now += gapMs;
          const airtimeUs = Math.max(1, Math.floor((share * part) / 100));
          const answer = await talk.want('nexus.announce-share.send', { session, airtimeUs, now });
          const counting = granted.filter(({ at }) => at + 3_600_000 > now).reduce((sum, { us }) => sum + us, 0);
          const fits = counting + airtimeUs <= share;
          if (fits) granted.push({ at: now, us: airtimeUs });
          const [event] = listIn(answer, 'events') as readonly JsonObject[];
          if ((event?.['type'] === 'granted') !== fits)
            talk.violated({
              requirement: fits ? 'NXS-ASH-002' : 'NXS-ASH-003',
              expect: { ok: { ...answer, events: [fits ? { type: 'granted', airtimeUs } : { type: 'withheld' }] } },
              explanation: `${String(counting)} of ${String(share)} µs are used, and the announce takes ${String(airtimeUs)}.`,
            });
        }
        await talk.want('nexus.announce-share.close', { session });
      },
    }),
  ];
}
