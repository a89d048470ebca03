/**
 * A relay: it keeps what neighbours put with it for others, tells those others, and deletes it on their receipts or by age.
 *
 *   PUT       -> stored, PUT_OK, and the receipts of those who have it already
 *   link up   -> PENDING_LIST of what waits, and receipts that the neighbour has not confirmed
 *   RECEIPT   -> stored, RECEIPT_OK, and the receipt to those who put the object
 *   SUBSCRIBE -> SUBSCRIBE_OK, and NOTIFY of updates that come
 *
 * What comes out is one queue of events, `store` and `send`, which are to be done in their order: a relay that stops in
 * between has acknowledged nothing that it does not have (NXS-CUS-002). What was stored is given back when it starts again.
 */
import { EMPTY, fromHex, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { StateError } from '../../kernel/errors.ts';
import { decodeObjectHeader, deriveObjectKey, hashObjectLabel } from '../object/header.ts';
import type { ObjectHeader } from '../object/header.ts';
import { readObject, requirePrimitives } from '../object/object.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import { readGet } from '../object/chunk-records.ts';
import { ERROR_KIND } from '../record/kinds.ts';
import { writeErrorBody } from '../record/error-body.ts';
import { limitsOf } from './custody.ts';
import type { KeptEntry, KeptObject } from './custody.ts';
import { LIST_COUNT } from './fields.ts';
import { AGE_LENGTH, ageOf, bodyOver, headerOf, readKept } from './kept-object.ts';
import { readMailbox } from './mailbox.ts';
import { readPending, writePendingList } from './pending.ts';
import { hashRecipients, readPut, writePutOk } from './put.ts';
import type { PutBody } from './put.ts';
import { readReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';
import { REFUSALS, Refusal, refusalOf } from './refusal.ts';
import { relayId, relayLink, relayOptions, relayRequest } from './relay-doors.ts';
import type { RelayEvent, RelayLink, RelayOptions, RelayRequest } from './relay-doors.ts';
import { RelayMemory } from './relay-memory.ts';
import type { StoreWrite } from './relay-memory.ts';
import { readSubscribe, readUnsubscribe, writeSubscribeOk } from './subscription.ts';
import { Subscriptions } from './subscriptions.ts';
import type { Notice } from './subscriptions.ts';

const [PUT, PUT_OK, GET, OBJECT, PENDING, PENDING_LIST, RECEIPT, RECEIPT_OK] = [0x10, 0x11, 0x12, 0x13, 0x16, 0x17, 0x18, 0x19];
const [SUBSCRIBE, SUBSCRIBE_OK, UNSUBSCRIBE, NOTIFY] = [0x20, 0x21, 0x22, 0x23];
/** NXS-CUS-010: entries that a neighbour is told of unasked. */
const UNASKED_COUNT = 10;
/** NXS-CUS-019: bits per second from which on receipts of several recipients are passed on. */
const PASSING_BITS_PER_SECOND = 10_000n;
const MAILBOX_LABEL = 'mailbox';

/** Keeps objects for their recipients (NXS-CUS-001). Everything that a call put out is polled before the next call, and done. */
export class Relay extends Endpoint<never, RelayEvent> {
  readonly #primitives: ObjectPrimitives;
  readonly #seed: Uint8Array;
  readonly #limits: ReturnType<typeof limitsOf>;
  readonly #memory: RelayMemory;
  readonly #subscriptions: Subscriptions;
  readonly #mailboxLabel: Uint8Array;
  /** By their ids in hexadecimal digits. */
  readonly #links: Map<string, RelayLink> = new Map();

  /** @param stored what the events of an earlier relay stored, by its keys @throws UsageError if it is damaged */
  constructor(options: RelayOptions, primitives: ObjectPrimitives, stored: Iterable<StoreWrite>, nowMs: number) {
    super();
    const { seed, ...limits } = relayOptions(options, 'options');
    this.#primitives = requirePrimitives(primitives);
    this.requireCallAt(nowMs);
    this.#seed = seed;
    this.#limits = limitsOf(limits);
    this.#memory = new RelayMemory(stored, nowMs, this.#limits);
    this.#subscriptions = new Subscriptions(this.#limits, this.#primitives, (hash) => this.#memory.get(hash));
    this.#mailboxLabel = hashObjectLabel(MAILBOX_LABEL, this.#primitives);
  }

  /** Tells that a link is up: what waits for the neighbour, and receipts that it has not confirmed. @see NXS-CUS-009, NXS-CUS-010 */
  linkUp(link: RelayLink, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = relayLink(link, 'link');
    this.#pass(nowMs);
    const to = toHex(given.id);
    this.#links.set(to, given);
    this.#subscriptions.up(to, given.bitsPerSecond);
    if (this.#waitingFor(to).length > 0) this.#send(to, PENDING_LIST, this.#listFor(to, 0n, UNASKED_COUNT));
    for (const object of this.#memory.objects()) this.#passReceipts(object, [to]); // NXS-CUS-018
  }

  /** Tells that a link is down. @param id of the neighbour, 16 bytes @see NXS-CUS-008 */
  linkDown(id: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const own = toHex(relayId(id, 'id'));
    this.#pass(nowMs);
    this.#links.delete(own);
    this.#subscriptions.down(own);
  }

  /**
   * Answers PUT, GET, PENDING, RECEIPT, SUBSCRIBE and UNSUBSCRIBE.
   * @throws StateError without a link; nothing has changed
   * @see NXS-CUS-003
   */
  handleRequest(request: RelayRequest, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, kind, requestId, body } = relayRequest(request, 'request');
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
      else if (kind === SUBSCRIBE) this.#subscribe(who, body, answer);
      else if (kind === UNSUBSCRIBE) this.#unsubscribe(who, body, answer);
      else throw new Refusal(REFUSALS.malformed);
    } catch (error) {
      answer(ERROR_KIND, writeErrorBody(refusalOf(error)));
    }
  }

  /** Tells that a neighbour has confirmed a receipt that was passed on. @param body of that RECEIPT @see NXS-CUS-018 */
  handleConfirmed(from: Uint8Array, body: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const [who, given] = [toHex(relayId(from, 'from')), toHex(door.bytes(body, 'body'))];
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

  /** @returns when custody or a subscription ends or a digest is due, or a minute after the last call */
  override pollTimeoutAtMs(): number | undefined {
    return this.#memory.dueAtMs(this.#subscriptions.dueInMs());
  }

  #pass(nowMs: number): void {
    const stepMs = this.#memory.pass(nowMs);
    this.#store();
    this.#notify(this.#subscriptions.pass(stepMs));
  }
  #notify(notices: readonly Notice[]): void {
    for (const { to, body } of notices) this.#send(to, NOTIFY, body);
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
    if (recipients === undefined) throw new Refusal(REFUSALS.unknown, put.hash); // NXS-CUS-026
    const { age, header, payload } = readObject(put.object, this.#primitives);
    if (payload === 'chunked') throw new Refusal(REFUSALS.tooLarge, put.hash); // NXS-CUS-031
    const granted = Math.min(put.custody, this.#limits.custodyMax);
    if (age >= granted) throw new Refusal(REFUSALS.expired, put.hash); // NXS-CUS-005
    const read = decodeObjectHeader(header);
    const key = read.contentType === 'mutable' ? this.#replace(put.hash, read, recipients) : undefined;
    const { object, fresh } = this.#deposit(who, put, { read, age, granted, recipients, key });
    const list = hashRecipients(recipients.map(fromHex), this.#primitives);
    if (put.recipients !== undefined) this.#memory.rememberList(who, toHex(list), recipients);
    this.#store();
    const isKept = object.entries.some(({ recipient }) => recipients.includes(recipient)); // NXS-CUS-006
    answer(PUT_OK, writePutOk({ seed: this.#seed, hash: put.hash, granted: isKept ? granted : 0, list }, this.#primitives));
    this.#passReceipts(object, [who], recipients);
    const owner = read.owner === undefined || key === undefined ? undefined : toHex(read.owner);
    if (fresh.length > 0) this.#notify(this.#subscriptions.publish({ object, owner, recipients: fresh, from: who }));
  }

  /** Removes the update that a higher one replaces. @returns the key @see NXS-CUS-028 */
  #replace(hash: Uint8Array, { owner = EMPTY, labelHash = EMPTY, sequence = 0n }: ObjectHeader, recipients: readonly string[]): string {
    if (recipients.join() !== toHex(owner)) throw new Refusal(REFUSALS.conflict, hash);
    const key = toHex(deriveObjectKey(owner, labelHash, this.#primitives));
    const known = this.#memory.newest(key);
    if (known === undefined || toHex(known.hash) === toHex(hash)) return key;
    const before = headerOf(known, this.#primitives).sequence ?? 0n;
    if (sequence <= before) throw new Refusal(REFUSALS.conflict, hash);
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
  ): { readonly object: KeptObject; readonly fresh: readonly string[] } {
    const { read, age, granted, recipients, key } = given;
    const known = this.#memory.get(toHex(put.hash));
    const hasIt = (recipient: string): boolean => known?.receipts.some((receipt) => receipt.recipient === recipient) === true;
    const waiting = known?.entries ?? [];
    const fresh = recipients.filter((recipient) => !hasIt(recipient) && !waiting.some((entry) => entry.recipient === recipient));
    const isTrusted = this.#links.get(who)?.isTrusted === true;
    const deposit = { size: read.size, depositor: who, isTrusted, recipients: fresh };
    if (!this.#memory.hasRoom(deposit, waiting.length === 0 && fresh.length > 0, key)) throw new Refusal(REFUSALS.quota, put.hash);
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
    return { object, fresh };
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
    if (device === undefined || !listed.includes(toHex(device))) throw new Refusal(REFUSALS.conflict, hash); // NXS-CUS-030
    const given = [...new Set([...devices, toHex(device)])];
    return listed.every((one) => given.includes(one)) ? undefined : given;
  }
  #devicesOf(mailbox: KeptObject): readonly string[] | undefined {
    const { content } = readKept(mailbox, this.#primitives);
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
      age: ageOf(object),
      priority: object.priority,
    }));
    return writePendingList({ cursor: next === undefined ? 0n : RelayMemory.placeOf(next), total: all.length, entries });
  }

  /** @see NXS-CUS-012 */
  #get(who: string, body: Uint8Array, answer: Answering): void {
    const hash = readGet(body);
    const object = this.#memory.newest(toHex(hash)) ?? this.#memory.get(toHex(hash));
    const isFor = object?.key !== undefined || object?.depositors.includes(who) === true;
    const isWaiting = object?.entries.some(({ recipient }) => recipient === who) === true;
    if (object === undefined || object.entries.length === 0 || !(isFor || isWaiting)) throw new Refusal(REFUSALS.unknown, hash);
    answer(OBJECT, bodyOver(object, this.#links.get(who)?.bitsPerSecond ?? 0n, this.#primitives)); // NXS-CUS-013
  }

  #subscribe(who: string, body: Uint8Array, answer: Answering): void {
    const wanted = readSubscribe(body);
    const granted = this.#subscriptions.begin(who, wanted);
    if (granted === undefined) throw new Refusal(REFUSALS.quota);
    answer(SUBSCRIBE_OK, writeSubscribeOk({ id: wanted.id, granted }));
  }
  #unsubscribe(who: string, body: Uint8Array, answer: Answering): void {
    const id = readUnsubscribe(body);
    if (id === 0) throw new Refusal(REFUSALS.malformed);
    this.#subscriptions.end(who, id); // NXS-SUB-016
    answer(SUBSCRIBE_OK, writeSubscribeOk({ id, granted: 0 }));
  }
}

type Answering = (kind: number, body: Uint8Array) => void;
