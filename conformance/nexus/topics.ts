// Written by 'npm run index' from spec/; do not edit.
import type { TopicModule } from '../suites/modules.ts';
import { properties as announceProperties } from './announce/properties.ts';
import { vectors as announceVectors } from './announce/vectors.ts';
import { properties as congestionProperties } from './congestion/properties.ts';
import { vectors as congestionVectors } from './congestion/vectors.ts';
import { properties as envelopeProperties } from './envelope/properties.ts';
import { vectors as envelopeVectors } from './envelope/vectors.ts';
import { properties as groupProperties } from './group/properties.ts';
import { vectors as groupVectors } from './group/vectors.ts';
import { properties as identityProperties } from './identity/properties.ts';
import { vectors as identityVectors } from './identity/vectors.ts';
import { properties as linkProperties } from './link/properties.ts';
import { vectors as linkVectors } from './link/vectors.ts';
import { properties as loraProperties } from './lora/properties.ts';
import { vectors as loraVectors } from './lora/vectors.ts';
import { properties as objectProperties } from './object/properties.ts';
import { vectors as objectVectors } from './object/vectors.ts';
import { properties as packetProperties } from './packet/properties.ts';
import { vectors as packetVectors } from './packet/vectors.ts';
import { properties as pathCostProperties } from './path-cost/properties.ts';
import { vectors as pathCostVectors } from './path-cost/vectors.ts';
import { properties as paymentProperties } from './payment/properties.ts';
import { vectors as paymentVectors } from './payment/vectors.ts';
import { properties as proofProperties } from './proof/properties.ts';
import { vectors as proofVectors } from './proof/vectors.ts';
import { properties as recordProperties } from './record/properties.ts';
import { vectors as recordVectors } from './record/vectors.ts';
import { properties as relayProperties } from './relay/properties.ts';
import { vectors as relayVectors } from './relay/vectors.ts';

export const TOPICS: readonly TopicModule[] = [
  { topic: 'identity', vectors: identityVectors, properties: identityProperties },
  { topic: 'envelope', vectors: envelopeVectors, properties: envelopeProperties },
  { topic: 'lora', vectors: loraVectors, properties: loraProperties },
  { topic: 'packet', vectors: packetVectors, properties: packetProperties },
  { topic: 'congestion', vectors: congestionVectors, properties: congestionProperties },
  { topic: 'link', vectors: linkVectors, properties: linkProperties },
  { topic: 'path-cost', vectors: pathCostVectors, properties: pathCostProperties },
  { topic: 'announce', vectors: announceVectors, properties: announceProperties },
  { topic: 'record', vectors: recordVectors, properties: recordProperties },
  { topic: 'object', vectors: objectVectors, properties: objectProperties },
  { topic: 'group', vectors: groupVectors, properties: groupProperties },
  { topic: 'proof', vectors: proofVectors, properties: proofProperties },
  { topic: 'relay', vectors: relayVectors, properties: relayProperties },
  { topic: 'payment', vectors: paymentVectors, properties: paymentProperties },
];
