/**
 * Which counts came under one key, as far back as a window reaches: those below it are taken for repeated, so that what is
 * remembered does not grow.
 */

/** Why a count is not taken. */
export type CountFault = 'repeated' | 'old';

/** The counts received under one key. The kernel knows no clause: the caller throws. */
export class CountWindow {
  readonly #size: bigint;
  #highest = -1n;
  readonly #seen: Set<bigint> = new Set();

  /** @param size how many counts are remembered, the highest included */
  constructor(size: bigint) {
    this.#size = size;
  }

  /** @returns why a count is not taken; undefined if it is */
  faultOf(count: bigint): CountFault | undefined {
    if (this.#seen.has(count)) return 'repeated';
    return count <= this.#highest - this.#size ? 'old' : undefined;
  }

  /** Takes a count without a fault. */
  take(count: bigint): void {
    this.#seen.add(count);
    if (count > this.#highest) this.#highest = count;
    for (const seen of this.#seen) if (seen <= this.#highest - this.#size) this.#seen.delete(seen);
  }
}
