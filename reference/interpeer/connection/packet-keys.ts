/**
 * The packet keys of one connection: those in use, those that a new handshake brought, and those that were replaced.
 *
 *              install, at once                       proven or at once            10 s
 *   (none)  -------------------->  current    next  ---------------->  current  ------->  (forgotten)
 *                                                                      previous
 *
 * Who answered a handshake does not know whether the answer arrived, nor whether the handshake was a copy; so the keys it
 * brought wait as *next*: they open, but nothing is sealed with them until something did open. Who got the answer uses
 * them at once, or nobody would begin; and so does everyone if nothing has opened under the keys in use either, since
 * the peer may have begun again meanwhile. Counters and replay windows belong to keys, so keys that come a second time are
 * found here and go on counting.
 */
import { isSameSecret } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, LimitError, ReplayError, StateError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { COUNTER_MAX, derivePacketKey, openPart, sealPart } from './encryption.ts';

/** IPR-ENC-008: how many counters below the highest are remembered, that one included. */
export const PACKET_WINDOW_SIZE = 64n;
/** IPR-ENC-011: how long replaced keys still open, in milliseconds. */
export const KEY_GRACE_MS = 10_000;

/** The channel keys that an exchange agreed on, one a direction. */
export interface AgreedKeys {
  readonly encryptKey: Uint8Array;
  readonly decryptKey: Uint8Array;
}

/** When new keys begin to seal. */
export type KeyUse = 'at-once' | 'once-proven';

/** Which counters have come. */
class CounterWindow {
  #highest = -1n;
  readonly #seen: Set<bigint> = new Set();

