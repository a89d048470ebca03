/** When a link that is silent is sent a keepalive, and when it is down. */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { StateError } from '../../kernel/errors.ts';

/** NXS-IDL-001, NXS-IDL-003: milliseconds of a round, and rounds of silence. */
const ROUND_MS = 60_000;
const IDLE_ROUNDS = 3;
const SLOW_IDLE_ROUNDS = 1440;
/** NXS-IDL-003: a link with less is slow. */
const SLOW_BITS_PER_SECOND = 10_000;
/** NXS-IDL-002, NXS-IDL-004. */
const KEEPALIVE_COUNT = 3;
const LAPSE_COUNT = 3;

/** What a silent link needs: a keepalive, or its end. */
export interface IdleEvent {
  readonly type: 'keepalive' | 'down';
}

/** Watches a link. Everything that a call put out is polled before the next call. */
export class IdleWatch extends Endpoint<never, IdleEvent> {
  readonly #isSlow: boolean;
  #isDown = false;
  /** Of the last packet or keepalive; undefined before the first packet. */
  #sinceMs: number | undefined;
  #keepalives = 0;
  #lapses = 0;

  /** @param bitsPerSecond of the link */
  constructor(bitsPerSecond: number) {
    super();
    this.#isSlow = door.count(bitsPerSecond, 'bitsPerSecond') < SLOW_BITS_PER_SECOND;
  }

  /** Tells that a packet has opened. @throws StateError once the link is down @see NXS-IDL-005 */
  heard(nowMs: number): void {
    this.#requireUp(nowMs);
    this.#sinceMs = nowMs;
    this.#keepalives = 0;
    this.#lapses = 0;
  }

  /** Tells that a request was not answered. @throws StateError once the link is down @see NXS-IDL-004 */
  lapse(nowMs: number): void {
    this.#requireUp(nowMs);
    if (!this.#isSlow || this.#sinceMs === undefined) return;
    this.#lapses++;
    if (this.#lapses === LAPSE_COUNT) this.#end();
  }

  /** Lets time pass. @see NXS-IDL-001 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    const dueMs = this.pollTimeoutAtMs();
    if (dueMs === undefined || nowMs < dueMs) return;
    if (this.#isSlow || this.#keepalives === KEEPALIVE_COUNT) {
      this.#end(); // NXS-IDL-002, NXS-IDL-003
      return;
    }
    this.#keepalives++;
    this.#sinceMs = nowMs;
    this.putEvent({ type: 'keepalive' });
  }

  /** @returns when the silence has lasted too long */
  override pollTimeoutAtMs(): number | undefined {
    if (this.#isDown || this.#sinceMs === undefined) return undefined;
    return this.#sinceMs + ROUND_MS * (this.#isSlow ? SLOW_IDLE_ROUNDS : IDLE_ROUNDS);
  }

  #requireUp(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (this.#isDown) throw new StateError('NXS-IDL-002', 'the link is down');
  }
  #end(): void {
    this.#isDown = true;
    this.putEvent({ type: 'down' });
  }
}
