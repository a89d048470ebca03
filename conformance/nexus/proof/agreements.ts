/** The cases of agreements: each field at its bounds, and whose signature is over what. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { casesOf } from '../../generate/cases.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { toHex } from '../../oracle/values.ts';
import { ALICE, BOB, nodeOf } from '../identity/people.ts';
import { little, ownerOf } from '../object/made.ts';
import { agreementByHand, CHANNEL, HASH, NO_SIGNATURE, proposalByHand, signedBy, termsByHand } from './made.ts';

const CAROL = nodeOf(seededBytes('nexus-carol', 32));
const other = (length: number): string => toHex(seededBytes('nexus-agreement', length));
const TERMS = termsByHand({});
const KEYS: JsonObject = { providerKey: ALICE.publicKey, consumerKey: BOB.publicKey };

export function agreementCases(batch: Batch): void {
  intervalCases(batch);
  termCases(batch);
  signCases(batch);
  writeCases(batch);
  readCases(batch);
  concludeCases(batch);
}

function intervalCases(batch: Batch): void {
  for (const priority of ['critical', 'normal', 'lazy'])
    for (const bitsPerSecond of [0, 1074, 9999, 10_000, 4_294_967_295])
      batch.add({
        name: `${priority}-${String(bitsPerSecond)}`,
        title: `a ${priority} object over ${String(bitsPerSecond)} bit/s`,
        kind: 'boundary',
        operation: 'nexus.agreement.interval',
        params: { priority, bitsPerSecond: String(bitsPerSecond) },
        about: bitsPerSecond < 10_000 ? 'NXS-AGR-014' : 'NXS-AGR-013',
        accepts: true,
      });
}

function termCases(batch: Batch): void {
  const usual: JsonObject = {
    hash: HASH,
    size: 10_000,
    provider: ownerOf(ALICE),
    consumer: ownerOf(BOB),
    channelId: CHANNEL,
    costPerEpoch: '5',
    duration: 5,
    interval: 10,
  };
  const write = casesOf(batch, 'nexus.agreement.terms', usual);
  write('usual', 'a normal object for 35 days', {}, 'NXS-AGR-002');
  for (const size of [0, 255, 256, 4_294_967_295]) write(`size-${String(size)}`, `${String(size)} bytes`, { size }, 'NXS-AGR-002');
  for (const costPerEpoch of ['0', '256', '18446744073709551615'])
    write(`cost-${costPerEpoch}`, `an epoch at ${costPerEpoch}`, { costPerEpoch }, 'NXS-AGR-002');
  for (const duration of [1, 256, 4_294_967_295])
    write(`duration-${String(duration)}`, `epochs: ${String(duration)}`, { duration }, 'NXS-AGR-005');
  for (const interval of [0, 1, 256, 40_320])
    write(`interval-${String(interval)}`, `rounds: ${String(interval)}`, { interval }, 'NXS-AGR-006');
  write('duration-0', 'an agreement for no epoch', { duration: 0 }, 'NXS-AGR-005', 'malformed');
  for (const interval of [40_321, 65_536, 4_294_967_295])
    write(`interval-${String(interval)}`, `rounds: ${String(interval)}`, { interval }, 'NXS-AGR-006', 'malformed');
  for (const length of [0, 31, 33])
    write(`hash-of-${String(length)}`, `a hash of ${String(length)} bytes`, { hash: other(length) }, 'NXS-AGR-002', 'malformed');
  for (const member of ['provider', 'consumer', 'channelId'])
    for (const length of [0, 15, 17])
      write(`${member}-of-${String(length)}`, `an id of ${String(length)} bytes`, { [member]: other(length) }, 'NXS-AGR-002', 'malformed');
}

/** Faults of the 102 bytes, by what reads them. */
const TERM_FAULTS: readonly (readonly [name: string, title: string, terms: string, about: string, rejects: string])[] = [
  ...['00', '02', 'ff'].map(
    (version) => [`version-${version}`, `the version ${version}`, termsByHand({ version }), 'NXS-AGR-003', 'unsupported'] as const,
  ),
  ['erasure-1', 'a part of an erasure-coded set', termsByHand({ erasure: '01' }), 'NXS-AGR-004', 'unsupported'],
  ...['02', 'ff'].map(
    (erasure) => [`erasure-${erasure}`, `an erasure option of ${erasure}`, termsByHand({ erasure }), 'NXS-AGR-004', 'malformed'] as const,
  ),
  ['duration-0', 'an agreement for no epoch', termsByHand({ duration: little(0, 4) }), 'NXS-AGR-005', 'malformed'],
  ...[40_321, 4_294_967_295].map(
    (rounds) =>
      [
        `interval-${String(rounds)}`,
        `rounds: ${String(rounds)}`,
        termsByHand({ interval: little(rounds, 4) }),
        'NXS-AGR-006',
        'malformed',
      ] as const,
  ),
];

