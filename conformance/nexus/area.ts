/** NEXUS on the air: what all its topics share. */
import type { AreaModule } from '../suites/modules.ts';
import { announceConfirmer } from './announce/confirm.ts';
import { congestionConfirmer } from './congestion/confirm.ts';
import { envelopeConfirmer } from './envelope/confirm.ts';
import { groupConfirmer } from './group/confirm.ts';
import { identityConfirmer } from './identity/confirm.ts';
import { linkConfirmer } from './link/confirm.ts';
import { airtimeConfirmer } from './lora/confirm.ts';
import { objectConfirmer } from './object/confirm.ts';
import { packetConfirmer } from './packet/confirm.ts';
import { paymentConfirmer } from './payment/confirm.ts';
import { pathCostConfirmer } from './path-cost/confirm.ts';
import { NEXUS_PRIMITIVES } from './primitives.ts';
import { proofConfirmer } from './proof/confirm.ts';
import { recordConfirmer } from './record/confirm.ts';
import { relayConfirmer } from './relay/confirm.ts';
import { TOPICS } from './topics.ts';

export const NEXUS: AreaModule = {
  area: 'nexus',
  topics: TOPICS,
  primitives: NEXUS_PRIMITIVES,
  confirmers: async ({ layouts }) => [
    await identityConfirmer(),
    airtimeConfirmer(),
    pathCostConfirmer(),
    await packetConfirmer(layouts),
    await envelopeConfirmer(),
    await announceConfirmer(),
    await linkConfirmer(),
    congestionConfirmer(),
    await recordConfirmer(layouts),
    objectConfirmer(),
    relayConfirmer(),
    proofConfirmer(),
    paymentConfirmer(),
    groupConfirmer(),
  ],
  isDrawn: true,
};
