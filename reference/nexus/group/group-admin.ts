/**
 * The admin of groups: makes a key for each epoch, and states that hold it for the members.
 *
 *   create, change   -> stored, put for all members but the admin
 *   kept             -> stored; it is not put again
 *   resume           -> after a restart, what no relay keeps is put again, with the same bytes
 *
 * What comes out is one queue of events, to be done in their order: a state is stored before it leaves, or a crash could make
 * the admin sign another one for the same epoch, which members take for a fork.
 */
import { compare, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { LimitError, MismatchError, StateError, UnknownError } from '../../kernel/errors.ts';
import { deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import { GROUP_ID_LENGTH, requireGroupPrimitives } from './fields.ts';
import type { GroupPrimitives } from './fields.ts';
import { GROUP_MEMBER_COUNT, deriveGroupId, readGroupState, requireKeys, signGroupState } from './group-state.ts';

const EPOCH_MAX = 2n ** 64n - 1n;

/** A group that is to be created. */
export interface GroupCreation {
  /** 16 bytes that were never used before. */
  readonly nonce: Uint8Array;
  /** Ed25519 keys of the others, in any order. */
  readonly members: readonly Uint8Array[];
  /** The group key, and a secret for each member, the admin included: 32 bytes each. */
  readonly entropy: Uint8Array;
}
/** What the next epoch differs in; nothing but the key if nobody joins or leaves. */
export interface GroupChange {
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  /** Ed25519 keys of those who join. */
  readonly add: readonly Uint8Array[];
  /** Ed25519 keys of those who leave. */
  readonly remove: readonly Uint8Array[];
  /** The group key, and a secret for each member, the admin included: 32 bytes each. */
  readonly entropy: Uint8Array;
}
/** What is stored of a group: its newest state. */
export interface StoredGroupState {
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  readonly state: Uint8Array;
  /** A relay keeps it. */
  readonly isKept: boolean;
}
/** What an admin does, in this order. */
export type GroupAdminEvent =
  /** Is stored before anything that follows is done. */
  | { readonly type: 'store'; readonly group: StoredGroupState }
  /** An object with this payload is put for these ids. */
  | { readonly type: 'put'; readonly recipients: readonly Uint8Array[]; readonly payload: Uint8Array };

const ID = door.copyOfLength(GROUP_ID_LENGTH, 'NXS-GST-001');
const OPTIONS = door.members<{ readonly seed: Uint8Array }>({ seed: door.copyOfLength(32, 'NXS-IDN-002') });
const CREATION = door.members<GroupCreation>({ nonce: door.copy, members: door.list(door.copy), entropy: door.copy });
const CHANGE = door.members<GroupChange>({ groupId: ID, add: door.list(door.copy), remove: door.list(door.copy), entropy: door.copy });
const KEPT = door.members<{ readonly groupId: Uint8Array; readonly epoch: bigint }>({ groupId: ID, epoch: door.bigint });
const STORED = door.members<StoredGroupState>({ groupId: ID, state: door.copy, isKept: door.flag });

const includes = (keys: readonly Uint8Array[], key: Uint8Array): boolean => keys.some((one) => compare(one, key) === 0);

/** Administers groups. Everything that a call put out is polled before the next call, and done. */
export class GroupAdmin extends Endpoint<never, GroupAdminEvent> {
  readonly #primitives: GroupPrimitives;
  readonly #seed: Uint8Array;
  /** Ed25519. */
  readonly #own: Uint8Array;
  /** By the group id. */
  readonly #groups: Map<string, StoredGroupState> = new Map();

  /**
   * @param options seed: the admin's, 32 bytes, secret
   * @param stored the last of what an earlier admin stored of each group
   */
  constructor(options: { readonly seed: Uint8Array }, primitives: GroupPrimitives, stored: Iterable<StoredGroupState>) {
    super();
    this.#seed = OPTIONS(options, 'options').seed;
    this.#primitives = requireGroupPrimitives(primitives);
    this.#own = deriveNexusIdentity(this.#seed, primitives).publicKey;
    for (const group of door.iterable(STORED)(stored, 'stored')) this.#groups.set(toHex(group.groupId), group);
  }

  /**
   * Creates a group.
   * @throws StateError for a group that exists; MismatchError for somebody named twice; LimitError; whatever `signGroupState` throws
   * @see NXS-GAD-001
   */
  create(creation: GroupCreation, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { nonce, members, entropy } = CREATION(creation, 'creation');
    const groupId = deriveGroupId(this.#own, nonce, this.#primitives);
    if (this.#groups.has(toHex(groupId))) throw new StateError('NXS-GAD-003', 'a group that exists');
    this.#begin({ groupId, nonce, epoch: 0n, members: this.#changed([this.#own], members, []), entropy });
  }

  /**
   * Begins the next epoch.
   * @throws UnknownError; MismatchError for somebody who is a member or is none; LimitError; whatever `signGroupState` throws
   * @see NXS-GAD-002
   */
  change(change: GroupChange, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { groupId, add, remove, entropy } = CHANGE(change, 'change');
    const { state } = this.#find(groupId);
    const { epoch, nonce, members } = readGroupState(state, this.#primitives);
    if (epoch === EPOCH_MAX) throw new LimitError('NXS-GAD-005', 'after the last epoch comes none');
    this.#begin({ groupId, nonce, epoch: epoch + 1n, members: this.#changed(members, add, remove), entropy });
  }

  /**
   * Tells that a relay keeps the state of an epoch.
   * @throws UnknownError for a group or an epoch that does not exist
   * @see NXS-GAD-007
   */
  handleKept(kept: { readonly groupId: Uint8Array; readonly epoch: bigint }, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { groupId, epoch } = KEPT(kept, 'kept');
    const group = this.#find(groupId);
    const newest = readGroupState(group.state, this.#primitives).epoch;
    if (epoch > newest) throw new UnknownError('NXS-GAD-007', 'no such epoch', { epoch: String(epoch) });
    if (epoch === newest && !group.isKept) this.#store({ ...group, isKept: true });
  }

  /** Puts again, after a restart, what no relay keeps yet. @see NXS-GAD-006 */
  resume(nowMs: number): void {
    this.requireCallAt(nowMs);
    for (const { state, isKept } of this.#groups.values()) if (!isKept) this.#put(state);
  }

  #find(groupId: Uint8Array): StoredGroupState {
    const group = this.#groups.get(toHex(groupId));
    if (group === undefined) throw new UnknownError('NXS-GAD-003', 'a group that does not exist');
    return group;
  }

  /** @returns keys, ascending */
  #changed(members: readonly Uint8Array[], add: readonly Uint8Array[], remove: readonly Uint8Array[]): readonly Uint8Array[] {
    requireKeys(add);
    let changed = [...members];
    for (const key of remove) {
      if (compare(key, this.#own) === 0 || !includes(changed, key)) throw new MismatchError('NXS-GAD-004', 'the admin, or not a member');
      changed = changed.filter((one) => compare(one, key) !== 0);
    }
    for (const key of add) {
      if (includes(changed, key) || includes(remove, key)) throw new MismatchError('NXS-GAD-004', 'a member already');
      changed.push(key);
    }
    const count = changed.length;
    if (count > GROUP_MEMBER_COUNT) throw new LimitError('NXS-GAD-005', 'more than 100 members', { count });
    return changed.sort(compare);
  }

  #begin({ groupId, ...next }: Omit<Parameters<typeof signGroupState>[0], 'seed'> & { readonly groupId: Uint8Array }): void {
    const state = signGroupState({ ...next, seed: this.#seed }, this.#primitives);
    this.#store({ groupId, state, isKept: false });
    this.#put(state);
  }

  #store(group: StoredGroupState): void {
    this.#groups.set(toHex(group.groupId), group);
    this.putEvent({ type: 'store', group });
  }

  #put(state: Uint8Array): void {
    const { members } = readGroupState(state, this.#primitives);
    const others = members.filter((member) => compare(member, this.#own) !== 0);
    const recipients = others.map((member) => deriveDestinationHash(member, this.#primitives)).sort(compare);
    if (recipients.length > 0) this.putEvent({ type: 'put', recipients, payload: state });
  }
}
