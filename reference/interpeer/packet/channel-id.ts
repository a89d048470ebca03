/**
 * Channel ids: two halves of 2 bytes, the initiator's and the responder's.
 *
 * The initiator half comes first, then the responder half. The C++ library says so too and does otherwise on
 * little-endian machines, so the compatible suite reads both orders.
 */
import { compare, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { UnsupportedError, UsageError } from '../../kernel/errors.ts';
import { CHANNEL_HALF_LENGTH, CHANNEL_ID_LENGTH, UNSET_HALF } from './constants.ts';
import type { InterpeerSuite } from './constants.ts';
import { suiteDoor } from './suite-door.ts';

/** Which half is written first. */
export type HalfOrder = 'initiator-first' | 'responder-first';

/** Which suite an id is of, and which of its halves is written first where that is a choice. */
export interface HalfOrderInput {
  readonly suite: InterpeerSuite;
  /** Initiator first by default. */
  readonly halfOrder?: HalfOrder | undefined;
}

/** The halves of an id, 2 bytes each; one that is not chosen yet is absent. */
export interface ChannelHalves {
  readonly initiatorHalf?: Uint8Array | undefined;
  readonly responderHalf?: Uint8Array | undefined;
}

/** The order of halves at the door. */
export const orderDoor: door.Door<HalfOrder> = door.oneOf<HalfOrder>('initiator-first', 'responder-first');
const JOIN = door.members<ChannelHalves & HalfOrderInput>({
  suite: suiteDoor,
  halfOrder: door.optional(orderDoor),
  initiatorHalf: door.optional(door.bytes),
  responderHalf: door.optional(door.bytes),
});
const SPLIT = door.members<{ readonly channelId: Uint8Array } & HalfOrderInput>({
  suite: suiteDoor,
  halfOrder: door.optional(orderDoor),
  channelId: door.bytes,
});

function isInitiatorFirst({ suite, halfOrder = 'initiator-first' }: HalfOrderInput): boolean {
  if (halfOrder === 'initiator-first') return true;
  if (suite === 'interpeer-1') throw new UnsupportedError('IPR-PKT-019', 'the initiator half stands first', { halfOrder });
  return false;
}

/**
 * Joins two halves to an id.
 * @returns 4 bytes
 * @throws UnsupportedError for an order that the suite does not have; UsageError for a half that has not 2 bytes
 * @see IPR-PKT-018
 */
export function joinChannelId(input: ChannelHalves & HalfOrderInput): Uint8Array {
  const { initiatorHalf = UNSET_HALF, responderHalf = UNSET_HALF, ...order } = JOIN(input, 'input');
  for (const half of [initiatorHalf, responderHalf]) {
    if (half.length !== CHANNEL_HALF_LENGTH) throw new UsageError('IPR-PKT-018', 'a half has 2 bytes', { length: half.length });
  }
  return concat(isInitiatorFirst(order) ? [initiatorHalf, responderHalf] : [responderHalf, initiatorHalf]); // IPR-PKT-018, IPR-PKT-020
}

/**
 * Takes an id apart.
 * @param input `channelId` of 4 bytes
 * @returns the halves that are chosen
 * @throws UnsupportedError for an order that the suite does not have; UsageError for an id that has not 4 bytes
 * @see IPR-PKT-018
 */
export function splitChannelId(input: { readonly channelId: Uint8Array } & HalfOrderInput): ChannelHalves {
  const { channelId, ...order } = SPLIT(input, 'input');
  if (channelId.length !== CHANNEL_ID_LENGTH) throw new UsageError('IPR-PKT-018', 'an id has 4 bytes', { length: channelId.length });
  const first = channelId.slice(0, CHANNEL_HALF_LENGTH);
  const second = channelId.slice(CHANNEL_HALF_LENGTH);
  const [initiatorHalf, responderHalf] = isInitiatorFirst(order) ? [first, second] : [second, first]; // IPR-PKT-018
  const isSet = (half: Uint8Array): boolean => compare(half, UNSET_HALF) !== 0; // IPR-PKT-020
  return { ...(isSet(initiatorHalf) ? { initiatorHalf } : {}), ...(isSet(responderHalf) ? { responderHalf } : {}) };
}
