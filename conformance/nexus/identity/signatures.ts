/** The cases of signatures: those on which verifiers are known to differ are made here, from points and scalars. */
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { signedBytes } from './confirm.ts';
import { add, BASE, bytesLe, challengeOf, decodePoint, encodePoint, IDENTITY, integerLe, multiply, ORDER, PRIME } from './edwards.ts';
import { smallOrderEncodings, TORSION, unreducedEncodings } from './odd-points.ts';
import { ALICE, BOB } from './people.ts';
import { ed25519Sign } from './primitives.ts';

const SIGN = 'nexus.signature.sign';
const VERIFY = 'nexus.signature.verify';
const PURPOSE = 'nexus-1 announce';
const MESSAGE = toHex(seededBytes('nexus-signed', 40));

/** Everything that an identity key signs. */
export const PURPOSES: readonly string[] = [
  'nexus-1 announce',
  'nexus-1 link i',
  'nexus-1 link r',
  'nexus-1 content',
  'nexus-1 mutable',
  'nexus-1 custody',
  'nexus-1 receipt',
  'nexus-1 storage',
  'nexus-1 channel',
  'nexus-1 terms',
  'nexus-1 settle',
  'nexus-1 group state',
  'nexus-1 group message',
  'nexus-1 advisory',
  'bottlepost identity',
  'bottlepost contact',
];

export function signatureCases(batch: Batch): void {
  signCases(batch);
  ordinaryCases(batch);
  contestedCases(batch);
}

/** The signature that a node makes, as hexadecimal digits. */
export function signatureOf(seed: string, purpose: string, message: string): string {
  return toHex(ed25519Sign(fromHex(seed), signedBytes(purpose, fromHex(message))));
}

function signCases(batch: Batch): void {
  const accept = (name: string, title: string, purpose: string, message: string, seed = ALICE.seed): void =>
    batch.add({ name, title, kind: 'example', operation: SIGN, params: { seed, purpose, message }, about: 'NXS-SIG-001', accepts: true });
  for (const purpose of PURPOSES) accept(purpose.replaceAll(' ', '-'), `signed for ${purpose}`, purpose, MESSAGE);
  for (const length of [0, 1, 31, 32, 111, 112, 300])
    accept(`of-${String(length)}`, `${String(length)} bytes are signed`, PURPOSE, toHex(seededBytes('nexus-sign', length)));
  accept('bob', 'signed by another', PURPOSE, MESSAGE, BOB.seed);
  for (const purpose of ['', 'nexus-1', 'nexus-1 announce ', 'Nexus-1 announce', 'nexus-1 announce\0', 'nexus-1 link', 'nexus-1 vrf'])
    for (const operation of [SIGN, VERIFY]) {
      const signer =
        operation === SIGN ? { seed: ALICE.seed } : { publicKey: ALICE.publicKey, signature: signatureOf(ALICE.seed, purpose, MESSAGE) };
      batch.add({
        name: `purpose-${
          purpose === ''
            ? 'empty'
            : JSON.stringify(purpose)
                .replaceAll(/[^A-Za-z0-9]+/g, '-')
                .slice(1)
        }`,
        title: `for the purpose ${JSON.stringify(purpose)}`,
        kind: 'example',
        operation,
        params: { ...signer, purpose, message: MESSAGE },
        about: 'NXS-SIG-002',
        rejects: 'unsupported',
      });
    }
  for (const length of [0, 31, 33, 64])
    batch.add({
      name: `seed-of-${String(length)}`,
      title: `a seed of ${String(length)} bytes`,
      kind: 'range',
      operation: SIGN,
      params: { seed: toHex(seededBytes('nexus-seed', length)), purpose: PURPOSE, message: MESSAGE },
      about: 'NXS-IDN-002',
      rejects: 'malformed',
    });
}

interface Verifying {
  readonly publicKey?: string;
  readonly purpose?: string;
  readonly message?: string;
  readonly signature?: string;
}

function accepted(batch: Batch, name: string, title: string, given: Verifying, about: string): void {
  batch.add({ name, title, kind: 'example', operation: VERIFY, params: verifying(given), about, accepts: true });
}
function refused(batch: Batch, name: string, title: string, given: Verifying, about: string, rejects = 'unauthenticated'): void {
  batch.add({ name, title, kind: 'example', operation: VERIFY, params: verifying(given), about, rejects, base: verifying({}) });
}
function verifying(given: Verifying): Required<Verifying> {
  const { purpose = PURPOSE, message = MESSAGE } = given;
  return { publicKey: ALICE.publicKey, signature: signatureOf(ALICE.seed, PURPOSE, MESSAGE), purpose, message, ...given };
}

