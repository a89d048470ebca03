/** What a member knows of one group: its epochs, their ages, and the messages that wait for one. */
import { compare } from '../../kernel/bytes.ts';
import type { GroupState } from './group-state.ts';
import type { GroupRecord, GroupStanding } from './group-records.ts';
import { keyOfEpoch, keyOfGroup } from './group-records.ts';

/** An object that came. */
export interface GroupArrival {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  readonly payload: Uint8Array;
}
/** With the moment at which its age would have been 0, by the clock of the member; below 0 for what came with an age. */
export interface DatedArrival extends GroupArrival {
  readonly bornMs: number;
}
/** The state of an epoch. */
export interface KnownEpoch {
  readonly state: GroupState;
  readonly bytes: Uint8Array;
  /** 32 bytes; undefined in an epoch without an entry. */
  readonly groupKey: Uint8Array | undefined;
  /** Of its object, as with arrivals. */
  readonly bornMs: number;
}

/** A group, as a member knows it. */
export class KnownGroup {
  readonly groupId: Uint8Array;
  standing: GroupStanding = 'invited';
  isFlagged = false;
  readonly #epochs: Map<bigint, KnownEpoch> = new Map();
  /** The first one came first. */
  #held: DatedArrival[] = [];

  constructor(groupId: Uint8Array) {
    this.groupId = groupId;
  }

  epochAt(epoch: bigint): KnownEpoch | undefined {
    return this.#epochs.get(epoch);
  }
  add(epoch: KnownEpoch): void {
    this.#epochs.set(epoch.state.epoch, epoch);
  }
  /** The highest epoch. */
  newest(): KnownEpoch | undefined {
    return this.#inOrder().at(-1);
  }
  #inOrder(): KnownEpoch[] {
    return [...this.#epochs.values()].sort((a, b) => (a.state.epoch < b.state.epoch ? -1 : 1));
  }

  /**
   * Whether the sender of a message of an epoch may still be heard.
   * @param bornMs of the message
   * @see NXS-GMB-006
   */
  isTimely(epoch: bigint, publicKey: Uint8Array, bornMs: number): boolean {
    const isIn = ({ state }: KnownEpoch): boolean => state.members.some((member) => compare(member, publicKey) === 0);
    const later = this.#inOrder().filter(({ state }) => state.epoch > epoch);
    const newest = later.at(-1);
    if (newest === undefined || isIn(newest)) return true;
    const removal = later.find((one) => !isIn(one)) ?? newest;
    return bornMs <= removal.bornMs; // NXS-GMB-007
  }

  /** Holds a message until its epoch is known. @see NXS-GMB-005 */
  hold(message: DatedArrival, heldCount: number): void {
    if (this.#held.some(({ hash }) => compare(hash, message.hash) === 0)) return;
    if (this.#held.length >= heldCount) this.#held.shift();
    this.#held.push(message);
  }
  /** All messages that are held, which then are not any more. */
  takeHeld(): readonly DatedArrival[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  /** What is stored of the group. @param ageOf the age, in milliseconds, of what has a moment of birth */
  record(ageOf: (bornMs: number) => number): GroupRecord {
    const { groupId, standing, isFlagged } = this;
    const ages = this.#inOrder().map(({ state: { epoch }, bornMs }) => ({ epoch, ageMs: ageOf(bornMs) }));
    return { key: keyOfGroup(groupId), group: { groupId, standing, isFlagged, ages } };
  }
  /** The keys of everything that is stored of the group. */
  keys(): readonly string[] {
    return [...this.#inOrder().map(({ state }) => keyOfEpoch(this.groupId, state.epoch)), keyOfGroup(this.groupId)];
  }
}
