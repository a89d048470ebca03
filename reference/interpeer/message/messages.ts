/**
 * Messages: what a payload is a row of.
 *
 *   fixed length       TYPE varint, BODY
 *   variable length    TYPE varint, LENGTH varint, BODY
 *
 * Whether a type has a LENGTH is known by the type alone, so nothing can be read after a type that is not known.
 */
import { Reader, concat, u16Bytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UnsupportedError, UsageError } from '../../kernel/errors.ts';
import { CHANNEL_HALF_LENGTH, CHANNEL_ID_LENGTH } from '../packet/constants.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import { COOKIE_LENGTHS, PROGRESS_BITMAP_LENGTH_MAX, RECEIVE_WINDOW_MAX } from './constants.ts';
import { suiteDoor } from '../packet/suite-door.ts';
import { decodeVarint, encodeVarint } from '../packet/varint.ts';

/** IPR-MSG-002: the numbers of the message types. */
export const MESSAGE_TYPES = {
  CHANNEL_NEW: 10,
  CHANNEL_ACKNOWLEDGE: 11,
  CHANNEL_FINALIZE: 12,
  CHANNEL_COOKIE: 13,
  CHANNEL_CLOSE: 14,
  DATA: 20,
  DATA_PROGRESS: 21,
  DATA_RECEIVE_WINDOW: 22,
  HANDSHAKE: 30,
  KEY_OFFER: 31,
  START_ENCRYPTION: 32,
} as const;
/** The name of a message type. */
export type MessageType = keyof typeof MESSAGE_TYPES;

/** A message; every member of bytes has the length that its name has elsewhere. */
export type InterpeerMessage =
  | { readonly type: 'CHANNEL_NEW'; readonly initiatorHalf: Uint8Array; readonly cookie1: Uint8Array }
  | { readonly type: 'CHANNEL_ACKNOWLEDGE'; readonly channelId: Uint8Array; readonly cookie1: Uint8Array; readonly cookie2: Uint8Array }
  | { readonly type: 'CHANNEL_FINALIZE'; readonly channelId: Uint8Array; readonly cookie2: Uint8Array; readonly capabilities: number }
  | { readonly type: 'CHANNEL_COOKIE'; readonly cookie: Uint8Array; readonly capabilities: number }
  | { readonly type: 'CHANNEL_CLOSE'; readonly reason: number }
  | { readonly type: 'DATA'; readonly data: Uint8Array }
  | { readonly type: 'DATA_PROGRESS'; readonly nextSequenceNumber: number; readonly bitmap: Uint8Array }
  | { readonly type: 'DATA_RECEIVE_WINDOW'; readonly packetCount: number }
  | { readonly type: 'HANDSHAKE'; readonly packet: Uint8Array }
  | { readonly type: 'KEY_OFFER'; readonly offer: Uint8Array }
  | { readonly type: 'START_ENCRYPTION'; readonly sealed: Uint8Array };

type MemberDoors = { readonly [member: string]: door.Door<unknown> };
const membersOf = (bytes: door.Door<Uint8Array>): { readonly [type in MessageType]: MemberDoors } => ({
  CHANNEL_NEW: { initiatorHalf: bytes, cookie1: bytes },
  CHANNEL_ACKNOWLEDGE: { channelId: bytes, cookie1: bytes, cookie2: bytes },
  CHANNEL_FINALIZE: { channelId: bytes, cookie2: bytes, capabilities: door.number },
  CHANNEL_COOKIE: { cookie: bytes, capabilities: door.number },
  CHANNEL_CLOSE: { reason: door.number },
  DATA: { data: bytes },
  DATA_PROGRESS: { nextSequenceNumber: door.number, bitmap: bytes },
  DATA_RECEIVE_WINDOW: { packetCount: door.number },
  HANDSHAKE: { packet: bytes },
  KEY_OFFER: { offer: bytes },
  START_ENCRYPTION: { sealed: bytes },
});
const TYPE = door.members<{ readonly type: string }>({ type: door.text });

/** A message at the door: what its type has, and nothing else; a type that there is not is for who reads it. */
export function messageDoor(bytes: door.Door<Uint8Array>): door.Door<InterpeerMessage> {
  const doors = new Map(Object.entries(membersOf(bytes)).map(([type, members]) => [type, door.members<object>(members)]));
  return (message, name) => {
    const { type } = TYPE(message, name);
    return { type, ...doors.get(type)?.(message, name) } as InterpeerMessage;
  };
}
const MESSAGES = door.list(messageDoor(door.bytes));

