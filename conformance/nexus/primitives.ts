/** What the models of NEXUS call and third-party code computes. */
import type { Primitives } from '../oracle/primitives.ts';
import { IDENTITY_PRIMITIVES } from './identity/primitives.ts';
import { PACKET_PRIMITIVES } from './packet/primitives.ts';
import { PAYMENT_PRIMITIVES } from './payment/primitives.ts';

export const NEXUS_PRIMITIVES: Primitives = { ...IDENTITY_PRIMITIVES, ...PACKET_PRIMITIVES, ...PAYMENT_PRIMITIVES };
