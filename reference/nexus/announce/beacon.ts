/**
 * Beacons: somebody is there. Never forwarded, not signed, and no more often than the budget of the interface allows.
 *
 *   0                  16             18          19     20
 *   +------------------+--------------+-----------+------+
 *   | destination hash | capabilities | cost tier | load |
 *   +------------------+--------------+-----------+------+
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { PACKET_CONTEXTS, decodeNexusPacket, encodeNexusPacket } from '../packet/packet.ts';

/** NXS-BCN-001: the text whose digest beacons go to. */
const NAME: Uint8Array = Uint8Array.from('nexus-1 beacon', (character) => character.charCodeAt(0));
/** NXS-BCN-003: milliseconds between two beacons, and how many airtimes. */
const BEACON_MS = 10_000;
const BEACON_AIRTIMES = 20;
const HOUR_US = 3_600_000_000;
const MS_US = 1000;

/** What a node says to its neighbours. */
export interface Beacon {
  /** Its destination hash, 16 bytes. */
  readonly id: Uint8Array;
  /** 0 to 65,535. */
  readonly capabilities: number;
  /** 0 to 255. */
  readonly costTier: number;
  /** 0 to 255. */
  readonly load: number;
}

const BEACON = door.members<Beacon>({ id: door.bytes, capabilities: door.count, costTier: door.byte, load: door.byte });

function destinationOf(primitives: Pick<HashPrimitives, 'blake2b'>): Uint8Array {
  primitivesDoor.blake2b(primitives, 'primitives');
  return primitives.blake2b({ message: NAME, outputLength: 32 }).slice(0, DESTINATION_HASH_LENGTH);
}

/** Writes a beacon. @returns a packet of 39 bytes @throws DecodeError malformed @see NXS-BCN-001 */
export function writeBeacon(beacon: Beacon, primitives: Pick<HashPrimitives, 'blake2b'>): Uint8Array {
  const { id, capabilities, costTier, load } = BEACON(beacon, 'beacon');
  if (id.length !== DESTINATION_HASH_LENGTH) throw new DecodeError('malformed', 'NXS-BCN-002', 'an id is 16 bytes', { length: id.length });
  const data = concat([id, leBytes(capabilities, 2, 'NXS-BCN-002'), Uint8Array.of(costTier, load)]);
  const destination = destinationOf(primitives);
  return encodeNexusPacket({ destinationType: 'plain', packetType: 'data', hops: 0, destination, context: PACKET_CONTEXTS.beacon, data });
}

/**
 * Reads a beacon.
 * @throws DecodeError; whatever `decodeNexusPacket` throws
 * @see NXS-BCN-001
 */
export function readBeacon(packet: Uint8Array, primitives: Pick<HashPrimitives, 'blake2b'>): Beacon {
  const outer = decodeNexusPacket(packet);
  const isBeacon = outer.packetType === 'data' && outer.destinationType === 'plain' && outer.context === PACKET_CONTEXTS.beacon;
  if (!isBeacon || outer.transport !== undefined || compare(outer.destination, destinationOf(primitives)) !== 0) {
    throw new DecodeError('malformed', 'NXS-BCN-001', 'not a beacon');
  }
  const reader = new Reader(outer.data);
  const id = reader.take(DESTINATION_HASH_LENGTH, 'NXS-BCN-002');
  const capabilities = reader.u8('NXS-BCN-002') + 256 * reader.u8('NXS-BCN-002');
  const beacon = { id, capabilities, costTier: reader.u8('NXS-BCN-002'), load: reader.u8('NXS-BCN-002') };
  reader.finish('NXS-BCN-002');
  return beacon;
}

const TIMING = door.members<{
  readonly airtimeUs: number;
  readonly budgetUs: number;
}>({ airtimeUs: door.count, budgetUs: door.count });

/**
 * How far apart beacons are on an interface.
 * @param timing airtimeUs: of one beacon; budgetUs: what the interface may send in an hour
 * @returns milliseconds
 * @throws LimitError for an interface that may not send
 * @see NXS-BCN-003
 */
export function beaconIntervalMs(timing: { readonly airtimeUs: number; readonly budgetUs: number }): number {
  const { airtimeUs, budgetUs } = TIMING(timing, 'timing');
  if (budgetUs === 0) throw new LimitError('NXS-BCN-003', 'an interface that may not send');
  // 20 airtimes over the part of an hour; in integers, because the product is beyond what a double holds.
  const scaled = BigInt(BEACON_AIRTIMES) * BigInt(airtimeUs) * BigInt(HOUR_US / MS_US);
  return Math.max(BEACON_MS, Number((scaled + BigInt(budgetUs) - 1n) / BigInt(budgetUs)));
}
