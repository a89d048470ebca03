/**
 * The records of subscriptions.
 *
 *   SUBSCRIBE      id u16 | topic u8: 0 key, 2 node | hash or key 32, or owner 16 | delivery u8 | lifetime u32, s
 *   SUBSCRIBE_OK   id u16 | granted u32, s
 *   UNSUBSCRIBE    id u16
 *   NOTIFY         id u16 | delivery u8: 0 push, 1 digest, 2 hint | what is delivered
 *   a digest       count u16, 1 to 256 | hash 32, size u32, age u32, each
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { UnsupportedError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { readObject, requirePrimitives } from '../object/object.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import { LIST_COUNT, choiceOf, malformed, readNumber } from './fields.ts';

const DELIVERIES = ['push', 'digest', 'hint'] as const;
const TOPICS = ['key', 'node'] as const;
/** NXS-SUB-002. */
const TOPIC_NUMBERS = { key: 0, node: 2 } as const;
const TOPIC_NUMBER_MAX = 3;
const WATCHED_LENGTHS = { key: HASH_LENGTH, node: DESTINATION_HASH_LENGTH } as const;
const U16_MAX = 0xffff;

/** How what is new is delivered. */
export type NotifyDelivery = (typeof DELIVERIES)[number];
/** What is watched: an object, or everything of an owner. */
export type SubscriptionTopic = (typeof TOPICS)[number];

/** A subscription that is wanted. */
export interface SubscribeBody {
  /** 1 to 65,535. */
  readonly id: number;
  readonly topic: SubscriptionTopic;
  /** The hash of an object or the key of a mutable one, 32 bytes, or the owner's destination hash, 16 bytes. */
  readonly watched: Uint8Array;
  readonly delivery: NotifyDelivery;
  /** Seconds, 0 to 2^32 - 1. */
  readonly lifetime: number;
}
/** A subscription that is granted. */
export interface SubscribeOkBody {
  readonly id: number;
  /** Seconds; 0 if the subscription is gone. */
  readonly granted: number;
}
/** An object in a digest. */
export interface DigestEntry {
  /** 32 bytes. */
  readonly hash: Uint8Array;
  /** Bytes of the content. */
  readonly size: number;
  /** Seconds. */
  readonly age: number;
}
/** What is new. */
export interface NotifyBody {
  /** Of the subscription; 0 is the inbox. */
  readonly id: number;
  readonly delivery: NotifyDelivery;
  /** The body of OBJECT, with push. */
  readonly object?: Uint8Array | undefined;
  /** 1 to 256, with digest. */
  readonly entries?: readonly DigestEntry[] | undefined;
  /** Of the object, 32 bytes, with hint. */
  readonly hash?: Uint8Array | undefined;
}

const ID = door.between(0, U16_MAX);
const SUBSCRIBE = door.members<SubscribeBody>({
  id: ID,
  topic: door.oneOf(...TOPICS),
  watched: door.bytes,
  delivery: door.oneOf(...DELIVERIES),
  lifetime: door.count,
});
const SUBSCRIBE_OK = door.members<SubscribeOkBody>({ id: ID, granted: door.count });
const NOTIFY = door.members<NotifyBody>({
  id: ID,
  delivery: door.oneOf(...DELIVERIES),
  object: door.optional(door.bytes),
  entries: door.optional(door.list(door.members<DigestEntry>({ hash: door.bytes, size: door.count, age: door.count }))),
  hash: door.optional(door.bytes),
});

/**
 * Writes the body of SUBSCRIBE.
 * @returns 40 bytes for a key, 24 for an owner
 * @throws DecodeError malformed
 * @see NXS-SUB-001
 */
export function writeSubscribe(input: SubscribeBody): Uint8Array {
  const { id, topic, watched, delivery, lifetime } = SUBSCRIBE(input, 'input');
  requireId(id);
  if (watched.length !== WATCHED_LENGTHS[topic]) malformed('NXS-SUB-002', 'a key is 32 bytes and an owner 16', { length: watched.length });
  const terms = [Uint8Array.of(DELIVERIES.indexOf(delivery)), leBytes(lifetime, 4, 'NXS-SUB-001')];
  return concat([leBytes(id, 2, 'NXS-SUB-001'), Uint8Array.of(TOPIC_NUMBERS[topic]), watched, ...terms]);
}
function requireId(id: number): void {
  if (id === 0) malformed('NXS-SUB-004', 'the inbox needs no subscription');
}

/**
 * Reads the body of SUBSCRIBE.
 * @returns copies
 * @throws DecodeError truncated, trailing or malformed; UnsupportedError
 * @see NXS-SUB-001
 */
