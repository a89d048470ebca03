/** Primitives of payment for the oracle. */
import { bytesOf, type Primitives } from '../../oracle/primitives.ts';
import { remembering } from '../../oracle/remembered.ts';
import { prove, verify } from './ecvrf.ts';

export const PAYMENT_PRIMITIVES: Primitives = remembering({
  'ecvrf-prove': (a) => new Map(Object.entries(prove(bytesOf(a, 'seed'), bytesOf(a, 'data')))),
  'ecvrf-verify': (a) => new Map(Object.entries(verify(bytesOf(a, 'key'), bytesOf(a, 'data'), bytesOf(a, 'proof')))),
});
