/** The cases of announces, routes and beacons. */
import { sessionTraces } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { announceCases } from './announces.ts';
import { beaconCases } from './beacons.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'announce', fill: ({ oracle, batch }) => announceCases(oracle, batch) },
    { subject: 'beacon', fill: ({ oracle, batch }) => beaconCases(oracle, batch) },
    {
      subject: 'route',
      fill: ({ oracle, batch }) => {
        for (const session of ['nexus.routes', 'nexus.announcer']) {
          sessionTraces(oracle, batch, session);
        }
      },
    },
  ],
  mutated: ['nexus.announce.', 'nexus.announcer.', 'nexus.beacon.', 'nexus.routes.'],
};
