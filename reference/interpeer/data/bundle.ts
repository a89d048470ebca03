/**
 * Bundling: writes into payloads, messages into payloads of one channel each, and how much padding goes after them.
 */
import * as door from '../../kernel/door.ts';
import { LimitError, UsageError } from '../../kernel/errors.ts';
import { compare, concat } from '../../kernel/bytes.ts';
import { encodeMessages } from '../message/messages.ts';
import type { InterpeerMessage } from '../message/messages.ts';

/** Bytes of a datagram by default. */
export const MTU_DEFAULT = 1200;
/** A datagram holds at least an envelope, what sealing adds, and a message that is worth sending. */
export const MTU_MIN = 128;
export const MTU_MAX = 65_507;
/** What is around a payload in a plain packet: public header 44, private header 4, footer 4. */
export const PLAIN_OVERHEAD = 52;
/** What sealing adds: counter 8, tag 16. */
export const SEALED_OVERHEAD = 24;
/** Random padding has at most so many bytes. */
export const PADDING_RANDOM_MAX = 64;
/** Bytes of entropy that a length of padding takes. */
export const PADDING_ENTROPY_LENGTH = 2;
/** IPR-DAT-035: room of an encrypted packet in a datagram of the default size. */
export const PAYLOAD_BYTES_DEFAULT: number = MTU_DEFAULT - PLAIN_OVERHEAD - SEALED_OVERHEAD;

const WRITES = door.list(door.bytes);

/** Bytes of the smallest DATA message that carries anything. */
const DATA_LENGTH_MIN = 3;
const SHORT_LENGTH_MAX = 127;

/**
 * How many bytes of payload a datagram has room for.
 * @param mtu bytes of a datagram
 * @throws LimitError for a datagram of fewer than 128 bytes or more than 65,507
 * @see IPR-DAT-008
 */
export function payloadBytesOf(mtu: number, isEncrypted: boolean): number {
  door.whole(mtu, 'mtu');
  door.flag(isEncrypted, 'isEncrypted');
  if (mtu < MTU_MIN || mtu > MTU_MAX) throw new LimitError('IPR-DAT-008', 'a datagram of such a size', { mtu });
  return mtu - PLAIN_OVERHEAD - (isEncrypted ? SEALED_OVERHEAD : 0); // IPR-DAT-008
}

/** Bytes of a DATA message, and so of a piece of a stream. */
function dataLength(length: number): number {
  return length + (length <= SHORT_LENGTH_MAX ? 2 : length <= 16_511 ? 3 : 4);
}
/** The longest piece of a stream that a payload holds. */
export function pieceLength(room: number): number {
  const length = room - 2;
  if (length <= SHORT_LENGTH_MAX) return length;
  return Math.max(SHORT_LENGTH_MAX, length - 1 <= 16_511 ? length - 1 : Math.max(16_511, length - 2));
}

/**
 * Refuses a write that is not to be cut and that no payload holds.
 * @throws LimitError
 * @see IPR-DAT-006
 */
export function requireFits(length: number, room: number): void {
  if (dataLength(length) > room) throw new LimitError('IPR-DAT-006', 'a write that no packet holds', { length, room });
}

/**
 * Puts writes into as few payloads as hold them in their order.
 * @param room bytes of a payload at most
 * @param isStream whether a write that is longer than a payload is cut
 * @returns DATA messages, those of each payload together; views on the bytes given
 * @throws LimitError if a write is longer than a payload and is not to be cut
 * @see IPR-DAT-004
 */
export function bundleData(writes: readonly Uint8Array[], room: number, isStream: boolean): InterpeerMessage[][] {
  door.whole(room, 'room');
  door.flag(isStream, 'isStream');
  const pieces: Uint8Array[] = [];
  for (const write of WRITES(writes, 'writes')) {
    if (!isStream) requireFits(write.length, room);
    if (dataLength(write.length) <= room) pieces.push(write);
    else {
      if (room < DATA_LENGTH_MIN) throw new LimitError('IPR-DAT-006', 'no room for any data', { room });
      const length = pieceLength(room); // IPR-DAT-005
      for (let from = 0; from < write.length; from += length) pieces.push(write.subarray(from, from + length));
    }
  }
  return gather(pieces, room); // IPR-DAT-004
}

