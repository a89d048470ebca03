/** The cases of states of groups. */
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { once } from '../../oracle/once.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { ALICE, BOB, type Node } from '../identity/people.ts';
import {
  CAROL,
  casesOf,
  crowd,
  DAN,
  entriesByHand,
  entropyOf,
  entryByHand,
  fillers,
  groupIdByHand,
  keyOf,
  NONCE,
  sortedKeys,
  stateByHand,
  THREE,
  U64_MAX,
} from './made.ts';

const other = (length: number): string => toHex(seededBytes('nexus-group-other', length));
const right = once(() => stateByHand());
/** The keys of both small orders that have an encoding everybody knows: y = 1 and y = -1. */
const SMALL = ['0100000000000000000000000000000000000000000000000000000000000000', `ec${'ff'.repeat(30)}7f`];

export function stateCases(batch: Batch): void {
  idCases(batch);
  signCases(batch);
  readCases(batch);
  authorityCases(batch);
  openCases(batch);
  attackCases(batch);
}

function idCases(batch: Batch): void {
  const add = casesOf(batch, 'nexus.group.id', { admin: ALICE.publicKey, nonce: NONCE });
  add('group', 'the id of a group', {}, 'NXS-GST-003');
  add('another-admin', 'of another admin', { admin: BOB.publicKey }, 'NXS-GST-003');
  add('zero-nonce', 'with a nonce of zeros', { nonce: '00'.repeat(16) }, 'NXS-GST-003');
  for (const length of [0, 15, 17])
    add(`nonce-of-${String(length)}`, `a nonce of ${String(length)} bytes`, { nonce: other(length) }, 'NXS-GST-001', 'malformed');
  for (const length of [31, 33])
    add(`admin-of-${String(length)}`, `a key of ${String(length)} bytes`, { admin: other(length) }, 'NXS-GST-001', 'malformed');
}

const signing = (members: readonly Node[], epoch = '0'): { readonly [name: string]: string | readonly string[] } => ({
  seed: ALICE.seed,
  nonce: NONCE,
  epoch,
  members: sortedKeys(members),
  entropy: entropyOf(epoch, members.length),
});

function signCases(batch: Batch): void {
  const add = casesOf(batch, 'nexus.group.state.sign', { ...signing(THREE) });
  for (const count of [1, 2]) add(`members-${String(count)}`, `${String(count)} members`, signing(crowd(count)), 'NXS-GST-004');
  add('members-3', 'three members', {}, 'NXS-GST-001');
  add('members-101', 'one member too many', { members: sortedKeys(crowd(101)) }, 'NXS-GST-004', 'malformed');
  add('members-0', 'nobody', { members: [], entropy: entropyOf(0, 0) }, 'NXS-GST-004', 'malformed');
  for (const epoch of ['1', U64_MAX]) add(`epoch-${epoch}`, `epoch ${epoch}`, signing(THREE, epoch), 'NXS-GST-001');
  const [first = '', second = '', third = ''] = sortedKeys(THREE);
  add('another-key', 'another key, and other secrets', { entropy: entropyOf('another', 3) }, 'NXS-GST-009');
  add('swapped', 'two members in the other order', { members: [first, third, second] }, 'NXS-GST-005', 'non-canonical');
  add('twice', 'a member twice', { members: [first, second, second] }, 'NXS-GST-005', 'non-canonical');
  add('without-admin', 'the admin is not among them', signing([BOB, CAROL, DAN]), 'NXS-GST-006', 'malformed');
  for (const length of [0, 15, 17])
    add(`nonce-of-${String(length)}`, `a nonce of ${String(length)} bytes`, { nonce: other(length) }, 'NXS-GST-001', 'malformed');
  for (const [i, small] of SMALL.entries())
    add(
      `key-of-small-order-${String(i)}`,
      'a key of small order',
      { members: [...sortedKeys([ALICE, BOB]), small].sort() },
      'NXS-GST-012',
      'malformed',
    );
  for (const key of [first.slice(2), `${first}00`])
    add(`key-of-${String(key.length / 2)}`, 'a key of another length', { members: [key, second, third] }, 'NXS-GST-012', 'malformed');
}

