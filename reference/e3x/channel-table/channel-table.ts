/**
 * The channels of one exchange: which ids are open, which have been used, and where a packet belongs.
 *
 *   opening packet (has a type)                     id of the open channel   other ids
 *   id of our own parity                            malformed                malformed
 *   above the highest id of the peer                -                        opens, skipping the ids between
 *   below it, skipped, within the window            passed on                opens
 *   below it, used or out of the window             passed on                replayed
 *
 *   packet without a type                           passed on                wrong-state
 *
 * The two sides number their channels apart, ODD and EVEN, so that neither has to ask. Ids only rise, hence a used id
 * needs no memory; what is remembered is the few that were passed over, since two openings may overtake each other.
 *
 * Choice: ADR-0013. Sans-IO and timeless: timeouts belong to the channels, not to their table.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, ReplayError, StateError, UsageError } from '../../kernel/errors.ts';
import { copyPacket, decodePacket } from '../packet/packet.ts';
import type { Packet } from '../packet/packet.ts';

/** E3X-CHT-002: the greatest channel id; the smallest is 1. */
export const CHANNEL_ID_MAX = 4294967295;
/** E3X-CHT-009: channels that are open at once. */
export const CHANNEL_COUNT = 64;
/** E3X-CHT-007: how many ids of its parity below the highest may still open a channel. */
export const SKIPPED_COUNT = 16;

/** Which channel ids an endpoint opens. */
export type ChannelOrder = 'odd' | 'even';

/** What every table of channels reads of a packet. */
export interface ChannelHead {
  /** 1 to 4,294,967,295. */
  readonly c: number;
  /** Present on an opening packet; at least one character. */
  readonly channelType?: string;
}

/** Bounds of a table. */
export interface ChannelTableLimits {
  readonly channelCount: number;
  readonly skippedCount: number;
}

/** How a table is set up. */
export interface ChannelTableOptions {
  readonly order: ChannelOrder;
  /** The last id that this side has used already. */
  readonly last?: number | undefined;
  readonly limits?: Partial<ChannelTableLimits> | undefined;
}

const OPTIONS = door.members<ChannelTableOptions>({
  order: door.oneOf<ChannelOrder>('odd', 'even'),
  last: door.optional(door.whole),
  limits: door.optional(
    door.members<Partial<ChannelTableLimits>>({ channelCount: door.optional(door.whole), skippedCount: door.optional(door.whole) }),
  ),
});

/** What a table tells its owner. */
export type ChannelTableEvent =
  | { readonly type: 'created'; readonly c: number }
  | { readonly type: 'opened'; readonly c: number; readonly channelType: string; readonly packet: Packet }
  | { readonly type: 'packet'; readonly c: number; readonly packet: Packet }
  | { readonly type: 'failed'; readonly c: number };

/**
 * Reads channel id and type of an inner packet.
 * @param packet a packet with a JSON head
 * @throws DecodeError truncated for bytes that are not a packet, malformed for anything else
 * @see E3X-CHT-001
 */
export function readChannelHead(packet: Uint8Array): ChannelHead {
  return channelHeadOf(decodeChannelPacket(packet));
}

/** As readChannelHead, of a packet that has been taken apart. @throws DecodeError malformed */
export function channelHeadOf({ json }: Pick<Packet, 'json'>): ChannelHead {
  if (json === undefined) throw new DecodeError('malformed', 'E3X-CHT-001', 'a channel packet has a JSON head');
  const { c, type } = json;
  if (typeof c !== 'number' || !Number.isInteger(c) || c < 1 || c > CHANNEL_ID_MAX) {
    throw new DecodeError('malformed', 'E3X-CHT-002', 'no channel id');
  }
  if (!Object.hasOwn(json, 'type')) return { c };
  requireChannelType(type);
  return { c, channelType: type };
}

/** Takes a channel packet apart. @throws DecodeError truncated for bytes that are not a packet */
function decodeChannelPacket(packet: Uint8Array): Packet {
  try {
    return decodePacket(packet);
  } catch (error) {
    if (error instanceof DecodeError) throw new DecodeError('truncated', 'E3X-CHT-001', 'no packet');
    throw error;
  }
}

function requireChannelType(type: unknown): asserts type is string {
  if (typeof type !== 'string' || type === '') throw new DecodeError('malformed', 'E3X-CHT-003', 'no channel type');
}

/**
 * Keeps the channel ids of one exchange. Everything that a call put out is polled before the next call.
 */
export class ChannelTable extends Endpoint<never, ChannelTableEvent> {
  readonly #parity: number;
  readonly #limits: ChannelTableLimits;
  readonly #channels: Set<number> = new Set();
  readonly #skipped: Set<number> = new Set();
  /** The last id of this side; 2 below the first if there is none. */
  #last: number;
  #highest: number;

