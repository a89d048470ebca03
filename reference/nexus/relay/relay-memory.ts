/** The memory of a relay: objects and lists by their keys, ages by a clock of its own, and what is to be stored of them. */
import { EMPTY, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { UsageError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { OBJECT_PRIORITIES } from '../object/header.ts';
import { CHUNK_LENGTH } from '../object/merkle.ts';
import { bytesLeft, hasRoom, keptObject } from './custody.ts';
import type { limitsOf, Deposit, KeptObject, Reservation } from './custody.ts';
import { storedDigits } from './fields.ts';

/** NXS-CUS-021: what a step of the clock counts at most, a round. */
const STEP_MS_MAX = 60_000;
/** NXS-CUS-022. */
const STORE_MS = 3_600_000;
/** NXS-CUS-011: what a priority counts in a cursor. */
const PRIORITY_PLACE = 2n ** 48n;
/** How keys of lists begin; a neighbour's id follows. */
const LISTS = 'list ';
/** How keys of chunks begin; the hash of the object and the index follow. */
const CHUNK_KEY = /^chunk ([0-9a-f]{64}) (0|[1-9][0-9]{0,6})$/;

/** The lists of recipients that a neighbour has named, the one named first in front; ids as hexadecimal digits. */
export type KeptLists = readonly { readonly hash: string; readonly recipients: readonly string[]; readonly ageMs: number }[];
/** One thing that is stored under its key, or no longer if it has no value. */
export interface StoreWrite {
  readonly key: string;
  readonly object?: KeptObject | undefined;
  readonly lists?: KeptLists | undefined;
  /** The body of CHUNK as it came. */
  readonly chunk?: Uint8Array | undefined;
}

const STORED_ID = storedDigits(DESTINATION_HASH_LENGTH);
const WRITE = door.members<StoreWrite>({
  key: door.text,
  object: door.optional(keptObject),
  chunk: door.optional(door.copy),
  lists: door.optional(
    door.list(door.members<KeptLists[number]>({ hash: storedDigits(32), recipients: door.list(STORED_ID), ageMs: door.count })),
  ),
});
/**
 * What was stored, each under its key. @throws UsageError for what is damaged: an object under another key than its hash, one number
 * for two objects, two values under one key
 */
const STORED: door.Door<readonly StoreWrite[]> = (value, name) => {
  const writes = door.iterable(WRITE)(value, name);
  const numbers = writes.flatMap(({ object }) => object?.number ?? []);
  const isWhole =
    new Set(numbers).size === numbers.length &&
    new Set(writes.map(({ key }) => key)).size === writes.length &&
    writes.every(({ key, object, lists, chunk }) => {
      if (chunk !== undefined) return CHUNK_KEY.test(key) && object === undefined && lists === undefined;
      return object === undefined ? lists === undefined || key.startsWith(LISTS) : toHex(object.hash) === key;
    });
  if (!isWhole) throw new UsageError('NXS-CUS-032', `${name} is damaged: keys do not belong to what is stored under them`);
  return writes;
};

/** The chunks of a content. */
interface Chunks {
  /** Bodies of CHUNK, by index. */
  readonly bodies: Map<number, Uint8Array>;
  /** Milliseconds since anything happened, if the content is not whole. */
  idleMs: number;
}

/** Remembers what a relay keeps. */
export class RelayMemory {
  readonly #limits: ReturnType<typeof limitsOf>;
  /** By hash, in the order in which they came. */
  readonly #objects: Map<string, KeptObject> = new Map();
  readonly #lists: Map<string, KeptLists> = new Map();
  /** By the hash of the object; the one whose last chunk came first in front. */
  readonly #chunks: Map<string, Chunks> = new Map();
  readonly #changed: Set<string> = new Set();
  #lastMs: number;
  #sinceStoreMs = 0;
  #runMs = 0;
  #next = 1;

  /** @throws UsageError for what no relay stored */
  constructor(stored: Iterable<StoreWrite>, nowMs: number, limits: ReturnType<typeof limitsOf>) {
    this.#limits = limits;
    this.#lastMs = nowMs;
    const objects: KeptObject[] = [];
    for (const { key, object, lists, chunk } of STORED(stored, 'stored')) {
      if (object !== undefined) objects.push(object);
      if (lists !== undefined) this.#lists.set(key, lists);
      const [, hash = '', index = ''] = CHUNK_KEY.exec(key) ?? [];
      if (chunk !== undefined) this.#hold(hash, Number(index), chunk);
    }
    for (const object of objects.sort((a, b) => a.number - b.number)) this.#objects.set(toHex(object.hash), object); // NXS-CUS-032
    this.#next = Math.max(0, ...objects.map(({ number }) => number)) + 1;
  }

  /** Where an object stands among those that wait. @see NXS-CUS-011 */
  static placeOf({ priority, number }: KeptObject): bigint {
    return PRIORITY_PLACE * BigInt(OBJECT_PRIORITIES.indexOf(priority)) + BigInt(number);
  }

  /** Milliseconds that have counted since this relay began. */
  get runMs(): number {
    return this.#runMs;
  }
  objects(): readonly KeptObject[] {
    return [...this.#objects.values()];
  }
  get(hash: string): KeptObject | undefined {
    return this.#objects.get(hash);
  }
  /** The newest update under a key. */
  newest(key: string): KeptObject | undefined {
    return this.objects().find((object) => object.key === key);
  }
  /** What waits for a recipient, by priority, then in the order in which it came. */
  waitingFor(recipient: string): KeptObject[] {
    return this.objects()
      .filter(({ entries, key }) => key === undefined && entries.some((entry) => entry.recipient === recipient))
      .sort((a, b) => (RelayMemory.placeOf(a) < RelayMemory.placeOf(b) ? -1 : 1));
  }

  /** Whether there is room; an update takes the place of the one that it replaces. */
  hasRoom(deposit: Deposit, isNew: boolean, key: string | undefined, reserved: readonly Reservation[]): boolean {
    const others = [...this.objects(), ...reserved].filter((object) => key === undefined || object.key !== key);
    return hasRoom(others, deposit, isNew, this.#limits);
  }

  /**
   * Makes room for an object that is new: chunks of contents that nobody puts give way, those whose last one came first in front.
   * @returns whether there is room
   * @see NXS-CUS-046, NXS-CUS-048
   */
  makeRoom(
    about: Pick<KeptObject, 'hash' | 'size' | 'priority' | 'key'>,
    reserved: readonly Reservation[],
    isAwaited: (hash: string) => boolean,
  ): boolean {
    const others = [...this.objects(), ...reserved].filter(({ key }) => about.key === undefined || key !== about.key);
    const left = bytesLeft(others, about, this.#limits);
    if (left < 0) return false;
    const droppable = this.#unfinished(isAwaited).filter(([hash]) => hash !== toHex(about.hash));
    let bytes = droppable.reduce((sum, [, { bodies }]) => sum + CHUNK_LENGTH * bodies.size, 0);
    for (const [hash, { bodies }] of droppable) {
      if (bytes <= left) break;
      bytes -= CHUNK_LENGTH * bodies.size;
      this.#dropChunks(hash);
    }
    return true;
  }

  /** The object with a hash, new if there is none; an older update under its key is gone. */
  place(hash: Uint8Array, about: Pick<KeptObject, 'size' | 'priority' | 'minBandwidth' | 'key'>): KeptObject {
    const known = this.#objects.get(toHex(hash));
    if (known !== undefined) return known;
    const older = about.key === undefined ? undefined : this.newest(about.key);
    if (older !== undefined) this.#forget(older);
    const object: KeptObject = {
      hash,
      number: this.#next++,
      ...about,
      content: EMPTY,
      ageMs: 0,
      endS: 0,
      depositors: [],
      entries: [],
      receipts: [],
    };
    this.#objects.set(toHex(hash), object);
    return object;
  }

  /** Notes that an object has changed; one for which nobody waits any more keeps its receipts alone. */
  changed(object: KeptObject): void {
    this.#changed.add(toHex(object.hash));
    if (object.entries.length > 0) return;
    object.content = EMPTY;
    this.#dropChunks(toHex(object.hash));
    if (object.receipts.length === 0) this.#forget(object); // NXS-CUS-017
    const done = this.objects().filter(({ entries }) => entries.length === 0);
    const [oldest] = done;
    if (oldest !== undefined && done.length > this.#limits.receiptCount) this.#forget(oldest); // NXS-CUS-033
  }
  #forget(object: KeptObject): void {
    this.#objects.delete(toHex(object.hash));
    this.#dropChunks(toHex(object.hash));
    this.#changed.add(toHex(object.hash));
  }

  /** The chunks of an object that have come, as they came. */
  chunksOf(hash: string): ReadonlyMap<number, Uint8Array> {
    return this.#chunks.get(hash)?.bodies ?? new Map<number, Uint8Array>();
  }
  /** @see NXS-CUS-034 */
  putChunk(hash: string, index: number, body: Uint8Array): void {
    this.#hold(hash, index, body);
    this.#changed.add(`chunk ${hash} ${String(index)}`);
  }
  #hold(hash: string, index: number, body: Uint8Array): void {
    const { bodies } = this.#chunks.get(hash) ?? { bodies: new Map<number, Uint8Array>() };
    bodies.set(index, body);
    this.#chunks.delete(hash);
    this.#chunks.set(hash, { bodies, idleMs: 0 });
  }
  #dropChunks(hash: string): void {
    for (const index of this.chunksOf(hash).keys()) this.#changed.add(`chunk ${hash} ${String(index)}`);
    this.#chunks.delete(hash);
  }
  /** Chunks of contents that are not whole, and that nobody puts. */
  #unfinished(isAwaited: (hash: string) => boolean): [hash: string, chunks: Chunks][] {
    return [...this.#chunks].filter(([hash]) => !this.#objects.has(hash) && !isAwaited(hash));
  }

  /** The recipients of a list that a neighbour has named. */
  listOf(neighbour: string, hash: string): readonly string[] | undefined {
    return this.#lists.get(`${LISTS}${neighbour}`)?.find((list) => list.hash === hash && list.ageMs < 1000 * this.#limits.listTime)
      ?.recipients;
  }
  /** @see NXS-CUS-027 */
  rememberList(neighbour: string, hash: string, recipients: readonly string[]): void {
    const key = `${LISTS}${neighbour}`;
    const others = (this.#lists.get(key) ?? []).filter((list) => list.hash !== hash);
    this.#lists.set(key, [...others, { hash, recipients, ageMs: 0 }].slice(-this.#limits.listCount));
    this.#changed.add(key);
  }

  /** Lets time pass, and ends what is over. @returns the milliseconds that counted @see NXS-CUS-021 */
  pass(nowMs: number, isAwaited: (hash: string) => boolean): number {
    const stepMs = Math.min(Math.max(nowMs - this.#lastMs, 0), STEP_MS_MAX);
    this.#lastMs = nowMs;
    this.#runMs += stepMs;
    for (const [hash, chunks] of this.#chunks) if (isAwaited(hash)) chunks.idleMs = 0;
    for (const [hash, chunks] of this.#unfinished(isAwaited)) {
      chunks.idleMs += stepMs;
      if (chunks.idleMs >= 1000 * this.#limits.unfinishedTime) this.#dropChunks(hash); // NXS-CUS-039
    }
    for (const object of this.objects()) {
      object.ageMs += stepMs;
      this.#expire(object);
    }
    for (const [key, lists] of this.#lists)
      this.#lists.set(
        key,
        lists.map((list) => ({ ...list, ageMs: list.ageMs + stepMs })),
      );
    this.#sinceStoreMs = this.#objects.size === 0 ? 0 : this.#sinceStoreMs + stepMs;
    if (this.#sinceStoreMs < STORE_MS) return stepMs;
    this.#sinceStoreMs = 0;
    for (const key of [...this.#objects.keys(), ...this.#lists.keys()]) this.#changed.add(key);
    return stepMs;
  }
  #expire(object: KeptObject): void {
    const left = object.entries.filter(({ grantedS }) => object.ageMs < 1000 * grantedS); // NXS-CUS-020
    if (object.ageMs >= 1000 * object.endS) this.#forget(object);
    else if (left.length < object.entries.length) {
      object.entries = left;
      this.changed(object);
    }
  }

  /**
   * When something is due: the end of somebody's custody, at the latest a round after the last call.
   * @param othersInMs what else is due, in milliseconds; Infinity if nothing is
   */
  dueAtMs(othersInMs: number, isAwaited: (hash: string) => boolean): number | undefined {
    const dropsInMs = this.#unfinished(isAwaited).map(([, { idleMs }]) => 1000 * this.#limits.unfinishedTime - idleMs);
    const inMs = Math.min(othersInMs, ...dropsInMs);
    if (this.#objects.size === 0 && inMs === Infinity) return undefined;
    const ends = this.objects().flatMap(({ ageMs, endS, entries }) =>
      [endS, ...entries.map(({ grantedS }) => grantedS)].map((s) => 1000 * s - ageMs),
    );
    return this.#lastMs + Math.min(STEP_MS_MAX, inMs, ...ends);
  }

  /** What is to be stored since it was last asked for. */
  takeWrites(): StoreWrite[] {
    const writes = [...this.#changed].map((key): StoreWrite => {
      const [, hash = '', index = ''] = CHUNK_KEY.exec(key) ?? [];
      const values = {
        object: this.#objects.get(key),
        lists: this.#lists.get(key),
        chunk: this.#chunks.get(hash)?.bodies.get(Number(index)),
      };
      return { key, ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) };
    });
    this.#changed.clear();
    return writes;
  }
}