function signCases(batch: Batch): void {
  const sign = casesOf(batch, 'nexus.agreement.sign', { seed: ALICE.seed, terms: TERMS });
  sign('provider', 'signed by the provider', {}, 'NXS-AGR-008');
  sign('consumer', 'signed by the consumer', { seed: BOB.seed }, 'NXS-AGR-008');
  sign('stranger', 'signed by somebody else', { seed: CAROL.seed }, 'NXS-AGR-010', 'mismatch');
  for (const [name, title, terms, about, rejects] of TERM_FAULTS) sign(name, title, { terms }, about, rejects);
  for (const cut of [0, 1, 32, 33, 68, 69, 84, 92, 96, 100, 101])
    sign(`cut-at-${String(cut)}`, `${String(cut)} bytes`, { terms: TERMS.slice(0, 2 * cut) }, 'NXS-AGR-007', 'truncated');
  sign('a-byte-more', 'a byte after the terms', { terms: `${TERMS}00` }, 'NXS-AGR-007', 'trailing');
}

function writeCases(batch: Batch): void {
  const [providerSignature, consumerSignature] = [signedBy(ALICE, TERMS), signedBy(BOB, TERMS)];
  const whole = { terms: TERMS, providerSignature, consumerSignature };
  const write = casesOf(batch, 'nexus.agreement.write', whole);
  write('whole', 'an agreement that both have signed', {}, 'NXS-AGR-002');
  batch.add({
    name: 'proposal',
    title: 'a proposal',
    kind: 'boundary',
    operation: 'nexus.agreement.write',
    params: { terms: TERMS, consumerSignature },
    about: 'NXS-AGR-011',
    accepts: true,
  });
  for (const member of ['providerSignature', 'consumerSignature'])
    for (const length of [0, 63, 65])
      write(
        `${member}-of-${String(length)}`,
        `a signature of ${String(length)} bytes`,
        { [member]: other(length) },
        'NXS-AGR-002',
        'malformed',
      );
  for (const [name, title, terms, about, rejects] of TERM_FAULTS) write(name, title, { terms }, about, rejects);
  write('a-byte-more', 'a byte after the terms', { terms: `${TERMS}00` }, 'NXS-AGR-007', 'trailing');
  write('a-byte-less', 'terms of 101 bytes', { terms: TERMS.slice(0, -2) }, 'NXS-AGR-007', 'truncated');
}

