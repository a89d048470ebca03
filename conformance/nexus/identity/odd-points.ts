/** Points, and encodings of points, at which verifiers and conversions differ. */
import { toHex } from '../../oracle/values.ts';
import { bytesLe, decodePoint, encodePoint, IDENTITY, isIdentity, keyForm, multiply, ORDER, PRIME, type Point } from './edwards.ts';

const SIGN_BIT = 1n << 255n;

/** A point of order 8: a point of the curve without its part in the subgroup of prime order. */
export const TORSION: Point = torsionPoint();

function torsionPoint(): Point {
  for (let y = 2n; ; y++) {
    const point = decodePoint(bytesLe(y));
    if (point === undefined) continue;
    const rest = multiply(point, ORDER);
    if (!isIdentity(multiply(rest, 4n))) return rest;
  }
}

/** Every encoding of a point of small order, by a name that says which: the eight canonical ones, and those that are not. */
export function smallOrderEncodings(): { readonly name: string; readonly hex: string; readonly isCanonical: boolean }[] {
  const canonical = Array.from({ length: 8 }, (_, i) => toHex(encodePoint(multiply(TORSION, BigInt(i)))));
  const found = canonical.map((hex, i) => ({ name: `${String(i)}t`, hex, isCanonical: true }));
  for (const hex of canonical) {
    const { y } = decodePoint(Buffer.from(hex, 'hex')) ?? IDENTITY;
    for (const [name, value] of [
      ['', y],
      ['sign', y | SIGN_BIT],
      ['plus-p', y + PRIME],
      ['plus-p-sign', (y + PRIME) | SIGN_BIT],
    ] as const) {
      const other = value >= 1n << 256n || (value & (SIGN_BIT - 1n)) % PRIME !== y ? undefined : toHex(bytesLe(value));
      if (other === undefined || found.some((one) => one.hex === other)) continue;
      found.push({ name: `y-${y < 2n ? String(y) : 'minus-1'}-${name}`, hex: other, isCanonical: false });
    }
  }
  return found;
}

/** Encodings of points of large order whose y is the prime or more. */
export function unreducedEncodings(): string[] {
  return Array.from({ length: 19 }, (_, y) => bytesLe(PRIME + BigInt(y)))
    .filter((key) => {
      const { isOnCurve, isSmall } = keyForm(key);
      return isOnCurve && !isSmall;
    })
    .map(toHex);
}
