/**
 * The receiving half of one link: fragments in, packets out, and nothing kept forever.
 *
 *   state       fragment                              terminator                      age reached
 *   idle        -> assembling                         ignored                         -
 *               -> skipping, limit (no room)
 *   assembling  -> assembling                         -> idle, packet                 -> skipping, expired
 *               -> skipping, limit (would exceed)     -> idle, truncated (no packet)
 *   skipping    ignored                               -> idle                         -
 *
 * An assembly that was given up is skipped up to its terminator, since chunks carry no id: the fragments that still
 * come belong to the same lost packet, and only the terminator says where the next one begins.
 */
import { concat } from '../../kernel/bytes.ts';
import { isPacket } from '../packet/packet.ts';
import type { ChunkLimits } from './transports.ts';

/** Why an assembly ended without a packet. */
export type DiscardClass = 'truncated' | 'limit' | 'expired';

/** What the receiver tells its endpoint. */
export type ReceiverEvent =
  { readonly type: 'packet'; readonly packet: Uint8Array } | { readonly type: 'discarded'; readonly class: DiscardClass };

/** What is buffered of a packet: its fragments, their bytes in all, and when the first of them came. */
interface Assembly {
  readonly fragments: Uint8Array[];
  readonly packetBytes: number;
  readonly startedAtMs: number;
}

type ReceiverState = { readonly state: 'idle' } | ({ readonly state: 'assembling' } & Assembly) | { readonly state: 'skipping' };

const IDLE: ReceiverState = { state: 'idle' };
const SKIPPING: ReceiverState = { state: 'skipping' };

/** Assembles the packets of one link. */
export class ChunkReceiver {
  readonly #limits: ChunkLimits;
  #state: ReceiverState = IDLE;

  constructor(limits: ChunkLimits) {
    this.#limits = limits;
  }

  /** Nothing is remembered: the next packet begins with the next fragment. */
  get isIdle(): boolean {
    return this.#state.state === 'idle';
  }

  /** An assembly is open and counts against assemblyCount. */
  get isAssembling(): boolean {
    return this.#state.state === 'assembling';
  }

  /** When the open assembly expires; undefined if none is open. */
  get timeoutAtMs(): number | undefined {
    return this.#state.state === 'assembling' ? this.#state.startedAtMs + this.#limits.ageMs : undefined;
  }

  /**
   * Takes the fragment of one chunk.
   * @param fragment 1 to 255 bytes, copied
   * @param hasRoom whether another assembly may be opened (E3X-CHK-025)
   */
  handleFragment(fragment: Uint8Array, hasRoom: boolean, nowMs: number): ReceiverEvent | undefined {
    const state = this.#state;
    if (state.state === 'skipping') return undefined;
    const opened: Assembly = state.state === 'assembling' ? state : { fragments: [], packetBytes: 0, startedAtMs: nowMs };
    const packetBytes = opened.packetBytes + fragment.length;
    if (packetBytes > this.#limits.packetBytes) return this.#discard('limit'); // E3X-CHK-022
    if (opened.fragments.length + 1 > this.#limits.chunkCount) return this.#discard('limit'); // E3X-CHK-023
    if (state.state === 'idle' && !hasRoom) return this.#discard('limit'); // E3X-CHK-025
    opened.fragments.push(fragment.slice()); // E3X-CHK-008
    this.#state = { state: 'assembling', fragments: opened.fragments, packetBytes, startedAtMs: opened.startedAtMs };
    return undefined;
  }

  /** Takes a zero byte. */
  handleTerminator(): ReceiverEvent | undefined {
    const state = this.#state;
    this.#state = IDLE;
    if (state.state !== 'assembling') return undefined; // E3X-CHK-010
    const packet = concat(state.fragments);
    if (!isPacket(packet)) return { type: 'discarded', class: 'truncated' }; // E3X-CHK-009
    return { type: 'packet', packet }; // E3X-CHK-008
  }

  /** Gives up the assembly if it is due; bytes that arrive never do, so that only time ends an assembly. */
  handleTimeout(nowMs: number): ReceiverEvent | undefined {
    const dueAtMs = this.timeoutAtMs;
    return dueAtMs !== undefined && nowMs >= dueAtMs ? this.#discard('expired') : undefined; // E3X-CHK-024
  }

  #discard(discardClass: DiscardClass): ReceiverEvent {
    this.#state = SKIPPING;
    return { type: 'discarded', class: discardClass };
  }
}
