/**
 * A recipient: it fetches what waits at a relay, opens it, and gives receipts.
 *
 *   PENDING_LIST   GET for what is new, RECEIPT for what is known, PENDING for the next list
 *   NOTIFY         of the inbox: GET, RECEIPT, or an object as if it had been requested
 *   OBJECT         verified, opened, not known -> stored with its name, RECEIPT delivered, told
 *                  known                       -> RECEIPT delivered
 *                  opens or verifies not       -> RECEIPT refused
 *
 * What comes out is one queue of events, to be done in their order: a receipt is given for nothing that is not stored. What
 * was stored is given back after a restart, and is what the application has: it was told, or finds it there (NXS-DLV-003).
 */
import { toHex } from '../../kernel/bytes.ts';
import { copied } from '../../kernel/copied.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint, drain } from '../../kernel/endpoint.ts';
import { AuthenticationError, DecodeError, ProtocolError, ReplayError, UnknownError, UsageError } from '../../kernel/errors.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { NexusMessageMemory } from '../envelope/message-memory.ts';
import { openNexusMessage } from '../envelope/message.ts';
import type { MessagePrimitives } from '../envelope/message.ts';
import { DESTINATION_HASH_LENGTH, NEXUS_KEY_LENGTH } from '../identity/identity.ts';
import { readObject, requirePrimitives } from '../object/object.ts';
import type { ObjectPrimitives } from '../object/object.ts';
import { LIST_COUNT, storedHash } from './fields.ts';
import { readPendingList, writePending } from './pending.ts';
import { DEVICE_ID_LENGTH, signReceipt } from './receipt.ts';
import type { ReceiptStatus } from './receipt.ts';
import { readNotify } from './subscription.ts';

const [GET, PENDING, RECEIPT] = [0x12, 0x16, 0x18];

/** The primitives that recipients use. */
export type RecipientPrimitives = ObjectPrimitives & MessagePrimitives & DigestPrimitives;
/** Who receives. */
export interface RecipientOptions {
  /** 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** One of several devices, 8 bytes. */
  readonly device?: Uint8Array | undefined;
}
/** A record of a relay. */
export interface RecipientRecord {
  /** The relay's destination hash, 16 bytes. */
  readonly from: Uint8Array;
  readonly body: Uint8Array;
}
/** A message as it is stored, with the names by which it is known. */
export interface InboxMessage {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** The envelope. */
  readonly payload: Uint8Array;
  /** The sender's key, 32 bytes, and the message id, 16; absent for a content of KILT. */
  readonly publicKey?: Uint8Array | undefined;
  readonly messageId?: Uint8Array | undefined;
  /** Milliseconds, 0 if unknown. */
  readonly created: bigint;
}
/** What a recipient does, in this order. */
export type RecipientEvent =
  /** Is stored before anything that follows is done. */
  | { readonly type: 'store'; readonly message: InboxMessage }
  /** A request. */
  | { readonly type: 'send'; readonly to: Uint8Array; readonly kind: number; readonly body: Uint8Array }
  /** The application is told. */
  | { readonly type: 'message'; readonly hash: Uint8Array };

const ID = door.copyOfLength(DESTINATION_HASH_LENGTH, 'NXS-IDN-003');
const OPTIONS = door.members<RecipientOptions>({
  seed: door.copyOfLength(32, 'NXS-IDN-002'),
  device: door.optional(door.copyOfLength(DEVICE_ID_LENGTH, 'NXS-RCP-004')),
});
const MESSAGE = door.members<InboxMessage>({
  hash: storedHash,
  payload: door.copy,
  publicKey: door.optional(door.copyOfLength(NEXUS_KEY_LENGTH, 'NXS-DLV-003')),
  messageId: door.optional(door.copyOfLength(16, 'NXS-DLV-003')),
  created: door.bigint,
});
const RECORD = door.members<RecipientRecord>({ from: ID, body: door.copy });

/** Receives messages. Everything that a call put out is polled before the next call, and done. */
export class Recipient extends Endpoint<never, RecipientEvent> {
  readonly #primitives: RecipientPrimitives;
  readonly #options: RecipientOptions;
  readonly #memory: NexusMessageMemory;
  /** Hashes of the objects that are stored, in hexadecimal digits. */
  readonly #known: Set<string> = new Set();

