/**
 * The state of a group: who its members are in an epoch, and the key of that epoch for each of them.
 *
 *   0    1          33      41          73      89      90
 *   +----+----------+-------+-----------+-------+-------+-----------+-----------+-----------+
 *   | 01 | group id | epoch | admin key | nonce | count | entries   | key check | signature |
 *   |    | 32       | 8     | 32        | 16    | 1     | 112 each  | 32        | 64        |
 *   +----+----------+-------+-----------+-------+-------+-----------+-----------+-----------+
 *
 *   entry   member's Ed25519 key 32 | envelope 80, which holds the group key and names the member, the group and the epoch
 *
 * The group id is derived from the admin's key, so nobody else ever has a say in a group. The key check shows each member that
 * the others were given the same key. Whoever has a state sees all members; the keys are for members alone.
 */
import { Reader, compare, concat, isSameSecret, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, DecodeError, MismatchError, ProtocolError, UnknownError, UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';
import { openNexusEnvelope, sealNexusEnvelope } from '../envelope/envelope.ts';
import { NEXUS_KEY_LENGTH, convertNexusKey, deriveNexusIdentity } from '../identity/identity.ts';
import type { IdentityPrimitives } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, requireSignatureOf, signForNexus } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { deriveContentHash } from '../object/content-hash.ts';
import { GROUP_ID_LENGTH, GROUP_KEY_LENGTH, VERSION, malformed, readU64, readVersion, requireGroupPrimitives } from './fields.ts';
import type { GroupPrimitives } from './fields.ts';

/** NXS-GST-004: members of a group. */
export const GROUP_MEMBER_COUNT = 100;
const NONCE_LENGTH = 16;
const SECRET_LENGTH = 32;
/** NXS-GST-009. */
const ENVELOPE_LENGTH = 80;
const CHECK_LENGTH = 32;
const PURPOSE = 'nexus-1 group state';

/** A state that is to be signed. */
export interface GroupStateInput {
  /** The admin's, 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** 16 bytes, drawn when the group is created. */
  readonly nonce: Uint8Array;
  readonly epoch: bigint;
  /** Ed25519 keys of all members, the admin among them, ascending. */
  readonly members: readonly Uint8Array[];
  /** The group key, and a secret for the envelope of each member: 32 bytes each, none of which was ever used before. */
  readonly entropy: Uint8Array;
}
/** A state that was verified. */
export interface GroupState {
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  /** Ed25519, 32 bytes. */
  readonly admin: Uint8Array;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
  /** Ed25519 keys, ascending. */
  readonly members: readonly Uint8Array[];
  /** 32 bytes. */
  readonly keyCheck: Uint8Array;
}
/** With what only members can open. */
interface Sealed extends GroupState {
  /** In the order of the members, 80 bytes each. */
  readonly envelopes: readonly Uint8Array[];
}

const INPUT = door.members<GroupStateInput>({
  seed: door.bytes,
  nonce: door.bytes,
  epoch: door.bigint,
  members: door.list(door.bytes),
  entropy: door.bytes,
});
const OPENING = door.members<{ readonly seed: Uint8Array; readonly state: Uint8Array }>({ seed: door.bytes, state: door.bytes });

/** What the members of a state must be, whether it is written or read. @throws DecodeError non-canonical or malformed */
function requireMembers(members: readonly Uint8Array[], admin: Uint8Array): void {
  members.forEach((member, index) => {
    const before = members[index - 1];
    if (before !== undefined && compare(before, member) >= 0) {
      throw new DecodeError('non-canonical', 'NXS-GST-005', 'members do not ascend', { index });
    }
  });
  if (!members.some((member) => compare(member, admin) === 0)) malformed('NXS-GST-006', 'the admin is not a member');
}

/**
 * The id of a group.
 * @param admin Ed25519, 32 bytes
 * @param nonce 16 bytes
 * @returns 32 bytes
 * @throws DecodeError malformed
 * @see NXS-GST-003
 */
export function deriveGroupId(admin: Uint8Array, nonce: Uint8Array, primitives: Pick<HashPrimitives, 'blake3'>): Uint8Array {
  const [key, drawn] = [door.bytes(admin, 'admin'), door.bytes(nonce, 'nonce')];
  primitivesDoor.blake3(primitives, 'primitives');
  if (key.length !== NEXUS_KEY_LENGTH) malformed('NXS-GST-001', 'a key is 32 bytes', { length: key.length });
  if (drawn.length !== NONCE_LENGTH) malformed('NXS-GST-001', 'the nonce of a group is 16 bytes', { length: drawn.length });
  return deriveContentHash('group id', concat([key, drawn]), primitives);
}

/**
 * Makes the state of an epoch, and signs it.
 * @returns 186 bytes, and 112 for each member
 * @throws DecodeError malformed or non-canonical; UsageError for entropy of another length
 * @see NXS-GST-001
 */
export function signGroupState(input: GroupStateInput, primitives: GroupPrimitives): Uint8Array {
  const { seed, nonce, epoch, members, entropy } = INPUT(input, 'input');
  requireGroupPrimitives(primitives);
  const admin = deriveNexusIdentity(seed, primitives).publicKey;
  const groupId = deriveGroupId(admin, nonce, primitives);
  const count = members.length;
  if (count < 1 || count > GROUP_MEMBER_COUNT) malformed('NXS-GST-004', 'a group has 1 to 100 members', { count });
  requireKeys(members);
  requireMembers(members, admin);
  for (const member of members) requireConvertible(member, primitives);
  if (entropy.length !== GROUP_KEY_LENGTH + SECRET_LENGTH * count) {
    throw new UsageError('NXS-GST-009', 'entropy is 32 bytes, and 32 for each member', { length: entropy.length });
  }
  const groupKey = entropy.slice(0, GROUP_KEY_LENGTH);
  const entries = members.flatMap((publicKey, i) => {
    const secret = entropy.slice(GROUP_KEY_LENGTH + SECRET_LENGTH * i, GROUP_KEY_LENGTH + SECRET_LENGTH * (i + 1));
    const sealing = { publicKey, use: 'group-key', groupId, epoch, plaintext: groupKey, entropy: secret } as const;
    return [publicKey, sealNexusEnvelope(sealing, primitives)];
  });
  const message = concat([
    Uint8Array.of(VERSION),
    groupId,
    leBytes(epoch, 8, 'NXS-GST-001'),
    admin,
    nonce,
    Uint8Array.of(count),
    ...entries,
    checkOf(groupKey, primitives),
  ]);
  return concat([message, signForNexus({ seed, purpose: PURPOSE, message }, primitives)]);
}

