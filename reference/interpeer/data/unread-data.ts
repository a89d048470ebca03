/**
 * Data that the reader has not taken yet, by the packets that brought it: a packet counts until its last message is
 * read, so that many small messages do not escape the window.
 */
import { Fifo } from '../../kernel/fifo.ts';
import { plus } from './serial.ts';

/** A queue of the contents of packets, read message by message. */
export class UnreadData {
  readonly #messages: Fifo<{ readonly number: number; readonly data: Uint8Array }> = new Fifo();
  /** How many messages of each packet are unread. */
  readonly #counts: Map<number, number> = new Map();
  #lowest: number | undefined;

  /** Whether nothing is unread. */
  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }
  /** Packets of which something is unread. */
  get packetCount(): number {
    return this.#counts.size;
  }

  /** Appends what a packet carried: one message or more. */
  push(number: number, contents: readonly Uint8Array[]): void {
    this.#counts.set(number, contents.length);
    for (const data of contents) this.#messages.push({ number, data });
  }

  /** Takes the next message; undefined if there is none. */
  shift(): Uint8Array | undefined {
    const message = this.#messages.shift();
    if (message === undefined) return undefined;
    const left = (this.#counts.get(message.number) ?? 1) - 1;
    if (left === 0) this.#counts.delete(message.number);
    else this.#counts.set(message.number, left);
    return message.data;
  }

  /**
   * The earliest of the unread packets and of `next`.
   * @param next the first number that has not come; everything before the earliest has been read, so it never moves back
   */
  lowest(next: number): number {
    this.#lowest ??= next;
    while (this.#lowest !== next && !this.#counts.has(this.#lowest)) this.#lowest = plus(this.#lowest, 1);
    return this.#lowest;
  }
}
