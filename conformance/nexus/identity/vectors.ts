/** The cases of identities: which seed makes which keys, and each way in which bytes are not a key. */
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { bytesLe, encodePoint, PRIME, add, BASE, multiply, montgomeryOf } from './edwards.ts';
import { blake2b } from './blake2b.ts';
import { smallOrderEncodings, TORSION, unreducedEncodings } from './odd-points.ts';
import { ALICE, BOB, countedSeed, seedWhere } from './people.ts';
import { ed25519Public } from './primitives.ts';
import { signatureCases } from './signatures.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'identity', fill: ({ batch }) => identityCases(batch) },
    { subject: 'signature', fill: ({ batch }) => signatureCases(batch) },
  ],
  mutated: ['nexus.identity.', 'nexus.signature.'],
};

/** RFC 8032 section 7.1: the seeds of its tests. */
const RFC_SEEDS = [
  '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
  'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5',
  '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
];

function identityCases(batch: Batch): void {
  deriveCases(batch);
  hashCases(batch);
  convertCases(batch);
  agreeCases(batch);
}

function deriveCases(batch: Batch): void {
  const derive = (name: string, title: string, seed: Uint8Array, about: string, published?: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'nexus.identity.derive',
      params: { seed: toHex(seed) },
      about,
      accepts: true,
      ...(published === undefined ? {} : { published }),
    });
  derive('counted-from-00', 'the seed 00 01 .. 1f', countedSeed(0), 'NXS-IDN-003');
  derive('counted-from-20', 'the seed 20 21 .. 3f', countedSeed(0x20), 'NXS-IDN-003');
  derive('zeros', 'a seed of zero bytes', new Uint8Array(32), 'NXS-IDN-001');
  derive('ones', 'a seed of ff bytes', new Uint8Array(32).fill(0xff), 'NXS-IDN-001');
  RFC_SEEDS.forEach((seed, i) =>
    derive(`rfc8032-${String(i + 1)}`, `the seed of test ${String(i + 1)} of RFC 8032`, fromHex(seed), 'NXS-IDN-001', 'RFC 8032'),
  );
  const edge = (of: (seed: Uint8Array) => Uint8Array, name: string, what: string, about: string): void => {
    for (const [at, end, which] of [
      [0, 'first', 'begins'],
      [-1, 'last', 'ends'],
    ] as const)
      derive(
        `${name}-${end}-00`,
        `${what} ${which} with 00`,
        seedWhere((seed) => of(seed).at(at) === 0),
        about,
      );
  };
  edge(ed25519Public, 'public-key', 'a public key that', 'NXS-IDN-001');
  edge((seed) => montgomeryOf(ed25519Public(seed)), 'x25519', 'an X25519 key that', 'NXS-IDN-004');
  edge((seed) => blake2b(ed25519Public(seed), 32).slice(0, 16), 'hash', 'an address that', 'NXS-IDN-003');
  const signed = (bit: number): Uint8Array => seedWhere((seed) => (ed25519Public(seed)[31] ?? 0) >> 7 === bit);
  for (const bit of [0, 1]) derive(`sign-${String(bit)}`, `a public key whose sign bit is ${String(bit)}`, signed(bit), 'NXS-IDN-004');
  for (const length of [0, 1, 31, 33, 64])
    batch.add({
      name: `seed-of-${String(length)}`,
      title: `a seed of ${String(length)} bytes`,
      kind: 'range',
      operation: 'nexus.identity.derive',
      params: { seed: toHex(seededBytes('nexus-seed', length)) },
      about: 'NXS-IDN-002',
      rejects: 'malformed',
    });
}

const WRONG_LENGTHS = [0, 1, 31, 33, 64];

function hashCases(batch: Batch): void {
  const operation = 'nexus.identity.hash';
  for (const [name, key] of [
    ['alice', ALICE.publicKey],
    ['bob', BOB.publicKey],
    ['zeros', '00'.repeat(32)],
    ['ones', 'ff'.repeat(32)],
    ['not-a-point', `02${'00'.repeat(31)}`],
  ] as const)
    batch.add({
      name,
      title: `the address of ${name}`,
      kind: 'example',
      operation,
      params: { publicKey: key },
      about: 'NXS-IDN-003',
      accepts: true,
    });
  wrongLengths(batch, operation, {});
}

