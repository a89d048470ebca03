/** What a member of groups stores, and gets back after a restart. */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { GROUP_ID_LENGTH } from './fields.ts';

const STANDINGS = ['invited', 'joined', 'removed'] as const;
/** How a member stands with a group. */
export type GroupStanding = (typeof STANDINGS)[number];

/** The age of the state of an epoch. */
export interface GroupEpochAge {
  readonly epoch: bigint;
  readonly ageMs: number;
}
/** What is stored of a group. */
export interface StoredGroup {
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  readonly standing: GroupStanding;
  /** The admin has signed two states of one epoch, and none of a higher one since. */
  readonly isFlagged: boolean;
  /** Of all epochs, as they were when this was stored. */
  readonly ages: readonly GroupEpochAge[];
}
/** What is stored of an epoch. */
export interface StoredGroupEpoch {
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  readonly state: Uint8Array;
}
/** What is stored of a message, with the names by which it is known. */
export interface StoredGroupMessage {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  readonly payload: Uint8Array;
  /** The sender's, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 16 bytes. */
  readonly messageId: Uint8Array;
  /** Milliseconds, 0 if unknown. */
  readonly created: bigint;
}
/** One thing to be stored under its key, in the place of what was there; or deleted, if there is nothing but the key. */
export interface GroupRecord {
  readonly key: string;
  readonly group?: StoredGroup | undefined;
  readonly epoch?: StoredGroupEpoch | undefined;
  readonly message?: StoredGroupMessage | undefined;
}

const ID = door.copyOfLength(GROUP_ID_LENGTH, 'NXS-GST-001');
const AGE = door.members<GroupEpochAge>({ epoch: door.bigint, ageMs: door.count });
/** What an application gives back. */
export const RECORD: door.Door<GroupRecord> = door.members<GroupRecord>({
  key: door.text,
  group: door.optional(
    door.members<StoredGroup>({ groupId: ID, standing: door.oneOf(...STANDINGS), isFlagged: door.flag, ages: door.list(AGE) }),
  ),
  epoch: door.optional(door.members<StoredGroupEpoch>({ groupId: ID, state: door.copy })),
  message: door.optional(
    door.members<StoredGroupMessage>({
      hash: door.copyOfLength(32, 'NXS-OBJ-011'),
      payload: door.copy,
      publicKey: door.copy,
      messageId: door.copy,
      created: door.bigint,
    }),
  ),
});

/** The key of what is stored of a group. */
export function keyOfGroup(groupId: Uint8Array): string {
  return `group ${toHex(groupId)}`;
}
/** The key of what is stored of an epoch. */
export function keyOfEpoch(groupId: Uint8Array, epoch: bigint): string {
  return `epoch ${toHex(groupId)} ${String(epoch)}`;
}
/** The key of what is stored of a message. @param hash of its object */
export function keyOfMessage(hash: Uint8Array): string {
  return `message ${toHex(hash)}`;
}
