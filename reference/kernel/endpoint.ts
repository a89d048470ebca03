/**
 * The one dialect of everything that lives longer than a call and has something to say.
 *
 *   in    handle*(input, nowMs)   what arrives, and time that passes
 *         named calls             what the application wants; where time matters, nowMs is their last argument
 *   out   pollTransmit()          what to send, one after the other, until it answers undefined
 *         pollEvent()             what happened, likewise
 *         pollTimeoutAtMs()       when handleTimeout is due
 *
 * An endpoint has no clock, socket, storage or randomness of its own. What a call puts out waits in two queues, and the
 * caller empties both, transmits first, before the next call. So no queue needs a bound of its own, and a caller that
 * stops polling learns of it at once and not when memory runs out. A call that throws has put out nothing. What is put out
 * belongs to the caller.
 *
 * Choice: ADR-0026. What answers every call by its return value, and never speaks of its own accord, is not an endpoint but
 * a plain object: a table, a sealer, an opener.
 */
import { copied } from './copied.ts';
import * as door from './door.ts';
import { UsageError } from './errors.ts';
import { Fifo } from './fifo.ts';

/** No document says how an endpoint is called: what is refused here is refused by our own decision. */
const DECISION = 'ADR-0026';
/** Times beyond this are refused, so that a time and what is added to it are held exactly: 142,000 years in milliseconds. */
const NOW_MS_MAX = 2 ** 52;

/**
 * Polls until nothing is left.
 * @param poll such as `() => endpoint.pollEvent()`
 * @returns what came, in its order
 * @throws UsageError for anything but a function
 */
export function drain<Item>(poll: () => Item | undefined): Item[] {
  door.call()(poll, 'poll');
  const items: Item[] = [];
  for (let item = poll(); item !== undefined; item = poll()) items.push(item);
  return items;
}

/** What every endpoint has: the two outgoing queues, and the rule that they are empty when a call begins. */
export abstract class Endpoint<Transmit, Event> {
  readonly #transmits: Fifo<Transmit> = new Fifo();
  readonly #events: Fifo<Event> = new Fifo();

  /** @returns the next thing to send, or undefined; poll what the last call put out before the next one */
  pollTransmit(): Transmit | undefined {
    return this.#transmits.shift();
  }

  /** @returns what happened next, or undefined; poll what the last call put out before the next one */
  pollEvent(): Event | undefined {
    return this.#events.shift();
  }

  /** @returns when handleTimeout should be called at the latest, in milliseconds; undefined if nothing is due */
  pollTimeoutAtMs(): number | undefined {
    return undefined;
  }

  /**
   * Begins a call at a time: everything that the last one put out has been polled.
   * @param nowMs the time in milliseconds, at most 2^52
   * @throws UsageError; nothing has changed
   */
  protected requireCallAt(nowMs: number): void {
    if (!Number.isSafeInteger(nowMs) || nowMs < 0 || nowMs > NOW_MS_MAX)
      throw new UsageError(DECISION, 'no time in milliseconds', { nowMs: typeof nowMs === 'number' ? String(nowMs) : typeof nowMs });
    this.requireCall();
  }

  /**
   * Begins a call to which time is nothing: everything that the last one put out has been polled.
   * @throws UsageError; nothing has changed
   */
  protected requireCall(): void {
    if (this.#transmits.length + this.#events.length > 0)
      throw new UsageError(DECISION, 'poll what the last call put out before the next one');
  }

  /** Puts out something to send; what is kept of it does not change with it. */
  protected putTransmit(transmit: Transmit): void {
    this.#transmits.push(copied(transmit));
  }

  /** Puts out what happened; what is kept of it does not change with it. */
  protected putEvent(event: Event): void {
    this.#events.push(copied(event));
  }
}
