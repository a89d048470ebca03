/**
 * The standard types of channels: what a packet of each may hold.
 *
 *   type      reliable  opens with              later, from the opener   later, from the other side
 *   path      no        paths or nothing        -                        path
 *   peer      no        peer or uri, packet     -                        nothing ever
 *   connect   no        peer, packet            -                        nothing ever
 *   stream    yes       packet or nothing       frag or enc              the same
 *   sock      either    connect, bind, accept   src, dst                 the same
 *   boxes     no        box ids                 box ids                  nothing ever
 *   outbox    yes       to                      done, x, id, clear       nothing ever
 *   inbox     yes       box                     id or clear              done or cap
 *   profile   yes       chat, profile           a stream of packets      the same
 *   chat      yes       chat, last              a stream of packets      the same, last
 *   thtp      yes       anything                anything                 anything
 *   block     no        packet or nothing       b, at, done              nothing ever
 *
 * Whatever the type, a later packet may be an error, an end or an acknowledgement and nothing else. A packet is judged
 * by itself: what came before it on its channel is the affair of streams and blocks, which have files of their own.
 *
 * Choice: ADR-0013.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, StateError, UnsupportedError } from '../../kernel/errors.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { channelHeadOf } from '../channel-table/channel-table.ts';
import {
  anything,
  fits,
  integer,
  isHashname,
  isMessageId,
  isObject,
  isShortId,
  isText,
  isTrue,
  isUint32,
  listOf,
  matching,
  oneOf,
  shape,
  shaped,
} from './channel-members.ts';
import type { Check, Shape } from './channel-members.ts';
import { decodePacket, isPacket } from '../packet/packet.ts';
import type { Packet } from '../packet/packet.ts';

/** Who sends a packet: the opening one, or a later one of either side. */
export type ChannelRole = 'open' | 'opener' | 'responder';

/** What the channel of a packet is like. */
export interface ChannelContext {
  readonly type: string;
  readonly role: ChannelRole;
  readonly isReliable: boolean;
}

/** What is judged, and what its channel is like. */
export interface ChannelPacketInput extends ChannelContext {
  readonly packet: Uint8Array;
}

const INPUT = door.members<ChannelPacketInput>({
  type: door.text,
  role: door.oneOf<ChannelRole>('open', 'opener', 'responder'),
  isReliable: door.flag,
  packet: door.bytes,
});

/** The head and the body of a packet that has been judged. */
export interface ChannelPacket {
  readonly json: JsonObject;
  readonly body: Uint8Array;
  /** False for what concerns the channel alone: an error, a mere end, a mere acknowledgement. */
  readonly isContent: boolean;
}

/** E3X-TYP-019: box ids in one packet, of 8 bytes each. */
export const BOX_ID_COUNT_MAX = 120;
const BOX_ID_LENGTH = 8;

/** E3X-TYP-001 */
const BASE: Shape['members'] = {
  c: anything,
  type: isText,
  seq: integer(1, 4294967295),
  ack: isUint32,
  miss: listOf(isUint32),
  end: isTrue,
  err: isText,
};
const BASE_NAMES: ReadonlySet<string> = new Set(Object.keys(BASE));
/** E3X-TYP-007 */
const ACK: Shape = shape({ c: anything, ack: anything, miss: anything }, ['ack']);

const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const IPV6 = /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/;
const isPort = integer(1, 65535);
const isAddress: Check = shaped(shape({ ip: (value) => matching(IPV4)(value) || matching(IPV6)(value), port: isPort }, ['ip', 'port']));

/** E3X-TYP-011: the paths of known types; any other type may have any members. */
const PATHS: ReadonlyMap<string, Shape> = new Map([
  ['udp4', shape({ type: isText, ip: matching(IPV4), port: isPort }, ['ip', 'port'])],
  ['udp6', shape({ type: isText, ip: matching(IPV6), port: isPort }, ['ip', 'port'])],
  ['tcp4', shape({ type: isText, ip: matching(IPV4), port: isPort }, ['ip', 'port'])],
  ['tcp6', shape({ type: isText, ip: matching(IPV6), port: isPort }, ['ip', 'port'])],
  ['http', shape({ type: isText, url: matching(/^https?:\/\/./) }, ['url'])],
  ['webrtc', shape({ type: isText })],
  ['peer', shape({ type: isText, hn: isHashname, uri: isText }, ['hn'])],
]);
const isPath: Check = (value) => {
  if (!isObject(value)) return false;
  const path = value as JsonObject;
  const { type } = path;
  if (typeof type !== 'string') return false;
  const known = PATHS.get(type);
  return known === undefined ? type !== '' : fits(path, known);
};

