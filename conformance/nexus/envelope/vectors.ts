/** The cases of envelopes and contents. */
import { tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { attachmentCases } from './attachments.ts';
import { contentCases } from './contents.ts';
import { envelopeCases } from './envelopes.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'envelope', fill: ({ oracle, batch }) => envelopeCases(oracle, batch) },
    { subject: 'content', fill: ({ oracle, batch }) => contentCases(oracle, batch) },
    { subject: 'attachment', fill: ({ oracle, batch }) => attachmentCases(oracle, batch) },
    tracedSubject('memory', 'nexus.message-memory'),
  ],
  mutated: ['nexus.attachment.', 'nexus.content.', 'nexus.envelope.', 'nexus.message.', 'nexus.message-memory.'],
};