export function readSubscribe(body: Uint8Array): SubscribeBody {
  const reader = new Reader(door.copy(body, 'body'));
  const id = readNumber(reader, 2, 'NXS-SUB-005');
  requireId(id);
  const number = reader.u8('NXS-SUB-005');
  if (number > TOPIC_NUMBER_MAX) malformed('NXS-SUB-002', 'no such topic', { number });
  const topic = TOPICS.find((one) => TOPIC_NUMBERS[one] === number);
  if (topic === undefined) throw new UnsupportedError('NXS-SUB-002', 'a topic of later versions', { number });
  const watched = reader.take(WATCHED_LENGTHS[topic], 'NXS-SUB-005').slice();
  const delivery = choiceOf(DELIVERIES, reader.u8('NXS-SUB-005'), 'NXS-SUB-003');
  const lifetime = readNumber(reader, 4, 'NXS-SUB-005');
  reader.finish('NXS-SUB-005');
  return { id, topic, watched, delivery, lifetime };
}

/** Writes the body of SUBSCRIBE_OK. @returns 6 bytes @see NXS-SUB-006 */
export function writeSubscribeOk(input: SubscribeOkBody): Uint8Array {
  const { id, granted } = SUBSCRIBE_OK(input, 'input');
  return concat([leBytes(id, 2, 'NXS-SUB-006'), leBytes(granted, 4, 'NXS-SUB-006')]);
}

/** Reads the body of SUBSCRIBE_OK. @throws DecodeError truncated or trailing @see NXS-SUB-006 */
export function readSubscribeOk(body: Uint8Array): SubscribeOkBody {
  const reader = new Reader(door.bytes(body, 'body'));
  const id = readNumber(reader, 2, 'NXS-SUB-006');
  const granted = readNumber(reader, 4, 'NXS-SUB-006');
  reader.finish('NXS-SUB-006');
  return { id, granted };
}

/** Reads the body of UNSUBSCRIBE. @returns the number of the subscription @throws DecodeError truncated or trailing @see NXS-SUB-007 */
export function readUnsubscribe(body: Uint8Array): number {
  const reader = new Reader(door.bytes(body, 'body'));
  const id = readNumber(reader, 2, 'NXS-SUB-007');
  reader.finish('NXS-SUB-007');
  return id;
}

/**
 * Writes the body of NOTIFY.
 * @throws DecodeError malformed; whatever `readObject` throws
 * @see NXS-SUB-008
 */
export function writeNotify(input: NotifyBody, primitives: ObjectPrimitives): Uint8Array {
  const { id, delivery, object, entries, hash } = NOTIFY(input, 'input');
  requirePrimitives(primitives);
  const given = [object, entries, hash].map((one) => one !== undefined);
  if (given.some((isGiven, number) => isGiven !== (DELIVERIES[number] === delivery))) malformed('NXS-SUB-008', 'not what is delivered so');
  if (object !== undefined) readObject(object, primitives);
  if (hash !== undefined && hash.length !== HASH_LENGTH) malformed('NXS-SUB-011', 'a hash is 32 bytes', { length: hash.length });
  const front = [leBytes(id, 2, 'NXS-SUB-008'), Uint8Array.of(DELIVERIES.indexOf(delivery))];
  return concat([...front, ...(entries === undefined ? [] : digestOf(entries)), ...[object, hash].filter((one) => one !== undefined)]);
}
function requireEntries(count: number): void {
  if (count < 1 || count > LIST_COUNT) malformed('NXS-SUB-010', 'not 1 to 256 entries', { count });
}
function digestOf(entries: readonly DigestEntry[]): Uint8Array[] {
  requireEntries(entries.length);
  if (entries.some(({ hash }) => hash.length !== HASH_LENGTH)) malformed('NXS-SUB-010', 'a hash is 32 bytes');
  const clause = 'NXS-SUB-010';
  const listed = entries.flatMap(({ hash, size, age }) => [hash, leBytes(size, 4, clause), leBytes(age, 4, clause)]);
  return [leBytes(entries.length, 2, clause), ...listed];
}

/**
 * Reads the body of NOTIFY; an object that is pushed is verified.
 * @returns copies
 * @throws DecodeError truncated, trailing or malformed; whatever `readObject` throws
 * @see NXS-SUB-008
 */
export function readNotify(body: Uint8Array, primitives: ObjectPrimitives): NotifyBody {
  const reader = new Reader(door.copy(body, 'body'));
  requirePrimitives(primitives);
  const id = readNumber(reader, 2, 'NXS-SUB-009');
  const delivery = choiceOf(DELIVERIES, reader.u8('NXS-SUB-009'), 'NXS-SUB-003');
  if (delivery === 'push') {
    const object = reader.rest().slice();
    readObject(object, primitives);
    return { id, delivery, object };
  }
  const read = delivery === 'hint' ? { hash: reader.take(HASH_LENGTH, 'NXS-SUB-009').slice() } : { entries: readDigest(reader) };
  reader.finish('NXS-SUB-009');
  return { id, delivery, ...read };
}
function readDigest(reader: Reader): DigestEntry[] {
  const count = readNumber(reader, 2, 'NXS-SUB-009');
  requireEntries(count);
  return Array.from({ length: count }, () => ({
    hash: reader.take(HASH_LENGTH, 'NXS-SUB-009').slice(),
    size: readNumber(reader, 4, 'NXS-SUB-009'),
    age: readNumber(reader, 4, 'NXS-SUB-009'),
  }));
}
