/** Scripts of what NEXUS exports about groups: an admin, and a member who was invited. */
import * as reference from '../../../reference/index.ts';
import { bytes, P, scriptsOf, type Script } from './script.ts';

const ADMIN = reference.deriveNexusIdentity(bytes(32), P).publicKey;
const MEMBER = reference.deriveNexusIdentity(bytes(32, 4), P).publicKey;
const MEMBERS = [ADMIN, MEMBER].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
const copies = (list: readonly Uint8Array[]): Uint8Array[] => list.map((one) => one.slice());
const SIGNING = { seed: bytes(32), nonce: bytes(16, 9), members: MEMBERS };
const STATE = reference.signGroupState({ ...SIGNING, epoch: 0n, entropy: bytes(96, 3) }, P);
const NEXT = reference.signGroupState({ ...SIGNING, epoch: 1n, entropy: bytes(96, 5) }, P);
const GROUP = reference.deriveGroupId(ADMIN, bytes(16, 9), P);
const CONTENT = { kind: 0, created: 5n, messageId: bytes(16), body: bytes(2, 0x61) };
const SEALING = { ...CONTENT, groupId: GROUP, epoch: 0n };
const MESSAGE = reference.sealGroupMessage({ ...SEALING, seed: bytes(32), groupKey: bytes(32, 3), entropy: bytes(16, 1) }, P);
const STORED: readonly reference.GroupRecord[] = [
  { key: 'epoch', epoch: { groupId: GROUP, state: STATE } },
  { key: 'group', group: { groupId: GROUP, standing: 'joined', isFlagged: false, ages: [{ epoch: 0n, ageMs: 7 }] } },
  { key: 'message', message: { hash: bytes(32, 6), payload: bytes(9), publicKey: bytes(32), messageId: bytes(16, 2), created: 5n } },
];

export const GROUP_SCRIPTS: readonly Script[] = [
  ...scriptsOf({
    deriveGroupId: (p) => [bytes(32), bytes(16), p],
    signGroupState: (p) => [
      { ...SIGNING, seed: bytes(32), nonce: bytes(16, 9), members: copies(MEMBERS), epoch: 0n, entropy: bytes(96, 3) },
      p,
    ],
    readGroupState: (p) => [STATE.slice(), p],
    openGroupState: (p) => [{ seed: bytes(32, 4), state: STATE.slice() }, p],
    sealGroupMessage: (p) => [
      {
        ...SEALING,
        groupId: GROUP.slice(),
        messageId: bytes(16),
        body: bytes(2, 0x61),
        seed: bytes(32),
        groupKey: bytes(32, 3),
        entropy: bytes(16, 1),
      },
      p,
    ],
    readGroupMessage: () => [MESSAGE.slice()],
    openGroupMessage: (p) => [{ message: MESSAGE.slice(), state: STATE.slice(), groupKey: bytes(32, 3) }, p],
    runGroupContract: (p) => [{ before: reference.runGroupContract({ state: STATE }, p), state: NEXT.slice() }, p],
  }),
  {
    name: 'GroupAdmin',
    args: (p) => [{ seed: bytes(32) }, p, []],
    calls: [
      ['create', () => [{ nonce: bytes(16, 9), members: [MEMBER.slice()], entropy: bytes(96, 3) }, 1]],
      ['change', () => [{ groupId: GROUP.slice(), add: [], remove: [MEMBER.slice()], entropy: bytes(64, 5) }, 2]],
      ['handleKept', () => [{ groupId: GROUP.slice(), epoch: 1n }, 3]],
      ['resume', () => [4]],
    ],
  },
  {
    name: 'GroupAdmin',
    args: (p) => [{ seed: bytes(32) }, p, [{ groupId: GROUP.slice(), state: STATE.slice(), isKept: false }]],
    calls: [['resume', () => [4]]],
  },
  {
    name: 'GroupMember',
    args: (p) => [{ seed: bytes(32, 4), heldCount: 2, invitationCount: 2 }, p, [], 0],
    calls: [
      ['handleState', () => [{ hash: bytes(32), payload: STATE.slice(), age: 3 }, 1]],
      ['accept', () => [GROUP.slice(), 2]],
      ['handleMessage', () => [{ hash: bytes(32, 2), payload: MESSAGE.slice(), age: 3 }, 3]],
      ['send', () => [{ ...CONTENT, messageId: bytes(16), body: bytes(2, 0x61), groupId: GROUP.slice(), entropy: bytes(16, 2) }, 4]],
    ],
  },
  {
    name: 'GroupMember',
    args: (p) => [{ seed: bytes(32, 4) }, p, [], 0],
    calls: [
      ['handleState', () => [{ hash: bytes(32), payload: STATE.slice(), age: 3 }, 1]],
      ['decline', () => [GROUP.slice(), 2]],
    ],
  },
  {
    name: 'GroupMember',
    args: (p) => [
      { seed: bytes(32, 4) },
      p,
      STORED.map(({ key, group, epoch, message }) => ({
        key,
        ...(group && { group: { ...group, groupId: GROUP.slice() } }),
        ...(epoch && { epoch: { groupId: GROUP.slice(), state: STATE.slice() } }),
        ...(message && { message: { ...message, hash: bytes(32, 6), payload: bytes(9), publicKey: bytes(32), messageId: bytes(16, 2) } }),
      })),
      0,
    ],
    calls: [['handleMessage', () => [{ hash: bytes(32, 2), payload: MESSAGE.slice(), age: 3 }, 3]]],
  },
];
