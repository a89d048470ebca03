/** The cases of congestion besides the traces of its machines. */
import { machineTraces, namedTraces } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { shareCases, signalCases, timingCases } from './signals.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'signal', fill: ({ batch }) => signalCases(batch) },
    {
      subject: 'queue',
      fill: ({ oracle, batch }) => {
        machineTraces(oracle, batch, 'nexus.queue');
        namedTraces(oracle, batch, 'nexus.queue');
      },
    },
    {
      subject: 'access',
      fill: ({ oracle, batch }) => {
        timingCases(batch);
        machineTraces(oracle, batch, 'nexus.access');
        namedTraces(oracle, batch, 'nexus.access');
      },
    },
    {
      subject: 'announce-share',
      fill: ({ oracle, batch }) => {
        shareCases(batch);
        machineTraces(oracle, batch, 'nexus.announce-share');
        namedTraces(oracle, batch, 'nexus.announce-share');
      },
    },
  ],
  mutated: ['nexus.congestion.', 'nexus.queue.', 'nexus.access.', 'nexus.announce-share.'],
};
