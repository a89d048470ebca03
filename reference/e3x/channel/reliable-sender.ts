/**
 * The sending half of a reliable channel: numbers content, keeps it until it is acknowledged, and resends it.
 *
 *   waiting     numbered, beyond ack + window: not sent yet
 *   sent        in flight
 *   acked       gone
 *
 * One clock runs while anything is in flight. When it is over the oldest packet is resent, and the wait doubles;
 * the receiver's answer says what else is missing.
 */
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { INNER_LENGTH_MAX, MISS_RESEND_MS, PEER_WINDOW_INITIAL, RESEND_MAX_MS, RESEND_MS, U32_MAX } from './constants.ts';
import type { InnerContent } from './channel-head.ts';
import type { Missing } from './miss.ts';
import type { BufferBounds } from './reliable-receiver.ts';

/** How a sender behaves. */
export interface ReliableSenderOptions extends BufferBounds {
  /** Resends not followed by a packet from the peer, before the channel errs. */
  readonly resendCountMax: number;
  /** The first number, 1 unless a test wants the last ones. */
  readonly firstSeq?: number;
}

/** A content packet that is kept. */
export interface Outgoing {
  readonly seq: number;
  readonly content: InnerContent;
  readonly end: boolean;
  /** Bytes of the packet as it would be without an ack. */
  readonly length: number;
}

interface Kept {
  readonly outgoing: Outgoing;
  resentAtMs: number | undefined;
}

/** What an acknowledgement did. */
export interface AckOutcome {
  /** The number up to which everything is now acknowledged, if it rose. */
  readonly acked?: number;
  /** Whether the buffer was full and is not any more. */
  readonly isWritable: boolean;
}

/** Keeps what was sent until the peer has processed it. */
export class ReliableSender {
  readonly #options: ReliableSenderOptions;
  readonly #kept: Map<number, Kept> = new Map();
  readonly #resends: number[] = [];
  #keptBytes = 0;
  #nextSeq: number;
  #sentSeq: number;
  #ackedSeq: number;
  #peerWindow = PEER_WINDOW_INITIAL;
  #resendCount = 0;
  #resendAtMs: number | undefined;

  constructor(options: ReliableSenderOptions) {
    this.#options = options;
    this.#nextSeq = options.firstSeq ?? 1; // E3X-REL-001
    this.#sentSeq = this.#nextSeq - 1;
    this.#ackedSeq = this.#sentSeq;
  }

  /** The number of the next content packet, 1 to 2^32 - 1. @throws LimitError when they are used up */
  get nextSeq(): number {
    if (this.#nextSeq > U32_MAX) throw new LimitError('E3X-REL-036', 'the sequence numbers are used up');
    return this.#nextSeq;
  }

  /** Whether everything sent is acknowledged. */
  get isIdle(): boolean {
    return this.#kept.size === 0;
  }

  /** When the oldest packet must be resent; undefined if nothing is in flight. */
  get resendAtMs(): number | undefined {
    return this.#resendAtMs;
  }

  /**
   * Takes a content packet; pollSend gives it back when it may be sent.
   * @throws LimitError when the buffer is full; the state is unchanged
   */
  push(outgoing: Outgoing): void {
    const { window, bufferBytes } = this.#options;
    if (this.#kept.size >= window) throw new LimitError('E3X-REL-009', 'too many packets wait', { window });
    const keptBytes = this.#keptBytes + outgoing.length;
    if (keptBytes > bufferBytes) throw new LimitError('E3X-REL-009', 'too many bytes wait', { keptBytes, bufferBytes });
    this.#kept.set(outgoing.seq, { outgoing, resentAtMs: undefined }); // E3X-REL-025
    this.#keptBytes = keptBytes;
    this.#nextSeq = outgoing.seq + 1; // E3X-REL-001
  }

  /** @returns the next packet that must be resent or may be sent; undefined if there is none */
  pollSend(nowMs: number): Outgoing | undefined {
    const again = this.#resends.shift();
    if (again !== undefined) return this.#kept.get(again)?.outgoing;
    const next = this.#kept.get(this.#sentSeq + 1);
    if (next === undefined || next.outgoing.seq > this.#ackedSeq + this.#peerWindow) return undefined; // E3X-REL-023
    this.#sentSeq = next.outgoing.seq;
    this.#resendAtMs ??= nowMs + RESEND_MS; // E3X-REL-026
    return next.outgoing;
  }

  /** Refuses an acknowledgement of what was not sent; changes nothing. @throws DecodeError malformed */
  requireAck(ack: number): void {
    if (ack > this.#sentSeq)
      throw new DecodeError('malformed', 'E3X-REL-029', 'acknowledges what was not sent', { ack, sent: this.#sentSeq });
  }

  /** Told that any packet of the peer was accepted: it is alive. */
  handlePeer(): void {
    this.#resendCount = 0; // E3X-REL-028
  }

  /** Takes an acknowledgement that was not refused. */
  handleAck(ack: number, miss: Missing | undefined, nowMs: number): AckOutcome {
    if (ack < this.#ackedSeq) return { isWritable: false }; // E3X-REL-030
    const wasFull = this.#isFull;
    const hasRisen = ack > this.#ackedSeq;
    for (const [seq, { outgoing }] of this.#kept) {
      // E3X-REL-025
      if (seq > ack) break;
      this.#kept.delete(seq);
      this.#keptBytes -= outgoing.length;
    }
    this.#ackedSeq = ack;
    if (hasRisen) this.#resendAtMs = this.#sentSeq > ack ? nowMs + RESEND_MS : undefined; // E3X-REL-026
    if (miss !== undefined) this.#handleMiss(ack, miss, nowMs);
    return { ...(hasRisen ? { acked: ack } : {}), isWritable: wasFull && !this.#isFull }; // E3X-REL-031
  }

  /**
   * Lets time pass: the oldest packet is resent when its wait is over.
   * @returns whether the peer is given up
   */
  handleTimeout(nowMs: number): boolean {
    if (this.#resendAtMs === undefined || nowMs < this.#resendAtMs) return false;
    if (this.#resendCount >= this.#options.resendCountMax) return true; // E3X-REL-028
    this.#resendCount += 1;
    this.#resendAtMs = nowMs + Math.min(RESEND_MS * 2 ** this.#resendCount, RESEND_MAX_MS); // E3X-REL-027
    this.#resend(this.#ackedSeq + 1, nowMs); // E3X-REL-026
    return false;
  }

  /** A packet of the greatest length might not fit. */
  get #isFull(): boolean {
    const { window, bufferBytes } = this.#options;
    return this.#kept.size >= window || this.#keptBytes + INNER_LENGTH_MAX > bufferBytes;
  }

  #handleMiss(ack: number, { missing, highest }: Missing, nowMs: number): void {
    this.#peerWindow = highest - ack; // E3X-REL-023
    for (const seq of missing) {
      const resentAtMs = this.#kept.get(seq)?.resentAtMs;
      if (seq > this.#sentSeq) continue; // E3X-REL-035
      if (resentAtMs === undefined || nowMs - resentAtMs >= MISS_RESEND_MS) this.#resend(seq, nowMs); // E3X-REL-024
    }
  }

  #resend(seq: number, nowMs: number): void {
    const kept = this.#kept.get(seq);
    if (kept === undefined) return;
    kept.resentAtMs = nowMs;
    this.#resends.push(seq);
  }
}
