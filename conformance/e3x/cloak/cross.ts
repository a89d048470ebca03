/** What two implementations can do together with cloaked packets. */
import fc from 'fast-check';
import { flow, type Flow } from '../../cross/flow.ts';
import { toHex } from '../../oracle/values.ts';
import { textIn } from '../../suites/property.ts';
import { anyNonces, cloakablePacket } from './arbitraries.ts';

/** Cases at effort 1. */
const RUNS = 12;

/** The flows of cloaking. */
export function cloakFlows(): Flow[] {
  return [
    flow({
      id: 'e3x.cloak',
      title: 'a packet under one or more cloaks',
      requirement: 'E3X-CLK-003',
      producer: ['e3x.cloak.apply'],
      consumer: ['e3x.cloak.remove'],
      entropy: true,
      runs: RUNS,
      arbitrary: fc.record({ packet: cloakablePacket().map(toHex), nonces: anyNonces(3).map((nonces) => nonces.map(toHex)) }),
      trial: async (input, talk) => {
        const bare = await talk.consume('e3x.cloak.remove', { cloaked: textIn(await talk.produce('e3x.cloak.apply', input), 'cloaked') });
        await talk.demand(bare, 'packet', input.packet);
        await talk.demand(bare, 'rounds', input.nonces.length, 'E3X-CLK-004');
      },
    }),
  ];
}
