/** The cases of objects besides the traces of their machines. */
import { machineTraces, namedTraces } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { chunkCases } from './chunks.ts';
import { headerCases } from './headers.ts';
import { objectCases } from './objects.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'header', fill: ({ batch }) => headerCases(batch) },
    { subject: 'object', fill: ({ batch }) => objectCases(batch) },
    { subject: 'chunk', fill: ({ oracle, batch }) => chunkCases(oracle, batch) },
    {
      subject: 'transfer',
      fill: ({ oracle, batch }) => {
        machineTraces(oracle, batch, 'nexus.transfer');
        namedTraces(oracle, batch, 'nexus.transfer');
      },
    },
    {
      subject: 'update',
      fill: ({ oracle, batch }) => {
        machineTraces(oracle, batch, 'nexus.mutables');
        namedTraces(oracle, batch, 'nexus.mutables');
      },
    },
  ],
  mutated: [], // nobody has gone through its survivors yet
};
