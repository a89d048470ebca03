/** What the models of Interpeer call and third-party code computes. */
import { NODE_PRIMITIVES } from '../oracle/node-primitives.ts';
import type { Primitives } from '../oracle/primitives.ts';
import { INTERPEER_PRIMITIVES as PACKET_PRIMITIVES } from './packet/primitives.ts';

export const INTERPEER_PRIMITIVES: Primitives = { ...PACKET_PRIMITIVES, ...NODE_PRIMITIVES };
