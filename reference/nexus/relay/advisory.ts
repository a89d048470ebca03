/**
 * The records about keys that somebody else may have: an advisory of their owner, and the evidence of a fork.
 *
 *   KEY_ADVISORY   old key 32 | 0, or 1 and new key 32 | sequence u64 | timestamp u64 | evidence u8: 0 both, 1 old
 *                  | signature of the old key 64 | evidence 0: signature of the new key 64
 *   FORK           two bodies of OBJECT, of mutable objects without their contents
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { MismatchError } from '../../kernel/errors.ts';
import { NEXUS_KEY_LENGTH, deriveNexusIdentity } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, requireSignatureOf, signForNexus } from '../identity/signature.ts';
import { decodeObjectHeader, readObjectHeader } from '../object/header.ts';
import { readObject, requirePrimitives } from '../object/object.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import { choiceOf, malformed, readU64 } from './fields.ts';
import type { ReceiptPrimitives } from './receipt.ts';

const PURPOSE = 'nexus-1 advisory';
const EVIDENCES = ['both', 'old'] as const;
const AGE_LENGTH = 4;
/** NXS-ADV-010: how a content comes that does not. */
const WITHHELD = 2;

/** Which keys signed. */
export type AdvisoryEvidence = (typeof EVIDENCES)[number];

/** An advisory that is to be signed. */
export interface AdvisoryInput {
  /** Of the key that was compromised, 32 bytes, secret. */
  readonly oldSeed: Uint8Array;
  /** Of the new key, if it signs as well, 32 bytes, secret. */
  readonly newSeed?: Uint8Array | undefined;
  /** The new key, if it does not sign, 32 bytes. */
  readonly newKey?: Uint8Array | undefined;
  readonly sequence: bigint;
  /** Milliseconds since 1970, 0 if unknown. */
  readonly timestamp: bigint;
  readonly evidence: AdvisoryEvidence;
}
/** An advisory that was verified. */
export interface KeyAdvisory {
  /** The key that was compromised, 32 bytes. */
  readonly oldKey: Uint8Array;
  /** 32 bytes. */
  readonly newKey?: Uint8Array | undefined;
  readonly sequence: bigint;
  readonly timestamp: bigint;
  readonly evidence: AdvisoryEvidence;
}
/** Two updates that contradict each other. */
export interface ForkBody {
  /** Bodies of OBJECT without their contents. */
  readonly first: Uint8Array;
  readonly second: Uint8Array;
}

const INPUT = door.members<AdvisoryInput>({
  oldSeed: door.bytes,
  newSeed: door.optional(door.bytes),
  newKey: door.optional(door.bytes),
  sequence: door.bigint,
  timestamp: door.bigint,
  evidence: door.oneOf(...EVIDENCES),
});
const FORK = door.members<ForkBody>({ first: door.bytes, second: door.bytes });

function requireOther(oldKey: Uint8Array, newKey: Uint8Array | undefined): void {
  if (newKey !== undefined && compare(oldKey, newKey) === 0) malformed('NXS-ADV-008', 'a key is not its own successor');
}

/**
 * Signs an advisory, and writes the body of KEY_ADVISORY.
 * @returns 114 bytes, 32 more with a new key, 64 more if it signs
 * @throws DecodeError malformed
 * @see NXS-ADV-002
 */
export function signAdvisory(input: AdvisoryInput, primitives: ReceiptPrimitives): Uint8Array {
  const { oldSeed, newSeed, newKey, sequence, timestamp, evidence } = INPUT(input, 'input');
  if ((newSeed !== undefined) !== (evidence === 'both')) malformed('NXS-ADV-005', 'with evidence 0 the new key signs, else it does not');
  if (newKey !== undefined && (newSeed !== undefined || newKey.length !== NEXUS_KEY_LENGTH)) {
    malformed('NXS-ADV-002', 'one new key, of 32 bytes', { length: newKey.length });
  }
  const oldKey = deriveNexusIdentity(oldSeed, primitives).publicKey;
  const named = newSeed === undefined ? newKey : deriveNexusIdentity(newSeed, primitives).publicKey;
  requireOther(oldKey, named);
  const message = concat([
    oldKey,
    named === undefined ? Uint8Array.of(0) : concat([Uint8Array.of(1), named]),
    leBytes(sequence, 8, 'NXS-ADV-002'),
    leBytes(timestamp, 8, 'NXS-ADV-002'),
    Uint8Array.of(EVIDENCES.indexOf(evidence)),
  ]);
  const seeds = newSeed === undefined ? [oldSeed] : [oldSeed, newSeed];
  return concat([message, ...seeds.map((seed) => signForNexus({ seed, purpose: PURPOSE, message }, primitives))]); // NXS-ADV-004
}

