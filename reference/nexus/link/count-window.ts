/** Which counts came under one key, in a window of 64. */
import { ReplayError } from '../../kernel/errors.ts';

/** NXS-SLD-013: a count so far below the highest is not taken. */
const WINDOW_SIZE = 64;

/** The counts received under one key. */
export class CountWindow {
  #highest: number;
  readonly #seen: Set<number> = new Set();

  /** @param highest the highest count that came already; -1 for none */
  constructor(highest: number) {
    this.#highest = highest;
    this.#seen.add(highest);
  }

  /** Whether a count may still come. */
  isFresh(count: number): boolean {
    return count > this.#highest - WINDOW_SIZE && !this.#seen.has(count);
  }

  /** Refuses a count that is not fresh. @throws ReplayError */
  refuse(count: number): never {
    throw new ReplayError(this.#seen.has(count) ? 'NXS-SLD-012' : 'NXS-SLD-013', 'this count does not come any more', { count });
  }

  /** Takes a fresh count. */
  take(count: number): void {
    this.#seen.add(count);
    this.#highest = Math.max(this.#highest, count);
    for (const old of this.#seen) if (old <= this.#highest - WINDOW_SIZE) this.#seen.delete(old);
  }
}