function ordinaryCases(batch: Batch): void {
  for (const purpose of PURPOSES)
    accepted(
      batch,
      purpose.replaceAll(' ', '-'),
      `a signature for ${purpose}`,
      { purpose, signature: signatureOf(ALICE.seed, purpose, MESSAGE) },
      'NXS-SIG-001',
    );
  accepted(batch, 'of-nothing', 'nothing is signed', { message: '', signature: signatureOf(ALICE.seed, PURPOSE, '') }, 'NXS-SIG-001');
  const right = signatureOf(ALICE.seed, PURPOSE, MESSAGE);
  refused(batch, 'another-message', 'over other bytes', { message: `${MESSAGE.slice(0, -2)}00` }, 'NXS-SIG-008');
  refused(batch, 'longer-message', 'over a byte less', { message: `${MESSAGE}00` }, 'NXS-SIG-008');
  refused(batch, 'another-purpose', 'for another purpose', { purpose: 'nexus-1 content' }, 'NXS-SIG-008');
  refused(
    batch,
    'other-side',
    'of the other side of a link',
    { purpose: 'nexus-1 link r', signature: signatureOf(ALICE.seed, 'nexus-1 link i', MESSAGE) },
    'NXS-SIG-008',
  );
  refused(batch, 'another-key', 'by another key', { publicKey: BOB.publicKey }, 'NXS-SIG-008');
  refused(
    batch,
    'without-purpose',
    'over the bytes alone',
    { signature: toHex(ed25519Sign(fromHex(ALICE.seed), fromHex(MESSAGE))) },
    'NXS-SIG-008',
  );
  refused(
    batch,
    'without-zero',
    'without the zero byte after the purpose',
    { signature: toHex(ed25519Sign(fromHex(ALICE.seed), concatBytes(Buffer.from(PURPOSE), fromHex(MESSAGE)))) },
    'NXS-SIG-008',
  );
  for (const at of [0, 31, 32, 62]) {
    const bytes = fromHex(right);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    refused(batch, `bit-of-byte-${String(at)}`, `a bit of byte ${String(at)} is another`, { signature: toHex(bytes) }, 'NXS-SIG-006');
  }
  for (const length of [0, 32, 63, 65, 128])
    refused(
      batch,
      `signature-of-${String(length)}`,
      `a signature of ${String(length)} bytes`,
      { signature: right.repeat(2).slice(0, 2 * length) },
      'NXS-SIG-007',
      'malformed',
    );
  for (const length of [0, 31, 33])
    refused(
      batch,
      `key-of-${String(length)}`,
      `a public key of ${String(length)} bytes`,
      { publicKey: `${ALICE.publicKey}00`.slice(0, 2 * length) },
      'NXS-SIG-007',
      'malformed',
    );
}

/** A message whose challenge has a remainder modulo 8: whether a part of small order falls away depends on it. */
function messageWith(r: Uint8Array, key: Uint8Array, holds: (remainder: bigint) => boolean): Uint8Array {
  for (let number = 0; ; number++) {
    const message = seededBytes(`nexus-challenge-${String(number)}`, 32);
    if (holds(challengeOf(r, key, signedBytes(PURPOSE, message)) % 8n)) return message;
  }
}

const SECRET = 123456789012345678901234567890n;
const NONCE = 987654321098765432109876543210n;

/** What a signature made by hand is sent as, where that differs from what is hashed. */
interface Sent {
  readonly key?: Uint8Array;
  readonly r?: Uint8Array;
}

/**
 * A signature made by hand.
 * @param key as it is hashed
 * @param secret of its part in the subgroup of prime order
 * @param sent other encodings of the key or R, of which the hash knows nothing
 */
function handmade(
  key: Uint8Array,
  r: Uint8Array,
  secret: bigint,
  nonce: bigint,
  holds: (remainder: bigint) => boolean,
  sent: Sent = {},
): Verifying {
  const message = messageWith(r, key, holds);
  const s = (nonce + challengeOf(r, key, signedBytes(PURPOSE, message)) * secret) % ORDER;
  return { publicKey: toHex(sent.key ?? key), message: toHex(message), signature: toHex(concatBytes(sent.r ?? r, bytesLe(s))) };
}

