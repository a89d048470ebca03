/**
 * A relay: it keeps what neighbours put with it for others, tells those others, and deletes it on their receipts or by age.
 *
 *   PUT       -> stored, PUT_OK, and the receipts of those who have it already
 *             in chunks: CHUNK_REQUEST, each CHUNK stored, and then as above
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
import { Arrivals } from './arrivals.ts';
import type { AdmittedPut, ArrivalStep } from './arrivals.ts';
import { limitsOf } from './custody.ts';
import type { KeptEntry, KeptObject } from './custody.ts';
import { LIST_COUNT } from './fields.ts';
import { AGE_LENGTH, bodyOver, headerOf, readKept } from './kept-object.ts';
import { readMailbox } from './mailbox.ts';
import { readPending } from './pending.ts';
import { hashRecipients, readPut, writePutOk } from './put.ts';
import { readReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';
import { REFUSALS, Refusal, refusalOf } from './refusal.ts';
import { chunksFor, keptFor, pendingListOf } from './relay-answers.ts';
import { relayId, relayLink, relayOptions, relayRequest } from './relay-doors.ts';
import type { RelayEvent, RelayLink, RelayOptions, RelayRequest } from './relay-doors.ts';
import { RelayMemory } from './relay-memory.ts';
import type { StoreWrite } from './relay-memory.ts';
import { readSubscribe, readUnsubscribe, writeSubscribeOk } from './subscription.ts';
import { Subscriptions } from './subscriptions.ts';
import type { Notice } from './subscriptions.ts';

const [PUT, PUT_OK, GET, OBJECT, CHUNK_REQUEST, CHUNK] = [0x10, 0x11, 0x12, 0x13, 0x14, 0x15];
const [PENDING, PENDING_LIST, RECEIPT, RECEIPT_OK] = [0x16, 0x17, 0x18, 0x19];
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
  readonly #arrivals: Arrivals;
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
    this.#arrivals = new Arrivals(this.#primitives, {
      have: (hash) => [...this.#memory.chunksOf(hash).keys()],
      rateOf: (who) => this.#links.get(who)?.bitsPerSecond ?? 0n,
    });
    this.#subscriptions = new Subscriptions(this.#limits, this.#primitives, (hash) => this.#memory.get(hash));
    this.#mailboxLabel = hashObjectLabel(MAILBOX_LABEL, this.#primitives);
  }

  /** Tells that a link is up: what waits for the neighbour, and receipts that it has not confirmed. @see NXS-CUS-009, NXS-CUS-010 */
  linkUp(link: RelayLink, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = relayLink(link, 'link');
    this.#pass(nowMs);
    const to = toHex(given.id);
    this.#take(this.#arrivals.leave(to, this.#memory.runMs));
    this.#links.set(to, given);
    this.#subscriptions.up(to, given.bitsPerSecond);
    if (this.#memory.waitingFor(to).length > 0) this.#send(to, PENDING_LIST, pendingListOf(this.#memory, to, 0n, UNASKED_COUNT));
    for (const object of this.#memory.objects()) this.#passReceipts(object, [to]); // NXS-CUS-018
  }

  /** Tells that a link is down. @param id of the neighbour, 16 bytes @see NXS-CUS-008 */
  linkDown(id: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const own = toHex(relayId(id, 'id'));
    this.#pass(nowMs);
    this.#links.delete(own);
    this.#subscriptions.down(own);
    this.#take(this.#arrivals.leave(own, this.#memory.runMs));
  }

  /**
   * Answers PUT, GET, CHUNK_REQUEST, PENDING, RECEIPT, SUBSCRIBE and UNSUBSCRIBE.
   * @throws StateError without a link; nothing has changed
   * @see NXS-CUS-003
   */
  handleRequest(request: RelayRequest, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, kind, requestId, body } = relayRequest(request, 'request');
    const who = toHex(from);
    if (!this.#links.has(who)) throw new StateError('NXS-CUS-008', 'no link with this neighbour');
    this.#pass(nowMs);
    const answer = this.#answering(who, requestId);
    try {
      if (kind === PUT) this.#put(who, requestId, body);
      else if (kind === RECEIPT) this.#receipt(body, answer);
      else if (kind === PENDING) this.#pending(who, body, answer);
      else if (kind === GET) this.#get(who, body, answer);
      else if (kind === CHUNK_REQUEST)
        for (const chunk of chunksFor(this.#memory, who, this.#links.get(who)?.bitsPerSecond ?? 0n, body)) answer(CHUNK, chunk);
      else if (kind === SUBSCRIBE) this.#subscribe(who, body, answer);
      else if (kind === UNSUBSCRIBE) this.#unsubscribe(who, body, answer);
      else throw new Refusal(REFUSALS.malformed);
    } catch (error) {
      answer(ERROR_KIND, writeErrorBody(refusalOf(error)));
    }
  }
  #answering(who: string, requestId: number): Answering {
    return (kind, body) => {
      this.putEvent({ type: 'send', to: fromHex(who), kind, requestId, body });
    };
  }

  /**
   * Takes the body of CHUNK, in answer to a CHUNK_REQUEST.
   * @throws UnknownError for a chunk that is not awaited from this neighbour; DecodeError; MismatchError; nothing has changed
   * @see NXS-CUS-034
   */
  handleChunk(from: Uint8Array, body: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const taken = this.#arrivals.check(toHex(relayId(from, 'from')), door.copy(body, 'body'));
    this.#pass(nowMs);
    this.#take(taken(this.#memory.runMs));
  }
  /**
   * Tells that a neighbour answered a CHUNK_REQUEST with an error.
   * @param hash of the object, 32 bytes
   * @throws UnknownError for a content that is not awaited from this neighbour; nothing has changed
   * @see NXS-CUS-037
   */
  handleFailure(from: Uint8Array, hash: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const taken = this.#arrivals.checkError(toHex(relayId(from, 'from')), door.copy(hash, 'hash'));
    this.#pass(nowMs);
    this.#take(taken(this.#memory.runMs));
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
    const arrivalsInMs = this.#arrivals.dueAtMs() - this.#memory.runMs;
    return this.#memory.dueAtMs(Math.min(this.#subscriptions.dueInMs(), arrivalsInMs), (hash) => this.#arrivals.isAwaited(hash));
  }

  #pass(nowMs: number): void {
    const stepMs = this.#memory.pass(nowMs, (hash) => this.#arrivals.isAwaited(hash));
    this.#store();
    this.#notify(this.#subscriptions.pass(stepMs));
    this.#take(this.#arrivals.pass(this.#memory.runMs));
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

  #put(who: string, requestId: number, body: Uint8Array): void {
    const put = readPut(body, this.#primitives);
    const recipients = put.recipients?.map(toHex) ?? this.#memory.listOf(who, toHex(put.list ?? EMPTY));
    if (recipients === undefined) throw new Refusal(REFUSALS.unknown, put.hash); // NXS-CUS-026
    const { age, header, payload } = readObject(put.object, this.#primitives);
    const isTrusted = this.#links.get(who)?.isTrusted === true;
    const read = decodeObjectHeader(header);
    const granted = Math.min(put.custody, this.#limits.custodyMax, read.ttl ?? Infinity); // NXS-CUS-044
    const given = { who, isTrusted, requestId, put, header, read, ageMs: 1000 * age, granted, recipients };
    if (payload === 'chunked' && this.#lacksContent(given)) this.#await(given);
    else this.#keep(given);
  }
  #lacksContent({ put, recipients }: AdmittedPut): boolean {
    const known = this.#memory.get(toHex(put.hash));
    const hasIt = (recipient: string): boolean => known?.receipts.some((receipt) => receipt.recipient === recipient) === true;
    return (known?.entries ?? []).length === 0 && !recipients.every(hasIt);
  }
  /** @see NXS-CUS-031, NXS-CUS-035, NXS-CUS-040 */
  #await(put: AdmittedPut): void {
    const key = this.#keyOf(put);
    if (!this.#arrivals.isAgain(put)) {
      if (this.#arrivals.countOf(put.who) >= this.#limits.waitingCount) throw new Refusal(REFUSALS.busy, put.put.hash);
      this.#requireRoom(put, key);
      this.#store();
    }
    this.#take(this.#arrivals.add(put, this.#memory.runMs));
  }
  #take(steps: readonly ArrivalStep[]): void {
    for (const step of steps) {
      if (step.type === 'request') this.#send(step.to, CHUNK_REQUEST, step.body);
      else if (step.type === 'chunk') this.#memory.putChunk(step.hash, step.index, step.body);
      else for (const put of step.puts) this.#end(put, step.type === 'whole');
      this.#store();
    }
  }
  #end(put: AdmittedPut, isWhole: boolean): void {
    try {
      if (!isWhole) throw new Refusal(REFUSALS.busy, put.put.hash); // NXS-CUS-037
      this.#keep(put);
    } catch (error) {
      this.#answering(put.who, put.requestId)(ERROR_KIND, writeErrorBody(refusalOf(error)));
    }
  }

  #keep(given: AdmittedPut): void {
    const { who, put, read, granted, recipients, requestId } = given;
    const key = this.#keyOf(given);
    const { object, fresh } = this.#deposit(given, key);
    const list = hashRecipients(recipients.map(fromHex), this.#primitives);
    if (put.recipients !== undefined) this.#memory.rememberList(who, toHex(list), recipients);
    this.#store();
    const isKept = object.entries.some(({ recipient }) => recipients.includes(recipient)); // NXS-CUS-006
    const body = writePutOk({ seed: this.#seed, hash: put.hash, granted: isKept ? granted : 0, list }, this.#primitives);
    this.#answering(who, requestId)(PUT_OK, body);
    this.#passReceipts(object, [who], recipients);
    const owner = read.owner === undefined || key === undefined ? undefined : toHex(read.owner);
    if (fresh.length > 0) this.#notify(this.#subscriptions.publish({ object, owner, recipients: fresh, from: who }));
  }

  /** The key of an update. @throws Refusal for an object that is too old, and for an update that is not the newest @see NXS-CUS-005 */
  #keyOf({ put, read, ageMs, granted, recipients }: AdmittedPut): string | undefined {
    if (ageMs >= 1000 * granted) throw new Refusal(REFUSALS.expired, put.hash);
    return read.contentType === 'mutable' ? this.#replace(put.hash, read, recipients) : undefined;
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

  #fresh({ put, recipients }: AdmittedPut): string[] {
    const known = this.#memory.get(toHex(put.hash));
    const there = [...(known?.receipts ?? []), ...(known?.entries ?? [])].map(({ recipient }) => recipient);
    return recipients.filter((recipient) => !there.includes(recipient));
  }
  /** @see NXS-CUS-023 */
  #requireRoom(given: AdmittedPut, key: string | undefined): void {
    const { put, read, who, isTrusted } = given;
    const reserved = this.#arrivals.reserved();
    const own = reserved.find(({ hash }) => toHex(hash) === toHex(put.hash));
    const recipients = this.#fresh(given).filter((recipient) => own?.entries.some((entry) => entry.recipient === recipient) !== true);
    const isNew = own === undefined && (this.#memory.get(toHex(put.hash))?.entries ?? []).length === 0 && recipients.length > 0;
    const deposit = { size: read.size, depositor: who, isTrusted, recipients };
    const about = { hash: put.hash, size: read.size, priority: read.priority, key };
    const hasRoom = this.#memory.hasRoom(deposit, isNew, key, reserved);
    if (!hasRoom || (isNew && !this.#memory.makeRoom(about, reserved, (hash) => this.#arrivals.isAwaited(hash))))
      throw new Refusal(REFUSALS.quota, put.hash);
  }

  #deposit(given: AdmittedPut, key: string | undefined): { readonly object: KeptObject; readonly fresh: readonly string[] } {
    const { who, isTrusted, put, read, ageMs, granted, recipients } = given;
    const fresh = this.#fresh(given);
    this.#requireRoom(given, key);
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
    object.ageMs = Math.max(object.ageMs, ageMs);
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

  #pending(who: string, body: Uint8Array, answer: Answering): void {
    const { cursor, max } = readPending(body);
    answer(PENDING_LIST, pendingListOf(this.#memory, who, cursor, Math.min(max, LIST_COUNT)));
  }
  #get(who: string, body: Uint8Array, answer: Answering): void {
    const object = keptFor(this.#memory, who, readGet(body));
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
