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
 * caller's: a minute for people who are both there; the time for which an intermediary may keep a message, for bottles.
 */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, ExpiredError, LimitError, ReplayError, UsageError } from '../../kernel/errors.ts';
import type { JsonValue } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { deriveReplayIdentity } from './replay-identity.ts';
import type { ReplayIdentityInput } from './replay-identity.ts';
import { decodeReplaySnapshot, encodeReplaySnapshot } from './replay-snapshot.ts';
import type { ReplayEntry } from './replay-snapshot.ts';

/** KLT-RPL-014: milliseconds that a message may be on its way while both ends are there. */
export const LIVE_WINDOW_MS = 60_000;
/** KLT-RPL-014: milliseconds that the clocks of two people who are both there may be apart. */
export const LIVE_SKEW_MS = 1_000;
/** KLT-RPL-007: messages that a guard remembers by default. */
export const REPLAY_ENTRY_COUNT = 65_536;

/** How a guard is set up. */
export interface ReplayGuardOptions {
  /** How long ago a message may have been created. */
  readonly windowMs: number;
  /** How far the clocks of two people may be apart. */
  readonly skewMs: number;
  /** Messages that it remembers at most. */
  readonly entryCount?: number | undefined;
  /** What an earlier guard wrote. */
  readonly restored?: Uint8Array | undefined;
}

/** What is known of a message once its envelope is open. */
export interface ReplayCheck extends ReplayIdentityInput {
  /** Member of the message: authentic by now, or worth nothing. */
  readonly createdAt: JsonValue | undefined;
  /** Member of the message. */
  readonly messageId: JsonValue | undefined;
}

const OPTIONS = door.members<ReplayGuardOptions>({
  windowMs: door.number,
  skewMs: door.number,
  entryCount: door.optional(door.number),
  restored: door.optional(door.bytes),
});
const CHECK = door.members<ReplayCheck>({
  ciphertext: door.bytes,
  senderKey: door.bytes,
  createdAt: door.anything,
  messageId: door.anything,
});

/** A message that was accepted. */
export interface AcceptedEvent {
  readonly type: 'accepted';
  readonly messageId: string;
}

/** Where a guard keeps what it must not forget; called before a message counts as accepted. */
export interface ReplayStore {
  save(snapshot: Uint8Array): void;
  load(): Uint8Array | undefined;
}

function requireCount(value: number, from: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < from)
    throw new UsageError('KLT-RPL-001', 'not a whole number', { name, value: String(value) });
}

interface Named {
  readonly createdAtMs: number;
  readonly messageId: string;
}

/** A message without a time could never be forgotten, and one without an id is not a message. */
function namedOf({ createdAt, messageId }: ReplayCheck): Named {
  if (typeof createdAt !== 'number' || !Number.isSafeInteger(createdAt) || createdAt < 0)
    throw new DecodeError('malformed', 'KLT-RPL-003', 'a message without a time');
  if (typeof messageId !== 'string' || messageId === '') throw new DecodeError('malformed', 'KLT-RPL-003', 'a message without a name');
  return { createdAtMs: createdAt, messageId };
}

/**
 * Remembers what came. Everything that a call put out is polled before the next call.
 */
export class ReplayGuard extends Endpoint<never, AcceptedEvent> {
  readonly #windowMs: number;
  readonly #skewMs: number;
  readonly #entryCountMax: number;
  /** Created-at times by identity. */
  readonly #entries: Map<string, ReplayEntry> = new Map();
  readonly #primitives: DigestPrimitives;
  #latestMs = 0;
  #horizonMs = -1;
  /** Of what is remembered; nothing expires before it does. */
  #earliestMs = Infinity;

