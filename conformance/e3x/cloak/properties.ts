/** What holds for every packet under cloaks. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { toHex } from '../../oracle/values.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { anyNonces, cloakablePacket, hints } from './arbitraries.ts';
import { cloakFlows } from './cross.ts';

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, cloakProperties),
  hints,
  flows: cloakFlows,
};

function cloakProperties(property: Bind): Check[] {
  const apply = 'e3x.cloak.apply';
  const remove = 'e3x.cloak.remove';
  return [
    property({
      name: 'e3x.cloak.apply/round-trip',
      requirement: 'E3X-CLK-003',
      title: 'Removing the cloak gives the packet and the number of rounds back',
      operations: [apply, remove],
      arbitrary: fc.record({ packet: cloakablePacket().map(toHex), nonces: anyNonces().map((nonces) => nonces.map(toHex)) }),
      trial: async ({ packet, nonces }, talk) => {
        const answer = await talk.want(apply, { packet, nonces });
        const cloaked = textIn(answer, 'cloaked');
        const length = packet.length + 16 * nonces.length;
        if (cloaked.length !== length)
          talk.violated({
            requirement: 'E3X-CLK-003',
            expect: { ok: {} },
            member: 'cloaked',
            explanation: `Cloaked bytes are 8 longer for each round: ${String(length / 2)} bytes here, not ${String(cloaked.length / 2)}.`,
          });
        const bare = await talk.want(remove, { cloaked });
        demand(talk, bare, 'rounds', nonces.length, 'E3X-CLK-004', 'The rounds removed are not the rounds applied.');
        demand(talk, bare, 'packet', packet, 'E3X-CLK-003', 'Uncloaking did not give back the packet that was cloaked.');
      },
    }),
    property({
      name: 'e3x.cloak.remove/plain',
      requirement: 'E3X-CLK-005',
      title: 'A packet that begins with zero passes unchanged, with 0 rounds',
      operations: [remove],
      arbitrary: cloakablePacket().map(toHex),
      trial: async (packet, talk) => {
        const bare = await talk.want(remove, { cloaked: packet });
        demand(talk, bare, 'packet', packet, 'E3X-CLK-005', 'A plain packet was changed.');
        demand(talk, bare, 'rounds', 0, 'E3X-CLK-005', 'Rounds were counted although there were none.');
      },
    }),
  ];
}