  /** @param stored what an earlier recipient stored, in its order @throws UsageError if it is damaged */
  constructor(options: RecipientOptions, primitives: RecipientPrimitives, stored: Iterable<InboxMessage>) {
    super();
    this.#options = OPTIONS(options, 'options');
    requirePrimitives(primitives);
    this.#primitives = primitives;
    this.#memory = new NexusMessageMemory({}, primitives);
    for (const message of door.iterable(MESSAGE)(stored, 'stored')) {
      const hasHalfName = (message.publicKey === undefined) !== (message.messageId === undefined);
      if (hasHalfName || !this.#admit(message, 0))
        throw new UsageError('NXS-DLV-003', 'stored is damaged: half a name, or a message twice');
      this.#known.add(toHex(message.hash));
    }
  }

  /**
   * Takes the body of PENDING_LIST.
   * @throws whatever `readPendingList` throws; nothing has changed
   * @see NXS-DLV-001
   */
  handleList(record: RecipientRecord, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, body } = RECORD(record, 'record');
    const { entries, cursor } = readPendingList(body);
    for (const { hash } of entries) this.#fetch(from, hash);
    if (cursor !== 0n) this.putEvent({ type: 'send', to: from, kind: PENDING, body: writePending({ cursor, max: LIST_COUNT }) });
  }

  /**
   * Takes the body of NOTIFY.
   * @throws UnknownError for another subscription than the inbox; whatever `readNotify` and `handleObject` throw; nothing has changed
   * @see NXS-DLV-009
   */
  handleNotify(record: RecipientRecord, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, body } = RECORD(record, 'record');
    const { id, object, entries = [], hash } = readNotify(body, this.#primitives);
    if (id !== 0) throw new UnknownError('NXS-DLV-010', 'not the inbox', { id });
    if (object !== undefined) this.handleObject({ from, body: object }, nowMs);
    for (const one of [...entries.map((entry) => entry.hash), ...(hash === undefined ? [] : [hash])]) this.#fetch(from, one);
  }

  /**
   * Takes the body of OBJECT.
   * @throws whatever `readObject` throws; DecodeError malformed without a content; nothing has changed, and no receipt is given
   * @see NXS-DLV-002
   */
  handleObject(record: RecipientRecord, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { from, body } = RECORD(record, 'record');
    const { hash, content: payload } = readObject(body, this.#primitives);
    if (payload === undefined) throw new DecodeError('malformed', 'NXS-DLV-005', 'a message without its content');
    const message = this.#open(hash, payload);
    if (message === undefined) {
      this.#giveReceipt(from, hash, 'refused'); // NXS-DLV-004
      return;
    }
    const isNew = this.#admit(message, nowMs);
    if (isNew) this.putEvent({ type: 'store', message: copied(message) });
    this.#known.add(toHex(hash));
    this.#giveReceipt(from, hash, 'delivered');
    if (isNew) this.putEvent({ type: 'message', hash });
  }

  #fetch(from: Uint8Array, hash: Uint8Array): void {
    if (this.#known.has(toHex(hash))) this.#giveReceipt(from, hash, 'delivered');
    else this.putEvent({ type: 'send', to: from, kind: GET, body: hash });
  }
  #open(hash: Uint8Array, payload: Uint8Array): InboxMessage | undefined {
    try {
      // NXS-DLV-008
      const content = openNexusMessage({ seed: this.#options.seed, envelope: payload }, this.#primitives);
      if (content.type === 'kilt') return { hash, payload, created: 0n };
      const { sender, messageId, created } = content;
      return { hash, payload, publicKey: sender, messageId, created };
    } catch (error) {
      if (error instanceof AuthenticationError || (error instanceof ProtocolError && error.rejectClass !== null)) return undefined;
      throw error;
    }
  }
  #admit(message: InboxMessage, nowMs: number): boolean {
    try {
      this.#memory.admit(message, nowMs);
    } catch (error) {
      if (error instanceof ReplayError) return false; // NXS-DLV-006
      throw error;
    }
    drain(() => this.#memory.pollEvent());
    return true;
  }
  #giveReceipt(to: Uint8Array, hash: Uint8Array, status: ReceiptStatus): void {
    const { seed, device } = this.#options; // NXS-DLV-007
    this.putEvent({ type: 'send', to, kind: RECEIPT, body: signReceipt({ seed, hash, status, device }, this.#primitives) });
  }
}
