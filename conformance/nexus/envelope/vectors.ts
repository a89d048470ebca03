/** The cases of envelopes and contents. */
import type { TopicVectors } from '../../suites/modules.ts';
import { attachmentCases } from './attachments.ts';
import { contentCases } from './contents.ts';
import { envelopeCases } from './envelopes.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'envelope', fill: ({ oracle, batch }) => envelopeCases(oracle, batch) },
    { subject: 'content', fill: ({ oracle, batch }) => contentCases(oracle, batch) },
    { subject: 'attachment', fill: ({ oracle, batch }) => attachmentCases(oracle, batch) },
  ],
  mutated: [], // nobody has gone through its survivors yet
};
