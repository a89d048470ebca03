/**
 * The sending half of a channel with resend: packets that wait, are under way, or are known to have arrived.
 *
 *     base                    base + sent              base + held
 *      | under way (or arrived) |  wait for the window   |
 *
 * One clock runs while anything is held. When it is over the oldest packet is sent, for the first time (the probe of a
 * window of 0) or again; each such wait is twice the one before. What a receiver reports as a hole is resent at
 * once. Choice: ADR-0022.
 */
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { PROGRESS_BITMAP_LENGTH_MAX } from '../message/constants.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import { HOLE_COUNT, RESEND_DOUBLINGS } from './constants.ts';
import { aheadOf, plus } from './serial.ts';

/** How a sending half is set up. */
export interface DataSenderOptions {
  /** Number of the first packet, 0 to 65,535. */
  readonly sequenceNumber: number;
  /** Packets that are held at most. */
  readonly packetCountMax: number;
  /** The first wait, in milliseconds. */
  readonly resendMs: number;
  /** Resends that nothing of the peer follows, after which resending has failed. */
  readonly resendCountMax: number;
}
/** What DATA_PROGRESS says. */
export interface Progress {
  /** The next number that the receiver expects. */
  readonly next: number;
  /** Later numbers that it has, in rising order. */
  readonly later: readonly number[];
}
/** What is sent in one packet of the channel. */
export interface DataTransmit {
  readonly sequenceNumber: number;
  readonly messages: readonly InterpeerMessage[];
}
interface Held {
  readonly messages: readonly InterpeerMessage[];
  hasArrived: boolean;
  resentAtMs: number | undefined;
}

/** Numbers, keeps and resends the packets of one direction. */
export class DataSender {
  readonly #options: DataSenderOptions;
  readonly #held: Held[] = [];
  #base: number;
  #sentCount = 0;
  #windowPackets = 1; // IPR-DAT-022
  #wasFull = false;
  #resendCount = 0;
  #doublings = 0;
  #dueAtMs: number | undefined;

  constructor(options: DataSenderOptions) {
    this.#options = options;
    this.#base = options.sequenceNumber;
  }

