/**
 * The replay window of an unreliable channel: which of the numbers just below the highest have come already.
 *
 *   highest 9, size 4:   ... 5 | 6 7 8 9 | 10 ...
 *                     replayed | once    | new: the window slides
 */
import { ReplayError } from '../../kernel/errors.ts';

/** Remembers the last `size` numbers. */
export class ReplayWindow {
  readonly #size: number;
  #highest = 0;
  readonly #seen: Set<number> = new Set();

  /** @param size how many numbers are remembered, 1 to 1024 */
  constructor(size: number) {
    this.#size = size;
  }

  /** Whether any number has come. */
  get hasSeen(): boolean {
    return this.#highest > 0;
  }

  /**
   * Refuses a number that came before or is too old to tell; changes nothing.
   * @param number 1 to 2^32 - 1
   * @throws ReplayError
   */
  require(number: number): void {
    if (number <= this.#highest - this.#size) throw new ReplayError('E3X-RPW-004', 'older than the window', { number });
    if (this.#seen.has(number)) throw new ReplayError('E3X-RPW-003', 'came before', { number });
  }

  /** Remembers a number that was not refused. */
  accept(number: number): void {
    this.#seen.add(number);
    if (number <= this.#highest) return;
    this.#highest = number; // E3X-RPW-002
    for (const seen of this.#seen) if (seen <= number - this.#size) this.#seen.delete(seen);
  }
}