/**
 * Reads the body of KEY_ADVISORY and verifies it.
 * @returns copies
 * @throws DecodeError truncated, trailing or malformed; AuthenticationError
 * @see NXS-ADV-001
 */
export function readAdvisory(body: Uint8Array, primitives: ReceiptPrimitives): KeyAdvisory {
  const given = door.copy(body, 'body');
  const reader = new Reader(given);
  const oldKey = reader.take(NEXUS_KEY_LENGTH, 'NXS-ADV-007').slice();
  const option = reader.u8('NXS-ADV-007');
  if (option > 1) malformed('NXS-ADV-006', 'an option is 0 or 1', { option });
  const newKey = option === 0 ? undefined : reader.take(NEXUS_KEY_LENGTH, 'NXS-ADV-007').slice();
  const sequence = readU64(reader, 'NXS-ADV-007');
  const timestamp = readU64(reader, 'NXS-ADV-007');
  const evidence = choiceOf(EVIDENCES, reader.u8('NXS-ADV-007'), 'NXS-ADV-003');
  const message = given.slice(0, given.length - reader.remaining);
  const oldSignature = reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-ADV-007');
  if (evidence === 'both' && newKey === undefined) malformed('NXS-ADV-005', 'evidence 0 without a new key');
  const newSignature = reader.take(evidence === 'both' ? NEXUS_SIGNATURE_LENGTH : 0, 'NXS-ADV-007');
  reader.finish('NXS-ADV-007');
  requireOther(oldKey, newKey);
  requireSignatureOf('NXS-ADV-004', { purpose: PURPOSE, publicKey: oldKey, message, signature: oldSignature }, primitives);
  if (evidence === 'both' && newKey !== undefined) {
    requireSignatureOf('NXS-ADV-004', { purpose: PURPOSE, publicKey: newKey, message, signature: newSignature }, primitives);
  }
  return { oldKey, ...(newKey === undefined ? {} : { newKey }), sequence, timestamp, evidence };
}

/**
 * Writes the body of FORK.
 * @throws whatever `readFork` throws
 * @see NXS-ADV-009
 */
export function writeFork(fork: ForkBody, primitives: ObjectPrimitives): Uint8Array {
  const { first, second } = FORK(fork, 'fork');
  const body = concat([first, second]);
  readFork(body, primitives);
  return body;
}

/**
 * Reads the body of FORK, and verifies both objects.
 * @returns copies, and the owner of both, 16 bytes
 * @throws DecodeError; UnsupportedError; MismatchError; AuthenticationError
 * @see NXS-ADV-009
 */
export function readFork(body: Uint8Array, primitives: ObjectPrimitives): ForkBody & { readonly owner: Uint8Array } {
  const given = door.copy(body, 'body');
  requirePrimitives(primitives);
  const reader = new Reader(given);
  reader.take(AGE_LENGTH, 'NXS-OBJ-017');
  const { length, owner, labelHash, sequence } = readObjectHeader(reader.peek());
  if (owner === undefined || labelHash === undefined) malformed('NXS-ADV-010', 'not an update');
  const end = AGE_LENGTH + length + NEXUS_KEY_LENGTH + NEXUS_SIGNATURE_LENGTH + 1;
  if (given.length >= end && given[end - 1] !== WITHHELD) malformed('NXS-ADV-010', 'a content that is not withheld');
  const [first, second] = [given.slice(0, end), given.slice(end)];
  const one = readObject(first, primitives);
  const other = readObject(second, primitives);
  const back = decodeObjectHeader(other.header);
  if (other.payload !== 'withheld' || back.owner === undefined || back.labelHash === undefined) {
    malformed('NXS-ADV-010', 'not an update without its content');
  }
  if (compare(owner, back.owner) !== 0 || compare(labelHash, back.labelHash) !== 0 || sequence !== back.sequence) {
    throw new MismatchError('NXS-ADV-011', 'updates that do not contradict each other');
  }
  if (compare(one.hash, other.hash) === 0) throw new MismatchError('NXS-ADV-012', 'one update twice');
  return { first, second, owner };
}
