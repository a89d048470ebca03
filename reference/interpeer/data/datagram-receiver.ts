/**
 * The receiving half of a channel without resend: what came is read or dropped, nothing is answered. It remembers which
 * of the last 64 numbers came. Choice: ADR-0022.
 */
import { DUPLICATE_WINDOW } from './constants.ts';
import { aheadOf } from './serial.ts';
import { UnreadData } from './unread-data.ts';

/** How a receiving half is set up. */
export interface DatagramReceiverOptions {
  readonly isOrdered: boolean;
  readonly closesOnLoss: boolean;
  /** Packets that are kept for the reader at most. */
  readonly windowPackets: number;
}
/** What became of a packet. */
export type DatagramVerdict = 'accepted' | 'dropped' | 'loss';

const ALL_SEEN = (1n << BigInt(DUPLICATE_WINDOW)) - 1n;

/** Drops copies, what is late, and what finds no room. */
export class DatagramReceiver {
  readonly #options: DatagramReceiverOptions;
  readonly #unread: UnreadData = new UnreadData();
  #highest: number | undefined;
  /** Bit n: the number n before the highest came. */
  #seen = 0n;
  /** How many numbers lie between the first that came and the highest, as far as the window goes. */
  #known = 0;

  constructor(options: DatagramReceiverOptions) {
    this.#options = options;
  }

  /** Whether there is nothing to read. */
  get isEmpty(): boolean {
    return this.#unread.isEmpty;
  }

  /**
   * Takes the DATA messages of a packet.
   * @returns `loss` where it shows that a packet can no longer come, on a channel that closes then
   * @see IPR-DAT-060
   */
  handleData(number: number, contents: readonly Uint8Array[]): DatagramVerdict {
    const ahead = this.#highest === undefined ? 1 : aheadOf(number, this.#highest);
    if (ahead <= 0 && !this.#isMissing(-ahead)) return 'dropped';
    if (this.#options.closesOnLoss && ahead > 0 && this.#losesBy(ahead)) return 'loss';
    if (this.#unread.packetCount >= this.#options.windowPackets) return 'dropped'; // IPR-DAT-062
    if (ahead > 0) this.#advance(number, ahead);
    else this.#seen |= 1n << BigInt(-ahead);
    this.#unread.push(number, contents);
    return 'accepted';
  }

  /** Gives the reader the data of the next DATA message; undefined if there is none. */
  read(): Uint8Array | undefined {
    return this.#unread.shift();
  }

  /** Whether a number so far after the highest may still come. */
  #isMissing(behind: number): boolean {
    if (this.#options.isOrdered) return false; // IPR-DAT-061
    return behind < DUPLICATE_WINDOW && (this.#seen & (1n << BigInt(behind))) === 0n; // IPR-DAT-060
  }

  /** Whether a step to a later number skips one that never arrived. */
  #losesBy(ahead: number): boolean {
    if (this.#highest === undefined) return false;
    if (this.#options.isOrdered) return ahead > 1; // IPR-DAT-063
    if (ahead > DUPLICATE_WINDOW) return true;
    for (let behind = DUPLICATE_WINDOW - ahead; behind < Math.min(this.#known, DUPLICATE_WINDOW); behind++) {
      if ((this.#seen & (1n << BigInt(behind))) === 0n) return true; // IPR-DAT-063
    }
    return false;
  }

  #advance(number: number, ahead: number): void {
    this.#seen = ahead >= DUPLICATE_WINDOW ? 1n : ((this.#seen << BigInt(ahead)) | 1n) & ALL_SEEN;
    this.#known = this.#highest === undefined ? 0 : Math.min(this.#known + ahead, DUPLICATE_WINDOW);
    this.#highest = number;
  }
}