/**
 * Refuses what is not a path.
 * @throws DecodeError malformed
 * @see E3X-TYP-011
 */
export function requirePath(path: JsonValue): asserts path is JsonObject {
  if (!isPath(path)) throw new DecodeError('malformed', 'E3X-TYP-011', 'not a path');
}

/** What a packet of one type in one role must be; `when` says what no shape can say. */
interface Rule {
  readonly clause: string;
  readonly members?: Shape['members'];
  readonly required?: readonly string[];
  readonly when?: (json: JsonObject, body: Uint8Array) => boolean;
}
type Rules = readonly Rule[];

const isEmpty = (_json: JsonObject, body: Uint8Array): boolean => body.length === 0;
const hasPacket = (_json: JsonObject, body: Uint8Array): boolean => body.length > 0 && isPacket(body);
const hasPacketOrNothing = (_json: JsonObject, body: Uint8Array): boolean => body.length === 0 || isPacket(body);
const lacks = (json: JsonObject, ...names: readonly string[]): boolean => !names.every((name) => Object.hasOwn(json, name));

/** E3X-TYP-009: nothing but what every channel has. */
const PLAIN: Rule = { clause: 'E3X-TYP-009' };
const PLAIN_WITHOUT_BODY: Rules = [{ ...PLAIN, when: isEmpty }];
const STREAM: Rules = [
  { clause: 'E3X-TYP-016', members: { frag: isTrue, enc: oneOf('binary', 'json', 'lob') }, when: (json) => lacks(json, 'frag', 'enc') },
]; // E3X-TYP-016
const SOCK: Rules = [{ clause: 'E3X-TYP-018', members: { src: isAddress, dst: isAddress } }]; // E3X-TYP-018
const BOX_IDS: Rules = [
  PLAIN,
  {
    clause: 'E3X-TYP-019',
    when: (_json, body) => body.length > 0 && body.length % BOX_ID_LENGTH === 0 && body.length <= BOX_ID_LENGTH * BOX_ID_COUNT_MAX,
  },
]; // E3X-TYP-019
const THTP: Rules = [{ clause: 'E3X-TYP-025' }]; // E3X-TYP-025

/** E3X-TYP-020 */
const OUTBOX: Rule = {
  clause: 'E3X-TYP-020',
  members: { done: isTrue, x: isUint32, id: isShortId, clear: isTrue },
  when: (json, body) => {
    if (Object.hasOwn(json, 'x') && lacks(json, 'done')) return false;
    return lacks(json, 'id') || (lacks(json, 'done') && lacks(json, 'clear') && body.length === 0);
  },
};
const PATH_ANSWER: Rules = [
  { clause: 'E3X-TYP-012', members: { path: isObject }, when: isEmpty },
  { clause: 'E3X-TYP-011', members: { path: isPath } },
]; // E3X-TYP-012, E3X-TYP-011

/** E3X-TYP-017: what each kind of socket is opened with. */
const SOCKS: { readonly [kind: string]: Shape } = {
  connect: shape({ src: isAddress, dst: isAddress }, ['dst']),
  bind: shape({ src: shaped(shape({ port: integer(0, 65535) })) }),
  accept: shape({ src: isAddress, dst: isAddress }, ['src', 'dst']),
};
const isSockOpen = ({ sock, src, dst }: JsonObject): boolean => {
  const addresses = { ...(src === undefined ? {} : { src }), ...(dst === undefined ? {} : { dst }) };
  return fits(addresses, SOCKS[String(sock)] ?? shape({}));
};

/** E3X-TYP-024: a stream of packets; only the answering side of a chat says what it has seen last. */
const chatPackets = (mayHaveLast: boolean): Rules => [
  {
    clause: 'E3X-TYP-024',
    members: { frag: isTrue, enc: oneOf('lob'), ...(mayHaveLast ? { last: isMessageId } : {}) },
    when: (json) => lacks(json, 'frag', 'enc'),
  },
];

