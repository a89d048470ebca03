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
 * the peer may have begun again meanwhile. Keys that come a second time are found here and go on counting.
 *
 * Each channel has keys of its own, with a counter and a replay window (IPR-ENC-019), derived when the channel is first used
 * and kept as long as the exchange's keys are: if a channel is closed and its id recurs, its counters continue.
 * Choice: ADR-0043.
 */
import { isSameSecret, toHex } from '../../kernel/bytes.ts';
import { CountWindow } from '../../kernel/count-window.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, LimitError, ReplayError, StateError, UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { CHANNEL_ID_LENGTH, CHANNEL_ID_OFFSET, PUBLIC_HEADER_LENGTH } from '../packet/constants.ts';
import { COUNTER_MAX, derivePacketKey, openPart, sealPart } from './encryption.ts';
import type { OpenedPart } from './encryption.ts';

/** IPR-ENC-008: how many counters below the highest are remembered, that one included. */
export const PACKET_WINDOW_SIZE = 64n;
/** IPR-ENC-011: how long replaced keys still open, in milliseconds. */
export const KEY_GRACE_MS = 10_000;
/** IPR-ENC-020: channels that the keys of one exchange are for, at most. */
export const KEYED_CHANNEL_COUNT_MAX = 4096;

/** The channel keys that an exchange agreed on, one a direction. */
export interface AgreedKeys {
  readonly encryptKey: Uint8Array;
  readonly decryptKey: Uint8Array;
}

/** When new keys begin to seal. */
export type KeyUse = 'at-once' | 'once-proven';

/** @throws ReplayError */
function requireFresh(window: CountWindow, counter: bigint): void {
  const fault = window.faultOf(counter);
  if (fault === 'repeated') throw new ReplayError('IPR-ENC-007', 'came before');
  if (fault === 'old') throw new ReplayError('IPR-ENC-008', 'older than the window');
}

/** The keys of one channel, with its counter and window (IPR-ENC-021). */
class ChannelKeys {
  readonly #encryptKey: Uint8Array;
  readonly #decryptKey: Uint8Array;
  readonly #primitives: Primitives;
  readonly window: CountWindow = new CountWindow(PACKET_WINDOW_SIZE);
  #nextCounter: bigint;

  constructor({ encryptKey, decryptKey }: AgreedKeys, channelId: Uint8Array, firstCounter: bigint, primitives: Primitives) {
    this.#encryptKey = derivePacketKey(encryptKey, channelId, primitives);
    this.#decryptKey = derivePacketKey(decryptKey, channelId, primitives);
    this.#primitives = primitives;
    this.#nextCounter = firstCounter;
  }

