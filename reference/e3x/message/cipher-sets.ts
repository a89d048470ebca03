/**
 * The cipher sets there are, by CSID.
 *
 *   1a  secp160r1, AES-128-CTR, HMAC-SHA-256 in 4 bytes: for the smallest devices, and no more than that
 *   2a  RSA-2048 and P-256, AES-256-GCM
 *   3a  NaCl: X25519, XSalsa20, Poly1305
 *
 * The drafts 1b, 1c and 2b, the experimental and the custom ones are valid CSIDs that are not specified here.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, UnsupportedError } from '../../kernel/errors.ts';
import type { CipherSet } from './cipher-set.ts';
import { cs1a } from './cs1a.ts';
import { cs2a } from './cs2a.ts';
import { cs3a } from './cs3a.ts';
import { isPacket } from '../packet/packet.ts';

/** Every cipher set that is specified. */
export const CIPHER_SETS: ReadonlyMap<string, CipherSet> = new Map([cs1a, cs2a, cs3a].map((set) => [set.csid, set]));

/**
 * Finds a cipher set.
 * @param csid two lower-case hexadecimal digits
 * @throws DecodeError malformed for what is not a CSID; UnsupportedError for one that is not specified
 * @see E3X-MSG-005
 */
export function cipherSetOf(csid: string): CipherSet {
  if (!/^[0-9a-f]{2}$/.test(door.text(csid, 'csid')))
    throw new DecodeError('malformed', 'E3X-MSG-006', 'a CSID is two lower-case hexadecimal digits', { length: csid.length });
  if (csid === '00') throw new DecodeError('malformed', 'E3X-MSG-006', 'CSID 00 is invalid');
  const set = CIPHER_SETS.get(csid);
  if (set === undefined) throw new UnsupportedError('E3X-MSG-005', 'no cipher set of this CSID is specified', { csid });
  return set;
}

/**
 * Refuses the content of a message or channel packet that is not a packet.
 * @throws DecodeError truncated
 * @see E3X-MSG-002
 */
export function requireInner(inner: Uint8Array): void {
  if (!isPacket(inner)) throw new DecodeError('truncated', 'E3X-MSG-002', 'the content is not a packet', { length: inner.length });
}
