/** The cases of LoRa besides the traces of its machines. */
import { machineTraces, tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { airtimeCases, presetCases } from './airtime.ts';
import { chunkCases, limitCases } from './chunks.ts';
import { splitCases } from './frames.ts';
import { regionCases } from './regions.ts';

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'airtime',
      fill: ({ root, batch }) => {
        airtimeCases(root, batch);
        presetCases(batch);
      },
    },
    {
      subject: 'frame',
      fill: ({ oracle, batch }) => {
        splitCases(batch);
        machineTraces(oracle, batch, 'nexus.frames');
      },
    },
    tracedSubject('duty', 'nexus.duty'),
    {
      subject: 'region',
      fill: ({ batch }) => {
        regionCases(batch);
        limitCases(batch);
        chunkCases(batch);
      },
    },
  ],
  mutated: ['nexus.lora.', 'nexus.frames.', 'nexus.duty.'],
};
