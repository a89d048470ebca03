/** The cases of groups besides the traces of their machines. */
import { tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { contractCases, messageCases } from './messages.ts';
import { stateCases } from './states.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'group-state', fill: ({ batch }) => stateCases(batch) },
    { subject: 'group-message', fill: ({ batch }) => messageCases(batch) },
    { subject: 'group-contract', fill: ({ batch }) => contractCases(batch) },
    tracedSubject('group-admin', 'nexus.group.admin'),
    tracedSubject('group-member', 'nexus.group.member'),
  ],
  mutated: [], // nobody has gone through its survivors yet
};