  /** @throws ReplayError */
  require(counter: bigint): void {
    if (this.#seen.has(counter)) throw new ReplayError('IPR-ENC-007', 'came before');
    if (counter <= this.#highest - PACKET_WINDOW_SIZE) throw new ReplayError('IPR-ENC-008', 'older than the window');
  }

  accept(counter: bigint): void {
    this.#seen.add(counter);
    if (counter > this.#highest) this.#highest = counter;
    for (const seen of this.#seen) if (seen <= this.#highest - PACKET_WINDOW_SIZE) this.#seen.delete(seen);
  }
}

/** One pair of keys with its counters. */
class KeyPair {
  readonly agreed: AgreedKeys;
  readonly #encryptKey: Uint8Array;
  readonly #decryptKey: Uint8Array;
  readonly #primitives: Primitives;
  readonly window: CounterWindow = new CounterWindow();
  /** Whether something has opened: the other side has the same keys. */
  isProven = false;
  #nextCounter: bigint;

  constructor(agreed: AgreedKeys, firstCounter: bigint, primitives: Primitives) {
    this.agreed = agreed;
    this.#encryptKey = derivePacketKey(agreed.encryptKey, primitives);
    this.#decryptKey = derivePacketKey(agreed.decryptKey, primitives);
    this.#primitives = primitives;
    this.#nextCounter = firstCounter;
  }

  /** Whether these are the keys; both are compared whatever the first comparison says, and neither tells where it differs. */
  is({ encryptKey, decryptKey }: AgreedKeys): boolean {
    const isSame = [isSameSecret(this.agreed.encryptKey, encryptKey), isSameSecret(this.agreed.decryptKey, decryptKey)];
    return !isSame.includes(false);
  }

  seal(header: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const counter = this.#nextCounter;
    if (counter > COUNTER_MAX) throw new LimitError('IPR-ENC-006', 'the counter is used up');
    const sealed = sealPart({ key: this.#encryptKey, counter, header, plaintext }, this.#primitives);
    this.#nextCounter = counter + 1n; // IPR-ENC-005
    return sealed;
  }

  /** @returns undefined for what is not authentic under these keys */
  open(header: Uint8Array, sealed: Uint8Array): { readonly counter: bigint; readonly plaintext: Uint8Array } | undefined {
    try {
      return openPart({ key: this.#decryptKey, header, sealed }, this.#primitives);
    } catch (error) {
      if (error instanceof AuthenticationError) return undefined;
      throw error;
    }
  }
}

/** Something that opened, and that changes nothing until it is accepted. */
export interface OpenedContent {
  readonly plaintext: Uint8Array;
  /**
   * Remembers the counter, and begins to use keys that were waiting for a proof.
   * @returns whether the keys in use are others now
   */
  accept(): boolean;
}

/** How packet keys are set up. */
export interface PacketKeysOptions {
  /** How long replaced keys open, in milliseconds. */
  readonly graceMs?: number | undefined;
  /** Other than 0 only where a test wants to see the end. */
  readonly firstCounter?: bigint | undefined;
}

const OPTIONS = door.members<PacketKeysOptions>({ graceMs: door.optional(door.count), firstCounter: door.optional(door.bigint) });
const AGREED = door.members<AgreedKeys>({ encryptKey: door.copy, decryptKey: door.copy });
const USE = door.oneOf<KeyUse>('at-once', 'once-proven');

/** Seals and opens for one connection. */
export class PacketKeys {
  readonly #primitives: Primitives;
  readonly #graceMs: number;
  readonly #firstCounter: bigint;
  #current: KeyPair | undefined;
  #next: KeyPair | undefined;
  #previous: { readonly pair: KeyPair; readonly untilMs: number } | undefined;

  /** @param primitives who does the arithmetic */
  constructor(options: PacketKeysOptions, primitives: Primitives) {
    const { graceMs = KEY_GRACE_MS, firstCounter = 0n } = OPTIONS(options, 'options');
    primitivesDoor.primitives(primitives, 'primitives');
    this.#graceMs = graceMs;
    this.#firstCounter = firstCounter;
    this.#primitives = primitives;
  }

  /** Whether there are keys to seal with. */
  get isReady(): boolean {
    return this.#current !== undefined;
  }

  /**
   * Takes the keys of a handshake.
   * @param use whether they seal at once, or when something has opened under them
   * @returns whether they are new
   * @see IPR-ENC-010
   */
  install(keys: AgreedKeys, use: KeyUse, nowMs: number): boolean {
    const agreed = AGREED(keys, 'keys');
    USE(use, 'use');
    door.count(nowMs, 'nowMs');
    const isKnown = this.#current?.is(agreed) === true || this.#next?.is(agreed) === true || this.#previous?.pair.is(agreed) === true;
    if (isKnown) return false; // IPR-ENC-012
    const pair = new KeyPair(agreed, this.#current === undefined ? this.#firstCounter : 0n, this.#primitives); // IPR-ENC-005
    if (this.#current?.isProven === true && use === 'once-proven')
      this.#next = pair; // IPR-ENC-010
    else this.#use(pair, nowMs);
    return true;
  }

  /**
   * Seals with the keys in use.
   * @param header 44 bytes
   * @returns 24 bytes more than the plaintext
   * @throws StateError without keys; LimitError at the end of the counter
   * @see IPR-ENC-005
   */
  seal(header: Uint8Array, plaintext: Uint8Array): Uint8Array {
    door.bytes(header, 'header');
    door.bytes(plaintext, 'plaintext');
    if (this.#current === undefined) throw new StateError('IPR-ENC-016', 'no keys yet');
    return this.#current.seal(header, plaintext);
  }

  /**
   * Opens with whichever keys fit. Nothing is remembered until the result is accepted.
   * @param header 44 bytes
   * @throws StateError without keys; DecodeError truncated; AuthenticationError; ReplayError
   * @see IPR-ENC-009
   */
  open(header: Uint8Array, sealed: Uint8Array, nowMs: number): OpenedContent {
    door.bytes(header, 'header');
    door.bytes(sealed, 'sealed');
    door.count(nowMs, 'nowMs');
    if (this.#current === undefined) throw new StateError('IPR-ENC-016', 'no keys yet');
    const previous = this.#previous !== undefined && nowMs < this.#previous.untilMs ? this.#previous.pair : undefined; // IPR-ENC-011
    for (const pair of [this.#current, this.#next, previous]) {
      const opened = pair?.open(header, sealed);
      if (pair === undefined || opened === undefined) continue;
      pair.window.require(opened.counter); // IPR-ENC-009: authentic first, then new
      return { plaintext: opened.plaintext, accept: () => this.#accept(pair, opened.counter, nowMs) };
    }
    throw new AuthenticationError('IPR-ENC-004');
  }

  #accept(pair: KeyPair, counter: bigint, nowMs: number): boolean {
    pair.window.accept(counter);
    pair.isProven = true;
    if (pair !== this.#next) return false;
    this.#use(pair, nowMs); // IPR-ENC-010
    return true;
  }

  #use(pair: KeyPair, nowMs: number): void {
    if (this.#current !== undefined) this.#previous = { pair: this.#current, untilMs: nowMs + this.#graceMs }; // IPR-ENC-011
    this.#current = pair;
    this.#next = undefined;
  }
}
