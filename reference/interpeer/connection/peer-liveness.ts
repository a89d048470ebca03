/**
 * Whether the peer of a connection is there: its first packet begins the connection, and the first one after a long silence
 * begins it anew. The default channel alone begins connections.
 */
import { StateError } from '../../kernel/errors.ts';

/** IPR-RUL-005: after this long without a packet the next one starts the connection over, in milliseconds. */
export const CONNECTION_RESET_MS = 120_000;

/** What a packet, or its absence, says about the connection. */
export type LivenessEvent = 'reset' | 'connected';

/** When one peer was heard last. */
export class PeerLiveness {
  readonly #resetMs: number;
  #heardAtMs: number | undefined;

  /** @param resetMs silence after which a connection is over, in milliseconds */
  constructor(resetMs: number = CONNECTION_RESET_MS) {
    this.#resetMs = resetMs;
  }

  /** When the silence has lasted too long, in milliseconds; undefined while there is no connection. */
  get timeoutAtMs(): number | undefined {
    return this.#heardAtMs === undefined ? undefined : this.#heardAtMs + this.#resetMs;
  }

  /** Marks the peer as heard. @returns what that begins, in its order */
  hear(nowMs: number): LivenessEvent[] {
    const events: LivenessEvent[] = [];
    if (this.lapse(nowMs)) events.push('reset'); // IPR-RUL-015
    if (this.#heardAtMs === undefined) events.push('connected'); // IPR-RUL-005
    this.#heardAtMs = nowMs;
    return events;
  }

  /** Ends a connection whose peer was silent for too long. @returns whether there was one to end */
  lapse(nowMs: number): boolean {
    if (!this.#isOverdue(nowMs)) return false;
    this.#heardAtMs = undefined; // IPR-RUL-015
    return true;
  }

  /** @throws StateError while there is no connection, which another than the default channel cannot begin */
  requireBegun(nowMs: number): void {
    if (this.#heardAtMs === undefined || this.#isOverdue(nowMs))
      throw new StateError('IPR-RUL-016', 'only the default channel begins a connection');
  }

  #isOverdue(nowMs: number): boolean {
    return this.#heardAtMs !== undefined && nowMs - this.#heardAtMs >= this.#resetMs; // IPR-RUL-005
  }
}
