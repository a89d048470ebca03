/** The cases of states of channels: whose signature is over what, ids, openings, and what may follow. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { casesOf } from '../../generate/cases.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { nodeOf } from '../identity/people.ts';
import { little, ownerOf } from '../object/made.ts';
import {
  A,
  B,
  balancesByHand,
  channelIdByHand,
  KNOWN_ID,
  NO_SIGNATURE,
  NONCE,
  openingByHand,
  signedBy,
  stateByHand,
  type StateParts,
} from './made.ts';

const CAROL = nodeOf(seededBytes('nexus-carol', 32));
const other = (length: number): string => toHex(seededBytes('nexus-channel', length));
const [PARTY_A, PARTY_B] = [ownerOf(A), ownerOf(B)];
const KEYS: JsonObject = { keyA: A.publicKey, keyB: B.publicKey };
const U64_MAX = 2n ** 64n - 1n;

export function channelCases(batch: Batch): void {
  idCases(batch);
  writeCases(batch);
  signCases(batch);
  readCases(batch);
  openingCases(batch);
  followCases(batch);
}

function idCases(batch: Batch): void {
  const id = casesOf(batch, 'nexus.channel.id', { partyA: PARTY_A, partyB: PARTY_B, nonce: NONCE });
  id('known', 'the known id', {}, 'NXS-PCH-008');
  id('other-nonce', 'another nonce', { nonce: '00'.repeat(16) }, 'NXS-PCH-008');
  id('other-party', 'another party', { partyB: 'ff'.repeat(16) }, 'NXS-PCH-008');
  id('turned', 'the parties the other way round', { partyA: PARTY_B, partyB: PARTY_A }, 'NXS-PCH-003', 'non-canonical');
  id('alone', 'one party twice', { partyB: PARTY_A }, 'NXS-PCH-003', 'non-canonical');
  id(
    'last-byte',
    'parties that differ in their last byte',
    { partyA: `${'aa'.repeat(15)}01`, partyB: `${'aa'.repeat(15)}02` },
    'NXS-PCH-003',
  );
  id(
    'last-byte-turned',
    'parties that differ in their last byte, turned',
    { partyA: `${'aa'.repeat(15)}02`, partyB: `${'aa'.repeat(15)}01` },
    'NXS-PCH-003',
    'non-canonical',
  );
  id('first-byte', 'parties whose first byte tells', { partyA: `01${'ff'.repeat(15)}`, partyB: `02${'00'.repeat(15)}` }, 'NXS-PCH-003');
  for (const member of ['partyA', 'partyB', 'nonce'])
    for (const length of [0, 15, 17])
      id(`${member}-of-${String(length)}`, `${String(length)} bytes`, { [member]: other(length) }, 'NXS-PCH-008', 'malformed');
}

function writeCases(batch: Batch): void {
  const usual: JsonObject = { channelId: KNOWN_ID, partyA: PARTY_A, partyB: PARTY_B, balanceA: '1000', balanceB: '500', sequence: '0' };
  const write = casesOf(batch, 'nexus.channel.write', usual);
  const balances = balancesByHand();
  const [signatureA, signatureB] = [signedBy(A, balances), signedBy(B, balances)];
  write('unsigned', 'a state that is to be signed', {}, 'NXS-PCH-006');
  write('by-a', 'a proposal of a', { signatureA }, 'NXS-PCH-006');
  write('by-b', 'a proposal of b', { signatureB }, 'NXS-PCH-006');
  write('by-both', 'a state that both have signed', { signatureA, signatureB }, 'NXS-PCH-001');
  for (const member of ['balanceA', 'balanceB', 'sequence'])
    for (const value of ['0', '256', String(U64_MAX)])
      write(`${member}-${value}`, `${member} ${value}`, { [member]: value }, 'NXS-PCH-002');
  for (const member of ['channelId', 'partyA', 'partyB'])
    for (const length of [0, 15, 17])
      write(`${member}-of-${String(length)}`, `${String(length)} bytes`, { [member]: other(length) }, 'NXS-PCH-002', 'malformed');
  for (const member of ['signatureA', 'signatureB'])
    for (const length of [0, 63, 65])
      write(
        `${member}-of-${String(length)}`,
        `a signature of ${String(length)} bytes`,
        { [member]: other(length) },
        'NXS-PCH-002',
        'malformed',
      );
  write('turned', 'the parties the other way round', { partyA: PARTY_B, partyB: PARTY_A }, 'NXS-PCH-003', 'non-canonical');
  write('alone', 'one party twice', { partyB: PARTY_A }, 'NXS-PCH-003', 'non-canonical');
}

function signCases(batch: Batch): void {
  const unsigned = `${balancesByHand()}${NO_SIGNATURE}${NO_SIGNATURE}`;
  const sign = casesOf(batch, 'nexus.channel.sign', { seed: A.seed, state: unsigned });
  sign('a', 'signed by a', {}, 'NXS-PCH-005');
  sign('b', 'signed by b', { seed: B.seed }, 'NXS-PCH-005');
  sign(
    'signed-already',
    'a state that the other has signed',
    { state: `${balancesByHand()}${NO_SIGNATURE}${signedBy(B, balancesByHand())}` },
    'NXS-PCH-005',
  );
  sign('stranger', 'signed by somebody else', { seed: CAROL.seed }, 'NXS-PCH-007', 'mismatch');
  sign(
    'turned',
    'the parties the other way round',
    { state: `${balancesByHand({ partyA: PARTY_B, partyB: PARTY_A })}${NO_SIGNATURE}${NO_SIGNATURE}` },
    'NXS-PCH-003',
    'non-canonical',
  );
  sign('of-72', 'the 72 bytes alone', { state: balancesByHand() }, 'NXS-PCH-004', 'truncated');
  sign('of-201', '201 bytes', { state: `${unsigned}00` }, 'NXS-PCH-004', 'trailing');
}

function readCases(batch: Batch): void {
  const whole = stateByHand();
  const read = casesOf(batch, 'nexus.channel.read', { ...KEYS, state: whole });
  const balances = balancesByHand();
  const [byA, byB] = [signedBy(A, balances), signedBy(B, balances)];
  read('both', 'a state that both have signed', {}, 'NXS-PCH-001');
  read('by-a', 'a proposal of a', { state: `${balances}${byA}${NO_SIGNATURE}` }, 'NXS-PCH-006');
  read('by-b', 'a proposal of b', { state: `${balances}${NO_SIGNATURE}${byB}` }, 'NXS-PCH-006');
  const most: StateParts = { balanceA: 'ff'.repeat(8), balanceB: 'ff'.repeat(8), sequence: 'ff'.repeat(8) };
  read('highest', 'the greatest numbers', { state: stateByHand(most) }, 'NXS-PCH-001');
  const bad = (name: string, title: string, state: string, about = 'NXS-PCH-006'): void =>
    read(name, title, { state }, about, 'unauthenticated');
  bad('unsigned', 'a state that nobody has signed', `${balances}${NO_SIGNATURE}${NO_SIGNATURE}`);
  bad('swapped', 'the signatures swapped', `${balances}${byB}${byA}`);
  bad('a-twice', 'the signature of a twice', `${balances}${byA}${byA}`);
  bad('b-twice', 'the signature of b twice', `${balances}${byB}${byB}`);
  bad('one-bit', 'a bit in place of a signature', `${balances}${byA}${NO_SIGNATURE.slice(0, -2)}01`);
  bad(
    '80-signed',
    'both signed 80 bytes',
    `${balances}${signedBy(A, `${balances}${'00'.repeat(8)}`)}${signedBy(B, `${balances}${'00'.repeat(8)}`)}`,
    'NXS-PCH-005',
  );
  bad(
    '80-signed-by-b',
    'b signed 80 bytes, of which 8 are of the signature of a',
    `${balances}${byA}${signedBy(B, `${balances}${byA.slice(0, 16)}`)}`,
    'NXS-PCH-005',
  );
  bad(
    '64-signed',
    'a signed 64 bytes, without the sequence number',
    `${balances}${signedBy(A, balances.slice(0, 128))}${byB}`,
    'NXS-PCH-005',
  );
  bad('all-signed', 'b signed the signature of a as well', `${balances}${byA}${signedBy(B, `${balances}${byA}`)}`, 'NXS-PCH-005');
  bad('other-purpose', 'signed for a settlement', `${balances}${signedBy(A, balances, 'nexus-1 settle')}${byB}`, 'NXS-PCH-005');
  for (const [name, parts] of [
    ['id', { channelId: '00'.repeat(16) }],
    ['balance-a', { balanceA: little(1001, 8) }],
    ['balance-b', { balanceB: little(499, 8) }],
    ['sequence', { sequence: little(2, 8) }],
  ] as const)
    bad(`other-${name}`, `another ${name} than was signed`, `${balancesByHand(parts)}${byA}${byB}`, 'NXS-PCH-005');
  const foreign = (name: string, title: string, changes: JsonObject): void => read(name, title, changes, 'NXS-PCH-007', 'mismatch');
  foreign('other-key-a', 'the key of another as a', { keyA: CAROL.publicKey });
  foreign('other-key-b', 'the key of another as b', { keyB: CAROL.publicKey });
  foreign('keys-swapped', 'the keys swapped', { keyA: B.publicKey, keyB: A.publicKey });
  read(
    'turned',
    'the parties the other way round',
    { state: stateByHand({ partyA: PARTY_B, partyB: PARTY_A }) },
    'NXS-PCH-003',
    'non-canonical',
  );
  read('alone', 'one party twice', { state: stateByHand({ partyB: PARTY_A }) }, 'NXS-PCH-003', 'non-canonical');
  for (const cut of [0, 15, 16, 31, 32, 47, 48, 55, 56, 63, 64, 71, 72, 135, 136, 199])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, { state: whole.slice(0, 2 * cut) }, 'NXS-PCH-004', 'truncated');
  read('of-201', '201 bytes', { state: `${whole}00` }, 'NXS-PCH-004', 'trailing');
  for (const member of ['keyA', 'keyB'])
    for (const length of [0, 31, 33])
      read(`${member}-of-${String(length)}`, `a key of ${String(length)} bytes`, { [member]: other(length) }, 'NXS-IDN-006', 'malformed');
}

function openingCases(batch: Batch): void {
  const usual: JsonObject = { nonce: NONCE, ...KEYS, state: stateByHand() };
  const write = casesOf(batch, 'nexus.channel.opening', usual);
  const first = balancesByHand();
  write('both', 'an opening that both have signed', {}, 'NXS-PCH-009');
  write('by-a', 'an opening that a proposes', { state: `${first}${signedBy(A, first)}${NO_SIGNATURE}` }, 'NXS-PCH-009');
  for (const length of [0, 15, 17])
    write(`nonce-of-${String(length)}`, `a nonce of ${String(length)} bytes`, { nonce: other(length) }, 'NXS-PCH-008', 'malformed');
  write('second', 'a state with number 2', { state: stateByHand({ sequence: little(2, 8) }) }, 'NXS-PCH-009', 'malformed');
  write('other-id', 'another id', { state: stateByHand({ channelId: '00'.repeat(16) }) }, 'NXS-PCH-009', 'mismatch');
  write(
    'unsigned',
    'an opening that nobody has signed',
    { state: `${first}${NO_SIGNATURE}${NO_SIGNATURE}` },
    'NXS-PCH-006',
    'unauthenticated',
  );
  const right = openingByHand();
  const read = casesOf(batch, 'nexus.channel.opened', { body: right });
  read('both', 'an opening that both have signed', {}, 'NXS-PCH-009');
  read(
    'empty',
    'an opening without money',
    { body: openingByHand(stateByHand({ balanceA: little(0, 8), balanceB: little(0, 8) })) },
    'NXS-PCH-009',
  );
  for (const sequence of [1n, 2n, 256n, U64_MAX])
    read(
      `number-${String(sequence)}`,
      `a state with number ${String(sequence)}`,
      { body: openingByHand(stateByHand({ sequence: little(sequence, 8) })) },
      'NXS-PCH-009',
      'malformed',
    );
  read('other-nonce', 'another nonce', { body: openingByHand(stateByHand(), `${NONCE.slice(0, -2)}00`) }, 'NXS-PCH-009', 'mismatch');
  read(
    'other-last-byte',
    'an id with another last byte',
    { body: openingByHand(stateByHand({ channelId: `${KNOWN_ID.slice(0, -2)}00` })) },
    'NXS-PCH-009',
    'mismatch',
  );
  const stranger = `${NONCE}${A.publicKey}${CAROL.publicKey}${stateByHand()}`;
  read('other-key', 'the key of another', { body: stranger }, 'NXS-PCH-007', 'mismatch');
  for (const cut of [0, 15, 16, 47, 48, 79, 80, 279])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, { body: right.slice(0, 2 * cut) }, 'NXS-PCH-010', 'truncated');
  read('of-281', '281 bytes', { body: `${right}00` }, 'NXS-PCH-010', 'trailing');
  if (channelIdByHand(PARTY_A, PARTY_B, NONCE) !== KNOWN_ID) throw new Error('the known id is another');
}

function followCases(batch: Batch): void {
  const before = stateByHand({ sequence: little(2, 8) });
  const after = (balanceA: bigint, balanceB: bigint, sequence: bigint, parts: StateParts = {}): JsonObject => ({
    after: stateByHand({ balanceA: little(balanceA, 8), balanceB: little(balanceB, 8), sequence: little(sequence, 8), ...parts }),
  });
  const usual: JsonObject = { before, ...after(995n, 505n, 4n), proposer: 'a' };
  const follow = casesOf(batch, 'nexus.channel.follows', usual);
  follow('a-pays', 'a pays 5', {}, 'NXS-PCH-011');
  follow('b-pays', 'b pays 5', { ...after(1005n, 495n, 3n), proposer: 'b' }, 'NXS-PCH-011');
  follow('nothing-moves', 'no balance changes', after(1000n, 500n, 4n), 'NXS-PCH-011');
  follow('all-to-b', 'a pays everything', after(0n, 1500n, 4n), 'NXS-PCH-011');
  follow('numbers-left-out', 'numbers are left out', after(995n, 505n, 1000n), 'NXS-PCH-011');
  follow('highest', 'the highest even number', after(995n, 505n, U64_MAX - 1n), 'NXS-PCH-012');
  const refuse = (name: string, title: string, changes: JsonObject, rejects = 'mismatch', about = 'NXS-PCH-011'): void =>
    follow(name, title, changes, about, rejects);
  refuse('money-made', 'more than there was', after(1000n, 501n, 4n));
  refuse('money-lost', 'less than there was', after(999n, 500n, 4n));
  refuse('money-lost-in-u64', 'a sum that is the same modulo 2^64', after(1501n, U64_MAX, 4n));
  refuse('other-channel', 'another channel', after(995n, 505n, 4n, { channelId: '00'.repeat(16) }));
  refuse('other-party', 'another party', after(995n, 505n, 4n, { partyB: 'ff'.repeat(16) }));
  refuse('same-number', 'the same number', after(995n, 505n, 2n), 'replayed');
  refuse('lower-number', 'a lower number', after(995n, 505n, 0n), 'replayed');
  refuse(
    'lower-last-byte',
    'a number that is lower in its last byte',
    { before: stateByHand({ sequence: little(256n, 8) }), ...after(995n, 505n, 4n) },
    'replayed',
  );
  refuse('odd-of-a', 'an odd number of a', after(995n, 505n, 3n), 'mismatch', 'NXS-PCH-012');
  refuse('even-of-b', 'an even number of b', { proposer: 'b' }, 'mismatch', 'NXS-PCH-012');
  refuse(
    'turned',
    'the parties the other way round',
    { before: turned(before), after: turned(String(usual['after'])) },
    'non-canonical',
    'NXS-PCH-003',
  );
  refuse('cut', 'a state of 199 bytes', { after: String(usual['after']).slice(0, -2) }, 'truncated', 'NXS-PCH-004');
  refuse('long', 'a state of 201 bytes', { after: `${String(usual['after'])}00` }, 'trailing', 'NXS-PCH-004');
}
function turned(state: string): string {
  const bytes = fromHex(state);
  return toHex(Uint8Array.from([...bytes.slice(0, 16), ...bytes.slice(32, 48), ...bytes.slice(16, 32), ...bytes.slice(48)]));
}
