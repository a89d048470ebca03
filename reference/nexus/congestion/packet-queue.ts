/**
 * The queues of an interface: what is sent next, and what is dropped because it waited for too long.
 *
 *   priority   packets of                    are dropped
 *   0          speech                        after 500 ms                                        NXS-QUE-004
 *   1          messages                      after 5 s in which the link could have taken them   NXS-QUE-006, NXS-QUE-007
 *   2          what nobody waits for         after 30 s                                          NXS-QUE-005
 *   3          bulk                          never, and have a tenth of what is sent             NXS-QUE-008, NXS-QUE-002
 *
 * A queue does not send. Whoever has access to the channel takes what is next at that moment, so that the priority counts
 * until then and not only until a packet is handed to the radio.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, UsageError } from '../../kernel/errors.ts';

/** NXS-QUE-009: packets of each priority that wait. */
export const QUEUE_PACKET_COUNT = 64;
/** NXS-QUE-011: bytes of the longest packet. */
const PACKET_LENGTH_MAX = 500;
/** Milliseconds for which a packet waits, by priority: NXS-QUE-004, NXS-QUE-006, NXS-QUE-005, NXS-QUE-008. */
const WAIT_MS = [500, 5_000, 30_000, Infinity] as const;
/** NXS-QUE-007: the priority whose time counts only while the link is free. */
const INTERACTIVE = 1;
/** NXS-QUE-002: the priority of bulk, and how many bytes of the others one of its own makes up for (NXS-QUE-003). */
const BULK = 3;
const BULK_WEIGHT = 9;

/** What became of a packet that is not sent, or that a queue is more than half full. */
export type QueueEvent =
  | {
      readonly type: 'dropped';
      readonly packet: Uint8Array;
      readonly reason: 'late' | 'full' | 'given-up';
    }
  | { readonly type: 'congested'; readonly priority: number };

/** How the queues of an interface are set up. */
export interface QueueOptions {
  /** Packets of each priority that wait, 1 to 64; 64 if absent. */
  readonly packetCount?: number | undefined;
}

interface Waiting {
  readonly packet: Uint8Array;
  /** By the clock of its priority. */
  readonly sinceMs: number;
}

const OPTIONS = door.members<QueueOptions>({ packetCount: door.optional(door.between(1, QUEUE_PACKET_COUNT)) });

/** Keeps packets by priority. Everything that a call put out is polled before the next call. */
export class PacketQueue extends Endpoint<Uint8Array, QueueEvent> {
  readonly #packetCount: number;
  readonly #queues: readonly Waiting[][] = WAIT_MS.map(() => []);
  #isFree = true;
  #nowMs: number;
  /** NXS-QUE-007: milliseconds in which the link was free. */
  #freeMs = 0;
  /** NXS-QUE-003: bytes that went before bulk and that it has not made up for. */
  #owedLength = 0;

  constructor(options: QueueOptions, nowMs: number) {
    super();
    this.#packetCount = OPTIONS(options, 'options').packetCount ?? QUEUE_PACKET_COUNT;
    this.#nowMs = nowMs;
    this.handleTimeout(nowMs);
  }

