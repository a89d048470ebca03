/** The numbers of data on channels. Choice: ADR-0022. */

/** All capabilities that are defined. */
export const CAPABILITIES_ALL = 7;

/** Sequence numbers: 16 bits. */
export const SEQUENCE_COUNT = 65536;
/** Packets that a receiver keeps for its reader by default, and the most that it can be told. */
export const WINDOW_PACKETS_DEFAULT = 64;
export const WINDOW_PACKETS_MAX = 32767;
/** Packets that a sender with resend keeps by default. */
export const SEND_PACKETS_DEFAULT = 64;
/** Numbers, ending with the highest, of which a receiver without resend knows whether they came. */
export const DUPLICATE_WINDOW = 64;

/** First wait before the oldest packet is resent, in milliseconds; at least so many airtimes of a full packet. */
export const RESEND_MS = 200;
export const RESEND_AIRTIMES = 4;
/** How often the wait doubles. */
export const RESEND_DOUBLINGS = 4;
/** Resends that nothing of the peer follows, after which resending has failed. */
export const RESEND_COUNT_DEFAULT = 10;
/** Later packets that must have come before a gap counts as a loss. */
export const HOLE_COUNT = 3;

/** How long a second packet is waited for before the first is acknowledged, in milliseconds; at least one airtime. */
export const ACK_MS = 25;
/** Packets in order that are acknowledged together. */
export const ACK_PACKETS = 2;
/** How long the CHANNEL_CLOSE of a peer is answered again, in milliseconds. */
export const LINGER_MS = 60_000;

/** Reasons of CHANNEL_CLOSE. */
export const CLOSE_FINISHED = 0;
export const CLOSE_LOSS = 1;
export const CLOSE_ABORTED = 2;
export const CLOSE_CONFIRMED = 3;
