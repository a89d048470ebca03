/**
 * A depositor: it puts an object with the first relay that keeps it, and learns from receipts what became of it.
 *
 *   deposit   -> stored, PUT to the first relay
 *   PUT_OK    -> verified, stored, told
 *   failure   -> PUT to the next relay, or told that there is none
 *   RECEIPT   -> verified, stored, RECEIPT_OK, told once for each recipient
 *
 * What comes out is one queue of events, to be done in their order. What was stored is given back after a restart.
 */
import { compare, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { MismatchError, StateError, UnknownError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { requirePrimitives } from '../object/object.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import { storedHash } from './fields.ts';
import { hashRecipients, readPut, readPutOk, writePut } from './put.ts';
import { readReceipt } from './receipt.ts';
import type { ReceiptStatus } from './receipt.ts';

const [PUT, RECEIPT_OK] = [0x10, 0x19];

/** A relay that may keep an object. */
export interface DepositRelay {
  /** Its destination hash, 16 bytes. */
  readonly id: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}
/** An object that is to be kept for others. */
export interface DepositInput {
  /** The body of OBJECT. */
  readonly object: Uint8Array;
  /** 1 to 100 ids of 16 bytes, ascending. */
  readonly recipients: readonly Uint8Array[];
  /** Seconds, 1 to 2,592,000. */
  readonly custody: number;
  /** In the order in which they are tried, one at least. */
  readonly relays: readonly DepositRelay[];
}
/** What is stored of a deposit. */
export interface StoredDeposit extends DepositInput {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** Relays that have failed. */
  readonly failures: number;
  readonly isKept: boolean;
  /** Recipients whose receipts came. */
  readonly done: readonly Uint8Array[];
}
/** What a depositor does, in this order. */
export type DepositorEvent =
  /** Is stored before anything that follows is done. */
  | { readonly type: 'store'; readonly deposit: StoredDeposit }
  /** A request, or an answer if it has the number of one. */
  | { readonly type: 'send'; readonly to: Uint8Array; readonly kind: number; readonly requestId?: number; readonly body: Uint8Array }
  | { readonly type: 'kept'; readonly hash: Uint8Array; readonly relay: Uint8Array; readonly granted: number }
  | { readonly type: 'failed'; readonly hash: Uint8Array }
  | { readonly type: 'receipt'; readonly hash: Uint8Array; readonly recipient: Uint8Array; readonly status: ReceiptStatus };

const ID = door.copyOfLength(DESTINATION_HASH_LENGTH, 'NXS-IDN-003');
const DEPOSIT_DOORS = {
  object: door.copy,
  recipients: door.list(door.copy),
  custody: door.count,
  relays: door.list(door.members<DepositRelay>({ id: ID, publicKey: door.copy })),
};
const DEPOSIT = door.members<DepositInput>(DEPOSIT_DOORS);
const STORED = door.members<StoredDeposit>({
  ...DEPOSIT_DOORS,
  hash: storedHash,
  failures: door.count,
  isKept: door.flag,
  done: door.list(ID),
});
const ANSWER = door.members<{ readonly from: Uint8Array; readonly body: Uint8Array }>({ from: ID, body: door.copy });
const FAILURE = door.members<{ readonly from: Uint8Array; readonly hash: Uint8Array }>({ from: ID, hash: door.copy });
const RECEIPT = door.members<{ readonly from: Uint8Array; readonly requestId: number; readonly body: Uint8Array }>({
  from: ID,
  requestId: door.between(1, 0xffff),
  body: door.copy,
});

/** Puts objects with relays. Everything that a call put out is polled before the next call, and done. */
export class Depositor extends Endpoint<never, DepositorEvent> {
  readonly #primitives: ObjectPrimitives;
  /** By the hash of the object. */
  readonly #deposits: Map<string, StoredDeposit> = new Map();

  /** @param stored the last of what an earlier depositor stored of each deposit @throws UsageError if it is damaged */
  constructor(primitives: ObjectPrimitives, stored: Iterable<StoredDeposit>) {
    super();
    this.#primitives = requirePrimitives(primitives);
    for (const deposit of door.iterable(STORED)(stored, 'stored')) {
      this.#deposits.set(toHex(deposit.hash), deposit);
    }
  }

  /**
   * Puts an object with the first relay.
   * @throws StateError for an object that was deposited before; UnknownError without a relay; whatever `writePut` throws
   * @see NXS-DEP-001
   */
  deposit(input: DepositInput, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = DEPOSIT(input, 'input');
    const { hash } = readPut(writePut(given, this.#primitives), this.#primitives);
    if (this.#deposits.has(toHex(hash))) throw new StateError('NXS-DEP-001', 'deposited before');
    if (given.relays.length === 0) throw new UnknownError('NXS-DEP-001', 'no relay');
    const deposit = { ...given, hash, failures: 0, isKept: false, done: [] };
    this.#store(deposit);
    this.#put(deposit);
  }

  /** Puts again, after a restart, what no relay keeps yet. @see NXS-DEP-006 */
  resume(nowMs: number): void {
    this.requireCallAt(nowMs);
    for (const deposit of this.#deposits.values()) if (!deposit.isKept) this.#put(deposit);
  }

  /**
   * Takes the body of PUT_OK.
   * @throws UnknownError; MismatchError for a relay with which the object was not put; whatever `readPutOk` throws
   * @see NXS-DEP-002
   */
  handlePutOk(answer: { readonly from: Uint8Array; readonly body: Uint8Array }, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, body } = ANSWER(answer, 'answer');
    const deposit = this.#find(body.slice(0, 32));
    const relay = deposit.relays[deposit.failures];
    if (relay === undefined || compare(relay.id, from) !== 0) throw new MismatchError('NXS-DEP-003', 'not put with this relay');
    const list = hashRecipients(deposit.recipients, this.#primitives);
    const { hash, granted } = readPutOk(body, { publicKey: relay.publicKey, list }, this.#primitives);
    if (deposit.isKept) return;
    this.#store({ ...deposit, isKept: true });
    this.putEvent({ type: 'kept', hash, relay: from, granted });
  }

  /**
   * Tells that a relay answered with an error, or not at all.
   * @throws UnknownError; MismatchError for a relay with which the object was not put
   * @see NXS-DEP-004
   */
  handleFailure(failure: { readonly from: Uint8Array; readonly hash: Uint8Array }, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, hash } = FAILURE(failure, 'failure');
    const deposit = this.#find(hash);
    const relay = deposit.relays[deposit.failures];
    if (deposit.isKept || relay === undefined || compare(relay.id, from) !== 0) {
      throw new MismatchError('NXS-DEP-003', 'not put with this relay');
    }
    const next = { ...deposit, failures: deposit.failures + 1 };
    this.#store(next);
    if (next.failures < next.relays.length) this.#put(next);
    else this.putEvent({ type: 'failed', hash });
  }

  /**
   * Answers a RECEIPT.
   * @throws whatever `readReceipt` throws; nothing has changed
   * @see NXS-DEP-005
   */
  handleReceipt(request: { readonly from: Uint8Array; readonly requestId: number; readonly body: Uint8Array }, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, requestId, body } = RECEIPT(request, 'request');
    const { hash, recipient, status } = readReceipt(body, this.#primitives);
    const deposit = this.#deposits.get(toHex(hash));
    const among = (ids: readonly Uint8Array[]): boolean => ids.some((id) => compare(id, recipient) === 0);
    const isNew = deposit !== undefined && among(deposit.recipients) && !among(deposit.done);
    if (isNew) this.#store({ ...deposit, done: [...deposit.done, recipient] });
    this.putEvent({ type: 'send', to: from, kind: RECEIPT_OK, requestId, body: hash });
    if (isNew) this.putEvent({ type: 'receipt', hash, recipient, status });
  }

  #find(hash: Uint8Array): StoredDeposit {
    const deposit = this.#deposits.get(toHex(hash));
    if (deposit === undefined) throw new UnknownError('NXS-DEP-003', 'not deposited');
    return deposit;
  }
  #store(deposit: StoredDeposit): void {
    this.#deposits.set(toHex(deposit.hash), deposit);
    this.putEvent({ type: 'store', deposit });
  }
  #put({ relays, failures, object, recipients, custody }: StoredDeposit): void {
    const relay = relays[failures];
    if (relay !== undefined) {
      this.putEvent({ type: 'send', to: relay.id, kind: PUT, body: writePut({ recipients, custody, object }, this.#primitives) });
    }
  }
}
