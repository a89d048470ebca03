/** The cases of messages to groups, and of the contract. */
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { once } from '../../oracle/once.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { ALICE, BOB } from '../identity/people.ts';
import {
  CAROL,
  casesOf,
  contractByHand,
  DAN,
  entriesByHand,
  fillers,
  groupIdByHand,
  keyOf,
  MESSAGE_ID,
  messageByHand,
  NONCE,
  plaintextByHand,
  SALT,
  sealedFor,
  sortedKeys,
  stateByHand,
  THREE,
  U64_MAX,
  type MessageParts,
} from './made.ts';

const other = (length: number): string => toHex(seededBytes('nexus-group-message-other', length));
const groupState = once(() => stateByHand());
const ATTACHMENT = `${'11'.repeat(32)}05000000${'22'.repeat(32)}00000000`;

export function messageCases(batch: Batch): void {
  sealCases(batch);
  readCases(batch);
  openCases(batch);
  contentCases(batch);
  epochCases(batch);
}

function sealCases(batch: Batch): void {
  const usual = {
    seed: BOB.seed,
    groupId: groupIdByHand(),
    epoch: '0',
    groupKey: keyOf(0),
    kind: 0,
    created: '0',
    messageId: MESSAGE_ID,
    body: '6869',
    entropy: SALT,
  };
  const add = casesOf(batch, 'nexus.group.message.seal', usual);
  add('text', 'a text', {}, 'NXS-GMS-001');
  add('empty', 'an empty text', { body: '' }, 'NXS-GMS-001');
  for (const length of [1, 39]) add(`body-${String(length)}`, `${String(length)} bytes`, { kind: 2, body: other(length) }, 'NXS-GMS-004');
  for (const epoch of ['1', '256', U64_MAX]) add(`epoch-${epoch}`, `epoch ${epoch}`, { epoch }, 'NXS-GMS-001');
  for (const created of ['1', '1795824000000', U64_MAX]) add(`created-${created}`, `created at ${created}`, { created }, 'NXS-GMS-010');
  add('another-salt', 'the same with another salt', { entropy: other(16) }, 'NXS-GMS-011');
  add('another-sender', 'the same by another', { seed: CAROL.seed }, 'NXS-GMS-005');
  add('attachment', 'an attachment', { kind: 1, body: ATTACHMENT }, 'NXS-GMS-010');
  add('read', 'a message was read', { kind: 3, body: other(16) }, 'NXS-GMS-010');
  add('leave', 'somebody leaves', { kind: 4, body: other(32) }, 'NXS-GMS-010');
  add('kind-5', 'a kind that is not defined', { kind: 5 }, 'NXS-CNT-005', 'unsupported');
  add('not-utf8', 'a text that is not UTF-8', { body: 'ff' }, 'NXS-CNT-006', 'malformed');
  add('short-leave', 'a group id of 31 bytes', { kind: 4, body: other(31) }, 'NXS-CNT-009', 'truncated', {
    ...usual,
    kind: 4,
    body: other(32),
  });
  add('long-read', 'a message id of 17 bytes', { kind: 3, body: other(17) }, 'NXS-CNT-009', 'trailing', {
    ...usual,
    kind: 3,
    body: other(16),
  });
  for (const length of [0, 15, 17])
    add(
      `message-id-of-${String(length)}`,
      `a message id of ${String(length)} bytes`,
      { messageId: other(length) },
      'NXS-GMS-010',
      'malformed',
    );
  for (const length of [31, 33]) {
    add(`group-id-of-${String(length)}`, `a group id of ${String(length)} bytes`, { groupId: other(length) }, 'NXS-GMS-001', 'malformed');
    add(
      `group-key-of-${String(length)}`,
      `a group key of ${String(length)} bytes`,
      { groupKey: other(length) },
      'NXS-GMS-001',
      'malformed',
    );
  }
}

function readCases(batch: Batch): void {
  const right = messageByHand();
  const read = casesOf(batch, 'nexus.group.message.read', { message: right });
  read('text', 'what everybody sees', {}, 'NXS-GMS-012');
  read('shortest', 'the least that a message has', { message: right.slice(0, 2 * 153) }, 'NXS-GMS-003');
  for (const epoch of ['1', U64_MAX]) read(`epoch-${epoch}`, `epoch ${epoch}`, { message: messageByHand({ epoch }) }, 'NXS-GMS-001');
  for (const cut of [0, 1, 32, 33, 40, 41, 56, 57, 72, 73, 88, 89, 152])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, { message: right.slice(0, 2 * cut) }, 'NXS-GMS-003', 'truncated');
  for (const version of ['00', '02', 'ff'])
    read(`version-${version}`, `version ${version}`, { message: messageByHand({ version }) }, 'NXS-GMS-002', 'unsupported');
}

const usualRead = once(() => ({ message: messageByHand(), state: groupState(), groupKey: keyOf(0) }));

