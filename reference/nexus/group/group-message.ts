/**
 * Messages to a group.
 *
 *   0    1          33      41       57     73              73 + n  89 + n
 *   +----+----------+-------+--------+------+---------------+-------+-----------+
 *   | 01 | group id | epoch | sender | salt | ciphertext, n | tag   | signature |
 *   |    | 32       | 8     | 16     | 16   |               | 16    | 64        |
 *   +----+----------+-------+--------+------+---------------+-------+-----------+
 *
 *   key         BLAKE2b-256('nexus-1 group key' ‖ 00 ‖ group key ‖ the 73 bytes in front), nonce zero
 *   plaintext   kind u8 | created u64 | message id 16 | body
 *
 * All members have the group key, so it takes a signature to tell them apart. There is no counter: relays deliver late and in
 * any order, and the salt gives each message a key of its own. What is in front can be read by everybody.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { MismatchError, UnknownError, UsageError, openAuthentic } from '../../kernel/errors.ts';
import { checkContent } from '../envelope/content.ts';
import { DESTINATION_HASH_LENGTH, deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, requireSignatureOf, signForNexus } from '../identity/signature.ts';
import { GROUP_ID_LENGTH, GROUP_KEY_LENGTH, VERSION, malformed, readU64, readVersion, requireGroupPrimitives } from './fields.ts';
import type { GroupPrimitives } from './fields.ts';
import { readGroupState } from './group-state.ts';
import type { GroupState } from './group-state.ts';

const PURPOSE = 'nexus-1 group message';
/** NXS-GMS-004: 'nexus-1 group key' and a zero byte. */
const KEY_CONTEXT: Uint8Array = Uint8Array.from('nexus-1 group key\0', (character) => character.charCodeAt(0));
const SALT_LENGTH = 16;
const TAG_LENGTH = 16;
const MESSAGE_ID_LENGTH = 16;
/** NXS-GMS-004: bytes in front of the ciphertext. */
const FRONT_LENGTH = 73;
/** Every key is used once. */
const ZERO_NONCE: Uint8Array = new Uint8Array(12);

/** What is said to a group. */
export interface GroupContent {
  /** 0 text, 1 attachment, 2 application, 3 read, 4 leave. */
  readonly kind: number;
  /** Milliseconds, 0 if unknown. */
  readonly created: bigint;
  /** 16 bytes, drawn for each message. */
  readonly messageId: Uint8Array;
  readonly body: Uint8Array;
}
/** A message that is to be sealed. */
export interface GroupMessageInput extends GroupContent {
  /** The sender's, 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  /** 32 bytes, secret. */
  readonly groupKey: Uint8Array;
  /** The salt: 16 bytes that were never used before. */
  readonly entropy: Uint8Array;
}
/** What a message shows to everybody. */
export interface GroupMessageFront {
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  /** The sender's destination hash, 16 bytes. */
  readonly sender: Uint8Array;
  /** 16 bytes. */
  readonly salt: Uint8Array;
}
/** A message that is to be opened. */
export interface GroupMessageOpening {
  readonly message: Uint8Array;
  /** Of the epoch of the message. */
  readonly state: Uint8Array;
  /** 32 bytes, secret. */
  readonly groupKey: Uint8Array;
}

/** What a content is checked by. */
export const CONTENT: { readonly [Name in keyof GroupContent]: door.Door<GroupContent[Name]> } = {
  kind: door.byte,
  created: door.bigint,
  messageId: door.bytes,
  body: door.bytes,
};
const INPUT = door.members<GroupMessageInput>({
  ...CONTENT,
  seed: door.bytes,
  groupId: door.bytes,
  epoch: door.bigint,
  groupKey: door.bytes,
  entropy: door.bytes,
});
const OPENING = door.members<GroupMessageOpening>({ message: door.bytes, state: door.bytes, groupKey: door.bytes });

function keyFor(groupKey: Uint8Array, front: Uint8Array, primitives: GroupPrimitives): Uint8Array {
  return primitives.blake2b({ message: concat([KEY_CONTEXT, groupKey, front]), outputLength: GROUP_KEY_LENGTH });
}

function requireGroupKey(groupKey: Uint8Array): void {
  if (groupKey.length !== GROUP_KEY_LENGTH) malformed('NXS-GMS-001', 'a group key is 32 bytes', { length: groupKey.length });
}

/**
 * Encrypts a message to a group and signs it.
 * @returns 178 bytes more than the body
 * @throws DecodeError; UnsupportedError for a kind that is not defined; UsageError for a salt of another length
 * @see NXS-GMS-001
 */
