/**
 * The heads of inner packets: the members that the channel itself reads and writes, before those of the application.
 *
 *   c     the channel                      on every packet
 *   type  what the channel is for          on the open packet
 *   seq   number of a content packet       reliable channels
 *   ack   highest number processed         reliable channels
 *   miss  numbers missing, and the window  reliable channels, with an ack
 *   num   number of any packet             unreliable channels with a replay window
 *   end   true: the last content           either kind
 *   err   why the channel is over          either kind
 */
import { EMPTY } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { type JsonObject, type JsonValue } from '../../kernel/json.ts';
import { INNER_LENGTH_MAX, SEALED_LENGTH_MAX, U32_MAX } from './constants.ts';
import { decodeMiss, type Missing } from './miss.ts';
import { decodePacket, encodePacket } from '../packet/packet.ts';
import type { Packet } from '../packet/packet.ts';

/** The members of the channel itself, in the order in which they are written. */
export interface ChannelMembers {
  readonly c: number;
  readonly type?: string | undefined;
  readonly seq?: number | undefined;
  readonly ack?: number | undefined;
  readonly miss?: readonly number[] | undefined;
  readonly num?: number | undefined;
  readonly end?: true | undefined;
  readonly err?: string | undefined;
}

/** What an application passes for one packet. */
export interface InnerContent {
  readonly json?: JsonObject | undefined;
  readonly body?: Uint8Array | undefined;
}

/** The head of a packet that arrived, with every member of the channel checked. */
export interface ChannelHead extends Omit<ChannelMembers, 'miss'> {
  readonly miss?: Missing | undefined;
  /** Something besides c, ack and miss: a member or a BODY. */
  readonly hasContent: boolean;
}

const MEMBERS = door.members<ChannelMembers>({
  c: door.whole,
  type: door.optional(door.text),
  seq: door.optional(door.whole),
  ack: door.optional(door.whole),
  miss: door.optional(door.list(door.whole)),
  num: door.optional(door.whole),
  end: door.optional(door.flag as door.Door<true>),
  err: door.optional(door.text),
});

const MEMBER_NAMES = ['c', 'type', 'seq', 'ack', 'miss', 'num', 'end', 'err'] as const;

/** Refuses content whose JSON has members of the channel's own; num is one only where packets are numbered. */
export function requireApplicationJson(json: JsonObject, isNumbered: boolean): void {
  // E3X-CHN-012
  for (const name of MEMBER_NAMES) {
    if (Object.hasOwn(json, name) && (name !== 'num' || isNumbered)) {
      throw new DecodeError('malformed', 'E3X-CHN-012', 'a member of the channel itself', { name });
    }
  }
}

function headPacket(members: ChannelMembers, { json = {}, body = EMPTY }: InnerContent): Uint8Array {
  const own: { [name: string]: JsonValue } = {};
  for (const name of MEMBER_NAMES) {
    // E3X-CHN-011
    const value = members[name];
    if (value !== undefined) own[name] = value;
  }
  return encodePacket({ json: { ...own, ...json }, body });
}

/**
 * Writes an inner packet.
 * @returns the packet, at most 1,342 bytes
 * @throws LimitError where sealing would make it longer than 1,400 bytes
 * @see E3X-CHN-011, E3X-CHN-013
 */
export function encodeInner(members: ChannelMembers, content: InnerContent): Uint8Array {
  const packet = headPacket(members, content);
  if (packet.length > INNER_LENGTH_MAX) {
    throw new LimitError('E3X-CHN-013', 'sealed, it would be too long', { length: packet.length, lengthMax: INNER_LENGTH_MAX });
  }
  return packet;
}

/**
 * How many bytes of BODY a packet with this head can still have.
 * @returns 0 to 1,340 bytes
 * @throws LimitError if the head alone is too long
 * @see E3X-CHN-014
 */
export function deriveQuota(members: ChannelMembers, json: JsonObject = {}): number {
  MEMBERS(members, 'members');
  door.json(json, 'json');
  requireApplicationJson(json, members.num !== undefined);
  return INNER_LENGTH_MAX - encodeInner(members, { json }).length; // E3X-CHN-014
}

function integerMember(json: JsonObject, name: 'seq' | 'ack' | 'num', minimum: number, clause: string): number | undefined {
  const value = json[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum || value > U32_MAX) {
    throw new DecodeError('malformed', clause, 'not an integer of 32 bits', { name });
  }
  return value;
}

function missMember(json: JsonObject, ack: number | undefined): Missing | undefined {
  const value = json['miss'];
  if (value === undefined) return undefined;
  if (ack === undefined) throw new DecodeError('malformed', 'E3X-REL-020', 'a miss without the ack it begins at');
  const steps = Array.isArray(value) ? value.filter((step: JsonValue): step is number => Number.isSafeInteger(step)) : undefined;
  if (steps === undefined || steps.length !== (value as readonly JsonValue[]).length)
    throw new DecodeError('malformed', 'E3X-REL-003', 'a miss is a list of integers');
  return decodeMiss(ack, steps);
}

/** Takes an inner packet that arrived apart. @throws LimitError, DecodeError truncated */
export function decodeInner(packet: Uint8Array): Packet {
  requireInnerLength(packet);
  return decodePacket(packet);
}

/** Refuses what is longer than any sealed packet. @throws LimitError */
export function requireInnerLength({ length }: Uint8Array): void {
  if (length > SEALED_LENGTH_MAX) throw new LimitError('E3X-CHN-015', 'longer than any sealed packet', { length });
}

/** The JSON of an inner packet, which every one of a channel has. @throws DecodeError malformed */
export function innerJsonOf({ json }: Packet): JsonObject {
  if (json === undefined) throw new DecodeError('malformed', 'E3X-CHN-001', 'an inner packet has a JSON head');
  return json;
}

/** The members that every channel has, checked. @throws DecodeError malformed */
export function commonMembers(json: JsonObject, c: number): Pick<ChannelHead, 'c' | 'type' | 'end' | 'err'> {
  if (json['c'] !== c) throw new DecodeError('malformed', 'E3X-CHN-002', 'not of this channel');
  const { type, end, err } = json;
  if (type !== undefined && (typeof type !== 'string' || type === '')) throw new DecodeError('malformed', 'E3X-CHN-003', 'a type is text');
  if (end !== undefined && end !== true) throw new DecodeError('malformed', 'E3X-CHN-016', 'end is true or absent');
  if (err !== undefined && typeof err !== 'string') throw new DecodeError('malformed', 'E3X-CHN-016', 'err is text');
  return { c, type, end, err };
}

/** The members of a reliable channel, checked. @throws DecodeError malformed; LimitError */
export function reliableMembers(json: JsonObject): Pick<ChannelHead, 'seq' | 'ack' | 'miss'> {
  const seq = integerMember(json, 'seq', 1, 'E3X-REL-003'); // E3X-REL-003
  const ack = integerMember(json, 'ack', 0, 'E3X-REL-003'); // E3X-REL-003
  return { seq, ack, miss: missMember(json, ack) };
}

/** The number of a packet on a channel with a replay window. @throws DecodeError malformed */
export function numberMember(json: JsonObject): number | undefined {
  return integerMember(json, 'num', 1, 'E3X-RPW-001'); // E3X-RPW-001
}

/** Whether a packet without seq carries more than an acknowledgement. */
export function hasContent(json: JsonObject, hasBody: boolean): boolean {
  return hasBody || Object.keys(json).some((name) => name !== 'c' && name !== 'ack' && name !== 'miss');
}
