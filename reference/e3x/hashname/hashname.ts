/**
 * Hashnames: one name for all the public keys of a node, whatever cipher sets they belong to.
 *
 *   digest(csid) = SHA-256(key of csid)                        the intermediate digest, which may stand in for the key
 *   roll         = SHA-256(csid)                               for the lowest CSID, one byte
 *   roll         = SHA-256(roll, digest(csid))
 *   roll         = SHA-256(roll, next csid) ...                and so on, ascending
 *   hashname     = base 32 of the last roll
 *
 * Keys are maps from a CSID, two lower-case hexadecimal digits, to bytes.
 */
import { EMPTY, concat, fromHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { decodeBase32, encodeBase32 } from './base32.ts';

/** E3X-HSN-002: bytes of a SHA-256 digest, so of an intermediate digest too. */
export const DIGEST_LENGTH = 32;
/** E3X-HSN-013: characters of a hashname. */
export const HASHNAME_LENGTH = 52;

/** Bytes by CSID: keys or their intermediate digests. */
export type CsidMap = ReadonlyMap<string, Uint8Array>;

/** Bytes by CSID at the door. */
export const csidMap: door.Door<CsidMap> = door.mapOf(door.bytes);

/** Refuses what is not a CSID; every value from 01 to ff is one, known or not (E3X-HSN-009). */
function requireCsid(csid: string): void {
  if (!/^[0-9a-f]{2}$/.test(csid)) {
    throw new DecodeError('malformed', 'E3X-HSN-008', 'a CSID is two lower-case hexadecimal digits', { length: csid.length });
  }
  if (csid === '00') throw new DecodeError('malformed', 'E3X-HSN-007', 'CSID 00 is invalid');
}

function deriveIntermediate(csid: string, key: Uint8Array, primitives: DigestPrimitives): Uint8Array {
  if (key.length === 0) throw new DecodeError('malformed', 'E3X-HSN-012', 'an empty key', { csid });
  return primitives.sha256({ message: key }); // E3X-HSN-002
}

/**
 * Derives the intermediate digest of each key.
 * @param keys none to 255 keys of at least 1 byte
 * @param primitives who does the arithmetic
 * @returns 32 bytes for each CSID given
 * @throws DecodeError malformed
 * @see E3X-HSN-002
 */
export function deriveIntermediates(keys: CsidMap, primitives: DigestPrimitives): Map<string, Uint8Array> {
  const given = csidMap(keys, 'keys');
  primitivesDoor.digest(primitives, 'primitives');
  const digests = new Map<string, Uint8Array>();
  for (const [csid, key] of given) {
    requireCsid(csid);
    digests.set(csid, deriveIntermediate(csid, key, primitives));
  }
  return digests;
}

/** What a hashname is derived from. */
export interface HashnameInput {
  /** Keys of at least 1 byte. */
  readonly keys: CsidMap;
  /** Digests of 32 bytes in place of further keys; for a CSID in both, the key decides. */
  readonly intermediates?: CsidMap | undefined;
}

const INPUT = door.members<HashnameInput>({ keys: csidMap, intermediates: door.optional(csidMap) });

/**
 * Derives the hashname of a set of keys.
 * @param primitives who does the arithmetic
 * @returns 52 characters
 * @throws DecodeError malformed
 * @see E3X-HSN-004
 */
export function deriveHashname(input: HashnameInput, primitives: DigestPrimitives): string {
  const { keys, intermediates = new Map<string, Uint8Array>() } = INPUT(input, 'input');
  if (keys.size + intermediates.size === 0) throw new DecodeError('malformed', 'E3X-HSN-010', 'no key');
  for (const csid of [...keys.keys(), ...intermediates.keys()]) requireCsid(csid);
  for (const [csid, digest] of intermediates) {
    if (digest.length !== DIGEST_LENGTH) {
      throw new DecodeError('malformed', 'E3X-HSN-011', 'a digest is 32 bytes', { csid, length: digest.length });
    }
  }
  // E3X-HSN-005: a digest stands in for its key. E3X-HSN-006: where both are given the key's own digest comes last.
  const digests = new Map([...intermediates, ...deriveIntermediates(keys, primitives)]);
  const ascending = [...digests].sort(([a], [b]) => (a < b ? -1 : 1)); // E3X-HSN-003: two hex digits sort as their byte
  let roll = EMPTY;
  for (const [csid, digest] of ascending) {
    roll = primitives.sha256({ message: concat([roll, fromHex(csid)]) }); // E3X-HSN-004, E3X-HSN-009
    roll = primitives.sha256({ message: concat([roll, digest]) }); // E3X-HSN-004
  }
  return encodeBase32(roll); // E3X-HSN-001
}

/**
 * Reads the text of a hashname.
 * @param hashname 52 characters of base 32
 * @returns 32 bytes
 * @throws DecodeError malformed or non-canonical
 * @see E3X-HSN-013
 */
export function parseHashname(hashname: string): Uint8Array {
  door.text(hashname, 'hashname');
  if (hashname.length !== HASHNAME_LENGTH) {
    throw new DecodeError('malformed', 'E3X-HSN-013', 'a hashname has 52 characters', { length: hashname.length });
  }
  return decodeBase32(hashname); // E3X-HSN-001
}
