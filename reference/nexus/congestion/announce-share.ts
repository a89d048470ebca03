/** What announces may take of an interface: a little of its time, and less if it may not send for long. */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { LimitError } from '../../kernel/errors.ts';
import { DUTY_WINDOW_MS, DutyMeter } from '../lora/duty-meter.ts';

/** NXS-ASH-001: hundredths of an interface's time, and the part of its duty budget. */
const TIME_PERCENT = 2;
const BUDGET_PART = 4;
const MS_US = 1000;

/** The limits of an interface. */
export interface AnnounceLimits {
  /** Microseconds that it may send within the window; absent if nothing limits it. */
  readonly budgetUs?: number | undefined;
  /** Milliseconds for which an announce counts, at least 1; an hour if absent. */
  readonly windowMs?: number | undefined;
}

/** The announce may be sent now; or it is dropped, and one as long could be sent at a time in milliseconds. */
export type AnnounceShareEvent =
  { readonly type: 'granted'; readonly airtimeUs: number } | { readonly type: 'withheld'; readonly at: number };

const LIMITS = door.members<AnnounceLimits>({ budgetUs: door.optional(door.count), windowMs: door.optional(door.positiveDuration) });

/**
 * What announces may take of a window.
 * @returns microseconds
 * @see NXS-ASH-001
 */
export function announceShareUs(limits: AnnounceLimits): number {
  const { budgetUs = Infinity, windowMs = DUTY_WINDOW_MS } = LIMITS(limits, 'limits');
  return Math.floor(Math.min((windowMs * MS_US * TIME_PERCENT) / 100, budgetUs / BUDGET_PART));
}

/** Counts announces. They are short-lived, so none waits. Everything that a call put out is polled before the next call. */
export class AnnounceShare extends Endpoint<never, AnnounceShareEvent> {
  readonly #shareUs: number;
  readonly #meter: DutyMeter;

  constructor(limits: AnnounceLimits, nowMs: number) {
    super();
    this.#shareUs = announceShareUs(limits);
    this.#meter = new DutyMeter(
      {
        budgetUs: this.#shareUs,
        reserveUs: 0,
        windowMs: LIMITS(limits, 'limits').windowMs,
      },
      nowMs,
    );
  }

  /**
   * Wants to send an announce.
   * @param airtimeUs microseconds of all its frames
   * @throws LimitError for more than the whole share
   * @see NXS-ASH-003
   */
  send(airtimeUs: number, nowMs: number): void {
    this.requireCallAt(nowMs);
    const neededUs = door.count(airtimeUs, 'airtimeUs');
    if (neededUs > this.#shareUs) throw new LimitError('NXS-ASH-004', 'an announce longer than the share', { airtimeUs });
    const at = this.#meter.earliestMs(neededUs, nowMs);
    if (at > nowMs) return this.putEvent({ type: 'withheld', at }); // NXS-ASH-003
    this.#meter.send({ airtimeUs: neededUs }, nowMs); // NXS-ASH-002
    this.#meter.pollEvent();
    this.putEvent({ type: 'granted', airtimeUs: neededUs });
  }
}
