/** The cases of proposals, updates, terms, claims and settlements. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { casesOf, type AddCase } from '../../generate/cases.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { nodeOf } from '../identity/people.ts';
import { little, ownerOf } from '../object/made.ts';
import { prove } from './ecvrf.ts';
import {
  A,
  B,
  balancesByHand,
  KNOWN_ID,
  NO_SIGNATURE,
  pricesByHand,
  proposalByHand,
  settledByHand,
  settlementByHand,
  settlementSignedBy,
  signedBy,
  stateByHand,
  termsByHand,
} from './made.ts';

const CAROL = nodeOf(seededBytes('nexus-carol', 32));
const KEYS: JsonObject = { keyA: A.publicKey, keyB: B.publicKey };
const U64_MAX = 2n ** 64n - 1n;
const HALF = 2n ** 63n;
const OBJECT = toHex(seededBytes('nexus-paid-object', 32));
const ZEROS = '00'.repeat(32);
const other = (length: number): string => toHex(seededBytes('nexus-payment-record', length));
const [PARTY_A, PARTY_B] = [ownerOf(A), ownerOf(B)];

export function recordCases(batch: Batch): void {
  proposalCases(batch);
  updateCases(batch);
  paidCases(batch);
  termsCases(batch);
  custodyCases(batch);
  claimCases(batch);
  settlementCases(batch);
}

function cuts(add: AddCase, member: string, whole: string, at: readonly number[], about: string): void {
  for (const cut of at) add(`cut-at-${String(cut)}`, `${String(cut)} bytes`, { [member]: whole.slice(0, 2 * cut) }, about, 'truncated');
  const more = whole.length / 2 + 1;
  add(`of-${String(more)}`, `${String(more)} bytes`, { [member]: `${whole}00` }, about, 'trailing');
}

function proposalCases(batch: Batch): void {
  const proposed = casesOf(batch, 'nexus.channel.proposed', { ...KEYS, state: proposalByHand() });
  const odd = { sequence: little(3, 8) };
  proposed('by-a', 'a proposal of a', {}, 'NXS-UPD-005');
  proposed('by-b', 'a proposal of b', { state: proposalByHand(odd) }, 'NXS-UPD-005');
  proposed('highest', 'the highest number', { state: proposalByHand({ sequence: 'ff'.repeat(8) }) }, 'NXS-UPD-005');
  const first = balancesByHand();
  proposed('first', 'the number 0', { state: `${first}${signedBy(A, first)}${NO_SIGNATURE}` }, 'NXS-UPD-005', 'malformed');
  proposed('by-both', 'what both have signed', { state: stateByHand({ sequence: little(2, 8) }) }, 'NXS-UPD-005', 'malformed');
  const [even, uneven] = [balancesByHand({ sequence: little(2, 8) }), balancesByHand(odd)];
  const wrong = (name: string, title: string, state: string): void => proposed(name, title, { state }, 'NXS-UPD-005', 'unauthenticated');
  wrong('even-by-b', 'an even number of b', `${even}${NO_SIGNATURE}${signedBy(B, even)}`);
  wrong('odd-by-a', 'an odd number of a', `${uneven}${signedBy(A, uneven)}${NO_SIGNATURE}`);
  const agreed = casesOf(batch, 'nexus.channel.agreed', { ...KEYS, state: stateByHand({ sequence: little(2, 8) }) });
  agreed('both', 'what both have signed', {}, 'NXS-UPD-006');
  agreed('first', 'the first state', { state: stateByHand() }, 'NXS-UPD-006');
  agreed('by-a', 'what a alone has signed', { state: proposalByHand() }, 'NXS-UPD-006', 'unauthenticated');
  agreed('by-b', 'what b alone has signed', { state: proposalByHand(odd) }, 'NXS-UPD-006', 'unauthenticated');
  const eighty = `${even}${'00'.repeat(8)}`;
  agreed(
    '80-signed',
    'both signed 80 bytes',
    { state: `${even}${signedBy(A, eighty)}${signedBy(B, eighty)}` },
    'NXS-PCH-005',
    'unauthenticated',
  );
}

function updateCases(batch: Batch): void {
  const usual: JsonObject = { cause: 'storage', reference: OBJECT, state: proposalByHand() };
  const write = casesOf(batch, 'nexus.update.write', usual);
  write('storage', 'for an object', {}, 'NXS-UPD-001');
  write('claim', 'for a packet', { cause: 'claim' }, 'NXS-UPD-002');
  write('close', 'to close', { cause: 'close', reference: ZEROS }, 'NXS-UPD-003');
  write('close-for-something', 'to close for an object', { cause: 'close', reference: OBJECT }, 'NXS-UPD-003', 'malformed', {
    ...usual,
    cause: 'close',
    reference: ZEROS,
  });
  for (const length of [0, 31, 33])
    write(
      `reference-of-${String(length)}`,
      `a reference of ${String(length)} bytes`,
      { reference: other(length) },
      'NXS-UPD-001',
      'malformed',
    );
  cuts(write, 'state', proposalByHand(), [0, 199], 'NXS-PCH-004');
  const turned = stateByHand({ partyA: PARTY_B, partyB: PARTY_A, sequence: little(2, 8) });
  write('turned', 'the parties the other way round', { state: turned }, 'NXS-PCH-003', 'non-canonical');
  const bodyOf = (cause: string, reference = OBJECT, state = proposalByHand()): string => `${cause}${reference}${state}`;
  const whole = bodyOf('01');
  const read = casesOf(batch, 'nexus.update.read', { ...KEYS, body: whole });
  read('storage', 'for an object', {}, 'NXS-UPD-001');
  read('claim', 'for a packet', { body: bodyOf('00') }, 'NXS-UPD-002');
  read('close', 'to close', { body: bodyOf('02', ZEROS) }, 'NXS-UPD-003');
  read('by-b', 'of b', { body: bodyOf('01', OBJECT, proposalByHand({ sequence: little(3, 8) })) }, 'NXS-UPD-005');
  read('deposit', 'a deposit', { body: bodyOf('03') }, 'NXS-UPD-002', 'unsupported');
  for (const cause of ['04', 'ff']) read(`cause-${cause}`, 'another cause', { body: bodyOf(cause) }, 'NXS-UPD-002', 'malformed');
  for (const reference of [`01${'00'.repeat(31)}`, `${'00'.repeat(31)}01`])
    read(`close-for-${reference.slice(0, 2)}`, 'to close for something', { body: bodyOf('02', reference) }, 'NXS-UPD-003', 'malformed', {
      ...KEYS,
      body: bodyOf('02', ZEROS),
    });
  read(
    'by-both',
    'what both have signed',
    { body: bodyOf('01', OBJECT, stateByHand({ sequence: little(2, 8) })) },
    'NXS-UPD-005',
    'malformed',
  );
  cuts(read, 'body', whole, [0, 1, 32, 33, 232], 'NXS-UPD-004');
}

function paidCases(batch: Batch): void {
  const before = stateByHand({ sequence: little(2, 8) });
  const after = (balanceA: bigint, balanceB: bigint, sequence: bigint): JsonObject => ({
    after: proposalByHand({ balanceA: little(balanceA, 8), balanceB: little(balanceB, 8), sequence: little(sequence, 8) }),
  });
  const usual: JsonObject = { before, ...after(995n, 505n, 4n), cause: 'storage' };
  const follows = casesOf(batch, 'nexus.update.follows', usual);
  follows('a-pays', 'a pays 5', {}, 'NXS-UPD-007');
  follows('a-pays-all', 'a pays all it has', after(0n, 1500n, 4n), 'NXS-UPD-007');
  follows('b-pays', 'b pays 5', after(1005n, 495n, 3n), 'NXS-UPD-007');
  follows('nothing-paid', 'nobody pays', after(1000n, 500n, 4n), 'NXS-UPD-007');
  follows('claim-paid', 'a pays for a packet', { cause: 'claim' }, 'NXS-UPD-007');
  follows('close', 'to close', { cause: 'close', ...after(1000n, 500n, 4n) }, 'NXS-UPD-008');
  const refuse = (name: string, title: string, changes: JsonObject, about: string, rejects = 'mismatch'): void =>
    follows(name, title, changes, about, rejects);
  refuse('a-gains', 'a gains 1', after(1001n, 499n, 4n), 'NXS-UPD-007');
  refuse('b-gains', 'b gains 1', after(999n, 501n, 3n), 'NXS-UPD-007');
  refuse('claim-gains', 'a gains by a packet', { cause: 'claim', ...after(1001n, 499n, 4n) }, 'NXS-UPD-007');
  follows('close-and-pay', 'to close and pay 1', { cause: 'close', ...after(999n, 501n, 4n) }, 'NXS-UPD-008', 'mismatch', {
    before,
    ...after(1000n, 500n, 4n),
    cause: 'close',
  });
  refuse('money-made', 'more than there was', after(1000n, 501n, 4n), 'NXS-PCH-011');
  refuse('same-number', 'the same number', after(995n, 505n, 2n), 'NXS-PCH-011', 'replayed');
}

function termsCases(batch: Batch): void {
  const usual: JsonObject = { channelId: KNOWN_ID, from: '2', price: '5', difficulty: 10, custodyPrice: '75' };
  const write = casesOf(batch, 'nexus.terms.write', usual);
  const prices = pricesByHand();
  const signatureA = signedBy(A, prices, 'nexus-1 terms');
  write('unsigned', 'terms that are to be signed', {}, 'NXS-TRM-005');
  write('by-a', 'terms of a', { signatureA }, 'NXS-TRM-005');
  write('by-both', 'terms of both', { signatureA, signatureB: signedBy(B, prices, 'nexus-1 terms') }, 'NXS-TRM-001');
  for (const member of ['from', 'price', 'custodyPrice'])
    for (const value of ['0', '256', String(U64_MAX)])
      write(`${member}-${value}`, `${member} ${value}`, { [member]: value }, 'NXS-TRM-001');
  for (const difficulty of [10, 100, 1000])
    write(`of-${String(difficulty)}`, `one of ${String(difficulty)}`, { difficulty }, 'NXS-TRM-001');
  for (const difficulty of [0, 11, 10_000])
    write(`difficulty-${String(difficulty)}`, `one of ${String(difficulty)}`, { difficulty }, 'NXS-LOT-003', 'malformed');
  for (const length of [0, 15, 17])
    write(`channel-of-${String(length)}`, `an id of ${String(length)} bytes`, { channelId: other(length) }, 'NXS-TRM-002', 'malformed');
  for (const member of ['signatureA', 'signatureB'])
    for (const length of [0, 63, 65])
      write(`${member}-of-${String(length)}`, `${String(length)} bytes`, { [member]: other(length) }, 'NXS-TRM-002', 'malformed');
  const sign = casesOf(batch, 'nexus.terms.sign', { seed: A.seed, body: termsByHand(prices, false, false) });
  sign('a', 'signed by a', {}, 'NXS-TRM-003');
  sign('b', 'signed by b, after a', { seed: B.seed, body: termsByHand(prices, true, false) }, 'NXS-TRM-003');
  sign('difficulty', 'one of 11', { body: termsByHand(pricesByHand({ difficulty: little(11, 4) })) }, 'NXS-LOT-003', 'malformed');
  for (const length of [0, 31, 33])
    sign(`seed-of-${String(length)}`, `a seed of ${String(length)} bytes`, { seed: other(length) }, 'NXS-IDN-002', 'malformed');
  cuts(sign, 'body', termsByHand(), [0, 44, 171], 'NXS-TRM-004');
  const whole = termsByHand();
  const read = casesOf(batch, 'nexus.terms.read', { ...KEYS, body: whole });
  read('both', 'terms of both', {}, 'NXS-TRM-001');
  read('by-a', 'terms of a', { body: termsByHand(prices, true, false) }, 'NXS-TRM-005');
  read('by-b', 'terms of b', { body: termsByHand(prices, false, true) }, 'NXS-TRM-005');
  const most = pricesByHand({ from: 'ff'.repeat(8), price: 'ff'.repeat(8), custodyPrice: 'ff'.repeat(8), difficulty: little(1000, 4) });
  read('highest', 'the greatest numbers', { body: termsByHand(most) }, 'NXS-TRM-001');
  const bad = (name: string, title: string, body: string, about: string): void => read(name, title, { body }, about, 'unauthenticated');
  bad('unsigned', 'terms that nobody has signed', termsByHand(prices, false, false), 'NXS-TRM-005');
  bad('swapped', 'the signatures swapped', `${prices}${whole.slice(-128)}${signatureA}`, 'NXS-TRM-005');
  bad('a-twice', 'the signature of a twice', `${prices}${signatureA}${signatureA}`, 'NXS-TRM-005');
  bad('other-purpose', 'signed as a state', `${prices}${signedBy(A, prices)}${NO_SIGNATURE}`, 'NXS-TRM-003');
  bad(
    '36-signed',
    'without the price of custody',
    `${prices}${signedBy(A, prices.slice(0, 72), 'nexus-1 terms')}${NO_SIGNATURE}`,
    'NXS-TRM-003',
  );
  bad(
    'other-price',
    'another price of custody than was signed',
    `${pricesByHand({ custodyPrice: little(76, 8) })}${whole.slice(88)}`,
    'NXS-TRM-003',
  );
  read('other-key', 'the key of another', { keyB: CAROL.publicKey }, 'NXS-TRM-005', 'unauthenticated');
  read('difficulty', 'one of 11', { body: termsByHand(pricesByHand({ difficulty: little(11, 4) })) }, 'NXS-LOT-003', 'malformed');
  for (const member of ['keyA', 'keyB'])
    for (const length of [0, 31, 33])
      read(`${member}-of-${String(length)}`, `a key of ${String(length)} bytes`, { [member]: other(length) }, 'NXS-IDN-006', 'malformed');
  cuts(read, 'body', whole, [0, 15, 16, 23, 31, 35, 43, 44, 107, 108, 171], 'NXS-TRM-004');
  ruleCases(batch);
}

function ruleCases(batch: Batch): void {
  const of = (from: bigint | number, price: number): string =>
    termsByHand(pricesByHand({ from: little(from, 8), price: little(price, 8) }));
  const bodies = [of(0, 5), of(10, 6), of(256, 7), of(10, 8)];
  const rule = casesOf(batch, 'nexus.terms.rule', { bodies, sequence: '10' });
  rule('begun', 'from this number on, of two the first', {}, 'NXS-TRM-006');
  rule('before', 'before the second ones hold', { sequence: '9' }, 'NXS-TRM-006');
  rule('between', 'between two numbers', { sequence: '255' }, 'NXS-TRM-006');
  rule('last', 'the highest number', { sequence: '256' }, 'NXS-TRM-006');
  rule('beyond', 'beyond all of them', { sequence: String(U64_MAX) }, 'NXS-TRM-006');
  rule('later-first', 'the later ones first', { bodies: [of(256, 7), of(10, 6), of(0, 5)], sequence: '300' }, 'NXS-TRM-006');
  rule('not-yet', 'none holds yet', { bodies: [of(10, 6)], sequence: '9' }, 'NXS-TRM-006', 'unknown');
  rule('none', 'no terms', { bodies: [] }, 'NXS-TRM-006', 'unknown');
  rule('cut', 'terms of 171 bytes', { bodies: [of(0, 5).slice(0, -2)] }, 'NXS-TRM-004', 'truncated');
  rule('long', 'terms of 173 bytes', { bodies: [`${of(0, 5)}00`] }, 'NXS-TRM-004', 'trailing');
}

function custodyCases(batch: Batch): void {
  const price = casesOf(batch, 'nexus.custody.price', { price: '75', size: 1024, custody: 604_800 });
  for (const size of [0, 1, 1023, 1024, 1025, 2048, 2049, 4_294_967_295])
    price(`size-${String(size)}`, `${String(size)} bytes`, { size }, 'NXS-TRM-007');
  for (const custody of [1, 604_799, 604_800, 604_801, 2_592_000])
    price(`custody-${String(custody)}`, `for ${String(custody)} s`, { custody }, 'NXS-TRM-007');
  price('free', 'for nothing', { price: '0' }, 'NXS-TRM-007');
  price('most', 'the highest cost', { price: String(U64_MAX) }, 'NXS-TRM-008');
  price('too-much', 'a cost too high', { price: String(HALF), custody: 604_801 }, 'NXS-TRM-008', 'limit');
  const granted = casesOf(batch, 'nexus.custody.granted', { price: '75', size: 1024, paid: '75' });
  for (const paid of [0, 74, 75, 149, 150, 300, 374, 375, 376])
    granted(`paid-${String(paid)}`, `for ${String(paid)}`, { paid: String(paid) }, 'NXS-TRM-009');
  granted('free', 'where nothing is charged', { price: '0', paid: '0' }, 'NXS-TRM-009');
  granted('two-kib', 'two KiB for the price of one', { size: 1025 }, 'NXS-TRM-009');
  granted('empty', 'an empty object', { size: 0 }, 'NXS-TRM-009');
  granted('all-money', 'for everything', { paid: String(U64_MAX) }, 'NXS-TRM-009');
}

/** The first of some counted packets for which a party draws what wins, or does not. */
function packetOf(seed: string, wins: boolean): { readonly packetId: string; readonly proof: string } {
  for (let number = 0; ; number++) {
    const packetId = seededBytes(`nexus-carried-${String(number)}`, 32);
    const { proof, beta } = prove(fromHex(seed), packetId);
    if ((beta[0] ?? 0) < 0x19 === wins && beta[0] !== 0x19) return { packetId: toHex(packetId), proof: toHex(proof) };
  }
}