/** What a type is like; no rules for a side that sends nothing. */
interface ChannelType {
  /** Undefined where both are possible. */
  readonly isReliable?: boolean;
  readonly open: Rules;
  readonly opener: Rules;
  readonly responder?: Rules;
}

/** The table above. */
const TYPES: ReadonlyMap<string, ChannelType> = new Map<string, ChannelType>([
  [
    'path',
    {
      isReliable: false,
      open: [
        { clause: 'E3X-TYP-010', members: { paths: listOf(isObject) }, when: isEmpty }, // E3X-TYP-057: or none at all
        { clause: 'E3X-TYP-011', members: { paths: listOf(isPath) } },
      ], // E3X-TYP-010, E3X-TYP-011
      opener: PLAIN_WITHOUT_BODY,
      responder: PATH_ANSWER,
    },
  ],
  [
    'peer',
    {
      isReliable: false,
      open: [
        {
          clause: 'E3X-TYP-013',
          members: { peer: isHashname, uri: isText },
          when: (json, body) => (!lacks(json, 'peer') || !lacks(json, 'uri')) && hasPacket(json, body),
        },
      ], // E3X-TYP-013
      opener: PLAIN_WITHOUT_BODY,
    },
  ],
  [
    'connect',
    {
      isReliable: false,
      open: [{ clause: 'E3X-TYP-015', members: { peer: isHashname }, required: ['peer'], when: hasPacket }],
      opener: PLAIN_WITHOUT_BODY,
    },
  ], // E3X-TYP-015
  ['stream', { isReliable: true, open: [PLAIN, { clause: 'E3X-TYP-016', when: hasPacketOrNothing }], opener: STREAM, responder: STREAM }],
  [
    'sock',
    {
      open: [
        {
          clause: 'E3X-TYP-017',
          members: { sock: oneOf('connect', 'bind', 'accept'), src: isObject, dst: isObject },
          required: ['sock'],
          when: isSockOpen,
        },
      ],
      opener: SOCK,
      responder: SOCK,
    },
  ], // E3X-TYP-017
  ['boxes', { isReliable: false, open: BOX_IDS, opener: BOX_IDS }],
  [
    'outbox',
    { isReliable: true, open: [{ ...OUTBOX, members: { ...OUTBOX.members, to: isHashname }, required: ['to'] }], opener: [OUTBOX] },
  ],
  [
    'inbox',
    {
      isReliable: true,
      open: [{ clause: 'E3X-TYP-021', members: { box: isShortId }, required: ['box'], when: isEmpty }], // E3X-TYP-021
      opener: [
        {
          clause: 'E3X-TYP-021',
          members: { id: isShortId, clear: isTrue },
          when: (json, body) => lacks(json, 'id') !== lacks(json, 'clear') && body.length === 0,
        },
      ],
      responder: [
        {
          clause: 'E3X-TYP-022',
          members: { done: isTrue, cap: isUint32 },
          when: (json, body) => lacks(json, 'cap') || (lacks(json, 'done') && body.length === 0),
        },
      ], // E3X-TYP-022
    },
  ],
  [
    'profile',
    {
      isReliable: true,
      open: [{ clause: 'E3X-TYP-023', members: { chat: isMessageId, profile: isMessageId }, required: ['chat'], when: isEmpty }],
      opener: chatPackets(false),
      responder: chatPackets(false),
    },
  ], // E3X-TYP-023
  [
    'chat',
    {
      isReliable: true,
      open: [{ clause: 'E3X-TYP-023', members: { chat: isMessageId, last: isMessageId }, required: ['chat', 'last'], when: isEmpty }],
      opener: chatPackets(false),
      responder: chatPackets(true),
    },
  ],
  ['thtp', { isReliable: true, open: THTP, opener: THTP, responder: THTP }],
  [
    'block',
    {
      isReliable: false,
      open: [PLAIN, { clause: 'E3X-TYP-026', when: hasPacketOrNothing }],
      opener: [
        {
          clause: 'E3X-TYP-026',
          members: { b: integer(1, 4294967295), at: isUint32, done: isTrue },
          required: ['b'],
          when: (json, body) => body.length > 0 || !lacks(json, 'done'),
        },
      ], // E3X-TYP-026
    },
  ],
]);

function fail(clause: string, what: string): never {
  throw new DecodeError('malformed', clause, what);
}

