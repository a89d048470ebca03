/**
 * The receiving half of a reliable channel.
 *
 *   seq that arrives          what happens                                    an ack goes out at once
 *   <= processed, buffered    dropped                                         yes
 *   > processed + window      dropped                                         yes, with the window
 *   beyond the bytes          the highest numbers give way; or it is dropped  yes, with the window
 *   after a gap               buffered                                        yes, with what is missing
 *   next                      given to the application when it is free        while over half full
 *
 * The application has one packet at a time. When it is done with it, the number counts as processed, and only then
 * is it acknowledged.
 */
import { DecodeError, StateError } from '../../kernel/errors.ts';
import { ACK_DELAY_MS, MISS_COUNT_MAX, U32_MAX } from './constants.ts';
import { encodeMiss } from './miss.ts';
import type { Packet } from '../packet/packet.ts';

/** A content packet that arrived. */
export interface Incoming {
  readonly seq: number;
  readonly packet: Packet;
  /** Whether it carried an ack itself, which asks for one. */
  readonly hasAck: boolean;
  readonly end: boolean;
}

/** The acknowledgement that goes with a packet. */
export interface AckMembers {
  readonly ack?: number;
  readonly miss?: readonly number[];
}

/** Bounds of the buffer: packets, and their bytes. */
export interface BufferBounds {
  readonly window: number;
  readonly bufferBytes: number;
}

/** Puts content in order and says what has to be acknowledged. */
export class ReliableReceiver {
  readonly #bounds: BufferBounds;
  readonly #buffer: Map<number, Incoming> = new Map();
  #bufferedBytes = 0;
  #processed = 0;
  #isDelivering = false;
  #endSeq: number | undefined;
  #ackedSeq = 0;
  #ackDueAtMs: number | undefined;
  #isAckDue = false;
  #hasDropped = false;

  constructor(bounds: BufferBounds) {
    this.#bounds = bounds;
  }

  /** When an acknowledgement may wait no longer; undefined if none is owed. */
  get ackDueAtMs(): number | undefined {
    return this.#ackDueAtMs;
  }

  /** Whether an acknowledgement must go out now. */
  get isAckDue(): boolean {
    return this.#isAckDue;
  }

  /**
   * Refuses content that a peer which ended cannot send; changes nothing.
   * @throws StateError; DecodeError malformed for an end before content that has arrived
   */
  require({ seq, end }: Pick<Incoming, 'seq' | 'end'>): void {
    if (this.#endSeq !== undefined && seq > this.#endSeq) throw new StateError('E3X-REL-032', 'content after the end', { seq });
    if (end && seq < this.#highest) throw new DecodeError('malformed', 'E3X-REL-032', 'an end before other content', { seq });
  }

  /** Takes a content packet that was not refused. */
  handleContent(incoming: Incoming): void {
    const { seq, packet, end } = incoming;
    const { window } = this.#bounds;
    if (seq <= this.#processed || this.#buffer.has(seq)) {
      // E3X-REL-006
      this.#isAckDue = true;
      return;
    }
    if (seq > this.#processed + window || !this.#makeRoom(seq, packet.bytes.length)) {
      // E3X-REL-008, E3X-REL-010
      this.#isAckDue = true;
      this.#hasDropped = true;
      return;
    }
    this.#buffer.set(seq, incoming); // E3X-REL-005
    this.#bufferedBytes += packet.bytes.length;
    if (end) this.#endSeq = seq;
    if (this.#missing().length > 0 || this.#isOverHalf) this.#isAckDue = true; // E3X-REL-021, E3X-REL-022
  }

  /** @returns the next packet for the application, which must be free; undefined if it is not, or if nothing is next */
  pollDelivery(): Incoming | undefined {
    if (this.#isDelivering) return undefined; // E3X-REL-005
    const next = this.#buffer.get(this.#processed + 1); // E3X-REL-005
    this.#isDelivering = next !== undefined;
    return next;
  }

  /**
   * Told that the application is done with its packet.
   * @throws StateError if it has none
   */
  done(nowMs: number): void {
    const seq = this.#processed + 1;
    const processed = this.#buffer.get(seq);
    if (!this.#isDelivering || processed === undefined) throw new StateError('E3X-CHN-023', 'no packet is being processed');
    this.#isDelivering = false;
    this.#forget(processed);
    this.#processed = seq; // E3X-REL-011
    const isHalfUnacked = 2 * (seq - this.#ackedSeq) >= this.#bounds.window;
    if (processed.hasAck || isHalfUnacked)
      this.#isAckDue = true; // E3X-REL-014
    else this.#ackDueAtMs ??= nowMs + ACK_DELAY_MS; // E3X-REL-013
  }

  /** Lets time pass: what was owed long enough is due. */
  handleTimeout(nowMs: number): void {
    if (this.#ackDueAtMs !== undefined && nowMs >= this.#ackDueAtMs) this.#isAckDue = true; // E3X-REL-013
  }

  /** @returns what an outgoing packet says now of what was received; no members if nothing is to be said */
  ackMembers(): AckMembers {
    const missing = this.#missing();
    const hasMiss = (missing.length > 0 || this.#isOverHalf || this.#hasDropped) && this.#processed < U32_MAX; // E3X-REL-021, E3X-REL-022
    if (this.#processed === 0 && !hasMiss && !this.#isAckDue) return {};
    const ack = this.#processed; // E3X-REL-011, E3X-REL-012
    if (!hasMiss) return { ack };
    const highest = Math.min(ack + this.#bounds.window, U32_MAX); // E3X-REL-016
    return { ack, miss: encodeMiss(ack, { missing: missing.slice(0, MISS_COUNT_MAX - 1), highest }) }; // E3X-REL-019
  }

  /** Told that a packet with the members of now was sent. */
  handleAckSent(): void {
    this.#ackedSeq = this.#processed;
    this.#ackDueAtMs = undefined;
    this.#isAckDue = false;
    this.#hasDropped = false;
  }

  /** The highest number that is processed or buffered. */
  get #highest(): number {
    return Math.max(this.#processed, ...this.#buffer.keys());
  }

  get #isOverHalf(): boolean {
    return 2 * this.#buffer.size > this.#bounds.window; // E3X-REL-022
  }

  #missing(): number[] {
    const missing: number[] = [];
    const highest = this.#highest;
    for (let seq = this.#processed + 1; seq < highest; seq++) if (!this.#buffer.has(seq)) missing.push(seq);
    return missing;
  }

  /** Drops the highest numbers as long as a lower one needs their bytes; the next in order always finds room. */
  #makeRoom(seq: number, length: number): boolean {
    const higher = [...this.#buffer.values()].filter((other) => other.seq > seq).sort((a, b) => b.seq - a.seq);
    const kept = this.#bufferedBytes - higher.reduce((total, other) => total + other.packet.bytes.length, 0);
    if (kept + length > this.#bounds.bufferBytes) return false; // E3X-REL-010
    for (const other of higher) {
      if (this.#bufferedBytes + length <= this.#bounds.bufferBytes) break;
      this.#forget(other); // E3X-REL-010
      if (other.end) this.#endSeq = undefined;
      this.#hasDropped = true;
      this.#isAckDue = true;
    }
    return true;
  }

  #forget({ seq, packet }: Incoming): void {
    this.#buffer.delete(seq);
    this.#bufferedBytes -= packet.bytes.length;
  }
}
