/** What holds for all payments: what is drawn verifies, a state is read as it was written, and money is neither made nor lost. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { nodeOf } from '../identity/people.ts';
import { little, ownerOf } from '../object/made.ts';
import { prove } from './ecvrf.ts';
import { A, B, NO_SIGNATURE, openingByHand, stateByHand } from './made.ts';

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

const hints: Hints = {
  params: {},
  layouts: { 'nexus.channel-state': () => state.map(fromHex), 'nexus.channel-open': () => opening.map(fromHex) },
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
  },
};

export const properties: TopicProperties = {
  checks: (suite) => propertyChecks(suite, (property) => paymentProperties(property)),
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
  ];
}
