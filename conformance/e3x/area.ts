/** telehash E3X: what all its topics share. */
import type { AreaModule } from '../suites/modules.ts';
import { CHANNEL_TYPE_PRIMITIVES } from './channel-type/primitives.ts';
import { cloakConfirmer } from './cloak/confirm.ts';
import { COMPRESSION_PRIMITIVES } from './compression/primitives.ts';
import { contactConfirmer } from './contact/confirm.ts';
import { importEvidence } from './evidence.ts';
import { hashnameConfirmer } from './hashname/confirm.ts';
import { joseConfirmer } from './jose/confirm.ts';
import { packetConfirmer } from './packet/confirm.ts';
import { tokenConfirmer } from './token/confirm.ts';
import { TOPICS } from './topics.ts';

export const E3X: AreaModule = {
  area: 'e3x',
  topics: TOPICS,
  primitives: { ...COMPRESSION_PRIMITIVES, ...CHANNEL_TYPE_PRIMITIVES },
  confirmers: async ({ layouts }) => [
    await packetConfirmer(layouts),
    await tokenConfirmer(layouts),
    cloakConfirmer(),
    hashnameConfirmer(),
    joseConfirmer,
    contactConfirmer,
  ],
  evidence: ({ root, oracle, into }) => importEvidence(root, oracle, into('evidence-lob-enc'), into('evidence-hashname')),
  isDrawn: true,
};
