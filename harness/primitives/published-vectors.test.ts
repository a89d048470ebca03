/** Published vectors that are kept as data (`harness/primitives/published/`), asked of every implementation and of the oracle. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { commitmentOf, integerLe, keyForm, ORDER } from '../../conformance/nexus/identity/edwards.ts';
import { blake3 as oracleBlake3 } from '../../conformance/nexus/packet/blake3.ts';
import { fromHex, toHex } from '../../reference/kernel/bytes.ts';
import { refusalOf } from '../../reference/kernel/refusal.ts';
import { IMPLEMENTATIONS } from './implementations.ts';

function published(name: string): unknown {
  return JSON.parse(readFileSync(join(packageRoot(), 'harness/primitives/published', `${name}.json`), 'utf8'));
}
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Length of the input 00 01 ... fa 00 ..., hash, keyed hash, derived key. */
const BLAKE3 = published('blake3') as {
  readonly key: string;
  readonly context: string;
  readonly cases: readonly (readonly [number, string, string, string])[];
};
const counted = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index % 251);

describe.each(IMPLEMENTATIONS)('BLAKE3, the vectors of its authors, %s', (_name, primitives) => {
  it.each(BLAKE3.cases)('of %i bytes', (length, hash, keyedHash, derivedKey) => {
    const message = counted(length);
    expect(toHex(primitives.blake3({ message, outputLength: 32 }))).toBe(hash);
    expect(toHex(primitives.blake3({ message, outputLength: 32, key: text(BLAKE3.key) }))).toBe(keyedHash);
    expect(toHex(primitives.blake3({ message, outputLength: 32, context: text(BLAKE3.context) }))).toBe(derivedKey);
  });
});

describe('BLAKE3, the vectors of its authors, the oracle', () => {
  it.each(BLAKE3.cases)('of %i bytes', (length, hash, _keyedHash, derivedKey) => {
    expect(toHex(oracleBlake3(counted(length)))).toBe(hash);
    expect(toHex(oracleBlake3(counted(length), text(BLAKE3.context)))).toBe(derivedKey);
  });
});

/** A signature at which verifiers differ. */
interface Odd {
  readonly number: number;
  readonly message: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  /** Whether it verifies by our rules. */
  readonly isRight: boolean;
}

/** The only ones without a small-order key, an S of the order or more, an R in another encoding, or a residue of small order. */
const SPECCHECK_RIGHT = [2, 3];

function speccheck(): Odd[] {
  const { cases } = published('ed25519-speccheck') as { readonly cases: readonly (readonly [number, string, string, string])[] };
  return cases.map(([number, message, publicKey, signature]) => ({
    number,
    message: fromHex(message),
    publicKey: fromHex(publicKey),
    signature: fromHex(signature),
    isRight: SPECCHECK_RIGHT.includes(number),
  }));
}

/** Whatever a verifier by our rules refuses. */
const REFUSED_FLAGS = ['low_order_A', 'non_canonical_A', 'non_canonical_R', 'low_order_residue'];

function cctv(): Odd[] {
  const { keys, commitments, flags, cases } = published('ed25519-cctv') as {
    readonly keys: readonly string[];
    readonly commitments: readonly string[];
    readonly flags: readonly string[];
    readonly cases: readonly (readonly [number, string, number, number, string, number])[];
  };
  return cases.map(([number, message, key, commitment, s, flag]) => ({
    number,
    message: text(message),
    publicKey: fromHex(keys[key] ?? ''),
    signature: fromHex(`${commitments[commitment] ?? ''}${s}`),
    isRight: !(flags[flag] ?? '').split(' ').some((one) => REFUSED_FLAGS.includes(one)),
  }));
}

/** What the oracle's steps come to: those of NXS-SIG-003 to NXS-SIG-006. */
function isRightToOracle({ publicKey, message, signature }: Odd): boolean {
  const { isOnCurve, isReduced, isSmall } = keyForm(publicKey);
  const commitment = commitmentOf(publicKey, message, signature);
  const isBelowOrder = integerLe(signature.slice(32)) < ORDER;
  return isBelowOrder && isOnCurve && isReduced && !isSmall && toHex(commitment ?? new Uint8Array(0)) === toHex(signature.slice(0, 32));
}

const SETS: readonly (readonly [string, readonly Odd[], number, number])[] = [
  ['Taming the many EdDSAs', speccheck(), 12, 2],
  ['CCTV', cctv(), 914, 86],
];

describe.each(SETS)('Ed25519, the odd signatures of %s', (_name, cases, count, rightCount) => {
  it('are all there, and some of them verify', () => {
    expect(cases).toHaveLength(count);
    expect(cases.filter(({ isRight }) => isRight)).toHaveLength(rightCount);
  });
  it.each(IMPLEMENTATIONS)('are told apart by %s', (_implementation, primitives) => {
    for (const { number, isRight, publicKey, message, signature } of cases) {
      const told = refusalOf(() => {
        primitives.verifyEd25519({ publicKey, message, signature });
      });
      expect(told, `case ${String(number)}`).toBe(isRight ? 'accepted' : 'unauthenticated authentication');
    }
  });
  it('are told apart by the oracle', () => {
    for (const one of cases) expect(isRightToOracle(one), `case ${String(one.number)}`).toBe(one.isRight);
  }, 60_000);
  it('catch a verifier by ZIP-215', () => {
    const lax = cases.filter(({ publicKey, message, signature }) => ed25519.verify(signature, message, publicKey, { zip215: true }));
    expect(lax.filter(({ isRight }) => !isRight).length).toBeGreaterThan(3);
  });
});

describe('CCTV', () => {
  it('has every key and every R that is of small order, in all 14 encodings', () => {
    const small = (bytes: Uint8Array): boolean => keyForm(bytes).isSmall;
    expect(
      new Set(
        cctv()
          .map(({ publicKey }) => toHex(publicKey))
          .filter((hex) => small(fromHex(hex))),
      ).size,
    ).toBe(14);
    expect(
      new Set(
        cctv()
          .map(({ signature }) => toHex(signature.slice(0, 32)))
          .filter((hex) => small(fromHex(hex))),
      ).size,
    ).toBe(14);
  });
});
