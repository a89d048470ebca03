/** What holds for all payments: what is drawn verifies, a state is read as it was written, and money is neither made nor lost. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { once } from '../../oracle/once.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { nodeOf } from '../identity/people.ts';
import { little, ownerOf } from '../object/made.ts';
import { paymentFlows } from './cross.ts';
import { prove } from './ecvrf.ts';
import {
  A,
  B,
  NO_SIGNATURE,
  openingByHand,
  pricesByHand,
  proposalByHand,
  settledByHand,
  settlementByHand,
  stateByHand,
  termsByHand,
} from './made.ts';

const seed = bytesExactly(32);
const alpha = bytesUpTo(40, 0, [0, 32]).map(toHex);
const id = bytesExactly(16).map(toHex);
const difficulty = fc.constantFrom(10, 100, 1000);
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const parties = fc
  .tuple(id, id)
  .filter(([one, two]) => one !== two)
  .map(([one, two]) => (one < two ? { partyA: one, partyB: two } : { partyA: two, partyB: one }));
const balances = fc.record({ channelId: id, balanceA: u64, balanceB: u64, sequence: u64 });
const state = balances.map(({ channelId, balanceA, balanceB, sequence }) =>
  stateByHand({ channelId, balanceA: little(balanceA, 8), balanceB: little(balanceB, 8), sequence: little(sequence, 8) }),
);
const keys = { keyA: A.publicKey, keyB: B.publicKey };
const opening = fc
  .record({ balanceA: u64, balanceB: u64 })
  .map(({ balanceA, balanceB }) => openingByHand(stateByHand({ balanceA: little(balanceA, 8), balanceB: little(balanceB, 8) })));
/** Two states of which the second may follow the first, and who proposes it. */
const followed = fc
  .record({
    channelId: id,
    balanceA: u64,
    balanceB: u64,
    paid: u64,
    number: fc.bigInt({ min: 0n, max: 2n ** 62n }),
    proposer: fc.constantFrom('a', 'b'),
  })
  .map(({ channelId, balanceA, balanceB, paid, number, proposer }) => {
    const moved = balanceA === 0n ? 0n : paid % balanceA;
    const isTooMuch = balanceB + moved >= 2n ** 64n;
    const [restA, restB] = isTooMuch ? [balanceA, balanceB] : [balanceA - moved, balanceB + moved];
    const of = (a: bigint, b: bigint, sequence: bigint): string =>
      stateByHand({ channelId, balanceA: little(a, 8), balanceB: little(b, 8), sequence: little(sequence, 8) });
    return { before: of(balanceA, balanceB, number), after: of(restA, restB, 2n * number + (proposer === 'a' ? 2n : 3n)), proposer };
  });

const proposal = balances.map(({ balanceA, balanceB, sequence }) =>
  proposalByHand({ balanceA: little(balanceA, 8), balanceB: little(balanceB, 8), sequence: little(sequence === 0n ? 1n : sequence, 8) }),
);
const reference = bytesExactly(32).map(toHex);
const update = fc
  .record({ cause: fc.constantFrom('claim', 'storage', 'close'), reference, state: proposal })
  .map((one) => (one.cause === 'close' ? { ...one, reference: '00'.repeat(32) } : one));
const updateBody = update.map((one) => `0${String(['claim', 'storage', 'close'].indexOf(one.cause))}${one.reference}${one.state}`);
const prices = fc.record({ channelId: id, from: u64, price: u64, difficulty, custodyPrice: u64 });
const terms = fc.record({ prices, byA: fc.boolean(), byB: fc.boolean() }).map(({ prices: of, byA, byB }) => {
  const numbers = { from: little(of.from, 8), price: little(of.price, 8), custodyPrice: little(of.custodyPrice, 8) };
  return termsByHand(pricesByHand({ channelId: of.channelId, difficulty: little(of.difficulty, 4), ...numbers }), byA || !byB, byB);
});
const settlement = fc
  .record({ channelId: id, amount: u64, sequence: u64, byA: fc.boolean(), byB: fc.boolean() })
  .map(({ channelId, amount, sequence, byA, byB }) =>
    settlementByHand(settledByHand({ channelId, amount: little(amount, 8), sequence: little(sequence, 8) }), byA || !byB, byB),
  );
const settled = fc
  .record({ channelId: id, parties, payer: fc.constantFrom('a', 'b'), amount: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), sequence: u64 })
  .map(({ parties: both, amount, sequence, ...others }) => ({ ...others, ...both, amount: String(amount), sequence: String(sequence) }));
