/** What holds for all proofs: whoever has the chunk proves it, whoever has 32 bytes of it does not, and what is signed is kept. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { little, ownerOf, rootOf } from '../object/made.ts';
import { agreementByHand, challengeByHand, Forger, proofByHand, proposalByHand, termsByHand, ticketByHand } from './made.ts';

const hash = bytesExactly(32).map(toHex);
const nonce = bytesExactly(16).map(toHex);
const u32 = fc.nat(0xffff_ffff);
const challenge = fc.record({ hash, index: u32, nonce }).map((c) => challengeByHand(c.hash, c.index, c.nonce));
const chunk = bytesUpTo(300, 1, [1, 64, 65]).map(toHex);
const proofBody = fc
  .record({ challenge, path: fc.array(hash, { maxLength: 20 }), chunk })
  .map((p) => proofByHand(p.challenge, p.path, p.chunk));
const ticket = fc.record({ hash, index: u32, nonce, chunk }).map((t) => ticketByHand(t.hash, t.index, t.nonce, t.chunk));
/** Contents of up to five chunks, each of one byte. */
const content = fc
  .record({
    length: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(4096, 4097, 8193), fc.integer({ min: 1, max: 20_000 })),
    first: fc.nat(255),
  })
  .map(({ length, first }) => Uint8Array.from({ length }, (_, i) => (first + Math.floor(i / 4096)) & 255));
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const termMembers = fc.record({
  hash,
  size: u32,
  channelId: bytesExactly(16).map(toHex),
  costPerEpoch: u64.map(String),
  duration: fc.integer({ min: 1, max: 0xffff_ffff }),
  interval: fc.integer({ min: 0, max: 40_320 }),
});
const terms = termMembers.map((t) =>
  termsByHand({
    hash: t.hash,
    size: little(t.size, 4),
    channelId: t.channelId,
    cost: little(BigInt(t.costPerEpoch), 8),
    duration: little(t.duration, 4),
    interval: little(t.interval, 4),
  }),
);
const agreement = fc.oneof(
  terms.map((t) => agreementByHand(t)),
  terms.map((t) => proposalByHand(t)),
);
const keys = { providerKey: ALICE.publicKey, consumerKey: BOB.publicKey };
const parties = { provider: ownerOf(ALICE), consumer: ownerOf(BOB) };

const hints: Hints = {
  params: {
    'nexus.challenge.read.body': () => challenge,
    'nexus.proof.read.body': () => proofBody,
    'nexus.ticket.read.ticket': () => ticket,
    'nexus.agreement.sign.seed': () => fc.constantFrom(ALICE.seed, BOB.seed),
    'nexus.agreement.sign.terms': () => terms,
  },
  layouts: {
    'nexus.challenge': () => challenge.map(fromHex),
    'nexus.proof': () => proofBody.map(fromHex),
    'nexus.ticket': () => ticket.map(fromHex),
    'nexus.agreement': () => agreement.map(fromHex),
  },
  requests: {
    'nexus.challenge.write': () => fc.record({ hash, index: u32, nonce }),
    'nexus.proof.write': () => fc.record({ challenge, path: fc.array(hash, { maxLength: 20 }), chunk }),
    'nexus.proof.answer': () =>
      fc.record({ content, hash, nonce }).map((a) => ({ challenge: challengeByHand(a.hash, 0, a.nonce), content: toHex(a.content) })),
    'nexus.proof.verify': () =>
      fc.record({ hash, nonce, chunk }).map((v) => {
        const asked = challengeByHand(v.hash, 0, v.nonce);
        return { challenge: asked, body: proofByHand(asked, [], v.chunk), merkleRoot: rootOf(fromHex(v.chunk)), size: v.chunk.length / 2 };
      }),
    'nexus.ticket.digest': () => fc.record({ hash, nonce, chunk }),
    'nexus.ticket.make': () => fc.record({ hash, index: u32, nonce, chunk }),
    'nexus.ticket.answer': () => fc.record({ challenge, chunk }),
    'nexus.ticket.verify': () =>
      fc.record({ hash, index: u32, nonce, chunk }).map((v) => {
        const kept = ticketByHand(v.hash, v.index, v.nonce, v.chunk);
        return { hash: v.hash, ticket: kept, body: `${v.hash}${kept}` };
      }),
    'nexus.agreement.terms': () => termMembers.map((t) => ({ ...t, ...parties })),
    'nexus.agreement.write': () =>
      fc.record({ terms, providerSignature: bytesExactly(64).map(toHex), consumerSignature: bytesExactly(64).map(toHex) }),
    'nexus.agreement.read': () => agreement.map((body) => ({ body, ...keys })),
    'nexus.agreement.conclude': () => terms.map((t) => ({ proposal: proposalByHand(t), answer: agreementByHand(t), ...keys })),
  },
};

