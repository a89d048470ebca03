/** What a relay keeps: objects, for whom and for how long, whose receipts it has, and whose share of the room each takes. */
import * as door from '../../kernel/door.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { OBJECT_PRIORITIES } from '../object/header.ts';
import type { ObjectPriority } from '../object/header.ts';
import { CUSTODY_S_MAX, LIST_COUNT, storedDigits, storedHash } from './fields.ts';
import { DEVICE_ID_LENGTH } from './receipt.ts';

/** NXS-CUS-023: bytes that wait for one recipient. */
const QUOTA_BYTES = 1_048_576;
/** NXS-CUS-025: bytes of one neighbour. */
const NEIGHBOUR_BYTES = 16_777_216;
/** NXS-CUS-024: parts of a quota that untrusted neighbours have, all of them and one. */
const UNTRUSTED_PART = 2;
const UNTRUSTED_ONE_PART = 8;
/** NXS-CUS-033: objects of which only receipts are kept. */
const RECEIPT_COUNT = 4096;

/** NXS-CUS-027: lists of recipients of one neighbour. */
const RECIPIENT_LIST_COUNT = 16;

/** NXS-SUB-015: subscriptions of one link. */
const SUBSCRIPTION_COUNT = 64;
/** NXS-SUB-012: seconds, a day. */
const SUBSCRIPTION_S_MAX = 86_400;

/** NXS-CUS-045: bytes, 1 GiB. */
const CAPACITY_BYTES = 1_073_741_824;
/** NXS-CUS-047: the part of them that is not for lazy objects. */
const LAZY_PART = 20;
/** NXS-CUS-040. */
const WAITING_COUNT = 8;
/** NXS-CUS-039: seconds, an hour. */
const UNFINISHED_S = 3600;

/** Custody for one recipient; ids as hexadecimal digits. */
export interface KeptEntry {
  readonly recipient: string;
  /** Seconds: the age of the object at which it ends. */
  grantedS: number;
  /** The neighbour that put the object for this recipient first. */
  readonly depositor: string;
  readonly isTrusted: boolean;
  /** Devices that have given their receipts. */
  readonly devices: readonly string[];
}
/** A receipt that ended custody. */
export interface KeptReceipt {
  readonly recipient: string;
  /** As it came. */
  readonly body: Uint8Array;
  /** Neighbours that have not confirmed it. */
  owedTo: readonly string[];
}
/** An object, or the receipts that are left of it; ids as hexadecimal digits. */
export interface KeptObject {
  readonly hash: Uint8Array;
  /** Counts up from 1 in the order in which objects came. */
  readonly number: number;
  readonly size: number;
  readonly priority: ObjectPriority;
  /** Bits per second. */
  readonly minBandwidth: number;
  /** The body of OBJECT without its age; empty when no entry is left. */
  content: Uint8Array;
  /** Whether it is the newest update of a mutable object, under this key. */
  readonly key?: string | undefined;
  /** Milliseconds, when it was stored. */
  ageMs: number;
  /** Seconds: the age at which receipts are forgotten. */
  endS: number;
  /** Neighbours that put it. */
  depositors: readonly string[];
  entries: readonly KeptEntry[];
  receipts: readonly KeptReceipt[];
}
const STORED_ID = storedDigits(DESTINATION_HASH_LENGTH);
/** A kept object as an application gives it back. @see NXS-CUS-032 */
export const keptObject: door.Door<KeptObject> = door.members<KeptObject>({
  hash: storedHash,
  number: door.positive,
  size: door.count,
  priority: door.oneOf(...OBJECT_PRIORITIES),
  minBandwidth: door.count,
  content: door.copy,
  key: door.optional(door.text),
  ageMs: door.count,
  endS: door.count,
  depositors: door.list(STORED_ID),
  entries: door.list(
    door.members<KeptEntry>({
      recipient: STORED_ID,
      grantedS: door.count,
      depositor: STORED_ID,
      isTrusted: door.flag,
      devices: door.list(storedDigits(DEVICE_ID_LENGTH)),
    }),
  ),
  receipts: door.list(door.members<KeptReceipt>({ recipient: STORED_ID, body: door.copy, owedTo: door.list(STORED_ID) })),
});

