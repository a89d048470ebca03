/** The updates of mutable objects that came: sequence numbers rise, and an owner who forks is not followed for a day. */
import { compare, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, MismatchError, ReplayError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import { decodeObjectHeader, deriveObjectKey } from './header.ts';
import { readObject, requirePrimitives, writeObject } from './object.ts';
import type { ObjectPrimitives } from './object.ts';

/** NXS-MUT-007: keys that are remembered. */
const MUTABLE_COUNT = 4096;
/** NXS-MUT-004: milliseconds for which an owner who forked is refused. */
const FORK_MS = 86_400_000;
/** NXS-MUT-008: owners that are refused at once. */
const FORK_COUNT = 4096;

/** How much is remembered. */
export interface MutablesOptions {
  /** Keys of mutable objects, 1 to 4,096; 4,096 if absent. */
  readonly keyCount?: number | undefined;
  /** Owners who forked, 1 to 4,096; 4,096 if absent. */
  readonly ownerCount?: number | undefined;
}

/** What comes of updates. */
export type MutablesEvent =
  /** The key and the hash of the object, 32 bytes each. */
  | { readonly type: 'updated'; readonly key: Uint8Array; readonly sequence: bigint; readonly hash: Uint8Array }
  /** Two bodies of OBJECT without content, both signed by the owner. */
  | { readonly type: 'fork'; readonly owner: Uint8Array; readonly first: Uint8Array; readonly second: Uint8Array };

interface Update {
  readonly sequence: bigint;
  readonly hash: Uint8Array;
  /** Hash and metadata, signed. */
  readonly withheld: Uint8Array;
}

const OPTIONS = door.members<MutablesOptions>({
  keyCount: door.optional(door.between(1, MUTABLE_COUNT)),
  ownerCount: door.optional(door.between(1, FORK_COUNT)),
});
const OWNER = door.copyOfLength(DESTINATION_HASH_LENGTH, 'NXS-IDN-003');

/** Watches updates. Everything that a call put out is polled before the next call. */
export class Mutables extends Endpoint<never, MutablesEvent> {
  readonly #primitives: ObjectPrimitives;
  readonly #keyCount: number;
  readonly #ownerCount: number;
  /** By key, the one whose update came first in front. */
  readonly #updates: Map<string, Update> = new Map();
  /** By owner, until when nothing is taken; the one who forked first in front. */
  readonly #flagged: Map<string, number> = new Map();

  constructor(options: MutablesOptions, primitives: ObjectPrimitives) {
    super();
    const { keyCount = MUTABLE_COUNT, ownerCount = FORK_COUNT } = OPTIONS(options, 'options');
    this.#keyCount = keyCount;
    this.#ownerCount = ownerCount;
    this.#primitives = requirePrimitives(primitives);
  }

  /**
   * Takes the body of OBJECT of a mutable object.
   * @throws whatever `readObject` throws; MismatchError while the owner is flagged; ReplayError; nothing has changed
   * @see NXS-MUT-001
   */
  handleObject(body: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { header, hash, publicKey, signature } = readObject(body, this.#primitives); // NXS-MUT-006
    const { owner, labelHash, sequence } = decodeObjectHeader(header);
    if (owner === undefined || labelHash === undefined || sequence === undefined) {
      throw new DecodeError('malformed', 'NXS-MUT-006', 'not an update');
    }
    const untilMs = this.#flagged.get(toHex(owner));
    if (untilMs !== undefined && nowMs < untilMs) throw new MismatchError('NXS-MUT-004', 'the owner forked', { untilMs });
    const key = deriveObjectKey(owner, labelHash, this.#primitives);
    const known = this.#updates.get(toHex(key));
    if (known !== undefined && sequence < known.sequence) {
      throw new ReplayError('NXS-MUT-001', 'a lower sequence number', { sequence: String(sequence) });
    }
    if (known?.sequence === sequence && compare(known.hash, hash) === 0) return; // NXS-MUT-002
    const withheld = writeObject({ age: 0, header, publicKey, signature, payload: 'withheld' }, this.#primitives);
    if (known?.sequence === sequence) {
      this.#flag(toHex(owner), nowMs + FORK_MS);
      this.putEvent({ type: 'fork', owner, first: known.withheld, second: withheld }); // NXS-MUT-003
      return; // NXS-MUT-009
    }
    this.#remember(toHex(key), { sequence, hash, withheld });
    this.putEvent({ type: 'updated', key, sequence, hash });
  }

  /** Tells that an advisory, signed by both keys of an owner, resolves its fork. @param owner 16 bytes @see NXS-MUT-005 */
  resolveFork(owner: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#flagged.delete(toHex(OWNER(owner, 'owner')));
  }

  /** Lets time pass; owners are flagged no longer. @see NXS-MUT-004 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    for (const [owner, untilMs] of this.#flagged) if (untilMs <= nowMs) this.#flagged.delete(owner);
  }

  #flag(owner: string, untilMs: number): void {
    this.#flagged.delete(owner); // of which a day may have passed
    const [oldest] = this.#flagged.keys();
    if (oldest !== undefined && this.#flagged.size >= this.#ownerCount) this.#flagged.delete(oldest); // NXS-MUT-008
    this.#flagged.set(owner, untilMs);
  }

  #remember(key: string, update: Update): void {
    this.#updates.delete(key);
    const [oldest] = this.#updates.keys();
    if (oldest !== undefined && this.#updates.size >= this.#keyCount) this.#updates.delete(oldest); // NXS-MUT-007
    this.#updates.set(key, update);
  }
}
