/** Primitives of packets for the oracle. */
import { bytesOf, type Primitives } from '../../oracle/primitives.ts';
import { blake3, blake3Keyed } from './blake3.ts';

export const PACKET_PRIMITIVES: Primitives = {
  blake3: (a) => {
    if (a.get('key') !== undefined) return blake3Keyed(bytesOf(a, 'data'), bytesOf(a, 'key'));
    return blake3(bytesOf(a, 'data'), a.get('context') === undefined ? undefined : bytesOf(a, 'context'));
  },
};
