/**
 * Frames: what an RNode sends for a packet.
 *
 *   0                1
 *   +----------------+----------------------------+
 *   | header         | 1 to 254 bytes of a packet |
 *   +----------------+----------------------------+
 *   header: bits 7..4 drawn for each packet, bits 3..1 zero, bit 0 set if the packet has two frames
 *
 * Frames name no sender. Two senders that draw the same four bits can be taken for one, and what comes of it is a packet
 * that does not verify: nobody is harmed but both packets are lost.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, UsageError } from '../../kernel/errors.ts';
import { LORA_PAYLOAD_LENGTH_MAX } from './airtime.ts';

/** NXS-FRM-001: bytes of a packet in one frame. */
export const FRAME_DATA_LENGTH_MAX = 254;
/** NXS-FRM-002: the bit that both frames of a split packet have. */
const SPLIT = 0x01;
/** NXS-FRM-003: bits that are zero. */
const RESERVED = 0x0e;
/** NXS-FRM-012: milliseconds for which a half is kept beyond the airtime of two full frames. */
const HALF_SLACK_MS = 1_000;

/** How a packet is written. */
export interface FrameSplit {
  readonly packet: Uint8Array;
  /** 0 to 15, drawn for each packet. */
  readonly nibble: number;
  /** Whether packets may take two frames; true if absent. */
  readonly splits?: boolean | undefined;
}

const SPLITTING = door.members<FrameSplit>({ packet: door.bytes, nibble: door.count, splits: door.optional(door.flag) });

/**
 * Writes a packet as one frame or two.
 * @returns frames of 2 to 255 bytes
 * @throws DecodeError malformed for an empty packet; LimitError
 * @see NXS-FRM-007
 */
export function splitFrames(input: FrameSplit): Uint8Array[] {
  const { packet, nibble, splits = true } = SPLITTING(input, 'input');
  if (nibble > 15) throw new UsageError('NXS-FRM-002', 'more than four bits', { nibble });
  if (packet.length === 0) throw new DecodeError('malformed', 'NXS-FRM-008', 'an empty packet');
  if (packet.length > (splits ? 2 : 1) * FRAME_DATA_LENGTH_MAX) {
    throw new LimitError('NXS-FRM-008', 'more than the frames hold', { length: packet.length });
  }
  const isSplit = packet.length > FRAME_DATA_LENGTH_MAX;
  const header = Uint8Array.of((nibble << 4) | (isSplit ? SPLIT : 0)); // NXS-FRM-002
  const first = concat([header, packet.subarray(0, FRAME_DATA_LENGTH_MAX)]); // NXS-FRM-006
  return isSplit ? [first, concat([header, packet.subarray(FRAME_DATA_LENGTH_MAX)])] : [first]; // NXS-FRM-007
}

/** What comes of frames: a packet, or that one was lost. */
export type FrameEvent = { readonly type: 'packet'; readonly packet: Uint8Array } | { readonly type: 'lost' };

interface Half {
  readonly nibble: number;
  readonly data: Uint8Array;
  readonly untilMs: number;
}

/** Receives the frames of one interface. Everything that a call put out is polled before the next call. */
export class FrameReceiver extends Endpoint<never, FrameEvent> {
  readonly #halfMs: number;
  #half: Half | undefined;

  /** @param frameUs airtime of a frame of 255 bytes, microseconds */
  constructor(frameUs: number) {
    super();
    this.#halfMs = Math.ceil((2 * door.count(frameUs, 'frameUs')) / 1000) + HALF_SLACK_MS; // NXS-FRM-012
  }

  /**
   * Takes a frame that was heard.
   * @throws DecodeError truncated or malformed, LimitError; what is held stays
   * @see NXS-FRM-009
   */
  handleFrame(frame: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.copy(frame, 'frame');
    const [header = 0] = given;
    if (given.length < 2) throw new DecodeError('truncated', 'NXS-FRM-004', 'a frame without data', { length: given.length });
    if (given.length > LORA_PAYLOAD_LENGTH_MAX) throw new LimitError('NXS-FRM-005', 'no radio sends so much', { length: given.length });
    if ((header & RESERVED) !== 0) throw new DecodeError('malformed', 'NXS-FRM-003', 'reserved bits are set', { header });
    this.#dropStale(nowMs);
    const data = given.subarray(1);
    if ((header & SPLIT) !== 0) this.#handleHalf({ nibble: header >> 4, data, untilMs: nowMs + this.#halfMs });
    else {
      this.#drop(); // NXS-FRM-011
      this.putEvent({ type: 'packet', packet: data.slice() }); // NXS-FRM-006
    }
  }

  /** Lets time pass: a half that is too old is dropped. @see NXS-FRM-012 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#dropStale(nowMs);
  }

  /** @returns when the half that is held is too old */
  override pollTimeoutAtMs(): number | undefined {
    return this.#half?.untilMs;
  }

  #handleHalf(half: Half): void {
    const held = this.#half;
    if (held?.nibble === half.nibble) {
      this.#half = undefined;
      this.putEvent({ type: 'packet', packet: concat([held.data, half.data]) }); // NXS-FRM-007, NXS-FRM-009
      return;
    }
    this.#drop(); // NXS-FRM-010
    if (half.data.length === FRAME_DATA_LENGTH_MAX) this.#half = half;
    else this.putEvent({ type: 'lost' }); // NXS-FRM-012: it cannot be a first half
  }

  #dropStale(nowMs: number): void {
    if (this.#half !== undefined && nowMs >= this.#half.untilMs) this.#drop();
  }

  #drop(): void {
    if (this.#half === undefined) return;
    this.#half = undefined;
    this.putEvent({ type: 'lost' });
  }
}
