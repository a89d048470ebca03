/** The cases of objects besides the traces of their machines. */
import { tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { chunkCases } from './chunks.ts';
import { headerCases } from './headers.ts';
import { objectCases } from './objects.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'header', fill: ({ batch }) => headerCases(batch) },
    { subject: 'object', fill: ({ batch }) => objectCases(batch) },
    { subject: 'chunk', fill: ({ oracle, batch }) => chunkCases(oracle, batch) },
    tracedSubject('transfer', 'nexus.transfer'),
    tracedSubject('update', 'nexus.mutables'),
  ],
  mutated: ['nexus.object.', 'nexus.chunks.', 'nexus.get.', 'nexus.merkle.', 'nexus.transfer.', 'nexus.mutables.'],
};