/** Some packets that a draws, and whether they win; drawing takes a moment, so not before somebody asks. */
const draws = once(() =>
  Array.from({ length: 40 }, (_, i) => {
    const packetId = fromHex(i.toString(16).padStart(64, '0'));
    const { proof, beta } = prove(fromHex(A.seed), packetId);
    return { packetId: toHex(packetId), proof: toHex(proof), isWon: (beta[0] ?? 0) < 0x19 };
  }),
);
const won = (): ReturnType<typeof draws> => draws().filter(({ isWon }) => isWon);
const claim = once(() => fc.constantFrom(...won()).map(({ packetId, proof }) => ({ packetId, proof, state: proposalByHand() })));
const claimBody = once(() => claim().map(({ packetId, proof, state: of }) => `${of.slice(0, 32)}${packetId}${proof}${of}`));

const hints: Hints = {
  params: {},
  layouts: {
    'nexus.channel-state': () => state.map(fromHex),
    'nexus.channel-open': () => opening.map(fromHex),
    'nexus.channel-update': () => updateBody.map(fromHex),
    'nexus.terms': () => terms.map(fromHex),
    'nexus.claim': () => claimBody().map(fromHex),
    'nexus.settle': () => settlement.map(fromHex),
  },
  requests: {
    'nexus.vrf.prove': () => fc.record({ seed: seed.map(toHex), alpha }),
    'nexus.vrf.verify': () =>
      fc.record({ seed, alpha }).map((drawn) => ({
        publicKey: nodeOf(drawn.seed).publicKey,
        alpha: drawn.alpha,
        proof: toHex(prove(drawn.seed, fromHex(drawn.alpha)).proof),
      })),
    'nexus.lottery.threshold': () => fc.record({ difficulty }),
    'nexus.lottery.wins': () => fc.record({ beta: bytesExactly(64).map(toHex), difficulty }),
    'nexus.lottery.reward': () => fc.record({ price: u64.map(String), difficulty }),
    'nexus.lottery.difficulty': () => fc.record({ packets: fc.nat(600) }),
    'nexus.lottery.bound': () => fc.record({ expected: fc.nat(0xffff_ffff) }),
    'nexus.channel.id': () => fc.record({ parties, nonce: id }).map(({ parties: both, nonce }) => ({ ...both, nonce })),
    'nexus.channel.sign': () => fc.record({ seed: fc.constantFrom(A.seed, B.seed), state }),
    'nexus.channel.write': () =>
      fc.record({ parties, balances }).map(({ parties: both, balances: b }) => ({
        channelId: b.channelId,
        ...both,
        balanceA: String(b.balanceA),
        balanceB: String(b.balanceB),
        sequence: String(b.sequence),
      })),
    'nexus.channel.read': () => state.map((given) => ({ state: given, ...keys })),
    'nexus.channel.opening': () => opening.map((body) => ({ nonce: body.slice(0, 32), ...keys, state: body.slice(160) })),
    'nexus.channel.opened': () => opening.map((body) => ({ body })),
    'nexus.channel.follows': () => followed,
    'nexus.channel.proposed': () => proposal.map((given) => ({ state: given, ...keys })),
    'nexus.channel.agreed': () => state.map((given) => ({ state: given, ...keys })),
    'nexus.update.write': () => update,
    'nexus.update.read': () => updateBody.map((body) => ({ body, ...keys })),
    'nexus.update.follows': () => followed.map(({ before, after }) => ({ before, after, cause: 'storage' })).filter(isPaid),
    'nexus.terms.write': () =>
      prices.map((of) => ({ ...of, from: String(of.from), price: String(of.price), custodyPrice: String(of.custodyPrice) })),
    'nexus.terms.sign': () => fc.record({ seed: seed.map(toHex), body: terms }),
    'nexus.terms.read': () => terms.map((body) => ({ body, ...keys })),
    'nexus.terms.rule': () =>
      fc.record({ bodies: fc.array(terms, { minLength: 1, maxLength: 4 }), sequence: fc.constant(String(2n ** 64n - 1n)) }),
    'nexus.custody.price': () =>
      fc.record({ price: fc.nat(1_000_000).map(String), size: fc.nat(0xffff_ffff), custody: fc.integer({ min: 1, max: 2_592_000 }) }),
    'nexus.custody.granted': () => fc.record({ price: fc.nat(1000).map(String), size: fc.nat(10_000), paid: fc.nat(100_000).map(String) }),
    'nexus.claim.write': () => claim(),
    'nexus.claim.read': () => claimBody().map((body) => ({ body, difficulty: 10, ...keys })),
    'nexus.settle.amount': () => followed.map(({ before, after }) => ({ first: before, last: after })),
    'nexus.settle.write': () => settled,
    'nexus.settle.sign': () => fc.record({ seed: fc.constantFrom(A.seed, B.seed), body: settlement }),
    'nexus.settle.read': () => settlement.map((body) => ({ body, ...keys })),
  },
};

