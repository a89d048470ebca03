/** The vectors of proofs: cases, and the traces of those who challenge and those who are challenged. */
import { tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { agreementCases } from './agreements.ts';
import { proofCases, ticketCases } from './proofs.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'proof', fill: ({ oracle, batch }) => proofCases(oracle, batch) },
    { subject: 'ticket', fill: ({ batch }) => ticketCases(batch) },
    { subject: 'agreement', fill: ({ batch }) => agreementCases(batch) },
    tracedSubject('audit', 'nexus.audit'),
    tracedSubject('provider', 'nexus.provider'),
  ],
  mutated: [], // nobody has gone through its survivors yet
};
