/**
 * The subscriptions of neighbours, and what they are told.
 *
 * Each belongs to a link and ends with it. Number 0 is the inbox of the neighbour: it is there as long as the link is, and
 * the rate of the link says how it is delivered. Digests are collected, and sent at most once a minute each.
 */
import { toHex } from '../../kernel/bytes.ts';
import { deliveryOver } from '../object/object.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import type { KeptObject } from './custody.ts';
import type { limitsOf } from './custody.ts';
import { ageOf, bodyOver } from './kept-object.ts';
import { writeNotify } from './subscription.ts';
import type { NotifyBody, NotifyDelivery, SubscribeBody, SubscriptionTopic } from './subscription.ts';

/** NXS-SUB-020: what is between two digests at least. */
const DIGEST_MS = 60_000;

/** A subscription of a neighbour; ids as hexadecimal digits. */
interface Subscription {
  readonly who: string;
  /** 0 is the inbox. */
  readonly id: number;
  readonly topic: SubscriptionTopic | 'inbox';
  /** A hash, a key or an id. */
  readonly watched: string;
  readonly delivery: NotifyDelivery;
  /** Milliseconds until it ends. */
  leftMs: number;
  /** Milliseconds since its last digest. */
  sinceMs: number;
  /** Hashes that the next digest is to list. */
  news: readonly string[];
}
/** A body of NOTIFY, and the neighbour that it is for. */
export interface Notice {
  readonly to: string;
  readonly body: Uint8Array;
}
/** An object that is new, and what it can be known by. */
export interface News {
  readonly object: KeptObject;
  /** Of an update; absent in custody. */
  readonly owner?: string | undefined;
  /** Those for whom it waits in custody, and did not before. */
  readonly recipients: readonly string[];
  /** Who put it. */
  readonly from: string;
}

/** Remembers subscriptions, and says who is to be told. */
export class Subscriptions {
  readonly #primitives: ObjectPrimitives;
  readonly #limits: ReturnType<typeof limitsOf>;
  readonly #find: (hash: string) => KeptObject | undefined;
  readonly #rates: Map<string, bigint> = new Map();
  /** In the order in which they came. */
  #all: Subscription[] = [];

  /** @param find the object with a hash, if there is one */
  constructor(limits: ReturnType<typeof limitsOf>, primitives: ObjectPrimitives, find: (hash: string) => KeptObject | undefined) {
    this.#limits = limits;
    this.#primitives = primitives;
    this.#find = find;
  }

  /** A link is up: it has the inbox, and nothing of an earlier link. @see NXS-SUB-017, NXS-SUB-023 */
  up(who: string, bitsPerSecond: bigint): void {
    this.down(who);
    this.#rates.set(who, bitsPerSecond);
    this.#add({ id: 0, topic: 'inbox', watched: who, delivery: deliveryOver(bitsPerSecond) }, who, Infinity);
  }
  /** A link is down. @see NXS-SUB-017 */
  down(who: string): void {
    this.#rates.delete(who);
    this.#all = this.#all.filter((one) => one.who !== who);
  }

  /** @returns the seconds that are granted, 0 for none, or undefined if there is no room @see NXS-SUB-012 */
  begin(who: string, { id, topic, watched, delivery, lifetime }: SubscribeBody): number | undefined {
    const others = this.#all.filter((one) => one.who === who && one.id !== id && one.id !== 0);
    if (others.length >= this.#limits.subscriptionCount) return undefined; // NXS-SUB-015
    this.end(who, id); // NXS-SUB-014
    const granted = Math.min(lifetime, this.#limits.subscriptionMax);
    if (granted > 0) this.#add({ id, topic, watched: toHex(watched), delivery }, who, 1000 * granted);
    return granted;
  }
  #add(about: Pick<Subscription, 'id' | 'topic' | 'watched' | 'delivery'>, who: string, leftMs: number): void {
    this.#all.push({ who, ...about, leftMs, sinceMs: DIGEST_MS, news: [] });
  }
  /** @see NXS-SUB-016 */
  end(who: string, id: number): void {
    this.#all = this.#all.filter((one) => one.who !== who || one.id !== id);
  }

  /** Whom an object that is new is pushed to, hinted at or listed for. @see NXS-SUB-018 */
  publish(news: News): Notice[] {
    return this.#all.filter((one) => one.who !== news.from && concerns(one, news)).flatMap((one) => this.#tell(one, news.object));
  }
  #tell(one: Subscription, object: KeptObject): Notice[] {
    if (one.delivery === 'digest') {
      one.news = [...one.news, toHex(object.hash)];
      return this.#digest(one);
    }
    if (one.delivery === 'hint') return [this.#notice(one, { hash: object.hash })]; // NXS-SUB-022
    return [this.#notice(one, { object: bodyOver(object, this.#rates.get(one.who) ?? 0n, this.#primitives) })]; // NXS-SUB-019
  }
  #notice({ who, id, delivery }: Subscription, what: Pick<NotifyBody, 'object' | 'entries' | 'hash'>): Notice {
    return { to: who, body: writeNotify({ id, delivery, ...what }, this.#primitives) };
  }
  /** @see NXS-SUB-020, NXS-SUB-021 */
  #digest(one: Subscription): Notice[] {
    if (one.sinceMs < DIGEST_MS || one.news.length === 0) return [];
    const there = one.news
      .map((hash) => this.#find(hash))
      .flatMap((object) => (object !== undefined && isThereFor(one, object) ? [object] : []));
    const listed = there.slice(0, this.#limits.digestCount);
    one.news = there.slice(listed.length).map(({ hash }) => toHex(hash));
    if (listed.length === 0) return [];
    one.sinceMs = 0;
    return [this.#notice(one, { entries: listed.map((object) => ({ hash: object.hash, size: object.size, age: ageOf(object) })) })];
  }

  /** Lets time pass. @returns digests that are due @see NXS-SUB-013 */
  pass(stepMs: number): Notice[] {
    for (const one of this.#all) {
      one.leftMs -= stepMs;
      one.sinceMs += stepMs;
    }
    this.#all = this.#all.filter(({ leftMs }) => leftMs > 0);
    return this.#all.flatMap((one) => this.#digest(one));
  }
  /** Milliseconds until something is due, Infinity if nothing is. */
  dueInMs(): number {
    return Math.min(
      ...this.#all.flatMap(({ leftMs, sinceMs, news }) => [leftMs, news.length === 0 ? Infinity : DIGEST_MS - sinceMs]),
      Infinity,
    );
  }
}

function concerns({ topic, watched }: Subscription, { object, owner, recipients }: News): boolean {
  if (topic === 'inbox') return owner === undefined && recipients.includes(watched);
  if (owner === undefined) return false;
  return topic === 'node' ? watched === owner : watched === object.key || watched === toHex(object.hash);
}
/** Whether an object is still there for a neighbour: in custody until its receipt, an update until the next one. */
function isThereFor({ topic, who }: Subscription, { entries }: KeptObject): boolean {
  return topic === 'inbox' ? entries.some(({ recipient }) => recipient === who) : entries.length > 0;
}
