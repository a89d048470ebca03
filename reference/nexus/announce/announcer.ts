/** When a node announces itself over one interface: at once, every half an hour, and when its price changes. */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { UsageError } from '../../kernel/errors.ts';

/** NXS-RTE-011: milliseconds between two announces. */
const ANNOUNCE_MS = 1_800_000;
/** NXS-RTE-015: the last sequence number. */
const SEQUENCE_MAX = 2n ** 64n - 1n;
/** NXS-RTE-013: bits per second from which a change of cost is announced at once. */
const SLOW_BITS_PER_SECOND = 10_000n;

/** The node is to announce itself. */
export interface AnnounceEvent {
  readonly type: 'announce';
  /** The sequence number to use, in decimal digits; it is kept before the announce is sent. */
  readonly sequence: string;
}

/** What a node starts with. */
export interface AnnouncerOptions {
  /** Of the interface. */
  readonly bitsPerSecond: bigint;
  /** What the node takes for a byte. */
  readonly cost: bigint;
  /** Of the last announce that it ever made; 0 if it made none. */
  readonly sequence: bigint;
}

const OPTIONS = door.members<AnnouncerOptions>({ bitsPerSecond: door.bigint, cost: door.bigint, sequence: door.bigint });

/** Says when to announce. Everything that a call put out is polled before the next call. */
export class Announcer extends Endpoint<never, AnnounceEvent> {
  readonly #isSlow: boolean;
  #sequence: bigint;
  #cost: bigint;
  /** What the node took, and when, at its last announce. */
  #last: { readonly cost: bigint; readonly atMs: number } | undefined;

  /** @throws UsageError for a sequence number of more than 64 bits */
  constructor(options: AnnouncerOptions) {
    super();
    const { bitsPerSecond, cost, sequence } = OPTIONS(options, 'options');
    if (sequence < 0n || sequence > SEQUENCE_MAX) throw new UsageError('NXS-RTE-014', 'a sequence number is of 64 bits');
    this.#isSlow = bitsPerSecond < SLOW_BITS_PER_SECOND;
    this.#cost = cost;
    this.#sequence = sequence;
  }

  /** Says what the node takes for a byte from now on. @see NXS-RTE-012 */
  changeCost(cost: bigint, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#cost = door.bigint(cost, 'cost');
    if (this.#sequence === SEQUENCE_MAX) return; // NXS-RTE-015
    if (this.#isDue(nowMs) || (!this.#isSlow && this.#hasChanged())) this.#announce(nowMs); // NXS-RTE-013
  }

  /** Lets time pass. @see NXS-RTE-011 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (this.#sequence < SEQUENCE_MAX && this.#isDue(nowMs)) this.#announce(nowMs);
  }

  /** @returns when the next announce is due; nothing before the first call, which makes the first, and after the last number */
  override pollTimeoutAtMs(): number | undefined {
    return this.#last === undefined || this.#sequence === SEQUENCE_MAX ? undefined : this.#last.atMs + ANNOUNCE_MS;
  }

  #isDue(nowMs: number): boolean {
    return this.#last === undefined || nowMs - this.#last.atMs >= ANNOUNCE_MS; // NXS-RTE-010
  }

  /** By more than a quarter. */
  #hasChanged(): boolean {
    const before = this.#last?.cost ?? 0n;
    const difference = this.#cost > before ? this.#cost - before : before - this.#cost;
    return 4n * difference > before;
  }

  #announce(nowMs: number): void {
    this.#sequence += 1n; // NXS-RTE-014
    this.#last = { cost: this.#cost, atMs: nowMs };
    this.putEvent({ type: 'announce', sequence: String(this.#sequence) });
  }
}