function readCases(batch: Batch): void {
  const whole = agreementByHand(TERMS);
  const right: JsonObject = { ...KEYS, body: whole };
  const read = casesOf(batch, 'nexus.agreement.read', right);
  read('whole', 'an agreement that both have signed', {}, 'NXS-AGR-001');
  read('proposal', 'a proposal', { body: proposalByHand(TERMS) }, 'NXS-AGR-011');
  read(
    'no-challenges',
    'an agreement without challenges',
    { body: agreementByHand(termsByHand({ interval: little(0, 4) })) },
    'NXS-AGR-006',
  );
  read(
    'highest',
    'the greatest numbers',
    {
      body: agreementByHand(
        termsByHand({ size: 'ff'.repeat(4), cost: 'ff'.repeat(8), duration: 'ff'.repeat(4), interval: little(40_320, 4) }),
      ),
    },
    'NXS-AGR-001',
  );
  for (const [name, title, terms, about, rejects] of TERM_FAULTS) read(name, title, { body: agreementByHand(terms) }, about, rejects);
  read(
    'erasure-with-part',
    'a part of an erasure-coded set, with what it says of it',
    { body: agreementByHand(`${termsByHand({ erasure: '01' })}000201${HASH}`) },
    'NXS-AGR-004',
    'unsupported',
  );
  for (const cut of [0, 1, 32, 33, 36, 37, 52, 53, 68, 69, 84, 85, 92, 93, 96, 97, 100, 101, 102, 165, 166, 229])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, { body: whole.slice(0, 2 * cut) }, 'NXS-AGR-007', 'truncated');
  read('a-byte-more', 'a byte after the signatures', { body: `${whole}00` }, 'NXS-AGR-007', 'trailing');
  const signed = (provider: string, consumer: string): JsonObject => ({ body: `${TERMS}${provider}${consumer}` });
  const [byProvider, byConsumer] = [signedBy(ALICE, TERMS), signedBy(BOB, TERMS)];
  const bad = (name: string, title: string, changes: JsonObject, about = 'NXS-AGR-009'): void =>
    read(name, title, changes, about, 'unauthenticated');
  bad('swapped', 'the signatures swapped', signed(byConsumer, byProvider));
  bad('provider-twice', 'the signature of the provider twice', signed(byProvider, byProvider));
  bad('consumer-twice', 'the signature of the consumer twice', signed(byConsumer, byConsumer));
  bad('no-consumer', 'zeros in place of the consumer', signed(byProvider, NO_SIGNATURE));
  bad('nobody', 'zeros in place of both', signed(NO_SIGNATURE, NO_SIGNATURE));
  bad('provider-one', 'a signature of a 1 after zeros', signed(`${NO_SIGNATURE.slice(0, -2)}01`, byConsumer));
  bad('other-purpose', 'signed for a payment', signed(signedBy(ALICE, TERMS, 'nexus-1 channel'), byConsumer), 'NXS-AGR-008');
  bad(
    'consumer-other-purpose',
    'signed by the consumer for terms of payment',
    signed(byProvider, signedBy(BOB, TERMS, 'nexus-1 terms')),
    'NXS-AGR-008',
  );
  bad(
    'longer-signed',
    'the provider signed the signature of the consumer as well',
    signed(signedBy(ALICE, `${TERMS}${byConsumer}`), byConsumer),
    'NXS-AGR-008',
  );
  bad(
    'shorter-signed',
    'the provider did not sign the erasure option',
    signed(signedBy(ALICE, TERMS.slice(0, -2)), byConsumer),
    'NXS-AGR-008',
  );
  for (const [name, parts] of [
    ['hash', { hash: HASH.replace('a5', 'a4') }],
    ['size', { size: little(10_001, 4) }],
    ['channel', { channelId: 'c8'.repeat(16) }],
    ['cost', { cost: little(4, 8) }],
    ['duration', { duration: little(6, 4) }],
    ['interval', { interval: little(11, 4) }],
  ] as const)
    bad(`other-${name}`, `another ${name} than was signed`, { body: `${termsByHand(parts)}${byProvider}${byConsumer}` }, 'NXS-AGR-008');
  const foreign = (name: string, title: string, changes: JsonObject): void => read(name, title, changes, 'NXS-AGR-010', 'mismatch');
  foreign('other-provider', 'the key of another provider', { providerKey: CAROL.publicKey });
  foreign('other-consumer', 'the key of another consumer', { consumerKey: CAROL.publicKey });
  foreign('keys-swapped', 'the keys swapped', { providerKey: BOB.publicKey, consumerKey: ALICE.publicKey });
  for (const member of ['providerKey', 'consumerKey'])
    for (const length of [0, 31, 33])
      read(`${member}-of-${String(length)}`, `a key of ${String(length)} bytes`, { [member]: other(length) }, 'NXS-IDN-006', 'malformed');
}

function concludeCases(batch: Batch): void {
  const right: JsonObject = { ...KEYS, proposal: proposalByHand(TERMS), answer: agreementByHand(TERMS) };
  const conclude = casesOf(batch, 'nexus.agreement.conclude', right);
  conclude('whole', 'the whole agreement', {}, 'NXS-AGR-012');
  conclude('proposal-back', 'the proposal itself', { answer: proposalByHand(TERMS) }, 'NXS-AGR-012', 'mismatch');
  for (const [name, parts] of [
    ['cost', { cost: little(6, 8) }],
    ['duration', { duration: little(4, 4) }],
    ['interval', { interval: little(100, 4) }],
    ['hash', { hash: HASH.replace('a5', 'a4') }],
  ] as const)
    conclude(
      `other-${name}`,
      `an agreement with another ${name}, whole by itself`,
      { answer: agreementByHand(termsByHand(parts)) },
      'NXS-AGR-012',
      'mismatch',
    );
  const unsigned = `${TERMS}${signedBy(BOB, TERMS)}${signedBy(BOB, TERMS)}`;
  conclude('unsigned', 'an answer without the signature of the provider', { answer: unsigned }, 'NXS-AGR-009', 'unauthenticated');
  conclude('cut', 'an answer that is cut', { answer: agreementByHand(TERMS).slice(0, -2) }, 'NXS-AGR-007', 'truncated');
  conclude('foreign', 'the key of another provider', { providerKey: CAROL.publicKey }, 'NXS-AGR-010', 'mismatch');
}
