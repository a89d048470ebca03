/** When an end of a scenario wants to be ticked: as it says, or again and again where hello says that it does not say so. */
import type { JsonObject } from '../contract/contract.ts';
import type { Talk } from './talk.ts';

/** Who says nothing is ticked after so long, and after twice as long each time that nothing came of it. */
const POLL_MS = 50;
const POLL_MS_MAX = 1000;

/** The timers of the ends of one scenario. */
export class Polls {
  readonly #talk: Talk;
  readonly #waitMs = new Map<string, number>();

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  /**
   * The moment of an end's next tick after one of its answers.
   *
   * @param end any name of it
   * @returns milliseconds of the scenario's clock; undefined where nothing is due
   */
  next(end: string, operation: string, answer: JsonObject, nowMs: number): number | undefined {
    if (!this.#talk.isOmitted(operation, 'timeoutAt')) return (answer['timeoutAt'] as number | null | undefined) ?? undefined;
    const isBusy = [answer['transmit'], answer['events']].some((list) => Array.isArray(list) && list.length > 0);
    const waitMs = isBusy ? POLL_MS : (this.#waitMs.get(end) ?? POLL_MS);
    this.#waitMs.set(end, Math.min(2 * waitMs, POLL_MS_MAX));
    return nowMs + waitMs;
  }
}
