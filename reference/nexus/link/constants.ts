/** What the files of links share: lengths, contexts, bounds and times. */

/** NXS-LNK-006: bytes of one key of a link. */
export const LINK_KEY_LENGTH = 32;
/** NXS-SLD-002: bytes of a tag. */
export const TAG_LENGTH = 16;
/** NXS-SLD-005: bytes of a content. */
export const LINK_CONTENT_LENGTH_MAX = 445;
/** NXS-SLD-010: the first count that is not used any more. */
export const COUNT_END = 0x7fff_ffff;

/** NXS-LNK-015: when a message is repeated, milliseconds from the first time and airtimes; the last is the end. */
const REPEATS: readonly { readonly ms: number; readonly airtimes: number }[] = [
  { ms: 1_000, airtimes: 4 },
  { ms: 3_000, airtimes: 8 },
  { ms: 7_000, airtimes: 16 },
  { ms: 15_000, airtimes: 32 },
];
/** How often a message of the handshake is repeated. */
export const REPEAT_COUNT: number = REPEATS.length - 1;

/** How slow a link is. */
export interface LinkPace {
  /** Milliseconds that a packet of 500 bytes takes. */
  readonly airtimeMs: number;
  /** Milliseconds that a duty budget adds to each time-out. */
  readonly extraMs: number;
}

/** Milliseconds from the first time that a message is sent to its next repetition. @see NXS-LNK-015 */
export function repeatAtMs(stage: number, { airtimeMs, extraMs }: LinkPace): number {
  const { ms, airtimes } = REPEATS[stage] ?? { ms: 0, airtimes: 0 };
  return Math.max(ms, airtimes * airtimeMs) + extraMs;
}

/** Milliseconds for which a link is half open. @see NXS-LNK-021 */
export function halfOpenMs({ airtimeMs, extraMs }: LinkPace): number {
  return Math.max(60_000, 32 * airtimeMs) + extraMs;
}

/** Milliseconds after a keepalive within which none is answered. @see NXS-RKY-014 */
export function keepaliveHushMs({ airtimeMs, extraMs }: LinkPace): number {
  return Math.max(60_000, 16 * airtimeMs) + extraMs;
}

/** How a time-out is computed. */
export interface LinkWait {
  readonly leastMs: number;
  readonly airtimeCount: number;
  /** Of a packet of 500 bytes. */
  readonly airtimeUs: number;
  /** Of all packets of the exchange together. */
  readonly exchangeUs: number;
  /** What a budget allows, 1 to 1,000 thousandths of the time; any if absent. */
  readonly dutyPermille?: number | undefined;
}