/** Public keys of other lengths. */
function wrongLengths(batch: Batch, operation: string, more: { readonly [name: string]: string }): void {
  for (const length of WRONG_LENGTHS)
    batch.add({
      name: `key-of-${String(length)}`,
      title: `a public key of ${String(length)} bytes`,
      kind: 'range',
      operation,
      params: { ...more, publicKey: toHex(seededBytes('nexus-key', length)) },
      about: 'NXS-IDN-006',
      rejects: 'malformed',
    });
}

function convertCases(batch: Batch): void {
  const operation = 'nexus.identity.convert';
  const accept = (name: string, title: string, publicKey: string): void =>
    batch.add({ name, title, kind: 'example', operation, params: { publicKey }, about: 'NXS-IDN-004', accepts: true });
  const refuse = (name: string, title: string, publicKey: string, about: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation,
      params: { publicKey },
      about,
      rejects: 'malformed',
      base: { publicKey: ALICE.publicKey },
    });
  accept('alice', "Alice's key", ALICE.publicKey);
  accept('bob', "Bob's key", BOB.publicKey);
  const negated = fromHex(ALICE.publicKey);
  negated[31] = (negated[31] ?? 0) ^ 0x80;
  accept('alice-negated', "Alice's key with the other sign has the same u", toHex(negated));
  accept('mixed-order', 'a point of large order outside the subgroup of prime order', toHex(encodePoint(add(multiply(BASE, 7n), TORSION))));
  for (const y of [2n, 7n, PRIME - 2n])
    refuse(`not-a-point-${y < 10n ? String(y) : 'minus-2'}`, 'a y that no point has', toHex(bytesLe(y)), 'NXS-IDN-007');
  unreducedEncodings().forEach((key, i) => refuse(`unreduced-${String(i)}`, 'a y of the prime or more', key, 'NXS-IDN-008'));
  for (const { name, hex } of smallOrderEncodings()) refuse(`small-order-${name}`, 'a key of small order', hex, 'NXS-IDN-009');
  wrongLengths(batch, operation, {});
}

/** u-coordinates of points of order 1, 2, 4 and 8 on the curve of X25519 and its twist, each below 2^255. */
const LOW_ORDER_U: readonly bigint[] = [
  0n,
  1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  PRIME - 1n,
  PRIME,
  PRIME + 1n,
];

function agreeCases(batch: Batch): void {
  const operation = 'nexus.identity.agree';
  const accept = (name: string, title: string, seed: string, publicKey: string, about: string): void =>
    batch.add({ name, title, kind: 'example', operation, params: { seed, publicKey }, about, accepts: true });
  const [alice, bob] = [ALICE, BOB].map(({ publicKey }) => toHex(montgomeryOf(fromHex(publicKey)))) as [string, string];
  accept('alice-with-bob', 'what Alice shares with Bob', ALICE.seed, bob, 'NXS-IDN-005');
  accept('bob-with-alice', 'what Bob shares with Alice', BOB.seed, alice, 'NXS-IDN-005');
  accept('base-point', 'the base point gives the public key', ALICE.seed, `09${'00'.repeat(31)}`, 'NXS-IDN-005');
  const top = fromHex(bob);
  top[31] = (top[31] ?? 0) | 0x80;
  accept('highest-bit', 'the highest bit of the key is ignored', ALICE.seed, toHex(top), 'NXS-IDN-011');
  accept('unreduced', 'a key of the prime and 9 is 9', ALICE.seed, toHex(bytesLe(PRIME + 9n)), 'NXS-IDN-011');
  accept('all-ones', 'a key of ff bytes is 18', ALICE.seed, 'ff'.repeat(32), 'NXS-IDN-011');
  for (const u of LOW_ORDER_U)
    for (const bit of [0n, 1n]) {
      const key = toHex(bytesLe(u | (bit << 255n)));
      batch.add({
        name: `low-order-${key.slice(0, 4)}-${key.slice(-2)}`,
        title: 'a key whose multiples are all zero',
        kind: 'example',
        operation,
        params: { seed: ALICE.seed, publicKey: key },
        about: 'NXS-IDN-010',
        rejects: 'unauthenticated',
        base: { seed: ALICE.seed, publicKey: bob },
      });
    }
  for (const length of [31, 33])
    batch.add({
      name: `seed-of-${String(length)}`,
      title: `a seed of ${String(length)} bytes`,
      kind: 'range',
      operation,
      params: { seed: toHex(seededBytes('nexus-seed', length)), publicKey: bob },
      about: 'NXS-IDN-002',
      rejects: 'malformed',
    });
  wrongLengths(batch, operation, { seed: ALICE.seed });
}
