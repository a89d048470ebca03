/**
 * A first-in, first-out queue whose every step takes constant time on average, however long it grows.
 * (`Array.prototype.shift` moves the whole of a long array, which makes emptying it quadratic.)
 */
export class Fifo<Item> {
  #items: Item[] = [];
  #first = 0;

  /** Items that wait. */
  get length(): number {
    return this.#items.length - this.#first;
  }

  /** Appends one item. */
  push(item: Item): void {
    this.#items.push(item);
  }

  /**
   * Takes the oldest item.
   * @returns undefined if nothing waits
   */
  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#first];
    this.#first += 1;
    // Half of the array is dead: drop that half, so that each item is moved at most once on average.
    if (2 * this.#first >= this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  /** Forgets everything that waits. */
  clear(): void {
    this.#items = [];
    this.#first = 0;
  }
}
