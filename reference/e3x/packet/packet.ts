/**
 * A packet (LOB): one optional head and one optional body in a row.
 *
 *   0         2             2 + LENGTH
 *   +---------+-------------+------------------+
 *   | LENGTH  | HEAD        | BODY             |
 *   | u16 be  | LENGTH bytes| everything else  |
 *   +---------+-------------+------------------+
 *
 *   LENGTH 0         no HEAD
 *   LENGTH 1..6      HEAD is binary, whatever it looks like
 *   LENGTH 7..65535  HEAD is read as a JSON object; one that fails stays as bytes with the error next to it
 *
 * A packet states no length of its own: who carries it (a datagram, the chunked encoding) knows where it ends.
 */
import { EMPTY, Reader, u16Bytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, EncodeError, LimitError, UsageError } from '../../kernel/errors.ts';
import { JsonError, readJsonObject, writeJson } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';

/** E3X-LOB-001: bytes of the LENGTH that begins a packet. */
export const LENGTH_LENGTH = 2;
/** E3X-LOB-012: the longest HEAD that LENGTH can announce. */
export const HEAD_LENGTH_MAX = 65535;
/** E3X-LOB-006: the shortest HEAD that is read as JSON; anything shorter is binary. */
export const JSON_HEAD_LENGTH_MIN = 7;

/** The bytes of a packet, taken apart but not interpreted. */
export interface PacketParts {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

/** A packet taken apart: the five values of the format, or four and an error. */
export interface Packet extends PacketParts {
  /** All of it. */
  readonly bytes: Uint8Array;
  readonly headLength: number;
  /** Present where the HEAD is a JSON object. */
  readonly json?: JsonObject;
  /** Present if a HEAD of 7 bytes or more is not a JSON object. */
  readonly jsonError?: JsonError;
  readonly bodyLength: number;
}

/** What a packet is made of: a JSON object or head bytes, not both, and a body. */
export interface PacketContent {
  readonly json?: JsonObject | undefined;
  readonly head?: Uint8Array | undefined;
  readonly body?: Uint8Array | undefined;
}

/**
 * Takes a packet apart without reading its head.
 * @param packet at least 2 bytes
 * @returns head and body, in memory of their own
 * @throws DecodeError truncated
 * @see E3X-LOB-001
 */
export function decodePacketParts(packet: Uint8Array): PacketParts {
  return partsOf(door.copy(packet, 'packet'));
}

/** Head and body as views on the packet. */
function partsOf(packet: Uint8Array): PacketParts {
  const reader = new Reader(packet);
  const headLength = reader.u16('E3X-LOB-002'); // E3X-LOB-002
  const head = reader.take(headLength, 'E3X-LOB-003'); // E3X-LOB-003; E3X-LOB-004: LENGTH 0 takes nothing
  const body = reader.rest(); // E3X-LOB-008
  reader.finish('E3X-LOB-008');
  return { head, body };
}

/**
 * Takes a packet apart and reads its head.
 * @param bytes a packet, at least 2 bytes
 * @returns a copy of the bytes, head and body as views on it, and the JSON of the head or what is wrong with it
 * @throws DecodeError truncated, and nothing else: a head that fails as JSON is not a parsing error
 * @see E3X-LOB-003
 */
export function decodePacket(bytes: Uint8Array): Packet {
  const packet = door.copy(bytes, 'packet');
  const { head, body } = partsOf(packet);
  const headLength = head.length;
  const bodyLength = body.length;
  if (headLength < JSON_HEAD_LENGTH_MIN) return { bytes: packet, headLength, head, bodyLength, body }; // E3X-LOB-005
  try {
    return { bytes: packet, headLength, head, json: readJsonObject(head), bodyLength, body }; // E3X-LOB-006
  } catch (error) {
    if (error instanceof JsonError) return { bytes: packet, headLength, head, jsonError: error, bodyLength, body }; // E3X-LOB-007
    throw error;
  }
}

/** Head and body at the door. */
export const partsDoor: door.Door<PacketParts> = door.members<PacketParts>({ head: door.bytes, body: door.bytes });

/** A packet taken apart, as it is passed from layer to layer. */
export const packetDoor: door.Door<Packet> = door.members<Packet>({
  bytes: door.bytes,
  headLength: door.whole,
  head: door.bytes,
  json: door.optional(door.json),
  jsonError: door.optional(door.instance(JsonError)),
  bodyLength: door.whole,
  body: door.bytes,
});

/** A packet taken apart that shares no memory with the one given. */
export function copyPacket(packet: Packet): Packet {
  const { bytes: given, ...others } = packetDoor(packet, 'packet');
  const bytes = given.slice();
  const { head, body } = decodePacketParts(bytes);
  return { ...others, bytes, head, body };
}

/**
 * Answers whether bytes are a packet, which they are unless LENGTH is missing or announces too much.
 * @param bytes any number of bytes
 * @see E3X-LOB-003
 */
export function isPacket(bytes: Uint8Array): boolean {
  try {
    decodePacketParts(bytes);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

const CONTENT = door.members<PacketContent>({
  json: door.optional(door.json),
  head: door.optional(door.bytes),
  body: door.optional(door.bytes),
});

/** The head that stands for a JSON object: none for `{}`, otherwise 7 bytes or more. */
function headOf(json: JsonObject): Uint8Array {
  const head = writeJson(json); // E3X-LOB-009
  if (head.length >= JSON_HEAD_LENGTH_MIN) return head;
  // E3X-LOB-011: {"":1} and its like would come back as binary, or be lost.
  if (Object.keys(json).length > 0) {
    throw new EncodeError('E3X-LOB-011', 'an object with members needs 7 bytes', { headLength: head.length });
  }
  return EMPTY; // E3X-LOB-010
}

/**
 * Builds a packet.
 * @param content a JSON object, or head bytes of 0 to 65,535, or neither; and a body of any length
 * @returns LENGTH, HEAD, BODY
 * @throws EncodeError unrepresentable; LimitError; UsageError if json and head are both given
 * @see E3X-LOB-001
 */
export function encodePacket(content: PacketContent): Uint8Array {
  const { json, head, body = EMPTY } = CONTENT(content, 'content');
  if (json !== undefined && head !== undefined) throw new UsageError('E3X-LOB-001', 'either json or head, not both');
  const headBytes = json === undefined ? (head ?? EMPTY) : headOf(json); // E3X-LOB-013: bytes stay as they are
  if (headBytes.length > HEAD_LENGTH_MAX) {
    throw new LimitError('E3X-LOB-012', 'the head is too long', { headLength: headBytes.length });
  }
  const packet = new Uint8Array(LENGTH_LENGTH + headBytes.length + body.length); // E3X-LOB-001
  packet.set(u16Bytes(headBytes.length, 'E3X-LOB-001'));
  packet.set(headBytes, LENGTH_LENGTH);
  packet.set(body, LENGTH_LENGTH + headBytes.length);
  return packet;
}
