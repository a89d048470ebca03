/** The topics of Interpeer: each line is one file below `vectors/interpeer/`. */
import { connectionCases, coveringCases, encryptionCases, keyOfferCases, namedCases } from './connection/vectors.ts';
import { establishmentCases } from './establishment/vectors.ts';
import { partOf } from '../mutants/spec-mutations.ts';
import { importChannelerEvidence } from './evidence.ts';
import { forgeryCases } from './cookie/forgery.ts';
import { cookieCases, messageCases } from './message/vectors.ts';
import { bundleCases, dataCases, engineCases } from './data/vectors.ts';
import { channelIdCases, packetCases, varintCases } from './packet/vectors.ts';
import type { AreaTopics, Topic } from '../generate/topics.ts';

export const INTERPEER_TOPICS: readonly Topic[] = [
  { topic: 'varint', fill: ({ oracle, batch }) => varintCases(oracle, batch) },
  {
    topic: 'packet',
    fill: ({ oracle, batch }) => {
      packetCases(oracle, batch);
      channelIdCases(batch);
    },
  },
  { topic: 'messages', fill: ({ oracle, batch }) => messageCases(oracle, batch) },
  { topic: 'cookies', fill: ({ oracle, batch }) => cookieCases(oracle, batch) },
  { topic: 'bundles', fill: ({ oracle, batch }) => bundleCases(oracle, batch) },
  { topic: 'data', fill: ({ oracle, batch }) => dataCases(oracle, batch) },
  { topic: 'engine', fill: ({ oracle, batch }) => engineCases(oracle, batch) },
  {
    topic: 'encryption',
    fill: ({ oracle, batch }) => {
      encryptionCases(oracle, batch);
      coveringCases(oracle, batch, 'interpeer.crypto');
    },
  },
  {
    topic: 'connections',
    fill: ({ oracle, batch }) => {
      keyOfferCases(oracle, batch);
      connectionCases(oracle, batch);
      coveringCases(oracle, batch, 'interpeer.connection');
      namedCases(oracle, batch, 'interpeer.connection');
    },
  },
  { topic: 'establishment', fill: ({ oracle, batch }) => establishmentCases(oracle, batch) },
  { topic: 'forgery', fill: ({ oracle, batch }) => forgeryCases(oracle, batch) },
  { topic: 'evidence-channeler', fill: ({ root, oracle, batch, explain }) => explain(importChannelerEvidence(root, oracle, batch)) },
];

/** What spec mutation asks again: the wire. */
export const INTERPEER_MUTATION: NonNullable<AreaTopics['mutation']> = {
  part: (spec) =>
    partOf(spec, [
      'interpeer.varint.',
      'interpeer.protocolid.',
      'interpeer.packet.',
      'interpeer.channelid.',
      'interpeer.messages.',
      'interpeer.cookie.',
    ]),
  survivors: 'interpeer-spec-survivors.yaml',
  namedTraces: [],
  constantSessions: () => [],
};
