import type { TopicModule } from '../suites/modules.ts';
import { E3X_HINTS } from './arbitraries.ts';
import { CHANNEL_HINTS } from './channel/arbitraries.ts';
import { scenarioChecks } from './channel/scenarios.ts';
import { compressionChecks } from './compression/properties.ts';
import { wireFlows } from './cross.ts';
import { exchangeChecks } from './exchange/properties.ts';
import { messageFlows } from './message/cross.ts';
import { messageChecks } from './message/properties.ts';
import { propertyChecks } from './properties.ts';
import { REQUEST_HINTS } from './request-hints.ts';
import { vectors as channelTableVectors } from './channel-table/vectors.ts';
import { vectors as channelTypeVectors } from './channel-type/vectors.ts';
import { vectors as channelVectors } from './channel/vectors.ts';
import { vectors as chunkVectors } from './chunk/vectors.ts';
import { vectors as cloakVectors } from './cloak/vectors.ts';
import { vectors as compressionVectors } from './compression/vectors.ts';
import { vectors as exchangeVectors } from './exchange/vectors.ts';
import { vectors as hashnameVectors } from './hashname/vectors.ts';
import { vectors as joseVectors } from './jose/vectors.ts';
import { vectors as messageVectors } from './message/vectors.ts';
import { vectors as packetVectors } from './packet/vectors.ts';
import { vectors as routerVectors } from './router/vectors.ts';
import { vectors as tokenVectors } from './token/vectors.ts';

export const TOPICS: readonly TopicModule[] = [
  { topic: 'packet', vectors: packetVectors, properties: { checks: propertyChecks, hints: E3X_HINTS, flows: wireFlows } },
  { topic: 'chunk', vectors: chunkVectors },
  { topic: 'cloak', vectors: cloakVectors },
  { topic: 'hashname', vectors: hashnameVectors },
  { topic: 'jose', vectors: joseVectors },
  { topic: 'token', vectors: tokenVectors },
  { topic: 'message', vectors: messageVectors, properties: { checks: messageChecks, flows: (_oracle, vectors) => messageFlows(vectors) } },
  { topic: 'exchange', vectors: exchangeVectors, properties: { checks: exchangeChecks } },
  { topic: 'channel', vectors: channelVectors, properties: { checks: scenarioChecks, hints: CHANNEL_HINTS } },
  { topic: 'channel-table', vectors: channelTableVectors },
  { topic: 'channel-type', vectors: channelTypeVectors, properties: { hints: REQUEST_HINTS } },
  { topic: 'compression', vectors: compressionVectors, properties: { checks: compressionChecks } },
  { topic: 'router', vectors: routerVectors },
];
