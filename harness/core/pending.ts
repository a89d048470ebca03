/**
 * The requests of one connection that wait for a reply, and the time they have. A request has `timeoutMs` for itself
 * and for each request ahead of it, as long as replies keep coming; if none comes for `timeoutMs`, the time is up.
 * So a slow adapter is not blamed for the depth of the bench's pipeline, and a hung one is noticed soon.
 */
import type { Outcome } from '../../conformance/contract/contract.ts';

/** One request that was issued and is not answered yet. */
export interface Pending {
  readonly id: number;
  readonly operation: string;
  /** The requester, to attribute a second reply that arrives later. */
  readonly owner: string | undefined;
  /** Milliseconds of `performance.now()`. */
  readonly sentAtMs: number;
  readonly timeoutMs: number;
  /** Requests that were unanswered when this one was issued. */
  readonly ahead: number;
  readonly settle: (outcome: Outcome) => void;
}

/** Most owners of answered ids that are remembered; older ids are still known to be answered, but not whose they were. */
const OWNERS_MAX = 1024;
/** After a long computation, replies may wait unread in the pipe; they get this long to be read before a timeout counts. */
const GRACE_MS = 20;

/** Requests in flight by id. Ids count up from 1 and are never used twice (ADP-011). */
export class PendingTable {
  readonly #pending = new Map<number, Pending>();
  readonly #owners = new Map<number, string>();
  readonly #onTimeout: (pending: Pending) => void;
  #nextId = 1;
  #lastReplyAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAtMs = Infinity;
  #graceGiven = false;

  /** @param onTimeout called once for a request whose time is up */
  constructor(onTimeout: (pending: Pending) => void) {
    this.#onTimeout = onTimeout;
  }

  get size(): number {
    return this.#pending.size;
  }

  /** The id that the next request will have. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Issues the next id and waits for its reply. */
  add(operation: string, timeoutMs: number, owner: string | undefined): Promise<Outcome> {
    const id = this.#nextId++;
    return new Promise<Outcome>((settle) => {
      const sentAtMs = performance.now();
      this.#pending.set(id, { id, operation, owner, sentAtMs, timeoutMs, ahead: this.#pending.size, settle });
      this.#arm(sentAtMs + timeoutMs, sentAtMs);
    });
  }

  /** True if the id was issued on this connection, answered or not. */
  wasIssued(id: number): boolean {
    return Number.isInteger(id) && id >= 1 && id < this.#nextId;
  }

  get(id: number): Pending | undefined {
    return this.#pending.get(id);
  }

  /** The owner of the answered request with this id; undefined if that was too long ago. */
  ownerOf(id: number): string | undefined {
    return this.#owners.get(id);
  }

  /** The oldest unanswered request. */
  oldest(): Pending | undefined {
    for (const pending of this.#pending.values()) return pending;
    return undefined;
  }

  /** Answers one request. */
  settle(pending: Pending, outcome: Outcome): void {
    this.#pending.delete(pending.id);
    this.#lastReplyAtMs = performance.now();
    if (pending.owner !== undefined) {
      this.#owners.set(pending.id, pending.owner);
      if (this.#owners.size > OWNERS_MAX) {
        for (const oldest of this.#owners.keys()) {
          this.#owners.delete(oldest);
          break;
        }
      }
    }
    pending.settle(outcome);
  }

  /** Answers every request with the same outcome; used when the connection is lost. */
  settleAll(outcome: Outcome): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    this.#stop();
    for (const pending of all) pending.settle(outcome);
  }

  #deadline(pending: Pending): number {
    return Math.min(
      Math.max(this.#lastReplyAtMs, pending.sentAtMs) + pending.timeoutMs,
      pending.sentAtMs + pending.timeoutMs * (1 + pending.ahead),
    );
  }

  #arm(atMs: number, nowMs: number): void {
    if (atMs >= this.#timerAtMs) return;
    this.#stop();
    this.#timerAtMs = atMs;
    this.#timer = setTimeout(
      () => {
        this.#sweep();
      },
      Math.max(1, atMs - nowMs),
    );
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAtMs = Infinity;
  }

  #sweep(): void {
    this.#stop();
    const nowMs = performance.now();
    let earliest: Pending | undefined;
    let earliestMs = Infinity;
    for (const pending of this.#pending.values()) {
      const deadlineMs = this.#deadline(pending);
      if (deadlineMs < earliestMs) [earliest, earliestMs] = [pending, deadlineMs];
    }
    if (earliest === undefined) return;
    if (earliestMs > nowMs + 1) {
      this.#graceGiven = false;
      this.#arm(earliestMs, nowMs);
    } else if (!this.#graceGiven) {
      this.#graceGiven = true;
      this.#arm(nowMs + GRACE_MS, nowMs);
    } else {
      this.#onTimeout(earliest);
    }
  }
}
