/** The cases of links besides the traces of their machines. */
import { tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { fragmentCases } from './fragment-cases.ts';
import { handshakeCases } from './handshakes.ts';
import { sealedCases } from './packets.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'handshake', fill: ({ oracle, batch }) => handshakeCases(oracle, batch) },
    { subject: 'sealed', fill: ({ oracle, batch }) => sealedCases(oracle, batch) },
    { subject: 'fragment', fill: ({ batch }) => fragmentCases(batch) },
    tracedSubject('link', 'nexus.link'),
    tracedSubject('keys', 'nexus.linkkeys'),
    tracedSubject('idle', 'nexus.idle'),
    tracedSubject('assembly', 'nexus.assembly'),
  ],
  mutated: ['nexus.assembly.', 'nexus.fragments.', 'nexus.idle.', 'nexus.link.', 'nexus.linkkeys.', 'nexus.rekey.', 'nexus.sealed.'],
};
