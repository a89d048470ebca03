/** Interpeer: what all its topics share. */
import type { AreaModule } from '../suites/modules.ts';
import { importChannelerEvidence } from './evidence.ts';
import { packetConfirmers } from './packet/confirm.ts';
import { INTERPEER_PRIMITIVES } from './primitives.ts';
import { TOPICS } from './topics.ts';

export const INTERPEER: AreaModule = {
  area: 'interpeer',
  topics: TOPICS,
  primitives: INTERPEER_PRIMITIVES,
  confirmers: packetConfirmers,
  evidence: ({ root, oracle, into }) => importChannelerEvidence(root, oracle, into('evidence-channeler')),
  isDrawn: false,
};
