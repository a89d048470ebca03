/**
 * The records that put an object with a relay.
 *
 *   PUT      count u16, 1 to 100 | recipients, 16 each | custody u32, s | body of OBJECT
 *            count u16, 0        | hash of their list, 32 | custody u32, s | body of OBJECT
 *   PUT_OK   hash 32 | granted u32, s | signature of the relay, 64
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { DESTINATION_HASH_LENGTH, NEXUS_KEY_LENGTH } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, requireSignatureOf, signForNexus } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import type { ContentPrimitives } from '../object/merkle.ts';
import { readObject, requirePrimitives } from '../object/object.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import { CUSTODY_S_MAX, malformed, readNumber, requireAscending } from './fields.ts';

const PURPOSE = 'nexus-1 custody';
/** NXS-PUT-002. */
const RECIPIENT_COUNT = 100;

/** An object that is put with a relay. */
export interface PutInput {
  /** 1 to 100 ids of 16 bytes, ascending; absent if a list is named. */
  readonly recipients?: readonly Uint8Array[] | undefined;
  /** The hash of a list of recipients that the relay knows, 32 bytes. */
  readonly list?: Uint8Array | undefined;
  /** Seconds, 1 to 2,592,000. */
  readonly custody: number;
  /** The body of OBJECT; its content is not withheld. */
  readonly object: Uint8Array;
}
/** A PUT that was read, and the object in it verified. */
export interface PutBody extends PutInput {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
}
/** What a relay grants. */
export interface Grant {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** Seconds, 0 to 2,592,000; 0 if nothing is kept. */
  readonly granted: number;
}

const PUT = door.members<PutInput>({
  recipients: door.optional(door.list(door.bytes)),
  list: door.optional(door.bytes),
  custody: door.count,
  object: door.bytes,
});
const GRANT = door.members<Grant & { readonly seed: Uint8Array; readonly list: Uint8Array }>({
  seed: door.bytes,
  hash: door.bytes,
  granted: door.count,
  list: door.bytes,
});
const GRANTED = door.members<{ readonly publicKey: Uint8Array; readonly list: Uint8Array }>({ publicKey: door.bytes, list: door.bytes });

function requireCount(count: number, clause: string): void {
  if (count < 1 || count > RECIPIENT_COUNT) malformed(clause, 'not 1 to 100 recipients', { count });
}
function areIds(ids: readonly Uint8Array[]): boolean {
  return ids.every(({ length }) => length === DESTINATION_HASH_LENGTH);
}

/**
 * The hash of a list of recipients.
 * @param recipients 1 to 100 ids of 16 bytes, ascending
 * @returns 32 bytes
 * @throws DecodeError malformed or non-canonical
 * @see NXS-PUT-007
 */
export function hashRecipients(recipients: readonly Uint8Array[], primitives: ContentPrimitives): Uint8Array {
  const ids = door.list(door.bytes)(recipients, 'recipients');
  primitivesDoor.blake3(primitives, 'primitives');
  requireCount(ids.length, 'NXS-PUT-007');
  if (!areIds(ids)) malformed('NXS-PUT-007', 'an id is 16 bytes');
  requireAscending(ids, 'NXS-PUT-003');
  return primitives.blake3({ message: concat(ids), outputLength: HASH_LENGTH });
}

/**
 * Writes the body of PUT.
 * @throws DecodeError malformed or non-canonical; whatever `readObject` throws
 * @see NXS-PUT-001
 */
export function writePut(input: PutInput, primitives: ObjectPrimitives): Uint8Array {
  const { recipients, list, custody, object } = PUT(input, 'input');
  if ((recipients === undefined) === (list === undefined)) malformed('NXS-PUT-001', 'recipients or a list of them, and not both');
  if ((recipients !== undefined && !areIds(recipients)) || (list !== undefined && list.length !== HASH_LENGTH)) {
    malformed('NXS-PUT-001', 'an id is 16 bytes and a hash 32');
  }
  if (recipients !== undefined) {
    requireCount(recipients.length, 'NXS-PUT-002');
    requireAscending(recipients, 'NXS-PUT-003');
  }
  requireCustody(custody);
  requireContent(object, primitives);
  const front = concat([leBytes(recipients?.length ?? 0, 2, 'NXS-PUT-001'), ...(recipients ?? []), ...(list === undefined ? [] : [list])]);
  return concat([front, leBytes(custody, 4, 'NXS-PUT-001'), object]);
}
function requireCustody(custody: number): void {
  if (custody < 1 || custody > CUSTODY_S_MAX) malformed('NXS-PUT-004', 'custody out of bounds', { custody });
}
/** @returns the hash of the object */
function requireContent(object: Uint8Array, primitives: ObjectPrimitives): Uint8Array {
  const { payload, hash } = readObject(object, primitives);
  if (payload === 'withheld') malformed('NXS-PUT-005', 'a content that is withheld');
  return hash;
}

