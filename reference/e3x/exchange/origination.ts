/**
 * A handshake of ours on its way: the same bytes again and again, until it is answered or given up.
 *
 *   sent 0 s     again 1 s   3 s   7 s   15 s     given up 30 s
 *
 * Nothing is sealed twice: a second sealing would need a second nonce, and would tell an observer more than the
 * first one did.
 */

/** E3X-EXC-007: when an unanswered handshake is resent, in milliseconds after the first time. */
const RESEND_AFTER_MS: readonly number[] = [1000, 3000, 7000, 15000];
/** E3X-EXC-008: when it is given up, in milliseconds after the first time. */
const GIVE_UP_AFTER_MS = 30_000;

/** One handshake that waits for its answer. */
export class Origination {
  readonly at: number;
  readonly packets: readonly Uint8Array[];
  readonly #sentAtMs: number;
  #resentCount = 0;

  constructor(at: number, packets: readonly Uint8Array[], nowMs: number) {
    this.at = at;
    this.packets = packets;
    this.#sentAtMs = nowMs;
  }

  /** When it is resent, or given up, in milliseconds. */
  get timeoutAtMs(): number {
    return this.#sentAtMs + (RESEND_AFTER_MS[this.#resentCount] ?? GIVE_UP_AFTER_MS);
  }

  /**
   * Lets time pass.
   * @returns what is due; several times that were missed are one
   */
  handleTimeout(nowMs: number): 'resend' | 'give-up' | undefined {
    const elapsedMs = nowMs - this.#sentAtMs;
    if (elapsedMs >= GIVE_UP_AFTER_MS) return 'give-up'; // E3X-EXC-008
    const dueCount = RESEND_AFTER_MS.filter((afterMs) => elapsedMs >= afterMs).length;
    if (dueCount <= this.#resentCount) return undefined;
    this.#resentCount = dueCount; // E3X-EXC-007
    return 'resend';
  }
}
