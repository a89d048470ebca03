/** telehash E3X: what all its topics share. */
import type { AreaModule } from '../suites/modules.ts';
import { cloakConfirmer } from './cloak/confirm.ts';
import { contactConfirmer } from './contact/confirm.ts';
import { importEvidence } from './evidence.ts';
import { hashnameConfirmer } from './hashname/confirm.ts';
import { joseConfirmer } from './jose/confirm.ts';
import { packetConfirmer } from './packet/confirm.ts';
import { E3X_PRIMITIVES } from './primitives.ts';
import { tokenConfirmer } from './token/confirm.ts';
import { TOPICS } from './topics.ts';

export const E3X: AreaModule = {
  area: 'e3x',
  topics: TOPICS,
  primitives: E3X_PRIMITIVES,
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