/** How much is kept. */
export interface CustodyLimits {
  /** Bytes for one recipient; 1,048,576 if absent. */
  readonly quotaBytes?: number | undefined;
  /** Objects for one recipient; 256 if absent. */
  readonly quotaCount?: number | undefined;
  /** Bytes of one neighbour; 16,777,216 if absent. */
  readonly neighbourBytes?: number | undefined;
  /** Seconds of custody that are granted at most; 2,592,000 if absent. */
  readonly custodyMax?: number | undefined;
  /** Objects of which only receipts are kept; 4,096 if absent. */
  readonly receiptCount?: number | undefined;
  /** Lists of recipients that are remembered of one neighbour; 16 if absent. */
  readonly listCount?: number | undefined;
  /** Seconds for which a list is remembered; 2,592,000 if absent. */
  readonly listTime?: number | undefined;
  /** Subscriptions of one link; 64 if absent. */
  readonly subscriptionCount?: number | undefined;
  /** Seconds for which a subscription is granted at most; 86,400 if absent. */
  readonly subscriptionMax?: number | undefined;
  /** Bytes of everything that is kept; 1,073,741,824 if absent. */
  readonly capacityBytes?: number | undefined;
  /** PUTs of one neighbour that wait for their contents; 8 if absent. */
  readonly waitingCount?: number | undefined;
  /** Seconds for which chunks of a content that does not go on are kept; 3,600 if absent. */
  readonly unfinishedTime?: number | undefined;
  /** Entries of a digest; 256 if absent. */
  readonly digestCount?: number | undefined;
}

/** The limits with their defaults. */
export function limitsOf(limits: CustodyLimits): { readonly [Name in keyof Required<CustodyLimits>]: number } {
  const { quotaBytes = QUOTA_BYTES, quotaCount = LIST_COUNT, neighbourBytes = NEIGHBOUR_BYTES } = limits;
  const { custodyMax = CUSTODY_S_MAX, receiptCount = RECEIPT_COUNT, listCount = RECIPIENT_LIST_COUNT, listTime = CUSTODY_S_MAX } = limits;
  const { subscriptionCount = SUBSCRIPTION_COUNT, subscriptionMax = SUBSCRIPTION_S_MAX, digestCount = LIST_COUNT } = limits;
  const { capacityBytes = CAPACITY_BYTES, waitingCount = WAITING_COUNT, unfinishedTime = UNFINISHED_S } = limits;
  return {
    capacityBytes,
    waitingCount,
    unfinishedTime,
    subscriptionCount,
    subscriptionMax,
    digestCount,
    quotaBytes,
    quotaCount,
    neighbourBytes,
    custodyMax,
    receiptCount,
    listCount,
    listTime,
  };
}

/** What takes up room: an object, or one that has not come yet. */
export type Reservation = Pick<KeptObject, 'hash' | 'size' | 'depositors' | 'entries' | 'key'>;

/** A PUT for which there may be no room. */
export interface Deposit {
  readonly size: number;
  readonly depositor: string;
  readonly isTrusted: boolean;
  /** Those for whom the object does not wait yet. */
  readonly recipients: readonly string[];
}

/** Whether there is room for an object. @see NXS-CUS-023, NXS-CUS-024, NXS-CUS-025 */
export function hasRoom(kept: Iterable<Reservation>, deposit: Deposit, isNew: boolean, limits: ReturnType<typeof limitsOf>): boolean {
  const { size, depositor, isTrusted, recipients } = deposit;
  const objects = [...kept];
  const taken = (matches: (entry: KeptEntry) => boolean, part: number): boolean => {
    const own = objects.filter(({ entries }) => entries.some(matches));
    const bytes = own.reduce((sum, one) => sum + one.size, size);
    return bytes <= Math.floor(limits.quotaBytes / part) && own.length + 1 <= Math.floor(limits.quotaCount / part);
  };
  const hasRecipientRoom = recipients.every(
    (recipient) =>
      taken((entry) => entry.recipient === recipient, 1) &&
      (isTrusted ||
        (taken((entry) => entry.recipient === recipient && !entry.isTrusted, UNTRUSTED_PART) &&
          taken((entry) => entry.recipient === recipient && !entry.isTrusted && entry.depositor === depositor, UNTRUSTED_ONE_PART))),
  );
  const own = objects.filter(({ depositors, entries }) => depositors[0] === depositor && entries.length > 0);
  const bytes = own.reduce((sum, one) => sum + one.size, isNew ? size : 0);
  return hasRecipientRoom && bytes <= limits.neighbourBytes;
}

/**
 * Bytes that an object may take up beside what is kept for others.
 * @returns less than 0 if there is no room @see NXS-CUS-045, NXS-CUS-047
 */
export function bytesLeft(
  kept: Iterable<Reservation>,
  { size, priority }: Pick<KeptObject, 'size' | 'priority'>,
  { capacityBytes }: ReturnType<typeof limitsOf>,
): number {
  const limit = priority === 'lazy' ? capacityBytes - Math.floor(capacityBytes / LAZY_PART) : capacityBytes;
  return [...kept].reduce((left, one) => left - (one.entries.length > 0 ? one.size : 0), limit - size);
}