  /**
   * Has a packet wait until the link can take it; it is dropped if as many wait already.
   * @param priority 0 to 3
   * @param packet 1 to 500 bytes, kept as a copy
   * @throws LimitError for a longer packet; DecodeError malformed for an empty one
   * @see NXS-QUE-001
   */
  enqueue(priority: number, packet: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const queue = this.#queues[door.count(priority, 'priority')];
    if (queue === undefined) throw new UsageError('NXS-QUE-001', 'not a priority', { priority });
    const kept = door.copy(packet, 'packet');
    if (kept.length === 0) throw new DecodeError('malformed', 'NXS-QUE-011', 'an empty packet');
    if (kept.length > PACKET_LENGTH_MAX) throw new LimitError('NXS-QUE-011', 'longer than a packet', { length: kept.length });
    this.#advance(nowMs);
    if (queue.length >= this.#packetCount) return this.putEvent({ type: 'dropped', packet: kept, reason: 'full' }); // NXS-QUE-009
    queue.push({ packet: kept, sinceMs: this.#clockMs(priority) });
    const half = this.#packetCount / 2;
    if (queue.length > half && queue.length - 1 <= half) this.putEvent({ type: 'congested', priority }); // NXS-QUE-013
  }

  /**
   * Says whether the link could take a packet: nobody sends on it, and its duty budget is not used up.
   * @see NXS-QUE-007
   */
  setFree(isFree: boolean, nowMs: number): void {
    this.requireCallAt(nowMs);
    const next = door.flag(isFree, 'isFree');
    this.#advance(nowMs);
    this.#isFree = next;
  }

  /**
   * Takes the packet that is next, as a transmit. If the link is not free, or nothing waits, there is none.
   * @see NXS-QUE-012
   */
  take(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#advance(nowMs);
    if (!this.#isFree) return; // NXS-QUE-012
    const priority = this.#nextPriority();
    const taken = this.#queues[priority]?.shift();
    if (taken === undefined) return;
    if (priority !== BULK && this.#waitsOf(BULK) > 0) this.#owedLength += taken.packet.length;
    if (priority === BULK && this.#waitsBeforeBulk()) this.#owedLength -= BULK_WEIGHT * taken.packet.length; // NXS-QUE-003
    this.#isFree = false; // NXS-QUE-012
    this.putTransmit(taken.packet);
  }

  /** Drops the packet that is next, because the channel was given up. @see NXS-QUE-014 */
  abandon(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#advance(nowMs);
    const dropped = this.#queues[this.#nextPriority()]?.shift();
    if (dropped !== undefined) this.putEvent({ type: 'dropped', packet: dropped.packet, reason: 'given-up' });
  }

  /** Lets time pass: what has waited for too long is dropped. @see NXS-QUE-004 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#advance(nowMs);
  }

  /** @returns when the next packet is dropped, if none is taken before and the link stays as it is */
  override pollTimeoutAtMs(): number | undefined {
    const leftMs = this.#queues.flatMap(([first], priority) => {
      const isCounting = priority !== INTERACTIVE || this.#isFree;
      return first === undefined || priority === BULK || !isCounting ? [] : [this.#leftMs(priority, first)];
    });
    return leftMs.length === 0 ? undefined : this.#nowMs + Math.min(...leftMs);
  }

  #advance(nowMs: number): void {
    if (this.#isFree) this.#freeMs += nowMs - this.#nowMs; // NXS-QUE-007
    this.#nowMs = nowMs;
    for (const [priority, queue] of this.#queues.entries()) {
      for (let [first] = queue; first !== undefined && this.#leftMs(priority, first) <= 0; [first] = queue) {
        queue.shift();
        this.putEvent({ type: 'dropped', packet: first.packet, reason: 'late' }); // NXS-QUE-010
      }
    }
  }

  #clockMs(priority: number): number {
    return priority === INTERACTIVE ? this.#freeMs : this.#nowMs;
  }

  #leftMs(priority: number, { sinceMs }: Waiting): number {
    return sinceMs + (WAIT_MS[priority] ?? Infinity) - this.#clockMs(priority);
  }

  #waitsOf(priority: number): number {
    return this.#queues[priority]?.length ?? 0;
  }

  #waitsBeforeBulk(): boolean {
    return this.#queues.some((queue, priority) => priority !== BULK && queue.length > 0);
  }

  /** NXS-QUE-001, and bulk as soon as anything is owed (NXS-QUE-003); any priority if nothing waits. */
  #nextPriority(): number {
    if (this.#owedLength > 0 && this.#waitsOf(BULK) > 0) return BULK;
    return Math.max(
      this.#queues.findIndex((queue) => queue.length > 0),
      0,
    );
  }
}
