/** KILT messaging: what all its topics share. */
import type { AreaModule } from '../suites/modules.ts';
import { kiltConfirmers } from './confirm.ts';
import { importKiltEvidence } from './evidence.ts';
import { KILT_PRIMITIVES } from './primitives.ts';
import { TOPICS } from './topics.ts';

export const KILT: AreaModule = {
  area: 'kilt',
  topics: TOPICS,
  primitives: KILT_PRIMITIVES,
  confirmers: kiltConfirmers,
  evidence: ({ root, oracle, into }) => importKiltEvidence(root, oracle, into('evidence-kilt')),
  isDrawn: false,
};