/** IPR-MSG-003: all that the C++ library has. */
const TYPES_OF_THE_LIBRARY: ReadonlySet<MessageType> = new Set([
  'CHANNEL_NEW',
  'CHANNEL_ACKNOWLEDGE',
  'CHANNEL_FINALIZE',
  'CHANNEL_COOKIE',
  'DATA',
]);
const NAMES: ReadonlyMap<number, MessageType> = new Map(
  Object.entries(MESSAGE_TYPES).map(([name, number]) => [number, name as MessageType]),
);

function requireType(suite: InterpeerSuite, type: MessageType | undefined, number: string): MessageType {
  if (type === undefined || (suite === 'interpeer-0.1' && !TYPES_OF_THE_LIBRARY.has(type))) {
    throw new UnsupportedError('IPR-MSG-003', 'no message type of this suite', { type: number });
  }
  return type;
}

/** Reads a payload from its front. */
class PayloadReader {
  readonly #reader: Reader;
  readonly #cookieLength: number;

  constructor(bytes: Uint8Array, suite: InterpeerSuite) {
    this.#reader = new Reader(door.copy(bytes, 'payload'));
    this.#cookieLength = COOKIE_LENGTHS[suiteDoor(suite, 'suite')];
  }

  get isAtEnd(): boolean {
    return this.#reader.remaining === 0;
  }
  varint(): bigint {
    const { value, length } = decodeVarint(this.#reader.peek());
    this.#reader.take(length, 'IPR-VAR-003');
    return value;
  }
  take(length: number): Uint8Array {
    return this.#reader.take(length, 'IPR-MSG-004'); // IPR-MSG-004
  }
  u8(): number {
    return this.#reader.u8('IPR-MSG-004');
  }
  u16(): number {
    return this.#reader.u16('IPR-MSG-004');
  }
  cookie(): Uint8Array {
    return this.take(this.#cookieLength); // IPR-MSG-006
  }
  /** The body of a message that says its length. */
  variable(): Uint8Array {
    const length = this.varint();
    if (length > BigInt(this.#reader.remaining)) {
      throw new DecodeError('truncated', 'IPR-MSG-005', 'the message is longer than the payload', {
        length: length.toString(),
        remaining: this.#reader.remaining,
      });
    }
    return this.take(Number(length));
  }
  rest(): Uint8Array {
    return this.#reader.rest();
  }
}

function decodeProgress(body: Uint8Array): InterpeerMessage {
  const reader = new Reader(body);
  const nextSequenceNumber = reader.u16('IPR-MSG-015');
  const bitmap = reader.rest();
  requireBitmap(bitmap);
  return { type: 'DATA_PROGRESS', nextSequenceNumber, bitmap };
}

function requireBitmap(bitmap: Uint8Array): void {
  if (bitmap.length > PROGRESS_BITMAP_LENGTH_MAX)
    throw new LimitError('IPR-MSG-017', 'a bitmap of too many bytes', { length: bitmap.length });
  if (bitmap.at(-1) === 0) throw new DecodeError('non-canonical', 'IPR-MSG-018', 'the last byte of a bitmap is zero');
}

function requireWindow(packetCount: number): number {
  if (packetCount > RECEIVE_WINDOW_MAX) throw new DecodeError('malformed', 'IPR-MSG-019', 'a window of too many packets', { packetCount });
  return packetCount;
}

function decodeSealed(sealed: Uint8Array): InterpeerMessage {
  if (sealed.length === 0) throw new DecodeError('malformed', 'IPR-MSG-021', 'nothing is encrypted');
  return { type: 'START_ENCRYPTION', sealed };
}

function decodeMessage(reader: PayloadReader, type: MessageType): InterpeerMessage {
  switch (type) {
    case 'CHANNEL_NEW':
      return { type, initiatorHalf: reader.take(CHANNEL_HALF_LENGTH), cookie1: reader.cookie() }; // IPR-MSG-008
    case 'CHANNEL_ACKNOWLEDGE':
      return { type, channelId: reader.take(CHANNEL_ID_LENGTH), cookie1: reader.cookie(), cookie2: reader.cookie() }; // IPR-MSG-009
    case 'CHANNEL_FINALIZE':
      return { type, channelId: reader.take(CHANNEL_ID_LENGTH), cookie2: reader.cookie(), capabilities: reader.u16() }; // IPR-MSG-010
    case 'CHANNEL_COOKIE':
      return { type, cookie: reader.cookie(), capabilities: reader.u16() }; // IPR-MSG-011
    case 'CHANNEL_CLOSE':
      return { type, reason: reader.u8() }; // IPR-MSG-013
    case 'DATA':
      return { type, data: reader.variable() }; // IPR-MSG-014
    case 'DATA_PROGRESS':
      return decodeProgress(reader.variable()); // IPR-MSG-015
    case 'DATA_RECEIVE_WINDOW':
      return { type, packetCount: requireWindow(reader.u16()) }; // IPR-MSG-016
    case 'HANDSHAKE':
      return { type, packet: reader.variable() }; // IPR-MSG-020
    case 'KEY_OFFER':
      return { type, offer: reader.variable() }; // IPR-MSG-020
    case 'START_ENCRYPTION':
      return decodeSealed(reader.rest());
  }
}

/**
 * Takes a payload apart: all of it, or nothing.
 * @returns messages in their order, in memory of their own; none for an empty payload
 * @throws DecodeError truncated, malformed, non-canonical; LimitError; UnsupportedError for a type that the suite does not have
 * @see IPR-MSG-001
 */
export function decodeMessages(payload: Uint8Array, suite: InterpeerSuite): InterpeerMessage[] {
  const reader = new PayloadReader(payload, suite);
  const messages: InterpeerMessage[] = [];
  while (!reader.isAtEnd) {
    // IPR-MSG-007
    const number = reader.varint();
    messages.push(decodeMessage(reader, requireType(suite, NAMES.get(Number(number)), number.toString())));
  }
  return messages;
}

/** Bytes of a fixed length, which the caller owes. */
function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new UsageError('IPR-MSG-001', 'a member of another length', { length: bytes.length, needed: length });
  return bytes;
}
function u8Bytes(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xff)
    throw new UsageError('IPR-MSG-001', 'not an unsigned 8-bit integer', { value });
  return Uint8Array.of(value);
}
/** A body after its length. */
function variable(...parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [encodeVarint(BigInt(length)), ...parts];
}

/** The body of a message, in the pieces that it is made of. */
function encodeBody(message: InterpeerMessage, cookieLength: number): Uint8Array[] {
  const u16 = (value: number): Uint8Array => u16Bytes(value, 'IPR-MSG-001');
  const cookie = (bytes: Uint8Array): Uint8Array => exactly(bytes, cookieLength);
  switch (message.type) {
    case 'CHANNEL_NEW':
      return [exactly(message.initiatorHalf, CHANNEL_HALF_LENGTH), cookie(message.cookie1)];
    case 'CHANNEL_ACKNOWLEDGE':
      return [exactly(message.channelId, CHANNEL_ID_LENGTH), cookie(message.cookie1), cookie(message.cookie2)];
    case 'CHANNEL_FINALIZE':
      return [exactly(message.channelId, CHANNEL_ID_LENGTH), cookie(message.cookie2), u16(message.capabilities)];
    case 'CHANNEL_COOKIE':
      return [cookie(message.cookie), u16(message.capabilities)];
    case 'CHANNEL_CLOSE':
      return [u8Bytes(message.reason)];
    case 'DATA':
      return variable(message.data);
    case 'DATA_PROGRESS':
      requireBitmap(message.bitmap);
      return variable(u16(message.nextSequenceNumber), message.bitmap);
    case 'DATA_RECEIVE_WINDOW':
      return [u16(requireWindow(message.packetCount))];
    case 'HANDSHAKE':
      return variable(message.packet);
    case 'KEY_OFFER':
      return variable(message.offer);
    case 'START_ENCRYPTION':
      return [message.sealed];
  }
}

/**
 * Writes messages as one payload.
 * @returns their bytes in a row
 * @throws UnsupportedError for a type that the suite does not have; DecodeError, LimitError for a value that no reader accepts;
 * UsageError for members of other lengths
 * @see IPR-MSG-001
 */
export function encodeMessages(messages: readonly InterpeerMessage[], suite: InterpeerSuite): Uint8Array {
  const cookieLength = COOKIE_LENGTHS[suiteDoor(suite, 'suite')];
  return concat(
    MESSAGES(messages, 'messages').flatMap((message, index) => {
      const type = requireType(suite, NAMES.get(MESSAGE_TYPES[message.type]), message.type);
      if (message.type === 'START_ENCRYPTION' && (message.sealed.length === 0 || index + 1 < messages.length)) {
        throw new DecodeError('malformed', 'IPR-MSG-021', 'what is encrypted is the end of a payload, and not empty');
      }
      return [encodeVarint(BigInt(MESSAGE_TYPES[type])), ...encodeBody(message, cookieLength)]; // IPR-MSG-002
    }),
  );
}