export function sealGroupMessage(input: GroupMessageInput, primitives: GroupPrimitives): Uint8Array {
  const { seed, groupId, epoch, groupKey, kind, created, messageId, body, entropy } = INPUT(input, 'input');
  requireGroupPrimitives(primitives);
  const { destinationHash } = deriveNexusIdentity(seed, primitives);
  if (entropy.length !== SALT_LENGTH) throw new UsageError('NXS-GMS-011', 'a salt is 16 bytes', { length: entropy.length });
  if (groupId.length !== GROUP_ID_LENGTH) malformed('NXS-GMS-001', 'a group id is 32 bytes', { length: groupId.length });
  requireGroupKey(groupKey);
  if (messageId.length !== MESSAGE_ID_LENGTH) malformed('NXS-GMS-010', 'a message id is 16 bytes', { length: messageId.length });
  checkContent(kind, body);
  const plaintext = concat([Uint8Array.of(kind), leBytes(created, 8, 'NXS-GMS-010'), messageId, body]);
  const front = concat([Uint8Array.of(VERSION), groupId, leBytes(epoch, 8, 'NXS-GMS-001'), destinationHash, entropy]);
  const key = keyFor(groupKey, front, primitives);
  const sealed = primitives.sealChacha20Poly1305({ key, nonce: ZERO_NONCE, plaintext, aad: front });
  const message = concat([front, sealed]);
  return concat([message, signForNexus({ seed, purpose: PURPOSE, message }, primitives)]);
}

/**
 * Reads what a message shows to everybody; nothing is verified.
 * @returns copies
 * @throws DecodeError truncated; UnsupportedError
 * @see NXS-GMS-012
 */
export function readGroupMessage(message: Uint8Array): GroupMessageFront {
  const reader = new Reader(door.copy(message, 'message'));
  readVersion(reader, 'NXS-GMS-003', 'NXS-GMS-002');
  const groupId = reader.take(GROUP_ID_LENGTH, 'NXS-GMS-003').slice();
  const epoch = readU64(reader, 'NXS-GMS-003');
  const sender = reader.take(DESTINATION_HASH_LENGTH, 'NXS-GMS-003').slice();
  const salt = reader.take(SALT_LENGTH, 'NXS-GMS-003').slice();
  reader.take(TAG_LENGTH + NEXUS_SIGNATURE_LENGTH, 'NXS-GMS-003');
  return { groupId, epoch, sender, salt };
}

/**
 * Verifies that a member of an epoch signed a message.
 * @returns the sender's key
 * @throws MismatchError; UnknownError for a sender who is not a member; AuthenticationError; and whatever `readGroupMessage` throws
 */
export function verifyGroupMessage(message: Uint8Array, state: GroupState, primitives: GroupPrimitives): Uint8Array {
  const { groupId, epoch, sender } = readGroupMessage(message);
  if (compare(groupId, state.groupId) !== 0 || epoch !== state.epoch) {
    throw new MismatchError('NXS-GMS-007', 'of another group or epoch');
  }
  const publicKey = state.members.find((member) => compare(deriveDestinationHash(member, primitives), sender) === 0);
  if (publicKey === undefined) throw new UnknownError('NXS-GMS-006', 'the sender is not a member');
  const end = message.length - NEXUS_SIGNATURE_LENGTH;
  const signed = { purpose: PURPOSE, publicKey, message: message.slice(0, end), signature: message.slice(end) };
  requireSignatureOf('NXS-GMS-005', signed, primitives);
  return publicKey;
}

/**
 * Opens a message that was verified.
 * @throws AuthenticationError; DecodeError; UnsupportedError
 */
export function openVerified(message: Uint8Array, groupKey: Uint8Array, primitives: GroupPrimitives): GroupContent {
  const aad = message.slice(0, FRONT_LENGTH);
  const sealed = message.slice(FRONT_LENGTH, message.length - NEXUS_SIGNATURE_LENGTH);
  const key = keyFor(groupKey, aad, primitives);
  const plaintext = openAuthentic('NXS-GMS-008', () => primitives.openChacha20Poly1305({ key, nonce: ZERO_NONCE, sealed, aad }));
  const reader = new Reader(plaintext);
  const kind = reader.u8('NXS-GMS-010');
  const created = readU64(reader, 'NXS-GMS-010');
  const messageId = reader.take(MESSAGE_ID_LENGTH, 'NXS-GMS-010').slice();
  const body = reader.rest();
  checkContent(kind, body);
  return { kind, created, messageId, body };
}

/**
 * Verifies and opens a message.
 * @returns copies, and the sender's Ed25519 key
 * @throws DecodeError; UnsupportedError; MismatchError; UnknownError for a sender who is not a member; AuthenticationError
 * @see NXS-GMS-009
 */
export function openGroupMessage(
  opening: GroupMessageOpening,
  primitives: GroupPrimitives,
): GroupContent & { readonly publicKey: Uint8Array } {
  const { message, state, groupKey } = OPENING(opening, 'opening');
  requireGroupPrimitives(primitives);
  requireGroupKey(groupKey);
  readGroupMessage(message);
  const publicKey = verifyGroupMessage(message, readGroupState(state, primitives), primitives);
  return { publicKey, ...openVerified(message, groupKey, primitives) };
}
