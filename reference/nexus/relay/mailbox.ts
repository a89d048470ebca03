/**
 * The mailbox record: which relays keep what comes for its owner, and which devices fetch it. It is the content of the
 * owner's mutable object "mailbox".
 *
 *   relays u16, 1 to 8 | each: id 16, preference u8, custody u32 | where there are several devices: count u8, 1 to 4 | 8 each
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { CUSTODY_S_MAX, malformed, readNumber, requireAscending } from './fields.ts';
import { DEVICE_ID_LENGTH } from './receipt.ts';

/** NXS-MBX-002. */
const RELAY_COUNT = 8;
/** NXS-MBX-004. */
const DEVICE_COUNT = 4;

/** A relay of a mailbox. */
export interface MailboxRelay {
  /** Its destination hash, 16 bytes. */
  readonly id: Uint8Array;
  /** 0 to 255, the lowest first. */
  readonly preference: number;
  /** Seconds, 1 to 2,592,000. */
  readonly custody: number;
}
/** Where somebody's messages wait. */
export interface Mailbox {
  /** 1 to 8, by ascending ids. */
  readonly relays: readonly MailboxRelay[];
  /** 1 to 4 ids of 8 bytes, the primary one first, the others ascending; absent if there is only one device. */
  readonly devices?: readonly Uint8Array[] | undefined;
}

const MAILBOX = door.members<Mailbox>({
  relays: door.list(door.members<MailboxRelay>({ id: door.bytes, preference: door.byte, custody: door.count })),
  devices: door.optional(door.list(door.bytes)),
});

function requireDeviceCount(count: number): void {
  if (count < 1 || count > DEVICE_COUNT) malformed('NXS-MBX-004', 'not 1 to 4 devices', { count });
}
function requireDeviceOrder(devices: readonly Uint8Array[]): void {
  const [primary, ...others] = devices;
  requireAscending(others, 'NXS-MBX-005');
  if (primary !== undefined && others.some((other) => compare(primary, other) === 0)) {
    throw new DecodeError('non-canonical', 'NXS-MBX-005', 'the primary device comes twice');
  }
}
function requireCustody(custody: number): void {
  if (custody < 1 || custody > CUSTODY_S_MAX) malformed('NXS-MBX-007', 'custody out of bounds', { custody });
}

/**
 * Writes a mailbox record.
 * @returns 2 bytes, 21 for each relay, and with devices 1 byte and 8 for each
 * @throws DecodeError malformed or non-canonical
 * @see NXS-MBX-001
 */
export function writeMailbox(mailbox: Mailbox): Uint8Array {
  const { relays, devices } = MAILBOX(mailbox, 'mailbox');
  const ids = relays.map(({ id }) => id);
  if (ids.some(({ length }) => length !== DESTINATION_HASH_LENGTH)) malformed('NXS-MBX-001', 'an id is 16 bytes');
  if (relays.length < 1 || relays.length > RELAY_COUNT) malformed('NXS-MBX-002', 'not 1 to 8 relays', { count: relays.length });
  requireAscending(ids, 'NXS-MBX-003');
  for (const { custody } of relays) requireCustody(custody);
  const listed = relays.flatMap(({ id, preference, custody }) => [id, Uint8Array.of(preference), leBytes(custody, 4, 'NXS-MBX-001')]);
  const front = concat([leBytes(relays.length, 2, 'NXS-MBX-001'), ...listed]);
  if (devices === undefined) return front;
  requireDeviceCount(devices.length);
  if (devices.some(({ length }) => length !== DEVICE_ID_LENGTH)) malformed('NXS-MBX-004', 'a device is 8 bytes');
  requireDeviceOrder(devices);
  return concat([front, Uint8Array.of(devices.length), ...devices]);
}

/**
 * Reads a mailbox record.
 * @returns copies
 * @throws DecodeError truncated, trailing, malformed or non-canonical
 * @see NXS-MBX-001
 */
export function readMailbox(content: Uint8Array): Mailbox {
  const reader = new Reader(door.copy(content, 'content'));
  const count = readNumber(reader, 2, 'NXS-MBX-006');
  if (count < 1 || count > RELAY_COUNT) malformed('NXS-MBX-002', 'not 1 to 8 relays', { count });
  const relays = Array.from({ length: count }, () => readRelay(reader));
  requireAscending(
    relays.map(({ id }) => id),
    'NXS-MBX-003',
  );
  if (reader.remaining === 0) return { relays };
  const deviceCount = reader.u8('NXS-MBX-006');
  requireDeviceCount(deviceCount);
  const devices = Array.from({ length: deviceCount }, () => reader.take(DEVICE_ID_LENGTH, 'NXS-MBX-006').slice());
  reader.finish('NXS-MBX-006');
  requireDeviceOrder(devices);
  return { relays, devices };
}
function readRelay(reader: Reader): MailboxRelay {
  const id = reader.take(DESTINATION_HASH_LENGTH, 'NXS-MBX-006').slice();
  const preference = reader.u8('NXS-MBX-006');
  const custody = readNumber(reader, 4, 'NXS-MBX-006');
  requireCustody(custody);
  return { id, preference, custody };
}
