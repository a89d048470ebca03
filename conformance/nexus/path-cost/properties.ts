/** What holds for all costs: a code stands for a cost that has this code or the one beside it, and relays never lower it. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { toHex } from '../../oracle/values.ts';
import type { Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, type Bind } from '../../suites/property.ts';

const code = fc.integer({ min: 0, max: 1024 });
const amount = fc
  .tuple(fc.integer({ min: 0, max: 63 }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
  .map(([shift, bits]) => String(bits >> BigInt(shift)));
const pathCost = fc
  .record({ code, latency: fc.nat(65_535), bottleneck: fc.nat(255), hops: fc.oneof(fc.nat(127), fc.constant(126)) })
  .map(({ code: cost, latency, bottleneck, hops }) =>
    toHex(Uint8Array.of(cost & 255, cost >> 8, latency & 255, latency >> 8, bottleneck, hops)),
  );

const hints: Hints = {
  params: {
    'value': () => amount,
    'own': () => fc.oneof(fc.constant('0'), amount),
    'bitsPerSecond': () => amount,
    'nexus.pathcost.decode.code': () => code,
    'nexus.pathcost.add.code': () => code,
  },
  layouts: { 'nexus.path-cost': () => pathCost.map((hex) => Uint8Array.from(Buffer.from(hex, 'hex'))) },
};

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property) => pathCostProperties(property)),
  hints,
};

function pathCostProperties(property: Bind): Check[] {
  const [encode, decode, add] = ['nexus.pathcost.encode', 'nexus.pathcost.decode', 'nexus.pathcost.add'];
  return [
    property({
      name: 'nexus.pathcost.decode/encode',
      requirement: 'NXS-PCT-005',
      title: 'From 100 on, a code stands for a cost that has this code',
      operations: [encode, decode],
      arbitrary: fc.integer({ min: 100, max: 1024 }),
      trial: async (given, talk) => {
        const { value = '' } = await talk.want(decode, { code: given });
        demand(talk, await talk.want(encode, { value }), 'code', given, 'NXS-PCT-005', 'A code stands for a cost with another code.');
      },
    }),
    property({
      name: 'nexus.pathcost.add/free',
      requirement: 'NXS-PCT-008',
      title: 'A relay that takes nothing changes no code',
      operations: [add],
      arbitrary: code,
      trial: async (given, talk) => {
        demand(talk, await talk.want(add, { code: given, own: '0' }), 'code', given, 'NXS-PCT-008', 'A free relay changed the code.');
      },
    }),
  ];
}