/** Whether the proposer does not gain. */
function isPaid({ before, after }: { readonly before: string; readonly after: string }): boolean {
  const [old, next] = [Buffer.from(before, 'hex'), Buffer.from(after, 'hex')];
  const at = next.readBigUInt64LE(64) % 2n === 0n ? 48 : 56;
  return next.readBigUInt64LE(at) <= old.readBigUInt64LE(at);
}

export const properties: TopicProperties = {
  checks: (suite) => propertyChecks(suite, (property) => paymentProperties(property)),
  flows: paymentFlows,
  hints,
};

function paymentProperties(property: Bind): Check[] {
  const [draw, verify, wins] = ['nexus.vrf.prove', 'nexus.vrf.verify', 'nexus.lottery.wins'];
  return [
    property({
      name: 'nexus.vrf.verify/what-was-drawn',
      requirement: 'NXS-VRF-004',
      title: 'What somebody draws verifies, with the same output',
      operations: ['nexus.identity.derive', draw, verify],
      arbitrary: fc.record({ seed: seed.map(toHex), alpha }),
      trial: async (given, talk) => {
        const { publicKey = '' } = await talk.want('nexus.identity.derive', { seed: given.seed });
        const { proof = '', beta = '' } = await talk.want(draw, given);
        const read = await talk.want(verify, { publicKey, alpha: given.alpha, proof });
        demand(talk, read, 'beta', beta, 'NXS-VRF-004', 'The output is another.');
        const again = await talk.want(draw, given);
        demand(talk, again, 'proof', proof, 'NXS-VRF-001', 'A second draw is another.');
      },
    }),
    property({
      name: 'nexus.lottery.wins/rarer-is-less',
      requirement: 'NXS-LOT-001',
      title: 'What wins where one of 1,000 wins also wins where more do',
      operations: [wins],
      arbitrary: fc
        .oneof(
          bytesExactly(64),
          bytesExactly(62).map((rest) => Uint8Array.of(0, 0x41, ...rest)),
        )
        .map(toHex),
      trial: async (beta, talk) => {
        const [ten = false, hundred = false, thousand = false] = await Promise.all(
          [10, 100, 1000].map(async (of) => (await talk.want(wins, { beta, difficulty: of }))['wins'] === true),
        );
        demand(talk, { wins: (!thousand || hundred) && (!hundred || ten) }, 'wins', true, 'NXS-LOT-001', 'It wins where fewer win alone.');
      },
    }),
    property({
      name: 'nexus.lottery.bound/between-squares',
      requirement: 'NXS-LOT-006',
      title: 'The bound has the square root, rounded down',
      operations: ['nexus.lottery.bound'],
      arbitrary: fc.oneof(
        fc.nat(0xffff_ffff),
        fc.nat(65_535).map((root) => root * root),
        fc.integer({ min: 1, max: 65_535 }).map((root) => root * root - 1),
      ),
      trial: async (expected, talk) => {
        const answer = await talk.want('nexus.lottery.bound', { expected });
        const root = (BigInt(textIn(answer, 'claims')) - BigInt(expected) - 4n) / 4n;
        const isRight = root * root <= BigInt(expected) && (root + 1n) * (root + 1n) > BigInt(expected);
        demand(talk, { claims: isRight }, 'claims', true, 'NXS-LOT-006', 'The root is another.');
      },
    }),
    property({
      name: 'nexus.channel.read/round-trip',
      requirement: 'NXS-PCH-001',
      title: 'A state is read as it was written and signed',
      operations: ['nexus.channel.write', 'nexus.channel.sign', 'nexus.channel.read'],
      arbitrary: balances,
      trial: async ({ channelId, balanceA, balanceB, sequence }, talk) => {
        const members = {
          channelId,
          partyA: ownerOf(A),
          partyB: ownerOf(B),
          balanceA: String(balanceA),
          balanceB: String(balanceB),
          sequence: String(sequence),
        };
        const unsigned = textIn(await talk.want('nexus.channel.write', members), 'state');
        const signatureA = textIn(await talk.want('nexus.channel.sign', { seed: A.seed, state: unsigned }), 'signature');
        const proposed = textIn(await talk.want('nexus.channel.write', { ...members, signatureA }), 'state');
        const read = await talk.want('nexus.channel.read', { state: proposed, ...keys });
        for (const [name, value] of Object.entries({ ...members, byA: true, byB: false }))
          demand(talk, read, name, value, 'NXS-PCH-001', `The ${name} is another.`);
        demand(
          talk,
          { state: unsigned.slice(144) },
          'state',
          NO_SIGNATURE.repeat(2),
          'NXS-PCH-006',
          'Signatures that are missing are not zeros.',
        );
      },
    }),
    property({
      name: 'nexus.channel.follows/no-money-made',
      requirement: 'NXS-PCH-011',
      title: 'No state follows another one that makes or loses money',
      operations: ['nexus.channel.follows'],
      arbitrary: fc.record({ followed, change: fc.bigInt({ min: 1n, max: 2n ** 63n }), isA: fc.boolean() }),
      trial: async ({ followed: given, change, isA }, talk) => {
        await talk.want('nexus.channel.follows', given);
        const bytes = fromHex(given.after);
        const at = isA ? 48 : 56;
        const old = Buffer.from(bytes).readBigUInt64LE(at);
        const changed = BigInt.asUintN(64, old + change);
        const after = toHex(Uint8Array.from([...bytes.slice(0, at), ...fromHex(little(changed, 8)), ...bytes.slice(at + 8)]));
        await talk.agree('nexus.channel.follows', { ...given, after });
      },
    }),
    ...recordProperties(property),
  ];
}

