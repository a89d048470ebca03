/** The cases of the verifiable random function and of the lottery. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { casesOf } from '../../generate/cases.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { BASE, bytesLe, encodePoint, IDENTITY, integerLe, multiply, ORDER } from '../identity/edwards.ts';
import { smallOrderEncodings, TORSION, unreducedEncodings } from '../identity/odd-points.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { challengeOf, hashedTo, prove } from './ecvrf.ts';
import { RFC_9381 } from './rfc9381.ts';

const PACKET_ID = toHex(seededBytes('nexus-packet-id', 32));
const other = (length: number): string => toHex(seededBytes('nexus-vrf', length));
const DIFFICULTIES = [10, 100, 1000];

export function drawCases(batch: Batch): void {
  const draw = casesOf(batch, 'nexus.vrf.prove', { seed: ALICE.seed, alpha: PACKET_ID });
  draw('packet', 'drawn for a packet', {}, 'NXS-VRF-001');
  draw('bob', 'drawn by another', { seed: BOB.seed }, 'NXS-VRF-003');
  for (const { example, seed, alpha } of RFC_9381) draw(example.replace(' ', '-'), `RFC 9381, ${example}`, { seed, alpha }, 'NXS-VRF-001');
  for (let i = 0; i < 8; i++) draw(`try-${String(i)}`, `number ${String(i)}`, { alpha: toHex(Uint8Array.of(i, 0)) }, 'NXS-VRF-002');
  for (const length of [0, 31, 33])
    draw(`seed-of-${String(length)}`, `a seed of ${String(length)} bytes`, { seed: other(length) }, 'NXS-IDN-002', 'malformed');
  for (const tries of [3, 4, 6])
    draw(
      `point-at-try-${String(tries)}`,
      `the point is found at try ${String(tries)}`,
      { alpha: toHex(alphaOfTries(tries)) },
      'NXS-VRF-002',
    );
  verifyCases(batch);
}

/** The first of some counted texts that is hashed to a point at a try. */
function alphaOfTries(tries: number): Uint8Array {
  for (let number = 0; ; number++) {
    const alpha = seededBytes(`nexus-alpha-${String(number)}`, 32);
    if (hashedTo(fromHex(ALICE.publicKey), alpha).tries === tries) return alpha;
  }
}

