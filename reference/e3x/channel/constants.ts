/**
 * The named values of channels. Lengths are in bytes, times in milliseconds; units come last.
 */

/** E3X-CHN-002, E3X-REL-001: the greatest channel id, and the greatest sequence number. */
export const U32_MAX = 4294967295;

/** E3X-CHN-013: the longest sealed channel packet. */
export const SEALED_LENGTH_MAX = 1400;
/** E3X-CHN-013: what sealing adds at most: LENGTH 2, token 16, and nonce 24 and tag 16 of the cipher set 3a. */
export const SEAL_OVERHEAD_MAX = 58;
/** E3X-CHN-013: the longest inner packet that is sent. */
export const INNER_LENGTH_MAX: number = SEALED_LENGTH_MAX - SEAL_OVERHEAD_MAX;

/** E3X-CHN-005: how long OPENING and ENDED last where the caller says nothing. */
export const CHANNEL_TIMEOUT_MS = 30000;
/** E3X-REL-009: packets that each buffer of a reliable channel holds where the caller says nothing. */
export const WINDOW_DEFAULT = 50;
/** E3X-CHN-017: the most packets that a buffer may be asked to hold. */
export const WINDOW_MAX = 1024;
/** E3X-REL-010: bytes that each buffer of a reliable channel holds where the caller says nothing. */
export const BUFFER_BYTES_DEFAULT = 131072;
/** E3X-REL-019: entries of a miss, the window included. */
export const MISS_COUNT_MAX = 100;
/** E3X-REL-023: packets that are sent before the peer has announced its window. */
export const PEER_WINDOW_INITIAL = 16;

/** E3X-REL-013: how long an acknowledgement may wait for a packet to ride on. */
export const ACK_DELAY_MS = 1000;
/** E3X-REL-024: how long a packet that was resent is not resent for being missed. */
export const MISS_RESEND_MS = 1000;
/** E3X-REL-026: how long the oldest packet waits for its acknowledgement before it is resent. */
export const RESEND_MS = 2000;
/** E3X-REL-027: how far the wait for an acknowledgement doubles. */
export const RESEND_MAX_MS = 8000;
/** E3X-REL-028: resends not followed by a packet from the peer, before the channel errs. */
export const RESEND_COUNT_DEFAULT = 10;

/** E3X-RPW-003: the most numbers that a replay window may be asked to remember. */
export const REPLAY_WINDOW_MAX = 1024;