function openCases(batch: Batch): void {
  const open = casesOf(batch, 'nexus.group.message.open', usualRead());
  const refuse = (name: string, title: string, parts: MessageParts, about: string, rejects = 'unauthenticated'): void =>
    open(name, title, { message: messageByHand(parts) }, about, rejects);
  for (const [name, node] of Object.entries({ admin: ALICE, bob: BOB, carol: CAROL }))
    open(name, `by ${name}`, { message: messageByHand({ node }) }, 'NXS-GMS-006');
  refuse('version-2', 'another version', { version: '02' }, 'NXS-GMS-002', 'unsupported');
  open('cut', 'a message of 152 bytes', { message: messageByHand().slice(0, 304) }, 'NXS-GMS-003', 'truncated');
  refuse('another-group', 'of another group', { groupId: groupIdByHand(ALICE, other(16)) }, 'NXS-GMS-007', 'mismatch');
  for (const epoch of ['1', U64_MAX]) refuse(`epoch-${epoch}`, `of epoch ${epoch}`, { epoch, key: keyOf(0) }, 'NXS-GMS-007', 'mismatch');
  refuse('stranger', 'by somebody who is not a member', { node: DAN }, 'NXS-GMS-006', 'unknown');
  refuse('name-of-another', 'in the name of another member', { node: CAROL, sender: BOB }, 'NXS-GMS-005');
  refuse('signed-by-admin', 'signed by the admin for a member', { signer: ALICE }, 'NXS-GMS-005');
  refuse('another-purpose', 'signed for another purpose', { purpose: 'nexus-1 group state' }, 'NXS-GMS-005');
  for (const at of [57, 73, 114]) {
    const message = toHex(fromHex(messageByHand()).map((byte, i) => (i === at ? byte ^ 1 : byte)));
    open(`changed-at-${String(at)}`, `a bit of byte ${String(at)} is another`, { message }, 'NXS-GMS-005', 'unauthenticated');
  }
  const sealed = sealedFor({});
  refuse('changed-ciphertext', 'the ciphertext was changed and signed', { sealed: flipped(sealed, 0) }, 'NXS-GMS-008');
  refuse('changed-tag', 'the tag was changed and signed', { sealed: flipped(sealed, sealed.length / 2 - 1) }, 'NXS-GMS-008');
  refuse('salt-of-another', 'sealed with another salt', { sealed: sealedFor({ salt: other(16) }) }, 'NXS-GMS-008');
  refuse('sealed-by-another', 'sealed by another member', { sealed: sealedFor({ node: CAROL }) }, 'NXS-GMS-008');
  refuse('key-without-context', 'a key that is derived without its context', { sealed: sealedFor({ context: '' }) }, 'NXS-GMS-004');
  for (const length of [31, 33])
    open(
      `group-key-of-${String(length)}`,
      `a group key of ${String(length)} bytes`,
      { groupKey: other(length) },
      'NXS-GMS-001',
      'malformed',
    );
}
const flipped = (hex: string, at: number): string => toHex(fromHex(hex).map((byte, i) => (i === at ? byte ^ 1 : byte)));

function contentCases(batch: Batch): void {
  const open = casesOf(batch, 'nexus.group.message.open', usualRead());
  const of = (plaintext: string): { readonly message: string } => ({ message: messageByHand({ plaintext }) });
  open('empty', 'an empty text', of(plaintextByHand('00', '')), 'NXS-GMS-010');
  open('attachment', 'an attachment', of(plaintextByHand('01', ATTACHMENT)), 'NXS-GMS-010');
  open('application', 'for an application', of(plaintextByHand('02', other(70))), 'NXS-GMS-010');
  open('read', 'a message was read', of(plaintextByHand('03', other(16))), 'NXS-GMS-010');
  open('leave', 'somebody leaves', of(plaintextByHand('04', other(32))), 'NXS-GMS-010');
  for (const created of ['1', '1795824000000', U64_MAX])
    open(`created-${created}`, `created at ${created}`, of(plaintextByHand('00', '6869', created)), 'NXS-GMS-010');
  for (const length of [0, 1, 8, 9, 24])
    open(`plaintext-of-${String(length)}`, `${String(length)} bytes are encrypted`, of('00'.repeat(length)), 'NXS-GMS-010', 'truncated');
  open('kind-5', 'a kind that is not defined', of(plaintextByHand('05', '')), 'NXS-GMS-010', 'unsupported');
  open('not-utf8', 'a text that is not UTF-8', of(plaintextByHand('00', 'c0')), 'NXS-GMS-010', 'malformed');
  open('short-read', 'a message id of 15 bytes', of(plaintextByHand('03', other(15))), 'NXS-GMS-010', 'truncated');
  open('long-leave', 'a group id of 33 bytes', of(plaintextByHand('04', other(33))), 'NXS-GMS-010', 'trailing');
}

