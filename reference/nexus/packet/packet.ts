/**
 * Packets: what travels over one hop.
 *
 *   0       1      2                      18             18 or 34   19 or 35
 *   +-------+------+----------------------+-------------+---------+------------------+
 *   | flags | hops | link or relay,       | destination | context | data             |
 *   |       |      | in form 2 alone      |             |         | 0 to 465 bytes   |
 *   +-------+------+----------------------+-------------+---------+------------------+
 *   flags: 7 access (0), 6 form, 5 zero, 4 propagation (as 6), 3..2 destination type, 1..0 packet type
 *
 * No address of the sender: whoever relays a packet cannot tell whether the neighbour that it came from wrote it.
 */
import { Reader, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UnsupportedError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';

/** NXS-PKT-001: bytes of an address. */
export const ADDRESS_LENGTH = 16;
/** NXS-PKT-008, NXS-PKT-009: bytes of a packet with one address, and with two. */
const LENGTHS_MAX = { one: 484, two: 500 } as const;
/** NXS-PKT-010. */
const HOPS_MAX = 127;
const ACCESS = 0x80;
const FORM_2 = 0x40;
const RESERVED = 0x20;
const PROPAGATION = 0x10;
/** NXS-PKT-007: in the order of their numbers. */
const DESTINATION_TYPES = ['single', 'group', 'plain', 'link'] as const;
const PACKET_TYPES = ['data', 'announce', 'link-request', 'proof'] as const;
/** NXS-PKT-012: every context there is. On a link 00 is a record, elsewhere an envelope; announces and requests have it too. */
export const PACKET_CONTEXTS = {
  content: 0x00,
  beacon: 0x42,
  fragment: 0x46,
  fragmentRequest: 0x47,
  rekey: 0xf0,
  keepalive: 0xfa,
  identify: 0xfb,
  close: 0xfc,
  proof: 0xff,
} as const;
const CONTEXTS: ReadonlySet<number> = new Set(Object.values(PACKET_CONTEXTS));
/** NXS-PKT-007: either type is two bits. */
const TYPE_BITS = 0b11;
/** NXS-PKT-013: the bits of the flags that no relay changes. */
const TYPES = 0x0f;
const PACKET_ID_LENGTH = 32;

/** What a packet goes to. */
export type DestinationType = (typeof DESTINATION_TYPES)[number];
/** What a packet is. */
export type NexusPacketType = (typeof PACKET_TYPES)[number];

/** A packet, taken apart. */
export interface NexusPacket {
  readonly destinationType: DestinationType;
  readonly packetType: NexusPacketType;
  /** 0 to 127. */
  readonly hops: number;
  /** The link or the relay that it goes to first, 16 bytes; only in form 2. */
  readonly transport?: Uint8Array | undefined;
  /** 16 bytes. */
  readonly destination: Uint8Array;
  readonly context: number;
  /** 0 to 465 bytes. */
  readonly data: Uint8Array;
}

const PACKET = door.members<NexusPacket>({
  destinationType: door.oneOf(...DESTINATION_TYPES),
  packetType: door.oneOf(...PACKET_TYPES),
  hops: door.byte,
  transport: door.optional(door.bytes),
  destination: door.bytes,
  context: door.byte,
  data: door.bytes,
});

function requireContext(context: number): void {
  if (!CONTEXTS.has(context)) throw new UnsupportedError('NXS-PKT-012', 'not a context', { context });
}

function requireLength(length: number, isForm2: boolean): void {
  if (length > (isForm2 ? LENGTHS_MAX.two : LENGTHS_MAX.one)) {
    throw new LimitError(isForm2 ? 'NXS-PKT-009' : 'NXS-PKT-008', 'a packet too long', { length });
  }
}

function requireHops(hops: number): void {
  if (hops > HOPS_MAX) throw new LimitError('NXS-PKT-010', 'too many hops', { hops });
}

/**
 * Writes a packet, in form 2 if it has a first address.
 * @returns 19 to 484 bytes, or 35 to 500
 * @throws DecodeError malformed for an address that is not 16 bytes; UnsupportedError for a context; LimitError
 * @see NXS-PKT-001
 */
export function encodeNexusPacket(packet: NexusPacket): Uint8Array {
  const { destinationType, packetType, hops, transport, destination, context, data } = PACKET(packet, 'packet');
  const addresses = transport === undefined ? [destination] : [transport, destination];
  for (const address of addresses) {
    if (address.length !== ADDRESS_LENGTH) {
      throw new DecodeError('malformed', 'NXS-PKT-001', 'an address is 16 bytes', { length: address.length });
    }
  }
  requireContext(context);
  requireHops(hops);
  const types = (DESTINATION_TYPES.indexOf(destinationType) << 2) | PACKET_TYPES.indexOf(packetType); // NXS-PKT-007
  const form = transport === undefined ? 0 : FORM_2 | PROPAGATION; // NXS-PKT-005, NXS-PKT-006
  const header = Uint8Array.of(form | types, hops);
  const written = concat([header, ...addresses, Uint8Array.of(context), data]);
  requireLength(written.length, transport !== undefined);
  return written;
}

/**
 * Takes a packet apart.
 * @returns copies
 * @throws DecodeError truncated or malformed; UnsupportedError; LimitError
 * @see NXS-PKT-001
 */
export function decodeNexusPacket(packet: Uint8Array): NexusPacket {
  const given = door.copy(packet, 'packet');
  const reader = new Reader(given);
  const flags = reader.u8('NXS-PKT-002');
  if ((flags & ACCESS) !== 0) throw new UnsupportedError('NXS-PKT-003', 'a packet with access codes');
  if ((flags & RESERVED) !== 0) throw new DecodeError('malformed', 'NXS-PKT-004', 'a reserved bit is set', { flags });
  const isForm2 = (flags & FORM_2) !== 0; // NXS-PKT-005
  if (isForm2 !== ((flags & PROPAGATION) !== 0)) {
    throw new DecodeError('malformed', 'NXS-PKT-006', 'propagation differs from the form', { flags });
  }
  requireLength(given.length, isForm2);
  const hops = reader.u8('NXS-PKT-002');
  requireHops(hops);
  const transport = isForm2 ? { transport: reader.take(ADDRESS_LENGTH, 'NXS-PKT-002') } : {};
  const destination = reader.take(ADDRESS_LENGTH, 'NXS-PKT-002');
  const context = reader.u8('NXS-PKT-002');
  requireContext(context);
  const destinationType = DESTINATION_TYPES[(flags >> 2) & TYPE_BITS] ?? 'single';
  const packetType = PACKET_TYPES[flags & TYPE_BITS] ?? 'data';
  return { destinationType, packetType, hops, ...transport, destination, context, data: reader.rest() };
}

/**
 * The id of a packet, which is the same on every hop.
 * @param packet whose data are as its origin wrote them, not sealed for a link
 * @returns 32 bytes
 * @throws whatever `decodeNexusPacket` throws
 * @see NXS-PKT-013
 */
export function deriveNexusPacketId(packet: Uint8Array, primitives: Pick<HashPrimitives, 'blake3'>): Uint8Array {
  primitivesDoor.blake3(primitives, 'primitives');
  const { destination, context, data } = decodeNexusPacket(packet);
  const types = Uint8Array.of((packet[0] ?? 0) & TYPES);
  return primitives.blake3({ message: concat([types, destination, Uint8Array.of(context), data]), outputLength: PACKET_ID_LENGTH });
}

/**
 * A packet as it is after its receipt.
 * @returns a copy with one hop more
 * @throws LimitError if the hops become 128; whatever `decodeNexusPacket` throws
 * @see NXS-PKT-011
 */
export function raiseHops(packet: Uint8Array): Uint8Array {
  const { hops } = decodeNexusPacket(packet);
  if (hops >= HOPS_MAX) throw new LimitError('NXS-PKT-011', 'this hop is one too many', { hops });
  const raised = new Uint8Array(packet);
  raised[1] = hops + 1;
  return raised;
}
