// Written by 'npm run index' from spec/; do not edit.
import type { TopicModule } from '../suites/modules.ts';
import { properties as connectionProperties } from './connection/properties.ts';
import { vectors as connectionVectors } from './connection/vectors.ts';
import { properties as cookieProperties } from './cookie/properties.ts';
import { vectors as cookieVectors } from './cookie/vectors.ts';
import { vectors as dataVectors } from './data/vectors.ts';
import { properties as engineProperties } from './engine/properties.ts';
import { vectors as engineVectors } from './engine/vectors.ts';
import { properties as establishmentProperties } from './establishment/properties.ts';
import { vectors as establishmentVectors } from './establishment/vectors.ts';
import { properties as messageProperties } from './message/properties.ts';
import { vectors as messageVectors } from './message/vectors.ts';
import { properties as packetProperties } from './packet/properties.ts';
import { vectors as packetVectors } from './packet/vectors.ts';
import { properties as streamProperties } from './stream/properties.ts';
import { vectors as streamVectors } from './stream/vectors.ts';

export const TOPICS: readonly TopicModule[] = [
  { topic: 'packet', vectors: packetVectors, properties: packetProperties },
  { topic: 'message', vectors: messageVectors, properties: messageProperties },
  { topic: 'cookie', vectors: cookieVectors, properties: cookieProperties },
  { topic: 'establishment', vectors: establishmentVectors, properties: establishmentProperties },
  { topic: 'connection', vectors: connectionVectors, properties: connectionProperties },
  { topic: 'data', vectors: dataVectors },
  { topic: 'engine', vectors: engineVectors, properties: engineProperties },
  { topic: 'stream', vectors: streamVectors, properties: streamProperties },
];
