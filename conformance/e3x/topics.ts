// Written by 'npm run index' from spec/; do not edit.
import type { TopicModule } from '../suites/modules.ts';
import { properties as channelProperties } from './channel/properties.ts';
import { vectors as channelVectors } from './channel/vectors.ts';
import { properties as channelTableProperties } from './channel-table/properties.ts';
import { vectors as channelTableVectors } from './channel-table/vectors.ts';
import { properties as channelTypeProperties } from './channel-type/properties.ts';
import { vectors as channelTypeVectors } from './channel-type/vectors.ts';
import { properties as chunkProperties } from './chunk/properties.ts';
import { vectors as chunkVectors } from './chunk/vectors.ts';
import { properties as cloakProperties } from './cloak/properties.ts';
import { vectors as cloakVectors } from './cloak/vectors.ts';
import { properties as compressionProperties } from './compression/properties.ts';
import { vectors as compressionVectors } from './compression/vectors.ts';
import { properties as contactProperties } from './contact/properties.ts';
import { vectors as contactVectors } from './contact/vectors.ts';
import { properties as exchangeProperties } from './exchange/properties.ts';
import { vectors as exchangeVectors } from './exchange/vectors.ts';
import { properties as hashnameProperties } from './hashname/properties.ts';
import { vectors as hashnameVectors } from './hashname/vectors.ts';
import { properties as joseProperties } from './jose/properties.ts';
import { vectors as joseVectors } from './jose/vectors.ts';
import { vectors as linkStateVectors } from './link-state/vectors.ts';
import { properties as messageProperties } from './message/properties.ts';
import { vectors as messageVectors } from './message/vectors.ts';
import { properties as packetProperties } from './packet/properties.ts';
import { vectors as packetVectors } from './packet/vectors.ts';
import { vectors as routerVectors } from './router/vectors.ts';
import { properties as thtpProperties } from './thtp/properties.ts';
import { vectors as thtpVectors } from './thtp/vectors.ts';
import { properties as tokenProperties } from './token/properties.ts';
import { vectors as tokenVectors } from './token/vectors.ts';

export const TOPICS: readonly TopicModule[] = [
  { topic: 'packet', vectors: packetVectors, properties: packetProperties },
  { topic: 'chunk', vectors: chunkVectors, properties: chunkProperties },
  { topic: 'cloak', vectors: cloakVectors, properties: cloakProperties },
  { topic: 'hashname', vectors: hashnameVectors, properties: hashnameProperties },
  { topic: 'jose', vectors: joseVectors, properties: joseProperties },
  { topic: 'token', vectors: tokenVectors, properties: tokenProperties },
  { topic: 'message', vectors: messageVectors, properties: messageProperties },
  { topic: 'exchange', vectors: exchangeVectors, properties: exchangeProperties },
  { topic: 'channel', vectors: channelVectors, properties: channelProperties },
  { topic: 'channel-table', vectors: channelTableVectors, properties: channelTableProperties },
  { topic: 'channel-type', vectors: channelTypeVectors, properties: channelTypeProperties },
  { topic: 'compression', vectors: compressionVectors, properties: compressionProperties },
  { topic: 'contact', vectors: contactVectors, properties: contactProperties },
  { topic: 'link-state', vectors: linkStateVectors },
  { topic: 'router', vectors: routerVectors },
  { topic: 'thtp', vectors: thtpVectors, properties: thtpProperties },
];