/** @throws DecodeError malformed */
export function requireKeys(members: readonly Uint8Array[]): void {
  if (members.some(({ length }) => length !== NEXUS_KEY_LENGTH)) malformed('NXS-GST-012', 'a key of a member is 32 bytes');
}

function requireConvertible(member: Uint8Array, primitives: IdentityPrimitives): void {
  try {
    convertNexusKey(member, primitives);
  } catch (error) {
    if (error instanceof ProtocolError && error.rejectClass !== null) malformed('NXS-GST-012', 'a key to which nothing can be sealed');
    throw error;
  }
}

function checkOf(groupKey: Uint8Array, primitives: Pick<HashPrimitives, 'blake3'>): Uint8Array {
  return deriveContentHash('group check', groupKey, primitives); // NXS-GST-010
}

function readSealed(given: Uint8Array, primitives: SignaturePrimitives & Pick<HashPrimitives, 'blake3'>): Sealed {
  const reader = new Reader(given);
  readVersion(reader, 'NXS-GST-007', 'NXS-GST-002');
  const groupId = reader.take(GROUP_ID_LENGTH, 'NXS-GST-007').slice();
  const epoch = readU64(reader, 'NXS-GST-007');
  const admin = reader.take(NEXUS_KEY_LENGTH, 'NXS-GST-007').slice();
  const nonce = reader.take(NONCE_LENGTH, 'NXS-GST-007').slice();
  const count = reader.u8('NXS-GST-007');
  if (count < 1 || count > GROUP_MEMBER_COUNT) malformed('NXS-GST-004', 'a group has 1 to 100 members', { count });
  const entries = Array.from({ length: count }, () => ({
    member: reader.take(NEXUS_KEY_LENGTH, 'NXS-GST-007').slice(),
    envelope: reader.take(ENVELOPE_LENGTH, 'NXS-GST-007').slice(),
  }));
  const keyCheck = reader.take(CHECK_LENGTH, 'NXS-GST-007').slice();
  const signature = reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-GST-007');
  reader.finish('NXS-GST-007');
  const members = entries.map(({ member }) => member);
  requireMembers(members, admin);
  if (compare(groupId, deriveGroupId(admin, nonce, primitives)) !== 0) {
    throw new MismatchError('NXS-GST-003', 'not the id that this admin and this nonce give');
  }
  const message = given.slice(0, given.length - NEXUS_SIGNATURE_LENGTH);
  requireSignatureOf('NXS-GST-008', { purpose: PURPOSE, publicKey: admin, message, signature }, primitives);
  return { groupId, epoch, admin, nonce, members, keyCheck, envelopes: entries.map(({ envelope }) => envelope) };
}

/**
 * Reads the state of a group and verifies all of it that needs no secret.
 * @returns copies
 * @throws DecodeError; UnsupportedError; MismatchError; AuthenticationError
 * @see NXS-GST-008
 */
export function readGroupState(state: Uint8Array, primitives: SignaturePrimitives & Pick<HashPrimitives, 'blake3'>): GroupState {
  const given = door.copy(state, 'state');
  primitivesDoor.blake3(primitives, 'primitives');
  primitivesDoor.signature(primitives, 'primitives');
  const { envelopes: _envelopes, ...read } = readSealed(given, primitives);
  return read;
}

/**
 * Opens the entry of a member.
 * @param opening seed: the member's, 32 bytes, secret
 * @returns the group key, 32 bytes
 * @throws UnknownError for whoever is not a member; AuthenticationError for an entry that does not open, or that holds another key than the
 * other members have; and whatever `readGroupState` throws
 * @see NXS-GST-009
 */
export function openGroupState(
  opening: { readonly seed: Uint8Array; readonly state: Uint8Array },
  primitives: GroupPrimitives,
): Uint8Array {
  const { seed, state } = OPENING(opening, 'opening');
  requireGroupPrimitives(primitives);
  const { groupId, epoch, members, envelopes, keyCheck } = readSealed(new Uint8Array(state), primitives);
  const own = deriveNexusIdentity(seed, primitives).publicKey;
  const envelope = envelopes[members.findIndex((member) => compare(member, own) === 0)];
  if (envelope === undefined) throw new UnknownError('NXS-GST-011', 'not a member');
  const groupKey = openEntry({ seed, use: 'group-key', groupId, epoch, envelope }, primitives);
  if (!isSameSecret(checkOf(groupKey, primitives), keyCheck)) throw new AuthenticationError('NXS-GST-010');
  return groupKey;
}

/** Whatever is wrong with an entry, it does not open. @throws AuthenticationError */
function openEntry(opening: Parameters<typeof openNexusEnvelope>[0], primitives: GroupPrimitives): Uint8Array {
  try {
    return openNexusEnvelope(opening, primitives);
  } catch (error) {
    if (error instanceof ProtocolError && error.rejectClass !== null) throw new AuthenticationError('NXS-GST-009');
    throw error;
  }
}
