/** The times and bounds of the establishment of channels: lengths in bytes, times in milliseconds. */
import * as door from '../../kernel/door.ts';

/** IPR-EST-017: the smallest unit in which the times of a channel are counted. */
export const UNIT_MS = 200;
/** IPR-EST-017: how many packets one after the other a unit has room for: a question and its answer, twice over. */
export const UNIT_AIRTIMES = 4;
/** IPR-EST-017: the longest airtime of a packet; its unit is one rotation, within which every cookie can come back. */
export const AIRTIME_MAX_MS = 15_000;
/** IPR-EST-019: how often CHANNEL_NEW is sent. */
export const ATTEMPT_COUNT = 5;
/** IPR-EST-020: how many units without a keepalive close a channel: a minute on a fast link. */
export const SILENCE_UNITS = 300;
/** IPR-EST-002: bytes of entropy from which halves are drawn. */
export const DRAW_LENGTH = 16;
/** IPR-EST-030: channels and proposals with one peer. */
export const PEER_CHANNEL_COUNT = 64;
/** IPR-EST-030: channels and proposals with all peers. */
export const TOTAL_CHANNEL_COUNT = 1024;
/** IPR-EST-031: channels at rest. */
export const REST_COUNT = 1024;
/** IPR-EST-029: for how many rotations a closed channel rests; after them no cookie of it is good. */
export const REST_ROTATIONS = 2;
/** IPR-EST-033: every capability that has a meaning. */
export const CAPABILITIES_KNOWN = 7;

/**
 * The unit of a link.
 * @param airtimeMs how long a packet is on the air
 * @see IPR-EST-017
 */
export function unitOf(airtimeMs: number): number {
  return Math.max(UNIT_MS, UNIT_AIRTIMES * door.number(airtimeMs, 'airtimeMs')); // IPR-EST-017
}