function claimCases(batch: Batch): void {
  const [byA, byB, lost] = [packetOf(A.seed, true), packetOf(B.seed, true), packetOf(A.seed, false)];
  const state = proposalByHand();
  const odd = proposalByHand({ sequence: little(3, 8) });
  const write = casesOf(batch, 'nexus.claim.write', { ...byA, state });
  write('by-a', 'a claim of a', {}, 'NXS-CLM-001');
  for (const [member, length] of [
    ['packetId', 32],
    ['proof', 80],
  ] as const)
    for (const wrong of [0, length - 1, length + 1])
      write(`${member}-of-${String(wrong)}`, `${String(wrong)} bytes`, { [member]: other(wrong) }, 'NXS-CLM-001', 'malformed');
  cuts(write, 'state', state, [0, 199], 'NXS-PCH-004');
  const turned = stateByHand({ partyA: PARTY_B, partyB: PARTY_A, sequence: little(2, 8) });
  write('turned', 'the parties the other way round', { state: turned }, 'NXS-PCH-003', 'non-canonical');
  const bodyOf = ({ packetId, proof }: typeof byA, given = state, channelId = KNOWN_ID): string =>
    `${channelId}${packetId}${proof}${given}`;
  const whole = bodyOf(byA);
  const read = casesOf(batch, 'nexus.claim.read', { ...KEYS, body: whole, difficulty: 10 });
  read('by-a', 'a claim of a', {}, 'NXS-CLM-001');
  read('by-b', 'a claim of b', { body: bodyOf(byB, odd) }, 'NXS-CLM-004');
  read('other-channel', 'another channel', { body: bodyOf(byA, state, '00'.repeat(16)) }, 'NXS-CLM-003', 'mismatch');
  read(
    'last-byte',
    'a channel with another last byte',
    { body: bodyOf(byA, state, `${KNOWN_ID.slice(0, -2)}00`) },
    'NXS-CLM-003',
    'mismatch',
  );
  const bad = (name: string, title: string, body: string): void => read(name, title, { body }, 'NXS-CLM-004', 'unauthenticated');
  bad('of-the-other', 'what b has drawn, claimed by a', bodyOf(byB));
  bad('other-packet', 'drawn for another packet', bodyOf({ ...byA, packetId: lost.packetId }));
  bad('no-proof', 'zeros for a proof', bodyOf({ ...byA, proof: '00'.repeat(80) }));
  read('lost', 'a packet that has not won', { body: bodyOf(lost) }, 'NXS-CLM-005', 'mismatch');
  read(
    'by-both',
    'a state that both have signed',
    { body: bodyOf(byA, stateByHand({ sequence: little(2, 8) })) },
    'NXS-UPD-005',
    'malformed',
  );
  read('difficulty', 'one of 11', { difficulty: 11 }, 'NXS-LOT-003', 'malformed');
  cuts(read, 'body', whole, [0, 15, 16, 47, 48, 127, 128, 327], 'NXS-CLM-002');
}

