/**
 * The receiving half of a channel with resend: what came, what the reader has not taken yet, and what to say of it.
 *
 *     lowest unread       next                       lowest unread + window
 *          | came in order  | gaps, and what came early  | nothing is accepted from here on
 *
 * Everything that is kept lies between the two ends, so memory is bounded by the window, and the right end never moves
 * back. Choice: ADR-0022.
 */
import { PROGRESS_BITMAP_LENGTH_MAX } from '../message/constants.ts';
import { ACK_PACKETS } from './constants.ts';
import type { Progress } from './data-sender.ts';
import { UnreadData } from './unread-data.ts';
import { aheadOf, plus } from './serial.ts';

/** How a receiving half is set up. */
export interface DataReceiverOptions {
  readonly isOrdered: boolean;
  /** Packets that are kept at most, 1 to 32,767. */
  readonly windowPackets: number;
  /** How long a second packet is waited for before the first is acknowledged, in milliseconds. */
  readonly ackMs: number;
}
/** What is said of the data that came. */
export interface Acknowledgement {
  readonly progress: Progress;
  readonly windowPackets: number;
}

/** Orders, keeps and acknowledges the packets of one direction. */
export class DataReceiver {
  readonly #options: DataReceiverOptions;
  readonly #unread: UnreadData = new UnreadData();
  /** Numbers after the next one that came; an ordered channel keeps what they carried. */
  readonly #later: Map<number, readonly Uint8Array[]> = new Map();
  #next: number | undefined;
  #announcedEnd = 0;
  #owedPackets = 0;
  #isAckDue = false;
  #ackAtMs: number | undefined;

  constructor(options: DataReceiverOptions) {
    this.#options = options;
  }

  /** Whether there is nothing to read. */
  get isEmpty(): boolean {
    return this.#unread.isEmpty;
  }
  /** When what came is to be acknowledged at the latest, in milliseconds. */
  get ackAtMs(): number | undefined {
    return this.#ackAtMs;
  }

  /**
   * Takes the DATA messages of a packet.
   * @returns whether there is something to read if there was nothing
   * @see IPR-DAT-041
   */
  handleData(number: number, contents: readonly Uint8Array[], nowMs: number): boolean {
    const isFirst = this.#next === undefined;
    this.#next ??= number; // IPR-DAT-040
    const ahead = aheadOf(number, this.#next);
    if (ahead < 0 || this.#later.has(number) || aheadOf(number, this.#end()) >= 0) {
      // IPR-DAT-043, IPR-DAT-044
      this.#isAckDue = true; // IPR-DAT-046
      return false;
    }
    const wasEmpty = this.#unread.isEmpty;
    if (ahead > 0) {
      this.#later.set(number, this.#options.isOrdered ? contents : []);
      if (!this.#options.isOrdered) this.#unread.push(number, contents); // IPR-DAT-042
      this.#isAckDue = true; // IPR-DAT-046
    } else {
      const isLast = this.#later.size === 0;
      this.#unread.push(number, contents);
      this.#next = plus(number, 1);
      this.#takeLater();
      this.#owe(!isLast || isFirst, nowMs);
    }
    return wasEmpty && !this.#unread.isEmpty;
  }

  /**
   * Gives the reader the data of the next DATA message.
   * @returns undefined if there is none
   * @see IPR-DAT-049
   */
  read(): Uint8Array | undefined {
    const data = this.#unread.shift();
    const freed = this.#next === undefined ? 0 : aheadOf(this.#end(), this.#announcedEnd);
    if (data !== undefined && 2 * freed >= this.#options.windowPackets) this.#isAckDue = true; // IPR-DAT-049
    return data;
  }

  /** Lets time pass. */
  handleTimeout(nowMs: number): void {
    if (this.#ackAtMs !== undefined && nowMs >= this.#ackAtMs) this.#isAckDue = true; // IPR-DAT-046
  }

  /**
   * Takes the acknowledgement that is due now.
   * @returns undefined if none is
   * @see IPR-DAT-048
   */
  pollAcknowledgement(): Acknowledgement | undefined {
    if (!this.#isAckDue || this.#next === undefined) return undefined;
    this.#isAckDue = false;
    this.#owedPackets = 0;
    this.#ackAtMs = undefined;
    this.#announcedEnd = this.#end();
    const later: number[] = [];
    for (let place = 1; place <= 8 * PROGRESS_BITMAP_LENGTH_MAX && later.length < this.#later.size; place++) {
      // IPR-DAT-048
      const number = plus(this.#next, place);
      if (this.#later.has(number)) later.push(number);
    }
    return { progress: { next: this.#next, later }, windowPackets: aheadOf(this.#announcedEnd, this.#next) }; // IPR-DAT-044
  }

  /** The first number that is not accepted. */
  #end(): number {
    const next = this.#next ?? 0;
    return plus(this.#unread.lowest(next), this.#options.windowPackets); // IPR-DAT-044
  }

  /** What came early is in order now. */
  #takeLater(): void {
    for (let next = this.#next ?? 0; ; next = plus(next, 1)) {
      this.#next = next;
      const contents = this.#later.get(next);
      if (contents === undefined) return;
      this.#later.delete(next);
      if (this.#options.isOrdered) this.#unread.push(next, contents); // IPR-DAT-041
    }
  }

  #owe(isDue: boolean, nowMs: number): void {
    this.#owedPackets += 1;
    if (isDue || this.#owedPackets >= ACK_PACKETS)
      this.#isAckDue = true; // IPR-DAT-046
    else this.#ackAtMs = nowMs + this.#options.ackMs; // IPR-DAT-046
  }
}
