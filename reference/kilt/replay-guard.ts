/**
 * The replay guard: each message is admitted once.
 *
 *   created at               known      room     outcome
 *   before the floor         any        any      expired
 *   after now + skew         any        any      expired
 *   between                  yes        any      replayed
 *   between                  no         no       limit
 *   between                  no         yes      admitted, and remembered
 *
 *   floor   the latest `now` ever given, less the window; it never falls, not when the clock steps back and not when a
 *           guard is restored with a longer window. Without a past it begins at the time of opening: nobody remembers
 *           what came before that.
 *
 * What the floor refuses needs no remembering, so that is what is forgotten, and no more. Window and skew are the
 * caller's: a minute for people who are both there; the time that somebody on the way may keep a message, for bottles.
 */
import { toHex } from '../kernel/bytes.ts';
import { DecodeError, ExpiredError, LimitError, ReplayError, UsageError } from '../kernel/errors.ts';
import type { JsonValue } from '../kernel/json.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import type { HashPrimitives } from '../primitives/primitives.ts';
import { deriveReplayIdentity } from './replay-identity.ts';
import { decodeReplaySnapshot, encodeReplaySnapshot } from './replay-snapshot.ts';
import type { ReplayEntry } from './replay-snapshot.ts';

/** KLT-RPL-014: milliseconds that a message may be on its way while both ends are there. */
export const LIVE_WINDOW_MS = 60_000;
/** KLT-RPL-014: milliseconds that the clocks of two people may be apart. */
export const LIVE_SKEW_MS = 1_000;
/** KLT-RPL-007: messages that a guard remembers unless told otherwise. */
export const REPLAY_ENTRY_COUNT = 65_536;

/** How a guard is set up. */
export interface ReplayGuardOptions {
  /** How long ago a message may have been created. */
  readonly windowMs: number;
  /** How far ahead of the local clock it may have been. */
  readonly skewMs: number;
  /** Messages that it remembers at most. */
  readonly entryCount?: number | undefined;
  /** The earliest time of creation that a guard without a past admits; the time of opening unless told otherwise. */
  readonly sinceMs?: number | undefined;
  /** What an earlier guard wrote. */
  readonly restored?: Uint8Array | undefined;
}

/** What is known of a message once its envelope is open. */
export interface ReplayCheck {
  /** Of the envelope. */
  readonly ciphertext: Uint8Array;
  /** The public key that the envelope was opened with, 32 bytes. */
  readonly senderKey: Uint8Array;
  /** Member of the message. */
  readonly createdAt: JsonValue | undefined;
  /** Member of the message. */
  readonly messageId: JsonValue | undefined;
}

/** A message that was admitted. */
export interface AdmittedEvent {
  readonly type: 'admitted';
  /** 32 bytes. */
  readonly identity: Uint8Array;
}

/** Where a guard keeps what must not be forgotten; saved before an admitted message is acted upon. */
export interface ReplayStore {
  save(snapshot: Uint8Array): void;
  load(): Uint8Array | undefined;
}

function requireWhole(value: number, from: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < from) throw new UsageError('KLT-RPL-001', 'not a whole number', { name, value: String(value) });
}

/** @returns when the message was created; what has no time or name cannot be told from others for any time */
function createdAtOf({ createdAt, messageId }: ReplayCheck): number {
  if (typeof createdAt !== 'number' || !Number.isSafeInteger(createdAt) || createdAt < 0) throw new DecodeError('malformed', 'KLT-RPL-003', 'a message without a time'); // KLT-RPL-003
  if (typeof messageId !== 'string' || messageId === '') throw new DecodeError('malformed', 'KLT-RPL-003', 'a message without a name'); // KLT-RPL-003
  return createdAt;
}

/** Remembers what came. */
export class ReplayGuard {
  readonly #windowMs: number;
  readonly #skewMs: number;
  readonly #entryCountMax: number;
  readonly #primitives: Pick<HashPrimitives, 'sha256'>;
  /** In the order of admission, by identity. */
  readonly #entries: Map<string, ReplayEntry> = new Map();
  #floorMs: number;
  /** Of what is remembered; nothing is forgotten before it is. */
  #earliestMs = Infinity;
  #event: AdmittedEvent | undefined;