function settlementCases(batch: Batch): void {
  amountCases(batch);
  const usual: JsonObject = { channelId: KNOWN_ID, partyA: PARTY_A, partyB: PARTY_B, payer: 'a', amount: '5', sequence: '4' };
  const write = casesOf(batch, 'nexus.settle.write', usual);
  const settled = settledByHand();
  const signatureA = settlementSignedBy(A.seed, settled);
  write('unsigned', 'a settlement that is to be signed', {}, 'NXS-STL-005');
  write('by-a', 'a settlement of a', { signatureA }, 'NXS-STL-005');
  write('by-both', 'a settlement of both', { signatureA, signatureB: settlementSignedBy(B.seed, settled) }, 'NXS-STL-001');
  for (const [payer, amount] of [
    ['a', 0n],
    ['a', 256n],
    ['a', HALF - 1n],
    ['b', 0n],
    ['b', 1n],
    ['b', 256n],
    ['b', HALF],
  ] as const)
    write(`${payer}-pays-${String(amount)}`, `${payer} pays ${String(amount)}`, { payer, amount: String(amount) }, 'NXS-STL-002');
  write('a-pays-too-much', 'a pays 2^63', { amount: String(HALF) }, 'NXS-STL-007', 'limit');
  write('b-pays-too-much', 'b pays more than 2^63', { payer: 'b', amount: String(HALF + 1n) }, 'NXS-STL-007', 'limit');
  for (const sequence of ['0', '256', String(U64_MAX)]) write(`sequence-${sequence}`, `number ${sequence}`, { sequence }, 'NXS-STL-001');
  for (const member of ['channelId', 'partyA', 'partyB'])
    for (const length of [0, 15, 17])
      write(`${member}-of-${String(length)}`, `${String(length)} bytes`, { [member]: other(length) }, 'NXS-STL-001', 'malformed');
  for (const member of ['signatureA', 'signatureB'])
    for (const length of [0, 63, 65])
      write(`${member}-of-${String(length)}`, `${String(length)} bytes`, { [member]: other(length) }, 'NXS-STL-001', 'malformed');
  write('turned', 'the parties the other way round', { partyA: PARTY_B, partyB: PARTY_A }, 'NXS-PCH-003', 'non-canonical');
  const turned = `${KNOWN_ID}${PARTY_B}${PARTY_A}${settled.slice(96)}${NO_SIGNATURE}${NO_SIGNATURE}`;
  const sign = casesOf(batch, 'nexus.settle.sign', { seed: A.seed, body: settlementByHand(settled, false, false) });
  sign('a', 'signed by a', {}, 'NXS-STL-003');
  sign('b', 'signed by b, after a', { seed: B.seed, body: settlementByHand(settled, true, false) }, 'NXS-STL-003');
  sign('stranger', 'signed by somebody else', { seed: CAROL.seed }, 'NXS-PCH-007', 'mismatch');
  sign('turned', 'the parties the other way round', { body: turned }, 'NXS-PCH-003', 'non-canonical');
  cuts(sign, 'body', settlementByHand(), [0, 64, 191], 'NXS-STL-004');
  settlementReads(batch);
}

