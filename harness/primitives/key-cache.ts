/**
 * Two memories of keys that OpenSSL has read already: reading one costs as much as using it, and an endpoint uses its own
 * few keys and those of its current peers again and again.
 *
 * Public keys are remembered by their bytes, the last few of them. Secret keys are remembered with the array that holds
 * them and go when it goes: dropping an exchange with its secrets drops what was derived from them here as well.
 */
import type { KeyObject } from 'node:crypto';

/** The public keys used last, found by their bytes. */
export class PublicKeyCache {
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

/** One secret as it was when its keys were read. */
interface ReadSecret<Key> {
  readonly bytes: Buffer;
  readonly keys: Map<string, Key>;
}

/** What was made of secrets, for as long as the arrays that hold them exist. */
export class SecretKeyCache<Key> {
  readonly #secrets = new WeakMap<Uint8Array, ReadSecret<Key>>();
  readonly #isOn: boolean;

  /** @param isOn false to remember nothing */
  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /**
   * Finds a key, or reads and remembers it.
   * @param kind what the secret is used for
   * @param secret the array is the name of the key; if its bytes have changed since, what was made of it is forgotten
   * @param read called where the key is not remembered; whatever it throws is passed on, and nothing is remembered
   */
  get(kind: string, secret: Uint8Array, read: () => Key): Key {
    if (!this.#isOn) return read();
    let known = this.#secrets.get(secret);
    if (known === undefined || !known.bytes.equals(secret)) {
      known = { bytes: Buffer.from(secret), keys: new Map() };
      this.#secrets.set(secret, known);
    }
    let key = known.keys.get(kind);
    if (key === undefined) {
      key = read();
      known.keys.set(kind, key);
    }
    return key;
  }
}