function verifyCases(batch: Batch): void {
  const alpha = fromHex(PACKET_ID);
  const right = prove(fromHex(ALICE.seed), alpha).proof;
  const usual: JsonObject = { publicKey: ALICE.publicKey, alpha: PACKET_ID, proof: toHex(right) };
  const verify = casesOf(batch, 'nexus.vrf.verify', usual);
  verify('packet', 'drawn for a packet', {}, 'NXS-VRF-005');
  for (const { example, publicKey, alpha: given, proof } of RFC_9381)
    verify(example.replace(' ', '-'), `RFC 9381, ${example}`, { publicKey, alpha: given, proof }, 'NXS-VRF-004');
  const bad = (name: string, title: string, changes: JsonObject, about: string): void =>
    verify(name, title, changes, about, 'unauthenticated');
  bad('other-key', 'under the key of another', { publicKey: BOB.publicKey }, 'NXS-VRF-005');
  bad('other-packet', 'for another packet', { alpha: `${PACKET_ID.slice(0, -2)}00` }, 'NXS-VRF-005');
  bad('longer-packet', 'for a packet and a byte', { alpha: `${PACKET_ID}00` }, 'NXS-VRF-005');
  for (const at of [32, 47, 48, 78]) {
    const changed = right.map((byte, i) => (i === at ? byte ^ 1 : byte));
    bad(`bit-of-byte-${String(at)}`, `a bit of byte ${String(at)} is another`, { proof: toHex(changed) }, 'NXS-VRF-005');
  }
  const [gamma, c, s] = [right.slice(0, 32), right.slice(32, 48), right.slice(48)];
  const proofOf = (...parts: readonly Uint8Array[]): JsonObject => ({ proof: toHex(concatBytes(...parts)) });
  bad('other-point', 'with the base point', proofOf(encodePoint(BASE), c, s), 'NXS-VRF-005');
  bad('negative-point', 'with the negative of its point', proofOf(gamma.with(31, (gamma[31] ?? 0) ^ 0x80), c, s), 'NXS-VRF-005');
  bad('identity', 'with the identity as its point', proofOf(encodePoint(IDENTITY), c, s), 'NXS-VRF-005');
  bad('zeros', 'of zeros but for the point', proofOf(gamma, new Uint8Array(48)), 'NXS-VRF-005');
  bad('small-point', 'with a point of order 2', proofOf(fromHex(`ec${'ff'.repeat(30)}7f`), c, s), 'NXS-VRF-005');
  bad('torsion', 'whose point has a part of small order', { proof: toHex(torsionProof((rest) => rest !== 0n)) }, 'NXS-VRF-005');
  verify(
    'torsion-cancels',
    'whose point has a part of small order that falls away',
    { proof: toHex(torsionProof((rest) => rest === 0n)) },
    'NXS-VRF-004',
  );
  bad('scalar-plus-order', 'with the order added to its scalar', proofOf(gamma, c, bytesLe(integerLe(s) + ORDER)), 'NXS-VRF-007');
  bad('scalar-is-order', 'with the order as its scalar', proofOf(gamma, c, bytesLe(ORDER)), 'NXS-VRF-007');
  bad('off-curve', 'with a y of 2', proofOf(bytesLe(2n), c, s), 'NXS-VRF-007');
  for (const [i, hex] of unreducedEncodings().slice(0, 4).entries())
    bad(`unreduced-${String(i)}`, 'with a point whose y is the prime or more', proofOf(fromHex(hex), c, s), 'NXS-VRF-007');
  bad('negative-zero', 'with an x of minus 0', proofOf(fromHex(`01${'00'.repeat(30)}80`), c, s), 'NXS-VRF-007');
  for (const { name, hex } of smallOrderEncodings())
    bad(`small-key-${name}`, 'under a key of small order', { publicKey: hex }, 'NXS-VRF-006');
  bad('small-key-signs', 'made for a key of small order', smallKeyProof(alpha), 'NXS-VRF-006');
  bad('key-off-curve', 'under a key with a y of 2', { publicKey: toHex(bytesLe(2n)) }, 'NXS-VRF-006');
  for (const length of [0, 79, 81, 96])
    verify(
      `proof-of-${String(length)}`,
      `a proof of ${String(length)} bytes`,
      {
        proof: toHex(right)
          .repeat(2)
          .slice(0, 2 * length),
      },
      'NXS-VRF-008',
      'malformed',
    );
  for (const length of [0, 31, 33])
    verify(`key-of-${String(length)}`, `a key of ${String(length)} bytes`, { publicKey: other(length) }, 'NXS-VRF-008', 'malformed');
}

/** A proof whose Gamma has a part of small order: right only if the challenge cancels it. The output is the same. */
function torsionProof(holds: (rest: bigint) => boolean): Uint8Array {
  for (let nonce = 1n; ; nonce++) {
    const { proof } = prove(fromHex(ALICE.seed), fromHex(PACKET_ID), TORSION, nonce);
    if (holds(integerLe(proof.slice(32, 48)) % 8n)) return proof;
  }
}
/** Under the identity as a key everything has the secret 0: whoever does not validate keys takes this. */
function smallKeyProof(alpha: Uint8Array): JsonObject {
  return { publicKey: toHex(encodePoint(IDENTITY)), proof: toHex(proveUnderIdentity(alpha)) };
}
function proveUnderIdentity(alpha: Uint8Array): Uint8Array {
  const [key, k] = [encodePoint(IDENTITY), 12_345n];
  const { point } = hashedTo(key, alpha);
  const c = challengeOf(key, encodePoint(point), key, encodePoint(multiply(BASE, k)), encodePoint(multiply(point, k)));
  return concatBytes(encodePoint(IDENTITY), bytesLe(c).slice(0, 16), bytesLe(k));
}