  /**
   * @throws UsageError for invalid options; DecodeError for an invalid snapshot; LimitError for one that
   * remembers more than this guard can
   */
  constructor(options: ReplayGuardOptions, nowMs: number, primitives: DigestPrimitives) {
    super();
    const { windowMs, skewMs, entryCount = REPLAY_ENTRY_COUNT, restored } = OPTIONS(options, 'options');
    primitivesDoor.digest(primitives, 'primitives');
    requireCount(windowMs, 1, 'windowMs');
    requireCount(skewMs, 0, 'skewMs');
    requireCount(entryCount, 1, 'entryCount');
    this.#windowMs = windowMs;
    this.#skewMs = skewMs;
    this.#entryCountMax = entryCount;
    this.#primitives = primitives;
    if (restored !== undefined) this.#restore(restored);
    this.handleTimeout(nowMs);
  }

  /** Messages that are remembered. */
  get entryCount(): number {
    return this.#entries.size;
  }

  /**
   * Accepts a message, or says why not; what is refused leaves no trace.
   * @throws DecodeError malformed, ExpiredError, ReplayError, LimitError
   * @see KLT-RPL-001
   */
  check(given: ReplayCheck, nowMs: number): void {
    this.requireCallAt(nowMs);
    const message = CHECK(given, 'message');
    const { createdAtMs, messageId } = namedOf(message);
    this.#advance(nowMs);
    if (createdAtMs <= this.#horizonMs) throw new ExpiredError('KLT-RPL-006', 'created too long ago');
    if (createdAtMs >= this.#latestMs + this.#skewMs) throw new ExpiredError('KLT-RPL-002', 'created in the future');
    const identity = deriveReplayIdentity(message, this.#primitives); // KLT-RPL-004
    if (this.#entries.has(toHex(identity))) throw new ReplayError('KLT-RPL-005', 'it came before');
    if (this.#entries.size >= this.#entryCountMax) this.#purge(); // until then, forgetting would only cost time
    if (this.#entries.size >= this.#entryCountMax) throw new LimitError('KLT-RPL-007', 'no room to remember it');
    this.#remember({ identity, createdAtMs }); // KLT-RPL-013: only now
    this.putEvent({ type: 'accepted', messageId });
  }

  /**
   * Lets time pass: forgets what has expired.
   * @see KLT-RPL-012
   */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#advance(nowMs);
    this.#purge();
  }

  /** @returns when there is next something to forget */
  override pollTimeoutAtMs(): number | undefined {
    this.#purge();
    return this.#entries.size === 0 ? undefined : this.#earliestMs + this.#windowMs; // KLT-RPL-012
  }

  /**
   * Writes what must not be forgotten.
   * @see KLT-RPL-008
   */
  snapshot(): Uint8Array {
    this.#purge();
    return encodeReplaySnapshot({
      latestMs: this.#latestMs,
      horizonMs: Math.max(this.#horizonMs, 0),
      entries: [...this.#entries.values()],
    });
  }

  #advance(nowMs: number): void {
    if (nowMs > this.#latestMs) this.#latestMs = nowMs; // KLT-RPL-006
    this.#horizonMs = Math.max(this.#horizonMs, this.#latestMs - this.#windowMs); // KLT-RPL-006
  }

  #purge(): void {
    if (this.#earliestMs > this.#horizonMs) return;
    this.#earliestMs = Infinity;
    for (const [name, { createdAtMs }] of this.#entries) {
      if (createdAtMs <= this.#horizonMs)
        this.#entries.delete(name); // KLT-RPL-012
      else this.#earliestMs = Math.min(this.#earliestMs, createdAtMs);
    }
  }

  #remember(entry: ReplayEntry): void {
    this.#entries.set(toHex(entry.identity), entry);
    this.#earliestMs = Math.min(this.#earliestMs, entry.createdAtMs);
  }

  #restore(bytes: Uint8Array): void {
    const { latestMs, horizonMs, entries } = decodeReplaySnapshot(bytes);
    if (entries.length > this.#entryCountMax)
      throw new LimitError('KLT-RPL-007', 'more to remember than there is room', { entryCount: entries.length });
    this.#latestMs = latestMs; // KLT-RPL-008
    this.#horizonMs = horizonMs; // KLT-RPL-009
    for (const entry of entries) this.#remember(entry);
  }
}
