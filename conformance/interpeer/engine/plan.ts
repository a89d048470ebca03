/**
 * What a scenario of two engines is about: how its link behaves, what is opened and written, and what is known of a channel
 * at both ends.
 */
import type { JsonObject } from '../../contract/contract.ts';

export const RESEND = 1;
export const ORDERED = 2;
export const CLOSE_ON_LOSS = 4;
export const REASON_FINISHED = 0;

/** One of the two engines. */
export type Which = 0 | 1;

/** How a link behaves. */
export interface LinkPlan {
  readonly lossPercent: number;
  readonly copyPercent: number;
  readonly delayMs: number;
  /** Whether a damaged copy goes before each datagram. */
  readonly isDamaging?: boolean;
}
/** One scenario. */
export interface Plan extends LinkPlan {
  readonly seed: number;
  readonly suite: 'interpeer-0.1' | 'interpeer-1';
  readonly handshake: 'none' | 'known-keys' | 'key-exchange';
  /** Capabilities of the channels that one opens. */
  readonly channels: readonly number[];
  /** Writes on each channel. */
  readonly writes: number;
  /** Whether keys that are offered are for the trial to accept; else they are at once. */
  readonly isPatient?: boolean;
  /** Whether a long write on the first channel, a stream, comes before the others. */
  readonly isLong?: boolean;
}
/** A channel, as it was seen from outside. */
export interface Channel {
  readonly capabilities: number;
  /** Handles of the two ends. */
  readonly handles: [number | undefined, number | undefined];
  channelId: string;
  written: string[];
  given: string[];
  readonly closed: [JsonObject | undefined, JsonObject | undefined];
  isFinished: boolean;
}