  /** @param options the order of this side */
  constructor(options: ChannelTableOptions) {
    super();
    const { order, last, limits = {} } = OPTIONS(options, 'options');
    this.#parity = order === 'odd' ? 1 : 0;
    if (last !== undefined && last % 2 !== this.#parity) throw new UsageError('E3X-CHT-004', 'an id of the other side', { last });
    this.#limits = { channelCount: CHANNEL_COUNT, skippedCount: SKIPPED_COUNT, ...limits };
    this.#last = last ?? this.#before(this.#parity);
    this.#highest = this.#before(1 - this.#parity);
  }

  /**
   * Takes the next id for a channel of this side.
   * @param channelType at least one character
   * @throws DecodeError malformed; LimitError if no id is left or too many channels are open; the state is unchanged
   * @see E3X-CHT-004
   */
  create(channelType: string): void {
    this.requireCall();
    requireChannelType(door.text(channelType, 'channelType'));
    const c = this.#last + 2; // E3X-CHT-004
    if (c > CHANNEL_ID_MAX) throw new LimitError('E3X-CHT-004', 'no channel id is left in this exchange');
    this.#requireRoom();
    this.#last = c;
    this.#channels.add(c);
    this.putEvent({ type: 'created', c });
  }

  /**
   * Takes an inner packet that the exchange has decrypted.
   * @throws DecodeError, LimitError, ReplayError, StateError; the state is unchanged
   * @see E3X-CHT-006
   */
  handlePacket(packet: Uint8Array): void {
    this.requireCall();
    this.#take(decodeChannelPacket(door.copy(packet, 'packet')));
  }

  /** As handlePacket, for a packet that a layer below has taken apart. */
  handleDecoded(packet: Packet): void {
    this.requireCall();
    this.#take(copyPacket(packet));
  }

  /**
   * Forgets a channel that has ended.
   * @throws StateError if it is not open
   * @see E3X-CHT-013
   */
  remove(c: number): void {
    this.requireCall();
    door.whole(c, 'c');
    if (!this.#channels.delete(c)) throw new StateError('E3X-CHT-013', 'no such channel', { c });
  }

  /**
   * Ends every channel, since a new exchange has begun.
   * @see E3X-CHT-014
   */
  renew(): void {
    this.requireCall();
    for (const c of [...this.#channels].sort((a, b) => a - b)) this.putEvent({ type: 'failed', c }); // E3X-CHT-014
    this.#channels.clear();
    this.#skipped.clear();
    this.#last = this.#before(this.#parity); // E3X-CHT-014
    this.#highest = this.#before(1 - this.#parity);
  }

  #take(packet: Packet): void {
    const { c, channelType } = channelHeadOf(packet);
    if (channelType === undefined) {
      if (!this.#channels.has(c)) throw new StateError('E3X-CHT-012', 'no such channel', { c });
      this.putEvent({ type: 'packet', c, packet }); // E3X-CHT-011
      return;
    }
    if (c % 2 === this.#parity) throw new DecodeError('malformed', 'E3X-CHT-005', 'the peer opens ids of the other parity', { c });
    if (this.#channels.has(c)) {
      this.putEvent({ type: 'packet', c, packet }); // E3X-CHT-008
      return;
    }
    this.#openPeerChannel(c);
    this.putEvent({ type: 'opened', c, channelType, packet });
  }

  #openPeerChannel(c: number): void {
    const isNew = c > this.#highest; // E3X-CHT-006
    if (!isNew && !this.#skipped.has(c)) throw new ReplayError('E3X-CHT-010', 'this id was used, or is too old', { c });
    this.#requireRoom();
    this.#channels.add(c);
    if (isNew) this.#skipUpTo(c);
    else this.#skipped.delete(c); // E3X-CHT-007
  }

  /** Remembers the ids between the highest and a new one, as far as the window reaches. */
  #skipUpTo(c: number): void {
    const lowest = c - 2 * this.#limits.skippedCount; // E3X-CHT-007
    for (const id of this.#skipped) if (id < lowest) this.#skipped.delete(id);
    for (let id = Math.max(lowest, this.#highest + 2); id < c; id += 2) this.#skipped.add(id);
    this.#highest = c;
  }

  #requireRoom(): void {
    if (this.#channels.size >= this.#limits.channelCount) throw new LimitError('E3X-CHT-009', 'too many channels are open');
  }

  /** The id 2 below the first one of a parity. */
  #before(parity: number): number {
    return parity === 1 ? -1 : 0;
  }
}
