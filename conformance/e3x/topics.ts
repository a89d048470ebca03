/** The topics of E3X. */
import type { TopicModule } from '../suites/modules.ts';
import { machineTraces } from '../generate/sessions.ts';
import { namedTraces } from '../generate/traces.ts';
import { E3X_HINTS } from './arbitraries.ts';
import { channelTableCases, routerCases } from './channel-table/vectors.ts';
import { channelTypeCases } from './channel-type/vectors.ts';
import { CHANNEL_HINTS } from './channel/arbitraries.ts';
import { scenarioChecks } from './channel/scenarios.ts';
import { channelCases, missCases, quotaCases } from './channel/vectors.ts';
import { compressionChecks } from './compression/properties.ts';
import { compressionCases } from './compression/vectors.ts';
import { wireFlows } from './cross.ts';
import { exchangeChecks } from './exchange/properties.ts';
import { selectionCases } from './exchange/selection.ts';
import { exchangeCases, exchangeTraces, handshakeCases, orderCases, tokenTableCases } from './exchange/vectors.ts';
import { joseCases } from './jose/vectors.ts';
import { counterCases } from './message/counter.ts';
import { messageFlows } from './message/cross.ts';
import { messageChecks } from './message/properties.ts';
import { messageCases } from './message/vectors.ts';
import { propertyChecks } from './properties.ts';
import { REQUEST_HINTS } from './request-hints.ts';
import {
  base32Cases,
  chunkingCases,
  cloakingCases,
  defaultBoundCases,
  defaultBounds,
  hashnameCases,
  jsonHeadCases,
  NAMED_TRACES,
  packetCases,
  recutStreams,
  tokenCases,
} from './wire-cases.ts';

export const TOPICS: readonly TopicModule[] = [
  {
    topic: 'packet',
    vectors: {
      subjects: [
        { subject: 'packet', fill: ({ oracle, batch }) => packetCases(oracle, batch) },
        { subject: 'json-heads', fill: ({ oracle, batch }) => jsonHeadCases(oracle, batch) },
      ],
      mutated: ['e3x.packet.'],
    },
    properties: { checks: propertyChecks, hints: E3X_HINTS, flows: wireFlows },
  },
  {
    topic: 'chunk',
    vectors: {
      subjects: [
        { subject: 'chunking', fill: ({ oracle, batch }) => chunkingCases(oracle, batch) },
        {
          subject: 'chunk-endpoint',
          fill: ({ oracle, batch }) => {
            machineTraces(oracle, batch, 'e3x.chunks');
            namedTraces(oracle, batch, 'e3x.chunks', NAMED_TRACES);
            defaultBounds(oracle, batch);
            recutStreams(oracle, batch);
          },
        },
      ],
      namedTraces: NAMED_TRACES,
      constantSessions: (oracle) => defaultBoundCases(oracle).map(({ id, steps }) => ({ vector: `e3x.chunks/default-${id}`, steps })),
      mutated: ['e3x.chunks.'],
    },
  },
  {
    topic: 'cloak',
    vectors: {
      subjects: [
        { subject: 'cloaking', fill: ({ oracle, batch }) => cloakingCases(oracle, batch) },
        {
          subject: 'cloak-path',
          fill: ({ oracle, batch }) => {
            machineTraces(oracle, batch, 'e3x.cloakpath');
            namedTraces(oracle, batch, 'e3x.cloakpath', NAMED_TRACES);
          },
        },
      ],
      mutated: ['e3x.cloak.', 'e3x.cloakpath.'],
    },
  },
  {
    topic: 'hashname',
    vectors: {
      subjects: [
        { subject: 'hashname', fill: ({ oracle, batch }) => hashnameCases(oracle, batch) },
        { subject: 'base32', fill: ({ batch }) => base32Cases(batch) },
      ],
      mutated: ['e3x.hashname.', 'e3x.base32.'],
    },
  },
  {
    topic: 'token',
    vectors: { subjects: [{ subject: 'token', fill: ({ oracle, batch }) => tokenCases(oracle, batch) }], mutated: ['e3x.token.'] },
  },
  {
    topic: 'jose',
    vectors: { subjects: [{ subject: 'jose', fill: ({ oracle, batch }) => joseCases(oracle, batch) }], mutated: ['e3x.jws.', 'e3x.jwe.'] },
  },
  {
    topic: 'message',
    vectors: {
      subjects: [
        { subject: 'messages', fill: ({ root, oracle, batch }) => messageCases(root, oracle, batch) },
        { subject: 'channel-counter', fill: ({ oracle, batch }) => counterCases(oracle, batch) },
      ],
    },
    properties: { checks: messageChecks, flows: (_oracle, vectors) => messageFlows(vectors) },
  },
  {
    topic: 'exchange',
    vectors: {
      subjects: [
        { subject: 'order', fill: ({ root, batch }) => orderCases(root, batch) },
        { subject: 'handshake', fill: ({ root, oracle, batch }) => handshakeCases(root, oracle, batch) },
        {
          subject: 'exchange',
          fill: ({ root, oracle, batch }) => {
            exchangeTraces(oracle, batch);
            exchangeCases(root, oracle, batch);
          },
        },
        { subject: 'token-table', fill: ({ oracle, batch }) => tokenTableCases(oracle, batch) },
        { subject: 'selection', fill: ({ batch }) => selectionCases(batch) },
      ],
      mutated: ['e3x.csid.'],
    },
    properties: { checks: exchangeChecks },
  },
  {
    topic: 'channel-table',
    vectors: { subjects: [{ subject: 'channel-table', fill: ({ oracle, batch }) => channelTableCases(oracle, batch) }] },
  },
  {
    topic: 'compression',
    vectors: { subjects: [{ subject: 'compression', fill: ({ oracle, batch }) => compressionCases(oracle, batch) }] },
    properties: { checks: compressionChecks },
  },
  {
    topic: 'channel-type',
    vectors: { subjects: [{ subject: 'channel-types', fill: ({ oracle, batch }) => channelTypeCases(oracle, batch) }] },
    properties: { hints: REQUEST_HINTS },
  },
  { topic: 'router', vectors: { subjects: [{ subject: 'router', fill: ({ oracle, batch }) => routerCases(oracle, batch) }] } },
  {
    topic: 'channel',
    vectors: {
      subjects: [
        {
          subject: 'channels',
          fill: ({ oracle, batch }) => {
            missCases(batch);
            quotaCases(batch);
            channelCases(oracle, batch);
          },
        },
      ],
    },
    properties: { checks: scenarioChecks, hints: CHANNEL_HINTS },
  },
];
