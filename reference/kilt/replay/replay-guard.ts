/**
 * The replay guard: each message is accepted once.
 *
 *   created at                       known      room     outcome
 *   before now - window              any        any      expired
 *   no later than anything forgotten any        any      expired
 *   after now + skew                 any        any      expired
 *   between, both ends included      yes        any      replayed
 *   between                          no         no       limit
 *   between                          no         yes      accepted, and remembered
 *
 * What the window refuses needs no remembering, so that is what is forgotten, and no more. The local clock may be wrong:
 * what was forgotten while it ran ahead is not accepted when it is set right, and everything created later is. Window and
 * skew are the caller's: a minute for people who are both there; the time for which an intermediary may keep a message,
 * for bottles.
 */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, ExpiredError, LimitError, ReplayError, UsageError } from '../../kernel/errors.ts';
import type { JsonValue } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { deriveReplayIdentity } from './replay-identity.ts';
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

/** What is known of a message once its envelope is open: members of it, authentic by now, or worth nothing. */
export interface ReplayCheck {
  readonly sender: JsonValue | undefined;
  readonly createdAt: JsonValue | undefined;
  readonly messageId: JsonValue | undefined;
}

const OPTIONS = door.members<ReplayGuardOptions>({
  windowMs: door.number,
  skewMs: door.number,
  entryCount: door.optional(door.number),
  restored: door.optional(door.bytes),
});
const CHECK = door.members<ReplayCheck>({
  sender: door.anything,
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
  readonly sender: string;
  readonly messageId: string;
}

/** A message without a time could never be forgotten, and one without a sender or a name cannot be told from others. */
function namedOf({ sender, createdAt, messageId }: ReplayCheck): Named {
  if (typeof createdAt !== 'number' || !Number.isSafeInteger(createdAt) || createdAt < 0)
    throw new DecodeError('malformed', 'KLT-RPL-003', 'a message without a time');
  if (typeof sender !== 'string' || sender === '') throw new DecodeError('malformed', 'KLT-RPL-003', 'a message without a sender');
  if (typeof messageId !== 'string' || messageId === '') throw new DecodeError('malformed', 'KLT-RPL-003', 'a message without a name');
  return { createdAtMs: createdAt, sender, messageId };
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
  /** The local time of the last call. */
  #nowMs = 0;
  /** Later than everything that was forgotten; never moves back. */
  #admitsFromMs = 0;
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
    const named = namedOf(message);
    const { createdAtMs, messageId } = named;
    this.#nowMs = nowMs;
    this.#purge();
    if (createdAtMs < nowMs - this.#windowMs) throw new ExpiredError('KLT-RPL-015', 'created too long ago');
    if (createdAtMs < this.#admitsFromMs) throw new ExpiredError('KLT-RPL-006', 'no later than what was forgotten');
    if (createdAtMs > nowMs + this.#skewMs) throw new ExpiredError('KLT-RPL-002', 'created in the future');
    const identity = deriveReplayIdentity(named, this.#primitives); // KLT-RPL-004
    if (this.#entries.has(toHex(identity))) throw new ReplayError('KLT-RPL-005', 'it came before');
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
    this.#nowMs = nowMs; // KLT-RPL-016: as it is, even if it was later before
    this.#purge();
  }

  /** @returns when there is next something to forget */
  override pollTimeoutAtMs(): number | undefined {
    return this.#entries.size === 0 ? undefined : this.#earliestMs + this.#windowMs + 1; // KLT-RPL-012
  }

  /**
   * Writes what must not be forgotten.
   * @see KLT-RPL-008
   */
  snapshot(): Uint8Array {
    return encodeReplaySnapshot({ admitsFromMs: this.#admitsFromMs, entries: [...this.#entries.values()] });
  }

  #purge(): void {
    const oldestMs = this.#nowMs - this.#windowMs;
    if (this.#earliestMs >= oldestMs) return;
    this.#earliestMs = Infinity;
    for (const [name, { createdAtMs }] of this.#entries) {
      if (createdAtMs < oldestMs) {
        this.#entries.delete(name); // KLT-RPL-012
        this.#admitsFromMs = Math.max(this.#admitsFromMs, createdAtMs + 1); // KLT-RPL-006
      } else this.#earliestMs = Math.min(this.#earliestMs, createdAtMs);
    }
  }

  #remember(entry: ReplayEntry): void {
    this.#entries.set(toHex(entry.identity), entry);
    this.#earliestMs = Math.min(this.#earliestMs, entry.createdAtMs);
  }

  #restore(bytes: Uint8Array): void {
    const { admitsFromMs, entries } = decodeReplaySnapshot(bytes);
    if (entries.length > this.#entryCountMax)
      throw new LimitError('KLT-RPL-007', 'more to remember than there is room', { entryCount: entries.length });
    this.#admitsFromMs = admitsFromMs; // KLT-RPL-009
    for (const entry of entries) this.#remember(entry); // KLT-RPL-008
  }
}
