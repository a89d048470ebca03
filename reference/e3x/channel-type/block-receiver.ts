/**
 * The receiving side of a block channel: parts of blocks that may be lost, come twice and overtake each other.
 *
 *   packet of         the block that is open                             a newer block        an older one, or one over
 *   bytes             kept, unless some of them are there already        drops the open one   ignored
 *   bytes with done   the block if it is whole now, otherwise dropped    the same             ignored
 *
 * Only one block is open at a time, which bounds the memory and is all that a lossy channel needs.
 */
import { EMPTY, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { decodeChannelPacket, judgeChannelPacket } from './channel-types.ts';
import type { ChannelPacket } from './channel-types.ts';
import { copyPacket } from '../packet/packet.ts';
import type { Packet } from '../packet/packet.ts';

/** E3X-TYP-043: bytes that one block may have. */
export const BLOCK_BYTES = 65536;

/** What happened to a block. */
export type BlockEvent =
  { readonly type: 'block'; readonly b: number; readonly bytes: Uint8Array } | { readonly type: 'dropped'; readonly b: number };

/** How a receiver of blocks is set up. */
export interface BlockReceiverOptions {
  /** Bytes that one block may have. */
  readonly blockBytes?: number | undefined;
}

const OPTIONS = door.members<BlockReceiverOptions>({ blockBytes: door.optional(door.whole) });

/**
 * Puts blocks together. Everything that a call put out is polled before the next call.
 */
export class BlockReceiver extends Endpoint<never, BlockEvent> {
  readonly #blockBytes: number;
  /** Bytes by their position. */
  readonly #parts: Map<number, Uint8Array> = new Map();
  /** 1 for each byte of the block that is there: whether a part touches another is seen from its own bytes alone. */
  #isThere: Uint8Array = EMPTY;
  #current = 0;
  #isOver = true;

  constructor(options: BlockReceiverOptions = {}) {
    super();
    const { blockBytes = BLOCK_BYTES } = OPTIONS(options, 'options');
    this.#blockBytes = blockBytes;
  }

  /**
   * Takes a packet of the channel.
   * @throws DecodeError malformed; LimitError; the state is unchanged
   * @see E3X-TYP-038
   */
  handlePacket(packet: Uint8Array): void {
    const own = door.copy(packet, 'packet');
    this.#take(() => decodeChannelPacket(own));
  }

  /** As handlePacket, for a packet that a layer below has taken apart. */
  handleDecoded(packet: Packet): void {
    const own = copyPacket(packet);
    this.#take(() => own);
  }

  #take(decode: () => Packet): void {
    this.requireCall();
    const { json, body, isContent } = this.#read(decode);
    if (!isContent) return; // E3X-TYP-044
    const b = Number(json['b']);
    const position = Number(json['at'] ?? 0);
    if (b < this.#current || (b === this.#current && this.#isOver)) return; // E3X-TYP-040
    if (position + body.length > this.#blockBytes) throw new LimitError('E3X-TYP-043', 'the block is too long', { b });
    if (b > this.#current) this.#begin(b);
    if (this.#isTouched(position, body.length)) return; // E3X-TYP-042
    this.#keep(position, body);
    if (json['done'] === true) this.#finish(position + body.length);
  }

  #begin(b: number): void {
    if (!this.#isOver) this.putEvent({ type: 'dropped', b: this.#current }); // E3X-TYP-041
    this.#clear();
    this.#current = b;
    this.#isOver = false;
  }

  #isTouched(position: number, length: number): boolean {
    return this.#isThere.subarray(position, position + length).includes(1);
  }

  #keep(position: number, body: Uint8Array): void {
    if (body.length === 0) return;
    const end = position + body.length;
    if (end > this.#isThere.length) {
      const longer = new Uint8Array(Math.min(Math.max(end, 2 * this.#isThere.length), Math.max(end, this.#blockBytes)));
      longer.set(this.#isThere);
      this.#isThere = longer;
    }
    this.#isThere.fill(1, position, end);
    this.#parts.set(position, body);
  }

  /** Forgets the parts, each in the time that it took to come. */
  #clear(): void {
    for (const [start, { length }] of this.#parts) this.#isThere.fill(0, start, start + length);
    this.#parts.clear();
  }

  /** Hands the block over if its parts, which do not overlap, are all of its bytes. */
  #finish(end: number): void {
    const parts = [...this.#parts].sort(([a], [b]) => a - b); // E3X-TYP-038
    const bytes = concat(parts.map(([, part]) => part));
    const isWhole = bytes.length === end && parts.every(([start, part]) => start + part.length <= end);
    this.putEvent(isWhole ? { type: 'block', b: this.#current, bytes } : { type: 'dropped', b: this.#current }); // E3X-TYP-038, E3X-TYP-039
    this.#clear();
    this.#isOver = true;
  }

  #read(decode: () => Packet): ChannelPacket {
    try {
      return judgeChannelPacket({ type: 'block', role: 'opener', isReliable: false }, decode());
    } catch (error) {
      if (error instanceof DecodeError) throw new DecodeError('malformed', 'E3X-TYP-044', 'no packet of a block channel');
      throw error;
    }
  }
}
