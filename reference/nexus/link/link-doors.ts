/** Secrets, keys and addresses that a caller gives: another length is the caller's mistake, and no packet's. */
import * as door from '../../kernel/door.ts';
import { UsageError } from '../../kernel/errors.ts';
import { NEXUS_KEY_LENGTH } from '../identity/identity.ts';

/**
 * Bytes of one length that a caller gives; they are kept.
 * @param length in bytes
 * @param clause that says so
 * @throws UsageError for another length
 */
export function lengthDoor(length: number, clause = 'NXS-LNK-001'): door.Door<Uint8Array> {
  return (value, name) => {
    const given = door.copy(value, name);
    if (given.length !== length) throw new UsageError(clause, `${name} has ${String(length)} bytes`, { length: given.length });
    return given;
  };
}
/** A secret of X25519, 32 bytes. */
export const secretDoor: door.Door<Uint8Array> = lengthDoor(NEXUS_KEY_LENGTH);

/** Randomness for an answer that is due only sometimes: a secret, or nothing. @throws UsageError for another length */
export const drawnDoor: door.Door<Uint8Array> = (value, name) => {
  const given = door.copy(value, name);
  return given.length === 0 ? given : secretDoor(given, name);
};
