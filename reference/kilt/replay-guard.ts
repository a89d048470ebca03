/**
 * The replay guard: each message is accepted once.
 *
 *   created at                     known      room     outcome
 *   horizon or before              any        any      expired
 *   latest + skew or after         any        any      expired
 *   between                        yes        any      replayed
 *   between                        no         no       limit
 *   between                        no         yes      accepted, and remembered
 *
 *   latest     the latest `now` ever given: a clock that steps back changes nothing
 *   horizon    latest - window, or what it was: it never falls, not even when a guard is restored with a longer window
 *
 * What the horizon refuses needs no remembering, so that is what purging forgets, and no more. Window and skew are the
 * caller's: a minute for people who are both there; the time that somebody on the way may keep a message, for bottles.
 */
import { ExpiredError, LimitError, ReplayError, UsageError } from '../kernel/errors.ts';
import { toHex } from '../kernel/bytes.ts';
import { decodeReplaySnapshot, encodeReplaySnapshot } from './replay-snapshot.ts';
import type { ReplayEntry } from './replay-snapshot.ts';

/** KLT-RPL-live: milliseconds that a message may be on its way while both ends are there. */
export const LIVE_WINDOW_MS = 60_000;
/** KLT-RPL-count: messages that a guard remembers unless told otherwise. */
export const REPLAY_ENTRY_COUNT = 65_536;

/** How a guard is set up. */
export interface ReplayGuardOptions {
  /** How long ago a message may have been created. */
  readonly windowMs: number;
  /** How far the clocks of two people may be apart. */
  readonly skewMs: number;
  /** Messages that it remembers at most. */
  readonly entryCountMax?: number | undefined;
  /** What an earlier guard wrote. */
  readonly restored?: Uint8Array | undefined;
}

/** What is asked of each message. */
export interface ReplayCheck {
  /** What tells this message from all others, 32 bytes: see replay-identity.ts. */
  readonly identity: Uint8Array;
  /** When it says that it was created; authentic, or worth nothing. */
  readonly createdAtMs: number;
}

/** Where a guard keeps what it must not forget; called before a message counts as accepted. */
export interface ReplayStore {
  save(snapshot: Uint8Array): void;
  load(): Uint8Array | undefined;
}

function requireCount(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new UsageError('KLT-RPL-window', 'not a whole number', { name, value: String(value) });
}

/** Remembers what came. */
export class ReplayGuard {
  readonly #windowMs: number;
  readonly #skewMs: number;
  readonly #entryCountMax: number;
  /** Created-at times by identity. */
  readonly #entries: Map<string, ReplayEntry> = new Map();
  #latestMs = 0;
  #horizonMs = -1;
  /** Of what is remembered; nothing expires before it does. */
  #earliestMs = Infinity;

  /**
   * @throws UsageError for options that are none; DecodeError for a snapshot that is none; LimitError for one that
   * remembers more than this guard can
   */
  constructor({ windowMs, skewMs, entryCountMax = REPLAY_ENTRY_COUNT, restored }: ReplayGuardOptions, nowMs: number) {
    requireCount(windowMs, 'windowMs');
    requireCount(skewMs, 'skewMs');
    requireCount(entryCountMax, 'entryCountMax');
    this.#windowMs = windowMs;
    this.#skewMs = skewMs;
    this.#entryCountMax = entryCountMax;
    if (restored !== undefined) this.#restore(restored);
    this.handleTimeout(nowMs);
  }

  /** Messages that are remembered. */
  get entryCount(): number {
    return this.#entries.size;
  }

  /**
   * Accepts a message, or says why not; what is refused leaves no trace.
   * @throws ExpiredError, ReplayError, LimitError
   * @see KLT-RPL-once
   */
  check({ identity, createdAtMs }: ReplayCheck, nowMs: number): void {
    this.#advance(nowMs);
    if (createdAtMs <= this.#horizonMs) throw new ExpiredError('KLT-RPL-old', 'created too long ago'); // KLT-RPL-old
    if (createdAtMs >= this.#latestMs + this.#skewMs) throw new ExpiredError('KLT-RPL-early', 'created in the future'); // KLT-RPL-early
    if (this.#entries.has(toHex(identity))) throw new ReplayError('KLT-RPL-once', 'it came before'); // KLT-RPL-once
    if (this.#entries.size >= this.#entryCountMax) this.#purge(); // until then, forgetting would only cost time
    if (this.#entries.size >= this.#entryCountMax) throw new LimitError('KLT-RPL-full', 'no room to remember it'); // KLT-RPL-full
    this.#remember({ identity: identity.slice(), createdAtMs });
  }

  /**
   * Lets time pass: forgets what has expired.
   * @see KLT-RPL-purge
   */
  handleTimeout(nowMs: number): void {
    this.#advance(nowMs);
    this.#purge();
  }

  /** @returns when there is next something to forget */
  pollTimeoutAtMs(): number | undefined {
    this.#purge();
    return this.#entries.size === 0 ? undefined : this.#earliestMs + this.#windowMs;
  }

  /**
   * Writes what must not be forgotten.
   * @see KLT-RPL-restart
   */
  snapshot(): Uint8Array {
    this.#purge();
    return encodeReplaySnapshot({ latestMs: this.#latestMs, horizonMs: Math.max(this.#horizonMs, 0), entries: [...this.#entries.values()] });
  }

  #advance(nowMs: number): void {
    if (nowMs > this.#latestMs) this.#latestMs = nowMs; // KLT-RPL-clock
    this.#horizonMs = Math.max(this.#horizonMs, this.#latestMs - this.#windowMs); // KLT-RPL-horizon
  }

  #purge(): void {
    if (this.#earliestMs > this.#horizonMs) return;
    this.#earliestMs = Infinity;
    for (const [name, { createdAtMs }] of this.#entries) {
      if (createdAtMs <= this.#horizonMs) this.#entries.delete(name); // KLT-RPL-purge
      else this.#earliestMs = Math.min(this.#earliestMs, createdAtMs);
    }
  }

  #remember(entry: ReplayEntry): void {
    this.#entries.set(toHex(entry.identity), entry);
    this.#earliestMs = Math.min(this.#earliestMs, entry.createdAtMs);
  }

  #restore(bytes: Uint8Array): void {
    const { latestMs, horizonMs, entries } = decodeReplaySnapshot(bytes);
    if (entries.length > this.#entryCountMax) throw new LimitError('KLT-RPL-full', 'more to remember than there is room', { entryCount: entries.length });
    this.#latestMs = latestMs; // KLT-RPL-restart
    this.#horizonMs = horizonMs;
    for (const entry of entries) this.#remember(entry);
  }
}
