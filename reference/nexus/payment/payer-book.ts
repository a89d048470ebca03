/**
 * What a payer has handed over, and may have to pay for: packets of the last 600 s, and how many of all were to win.
 *
 * Packets are in memory alone: after a restart none of them is known, so that none can be paid twice. The totals are stored.
 */
import { toHex } from '../../kernel/bytes.ts';
import { lotteryBound } from './lottery.ts';

/** NXS-BOK-002: how long a claim is taken, and of how many packets. */
const BOOK_MS = 600_000;
const BOOK_COUNT = 4_096;
/** NXS-BOK-005: expected wins are counted in parts of which a win has this many; difficulties divide it. */
const PARTS = 1_000;

/** A packet that was handed over. */
export interface HandedPacket {
  readonly difficulty: number;
  /** What it is worth if it wins. */
  readonly reward: bigint;
  readonly atMs: number;
  isPaid: boolean;
}
/** What is counted over the life of a channel. */
export interface BookTotals {
  /** Claims that were paid. */
  readonly wins: number;
  /** Thousandths of wins that were to be expected. */
  readonly expected: number;
}

/** Remembers packets by their ids. */
export class PayerBook {
  readonly #packets: Map<string, HandedPacket> = new Map();
  readonly #count: number;
  #wins: number;
  #expected: number;

  constructor({ wins, expected }: BookTotals, count: number = BOOK_COUNT) {
    this.#wins = wins;
    this.#expected = expected;
    this.#count = count;
  }

  /** A packet that was handed over again is worth what it was first. @see NXS-BOK-001 */
  hand(packetId: Uint8Array, worth: { readonly difficulty: number; readonly reward: bigint }, nowMs: number): void {
    const name = toHex(packetId);
    const known = this.find(packetId, nowMs);
    if (known !== undefined) return;
    this.#packets.delete(name);
    this.#packets.set(name, { ...worth, atMs: nowMs, isPaid: false });
    this.#expected += PARTS / worth.difficulty;
    const [oldest] = this.#packets.keys();
    if (oldest !== undefined && this.#packets.size > this.#count) this.#packets.delete(oldest); // NXS-BOK-002
  }

  /** The packet, unless it was handed over too long ago. */
  find(packetId: Uint8Array, nowMs: number): HandedPacket | undefined {
    const packet = this.#packets.get(toHex(packetId));
    return packet !== undefined && nowMs - packet.atMs <= BOOK_MS ? packet : undefined;
  }

  /** Whether one more claim is more than chance allows. @see NXS-BOK-005 */
  isBeyondChance(): boolean {
    return BigInt(this.#wins + 1) > lotteryBound(Math.ceil(this.#expected / PARTS));
  }
  pay(packet: HandedPacket): void {
    packet.isPaid = true;
    this.#wins++;
  }
  totals(): BookTotals {
    return { wins: this.#wins, expected: this.#expected };
  }
}
