/**
 * Access to a channel that others use: when to listen, and when not to send.
 *
 *   own packet                     listen
 *   packet that was heard          wait for 0 to 15 steps, then listen
 *   clear                          send
 *   busy, for the nth time         wait for 1 to 2^n slots, then listen; n is 7 at most
 *   busy, for the eighth time      give up
 *
 * Listening tells nothing to relays that heard one packet together: at that moment the channel is clear for each of them. So
 * they draw a delay, whose steps are long enough for one to hear the other.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { StateError, UsageError } from '../../kernel/errors.ts';
import { LORA_PAYLOAD_LENGTH_MAX, loraAirtimeUs, loraPreambleUs } from '../lora/airtime.ts';
import type { LoraModem } from '../lora/airtime.ts';

/** NXS-BKO-005: how often a request waits for a busy channel. */
export const BACK_OFF_COUNT = 7;
/** NXS-DLY-001: numbers of steps that are drawn from. */
const DELAY_STEPS = 16;
/** NXS-DLY-002: milliseconds within which two relays hear one packet. */
const HEARD_MS = 2;
const MS_US = 1000;

/** Times of a link, in milliseconds, at least 1. */
export interface AccessTiming {
  /** Of the back-off. */
  readonly slotMs: number;
  /** Of drawn delays. */
  readonly stepMs: number;
}

/** A LoRa link. */
export interface AccessLink extends LoraModem {
  /** Bytes of the longest frame that it may send; 255 if absent. */
  readonly frameLength?: number | undefined;
}

/** Whether the channel is busy is to be found out; the packet may be sent; or the channel was busy for too long. */
export interface AccessEvent {
  readonly type: 'listen' | 'send' | 'given-up';
}

/** One byte of randomness. */
const drawn = (value: unknown, name: string): number => {
  const bytes = door.bytes(value, name);
  const [byte] = bytes;
  if (byte === undefined || bytes.length > 1) throw new UsageError('NXS-BKO-003', 'randomness of one byte', { name, length: bytes.length });
  return byte;
};
const TIMING = door.members<AccessTiming>({ slotMs: door.positiveDuration, stepMs: door.positiveDuration });
const FRAME_LENGTH = door.members<Pick<AccessLink, 'frameLength'>>({ frameLength: door.optional(door.whole) });

/**
 * The slot and the step of a LoRa link.
 * @throws whatever `loraAirtimeUs` throws
 * @see NXS-BKO-004
 */
export function accessTimingOf(link: AccessLink): AccessTiming {
  const { frameLength: payloadLength = LORA_PAYLOAD_LENGTH_MAX } = FRAME_LENGTH(link, 'link');
  const slotUs = loraAirtimeUs({ ...link, payloadLength, implicitHeader: false, crc: true, lowDataRateOptimize: undefined });
  const slotMs = Math.ceil(slotUs / MS_US);
  const stepMs = Math.ceil(loraPreambleUs(link) / MS_US) + HEARD_MS; // NXS-DLY-002
  return { slotMs, stepMs };
}

/** Requests the channel, one packet at a time. Everything that a call put out is polled before the next call. */
export class ChannelAccess extends Endpoint<never, AccessEvent> {
  readonly #slotMs: number;
  readonly #stepMs: number;
  #state: 'idle' | 'waiting' | 'listening' = 'idle';
  #dueMs = 0;
  #busyCount = 0;

  constructor(timing: AccessTiming) {
    super();
    const { slotMs, stepMs } = TIMING(timing, 'timing');
    this.#slotMs = slotMs;
    this.#stepMs = stepMs;
  }

  /**
   * Wants to send a packet.
   * @param isHeard whether it was heard and is sent on
   * @param entropy 1 byte, whose lowest 4 bits are the steps of the delay of a packet that was heard
   * @throws StateError while another one waits
   * @see NXS-DLY-001
   */
  request(isHeard: boolean, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const isDelayed = door.flag(isHeard, 'isHeard');
    const steps = drawn(entropy, 'entropy') % DELAY_STEPS;
    if (this.#state !== 'idle') throw new StateError('NXS-BKO-006', 'another packet waits for the channel');
    this.#busyCount = 0; // NXS-BKO-007
    if (isDelayed && steps > 0) this.#wait(nowMs + steps * this.#stepMs);
    else this.#listen(); // NXS-DLY-004
  }

  /**
   * Says what listening found out.
   * @param entropy 1 byte, whose lowest n bits are the slots, less one, when the channel is busy for the nth time
   * @throws StateError if it is not time to listen
   * @see NXS-BKO-002
   */
  handleListened(isBusy: boolean, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const mustWait = door.flag(isBusy, 'isBusy');
    const byte = drawn(entropy, 'entropy');
    if (this.#state !== 'listening') throw new StateError('NXS-BKO-006', 'not the time to listen');
    if (!mustWait) return this.#end('send'); // NXS-BKO-001
    if (this.#busyCount >= BACK_OFF_COUNT) return this.#end('given-up'); // NXS-BKO-005
    this.#busyCount += 1;
    const slots = 1 + (byte % 2 ** this.#busyCount); // NXS-BKO-003
    this.#wait(nowMs + slots * this.#slotMs);
  }

  /** Lets time pass: after a delay or a back-off it is time to listen. */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (this.#state === 'waiting' && nowMs >= this.#dueMs) this.#listen();
  }

  /** @returns when it is time to listen */
  override pollTimeoutAtMs(): number | undefined {
    return this.#state === 'waiting' ? this.#dueMs : undefined;
  }

  #wait(dueMs: number): void {
    this.#state = 'waiting';
    this.#dueMs = dueMs;
  }

  #listen(): void {
    this.#state = 'listening';
    this.putEvent({ type: 'listen' });
  }

  #end(type: 'send' | 'given-up'): void {
    this.#state = 'idle';
    this.putEvent({ type });
  }
}
