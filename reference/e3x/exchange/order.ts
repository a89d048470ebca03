/**
 * Order: which of two endpoints is ODD and which is EVEN, agreed on without a word.
 *
 * Both hold the two public keys of their cipher set. The keys are visited bit by bit, from the first; at the first
 * difference the key with a 1 is the higher, and its holder is ODD. The parity decides who may choose which value of
 * `at` and which channel ids, so that no two of them collide.
 */
import { compare } from '../../kernel/bytes.ts';
import { DecodeError } from '../../kernel/errors.ts';

/** The label of one of two endpoints. */
export type Order = 'odd' | 'even';

/**
 * Derives our order.
 * @param key our public key of the cipher set, any length
 * @param otherKey the public key of the other endpoint
 * @returns odd for the higher key
 * @throws DecodeError malformed for equal keys
 * @see E3X-ORD-001
 */
export function deriveOrder(key: Uint8Array, otherKey: Uint8Array): Order {
  const difference = compare(key, otherKey); // E3X-ORD-002: a key that goes on where the other ends is the higher
  if (difference === 0) throw new DecodeError('malformed', 'E3X-ORD-003', 'an endpoint has no order to itself');
  return difference > 0 ? 'odd' : 'even'; // E3X-ORD-001
}
