/** telehash E3X: what all its topics share. */
import type { AreaModule } from '../suites/modules.ts';
import { codecConfirmer, kaitaiConfirmer, libraryConfirmers } from './confirm.ts';
import { importEvidence } from './evidence.ts';
import { CHANNEL_PRIMITIVES } from './primitives.ts';
import { TOPICS } from './topics.ts';

export const E3X: AreaModule = {
  area: 'e3x',
  topics: TOPICS,
  primitives: CHANNEL_PRIMITIVES,
  confirmers: async (spec) => [await kaitaiConfirmer(spec.layouts), ...libraryConfirmers(), codecConfirmer],
  evidence: ({ root, oracle, into }) => importEvidence(root, oracle, into('evidence-lob-enc'), into('evidence-hashname')),
  isDrawn: true,
};
