/**
 * An audit: the challenges of one object at one provider, and what comes of them.
 *
 * A challenge that is not answered rightly in time has failed, whatever came instead. The third failure in a row ends the
 * audit: the object is lost there. Two failures and then an answer are nothing but two failures.
 */
import { EMPTY, Reader } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, ProtocolError, StateError, UnknownError, UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { decodeObjectHeader, hashObject } from '../object/header.ts';
import { chunkCountOf } from '../object/merkle.ts';
import type { ContentPrimitives } from '../object/merkle.ts';
import { INTERVAL_ROUNDS_MAX, PROOF_BITS_PER_SECOND, SLOW_ROUNDS } from './agreement.ts';
import { NONCE_LENGTH, readU32, writeChallenge } from './challenge.ts';
import { verifyProof } from './proof.ts';
import { readTicket, verifyTicket } from './ticket.ts';

/** Milliseconds of a round. */
export const ROUND_MS = 60_000;
/** NXS-AUD-008: how long an answer is waited for, milliseconds and airtimes. */
const PROOF_MS = 30_000;
const PROOF_AIRTIMES = 8;
/** NXS-AUD-012: failures in a row after which the object is lost. */
const FAILURE_COUNT = 3;
/** NXS-AUD-002, NXS-AUD-003: bytes of entropy of a beginning and of a challenge. */
const BEGIN_ENTROPY_LENGTH = 4;
const CHALLENGE_ENTROPY_LENGTH: number = 4 + NONCE_LENGTH;

/** The agreement, and how slow the link is. */
export interface AuditOptions {
  /** Rounds between challenges, 1 to 40,320. */
  readonly interval: number;
  /** Of the link. */
  readonly bitsPerSecond: bigint;
  /** Milliseconds that a packet of 500 bytes takes; 0 if absent. */
  readonly airtimeMs?: number | undefined;
  /** Milliseconds that a duty budget adds to each time-out; 0 if absent. */
  readonly extraMs?: number | undefined;
}
/** What is audited. */
export interface AuditTask {
  /** Of the object. */
  readonly header: Uint8Array;
  /** In the order in which they are used; absent if the object is challenged by its root. */
  readonly tickets?: readonly Uint8Array[] | undefined;
}
/** What comes of an audit. */
export type AuditEvent =
  /** A challenge is due. */
  | { readonly type: 'due' }
  /** A ticket was used, which is not to be used again even if this node fails now; `left` remain. */
  | { readonly type: 'struck'; readonly left: number }
  | { readonly type: 'proven'; readonly index: number }
  | { readonly type: 'failed'; readonly reason: 'silence' | 'wrong' | 'error'; readonly code?: number; readonly failures: number }
  | { readonly type: 'flagged' | 'lost' | 'spent' };

const OPTIONS = door.members<AuditOptions>({
  interval: door.between(1, INTERVAL_ROUNDS_MAX),
  bitsPerSecond: door.bigint,
  airtimeMs: door.optional(door.duration),
  extraMs: door.optional(door.duration),
});
const TASK = door.members<AuditTask>({ header: door.copy, tickets: door.optional(door.list(door.copy)) });

/**
 * Challenges a provider. What is put out are bodies of TICKET_CHALLENGE where there are tickets, and else of CHALLENGE.
 * Everything that a call put out is polled before the next call.
 */
export class Audit extends Endpoint<Uint8Array, AuditEvent> {
  readonly #primitives: ContentPrimitives;
  readonly #isSlow: boolean;
  readonly #intervalMs: number;
  readonly #waitMs: number;
  #state: 'ready' | 'resting' | 'due' | 'waiting' | 'ended' = 'ready';
  #hash: Uint8Array = EMPTY;
  #merkleRoot: Uint8Array = EMPTY;
  #size = 0;
  /** That were not used; undefined if the object is challenged by its root. */
  #tickets: Uint8Array[] | undefined;
  /** Of the challenge that waits for its answer. */
  #ticket: Uint8Array = EMPTY;
  #challenge: Uint8Array = EMPTY;
  #index = 0;
  #sentMs = 0;
  /** When the next challenge is due, or the one that waits has failed. */
  #dueMs = 0;
  #failures = 0;

