/**
 * A memory of messages: each is admitted once.
 *
 *   made at                              known   room   outcome
 *   before now - window                  any     any    expired
 *   after now + skew                     any     any    expired
 *   between, at the horizon or before    any     any    expired
 *   between, after the horizon           yes     any    replayed
 *   between, after the horizon           no      no     limit
 *   between, after the horizon           no      yes    accepted, and remembered
 *
 *   horizon    the latest time of a message that was forgotten, or what the memory was opened with
 *
 * A message is forgotten once its time is before now - window, since it would be refused without being known. The clock
 * may step back: what was forgotten is then not known any more, and the horizon refuses it. The horizon rises by
 * forgetting only, not with the clock, so that a clock which jumps ahead for an hour does not close the memory for one.
 *
 * Choice: ADR-0038. Only what has been opened and verified is shown to a memory; anybody can write anything else.
 */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, ExpiredError, LimitError, ReplayError, UsageError } from '../../kernel/errors.ts';
import type { JsonValue } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { deriveMessageIdentity } from './message-identity.ts';
import type { MessageIdentityInput } from './message-identity.ts';

/** E3X-MEM-007: messages that a memory holds by default. */
export const MESSAGE_MEMORY_ENTRY_COUNT = 65_536;

/** How a memory is set up. */
export interface MessageMemoryOptions {
  /** How long ago a message may have been made. */
  readonly windowMs: number;
  /** How far the clocks of two endpoints may be apart. */
  readonly skewMs: number;
  /** Messages that it remembers at most. */
  readonly entryCount?: number | undefined;
  /** Nothing made then or before is admitted; a process that starts again gives the time at which it does, plus the skew. */
  readonly horizonMs?: number | undefined;
}

/** A message that was opened and verified. */
export interface MessageMemoryCheck extends MessageIdentityInput {
  /** When it was made, as its inner packet says. */
  readonly sentAt: JsonValue | undefined;
}

/** A message that came for the first time. */
export interface MessageAcceptedEvent {
  readonly type: 'accepted';
}

const OPTIONS = door.members<MessageMemoryOptions>({
  windowMs: door.number,
  skewMs: door.number,
  entryCount: door.optional(door.number),
  horizonMs: door.optional(door.number),
});
const CHECK = door.members<MessageMemoryCheck>({
  csid: door.text,
  packet: door.bytes,
  sentAt: door.anything,
});

function requireCount(value: number, from: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < from)
    throw new UsageError('E3X-MEM-001', 'not a whole number', {
      name,
      value: String(value),
    });
}

/** A message without a time would have to be remembered for ever. */
function timeOf(sentAt: JsonValue | undefined): number {
  if (typeof sentAt !== 'number' || !Number.isSafeInteger(sentAt) || sentAt < 0)
    throw new DecodeError('malformed', 'E3X-MEM-003', 'a message without a time');
  return sentAt;
}

/** Remembers what came. Everything that a call put out is polled before the next call. */
export class MessageMemory extends Endpoint<never, MessageAcceptedEvent> {
  readonly #windowMs: number;
  readonly #skewMs: number;
  readonly #entryCountMax: number;
  readonly #primitives: DigestPrimitives;
  /** Times by identity. */
  readonly #entries: Map<string, number> = new Map();
  #horizonMs: number;
  /** The earliest time of what is remembered. */
  #earliestMs = Infinity;

  /** @throws UsageError for invalid options */
  constructor(options: MessageMemoryOptions, primitives: DigestPrimitives) {
    super();
    const { windowMs, skewMs, entryCount = MESSAGE_MEMORY_ENTRY_COUNT, horizonMs } = OPTIONS(options, 'options');
    primitivesDoor.digest(primitives, 'primitives');
    requireCount(windowMs, 1, 'windowMs');
    requireCount(skewMs, 0, 'skewMs');
    requireCount(entryCount, 1, 'entryCount');
    if (horizonMs !== undefined) requireCount(horizonMs, 0, 'horizonMs');
    this.#windowMs = windowMs;
    this.#skewMs = skewMs;
    this.#entryCountMax = entryCount;
    this.#horizonMs = horizonMs ?? -1; // E3X-MEM-009
    this.#primitives = primitives;
  }

  /** Messages that are remembered. */
  get entryCount(): number {
    return this.#entries.size;
  }

  /**
   * Admits a message, or says why not; what is refused leaves no trace.
   * @throws DecodeError malformed or truncated; UnsupportedError; ExpiredError; ReplayError; LimitError
   * @see E3X-MEM-001
   */
  check(given: MessageMemoryCheck, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { sentAt, ...message } = CHECK(given, 'message');
    const sentAtMs = timeOf(sentAt);
    const identity = toHex(deriveMessageIdentity(message, this.#primitives)); // E3X-MEM-004
    this.#forget(nowMs);
    if (sentAtMs < nowMs - this.#windowMs) throw new ExpiredError('E3X-MEM-002', 'made too long ago');
    if (sentAtMs > nowMs + this.#skewMs) throw new ExpiredError('E3X-MEM-002', 'made in the future');
    if (sentAtMs <= this.#horizonMs) throw new ExpiredError('E3X-MEM-006', 'no later than what was forgotten');
    if (this.#entries.has(identity)) throw new ReplayError('E3X-MEM-005', 'it came before');
    if (this.#entries.size >= this.#entryCountMax) throw new LimitError('E3X-MEM-007', 'no room to remember it');
    this.#entries.set(identity, sentAtMs); // E3X-MEM-010: only now
    this.#earliestMs = Math.min(this.#earliestMs, sentAtMs);
    this.putEvent({ type: 'accepted' });
  }

  /**
   * Lets time pass: forgets what is too old.
   * @see E3X-MEM-008
   */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#forget(nowMs);
  }

  /** @returns when there is next something to forget */
  override pollTimeoutAtMs(): number | undefined {
    return this.#entries.size === 0 ? undefined : this.#earliestMs + this.#windowMs + 1; // E3X-MEM-008
  }

  #forget(nowMs: number): void {
    const oldestMs = nowMs - this.#windowMs;
    if (this.#earliestMs >= oldestMs) return;
    this.#earliestMs = Infinity;
    for (const [identity, sentAtMs] of this.#entries) {
      if (sentAtMs < oldestMs) {
        this.#entries.delete(identity); // E3X-MEM-008
        this.#horizonMs = Math.max(this.#horizonMs, sentAtMs); // E3X-MEM-006
      } else this.#earliestMs = Math.min(this.#earliestMs, sentAtMs);
    }
  }
}
