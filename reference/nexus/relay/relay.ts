/**
 * A relay: it keeps what neighbours put with it for others, tells those others, and deletes it on their receipts or by age.
 *
 *   PUT       -> stored, PUT_OK, and the receipts of those who have it already
 *   link up   -> PENDING_LIST of what waits, and receipts that the neighbour has not confirmed
 *   RECEIPT   -> stored, RECEIPT_OK, and the receipt to those who put the object
 *
 * What comes out is one queue of events, `store` and `send`, which are to be done in their order: a relay that stops in
 * between has acknowledged nothing that it does not have (NXS-CUS-002). What was stored is given back when it starts again.
 */
import { EMPTY, concat, fromHex, leBytes, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { AuthenticationError, ProtocolError, StateError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { decodeObjectHeader, deriveObjectKey, hashObjectLabel } from '../object/header.ts';
import type { ObjectHeader } from '../object/header.ts';
import { contentTravels, readObject, requirePrimitives } from '../object/object.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import { readGet } from '../object/chunk-records.ts';
import { encodeBandwidth } from '../path-cost/path-cost.ts';
import { ERROR_KIND } from '../record/kinds.ts';
import { writeErrorBody } from '../record/error-body.ts';
import { RelayMemory } from './relay-memory.ts';
import type { StoreWrite } from './relay-memory.ts';
import { limitsOf } from './custody.ts';
import type { CustodyLimits, KeptEntry, KeptObject } from './custody.ts';
import { LIST_COUNT } from './fields.ts';
import { readMailbox } from './mailbox.ts';
import { readPending, writePendingList } from './pending.ts';
import { hashRecipients, readPut, writePutOk } from './put.ts';
import type { PutBody } from './put.ts';
import { readReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';

const [PUT, PUT_OK, GET, OBJECT, PENDING, PENDING_LIST, RECEIPT, RECEIPT_OK] = [0x10, 0x11, 0x12, 0x13, 0x16, 0x17, 0x18, 0x19];
const [MALFORMED, UNKNOWN, UNAUTHORIZED, QUOTA, TOO_LARGE, EXPIRED, CONFLICT] = [1, 2, 3, 4, 6, 7, 10];
/** NXS-CUS-010: entries that a neighbour is told of unasked. */
const UNASKED_COUNT = 10;
/** NXS-CUS-019: bits per second from which on receipts of several recipients are passed on. */
const PASSING_BITS_PER_SECOND = 10_000n;
const AGE_LENGTH = 4;
const U32_MAX = 0xffff_ffff;
const MAILBOX_LABEL = 'mailbox';

/** How a relay is set up. */
export interface RelayOptions extends CustodyLimits {
  /** The relay's own, 32 bytes, secret. */
  readonly seed: Uint8Array;
}
/** A neighbour with which a link is up. */
export interface RelayLink {
  /** Its destination hash, 16 bytes. */
  readonly id: Uint8Array;
  /** Whether it is trusted, or pays. */
  readonly isTrusted: boolean;
  /** Of the link. */
  readonly bitsPerSecond: bigint;
}
/** A request of a neighbour. */
export interface RelayRequest {
  /** Its destination hash, 16 bytes. */
  readonly from: Uint8Array;
  /** PUT, GET, PENDING or RECEIPT. */
  readonly kind: number;
  /** 1 to 65,535; the answer has it as well. */
  readonly requestId: number;
  readonly body: Uint8Array;
}
/** What a relay does, in this order. */
export type RelayEvent =
  /** Is stored, all of it or nothing, before anything that follows is done. */
  | { readonly type: 'store'; readonly writes: readonly StoreWrite[] }
  /** A record: an answer if it has the number of a request, else a request or what is unasked, by its kind. */
  | { readonly type: 'send'; readonly to: Uint8Array; readonly kind: number; readonly requestId?: number; readonly body: Uint8Array };

const U16 = door.between(1, 0xffff);
const ID = door.copyOfLength(DESTINATION_HASH_LENGTH, 'NXS-IDN-003');
const OPTIONS = door.members<RelayOptions>({
  seed: door.copyOfLength(32, 'NXS-IDN-002'),
  quotaBytes: door.optional(door.positive),
  quotaCount: door.optional(door.between(1, LIST_COUNT)),
  neighbourBytes: door.optional(door.positive),
  custodyMax: door.optional(door.positive),
  receiptCount: door.optional(door.positive),
  listCount: door.optional(door.positive),
  listTime: door.optional(door.positive),
});
const LINK = door.members<RelayLink>({ id: ID, isTrusted: door.flag, bitsPerSecond: door.bigint });
const REQUEST = door.members<RelayRequest>({ from: ID, kind: door.byte, requestId: U16, body: door.copy });

/** A refusal that the neighbour is told. */
class Refusal {
  readonly code: number;
  readonly hash: Uint8Array | undefined;
  constructor(code: number, hash?: Uint8Array) {
    this.code = code;
    this.hash = hash;
  }
}

/** Keeps objects for their recipients (NXS-CUS-001). Everything that a call put out is polled before the next call, and done. */
export class Relay extends Endpoint<never, RelayEvent> {
  readonly #primitives: ObjectPrimitives;
  readonly #seed: Uint8Array;
  readonly #limits: ReturnType<typeof limitsOf>;
  readonly #memory: RelayMemory;
  readonly #mailboxLabel: Uint8Array;
  /** By their ids in hexadecimal digits. */
  readonly #links: Map<string, RelayLink> = new Map();

  /** @param stored what the events of an earlier relay stored, by its keys @throws UsageError if it is damaged */
  constructor(options: RelayOptions, primitives: ObjectPrimitives, stored: Iterable<StoreWrite>, nowMs: number) {
    super();
    const { seed, ...limits } = OPTIONS(options, 'options');
    this.#primitives = requirePrimitives(primitives);
    this.requireCallAt(nowMs);
    this.#seed = seed;
    this.#limits = limitsOf(limits);
    this.#memory = new RelayMemory(stored, nowMs, this.#limits);
    this.#mailboxLabel = hashObjectLabel(MAILBOX_LABEL, this.#primitives);
  }

  /** Tells that a link is up: what waits for the neighbour, and receipts that it has not confirmed. @see NXS-CUS-009, NXS-CUS-010 */
  linkUp(link: RelayLink, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = LINK(link, 'link');
    this.#pass(nowMs);
    const to = toHex(given.id);
    this.#links.set(to, given);
    if (this.#waitingFor(to).length > 0) this.#send(to, PENDING_LIST, this.#listFor(to, 0n, UNASKED_COUNT));
    for (const object of this.#memory.objects()) this.#passReceipts(object, [to]); // NXS-CUS-018
  }

  /** Tells that a link is down. @param id of the neighbour, 16 bytes @see NXS-CUS-008 */
  linkDown(id: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const own = toHex(ID(id, 'id'));
    this.#pass(nowMs);
    this.#links.delete(own);
  }

  /**
   * Answers PUT, GET, PENDING and RECEIPT.
   * @throws StateError without a link; nothing has changed
   * @see NXS-CUS-003
   */
  handleRequest(request: RelayRequest, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, kind, requestId, body } = REQUEST(request, 'request');
    const who = toHex(from);
    if (!this.#links.has(who)) throw new StateError('NXS-CUS-008', 'no link with this neighbour');
    this.#pass(nowMs);
    const answer = (answerKind: number, answerBody: Uint8Array): void => {
      this.putEvent({ type: 'send', to: from, kind: answerKind, requestId, body: answerBody });
    };
    try {
      if (kind === PUT) this.#put(who, body, answer);
      else if (kind === RECEIPT) this.#receipt(body, answer);
      else if (kind === PENDING) this.#pending(who, body, answer);
      else if (kind === GET) this.#get(who, body, answer);
      else throw new Refusal(MALFORMED);
    } catch (error) {
      answer(ERROR_KIND, writeErrorBody(refusalOf(error)));
    }
  }

  /** Tells that a neighbour has confirmed a receipt that was passed on. @param body of that RECEIPT @see NXS-CUS-018 */
  handleConfirmed(from: Uint8Array, body: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const [who, given] = [toHex(ID(from, 'from')), toHex(door.bytes(body, 'body'))];
    this.#pass(nowMs);
    for (const object of this.#memory.objects()) {
      const receipts = object.receipts.filter((receipt) => toHex(receipt.body) === given && receipt.owedTo.includes(who));
      for (const receipt of receipts) receipt.owedTo = receipt.owedTo.filter((one) => one !== who);
      if (receipts.length > 0) this.#memory.changed(object);
    }
    this.#store();
  }

  /** Lets time pass: custody that is over ends, and ages are stored. @see NXS-CUS-020 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#pass(nowMs);
  }

  /** @returns when custody ends, or a minute after the last call */
  override pollTimeoutAtMs(): number | undefined {
    return this.#memory.dueAtMs();
  }

  #pass(nowMs: number): void {
    this.#memory.pass(nowMs);
    this.#store();
  }
  #store(): void {
    const writes = this.#memory.takeWrites();
    if (writes.length > 0) this.putEvent({ type: 'store', writes });
  }
  #send(to: string, kind: number, body: Uint8Array): void {
    this.putEvent({ type: 'send', to: fromHex(to), kind, body });
  }

  #put(who: string, body: Uint8Array, answer: Answering): void {
    const put = readPut(body, this.#primitives);
    const recipients = put.recipients?.map(toHex) ?? this.#memory.listOf(who, toHex(put.list ?? EMPTY));
    if (recipients === undefined) throw new Refusal(UNKNOWN, put.hash); // NXS-CUS-026
    const { age, header, payload } = readObject(put.object, this.#primitives);
    if (payload === 'chunked') throw new Refusal(TOO_LARGE, put.hash); // NXS-CUS-031
    const granted = Math.min(put.custody, this.#limits.custodyMax);
    if (age >= granted) throw new Refusal(EXPIRED, put.hash); // NXS-CUS-005
    const read = decodeObjectHeader(header);
    const key = read.contentType === 'mutable' ? this.#replace(put.hash, read, recipients) : undefined;
    const object = this.#deposit(who, put, { read, age, granted, recipients, key });
    const list = hashRecipients(recipients.map(fromHex), this.#primitives);
    if (put.recipients !== undefined) this.#memory.rememberList(who, toHex(list), recipients);
    this.#store();
    const isKept = object.entries.some(({ recipient }) => recipients.includes(recipient)); // NXS-CUS-006
    answer(PUT_OK, writePutOk({ seed: this.#seed, hash: put.hash, granted: isKept ? granted : 0, list }, this.#primitives));
    this.#passReceipts(object, [who], recipients);
  }

  /** Removes the update that a higher one replaces. @returns the key @see NXS-CUS-028 */
  #replace(hash: Uint8Array, { owner = EMPTY, labelHash = EMPTY, sequence = 0n }: ObjectHeader, recipients: readonly string[]): string {
    if (recipients.join() !== toHex(owner)) throw new Refusal(CONFLICT, hash);
    const key = toHex(deriveObjectKey(owner, labelHash, this.#primitives));
    const known = this.#memory.newest(key);
    if (known === undefined || toHex(known.hash) === toHex(hash)) return key;
    const before = this.#headerOf(known).sequence ?? 0n;
    if (sequence <= before) throw new Refusal(CONFLICT, hash);
    return key;
  }

  #deposit(
    who: string,
    put: PutBody,
    given: {
      readonly read: ObjectHeader;
      readonly age: number;
      readonly granted: number;
      readonly recipients: readonly string[];
      readonly key: string | undefined;
    },
  ): KeptObject {
    const { read, age, granted, recipients, key } = given;
    const known = this.#memory.get(toHex(put.hash));
    const hasIt = (recipient: string): boolean => known?.receipts.some((receipt) => receipt.recipient === recipient) === true;
    const waiting = known?.entries ?? [];
    const fresh = recipients.filter((recipient) => !hasIt(recipient) && !waiting.some((entry) => entry.recipient === recipient));
    const isTrusted = this.#links.get(who)?.isTrusted === true;
    const deposit = { size: read.size, depositor: who, isTrusted, recipients: fresh };
    if (!this.#memory.hasRoom(deposit, waiting.length === 0 && fresh.length > 0, key)) throw new Refusal(QUOTA, put.hash);
    const added = fresh.map((recipient): KeptEntry => ({ recipient, grantedS: granted, depositor: who, isTrusted, devices: [] }));
    const object = this.#memory.place(put.hash, {
      size: read.size,
      priority: read.priority,
      minBandwidth: read.minBandwidth,
      ...(key === undefined ? {} : { key }),
    });
    for (const entry of object.entries) {
      if (recipients.includes(entry.recipient)) entry.grantedS = Math.max(entry.grantedS, granted); // NXS-CUS-004
    }
    object.entries = [...object.entries, ...added];
    if (object.entries.length > 0) object.content = put.object.slice(AGE_LENGTH);
    object.ageMs = Math.max(object.ageMs, 1000 * age);
    object.endS = Math.max(object.endS, granted);
    object.depositors = [...new Set([...object.depositors, who])];
    for (const receipt of object.receipts) {
      if (recipients.includes(receipt.recipient)) receipt.owedTo = [...new Set([...receipt.owedTo, who])];
    }
    this.#memory.changed(object);
    return object;
  }

  #receipt(body: Uint8Array, answer: Answering): void {
    const receipt = readReceipt(body, this.#primitives);
    const object = this.#memory.get(toHex(receipt.hash));
    const entry = object?.entries.find(({ recipient }) => recipient === toHex(receipt.recipient));
    if (object === undefined || entry === undefined || object.key !== undefined) {
      answer(RECEIPT_OK, receipt.hash); // NXS-CUS-015
      return;
    }
    const given = this.#givenBy(entry, receipt);
    const others = object.entries.filter((one) => one !== entry);
    if (given === undefined) {
      object.entries = others; // NXS-CUS-014
      object.receipts = [...object.receipts, { recipient: entry.recipient, body, owedTo: object.depositors }];
    } else {
      object.entries = [...others, { ...entry, devices: given }];
    }
    this.#memory.changed(object);
    this.#store();
    answer(RECEIPT_OK, receipt.hash);
    this.#passReceipts(object, object.depositors, [entry.recipient]);
  }

  /** @returns the devices that have given receipts, or undefined if all have @see NXS-CUS-029 */
  #givenBy({ recipient, devices }: KeptEntry, { device, hash }: Receipt): readonly string[] | undefined {
    const mailbox = this.#memory.newest(toHex(deriveObjectKey(fromHex(recipient), this.#mailboxLabel, this.#primitives)));
    const listed = mailbox === undefined ? undefined : this.#devicesOf(mailbox);
    if (listed === undefined) return undefined;
    if (device === undefined || !listed.includes(toHex(device))) throw new Refusal(CONFLICT, hash); // NXS-CUS-030
    const given = [...new Set([...devices, toHex(device)])];
    return listed.every((one) => given.includes(one)) ? undefined : given;
  }
  #devicesOf(mailbox: KeptObject): readonly string[] | undefined {
    const { content } = this.#read(mailbox, 0);
    try {
      return readMailbox(content ?? EMPTY).devices?.map(toHex);
    } catch {
      return undefined; // what is no mailbox lists no devices
    }
  }

  /** Sends receipts to those of some neighbours who put the object and have not confirmed them. */
  #passReceipts(object: KeptObject, neighbours: readonly string[], recipients?: readonly string[]): void {
    const isForOne = object.entries.length + object.receipts.length === 1;
    for (const to of neighbours) {
      const link = this.#links.get(to);
      if (link === undefined || (!isForOne && link.bitsPerSecond < PASSING_BITS_PER_SECOND)) continue; // NXS-CUS-019
      for (const { body, owedTo, recipient } of object.receipts) {
        if (owedTo.includes(to) && recipients?.includes(recipient) !== false) this.#send(to, RECEIPT, body);
      }
    }
  }

  #waitingFor(recipient: string): KeptObject[] {
    return this.#memory.waitingFor(recipient);
  }
  #pending(who: string, body: Uint8Array, answer: Answering): void {
    const { cursor, max } = readPending(body);
    answer(PENDING_LIST, this.#listFor(who, cursor, Math.min(max, LIST_COUNT)));
  }
  #listFor(recipient: string, cursor: bigint, count: number): Uint8Array {
    const all = this.#waitingFor(recipient);
    const left = all.filter((object) => RelayMemory.placeOf(object) >= cursor);
    const next = left[count];
    const entries = left.slice(0, count).map((object) => ({
      hash: object.hash,
      size: object.size,
      age: ageOf(object.ageMs),
      priority: object.priority,
    }));
    return writePendingList({ cursor: next === undefined ? 0n : RelayMemory.placeOf(next), total: all.length, entries });
  }

  #get(who: string, body: Uint8Array, answer: Answering): void {
    const hash = readGet(body);
    const object = this.#memory.newest(toHex(hash)) ?? this.#memory.get(toHex(hash));
    const isFor = object?.key !== undefined || object?.depositors.includes(who) === true;
    const isWaiting = object?.entries.some(({ recipient }) => recipient === who) === true;
    if (object === undefined || object.entries.length === 0 || !(isFor || isWaiting)) throw new Refusal(UNKNOWN, hash); // NXS-CUS-012
    const bottleneck = encodeBandwidth(this.#links.get(who)?.bitsPerSecond ?? 0n);
    const isWhole = contentTravels(bottleneck, object.minBandwidth);
    answer(OBJECT, isWhole ? bodyOf(object) : this.#withheld(object)); // NXS-CUS-013
  }
  #withheld(object: KeptObject): Uint8Array {
    const { header, publicKey = EMPTY, signature = EMPTY } = this.#read(object, 0);
    return concat([leBytes(ageOf(object.ageMs), AGE_LENGTH, 'NXS-OBJ-017'), header, publicKey, signature, Uint8Array.of(2)]);
  }
  #read(object: KeptObject, age: number): ReturnType<typeof readObject> {
    return readObject(concat([leBytes(age, AGE_LENGTH, 'NXS-OBJ-017'), object.content]), this.#primitives);
  }
  #headerOf(object: KeptObject): ObjectHeader {
    return decodeObjectHeader(this.#read(object, 0).header);
  }
}

type Answering = (kind: number, body: Uint8Array) => void;

/** Whole seconds, rounded up. @see NXS-CUS-013 */
function ageOf(ageMs: number): number {
  return Math.min(Math.ceil(ageMs / 1000), U32_MAX);
}
function bodyOf(object: KeptObject): Uint8Array {
  return concat([leBytes(ageOf(object.ageMs), AGE_LENGTH, 'NXS-OBJ-017'), object.content]);
}

/** What a neighbour is told of a request that is refused. @see NXS-CUS-007 */
function refusalOf(error: unknown): { readonly code: number; readonly hash?: Uint8Array | undefined } {
  if (error instanceof Refusal) return error;
  if (error instanceof AuthenticationError) return { code: UNAUTHORIZED }; // NXS-CUS-016
  if (error instanceof ProtocolError && error.rejectClass !== null) return { code: MALFORMED };
  throw error;
}