  constructor(options: AuditOptions, primitives: ContentPrimitives) {
    super();
    const { interval, bitsPerSecond, airtimeMs = 0, extraMs = 0 } = OPTIONS(options, 'options');
    this.#primitives = primitivesDoor.blake3(primitives, 'primitives');
    this.#isSlow = bitsPerSecond < PROOF_BITS_PER_SECOND;
    this.#intervalMs = ROUND_MS * (this.#isSlow ? Math.max(interval, SLOW_ROUNDS) : interval); // NXS-AUD-005
    this.#waitMs = Math.max(PROOF_MS, PROOF_AIRTIMES * airtimeMs) + extraMs;
  }

  /**
   * Begins to challenge, after a part of the interval that is drawn.
   * @param entropy 4 bytes
   * @throws StateError the second time; UnsupportedError or DecodeError for what is no header and no tickets of such an
   * object; LimitError without tickets over a slow link; nothing has changed
   * @see NXS-AUD-002
   */
  begin(task: AuditTask, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { header, tickets } = TASK(task, 'task');
    const drawn = door.bytes(entropy, 'entropy');
    if (drawn.length !== BEGIN_ENTROPY_LENGTH) throw new UsageError('NXS-AUD-002', 'wrong length of entropy', { length: drawn.length });
    if (this.#state !== 'ready') throw new StateError('NXS-AUD-015', 'the audit has begun');
    const { size, merkleRoot } = decodeObjectHeader(header);
    const count = chunkCountOf(size);
    const isBad = count === 0 || tickets?.length === 0 || tickets?.some((ticket) => readTicket(ticket).index >= count) === true;
    if (isBad) throw new DecodeError('malformed', 'NXS-AUD-017', 'nothing to challenge', { count });
    if (this.#isSlow && tickets === undefined) throw new LimitError('NXS-AUD-004', 'chunks over a slow link');
    this.#hash = hashObject(header, this.#primitives);
    this.#merkleRoot = merkleRoot;
    this.#size = size;
    this.#tickets = tickets === undefined ? undefined : [...tickets];
    this.#state = 'resting';
    this.#dueMs = nowMs + (readU32(new Reader(drawn), 'NXS-AUD-017') % this.#intervalMs);
  }

  /**
   * Challenges the provider.
   * @param entropy 20 bytes for index and nonce; absent where there are tickets
   * @throws StateError; LimitError before a challenge is due; UsageError for entropy of another length; nothing has changed
   * @see NXS-AUD-003
   */
  challenge(entropy: Uint8Array | undefined, nowMs: number): void {
    this.requireCallAt(nowMs);
    const drawn = door.optional(door.bytes)(entropy, 'entropy');
    if (this.#state !== 'resting' && this.#state !== 'due') throw new StateError('NXS-AUD-015', 'nothing is to be challenged now');
    if (nowMs < this.#dueMs) throw new LimitError('NXS-AUD-001', 'no challenge is due', { dueMs: this.#dueMs });
    if (drawn?.length !== (this.#tickets === undefined ? CHALLENGE_ENTROPY_LENGTH : undefined)) {
      throw new UsageError('NXS-AUD-003', 'wrong length of entropy', { length: drawn?.length ?? 0 });
    }
    const nonce = this.#draw(drawn ?? EMPTY);
    this.#challenge = writeChallenge({ hash: this.#hash, index: this.#index, nonce });
    this.#state = 'waiting';
    this.#sentMs = nowMs;
    this.#dueMs = nowMs + this.#waitMs;
    this.putTransmit(this.#challenge);
    if (this.#tickets !== undefined) this.putEvent({ type: 'struck', left: this.#tickets.length });
  }

  /**
   * Takes the body of TICKET_PROOF where there are tickets, and else of PROOF.
   * @throws StateError; UnknownError while no challenge waits; nothing has changed. A wrong answer is not an error but a failure
   * @see NXS-AUD-007
   */
  handleProof(body: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.copy(body, 'body');
    this.#requireWaiting();
    if (!this.#isProven(given)) {
      this.#fail({ reason: 'wrong' }, nowMs); // NXS-AUD-009
      return;
    }
    this.#failures = 0;
    this.putEvent({ type: 'proven', index: this.#index });
    this.#goOn(this.#sentMs + this.#intervalMs, nowMs);
  }

  /** Tells that the provider answered with an error. @param code 1 to 10 @throws StateError; UnknownError @see NXS-AUD-009 */
  handleError(code: number, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.byte(code, 'code');
    this.#requireWaiting();
    this.#fail({ reason: 'error', code: given }, nowMs);
  }

  /** Tells that a fragment of the answer came; without a challenge that waits it is ignored. @see NXS-AUD-008 */
  heard(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (this.#state === 'waiting') this.#dueMs = nowMs + this.#waitMs;
  }

  /** Lets time pass: a challenge is due, or has failed. @see NXS-AUD-001 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (nowMs < this.#dueMs) return;
    if (this.#state === 'waiting') this.#fail({ reason: 'silence' }, nowMs);
    else if (this.#state === 'resting') this.#becomeDue();
  }

  /** @returns when a challenge is due, or has failed */
  override pollTimeoutAtMs(): number | undefined {
    return this.#state === 'resting' || this.#state === 'waiting' ? this.#dueMs : undefined;
  }

  #requireWaiting(): void {
    if (this.#state === 'ready' || this.#state === 'ended') throw new StateError('NXS-AUD-015', 'no audit is going on');
    if (this.#state !== 'waiting') throw new UnknownError('NXS-AUD-016', 'no challenge waits for an answer');
  }
  /** Takes the next ticket, or draws a chunk. @returns the nonce */
  #draw(entropy: Uint8Array): Uint8Array {
    const ticket = this.#tickets?.shift(); // NXS-AUD-006
    if (ticket === undefined) {
      this.#index = readU32(new Reader(entropy), 'NXS-AUD-003') % chunkCountOf(this.#size);
      return entropy.slice(4);
    }
    const { index, nonce } = readTicket(ticket);
    this.#ticket = ticket;
    this.#index = index;
    return nonce;
  }
  #isProven(body: Uint8Array): boolean {
    try {
      if (this.#tickets !== undefined) verifyTicket({ hash: this.#hash, ticket: this.#ticket, body });
      else verifyProof({ challenge: this.#challenge, body, merkleRoot: this.#merkleRoot, size: this.#size }, this.#primitives);
      return true;
    } catch (error) {
      if (error instanceof ProtocolError) return false;
      throw error;
    }
  }
  #fail(failure: { readonly reason: 'silence' | 'wrong' | 'error'; readonly code?: number }, nowMs: number): void {
    this.#failures++;
    this.putEvent({ type: 'failed', ...failure, failures: this.#failures });
    if (this.#failures === FAILURE_COUNT) {
      this.#state = 'ended';
      this.putEvent({ type: 'lost' });
      return;
    }
    if (this.#failures === 2) this.putEvent({ type: 'flagged' }); // NXS-AUD-011
    const retryMs = nowMs + ROUND_MS; // NXS-AUD-010, NXS-AUD-013
    this.#goOn(this.#isSlow ? Math.max(retryMs, this.#sentMs + SLOW_ROUNDS * ROUND_MS) : retryMs, nowMs);
  }
  /** The challenge is over, and the next one is due at a time, if there is one. */
  #goOn(dueMs: number, nowMs: number): void {
    if (this.#tickets?.length === 0) {
      this.#state = 'ended';
      this.putEvent({ type: 'spent' }); // NXS-AUD-014
      return;
    }
    this.#dueMs = dueMs;
    if (dueMs <= nowMs) this.#becomeDue();
    else this.#state = 'resting';
  }
  #becomeDue(): void {
    this.#state = 'due';
    this.putEvent({ type: 'due' });
  }
}
