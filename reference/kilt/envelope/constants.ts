/** Lengths of what an envelope holds, in bytes. */

/** KLT-ENV-003: bytes of a secret X25519 key. */
export const SECRET_LENGTH = 32;
/** KLT-ENV-018: bytes of the nonce of an envelope. */
export const NONCE_LENGTH = 24;
/** KLT-ENV-011: bytes of the tag in front of a ciphertext. */
export const TAG_LENGTH = 16;
