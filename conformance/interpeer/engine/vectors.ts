/** Vectors of the engine: its machines. */
import { machineTraces } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';

export const vectors: TopicVectors = {
  // The calls that an engine refuses; what it does with a peer is for the scenarios.
  subjects: [{ subject: 'engine', fill: ({ oracle, batch }) => machineTraces(oracle, batch, 'interpeer.engine') }],
  mutated: ['interpeer.engine.'],
};