  /** The number of the next packet that will carry DATA for the first time. */
  get nextNumber(): number {
    return plus(this.#base, this.#sentCount); // IPR-DAT-002
  }
  /** Whether everything that was written is known to have arrived. */
  get isIdle(): boolean {
    return this.#held.length === 0;
  }
  /** Packets that can be held besides those that are. */
  get freePackets(): number {
    return this.#options.packetCountMax - this.#held.length;
  }
  /** When the oldest packet is to be sent, in milliseconds. */
  get dueAtMs(): number | undefined {
    return this.#dueAtMs;
  }

  /**
   * Takes packets to send, each as its messages.
   * @throws LimitError if they cannot all be held; none is taken then
   * @see IPR-DAT-020
   */
  push(packets: readonly (readonly InterpeerMessage[])[]): void {
    if (packets.length > this.freePackets) {
      this.#wasFull = true;
      throw new LimitError('IPR-DAT-020', 'packets that wait for their acknowledgement', {
        free: this.freePackets,
        wanted: packets.length,
      });
    }
    for (const messages of packets) this.#held.push({ messages, hasArrived: false, resentAtMs: undefined });
  }

  /** Forgets everything. */
  clear(): void {
    this.#base = this.nextNumber;
    this.#sentCount = 0;
    this.#held.length = 0;
    this.#dueAtMs = undefined;
  }

  /**
   * Refuses a progress over what was never sent.
   * @throws DecodeError malformed
   * @see IPR-DAT-029
   */
  requireProgress({ next, later }: Progress): void {
    const highest = later.at(-1) ?? plus(next, -1);
    const isBeyond =
      aheadOf(next, this.#base) > this.#sentCount || (aheadOf(next, this.#base) >= 0 && aheadOf(highest, this.#base) >= this.#sentCount);
    if (isBeyond) throw new DecodeError('malformed', 'IPR-DAT-029', 'progress over what was not sent', { next, highest });
  }

  /** The peer has said something: resending has not failed. */
  handleAlive(): void {
    this.#resendCount = 0; // IPR-DAT-026
  }

  /**
   * Takes a progress that `requireProgress` has let pass.
   * @returns packets to send again at once; undefined if the progress is older than one before
   * @see IPR-DAT-028
   */
  handleProgress({ next, later }: Progress, nowMs: number): DataTransmit[] | undefined {
    const arrived = aheadOf(next, this.#base);
    if (arrived < 0) return undefined; // IPR-DAT-030
    this.#held.splice(0, arrived);
    this.#base = next;
    this.#sentCount -= arrived;
    if (arrived > 0) this.#startClock(nowMs); // IPR-DAT-023
    for (const number of later) {
      const held = this.#held[aheadOf(number, this.#base)];
      if (held !== undefined) held.hasArrived = true;
    }
    return this.#resendHoles(nowMs);
  }

  /** Takes the packets that the peer accepts from the last progress on. */
  handleWindow(packets: number, nowMs: number): void {
    if (this.#windowPackets === 0 && packets > 0) this.#startClock(nowMs);
    this.#windowPackets = packets;
  }

  /**
   * Whether there is room again after a write was refused; says so once.
   * @see IPR-DAT-020
   */
  pollWritable(): boolean {
    if (!this.#wasFull || this.freePackets < 1) return false;
    this.#wasFull = false;
    return true; // IPR-DAT-020
  }

  /**
   * Sends what the window lets pass.
   * @see IPR-DAT-022
   */
  flush(nowMs: number): DataTransmit[] {
    const out: DataTransmit[] = [];
    while (this.#sentCount < Math.min(this.#windowPackets, this.#held.length)) {
      // IPR-DAT-022
      out.push(this.#outgoing(this.#sentCount));
      this.#sentCount += 1;
    }
    if (this.#dueAtMs === undefined && this.#held.length > 0) this.#startClock(nowMs);
    return out;
  }

  /**
   * Lets time pass.
   * @returns the packet that is due; `failed` if nothing of the peer followed as many as may be
   * @see IPR-DAT-023
   */
  handleTimeout(nowMs: number): { readonly out: readonly DataTransmit[]; readonly isFailed: boolean } {
    if (this.#dueAtMs === undefined || nowMs < this.#dueAtMs) return { out: [], isFailed: false };
    const isFailed = this.#resendCount === this.#options.resendCountMax; // IPR-DAT-025
    this.#resendCount += 1;
    this.#doublings = Math.min(this.#doublings + 1, RESEND_DOUBLINGS); // IPR-DAT-024
    this.#dueAtMs = nowMs + this.#options.resendMs * 2 ** this.#doublings;
    const [oldest] = this.#held;
    if (this.#sentCount === 0)
      this.#sentCount = 1; // IPR-DAT-031
    else if (oldest !== undefined) oldest.resentAtMs = nowMs;
    return { out: [this.#outgoing(0)], isFailed };
  }

  #startClock(nowMs: number): void {
    this.#doublings = 0;
    this.#dueAtMs = this.#held.length === 0 ? undefined : nowMs + this.#options.resendMs;
  }

  #resendHoles(nowMs: number): DataTransmit[] {
    const out: DataTransmit[] = [];
    let laterCount = 0;
    // Nothing beyond the longest bitmap is known to have arrived, so there are no gaps there, however much is in flight.
    for (let index = Math.min(this.#sentCount - 1, 8 * PROGRESS_BITMAP_LENGTH_MAX); index >= 0; index--) {
      const held = this.#held[index];
      if (held === undefined) continue;
      if (held.hasArrived) laterCount += 1;
      else if (laterCount >= HOLE_COUNT && (held.resentAtMs === undefined || nowMs >= held.resentAtMs + this.#options.resendMs)) {
        // IPR-DAT-028
        held.resentAtMs = nowMs;
        out.push(this.#outgoing(index));
      }
    }
    return out.reverse();
  }

  #outgoing(index: number): DataTransmit {
    return { sequenceNumber: plus(this.#base, index), messages: this.#held[index]?.messages ?? [] };
  }
}
