/**
 * Seals the channel packets of one direction under cipher set 1a, whose IVs are too short to be drawn again: two of them
 * would soon be the same, and the same IV twice gives both packets away. So they are counted.
 *
 *   state      seal                                          what is not a packet
 *   counting   packet under the next IV; -> spent behind     truncated, no IV is used
 *              ffffffff
 *   spent      limit                                         truncated
 *
 * Choice: ADR-0014. The counter begins anywhere and ends at its top: it does not go round to where it began.
 */
import * as door from '../../kernel/door.ts';
import { LimitError } from '../../kernel/errors.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { createChannelSealer } from './channel-packets.ts';
import type { ChannelSealer } from './channel-packets.ts';
import { requireLength } from './cipher-set.ts';
import { requireInner } from './cipher-sets.ts';

/** E3X-CS1-001: bytes of an IV. */
const IV_LENGTH = 4;
/** E3X-CS1-008: the last value of the counter. */
const IV_MAX = 0xffffffff;

/** What channel packets are sealed with. */
export interface ChannelCounterInput {
  /** The channel's encryption key, 16 bytes. */
  readonly key: Uint8Array;
  /** The receiver's token, 16 bytes. */
  readonly token: Uint8Array;
  /** The first IV, 4 random bytes. */
  readonly entropy: Uint8Array;
}

const INPUT = door.members<ChannelCounterInput>({ key: door.copy, token: door.copy, entropy: door.bytes });

/** Seals the channel packets of one direction, each under the next IV. */
export class ChannelCounter {
  readonly #sealer: ChannelSealer;
  /** The next IV as a number; one more than there are when all are used. */
  #next: number;

  /**
   * @param primitives who does the arithmetic
   * @throws UsageError for wrong lengths
   * @see E3X-CS1-007
   */
  constructor(input: ChannelCounterInput, primitives: Primitives) {
    const { key, token, entropy } = INPUT(input, 'input');
    requireLength(entropy, IV_LENGTH, 'E3X-CS1-007', 'entropy');
    this.#sealer = createChannelSealer({ csid: '1a', key, token }, primitives);
    this.#next = new DataView(entropy.buffer, entropy.byteOffset, IV_LENGTH).getUint32(0, true); // E3X-CS1-007
  }

  /**
   * Seals a packet under the next IV.
   * @returns the outer packet
   * @throws DecodeError truncated for what is not a packet; LimitError where every IV has been used; the state is unchanged
   * @see E3X-CS1-008
   */
  seal(inner: Uint8Array): Uint8Array {
    requireInner(inner); // E3X-MSG-002: before an IV is used for it
    if (this.#next > IV_MAX) throw new LimitError('E3X-CS1-008', 'every IV of this key has been used');
    const iv = new Uint8Array(IV_LENGTH);
    new DataView(iv.buffer).setUint32(0, this.#next, true); // E3X-CS1-007
    const packet = this.#sealer.seal({ inner, entropy: iv });
    this.#next += 1;
    return packet;
  }
}