function recordProperties(property: Bind): Check[] {
  return [
    property({
      name: 'nexus.update.read/round-trip',
      requirement: 'NXS-UPD-001',
      title: 'An update is read as it was written',
      operations: ['nexus.update.write', 'nexus.update.read'],
      arbitrary: update,
      trial: async (given, talk) => {
        const body = textIn(await talk.want('nexus.update.write', given), 'body');
        const read = await talk.want('nexus.update.read', { body, ...keys });
        for (const [name, value] of Object.entries(given)) demand(talk, read, name, value, 'NXS-UPD-001', `The ${name} is another.`);
      },
    }),
    property({
      name: 'nexus.update.follows/payers-propose',
      requirement: 'NXS-UPD-007',
      title: 'Of an update that may follow, the proposer pays what the other gets',
      operations: ['nexus.update.follows'],
      arbitrary: followed,
      trial: async ({ before, after }, talk) => {
        await talk.agree('nexus.update.follows', { before, after, cause: 'claim' });
      },
    }),
    property({
      name: 'nexus.terms.read/round-trip',
      requirement: 'NXS-TRM-001',
      title: 'Terms are read as they were written and signed',
      operations: ['nexus.terms.write', 'nexus.terms.sign', 'nexus.terms.read'],
      arbitrary: prices,
      trial: async (of, talk) => {
        const members = { ...of, from: String(of.from), price: String(of.price), custodyPrice: String(of.custodyPrice) };
        const unsigned = textIn(await talk.want('nexus.terms.write', members), 'body');
        const signatureB = textIn(await talk.want('nexus.terms.sign', { seed: B.seed, body: unsigned }), 'signature');
        const body = textIn(await talk.want('nexus.terms.write', { ...members, signatureB }), 'body');
        const read = await talk.want('nexus.terms.read', { body, ...keys });
        for (const [name, value] of Object.entries({ ...members, byA: false, byB: true }))
          demand(talk, read, name, value, 'NXS-TRM-001', `The ${name} is another.`);
      },
    }),
    property({
      name: 'nexus.settle.read/round-trip',
      requirement: 'NXS-STL-001',
      title: 'A settlement is read as it was written and signed',
      operations: ['nexus.settle.write', 'nexus.settle.sign', 'nexus.settle.read'],
      arbitrary: settled,
      trial: async (given, talk) => {
        const members = { ...given, partyA: ownerOf(A), partyB: ownerOf(B), payer: given.amount === '0' ? 'a' : given.payer };
        const unsigned = textIn(await talk.want('nexus.settle.write', members), 'body');
        const signatureA = textIn(await talk.want('nexus.settle.sign', { seed: A.seed, body: unsigned }), 'signature');
        const body = textIn(await talk.want('nexus.settle.write', { ...members, signatureA }), 'body');
        const read = await talk.want('nexus.settle.read', { body, ...keys });
        for (const [name, value] of Object.entries({ ...members, byA: true, byB: false }))
          demand(talk, read, name, value, 'NXS-STL-001', `The ${name} is another.`);
      },
    }),
  ];
}
