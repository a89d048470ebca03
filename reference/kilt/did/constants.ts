/** Numbers and texts of DIDs that have a name in the specification. */

/** KLT-DID-001: what every DID of this method begins with. */
export const DID_PREFIX = 'did:kilt:';
/** KLT-DID-001: what every light DID begins with. */
export const LIGHT_DID_PREFIX = 'did:kilt:light:';
/** KLT-DID-026: characters of a DID or key URI; base 58 takes time in the square of its length. */
export const DID_LENGTH_MAX = 2048;
/** KLT-DID-002: the SS58 prefix of KILT. */
export const ADDRESS_PREFIX = 38;
/** KLT-DID-002: bytes of the account that an address stands for, here always a public key. */
export const ACCOUNT_LENGTH = 32;
/** KLT-DID-003: bytes of the checksum after it. */
export const ADDRESS_CHECKSUM_LENGTH = 2;
/** KLT-DID-002: characters of an address; the prefix makes all of them equally long. */
export const ADDRESS_LENGTH = 48;
/** KLT-DID-011: bytes of an Ed25519, sr25519 or X25519 public key. */
export const PUBLIC_KEY_LENGTH = 32;
/** KLT-DID-006: what precedes the CBOR of a light DID's details. */
export const DETAILS_VERSION = 0;
/** KLT-DID-017: the name of a light DID's authentication key. */
export const AUTHENTICATION_FRAGMENT = 'authentication';
/** KLT-DID-017: the name of a light DID's key agreement key. */
export const ENCRYPTION_FRAGMENT = 'encryption';