function contestedCases(batch: Batch): void {
  const right = fromHex(signatureOf(ALICE.seed, PURPOSE, MESSAGE));
  const s = integerLe(right.slice(32));
  for (const times of [1n, 2n, 15n].filter((n) => s + n * ORDER < 1n << 256n))
    refused(
      batch,
      `s-plus-${String(times)}-orders`,
      `S is ${String(times)} times the order too great`,
      { signature: toHex(concatBytes(right.slice(0, 32), bytesLe(s + times * ORDER))) },
      'NXS-SIG-003',
    );
  const whole = encodePoint(multiply(BASE, SECRET));
  const mixed = encodePoint(add(multiply(BASE, SECRET), TORSION));
  const r = encodePoint(multiply(BASE, NONCE));
  const skewed = encodePoint(add(multiply(BASE, NONCE), TORSION));
  const [zero, other] = [(k: bigint): boolean => k === 0n, (k: bigint): boolean => k % 8n === 1n];
  accepted(
    batch,
    'key-of-mixed-order',
    'a key of mixed order whose small part falls away',
    handmade(mixed, r, SECRET, NONCE, zero),
    'NXS-SIG-006',
  );
  refused(
    batch,
    'cofactored-key',
    'a key of mixed order: right only with the cofactor',
    handmade(mixed, r, SECRET, NONCE, other),
    'NXS-SIG-006',
  );
  refused(
    batch,
    'cofactored-r',
    'an R of mixed order: right only with the cofactor',
    handmade(whole, skewed, SECRET, NONCE, other),
    'NXS-SIG-006',
  );
  // Both parts of small order cancel: R + T and A + T, where k is 7 modulo 8.
  const cancelled = handmade(mixed, encodePoint(add(multiply(BASE, NONCE), TORSION)), SECRET, NONCE, (k) => k === 7n);
  accepted(batch, 'small-parts-cancel', 'R and the key have parts of small order that cancel', cancelled, 'NXS-SIG-006');
  accepted(
    batch,
    'r-is-identity',
    'R is the identity in its one encoding',
    handmade(whole, encodePoint(IDENTITY), SECRET, 0n, other),
    'NXS-SIG-006',
  );
  for (const [name, bytes] of [
    ['plus-p', bytesLe(1n + PRIME)],
    ['sign', bytesLe(1n | (1n << 255n))],
    ['plus-p-sign', bytesLe((1n + PRIME) | (1n << 255n))],
  ] as const)
    refused(
      batch,
      `r-is-identity-${name}`,
      'R is the identity in another encoding',
      handmade(whole, bytes, SECRET, 0n, other),
      'NXS-SIG-006',
    );
  smallOrderKeys(batch);
  smallOrderCommitments(batch, mixed);
  for (const [name, key] of [
    ['2', bytesLe(2n)],
    ['minus-2', bytesLe(PRIME - 2n)],
  ] as const)
    refused(batch, `key-y-${name}`, 'the key is not a point', { publicKey: toHex(key) }, 'NXS-SIG-004');
  unreducedEncodings().forEach((publicKey, i) =>
    refused(batch, `key-unreduced-${String(i)}`, "the key's y is the prime or more", { publicKey }, 'NXS-SIG-004'),
  );
}

/** The one encoding of the point that some bytes encode. */
function canonical(bytes: Uint8Array): Uint8Array {
  return encodePoint(decodePoint(bytes) ?? IDENTITY);
}

/**
 * Every R of small order, in every encoding, under a key of mixed order: without the cofactor the equation holds where k
 * times the small part of the key is -R. Those who accept R in another encoding differ in which one they hash.
 */
function smallOrderCommitments(batch: Batch, mixed: Uint8Array): void {
  const multiples = Array.from({ length: 8 }, (_, i) => toHex(encodePoint(multiply(TORSION, BigInt(i)))));
  for (const { name, hex, isCanonical } of smallOrderEncodings()) {
    const r = fromHex(hex);
    const cancels = BigInt((8 - multiples.indexOf(toHex(canonical(r)))) % 8);
    const right = handmade(mixed, r, SECRET, 0n, (k) => k === cancels);
    if (isCanonical) accepted(batch, `small-r-${name}`, 'R is of small order', right, 'NXS-SIG-006');
    else refused(batch, `small-r-${name}`, 'R is of small order in another encoding', right, 'NXS-SIG-006');
    const hashed = handmade(mixed, canonical(r), SECRET, 0n, (k) => k === cancels, { r });
    if (!isCanonical)
      refused(batch, `small-r-${name}-hashed-in-its-one-encoding`, 'R in another encoding than the hash has', hashed, 'NXS-SIG-006');
    const residue = handmade(mixed, r, SECRET, 0n, (k) => k !== cancels);
    refused(batch, `small-r-${name}-residue`, 'R is of small order: right only with the cofactor', residue, 'NXS-SIG-006');
  }
}

/** Keys of small order sign everything: k A is one of eight points, so R can be found by trying. */
function smallOrderKeys(batch: Batch): void {
  for (const { name, hex, isCanonical } of smallOrderEncodings()) {
    const key = fromHex(hex);
    // R = S B - k A with k A = 0: right for verifiers with and without the cofactor that do not look at the key.
    refused(
      batch,
      `small-order-key-${name}`,
      'a key of small order, which signs everything',
      handmade(key, encodePoint(multiply(BASE, NONCE)), 0n, NONCE, (k) => k === 0n),
      'NXS-SIG-005',
    );
    refused(
      batch,
      `small-order-key-${name}-zero-s`,
      'a key of small order, with R the identity and S zero',
      handmade(key, encodePoint(IDENTITY), 0n, 0n, (k) => k === 0n),
      'NXS-SIG-005',
    );
    if (!isCanonical)
      refused(
        batch,
        `small-order-key-${name}-hashed-in-its-one-encoding`,
        'a key of small order, in another encoding than the hash has',
        handmade(canonical(key), encodePoint(multiply(BASE, NONCE)), 0n, NONCE, (k) => k === 0n, { key }),
        'NXS-SIG-005',
      );
  }
}
