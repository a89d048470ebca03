export { decodeBase32, encodeBase32 } from './base32.ts';
export { DIGEST_LENGTH, HASHNAME_LENGTH, deriveHashname, deriveIntermediates, parseHashname } from './hashname.ts';
export type { CsidMap } from './hashname.ts';
