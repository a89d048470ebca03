/**
 * A member of groups.
 *
 *   state of an unknown group   -> stored, receipt, told as an invitation
 *   state of a higher epoch     -> stored, receipt, told; what waited for it is opened
 *   state of a lower epoch      -> stored, receipt
 *   other state of an epoch     -> receipt that says refused, the admin is flagged
 *   message of a known epoch    -> verified, opened, stored, receipt, told
 *   message of another epoch    -> held, without a receipt
 *
 * What comes out is one queue of events, to be done in their order: a receipt lets relays delete, so what it is for is stored
 * first. Relays deliver late and in any order, so no epoch has to follow the one before, and no message the other.
 *
 * Ages are those of objects on arrival, which custodians have added up, and the time since by the clock of the member.
 */
import { compare, toHex } from '../../kernel/bytes.ts';
import { copied } from '../../kernel/copied.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint, drain } from '../../kernel/endpoint.ts';
import { ProtocolError, ReplayError, StateError, UnknownError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { NexusMessageMemory } from '../envelope/message-memory.ts';
import { deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import { GROUP_ID_LENGTH, requireGroupPrimitives } from './fields.ts';
import type { GroupPrimitives } from './fields.ts';
import { CONTENT, openVerified, readGroupMessage, sealGroupMessage, verifyGroupMessage } from './group-message.ts';
import type { GroupContent } from './group-message.ts';
import { RECORD, keyOfEpoch, keyOfMessage } from './group-records.ts';
import type { GroupRecord, StoredGroupMessage } from './group-records.ts';
import { openGroupState, readGroupState } from './group-state.ts';
import type { GroupState } from './group-state.ts';
import { KnownGroup } from './known-group.ts';
import type { DatedArrival, GroupArrival, KnownEpoch } from './known-group.ts';

/** NXS-GMB-005, NXS-GMB-016. */
const COUNT_MAX = 64;
/** The greatest age that a record has. */
const AGE_S_MAX = 0xffff_ffff;

/** The primitives that members use. */
export type GroupMemberPrimitives = GroupPrimitives & DigestPrimitives;
/** How a member is set up. */
export interface GroupMemberOptions {
  /** The member's, 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** Messages that are held for each group, 1 to 64; 64 if absent. */
  readonly heldCount?: number | undefined;
  /** Invitations at once, 1 to 64; 64 if absent. */
  readonly invitationCount?: number | undefined;
}
/** An object for a member. */
export interface GroupObject extends GroupArrival {
  /** Seconds, as its record has it. */
  readonly age: number;
}
/** What a member says to a group. */
export interface GroupSending extends GroupContent {
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  /** The salt: 16 bytes that were never used before. */
  readonly entropy: Uint8Array;
}
/** What a member does, in this order. */
export type GroupMemberEvent =
  /** Is stored before anything that follows is done. */
  | { readonly type: 'store'; readonly records: readonly GroupRecord[] }
  /** A receipt is given; one that says refused has a reason for whoever looks into it. */
  | { readonly type: 'receipt'; readonly hash: Uint8Array; readonly status: 'delivered' | 'refused'; readonly reason?: string }
  | { readonly type: 'invitation'; readonly groupId: Uint8Array; readonly admin: Uint8Array; readonly epoch: bigint }
  | { readonly type: 'joined'; readonly groupId: Uint8Array }
  | { readonly type: 'epoch' | 'removed' | 'fork'; readonly groupId: Uint8Array; readonly epoch: bigint }
  | ({
      readonly type: 'message';
      readonly hash: Uint8Array;
      readonly groupId: Uint8Array;
      readonly epoch: bigint;
      /** The sender's Ed25519 key. */
      readonly publicKey: Uint8Array;
    } & GroupContent)
  /** An object with this payload is put for these ids. */
  | { readonly type: 'put'; readonly recipients: readonly Uint8Array[]; readonly payload: Uint8Array };

const ID = door.copyOfLength(GROUP_ID_LENGTH, 'NXS-GST-001');
const OPTIONS = door.members<GroupMemberOptions>({
  seed: door.copyOfLength(32, 'NXS-IDN-002'),
  heldCount: door.optional(door.between(1, COUNT_MAX)),
  invitationCount: door.optional(door.between(1, COUNT_MAX)),
});
const OBJECT = door.members<GroupObject>({
  hash: door.copyOfLength(32, 'NXS-OBJ-011'),
  payload: door.copy,
  age: door.between(0, AGE_S_MAX),
});
const SENDING = door.members<GroupSending>({ ...CONTENT, groupId: ID, entropy: door.copy });

/** The class of a refusal, or the error itself if it is none. */
function reasonOf(error: unknown): string {
  if (error instanceof ProtocolError && error.rejectClass !== null) return error.rejectClass;
  throw error;
}

/** Belongs to groups. Everything that a call put out is polled before the next call, and done. */
export class GroupMember extends Endpoint<never, GroupMemberEvent> {
  readonly #primitives: GroupMemberPrimitives;
  readonly #seed: Uint8Array;
  /** Ed25519. */
  readonly #own: Uint8Array;
  readonly #heldCount: number;
  readonly #invitationCount: number;
  readonly #groups: Map<string, KnownGroup> = new Map();
  readonly #memory: NexusMessageMemory;
  /** Hashes of the objects whose messages were taken, in hexadecimal digits. */
  readonly #taken: Set<string> = new Set();
  #nowMs: number;
  /** Milliseconds since the member began; a clock that goes back does not turn them back. */
  #elapsedMs = 0;

  /** @param stored what an earlier member stored, the last of each key */
  constructor(options: GroupMemberOptions, primitives: GroupMemberPrimitives, stored: Iterable<GroupRecord>, nowMs: number) {
    super();
    this.requireCallAt(nowMs);
    const { seed, heldCount = COUNT_MAX, invitationCount = COUNT_MAX } = OPTIONS(options, 'options');
    requireGroupPrimitives(primitives);
    primitivesDoor.digest(primitives, 'primitives');
    this.#primitives = primitives;
    this.#seed = seed;
    this.#own = deriveNexusIdentity(seed, primitives).publicKey;
    this.#heldCount = heldCount;
    this.#invitationCount = invitationCount;
    this.#memory = new NexusMessageMemory({}, primitives);
    this.#nowMs = nowMs;
    this.#restore(door.iterable(RECORD)(stored, 'stored'));
  }

  /** @see NXS-GMB-017 */
  #restore(records: readonly GroupRecord[]): void {
    const ages = new Map<string, number>();
    for (const { group } of records) {
      if (group === undefined) continue;
      const known = new KnownGroup(group.groupId);
      known.standing = group.standing;
      known.isFlagged = group.isFlagged;
      this.#groups.set(toHex(group.groupId), known);
      for (const { epoch, ageMs } of group.ages) ages.set(keyOfEpoch(group.groupId, epoch), ageMs);
    }
    for (const { epoch } of records) {
      const group = epoch === undefined ? undefined : this.#groups.get(toHex(epoch.groupId));
      if (epoch === undefined || group === undefined) continue;
      const state = readGroupState(epoch.state, this.#primitives);
      group.add(this.#epochOf(state, epoch.state, -(ages.get(keyOfEpoch(epoch.groupId, state.epoch)) ?? 0)));
    }
    for (const { message } of records) {
      if (message === undefined) continue;
      this.#isNew(message, this.#nowMs);
      this.#taken.add(toHex(message.hash));
    }
  }

  /**
   * Takes the payload of an object that is the state of a group.
   * @see NXS-GMB-003
   */
  handleState(object: GroupObject, nowMs: number): void {
    const arrival = this.#begin(object, nowMs);
    try {
      this.#takeState(arrival);
    } catch (error) {
      this.#refuse(arrival, reasonOf(error)); // NXS-GMB-011
    }
  }

  #takeState(arrival: DatedArrival): void {
    const { payload, bornMs, hash } = arrival;
    const state = readGroupState(payload, this.#primitives);
    const { groupId, epoch, admin } = state;
    const group = this.#groups.get(toHex(groupId));
    const known = group?.epochAt(epoch);
    if (group !== undefined && known !== undefined) {
      if (compare(known.bytes, payload) === 0) this.#confirm(hash);
      else this.#reportFork(group, epoch, arrival);
      return;
    }
    const taken = this.#epochOf(state, payload, bornMs);
    if (group === undefined && taken.groupKey === undefined) throw new UnknownError('NXS-GMB-011', 'an unknown group without an entry');
    const newest = group?.newest();
    const isNewest = newest === undefined || epoch > newest.state.epoch;
    const before = group?.standing;
    const standing = isNewest ? standingIn(taken, before) : before;
    if (standing === 'invited' && before !== 'invited' && this.#invitations() >= this.#invitationCount) {
      this.#refuse(arrival, 'limit'); // NXS-GMB-016
      return;
    }
    const joined = group ?? new KnownGroup(groupId);
    this.#groups.set(toHex(groupId), joined);
    joined.add(taken); // NXS-GMB-009
    joined.standing = standing ?? 'invited';
    if (isNewest) joined.isFlagged = false;
    this.#store([{ key: keyOfEpoch(groupId, epoch), epoch: { groupId, state: payload } }, joined.record(this.#ageOf)]);
    this.#confirm(hash);
    if (isNewest) this.#tellEpoch(joined, before, { groupId, epoch, admin });
    this.#release(joined);
  }

  #tellEpoch(
    { standing }: KnownGroup,
    before: string | undefined,
    { groupId, epoch, admin }: Pick<GroupState, 'groupId' | 'epoch' | 'admin'>,
  ): void {
    if (standing === 'invited') this.putEvent({ type: 'invitation', groupId, admin, epoch });
    else if (standing === 'joined') this.putEvent({ type: 'epoch', groupId, epoch });
    else if (before !== 'removed') this.putEvent({ type: 'removed', groupId, epoch });
  }

  #reportFork(group: KnownGroup, epoch: bigint, arrival: DatedArrival): void {
    const isFirst = !group.isFlagged;
    group.isFlagged = true;
    if (isFirst) this.#store([group.record(this.#ageOf)]);
    this.#refuse(arrival, 'fork'); // NXS-GMB-010
    if (isFirst) this.putEvent({ type: 'fork', groupId: group.groupId, epoch });
  }

  /**
   * Takes the payload of an object that is a message to a group.
   * @see NXS-GMB-004
   */
  handleMessage(object: GroupObject, nowMs: number): void {
    const arrival = this.#begin(object, nowMs);
    try {
      const { groupId } = readGroupMessage(arrival.payload);
      const group = this.#groups.get(toHex(groupId));
      if (group !== undefined) this.#takeMessage(group, arrival); // NXS-GMB-015
    } catch (error) {
      this.#refuse(arrival, reasonOf(error)); // NXS-GMB-013
    }
  }

  #takeMessage(group: KnownGroup, arrival: DatedArrival): void {
    const { hash, payload, bornMs } = arrival;
    if (this.#taken.has(toHex(hash))) {
      this.#confirm(hash); // NXS-GMB-014
      return;
    }
    const { groupId, epoch } = readGroupMessage(payload);
    const known = group.epochAt(epoch); // NXS-GMB-008
    if (known === undefined || group.standing === 'invited') {
      group.hold(arrival, this.#heldCount); // NXS-GMB-001, NXS-GMB-005
      return;
    }
    const publicKey = verifyGroupMessage(payload, known.state, this.#primitives);
    if (!group.isTimely(epoch, publicKey, bornMs)) {
      this.#refuse(arrival, 'stale-epoch');
      return;
    }
    if (known.groupKey === undefined) {
      this.#refuse(arrival, 'unauthenticated'); // NXS-GMB-013
      return;
    }
    const content = openVerified(payload, known.groupKey, this.#primitives);
    const message = { hash, payload, publicKey, messageId: content.messageId, created: content.created };
    const isNew = this.#isNew(message, this.#nowMs);
    this.#taken.add(toHex(hash));
    if (isNew) this.#store([group.record(this.#ageOf), { key: keyOfMessage(hash), message }]);
    this.#confirm(hash);
    if (isNew) this.putEvent({ type: 'message', hash, groupId, epoch, publicKey, ...content });
  }

  /**
   * Accepts an invitation.
   * @throws UnknownError without one
   * @see NXS-GMB-002
   */
  accept(groupId: Uint8Array, nowMs: number): void {
    const group = this.#invitation(groupId, nowMs);
    group.standing = 'joined';
    this.#store([group.record(this.#ageOf)]);
    this.putEvent({ type: 'joined', groupId: group.groupId });
    this.#release(group);
  }

  /**
   * Declines an invitation.
   * @throws UnknownError without one
   * @see NXS-GMB-002
   */
  decline(groupId: Uint8Array, nowMs: number): void {
    const group = this.#invitation(groupId, nowMs);
    this.#groups.delete(toHex(group.groupId));
    this.#store(group.keys().map((key) => ({ key })));
  }

  /**
   * Sends a message with the key of the newest epoch.
   * @throws StateError unless the group was accepted, and its newest epoch has an entry; whatever `sealGroupMessage` throws
   * @see NXS-GMB-018
   */
  send(sending: GroupSending, nowMs: number): void {
    this.#passTo(nowMs);
    const { groupId, ...content } = SENDING(sending, 'sending');
    const group = this.#groups.get(toHex(groupId));
    const newest = group?.newest();
    if (group?.standing !== 'joined' || newest?.groupKey === undefined) throw new StateError('NXS-GMB-018', 'not a member');
    const { groupKey, state } = newest;
    const payload = sealGroupMessage({ ...content, seed: this.#seed, groupId, epoch: state.epoch, groupKey }, this.#primitives);
    const others = state.members.filter((member) => compare(member, this.#own) !== 0);
    const recipients = others.map((member) => deriveDestinationHash(member, this.#primitives)).sort(compare);
    this.putEvent({ type: 'put', recipients, payload });
  }

  #begin(object: GroupObject, nowMs: number): DatedArrival {
    this.#passTo(nowMs);
    const { age, ...arrival } = OBJECT(object, 'object');
    return { ...arrival, bornMs: this.#elapsedMs - 1000 * age };
  }
  #passTo(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#elapsedMs += Math.max(0, nowMs - this.#nowMs);
    this.#nowMs = nowMs;
  }
  readonly #ageOf = (bornMs: number): number => this.#elapsedMs - bornMs;

  #epochOf(state: GroupState, bytes: Uint8Array, bornMs: number): KnownEpoch {
    const isMember = state.members.some((member) => compare(member, this.#own) === 0);
    const groupKey = isMember ? openGroupState({ seed: this.#seed, state: bytes }, this.#primitives) : undefined;
    return { state, bytes, groupKey, bornMs };
  }
  #invitations(): number {
    return [...this.#groups.values()].filter(({ standing }) => standing === 'invited').length;
  }
  #invitation(groupId: Uint8Array, nowMs: number): KnownGroup {
    this.#passTo(nowMs);
    const group = this.#groups.get(toHex(ID(groupId, 'groupId')));
    if (group?.standing !== 'invited') throw new UnknownError('NXS-GMB-002', 'no invitation');
    return group;
  }

  /** Opens what was held, if it can be by now. */
  #release(group: KnownGroup): void {
    for (const arrival of group.takeHeld()) {
      try {
        this.#takeMessage(group, arrival);
      } catch (error) {
        this.#refuse(arrival, reasonOf(error));
      }
    }
  }
  #isNew(message: StoredGroupMessage, nowMs: number): boolean {
    try {
      this.#memory.admit(message, nowMs);
    } catch (error) {
      if (error instanceof ReplayError) return false;
      throw error;
    }
    drain(() => this.#memory.pollEvent());
    return true;
  }
  #store(records: readonly GroupRecord[]): void {
    this.putEvent({ type: 'store', records: copied(records) });
  }
  #confirm(hash: Uint8Array): void {
    this.putEvent({ type: 'receipt', hash, status: 'delivered' });
  }
  #refuse({ hash }: GroupArrival, reason: string): void {
    this.putEvent({ type: 'receipt', hash, status: 'refused', reason });
  }
}

/** @param before undefined if the group was not known */
function standingIn({ groupKey }: KnownEpoch, before: KnownGroup['standing'] | undefined): KnownGroup['standing'] {
  if (groupKey === undefined) return 'removed'; // NXS-GMB-012
  return before === undefined || before === 'removed' ? 'invited' : before;
}