export const properties: TopicProperties = {
  checks: (suite) => propertyChecks(suite, (property) => proofProperties(property)),
  hints,
};

function proofProperties(property: Bind): Check[] {
  const [ask, answer, verify] = ['nexus.challenge.write', 'nexus.proof.answer', 'nexus.proof.verify'];
  const [make, prove, check] = ['nexus.ticket.make', 'nexus.ticket.answer', 'nexus.ticket.verify'];
  return [
    property({
      name: 'nexus.proof.verify/whoever-has-it',
      requirement: 'NXS-PRF-008',
      title: 'Whoever has the content proves each of its chunks',
      operations: [ask, answer, verify],
      arbitrary: fc.record({ content, hash, nonce }),
      trial: async ({ content: bytes, hash: object, nonce: drawn }, talk) => {
        for (let index = 0; index < Math.ceil(bytes.length / 4096); index++) {
          const asked = textIn(await talk.want(ask, { hash: object, index, nonce: drawn }), 'body');
          const body = textIn(await talk.want(answer, { challenge: asked, content: toHex(bytes) }), 'body');
          const verified = await talk.want(verify, { challenge: asked, body, merkleRoot: rootOf(bytes), size: bytes.length });
          demand(talk, verified, 'verified', true, 'NXS-PRF-008', 'The proof does not verify.');
        }
      },
    }),
    property({
      name: 'nexus.ticket.verify/whoever-has-it',
      requirement: 'NXS-TKT-001',
      title: 'Whoever has the chunk answers a ticket of it',
      operations: [make, ask, prove, check],
      arbitrary: fc.record({ hash, index: u32, nonce, chunk }),
      trial: async (given, talk) => {
        const kept = textIn(await talk.want(make, given), 'ticket');
        const { hash: object, index, nonce: drawn, chunk: bytes } = given;
        const asked = textIn(await talk.want(ask, { hash: object, index, nonce: drawn }), 'body');
        const body = textIn(await talk.want(prove, { challenge: asked, chunk: bytes }), 'body');
        const verified = await talk.want(check, { hash: object, ticket: kept, body });
        demand(talk, verified, 'verified', true, 'NXS-TKT-001', 'The answer does not verify.');
      },
    }),
    property({
      name: 'nexus.ticket.verify/whoever-forges-it',
      requirement: 'NXS-TKT-005',
      title: 'Whoever kept 32 bytes in place of the chunk answers no ticket, and proves nothing',
      operations: [make, check, verify],
      arbitrary: fc.record({ seed: bytesExactly(32), hash, nonce }),
      trial: async ({ seed, hash: object, nonce: drawn }, talk) => {
        const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (seed[i % 32] ?? 0) ^ (i >> 5));
        const forger = new Forger(bytes);
        const kept = textIn(await talk.want(make, { hash: object, index: 0, nonce: drawn, chunk: toHex(bytes) }), 'ticket');
        const asked = challengeByHand(object, 0, drawn);
        for (const forged of [forger.kept, forger.answer(fromHex(drawn))].map(toHex)) {
          await talk.agree(check, { hash: object, ticket: kept, body: `${asked}${forged}` });
          const proof: JsonObject = { challenge: asked, body: proofByHand(asked, [], forged), merkleRoot: rootOf(bytes), size: 4096 };
          await talk.agree(verify, proof);
        }
      },
    }),
    property({
      name: 'nexus.agreement.read/round-trip',
      requirement: 'NXS-AGR-001',
      title: 'An agreement is read as it was written and signed',
      operations: ['nexus.agreement.terms', 'nexus.agreement.sign', 'nexus.agreement.write', 'nexus.agreement.read'],
      arbitrary: termMembers,
      trial: async (members, talk) => {
        const written = textIn(await talk.want('nexus.agreement.terms', { ...members, ...parties }), 'terms');
        const [providerSignature, consumerSignature] = [
          textIn(await talk.want('nexus.agreement.sign', { seed: ALICE.seed, terms: written }), 'signature'),
          textIn(await talk.want('nexus.agreement.sign', { seed: BOB.seed, terms: written }), 'signature'),
        ];
        const body = textIn(await talk.want('nexus.agreement.write', { terms: written, providerSignature, consumerSignature }), 'body');
        const read = await talk.want('nexus.agreement.read', { body, ...keys });
        for (const [name, value] of Object.entries({ ...members, ...parties, whole: true }))
          demand(talk, read, name, value, 'NXS-AGR-001', `The ${name} is another.`);
      },
    }),
  ];
}