export function lotteryCases(batch: Batch): void {
  const wins = casesOf(batch, 'nexus.lottery.wins', { beta: other(64), difficulty: 10 });
  for (const difficulty of DIFFICULTIES) {
    const name = String(difficulty);
    casesOf(batch, 'nexus.lottery.threshold', { difficulty })(name, `one of ${name}`, {}, 'NXS-LOT-002');
    const limit = 2n ** 64n / BigInt(difficulty);
    for (const [where, drawn] of [
      ['zero', 0n],
      ['one-below', limit - 1n],
      ['equal', limit],
      ['one-above', limit + 1n],
      ['all-ones', 2n ** 64n - 1n],
    ] as const)
      for (const [tail, rest] of [
        ['', '00'.repeat(56)],
        ['-and-ones', 'ff'.repeat(56)],
      ] as const)
        wins(
          `${name}-${where}${tail}`,
          `${where} of the target of one of ${name}`,
          { beta: `${drawn.toString(16).padStart(16, '0')}${rest}`, difficulty },
          'NXS-LOT-002',
        );
    wins(
      `${name}-turned`,
      'below the target from its last byte on',
      { beta: `01${'00'.repeat(6)}ff${'00'.repeat(56)}`, difficulty },
      'NXS-LOT-002',
    );
  }
  wins('last-bytes', 'below the target in its last bytes alone', { beta: `${'ff'.repeat(56)}${'00'.repeat(8)}` }, 'NXS-LOT-001');
  for (const { example, beta } of RFC_9381) wins(example.replace(' ', '-'), `the output of RFC 9381, ${example}`, { beta }, 'NXS-LOT-001');
  for (const length of [0, 8, 32, 63, 65])
    wins(`of-${String(length)}`, `an output of ${String(length)} bytes`, { beta: other(length) }, 'NXS-LOT-002', 'malformed');
  for (const difficulty of [0, 1, 9, 11, 99, 101, 999, 1001, 10_000]) {
    const title = `a difficulty of ${String(difficulty)}`;
    wins(`difficulty-${String(difficulty)}`, title, { difficulty }, 'NXS-LOT-003', 'malformed');
    casesOf(batch, 'nexus.lottery.threshold', { difficulty: 10 })(
      `difficulty-${String(difficulty)}`,
      title,
      { difficulty },
      'NXS-LOT-003',
      'malformed',
    );
    casesOf(batch, 'nexus.lottery.reward', { price: '5', difficulty: 10 })(
      `difficulty-${String(difficulty)}`,
      title,
      { difficulty },
      'NXS-LOT-003',
      'malformed',
    );
  }
  rewardCases(batch);
}

function rewardCases(batch: Batch): void {
  const reward = casesOf(batch, 'nexus.lottery.reward', { price: '5', difficulty: 100 });
  for (const difficulty of DIFFICULTIES) {
    reward(`of-${String(difficulty)}`, `one of ${String(difficulty)} at 5`, { difficulty }, 'NXS-LOT-004');
    const most = (2n ** 64n - 1n) / BigInt(difficulty);
    reward(`most-of-${String(difficulty)}`, 'the highest price', { price: String(most), difficulty }, 'NXS-LOT-007');
    reward(`too-much-of-${String(difficulty)}`, 'a price too high', { price: String(most + 1n), difficulty }, 'NXS-LOT-007', 'limit');
  }
  reward('free', 'for nothing', { price: '0' }, 'NXS-LOT-004');
  for (const packets of [0, 1, 49, 50, 51, 499, 500, 501, 4_294_967_295])
    casesOf(batch, 'nexus.lottery.difficulty', { packets })(String(packets), `packets: ${String(packets)}`, {}, 'NXS-LOT-005');
  for (const expected of [0, 1, 2, 3, 4, 8, 9, 15, 16, 99, 100, 101, 65_535, 65_536, 4_294_836_224, 4_294_836_225, 4_294_967_295])
    casesOf(batch, 'nexus.lottery.bound', { expected })(String(expected), `wins that were to be: ${String(expected)}`, {}, 'NXS-LOT-006');
}