function readCases(batch: Batch): void {
  const usual = { state: right() };
  const read = casesOf(batch, 'nexus.group.state.read', usual);
  read('members-3', 'three members, whom everybody sees', {}, 'NXS-GST-014');
  for (const count of [1, 2])
    read(`members-${String(count)}`, `${String(count)} members`, { state: stateByHand({ members: crowd(count) }) }, 'NXS-GST-004');
  read(
    'members-100',
    'the most members',
    { state: stateByHand({ entries: [...fillers(99), ...entriesByHand({ members: [ALICE] })].sort() }) },
    'NXS-GST-004',
  );
  read(
    'members-101',
    'one member too many',
    { state: stateByHand({ entries: [...fillers(100), ...entriesByHand({ members: [ALICE] })].sort() }) },
    'NXS-GST-004',
    'malformed',
  );
  read('members-0', 'nobody', { state: stateByHand({ entries: [] }) }, 'NXS-GST-004', 'malformed');
  for (const epoch of ['1', '256', U64_MAX]) read(`epoch-${epoch}`, `epoch ${epoch}`, { state: stateByHand({ epoch }) }, 'NXS-GST-001');
  for (const version of ['00', '02', 'ff'])
    read(`version-${version}`, `version ${version}`, { state: stateByHand({ version }) }, 'NXS-GST-002', 'unsupported');
  for (const cut of [0, 1, 32, 33, 40, 41, 72, 73, 88, 89, 90, 201, 202, 426, 457, 458, 521])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, { state: right().slice(0, 2 * cut) }, 'NXS-GST-007', 'truncated');
  read('trailing', 'a byte more', { state: `${right()}00` }, 'NXS-GST-007', 'trailing');
  read('one-more-counted', 'an entry less than is counted', { state: stateByHand({ count: 4 }) }, 'NXS-GST-007', 'truncated');
  read('one-less-counted', 'an entry more than is counted', { state: stateByHand({ count: 2 }) }, 'NXS-GST-007', 'trailing');
  const [first = '', second = '', third = ''] = entriesByHand({});
  read('swapped', 'entries in another order', { state: stateByHand({ entries: [first, third, second] }) }, 'NXS-GST-005', 'non-canonical');
  read('twice', 'an entry twice', { state: stateByHand({ entries: [first, second, second] }) }, 'NXS-GST-005', 'non-canonical');
  read('without-admin', 'the admin is not among them', { state: stateByHand({ members: [BOB, CAROL] }) }, 'NXS-GST-006', 'malformed');
  closeKeys().forEach((entries, i) => {
    read(`close-keys-${String(i)}`, 'keys that differ in one byte', { state: stateByHand({ entries }) }, 'NXS-GST-005');
    read(
      `close-keys-swapped-${String(i)}`,
      'in the other order',
      { state: stateByHand({ entries: [...entries].reverse() }) },
      'NXS-GST-005',
      'non-canonical',
    );
  });
}

/** Entries of the admin and of a key that differs in the first, a middle or the last byte. */
function closeKeys(): string[][] {
  const [own = ''] = entriesByHand({ members: [ALICE] });
  return [0, 16, 31].map((at) => [own, toHex(fromHex(own).map((byte, i) => (i === at ? (byte + 1) & 0xff : byte)))].sort());
}

function authorityCases(batch: Batch): void {
  const add = casesOf(batch, 'nexus.group.state.read', { state: right() });
  const refuse = (name: string, title: string, state: string, about: string, rejects: string): void =>
    add(name, title, { state }, about, rejects);
  refuse(
    'another-nonce',
    'a nonce that does not give the id',
    stateByHand({ groupId: groupIdByHand(), nonce: other(16) }),
    'NXS-GST-003',
    'mismatch',
  );
  refuse('another-admin', 'the group of another admin', stateByHand({ admin: BOB, groupId: groupIdByHand() }), 'NXS-GST-003', 'mismatch');
  refuse('id-of-nothing', 'an id of zeros', stateByHand({ groupId: '00'.repeat(32) }), 'NXS-GST-003', 'mismatch');
  refuse('signed-by-member', 'a member signs', stateByHand({ signer: BOB }), 'NXS-GST-008', 'unauthenticated');
  refuse('another-purpose', 'for another purpose', stateByHand({ purpose: 'nexus-1 group message' }), 'NXS-GST-008', 'unauthenticated');
  for (const [name, at] of [
    ['epoch', 33],
    ['envelope', 122],
    ['last-envelope', 425],
    ['key-check', 426],
    ['signature', 458],
    ['end', 521],
  ] as const) {
    const state = toHex(fromHex(right()).map((byte, i) => (i === at ? byte ^ 1 : byte)));
    refuse(`changed-${name}`, `a bit of byte ${String(at)} is another`, state, 'NXS-GST-008', 'unauthenticated');
  }
}

