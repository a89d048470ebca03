/** The topics of KILT. */
import { lifecycle, machineTraces } from '../generate/sessions.ts';
import type { TopicModule } from '../suites/modules.ts';
import { kiltFlows } from './cross.ts';
import { didCases } from './did/vectors.ts';
import { envelopeCases } from './envelope/vectors.ts';
import { messageRuleCases, messageSchemaCases } from './message/vectors.ts';
import { kiltChecks } from './properties.ts';
import { KILT_TRACES, replayCases } from './replay/vectors.ts';

export const TOPICS: readonly TopicModule[] = [
  {
    topic: 'did',
    vectors: {
      subjects: [{ subject: 'dids', fill: ({ oracle, batch }) => didCases(oracle, batch) }],
      mutated: ['kilt.did.', 'kilt.keyuri.'],
    },
  },
  {
    topic: 'envelope',
    vectors: {
      subjects: [{ subject: 'envelopes', fill: ({ oracle, batch }) => envelopeCases(oracle, batch) }],
      mutated: ['kilt.envelope.'],
    },
    properties: { checks: kiltChecks, flows: (_oracle, vectors) => kiltFlows(vectors) },
  },
  {
    topic: 'message',
    vectors: {
      subjects: [
        {
          subject: 'messages',
          fill: ({ root, oracle, batch }) => {
            messageSchemaCases(root, oracle, batch);
            messageRuleCases(root, oracle, batch);
          },
        },
      ],
      mutated: ['kilt.message.'],
    },
  },
  {
    topic: 'replay',
    vectors: {
      subjects: [
        {
          subject: 'replay',
          fill: ({ oracle, batch }) => {
            machineTraces(oracle, batch, 'kilt.replay');
            replayCases(oracle, batch);
            lifecycle(
              oracle,
              batch,
              'kilt.replay',
              'KLT-RPL-011',
              { windowMs: 100, skewMs: 10 },
              { 'kilt.replay.check': { ciphertext: '00'.repeat(16), senderKey: '07'.repeat(32), createdAt: 1000, messageId: 'm' } },
            );
          },
        },
      ],
      namedTraces: KILT_TRACES,
      mutated: ['kilt.replay.'],
    },
  },
];