  /**
   * @throws UsageError for options that are none; DecodeError and UnsupportedError for a snapshot that is none;
   * LimitError for one that remembers more than this guard can
   */
  constructor({ windowMs, skewMs, entryCount = REPLAY_ENTRY_COUNT, sinceMs, restored }: ReplayGuardOptions, nowMs: number, primitives: Pick<HashPrimitives, 'sha256'> = noblePrimitives) {
    requireWhole(windowMs, 1, 'windowMs');
    requireWhole(skewMs, 0, 'skewMs');
    requireWhole(entryCount, 1, 'entryCount');
    if (restored !== undefined && sinceMs !== undefined) throw new UsageError('KLT-RPL-009', 'a past, and a time since which there is none');
    this.#windowMs = windowMs;
    this.#skewMs = skewMs;
    this.#entryCountMax = entryCount;
    this.#primitives = primitives;
    this.#floorMs = sinceMs ?? nowMs; // KLT-RPL-009
    if (restored !== undefined) this.#restore(restored);
    this.handleTimeout(nowMs);
  }

  /** Messages that are remembered. */
  get entryCount(): number {
    return this.#entries.size;
  }

  /**
   * Admits a message, or says why not; what is refused leaves nothing behind but the time.
   * @throws DecodeError malformed, ExpiredError, ReplayError, LimitError
   * @see KLT-RPL-001
   */
  check(message: ReplayCheck, nowMs: number): void {
    if (this.#event !== undefined) throw new UsageError('KLT-RPL-001', 'poll what the last call put out before the next one');
    const createdAtMs = createdAtOf(message);
    this.handleTimeout(nowMs);
    if (createdAtMs < this.#floorMs) throw new ExpiredError('KLT-RPL-006', 'created too long ago'); // KLT-RPL-006
    if (createdAtMs > nowMs + this.#skewMs) throw new ExpiredError('KLT-RPL-002', 'created in the future'); // KLT-RPL-002
    const identity = deriveReplayIdentity(message, this.#primitives);
    if (this.#entries.has(toHex(identity))) throw new ReplayError('KLT-RPL-005', 'it came before'); // KLT-RPL-005
    if (this.#entries.size >= this.#entryCountMax) throw new LimitError('KLT-RPL-007', 'no room to remember it'); // KLT-RPL-007
    this.#remember({ identity, createdAtMs });
    this.#event = { type: 'admitted', identity };
  }

  /**
   * Lets time pass: forgets what the floor refuses.
   * @see KLT-RPL-012
   */
  handleTimeout(nowMs: number): void {
    this.#floorMs = Math.max(this.#floorMs, nowMs - this.#windowMs); // KLT-RPL-006
    if (this.#earliestMs >= this.#floorMs) return;
    this.#earliestMs = Infinity;
    for (const [name, { createdAtMs }] of this.#entries) {
      if (createdAtMs < this.#floorMs) this.#entries.delete(name); // KLT-RPL-012
      else this.#earliestMs = Math.min(this.#earliestMs, createdAtMs);
    }
  }

  /** @returns what was admitted, or undefined */
  pollEvent(): AdmittedEvent | undefined {
    const event = this.#event;
    this.#event = undefined;
    return event;
  }

  /** @returns when there is next something to forget */
  pollTimeoutAtMs(): number | undefined {
    return this.#entries.size === 0 ? undefined : this.#earliestMs + this.#windowMs + 1; // KLT-RPL-012
  }

  /**
   * Writes what must not be forgotten.
   * @see KLT-RPL-008
   */
  snapshot(nowMs: number): Uint8Array {
    this.handleTimeout(nowMs);
    return encodeReplaySnapshot({ floorMs: this.#floorMs, entries: [...this.#entries.values()] }); // KLT-RPL-008
  }

  #remember(entry: ReplayEntry): void {
    this.#entries.set(toHex(entry.identity), entry);
    this.#earliestMs = Math.min(this.#earliestMs, entry.createdAtMs);
  }

  #restore(bytes: Uint8Array): void {
    const { floorMs, entries } = decodeReplaySnapshot(bytes);
    if (entries.length > this.#entryCountMax) throw new LimitError('KLT-RPL-007', 'more to remember than there is room', { entryCount: entries.length }); // KLT-RPL-007
    this.#floorMs = floorMs; // KLT-RPL-008
    for (const entry of entries) this.#remember(entry);
  }
}
