/**
 * The duty cycle of an interface: how much of an hour it may send, and when there is room again.
 *
 * The hour slides. A transmission counts in full from its start until an hour later. What takes its room then goes on the
 * air no faster than it leaves the hour, so no hour ever holds more than the budget. What waits is counted as well, so that
 * the time that is reported for the last in the queue is one at which it can really be sent.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { LimitError } from '../../kernel/errors.ts';

/** NXS-DTY-001: milliseconds for which a transmission counts. */
export const DUTY_WINDOW_MS = 3_600_000;

/** The budget of an interface. */
export interface DutyBudget {
  /** Microseconds that may be sent within the window. */
  readonly budgetUs: number;
  /** Microseconds of these that are kept for an acknowledgement. */
  readonly reserveUs: number;
  /** Milliseconds; an hour if absent. */
  readonly windowMs?: number | undefined;
}
/** What somebody wants to send. */
export interface DutyRequest {
  readonly airtimeUs: number;
  /** False if absent. */
  readonly acknowledgement?: boolean | undefined;
}
/** A transmission may be sent now, or waits and can be sent at a time in milliseconds; those that wait keep their order. */
export type DutyEvent = { readonly type: 'granted'; readonly airtimeUs: number } | { readonly type: 'delayed'; readonly at: number };

interface Spent {
  readonly endsMs: number;
  readonly airtimeUs: number;
}

const BUDGET = door.members<DutyBudget>({ budgetUs: door.count, reserveUs: door.count, windowMs: door.optional(door.positiveDuration) });
const REQUEST = door.members<DutyRequest>({ airtimeUs: door.count, acknowledgement: door.optional(door.flag) });

/** Counts what an interface sends. Everything that a call put out is polled before the next call. */
export class DutyMeter extends Endpoint<never, DutyEvent> {
  readonly #budgetUs: number;
  readonly #reserveUs: number;
  readonly #windowMs: number;
  /** In the order in which they cease to count. */
  #spent: Spent[] = [];
  readonly #queue: number[] = [];
  #nowMs = 0;

  constructor(budget: DutyBudget, nowMs: number) {
    super();
    const { budgetUs, reserveUs, windowMs = DUTY_WINDOW_MS } = BUDGET(budget, 'budget');
    this.#budgetUs = budgetUs;
    this.#reserveUs = reserveUs;
    this.#windowMs = windowMs;
    this.handleTimeout(nowMs);
  }

  /**
   * Requests a transmission: it may be sent now, or it waits.
   * @throws LimitError for data that would wait for more than a window, and for an acknowledgement without room
   * @see NXS-DTY-003
   */
  send(request: DutyRequest, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { airtimeUs, acknowledgement = false } = REQUEST(request, 'request');
    this.#advance(nowMs);
    if (acknowledgement) {
      // NXS-DTY-004, NXS-DTY-008
      if (this.#countingUsAt(nowMs) + airtimeUs > this.#budgetUs) throw new LimitError('NXS-DTY-008', 'no room for an acknowledgement');
      this.#grant(airtimeUs);
      return;
    }
    const aheadUs = this.#aheadUs(); // NXS-DTY-005
    if (aheadUs + airtimeUs + this.#reserveUs > this.#budgetUs) {
      throw new LimitError('NXS-DTY-007', 'more than a window holds', { aheadUs, airtimeUs });
    }
    if (this.#queue.length === 0 && this.#hasRoomAt(nowMs, airtimeUs)) this.#grant(airtimeUs);
    else {
      this.#queue.push(airtimeUs); // NXS-DTY-003
      this.putEvent({ type: 'delayed', at: this.#earliestMs(aheadUs + airtimeUs) });
    }
  }

  /** Lets time pass: what waits is sent as soon as there is room. @see NXS-DTY-005 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#advance(nowMs);
    for (let [next] = this.#queue; next !== undefined && this.#hasRoomAt(nowMs, next); [next] = this.#queue) {
      this.#queue.shift();
      this.#grant(next);
    }
  }

  /** @returns when the first that waits can be sent */
  override pollTimeoutAtMs(): number | undefined {
    const [next] = this.#queue;
    return next === undefined ? undefined : this.#earliestMs(next);
  }

  /**
   * When a transmission could begin, after those that wait.
   * @param airtimeUs at most what the budget leaves of them
   * @returns milliseconds; now at the earliest
   * @see NXS-DTY-006
   */
  earliestMs(airtimeUs: number, nowMs: number): number {
    this.requireCallAt(nowMs);
    this.#advance(nowMs);
    return this.#earliestMs(this.#aheadUs() + door.count(airtimeUs, 'airtimeUs'));
  }

  #advance(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#spent = this.#spent.filter(({ endsMs }) => endsMs > nowMs); // NXS-DTY-002
  }

  #grant(airtimeUs: number): void {
    this.#spent.push({ endsMs: this.#nowMs + this.#windowMs, airtimeUs }); // NXS-DTY-001
    this.putEvent({ type: 'granted', airtimeUs });
  }

  /** What waits. */
  #aheadUs(): number {
    return this.#queue.reduce((sum, us) => sum + us, 0);
  }

  #countingUsAt(timeMs: number): number {
    return this.#spent.reduce((sum, { endsMs, airtimeUs }) => (endsMs > timeMs ? sum + airtimeUs : sum), 0);
  }

  #hasRoomAt(timeMs: number, neededUs: number): boolean {
    return this.#countingUsAt(timeMs) + neededUs + this.#reserveUs <= this.#budgetUs;
  }

  /** When there is room: now, or when one of those that count ceases to. By the last of these there is (NXS-DTY-007). */
  #earliestMs(neededUs: number): number {
    const times = [this.#nowMs, ...this.#spent.map(({ endsMs }) => endsMs)];
    return times.find((timeMs) => this.#hasRoomAt(timeMs, neededUs)) ?? this.#nowMs; // NXS-DTY-006
  }
}