/**
 * Judges a packet by the type of its channel.
 * @returns its head and body, copies both
 * @throws DecodeError malformed; UnsupportedError for a type that is not a standard one; StateError for content of the
 * side that sends none
 * @see E3X-TYP-001
 */
export function validateChannelPacket(input: ChannelPacketInput): ChannelPacket {
  const { packet, ...context } = INPUT(input, 'input');
  return judgeChannelPacket(context, decodeChannelPacket(packet));
}

/** As validateChannelPacket, of a packet that has been taken apart. */
export function judgeChannelPacket({ type, role, isReliable }: ChannelContext, packet: Packet): ChannelPacket {
  const { json, body } = baseOf(packet);
  const channelType = TYPES.get(type);
  if (channelType === undefined) throw new UnsupportedError('E3X-TYP-003', 'no standard type', { type });
  const isOpen = role === 'open';
  if (isOpen ? json['type'] !== type : Object.hasOwn(json, 'type')) fail('E3X-TYP-002', 'the type stands in the opening packet');
  if (channelType.isReliable !== undefined && channelType.isReliable !== isReliable) fail('E3X-TYP-005', 'a channel of the other kind');
  requireSequence(json, isReliable, isOpen);
  const content = { json, body: body.slice(), isContent: true };
  if (!isOpen && isAside(json, body, isReliable)) return { ...content, isContent: false };
  const rules = channelType[role];
  if (rules === undefined) throw new StateError('E3X-TYP-014', 'this side of the channel sends nothing');
  for (const rule of rules) requireRule(json, body, rule);
  return content;
}

/** Takes a packet apart. @throws DecodeError malformed for bytes that are none */
export function decodeChannelPacket(packet: Uint8Array): Packet {
  try {
    return decodePacket(packet);
  } catch (error) {
    if (error instanceof DecodeError) fail('E3X-TYP-001', 'no packet');
    throw error;
  }
}

/** E3X-TYP-001: what holds on every channel. */
function baseOf(packet: Packet): { readonly json: JsonObject; readonly body: Uint8Array } {
  try {
    channelHeadOf(packet);
  } catch (error) {
    if (error instanceof DecodeError) fail('E3X-TYP-001', 'no channel packet');
    throw error;
  }
  const { json = {}, body } = packet;
  for (const [name, check] of Object.entries(BASE)) {
    const value = json[name];
    if (Object.hasOwn(json, name) && value !== undefined && !check(value)) fail('E3X-TYP-001', `${name} is not what it must be`);
  }
  return { json, body };
}

/** E3X-TYP-004: sequence numbers are for reliable channels, which begin with 1. */
function requireSequence(json: JsonObject, isReliable: boolean, isOpen: boolean): void {
  const isNumbered = ['seq', 'ack', 'miss'].some((name) => Object.hasOwn(json, name));
  if (!isReliable && isNumbered) fail('E3X-TYP-004', 'the channel is not reliable');
  if (isReliable && isOpen && json['seq'] !== 1) fail('E3X-TYP-004', 'a reliable channel opens with seq 1');
}

/** Answers whether a later packet is an error, an acknowledgement or an end, and no content. */
function isAside(json: JsonObject, body: Uint8Array, isReliable: boolean): boolean {
  if (Object.hasOwn(json, 'err')) {
    if (body.length > 0) fail('E3X-TYP-006', 'an error has no BODY');
    return true;
  }
  if (isReliable && !Object.hasOwn(json, 'seq')) {
    if (!fits(json, ACK) || body.length > 0) fail('E3X-TYP-007', 'no acknowledgement and no content');
    return true;
  }
  return Object.hasOwn(json, 'end') && body.length === 0 && Object.keys(json).every((name) => BASE_NAMES.has(name)); // E3X-TYP-008
}

function requireRule(json: JsonObject, body: Uint8Array, { clause, members = {}, required = [], when }: Rule): void {
  // A rule without members of its own checks the BODY of what another has passed.
  const base = Object.fromEntries([...BASE_NAMES].map((name) => [name, anything]));
  // E3X-TYP-009
  if (!fits(json, shape({ ...base, ...members }, required))) fail(clause, 'a member is missing, unknown or not what it must be');
  if (when?.(json, body) === false) fail(clause, 'not what the type demands');
}
