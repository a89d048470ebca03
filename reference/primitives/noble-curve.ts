/**
 * The curves of the primitives port over @noble/curves.
 *
 * The library multiplies secret scalars in a form blinded with random bytes where the machine has any. That changes
 * how long a multiplication takes and never what comes out, so results stay reproducible.
 */
import type { EdwardsPoint } from '@noble/curves/abstract/edwards.js';
import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { bytesToNumberBE, bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { compare, concat } from '../kernel/bytes.ts';
import { UsageError } from '../kernel/errors.ts';
import { P256_ORDER, SECP160R1_ORDER, checkInput, checkScalar, isRefusedEd25519Public, notAPoint, notAuthentic } from './checks.ts';
import { nobleCipher } from './noble-cipher.ts';
import type { AgreementInput, CurvePrimitives } from './primitives.ts';
import { Secp160r1Point } from './secp160r1.ts';

/** The input of HSalsa20 that NaCl makes a box key with. */
const BOX_NONCE = new Uint8Array(16);

/**
 * X25519 of checked lengths; the library refuses the points whose result is all zero before it multiplies.
 * @throws AuthenticationError
 */
function multiplyX25519({ secret, publicKey }: AgreementInput): Uint8Array {
  try {
    return x25519.getSharedSecret(secret, publicKey);
  } catch {
    throw notAuthentic();
  }
}

/**
 * Reads a public key. Its length has been checked, and the library knows one encoding for each length (SEC 1 2.3.3):
 * 04 in front of both coordinates, 02 or 03 in front of one, and none of infinity.
 * @throws DecodeError malformed for anything but a point of the curve
 */
function decodePoint(curve: WeierstrassPointCons<bigint>, publicKey: Uint8Array): WeierstrassPoint<bigint> {
  try {
    return curve.fromBytes(publicKey);
  } catch {
    throw notAPoint();
  }
}

function isPoint(curve: WeierstrassPointCons<bigint>, publicKey: Uint8Array): boolean {
  try {
    decodePoint(curve, publicKey);
    return true;
  } catch {
    return false;
  }
}

/** The x coordinate of secret times point (SEC 1 3.3.1); both groups have a cofactor of 1, so it is never infinity. */
function sharedX(point: WeierstrassPoint<bigint>, secret: Uint8Array): Uint8Array {
  return point.multiply(bytesToNumberBE(secret)).toBytes(true).slice(1);
}

/**
 * Answers whether S·B - k·A, written as bytes, is R (RFC 8032 5.1.7, without the cofactor). As only the bytes of R are
 * compared, R has one encoding too.
 */
function isEd25519Signature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const { Point } = ed25519;
  const order = Point.Fn.ORDER;
  const r = signature.subarray(0, 32);
  const s = bytesToNumberLE(signature.subarray(32));
  if (s >= order || isRefusedEd25519Public(publicKey)) return false;
  const k = bytesToNumberLE(sha512(concat([r, publicKey, message]))) % order;
  const a = Point.fromBytes(publicKey);
  return compare(Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes(), r) === 0;
}

/** Reads a point of edwards25519 in its one encoding (RFC 8032 5.1.3). @throws DecodeError malformed */
function decodeEdwards(bytes: Uint8Array): EdwardsPoint {
  try {
    return ed25519.Point.fromBytes(bytes);
  } catch {
    throw notAPoint();
  }
}

/** Curves in plain JavaScript. */
export const nobleCurve: CurvePrimitives = Object.freeze<CurvePrimitives>({
  deriveX25519Public({ secret }) {
    checkInput('deriveX25519Public', { secret });
    return x25519.getPublicKey(secret);
  },

  deriveX25519Shared({ secret, publicKey }) {
    checkInput('deriveX25519Shared', { secret, publicKey });
    return multiplyX25519({ secret, publicKey });
  },

  deriveBoxKey({ secret, publicKey }) {
    checkInput('deriveBoxKey', { secret, publicKey });
    return nobleCipher.hsalsa20({ key: multiplyX25519({ secret, publicKey }), nonce: BOX_NONCE });
  },

  deriveP256Public({ secret }) {
    checkInput('deriveP256Public', { secret });
    checkScalar('deriveP256Public', secret, P256_ORDER);
    return p256.Point.BASE.multiply(bytesToNumberBE(secret)).toBytes(false);
  },

  deriveP256Shared({ secret, publicKey }) {
    checkInput('deriveP256Shared', { secret, publicKey });
    checkScalar('deriveP256Shared', secret, P256_ORDER);
    return sharedX(decodePoint(p256.Point, publicKey), secret);
  },

  isP256Public({ publicKey }) {
    checkInput('isP256Public', { publicKey });
    return isPoint(p256.Point, publicKey);
  },

  deriveSecp160r1Public({ secret }) {
    checkInput('deriveSecp160r1Public', { secret });
    checkScalar('deriveSecp160r1Public', secret, SECP160R1_ORDER);
    return Secp160r1Point.BASE.multiply(bytesToNumberBE(secret)).toBytes(true);
  },

  deriveSecp160r1Shared({ secret, publicKey }) {
    checkInput('deriveSecp160r1Shared', { secret, publicKey });
    checkScalar('deriveSecp160r1Shared', secret, SECP160R1_ORDER);
    return sharedX(decodePoint(Secp160r1Point, publicKey), secret);
  },

  isSecp160r1Public({ publicKey }) {
    checkInput('isSecp160r1Public', { publicKey });
    return isPoint(Secp160r1Point, publicKey);
  },

  deriveEd25519Public({ secret }) {
    checkInput('deriveEd25519Public', { secret });
    return ed25519.getPublicKey(secret);
  },

  signEd25519({ secret, message }) {
    checkInput('signEd25519', { secret });
    return ed25519.sign(message, secret);
  },

  verifyEd25519({ publicKey, message, signature }) {
    checkInput('verifyEd25519', { publicKey, signature });
    let isAuthentic = false;
    try {
      isAuthentic = isEd25519Signature(publicKey, message, signature);
    } catch {
      // The public key is not a point.
    }
    if (!isAuthentic) throw notAuthentic();
  },

  convertEd25519Secret({ secret }) {
    checkInput('convertEd25519Secret', { secret });
    return ed25519.utils.toMontgomerySecret(secret).slice();
  },

  convertEd25519Public({ publicKey }) {
    checkInput('convertEd25519Public', { publicKey });
    if (isRefusedEd25519Public(publicKey)) throw notAPoint();
    try {
      return ed25519.utils.toMontgomery(publicKey);
    } catch {
      throw notAPoint();
    }
  },

  multiplyEd25519({ scalar, point }) {
    checkInput('multiplyEd25519', { scalar, point });
    const { Point } = ed25519;
    const factor = bytesToNumberLE(scalar);
    if (factor >= Point.Fn.ORDER) throw new UsageError('multiplyEd25519.scalar', 'not a scalar of the group');
    const base = decodeEdwards(point);
    return (factor === 0n ? Point.ZERO : base.multiply(factor)).toBytes();
  },

  addEd25519({ left, right }) {
    checkInput('addEd25519', { left, right });
    return decodeEdwards(left).add(decodeEdwards(right)).toBytes();
  },
});