/**
 * Reads the body of PUT, and the object in it.
 * @returns copies
 * @throws DecodeError malformed, truncated or non-canonical; whatever `readObject` throws
 * @see NXS-PUT-001
 */
export function readPut(body: Uint8Array, primitives: ObjectPrimitives): PutBody {
  const reader = new Reader(door.copy(body, 'body'));
  requirePrimitives(primitives);
  const count = readNumber(reader, 2, 'NXS-PUT-006');
  if (count > RECIPIENT_COUNT) malformed('NXS-PUT-002', 'more than 100 recipients', { count });
  const list = count === 0 ? reader.take(HASH_LENGTH, 'NXS-PUT-006').slice() : undefined;
  const recipients = Array.from({ length: count }, () => reader.take(DESTINATION_HASH_LENGTH, 'NXS-PUT-006').slice());
  requireAscending(recipients, 'NXS-PUT-003');
  const custody = readNumber(reader, 4, 'NXS-PUT-006');
  requireCustody(custody);
  const object = reader.rest().slice();
  const hash = requireContent(object, primitives);
  return { ...(list === undefined ? { recipients } : { list }), custody, object, hash };
}

function signedPart(hash: Uint8Array, granted: number, list: Uint8Array): Uint8Array {
  return concat([hash, leBytes(granted, 4, 'NXS-PUT-008'), list]); // NXS-PUT-010
}

/**
 * Writes the body of PUT_OK.
 * @param input seed: the relay's, 32 bytes, secret; list: the hash of the list of recipients, 32 bytes
 * @returns 100 bytes
 * @throws DecodeError malformed
 * @see NXS-PUT-008
 */
export function writePutOk(
  input: Grant & { readonly seed: Uint8Array; readonly list: Uint8Array },
  primitives: SignaturePrimitives,
): Uint8Array {
  const { seed, hash, granted, list } = GRANT(input, 'input');
  if (hash.length !== HASH_LENGTH || list.length !== HASH_LENGTH) malformed('NXS-PUT-008', 'a hash is 32 bytes');
  requireGranted(granted);
  const signature = signForNexus({ seed, purpose: PURPOSE, message: signedPart(hash, granted, list) }, primitives);
  return concat([hash, leBytes(granted, 4, 'NXS-PUT-008'), signature]);
}
function requireGranted(granted: number): void {
  if (granted > CUSTODY_S_MAX) malformed('NXS-PUT-011', 'more custody than there is', { granted });
}

/**
 * Reads the body of PUT_OK and verifies it.
 * @param expected publicKey: the relay's, 32 bytes; list: the hash of the list of recipients, 32 bytes
 * @returns copies
 * @throws DecodeError truncated, trailing or malformed; AuthenticationError
 * @see NXS-PUT-008
 */
export function readPutOk(
  body: Uint8Array,
  expected: { readonly publicKey: Uint8Array; readonly list: Uint8Array },
  primitives: SignaturePrimitives,
): Grant {
  const reader = new Reader(door.copy(body, 'body'));
  const { publicKey, list } = GRANTED(expected, 'expected');
  const hash = reader.take(HASH_LENGTH, 'NXS-PUT-009').slice();
  const granted = readNumber(reader, 4, 'NXS-PUT-009');
  requireGranted(granted);
  const signature = reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-PUT-009');
  reader.finish('NXS-PUT-009');
  if (list.length !== HASH_LENGTH || publicKey.length !== NEXUS_KEY_LENGTH) malformed('NXS-PUT-008', 'a hash and a key are 32 bytes');
  requireSignatureOf('NXS-PUT-010', { purpose: PURPOSE, publicKey, message: signedPart(hash, granted, list), signature }, primitives);
  return { hash, granted };
}
