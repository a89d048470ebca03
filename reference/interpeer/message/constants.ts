/** The named values of Interpeer's messages. Lengths are in bytes; units come last. */
import type { InterpeerSuite } from '../packet/constants.ts';

/** IPR-MSG-006: bytes of a cookie in a message. */
export const COOKIE_LENGTHS: { readonly [suite in InterpeerSuite]: number } = { 'interpeer-0.1': 4, 'interpeer-1': 8 };

/** IPR-MSG-012: the bits of capabilities. */
export const CAPABILITY_RESEND = 1;
/** IPR-MSG-012. */
export const CAPABILITY_ORDERED = 2;
/** IPR-MSG-012. */
export const CAPABILITY_CLOSE_ON_LOSS = 4;

/** IPR-MSG-017: bytes of the longest bitmap of DATA_PROGRESS. */
export const PROGRESS_BITMAP_LENGTH_MAX = 32;
/** IPR-MSG-019: packets of the largest receive window. */
export const RECEIVE_WINDOW_MAX = 32767;