/** Who reads what before and after somebody joins, or is removed. */
function epochCases(batch: Batch): void {
  const open = casesOf(batch, 'nexus.group.message.open', usualRead());
  const joined = { members: [...THREE, DAN], epoch: 1 };
  const without = { members: [ALICE, BOB], epoch: 2 };
  const said = messageByHand({ epoch: 2 });
  open(
    'joined',
    'who joins reads what comes after',
    { message: messageByHand({ epoch: 1, node: DAN }), state: stateByHand(joined), groupKey: keyOf(1) },
    'NXS-GMS-009',
  );
  open('before-joining', 'the key of whoever joined later', { groupKey: keyOf(1) }, 'NXS-GMS-009', 'unauthenticated');
  open(
    'before-removal',
    'who is removed reads what came before',
    { message: messageByHand({ epoch: 1 }), state: stateByHand(joined), groupKey: keyOf(1) },
    'NXS-GMS-009',
  );
  const after = { message: said, state: stateByHand(without), groupKey: keyOf(2) };
  open('after-removal', 'the key of whoever was removed', { ...after, groupKey: keyOf(1) }, 'NXS-GMS-009', 'unauthenticated', after);
  open(
    'by-removed',
    'what somebody says who was removed',
    { ...after, message: messageByHand({ epoch: 2, node: CAROL }) },
    'NXS-GMS-006',
    'unknown',
    after,
  );
  const entry = casesOf(batch, 'nexus.group.state.open', { seed: BOB.seed, state: stateByHand(without) });
  entry('removed', 'the state of whoever was removed', { seed: CAROL.seed }, 'NXS-GMS-009', 'unknown');
  entry('not-yet', 'the state before somebody joins', { seed: DAN.seed, state: groupState() }, 'NXS-GMS-009', 'unknown');
}

const contractBefore = once(() => contractByHand(groupState(), sortedKeys(THREE)));

export function contractCases(batch: Batch): void {
  const next = (epoch: number | string): string => stateByHand({ epoch, members: [ALICE, CAROL] });
  const usual = { before: contractBefore(), state: next(1) };
  const run = casesOf(batch, 'nexus.group.contract', usual);
  const first = { state: groupState() };
  const hundred = [...fillers(99), ...entriesByHand({ members: [ALICE] })].sort();
  run('first', 'a group begins', { ...first, before: undefined }, 'NXS-GCT-002');
  for (const epoch of ['1', U64_MAX])
    run(
      `begins-with-${epoch}`,
      `a group that begins with epoch ${epoch}`,
      { before: undefined, state: next(epoch) },
      'NXS-GCT-002',
      'mismatch',
      first,
    );
  run('next', 'the next epoch', {}, 'NXS-GCT-004');
  run('hundred', 'the most members', { state: stateByHand({ epoch: 1, entries: hundred }) }, 'NXS-GCT-001');
  run(
    'hundred-before',
    'the most members before',
    {
      before: contractByHand(
        groupState(),
        Array.from({ length: 100 }, (_, i) => '00'.repeat(31) + (i + 1).toString(16).padStart(2, '0')),
      ),
    },
    'NXS-GCT-006',
  );
  run('one-before', 'one member before', { before: contractBefore().slice(0, 2 * 104) }, 'NXS-GCT-006');
  for (const epoch of ['0', '2', '3', '257', U64_MAX])
    run(`epoch-${epoch}`, `epoch ${epoch} after epoch 0`, { state: next(epoch) }, 'NXS-GCT-004', 'mismatch');
  const at = (epoch: string): string => contractByHand(stateByHand({ epoch }), sortedKeys(THREE));
  run('lower', 'a lower epoch', { before: at('3'), state: next(2) }, 'NXS-GCT-004', 'mismatch', { before: at('3'), state: next(4) });
  run('last', 'the last epoch', { before: at('18446744073709551614'), state: next(U64_MAX) }, 'NXS-GCT-004');
  for (const epoch of ['0', U64_MAX])
    run(`after-last-${epoch}`, 'after the last epoch', { before: at(U64_MAX), state: next(epoch) }, 'NXS-GCT-004', 'mismatch');
  run('another-group', 'of another group', { state: stateByHand({ epoch: 1, nonce: other(16) }) }, 'NXS-GCT-003', 'mismatch');
  run(
    'another-admin',
    'of another admin with the same nonce',
    { state: stateByHand({ epoch: 1, admin: BOB, nonce: NONCE }) },
    'NXS-GCT-003',
    'mismatch',
  );
  run('by-member', 'signed by a member', { state: stateByHand({ epoch: 1, signer: BOB }) }, 'NXS-GCT-005', 'unauthenticated');
  run(
    'taken-over',
    'a member names itself admin',
    { state: stateByHand({ epoch: 1, admin: BOB, groupId: groupIdByHand() }) },
    'NXS-GCT-005',
    'mismatch',
  );
  run('cut-state', 'a state that is cut', { state: next(1).slice(0, -2) }, 'NXS-GCT-005', 'truncated');
  for (const cut of [0, 31, 32, 39, 40, 71, 73, 103, 105])
    run(
      `before-of-${String(cut)}`,
      `${String(cut)} bytes before`,
      { before: contractBefore().slice(0, 2 * cut) },
      'NXS-GCT-006',
      'truncated',
    );
  run('nobody-before', 'nobody before', { before: contractBefore().slice(0, 144) }, 'NXS-GCT-006', 'malformed');
  run('crowd-before', '101 members before', { before: contractBefore().slice(0, 144) + '00'.repeat(32 * 101) }, 'NXS-GCT-006', 'malformed');
}
