import { describe, expect, it } from 'vitest';
import { drain } from '../../kernel/endpoint.ts';
import { LimitError, ProtocolError } from '../../kernel/errors.ts';
import { noblePrimitives as P } from '../../primitives/noble.ts';
import { deriveNexusIdentity } from '../identity/identity.ts';
import { GroupAdmin } from './group-admin.ts';
import { GroupMember } from './group-member.ts';
import type { GroupMemberEvent } from './group-member.ts';
import { sealGroupMessage } from './group-message.ts';
import { deriveGroupId, signGroupState } from './group-state.ts';

const seedOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const [ADMIN, BOB, CAROL] = [seedOf(1), seedOf(2), seedOf(3)] as const;
const keyOf = (seed: Uint8Array): Uint8Array => deriveNexusIdentity(seed, P).publicKey;
const sorted = (seeds: readonly Uint8Array[]): Uint8Array[] => seeds.map(keyOf).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
function stateOf(epoch: bigint, seeds: readonly Uint8Array[], nonce = 0): Uint8Array {
  const entropy = Uint8Array.from({ length: 32 * (seeds.length + 1) }, (_, i) => Number(epoch & 0xffn) + (i >> 5) + nonce);
  return signGroupState({ seed: ADMIN, nonce: new Uint8Array(16).fill(nonce), epoch, members: sorted(seeds), entropy }, P);
}
const groupOf = (nonce: number): Uint8Array => deriveGroupId(keyOf(ADMIN), new Uint8Array(16).fill(nonce), P);
/** An object of its own hash. @param number of the object */
const objectOf = (number: number, payload: Uint8Array, age = 0): { hash: Uint8Array; payload: Uint8Array; age: number } => ({
  hash: Uint8Array.from({ length: 32 }, (_, i) => (i < 2 ? number >> (8 * i) : payload.length & 0xff)),
  payload,
  age,
});
function messageOf(number: number, epoch: bigint, seed = ADMIN): Uint8Array {
  return sealGroupMessage(
    {
      seed,
      groupId: groupOf(0),
      epoch,
      groupKey: seedOf(Number(epoch)),
      kind: 0,
      created: 0n,
      messageId: new Uint8Array(16).fill(number),
      body: new Uint8Array(0),
      entropy: new Uint8Array(16).fill(number),
    },
    P,
  );
}
const named = (events: readonly GroupMemberEvent[]): string[] => events.map(({ type }) => type);

describe('NXS-GMB members', () => {
  it('NXS-GMB-005 hold 64 messages for a group, the first of which gives way', () => {
    const member = new GroupMember({ seed: BOB }, P, [], 0);
    const polled = (): GroupMemberEvent[] => drain(() => member.pollEvent());
    member.handleState(objectOf(0, stateOf(0n, [ADMIN, BOB])), 0);
    polled();
    member.accept(groupOf(0), 0);
    polled();
    for (let number = 1; number <= 65; number++) {
      member.handleMessage(objectOf(number, messageOf(number, 1n)), 0);
      expect(polled()).toEqual([]);
    }
    member.handleState(objectOf(100, stateOf(1n, [ADMIN, BOB])), 0);
    const told = polled().flatMap((event) => (event.type === 'message' ? [event.messageId[0]] : []));
    expect(told).toEqual(Array.from({ length: 64 }, (_, i) => i + 2));
  });
  it('NXS-GMB-016 have 64 invitations at once', () => {
    const member = new GroupMember({ seed: BOB }, P, [], 0);
    const invited = (nonce: number): string[] => {
      member.handleState(objectOf(nonce, stateOf(0n, [ADMIN, BOB], nonce)), 0);
      return named(drain(() => member.pollEvent()));
    };
    for (let nonce = 0; nonce < 64; nonce++) expect(invited(nonce)).toEqual(['store', 'receipt', 'invitation']);
    expect(invited(64)).toEqual(['receipt']);
    member.decline(groupOf(9), 0);
    drain(() => member.pollEvent());
    expect(invited(64)).toEqual(['store', 'receipt', 'invitation']);
  });
  it('NXS-GMB-007 count the time for which a message is held', () => {
    const heard = (heldMs: number): string[] => {
      const member = new GroupMember({ seed: BOB }, P, [], 0);
      const polled = (): string[] => named(drain(() => member.pollEvent()));
      member.handleState(objectOf(0, stateOf(0n, [ADMIN, BOB, CAROL])), 0);
      polled();
      member.accept(groupOf(0), 0);
      polled();
      member.handleMessage(objectOf(1, messageOf(1, 1n, CAROL), 5), 0); // five seconds old, and its epoch is not known yet
      polled();
      member.handleState(objectOf(2, stateOf(2n, [ADMIN, BOB]), 6), heldMs);
      polled();
      member.handleState(objectOf(3, stateOf(1n, [ADMIN, BOB, CAROL])), heldMs);
      return polled();
    };
    expect(heard(999)).toEqual(['store', 'receipt', 'receipt']);
    expect(heard(1000)).toEqual(['store', 'receipt', 'store', 'receipt', 'message']);
  });
  it('NXS-GMB-017 refuse what is given back and is no record', () => {
    for (const stored of [[{}], [{ key: 'group', group: { groupId: groupOf(0) } }], [{ key: 7 }]])
      expect(() => new GroupMember({ seed: BOB }, P, stored as never, 0)).toThrow(ProtocolError);
  });
});

describe('NXS-GAD admins', () => {
  it('NXS-GAD-005 begin no epoch after the last', () => {
    const stored = [{ groupId: groupOf(0), state: stateOf(2n ** 64n - 1n, [ADMIN]), isKept: true }];
    const admin = new GroupAdmin({ seed: ADMIN }, P, stored);
    expect(() => admin.change({ groupId: groupOf(0), add: [], remove: [], entropy: new Uint8Array(64) }, 0)).toThrow(LimitError);
  });
});