  seal(header: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const counter = this.#nextCounter;
    if (counter > COUNTER_MAX) throw new LimitError('IPR-ENC-006', 'the counter is used up');
    const sealed = sealPart({ key: this.#encryptKey, counter, header, plaintext }, this.#primitives);
    this.#nextCounter = counter + 1n; // IPR-ENC-005
    return sealed;
  }

  /** @returns undefined for what is not authentic under these keys */
  open(header: Uint8Array, sealed: Uint8Array): OpenedPart | undefined {
    try {
      return openPart({ key: this.#decryptKey, header, sealed }, this.#primitives);
    } catch (error) {
      if (error instanceof AuthenticationError) return undefined;
      throw error;
    }
  }
}

/** Initial counter and number of used channels of a key pair; other than zero only in tests. */
interface FirstUse {
  readonly firstCounter: bigint;
  readonly usedChannels: number;
}
/** The state of every key pair but the first. */
const UNUSED: FirstUse = { firstCounter: 0n, usedChannels: 0 };

/** What one exchange agreed on, with the keys of its channels. They are kept as long as it is, so that no counter recurs. */
class KeyPair {
  readonly agreed: AgreedKeys;
  readonly #firstCounter: bigint;
  readonly #primitives: Primitives;
  readonly #channels: Map<string, ChannelKeys> = new Map();
  readonly #channelCountMax: number;
  /** Whether something has opened, on any channel: the other side has the same keys. */
  isProven = false;

  constructor(agreed: AgreedKeys, { firstCounter, usedChannels }: FirstUse, primitives: Primitives) {
    this.agreed = agreed;
    this.#firstCounter = firstCounter;
    this.#channelCountMax = KEYED_CHANNEL_COUNT_MAX - usedChannels;
    this.#primitives = primitives;
  }

  /** Whether these are the keys; both are compared whatever the first comparison says, and neither tells where it differs. */
  is({ encryptKey, decryptKey }: AgreedKeys): boolean {
    const isSame = [isSameSecret(this.agreed.encryptKey, encryptKey), isSameSecret(this.agreed.decryptKey, decryptKey)];
    return !isSame.includes(false);
  }

  /** The keys of a channel; those that are used for the first time are kept by `keep` only. */
  of(channelId: Uint8Array): ChannelKeys {
    return this.#channels.get(toHex(channelId)) ?? new ChannelKeys(this.agreed, channelId, this.#firstCounter, this.#primitives);
  }

  /** @throws LimitError if the keys of a channel are not kept yet, and no further ones can be */
  requireRoom(channelId: Uint8Array): void {
    if (this.#channels.size >= this.#channelCountMax && !this.#channels.has(toHex(channelId)))
      throw new LimitError('IPR-ENC-020', 'channels under the keys of one exchange', { count: this.#channels.size });
  }

  keep(channelId: Uint8Array, keys: ChannelKeys): void {
    this.#channels.set(toHex(channelId), keys);
  }
}

/** The id of the channel that a public header names. */
function channelIdOf(header: Uint8Array): Uint8Array {
  if (header.length !== PUBLIC_HEADER_LENGTH)
    throw new UsageError('IPR-ENC-003', 'a public header of another length', { length: header.length });
  return header.slice(CHANNEL_ID_OFFSET, CHANNEL_ID_OFFSET + CHANNEL_ID_LENGTH);
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
  /** How many channels count as used under the first keys; other than 0 only where a test wants to see the bound. */
  readonly usedChannels?: number | undefined;
}

const OPTIONS = door.members<PacketKeysOptions>({
  graceMs: door.optional(door.duration),
  firstCounter: door.optional(door.bigint),
  usedChannels: door.optional(door.count),
});
const AGREED = door.members<AgreedKeys>({ encryptKey: door.copy, decryptKey: door.copy });
const USE = door.oneOf<KeyUse>('at-once', 'once-proven');

/** Seals and opens for one connection. */
export class PacketKeys {
  readonly #primitives: Primitives;
  readonly #graceMs: number;
  readonly #first: FirstUse;
  #current: KeyPair | undefined;
  #next: KeyPair | undefined;
  #previous: { readonly pair: KeyPair; readonly untilMs: number } | undefined;

  /** @param primitives who does the arithmetic */
  constructor(options: PacketKeysOptions, primitives: Primitives) {
    const { graceMs = KEY_GRACE_MS, firstCounter = 0n, usedChannels = 0 } = OPTIONS(options, 'options');
    primitivesDoor.primitives(primitives, 'primitives');
    this.#graceMs = graceMs;
    this.#first = { firstCounter, usedChannels };
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
    const pair = new KeyPair(agreed, this.#current === undefined ? this.#first : UNUSED, this.#primitives); // IPR-ENC-005
    if (this.#current?.isProven === true && use === 'once-proven')
      this.#next = pair; // IPR-ENC-010
    else this.#use(pair, nowMs);
    return true;
  }

  /**
   * Seals with the keys in use, those of the channel that the header names.
   * @param header 44 bytes
   * @returns 24 bytes more than the plaintext
   * @throws StateError without keys; LimitError at the end of the counter, and for one channel too many
   * @see IPR-ENC-005
   */
  seal(header: Uint8Array, plaintext: Uint8Array): Uint8Array {
    door.bytes(header, 'header');
    door.bytes(plaintext, 'plaintext');
    if (this.#current === undefined) throw new StateError('IPR-ENC-016', 'no keys yet');
    const channelId = channelIdOf(header);
    this.#current.requireRoom(channelId);
    const keys = this.#current.of(channelId);
    const sealed = keys.seal(header, plaintext);
    this.#current.keep(channelId, keys);
    return sealed;
  }

  /**
   * Opens with whichever keys fit. Nothing is remembered until the result is accepted.
   * @param header 44 bytes
   * @throws StateError without keys; DecodeError truncated; AuthenticationError; ReplayError; LimitError for one channel too many
   * @see IPR-ENC-009
   */
  open(header: Uint8Array, sealed: Uint8Array, nowMs: number): OpenedContent {
    door.bytes(header, 'header');
    door.bytes(sealed, 'sealed');
    door.count(nowMs, 'nowMs');
    if (this.#current === undefined) throw new StateError('IPR-ENC-016', 'no keys yet');
    const previous = this.#previous !== undefined && nowMs < this.#previous.untilMs ? this.#previous.pair : undefined; // IPR-ENC-011
    const channelId = channelIdOf(header);
    for (const pair of [this.#current, this.#next, previous]) {
      const keys = pair?.of(channelId);
      const opened = keys?.open(header, sealed);
      if (pair === undefined || keys === undefined || opened === undefined) continue;
      requireFresh(keys.window, opened.counter); // IPR-ENC-009: authentic first, then new
      pair.requireRoom(channelId);
      return {
        plaintext: opened.plaintext,
        accept: () => {
          keys.window.take(opened.counter);
          pair.keep(channelId, keys);
          return this.#proven(pair, nowMs);
        },
      };
    }
    throw new AuthenticationError('IPR-ENC-004');
  }

  #proven(pair: KeyPair, nowMs: number): boolean {
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