/** How many payloads DATA messages take, each after the one before as long as it fits. */
export class PayloadFill {
  readonly #room: number;
  #count = 0;
  #lastBytes = 0;

  /** @param room bytes of a payload at most */
  constructor(room: number) {
    this.#room = room;
  }

  /** Payloads so far. */
  get count(): number {
    return this.#count;
  }

  /** @returns how many payloads there will be with a message of so many bytes of data */
  countWith(length: number): number {
    return this.#count === 0 || this.#lastBytes + dataLength(length) > this.#room ? this.#count + 1 : this.#count; // IPR-DAT-004
  }

  /** Puts a message of so many bytes of data after the others. */
  add(length: number): void {
    const count = this.countWith(length);
    this.#lastBytes = (count > this.#count ? 0 : this.#lastBytes) + dataLength(length);
    this.#count = count;
  }
}

/** Joins what is next to each other, as long as it fits. */
function gather(pieces: readonly Uint8Array[], room: number): InterpeerMessage[][] {
  const fill = new PayloadFill(room);
  const payloads: InterpeerMessage[][] = [];
  for (const data of pieces) {
    fill.add(data.length);
    if (fill.count > payloads.length) payloads.push([]);
    payloads.at(-1)?.push({ type: 'DATA', data });
  }
  return payloads;
}

/**
 * As bundleData, with the messages of each payload written, which are the same in both suites.
 * @returns payloads
 * @throws LimitError if a write is longer than a payload and is not to be cut
 * @see IPR-DAT-004
 */
export function bundleWrites(writes: readonly Uint8Array[], room: number, isStream: boolean): Uint8Array[] {
  return bundleData(writes, room, isStream).map((messages) => encodeMessages(messages, 'interpeer-1'));
}

/** Messages of one channel, encoded. */
export interface ChannelPayload {
  /** Id of the channel, 4 bytes. */
  readonly channelId: Uint8Array;
  readonly payload: Uint8Array;
}

const MESSAGES = door.list(door.members<ChannelPayload>({ channelId: door.copy, payload: door.bytes }));

/**
 * Puts messages of several channels into payloads of one channel each, in the order in which they were given.
 * @param messages one encoded message each
 * @param room bytes of a payload at most
 * @throws LimitError for a message that no payload holds
 * @see IPR-DAT-007, IPR-DAT-036
 */
export function bundleMessages(messages: readonly ChannelPayload[], room: number): ChannelPayload[] {
  door.whole(room, 'room');
  const bundles: { channelId: Uint8Array; parts: Uint8Array[]; length: number }[] = [];
  for (const { channelId, payload } of MESSAGES(messages, 'messages')) {
    if (payload.length > room) throw new LimitError('IPR-DAT-006', 'a message that no packet holds', { length: payload.length, room });
    const last = bundles.at(-1);
    if (last !== undefined && compare(last.channelId, channelId) === 0 && last.length + payload.length <= room) {
      // IPR-DAT-007
      last.parts.push(payload);
      last.length += payload.length;
    } else bundles.push({ channelId, parts: [payload], length: payload.length });
  }
  return bundles.map(({ channelId, parts }) => ({ channelId, payload: concat(parts) }));
}

/**
 * How many bytes of padding go after a payload.
 * @param spare bytes that the datagram has room for
 * @param entropy 2 bytes
 * @returns 0 up to 64, and never more than there is room for
 * @see IPR-DAT-010
 */
export function derivePaddingLength(spare: number, entropy: Uint8Array): number {
  door.count(spare, 'spare');
  door.bytes(entropy, 'entropy');
  if (entropy.length !== PADDING_ENTROPY_LENGTH)
    throw new UsageError('IPR-DAT-010', 'the entropy of a padding', { length: entropy.length });
  const [high = 0, low = 0] = entropy;
  return (high * 256 + low) % (Math.min(spare, PADDING_RANDOM_MAX) + 1); // IPR-DAT-010
}
