/** The topics of Interpeer. */
import type { TopicModule } from '../suites/modules.ts';
import { connectionCases, coveringCases, encryptionCases, keyOfferCases, namedCases } from './connection/vectors.ts';
import { connectionChecks } from './connection/properties.ts';
import { forgeryCases } from './cookie/forgery.ts';
import { bundleCases, dataCases, engineCases } from './data/vectors.ts';
import { interpeerEngineChecks } from './engine/properties.ts';
import { establishmentChecks } from './establishment/properties.ts';
import { establishmentCases } from './establishment/vectors.ts';
import { cookieCases, messageCases } from './message/vectors.ts';
import { channelIdCases, packetCases, varintCases } from './packet/vectors.ts';
import { interpeerChecks } from './properties.ts';

export const TOPICS: readonly TopicModule[] = [
  {
    topic: 'packet',
    vectors: {
      subjects: [
        { subject: 'varint', fill: ({ oracle, batch }) => varintCases(oracle, batch) },
        {
          subject: 'packet',
          fill: ({ oracle, batch }) => {
            packetCases(oracle, batch);
            channelIdCases(batch);
          },
        },
      ],
      mutated: ['interpeer.varint.', 'interpeer.protocolid.', 'interpeer.packet.', 'interpeer.channelid.'],
    },
    properties: { checks: interpeerChecks },
  },
  {
    topic: 'message',
    vectors: {
      subjects: [{ subject: 'messages', fill: ({ oracle, batch }) => messageCases(oracle, batch) }],
      mutated: ['interpeer.messages.'],
    },
  },
  {
    topic: 'cookie',
    vectors: {
      subjects: [
        { subject: 'cookies', fill: ({ oracle, batch }) => cookieCases(oracle, batch) },
        { subject: 'forgery', fill: ({ oracle, batch }) => forgeryCases(oracle, batch) },
      ],
      mutated: ['interpeer.cookie.'],
    },
  },
  {
    topic: 'establishment',
    vectors: { subjects: [{ subject: 'establishment', fill: ({ oracle, batch }) => establishmentCases(oracle, batch) }] },
    properties: { checks: establishmentChecks },
  },
  {
    topic: 'connection',
    vectors: {
      subjects: [
        {
          subject: 'encryption',
          fill: ({ oracle, batch }) => {
            encryptionCases(oracle, batch);
            coveringCases(oracle, batch, 'interpeer.crypto');
          },
        },
        {
          subject: 'connections',
          fill: ({ oracle, batch }) => {
            keyOfferCases(oracle, batch);
            connectionCases(oracle, batch);
            coveringCases(oracle, batch, 'interpeer.connection');
            namedCases(oracle, batch, 'interpeer.connection');
          },
        },
      ],
    },
    properties: { checks: connectionChecks },
  },
  {
    topic: 'data',
    vectors: {
      subjects: [
        { subject: 'bundles', fill: ({ oracle, batch }) => bundleCases(oracle, batch) },
        { subject: 'data', fill: ({ oracle, batch }) => dataCases(oracle, batch) },
      ],
    },
  },
  {
    topic: 'engine',
    vectors: { subjects: [{ subject: 'engine', fill: ({ oracle, batch }) => engineCases(oracle, batch) }] },
    properties: { checks: interpeerEngineChecks },
  },
];
