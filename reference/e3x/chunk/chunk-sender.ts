/**
 * The sending half of one link.
 *
 *   state    send                              chunk arrived                     blockMs passed
 *   ready    writes a frame, -> blocked        -                                 -
 *   blocked  frames wait                       -> ready; the next frame waits    -> stalled, queue dropped
 *                                              no longer: written, -> blocked
 *   stalled  refused, wrong-state              -                                 -
 *
 * A sender that does not block writes every frame at once and stays ready.
 */
import { LimitError, StateError } from '../../kernel/errors.ts';
import { Fifo } from '../../kernel/fifo.ts';
import { splitChunks } from './chunking.ts';

/** How a sender behaves; lengths in bytes, times in milliseconds. */
export interface ChunkSenderOptions {
  readonly size: number;
  readonly blocking: boolean;
  readonly blockMs: number;
  readonly queueBytes: number;
}

interface Frame {
  readonly bytes: Uint8Array;
  /** Whether the frame carries the terminator of its packet. */
  readonly endsPacket: boolean;
}

type SenderState =
  { readonly state: 'ready' } | { readonly state: 'blocked'; readonly blockedAtMs: number } | { readonly state: 'stalled' };

/** Writes the packets of one link. */
export class ChunkSender {
  readonly #options: ChunkSenderOptions;
  readonly #waiting: Fifo<Frame> = new Fifo();
  #waitingBytes = 0;
  #isMidPacket = false;
  #state: SenderState = { state: 'ready' };

  constructor(options: ChunkSenderOptions) {
    this.#options = options;
  }

  /** Nothing is remembered: no block, no frame that waits. */
  get isIdle(): boolean {
    return this.#state.state === 'ready' && this.#waiting.length === 0 && !this.#isMidPacket;
  }

  /** The last frame written was not the end of its packet: a zero byte now would end it too early. */
  get isMidPacket(): boolean {
    return this.#isMidPacket;
  }

  /** When the block means a stall; undefined if nothing blocks. */
  get timeoutAtMs(): number | undefined {
    return this.#state.state === 'blocked' ? this.#state.blockedAtMs + this.#options.blockMs : undefined;
  }

  /**
   * Takes a packet to send; its frames then wait for pollFrame.
   * @throws StateError when stalled; DecodeError truncated; LimitError when too much waits; the state is unchanged
   */
  send(packet: Uint8Array): void {
    const { size, blocking, queueBytes } = this.#options;
    if (this.#state.state === 'stalled') throw new StateError('E3X-CHK-020', 'the sender is stalled');
    const frames = splitChunks(packet, size);
    const waitingBytes = frames.reduce((total, frame) => total + frame.length, this.#waitingBytes);
    if (blocking && waitingBytes > queueBytes) {
      throw new LimitError('E3X-CHK-027', 'too many bytes wait', { waitingBytes, queueBytes });
    }
    frames.forEach((bytes, index) => {
      this.#waiting.push({ bytes, endsPacket: index === frames.length - 1 });
    });
    this.#waitingBytes = waitingBytes;
  }

  /** Told that a full chunk arrived, a zero byte included. */
  handleChunk(): void {
    if (this.#state.state === 'blocked') this.#state = { state: 'ready' }; // E3X-CHK-018
  }

  /** @returns the next frame to write; undefined while blocked or where none waits */
  pollFrame(nowMs: number): Uint8Array | undefined {
    if (this.#state.state !== 'ready') return undefined; // E3X-CHK-017
    const frame = this.#waiting.shift();
    if (frame === undefined) return undefined;
    this.#waitingBytes -= frame.bytes.length;
    this.#isMidPacket = !frame.endsPacket;
    if (this.#options.blocking) this.#state = { state: 'blocked', blockedAtMs: nowMs }; // E3X-CHK-017
    return frame.bytes; // E3X-CHK-019: without a block the next call writes the next frame
  }

  /** @returns whether the sender stalled just now */
  handleTimeout(nowMs: number): boolean {
    const dueAtMs = this.timeoutAtMs;
    if (dueAtMs === undefined || nowMs < dueAtMs) return false;
    this.#state = { state: 'stalled' }; // E3X-CHK-020
    this.#waiting.clear();
    this.#waitingBytes = 0;
    return true;
  }
}
