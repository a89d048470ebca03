/** The cases of links besides the traces of their machines. */
import { machineTraces, namedTraces } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { fragmentCases } from './fragment-cases.ts';
import { handshakeCases } from './handshakes.ts';
import { sealedCases } from './packets.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'handshake', fill: ({ oracle, batch }) => handshakeCases(oracle, batch) },
    { subject: 'sealed', fill: ({ oracle, batch }) => sealedCases(oracle, batch) },
    { subject: 'fragment', fill: ({ batch }) => fragmentCases(batch) },
    {
      subject: 'link',
      fill: ({ oracle, batch }) => {
        machineTraces(oracle, batch, 'nexus.link');
        namedTraces(oracle, batch, 'nexus.link');
      },
    },
    {
      subject: 'keys',
      fill: ({ oracle, batch }) => {
        machineTraces(oracle, batch, 'nexus.linkkeys');
        namedTraces(oracle, batch, 'nexus.linkkeys');
      },
    },
    {
      subject: 'idle',
      fill: ({ oracle, batch }) => {
        machineTraces(oracle, batch, 'nexus.idle');
        namedTraces(oracle, batch, 'nexus.idle');
      },
    },
    {
      subject: 'assembly',
      fill: ({ oracle, batch }) => {
        machineTraces(oracle, batch, 'nexus.assembly');
        namedTraces(oracle, batch, 'nexus.assembly');
      },
    },
  ],
  mutated: [], // nobody has gone through its survivors yet
};
