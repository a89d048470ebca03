/**
 * A bounded memory of keys that OpenSSL has read already: reading one costs as much as using it, and an endpoint uses
 * its own few keys and those of its current peers again and again.
 */
import type { KeyObject } from 'node:crypto';

/** The keys used last, found by their bytes. Secret keys stay in memory as long as they are among them. */
export class KeyCache {
  readonly #keys = new Map<string, KeyObject>();
  readonly #keyCountMax: number;

  /** @param keyCountMax how many keys are remembered; 0 for none */
  constructor(keyCountMax: number) {
    this.#keyCountMax = keyCountMax;
  }

  /** Keys that are remembered. */
  get size(): number {
    return this.#keys.size;
  }

  /**
   * Finds a key, or reads and remembers it.
   * @param kind what the bytes are, as the same bytes may be several things
   * @param read called where the key is not remembered; whatever it throws is passed on, and nothing is remembered
   */
  get(kind: string, bytes: Uint8Array, read: () => KeyObject): KeyObject {
    if (this.#keyCountMax === 0) return read();
    const name = kind + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const key = this.#keys.get(name) ?? read();
    this.#keys.delete(name); // a map keeps the order of insertion: what was used last goes to the end
    this.#keys.set(name, key);
    if (this.#keys.size > this.#keyCountMax) {
      const [oldest] = this.#keys.keys();
      if (oldest !== undefined) this.#keys.delete(oldest);
    }
    return key;
  }
}
