/**
 * Addresses: SS58 with the prefix of KILT, which is how an account is written in a DID.
 *
 *   0        1                      33               35
 *   +--------+----------------------+----------------+
 *   | prefix | account              | checksum       |   in base 58, 48 characters that begin with 4
 *   | 26     | 32 bytes             | 2 bytes        |
 *   +--------+----------------------+----------------+
 *
 * The checksum is the front of BLAKE2b-512 over `SS58PRE`, prefix and account.
 */
import { base58 } from '@scure/base';
import { compare, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';
import { ACCOUNT_LENGTH, ADDRESS_CHECKSUM_LENGTH, ADDRESS_LENGTH, ADDRESS_PREFIX } from './constants.ts';

/** KLT-DID-003: `SS58PRE`, in front of what the checksum is taken of. */
const CHECKSUM_PREFIX: Uint8Array = Uint8Array.from('SS58PRE', (character) => character.charCodeAt(0));

/** The hash that addresses need. */
export type AddressPrimitives = Pick<HashPrimitives, 'blake2b'>;

function checksumOf(front: Uint8Array, primitives: AddressPrimitives): Uint8Array {
  const digest = primitives.blake2b({ message: concat([CHECKSUM_PREFIX, front]), outputLength: 64 });
  return digest.subarray(0, ADDRESS_CHECKSUM_LENGTH);
}

/**
 * Writes an account as an address.
 * @param account 32 bytes
 * @returns 48 characters
 * @throws UsageError for another length
 * @see KLT-DID-002
 */
export function encodeAddress(account: Uint8Array, primitives: AddressPrimitives): string {
  door.bytes(account, 'account');
  primitivesDoor.blake2b(primitives, 'primitives');
  if (account.length !== ACCOUNT_LENGTH) throw new UsageError('KLT-DID-002', 'not an account', { length: account.length });
  const front = concat([Uint8Array.of(ADDRESS_PREFIX), account]);
  return base58.encode(concat([front, checksumOf(front, primitives)])); // KLT-DID-002
}

/**
 * Reads an address.
 * @param address any text
 * @returns the 32 bytes of the account
 * @throws DecodeError malformed
 * @see KLT-DID-002
 */
export function decodeAddress(address: string, primitives: AddressPrimitives): Uint8Array {
  door.text(address, 'address');
  primitivesDoor.blake2b(primitives, 'primitives');
  if (address.length !== ADDRESS_LENGTH)
    throw new DecodeError('malformed', 'KLT-DID-002', 'not an address of 48 characters', { length: address.length });
  const bytes = decodeBase58(address, 'KLT-DID-002');
  const front = bytes.subarray(0, 1 + ACCOUNT_LENGTH);
  if (bytes.length !== 1 + ACCOUNT_LENGTH + ADDRESS_CHECKSUM_LENGTH || front[0] !== ADDRESS_PREFIX) {
    throw new DecodeError('malformed', 'KLT-DID-002', 'not an address of KILT', { length: bytes.length });
  }
  if (compare(checksumOf(front, primitives), bytes.subarray(front.length)) !== 0) {
    throw new DecodeError('malformed', 'KLT-DID-003', 'the checksum of the address does not match');
  }
  return front.slice(1);
}

/**
 * Reads base 58; its time grows with the square of the length, so the length has to be bounded before.
 * @throws DecodeError malformed, with the clause given
 */
export function decodeBase58(text: string, clause: string): Uint8Array {
  try {
    return base58.decode(text);
  } catch {
    throw new DecodeError('malformed', clause, 'not base 58', { length: text.length });
  }
}

/** @returns bytes in base 58 */
export function encodeBase58(bytes: Uint8Array): string {
  return base58.encode(bytes);
}
