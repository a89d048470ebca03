/** What holds for all announces: what is written is read as it was, over any number of relays, and damage shows. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { nodeOf } from '../identity/people.ts';
import { announceByHand, BEACON_DESTINATION, optionHex } from './made.ts';

const seed = bytesExactly(32).map(toHex);
const id = bytesExactly(16).map(toHex);
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => Buffer.byteLength(text, 'utf8') <= 64);
const relays = fc.uniqueArray(id, { minLength: 1, maxLength: 4 }).map((ids) => [...ids].sort());
const written = fc
  .record({ seed, sequence: u64, label, capabilities: fc.nat(65_535), relays }, { requiredKeys: ['seed', 'sequence'] })
  .map((input): JsonObject => ({ ...input }));
/** Packets, most of them right. */
const packet = fc
  .record({ seed, sequence: u64, capabilities: fc.nat(65_535), cost: fc.nat(1024), hopCount: fc.nat(126) })
  .map(({ seed: given, sequence, capabilities, cost, hopCount }) =>
    announceByHand({
      node: nodeOf(fromHex(given)),
      sequence,
      options: optionHex(2, toHex(Uint8Array.of(capabilities & 255, capabilities >> 8))),
      pathCost: toHex(Uint8Array.of(cost & 255, cost >> 8, 40, 0, 81, hopCount)),
    }),
  );
const relay = fc.record({ id, own: fc.oneof(fc.constant('0'), u64), latencyMs: fc.nat(65_535), bitsPerSecond: u64 });
const beaconPacket = fc
  .record({ front: bytesExactly(16), rest: bytesExactly(4) })
  .map(({ front, rest }) => `0800${BEACON_DESTINATION}42${toHex(front)}${toHex(rest)}`);
const beacon = fc.record({ id, capabilities: fc.nat(65_535), costTier: fc.nat(255), load: fc.nat(255) });

const hints: Hints = {
  params: {
    'nexus.announce.read.packet': () => packet,
    'nexus.announce.relay.packet': () => packet,
    'nexus.announce.relay.id': () => id,
    'nexus.announce.relays.data': () => relays.map((ids) => ids.join('')),
    'nexus.announce.write.label': () => label,
    'nexus.announce.write.relays': () => relays,
    'nexus.beacon.read.packet': () => beaconPacket,
    'nexus.beacon.write.id': () => id,
  },
  requests: {
    'nexus.announce.write': () => written,
    'nexus.announce.read': () => packet.map((given) => ({ packet: given })),
    'nexus.announce.relay': () => fc.record({ packet, relay }).map(({ packet: given, relay: by }) => ({ packet: given, ...by })),
    'nexus.announce.relays': () => relays.map((ids) => ({ data: ids.join('') })),
    'nexus.beacon.write': () => beacon,
    'nexus.beacon.interval': () => fc.record({ airtimeUs: fc.nat(10_000_000), budgetUs: fc.integer({ min: 1, max: 3_600_000_000 }) }),
  },
};

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property) => announceProperties(property)),
  hints,
};

function announceProperties(property: Bind): Check[] {
  const [write, read, forward, score] = ['nexus.announce.write', 'nexus.announce.read', 'nexus.announce.relay', 'nexus.announce.score'];
  return [
    property({
      name: 'nexus.announce.read/round-trip',
      requirement: 'NXS-ANN-004',
      title: 'What a node writes is read as it was, also after a relay',
      operations: [write, read, forward],
      arbitrary: fc.record({ input: written, relay }),
      trial: async ({ input, relay: by }, talk) => {
        const origin = textIn(await talk.want(write, input), 'packet');
        const relayed = textIn(await talk.want(forward, { packet: origin, ...by }), 'packet');
        for (const [given, hopCount] of [
          [origin, 0],
          [relayed, 1],
        ] as const) {
          const back = await talk.want(read, { packet: given });
          demand(talk, back, 'sequence', input['sequence'] ?? '', 'NXS-ANN-002', 'The sequence number is read as another.');
          demand(talk, back, 'hopCount', hopCount, 'NXS-ANN-008', 'The hop count is read as another.');
          for (const member of ['label', 'capabilities', 'relays'])
            if (input[member] !== undefined)
              demand(talk, back, member, input[member], 'NXS-ANN-011', `An option is read as another: ${member}.`);
        }
      },
    }),
    property({
      name: 'nexus.announce.read/damaged',
      requirement: 'NXS-ANN-005',
      title: 'A damaged announce is refused, or differs in its path cost alone',
      operations: [read],
      arbitrary: mutatedBytes(packet.map(fromHex)).map(toHex),
      trial: (given, talk) => talk.agree(read, { packet: given }, { anyClass: true }),
    }),
    property({
      name: 'nexus.announce.score/relay',
      requirement: 'NXS-ANN-018',
      title: 'A path scores worse with each relay',
      operations: [score, 'nexus.pathcost.relay'],
      arbitrary: fc.record({ cost: fc.nat(1024), latency: fc.nat(65_535), bottleneck: fc.nat(255), relay }),
      trial: async ({ cost, latency, bottleneck, relay: { id: _, ...by } }, talk) => {
        const before = toHex(Uint8Array.of(cost & 255, cost >> 8, latency & 255, latency >> 8, bottleneck, 3));
        const { pathCost = '' } = await talk.want('nexus.pathcost.relay', { pathCost: before, ...by });
        const scores: bigint[] = [];
        for (const path of [before, pathCost]) scores.push(BigInt(textIn(await talk.want(score, { pathCost: path }), 'score')));
        const [first = 0n, second = 0n] = scores;
        if (second <= first)
          talk.violated({
            requirement: 'NXS-ANN-018',
            expect: { ok: { score: String(first + 1n) } },
            explanation: 'A path scores no worse after a relay.',
          });
      },
    }),
    property({
      name: 'nexus.beacon.read/round-trip',
      requirement: 'NXS-BCN-002',
      title: 'A beacon is read as it was written',
      operations: ['nexus.beacon.write', 'nexus.beacon.read'],
      arbitrary: beacon,
      trial: async (given, talk) => {
        const back = await talk.want('nexus.beacon.read', { packet: textIn(await talk.want('nexus.beacon.write', given), 'packet') });
        for (const [member, right] of Object.entries(given)) demand(talk, back, member, right, 'NXS-BCN-002', `Another ${member} is read.`);
      },
    }),
  ];
}
