/** Secrets of links that a caller gives. */
import * as door from '../../kernel/door.ts';
import { NEXUS_KEY_LENGTH } from '../identity/identity.ts';

/** A secret of X25519, 32 bytes. @see NXS-LNK-005 */
export const secretDoor: door.Door<Uint8Array> = door.copyOfLength(NEXUS_KEY_LENGTH, 'NXS-LNK-005');

/** Randomness for an answer that is due only sometimes: a secret, or nothing. @throws UsageError for another length */
export const drawnDoor: door.Door<Uint8Array> = (value, name) => {
  const given = door.copy(value, name);
  return given.length === 0 ? given : secretDoor(given, name);
};
