/**
 * Routes: what a node keeps of the announces that it hears.
 *
 * What is remembered of an id is its highest sequence number, longer than its route lasts. Otherwise somebody who recorded an
 * announce could send it again when the route is gone, and would be its next hop.
 */
import { leBytes, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { ExpiredError, ReplayError, UnknownError, UsageError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { readAnnounce, requirePrimitives, scorePath } from './announce.ts';
import type { AnnouncePrimitives } from './announce.ts';

/** NXS-RTE-008: ids that are remembered. */
export const ROUTE_ID_COUNT = 4096;
/** NXS-RTE-007: milliseconds for which a sequence number is remembered. */
const SEQUENCE_MS = 2_592_000_000;
/** NXS-RTE-006: milliseconds for which a route holds. */
const ROUTE_MS = 5_400_000;
/** NXS-RTE-009: bits per second from which an interface is fast, and milliseconds between two announces of one id if it is not. */
const SLOW_BITS_PER_SECOND = 10_000n;
const SLOW_MS = 1_800_000;

/** What came of an announce, or the answer to a search. */
export type RouteEvent =
  | { readonly type: 'new' | 'better' | 'worse' | 'forward' }
  /** The next hop, as hexadecimal digits. */
  | { readonly type: 'route'; readonly nextHop: string };

/** How routes are kept. */
export interface RouteOptions {
  /** Of the interface over which announces are forwarded. */
  readonly bitsPerSecond: bigint;
  /** Ids that are remembered, 1 to 4,096; 4,096 if absent. */
  readonly idCount?: number | undefined;
  /** For how long, milliseconds, at least 1 and at most 30 days; 30 days if absent. */
  readonly memoryMs?: number | undefined;
  /** Ids that are remembered already: 1, 2 and so on as big-endian numbers, each its own next hop; 0 if absent. */
  readonly heardBefore?: number | undefined;
}

const OPTIONS = door.members<RouteOptions>({
  bitsPerSecond: door.bigint,
  idCount: door.optional(door.between(1, ROUTE_ID_COUNT)),
  memoryMs: door.optional(door.between(1, SEQUENCE_MS)),
  heardBefore: door.optional(door.count),
});
const DESTINATION = door.copyOfLength(DESTINATION_HASH_LENGTH, 'NXS-IDN-003');

interface Known {
  readonly sequence: bigint;
  readonly heardAtMs: number;
  readonly score: bigint;
  readonly nextHop: string;
  readonly forwardedAtMs: number;
}

/** Keeps routes. Everything that a call put out is polled before the next call. */
export class RouteTable extends Endpoint<never, RouteEvent> {
  readonly #idCount: number;
  readonly #memoryMs: number;
  readonly #slowMs: number;
  readonly #primitives: AnnouncePrimitives;
  /** By id; the one that was heard first comes first. */
  readonly #known: Map<string, Known> = new Map();

  /** @throws UsageError if more ids were heard before than are remembered */
  constructor(options: RouteOptions, primitives: AnnouncePrimitives, nowMs: number) {
    super();
    this.requireCallAt(nowMs);
    const { bitsPerSecond, idCount = ROUTE_ID_COUNT, memoryMs = SEQUENCE_MS, heardBefore = 0 } = OPTIONS(options, 'options');
    if (heardBefore > idCount) throw new UsageError('NXS-RTE-008', 'more ids than are remembered', { heardBefore, idCount });
    this.#idCount = idCount;
    this.#memoryMs = memoryMs;
    this.#slowMs = bitsPerSecond < SLOW_BITS_PER_SECOND ? SLOW_MS : 0;
    this.#primitives = requirePrimitives(primitives);
    for (let number = 1; number <= heardBefore; number++) {
      const nextHop = toHex(leBytes(number, DESTINATION_HASH_LENGTH, 'NXS-RTE-008').reverse());
      this.#known.set(nextHop, { sequence: 0n, heardAtMs: nowMs, score: 0n, nextHop, forwardedAtMs: nowMs });
    }
  }

  /**
   * Takes an announce.
   * @param packet as it was received
   * @throws ReplayError for a lower sequence number; ExpiredError for one that was heard first too long ago; whatever
   * `readAnnounce` throws
   * @see NXS-RTE-001
   */
  hear(packet: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { destination, sequence, pathCost, nextHop } = readAnnounce(packet, this.#primitives);
    this.#forget(nowMs);
    const id = toHex(destination);
    const path = { sequence, score: scorePath(pathCost), nextHop: toHex(nextHop) };
    const known = this.#known.get(id);
    if (known === undefined || sequence > known.sequence) return this.#keep(id, path, known, nowMs);
    if (sequence < known.sequence) throw new ReplayError('NXS-RTE-002', 'a newer announce came before');
    if (nowMs - known.heardAtMs > ROUTE_MS) throw new ExpiredError('NXS-RTE-004', 'an announce that was heard too long ago');
    const isBetter = path.score < known.score; // NXS-RTE-003
    if (isBetter) this.#known.set(id, { ...known, ...path });
    this.putEvent({ type: isBetter ? 'better' : 'worse' });
  }

  /** Finds the next hop to a destination, as an event. @throws UnknownError @see NXS-RTE-006 */
  find(destination: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const id = toHex(DESTINATION(destination, 'destination'));
    this.#forget(nowMs);
    const known = this.#known.get(id);
    if (known === undefined || nowMs - known.heardAtMs > ROUTE_MS) throw new UnknownError('NXS-RTE-006', 'no route to this destination');
    this.putEvent({ type: 'route', nextHop: known.nextHop });
  }

  /** Lets time pass: sequence numbers that are too old are forgotten. */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#forget(nowMs);
  }

  /** @returns when there is next something to forget */
  override pollTimeoutAtMs(): number | undefined {
    const [oldest] = this.#known.values();
    return oldest === undefined ? undefined : oldest.heardAtMs + this.#memoryMs;
  }

  #forget(nowMs: number): void {
    for (const [id, { heardAtMs }] of this.#known) if (heardAtMs + this.#memoryMs <= nowMs) this.#known.delete(id); // NXS-RTE-007
  }

  #keep(id: string, path: Pick<Known, 'sequence' | 'score' | 'nextHop'>, before: Known | undefined, nowMs: number): void {
    this.#known.delete(id);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= this.#idCount) this.#known.delete(oldest); // NXS-RTE-008
    const isForwarded = before === undefined || nowMs - before.forwardedAtMs >= this.#slowMs; // NXS-RTE-009
    this.#known.set(id, { ...path, heardAtMs: nowMs, forwardedAtMs: isForwarded ? nowMs : before.forwardedAtMs });
    this.putEvent({ type: 'new' });
    if (isForwarded) this.putEvent({ type: 'forward' }); // NXS-RTE-005
  }
}
