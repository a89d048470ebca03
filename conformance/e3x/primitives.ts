/** What the models of E3X call and third-party code computes. */
import type { Primitives } from '../oracle/primitives.ts';
import { CHANNEL_TYPE_PRIMITIVES } from './channel-type/primitives.ts';
import { COMPRESSION_PRIMITIVES } from './compression/primitives.ts';

export const E3X_PRIMITIVES: Primitives = { ...COMPRESSION_PRIMITIVES, ...CHANNEL_TYPE_PRIMITIVES };
