// Written by 'npm run index' from spec/; do not edit.
import type { TopicModule } from '../suites/modules.ts';
import { properties as identityProperties } from './identity/properties.ts';
import { vectors as identityVectors } from './identity/vectors.ts';
import { properties as loraProperties } from './lora/properties.ts';
import { vectors as loraVectors } from './lora/vectors.ts';

export const TOPICS: readonly TopicModule[] = [
  { topic: 'identity', vectors: identityVectors, properties: identityProperties },
  { topic: 'lora', vectors: loraVectors, properties: loraProperties },
];