function settlementReads(batch: Batch): void {
  const settled = settledByHand();
  const whole = settlementByHand();
  const read = casesOf(batch, 'nexus.settle.read', { ...KEYS, body: whole });
  const [byA, byB] = [settlementSignedBy(A.seed, settled), settlementSignedBy(B.seed, settled)];
  read('both', 'a settlement of both', {}, 'NXS-STL-001');
  read('by-a', 'a settlement of a', { body: settlementByHand(settled, true, false) }, 'NXS-STL-005');
  read('by-b', 'a settlement of b', { body: settlementByHand(settled, false, true) }, 'NXS-STL-005');
  for (const [name, amount] of [
    ['b-pays', 2n ** 64n - 5n],
    ['most-of-a', HALF - 1n],
    ['most-of-b', HALF],
    ['nothing', 0n],
  ] as const)
    read(name, `an amount of ${String(amount)}`, { body: settlementByHand(settledByHand({ amount: little(amount, 8) })) }, 'NXS-STL-002');
  const bad = (name: string, title: string, body: string, about: string): void => read(name, title, { body }, about, 'unauthenticated');
  bad('unsigned', 'a settlement that nobody has signed', settlementByHand(settled, false, false), 'NXS-STL-005');
  bad('swapped', 'the signatures swapped', `${settled}${byB}${byA}`, 'NXS-STL-005');
  bad('a-twice', 'the signature of a twice', `${settled}${byA}${byA}`, 'NXS-STL-005');
  bad('not-hashed', 'signed without hashing', `${settled}${signedBy(A, settled, 'nexus-1 settle')}${NO_SIGNATURE}`, 'NXS-STL-003');
  bad(
    'other-purpose',
    'signed as a state',
    `${settled}${settlementSignedBy(A.seed, settled, 'nexus-1 channel')}${NO_SIGNATURE}`,
    'NXS-STL-003',
  );
  bad('56-signed', 'without the number', `${settled}${settlementSignedBy(A.seed, settled.slice(0, 112))}${NO_SIGNATURE}`, 'NXS-STL-003');
  bad('other-number', 'another number than was signed', `${settledByHand({ sequence: little(6, 8) })}${byA}${byB}`, 'NXS-STL-003');
  bad('other-amount', 'another amount than was signed', `${settledByHand({ amount: little(6, 8) })}${byA}${byB}`, 'NXS-STL-003');
  read('other-key', 'the key of another', { keyB: CAROL.publicKey }, 'NXS-PCH-007', 'mismatch');
  const swapped = `${KNOWN_ID}${PARTY_B}${PARTY_A}${settled.slice(96)}${byA}${byB}`;
  read('turned', 'the parties the other way round', { body: swapped }, 'NXS-PCH-003', 'non-canonical');
  cuts(read, 'body', whole, [0, 15, 16, 47, 48, 55, 63, 64, 127, 128, 191], 'NXS-STL-004');
}

