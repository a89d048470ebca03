/** Primitives of packets for the oracle. */
import { bytesOf, type Primitives } from '../../oracle/primitives.ts';
import { blake3 } from './blake3.ts';

export const PACKET_PRIMITIVES: Primitives = {
  blake3: (a) => blake3(bytesOf(a, 'data'), a.get('context') === undefined ? undefined : bytesOf(a, 'context')),
};
