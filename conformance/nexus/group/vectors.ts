/** The cases of groups besides the traces of their machines. */
import { tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';

export const vectors: TopicVectors = {
  subjects: [tracedSubject('group-admin', 'nexus.group.admin'), tracedSubject('group-member', 'nexus.group.member')],
  mutated: [], // nobody has gone through its survivors yet
};