function amountCases(batch: Batch): void {
  const of = (balanceA: bigint, balanceB: bigint, more: JsonObject = {}): string =>
    stateByHand({ balanceA: little(balanceA, 8), balanceB: little(balanceB, 8), sequence: little(4, 8), ...more });
  const amount = casesOf(batch, 'nexus.settle.amount', { first: stateByHand(), last: of(995n, 505n) });
  amount('a-paid', 'a has paid 5', {}, 'NXS-STL-006');
  amount('b-paid', 'b has paid 5', { last: of(1005n, 495n) }, 'NXS-STL-006');
  amount('nothing', 'nobody has paid', { last: of(1000n, 500n) }, 'NXS-STL-006');
  amount('most-of-a', 'a has paid 2^63 - 1', { first: of(HALF - 1n, 0n), last: of(0n, HALF - 1n) }, 'NXS-STL-007');
  amount('most-of-b', 'b has paid 2^63', { first: of(0n, HALF), last: of(HALF, 0n) }, 'NXS-STL-007');
  amount('too-much-of-a', 'a has paid 2^63', { first: of(HALF, 0n), last: of(0n, HALF) }, 'NXS-STL-007', 'limit');
  amount('too-much-of-b', 'b has paid 2^63 + 1', { first: of(0n, HALF + 1n), last: of(HALF + 1n, 0n) }, 'NXS-STL-007', 'limit');
  amount('money-made', 'more than there was', { last: of(1000n, 501n) }, 'NXS-STL-006', 'mismatch');
  amount('other-channel', 'another channel', { last: of(995n, 505n, { channelId: '00'.repeat(16) }) }, 'NXS-STL-006', 'mismatch');
  const turned = stateByHand({ partyA: PARTY_B, partyB: PARTY_A });
  amount('turned', 'the parties the other way round', { first: turned, last: turned }, 'NXS-PCH-003', 'non-canonical');
  amount('cut', 'a state of 199 bytes', { last: of(995n, 505n).slice(0, -2) }, 'NXS-PCH-004', 'truncated');
  amount('long', 'a state of 201 bytes', { last: `${of(995n, 505n)}00` }, 'NXS-PCH-004', 'trailing');
}
