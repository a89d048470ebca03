/**
 * Which cipher set two endpoints use: the highest that both have a key for. No negotiation, so nobody in between can
 * talk them down to a weaker one without taking keys out of what the hashname vouches for.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, UnsupportedError } from '../../kernel/errors.ts';
import { CIPHER_SETS } from '../message/cipher-sets.ts';

/** The CSIDs of two endpoints. */
export interface CsidSelection {
  /** CSIDs that the local endpoint has a key for. */
  readonly local: Iterable<string>;
  /** CSIDs that the remote endpoint has a key for. */
  readonly remote: Iterable<string>;
  /** Whether the local endpoint accepts CS1a, whose keys and tags are short; false where absent. */
  readonly legacy?: boolean | undefined;
}

const SELECTION = door.members<CsidSelection>({
  local: door.iterable(door.text),
  remote: door.iterable(door.text),
  legacy: door.optional(door.flag),
});

const LEGACY_CSID = '1a';

function checked(csids: Iterable<string>): Set<string> {
  const set = new Set(csids);
  for (const csid of set)
    if (csid === '00' || !/^[0-9a-f]{2}$/.test(csid))
      throw new DecodeError('malformed', 'E3X-SEL-004', 'not a CSID', { length: csid.length });
  return set;
}

/**
 * Chooses the cipher set of two endpoints.
 * @returns its CSID, two lower-case hexadecimal digits
 * @throws DecodeError malformed for what is not a CSID; UnsupportedError if there is no usable one in common
 * @see E3X-SEL-001
 */
export function selectCsid(selection: CsidSelection): string {
  const { local, remote, legacy = false } = SELECTION(selection, 'selection');
  const ours = checked(local);
  const theirs = checked(remote);
  const common = [...ours].filter((csid) => theirs.has(csid) && CIPHER_SETS.has(csid)).sort();
  const highest = common.at(-1); // E3X-SEL-001
  if (highest === undefined) throw new UnsupportedError('E3X-SEL-002', 'no cipher set in common');
  if (highest === LEGACY_CSID && !legacy) throw new UnsupportedError('E3X-SEL-003', 'only a legacy cipher set in common');
  return highest;
}
