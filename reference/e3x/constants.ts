/**
 * The named values of E3X below the cipher sets. Lengths are in bytes, times in milliseconds; units come last.
 */
import { fromHex } from '../kernel/bytes.ts';

/** E3X-LOB-001: bytes of the LENGTH that begins a packet. */
export const LENGTH_LENGTH = 2;
/** E3X-LOB-012: the longest HEAD that LENGTH can announce. */
export const HEAD_LENGTH_MAX = 65535;
/** E3X-LOB-006: the shortest HEAD that is read as JSON; anything shorter is binary. */
export const JSON_HEAD_LENGTH_MIN = 7;

/** E3X-CHK-001: the longest fragment that its length byte can announce. */
export const FRAGMENT_LENGTH_MAX = 255;
/** E3X-CHK-006: the smallest frame that holds a fragment, a length byte and one byte. */
export const FRAME_LENGTH_MIN = 2;

/** E3X-CLK-001: the cloaking key, which is SHA-256 of `telehash` and no secret. */
export const CLOAK_KEY: Uint8Array = fromHex('d7f0e555546241b2a944ecd6d0de66856ac50b0baba76a6f5a4782956ca9459a');
/** E3X-CLK-002: bytes of a cloaking nonce, the first of which is not zero. */
export const CLOAK_NONCE_LENGTH = 8;
/** E3X-CLK-006: the shortest cloaked bytes, a nonce and the shortest packet. */
export const CLOAKED_LENGTH_MIN: number = CLOAK_NONCE_LENGTH + LENGTH_LENGTH;
/** E3X-CLK-007: rounds of cloaking, applied or removed. */
export const CLOAK_ROUND_COUNT_MAX = 8;
/** E3X-CLK-012: a path cloaks 1 to 4 times. */
export const CLOAK_PATH_ROUND_COUNT_MAX = 4;

/** E3X-HSN-002: bytes of a SHA-256 digest, so of an intermediate digest too. */
export const DIGEST_LENGTH = 32;
/** E3X-HSN-013: characters of a hashname. */
export const HASHNAME_LENGTH = 52;
/** E3X-TOK-001: bytes of a routing token, and of the part of the BODY it is derived from. */
export const TOKEN_LENGTH = 16;

/** Choice: ADR-0004. Links of one chunk endpoint are numbered 0 to 65,535, which bounds what it remembers of them. */
export const LINK_MAX = 65535;