function openCases(batch: Batch): void {
  const usual = { seed: BOB.seed, state: right() };
  const open = casesOf(batch, 'nexus.group.state.open', usual);
  for (const [name, { seed }] of Object.entries({ admin: ALICE, bob: BOB, carol: CAROL }))
    open(name, `${name} opens the entry`, { seed }, 'NXS-GST-009');
  open('next-epoch', 'in another epoch', { state: stateByHand({ epoch: 1, members: [...THREE, DAN] }), seed: DAN.seed }, 'NXS-GST-009');
  open('alone', 'a group of one', { seed: ALICE.seed, state: stateByHand({ members: [ALICE] }) }, 'NXS-GST-009');
  open('stranger', 'somebody who is not a member', { seed: DAN.seed }, 'NXS-GST-011', 'unknown');
  open('unsigned', 'a state that does not verify', { state: stateByHand({ signer: CAROL }) }, 'NXS-GST-008', 'unauthenticated');
  const [first = '', second = '', third = ''] = entriesByHand({});
  const mixed = [first, `${second.slice(0, 64)}${third.slice(64)}`, `${third.slice(0, 64)}${second.slice(64)}`];
  open(
    'envelope-of-another',
    'the envelope of another member',
    { seed: seedOf(second), state: stateByHand({ entries: mixed }) },
    'NXS-GST-009',
    'unauthenticated',
  );
  open(
    'low-order-envelope',
    'an envelope with a key of small order',
    { seed: seedOf(first), state: stateByHand({ entries: [`${first.slice(0, 64)}${'00'.repeat(80)}`, second, third] }) },
    'NXS-GST-009',
    'unauthenticated',
  );
  open('another-check', 'a key check of another key', { state: stateByHand({ keyCheck: other(32) }) }, 'NXS-GST-010', 'unauthenticated');
  open(
    'check-as-hash',
    'a key check that is not derived',
    { state: stateByHand({ keyCheck: keyOf(0) }) },
    'NXS-GST-010',
    'unauthenticated',
  );
}
function seedOf(entry: string): string {
  return THREE.find(({ publicKey }) => entry.startsWith(publicKey))?.seed ?? '';
}

function attackCases(batch: Batch): void {
  const usual = { seed: BOB.seed, state: right() };
  const open = casesOf(batch, 'nexus.group.state.open', usual);
  const refuse = (name: string, title: string, seed: string, state: string, about: string): void =>
    open(name, title, { seed, state }, about, 'unauthenticated');
  // Bob copies what Alice made into a group of his own, or she copies it into her next epoch.
  const copied = entriesByHand({});
  const entropy = entropyOf(0, 3);
  refuse(
    'copied-by-another-admin',
    'entries of another admin',
    CAROL.seed,
    stateByHand({ admin: BOB, entries: copied, entropy }),
    'NXS-GST-013',
  );
  refuse(
    'copied-to-another-group',
    'entries of another group of the admin',
    CAROL.seed,
    stateByHand({ nonce: other(16), entries: copied, entropy }),
    'NXS-GST-013',
  );
  refuse(
    'copied-to-next-epoch',
    'entries of the epoch before',
    CAROL.seed,
    stateByHand({ epoch: 1, entries: copied, entropy }),
    'NXS-GST-013',
  );
  const groupId = groupIdByHand();
  refuse('without-group', 'an envelope that names no group', BOB.seed, stateByHand({ sealedFor: { groupId: '' } }), 'NXS-GST-013');
  // Carol gets another key than the others.
  const keys = THREE.map((member, i) =>
    entryByHand(member, member === CAROL ? keyOf(9) : keyOf(0), entropyOf('two', 4).slice(64 * i, 64 * i + 64), groupId, 0),
  );
  const two = stateByHand({ entries: keys.sort() });
  open('others-with-one-key', 'a member who has the key of the others', { state: two }, 'NXS-GST-010');
  refuse('different-keys', 'a member who was given another key than the others', CAROL.seed, two, 'NXS-GST-010');
}
