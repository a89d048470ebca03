/** KILT messaging: what all its topics share. */
import type { AreaModule } from '../suites/modules.ts';
import { didConfirmer } from './did/confirm.ts';
import { KILT_PRIMITIVES } from './did/primitives.ts';
import { envelopeConfirmer } from './envelope/confirm.ts';
import { importKiltEvidence } from './evidence.ts';
import { messageConfirmer } from './message/confirm.ts';
import { TOPICS } from './topics.ts';

export const KILT: AreaModule = {
  area: 'kilt',
  topics: TOPICS,
  primitives: KILT_PRIMITIVES,
  confirmers: async (_spec, oracle) => [await envelopeConfirmer(oracle), didConfirmer(), messageConfirmer()],
  evidence: ({ root, oracle, into }) => importKiltEvidence(root, oracle, into('evidence-kilt')),
  isDrawn: false,
};
