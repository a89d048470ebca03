// Written by 'npm run index' from spec/; do not edit.
import type { TopicModule } from '../suites/modules.ts';
import { properties as didProperties } from './did/properties.ts';
import { vectors as didVectors } from './did/vectors.ts';
import { properties as envelopeProperties } from './envelope/properties.ts';
import { vectors as envelopeVectors } from './envelope/vectors.ts';
import { vectors as inboxVectors } from './inbox/vectors.ts';
import { properties as messageProperties } from './message/properties.ts';
import { vectors as messageVectors } from './message/vectors.ts';
import { vectors as replayVectors } from './replay/vectors.ts';

export const TOPICS: readonly TopicModule[] = [
  { topic: 'did', vectors: didVectors, properties: didProperties },
  { topic: 'message', vectors: messageVectors, properties: messageProperties },
  { topic: 'envelope', vectors: envelopeVectors, properties: envelopeProperties },
  { topic: 'replay', vectors: replayVectors },
  { topic: 'inbox', vectors: inboxVectors },
];
