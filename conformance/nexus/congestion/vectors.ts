/** The cases of congestion besides the traces of its machines. */
import { sessionTraces, tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { shareCases, signalCases, timingCases } from './signals.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'signal', fill: ({ batch }) => signalCases(batch) },
    tracedSubject('queue', 'nexus.queue'),
    {
      subject: 'access',
      fill: ({ oracle, batch }) => {
        timingCases(batch);
        sessionTraces(oracle, batch, 'nexus.access');
      },
    },
    {
      subject: 'announce-share',
      fill: ({ oracle, batch }) => {
        shareCases(batch);
        sessionTraces(oracle, batch, 'nexus.announce-share');
      },
    },
  ],
  mutated: ['nexus.congestion.', 'nexus.queue.', 'nexus.access.', 'nexus.announce-share.'],
};
