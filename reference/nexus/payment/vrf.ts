/**
 * ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381, suite 03): a function of a secret key and some bytes, alpha, whose output nobody
 * can guess or choose, and everybody can verify.
 *
 *   secret x, public Y = x B             of the identity key
 *   H = a point that alpha is hashed to
 *   Gamma = x H                          from which the output is made
 *   proof = Gamma | c | s                that Gamma and Y have the same x: with a nonce k, U = k B and V = k H,
 *                                        c = hash(Y, H, Gamma, U, V) and s = k + c x
 *
 * Whoever verifies finds U = s B - c Y and V = s H - c Gamma again, and with them the same c.
 */
import { compare, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, DecodeError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { CurvePrimitives, HashPrimitives } from '../../primitives/primitives.ts';
import { NEXUS_KEY_LENGTH, requireSeed } from '../identity/identity.ts';

/** What the function needs. */
export type VrfPrimitives = Pick<HashPrimitives, 'sha512'> &
  Pick<CurvePrimitives, 'deriveEd25519Public' | 'multiplyEd25519' | 'addEd25519'>;

/** RFC 9381 5.5: the suite, and the domains of its hashes. */
const SUITE = 3;
const ENCODE = 1;
const CHALLENGE = 2;
const OUTPUT = 3;
/** Bytes of a point, a challenge and a scalar. */
const POINT_LENGTH = 32;
const CHALLENGE_LENGTH = 16;
const SCALAR_LENGTH = 32;
/** NXS-VRF-008: bytes of a proof. */
export const VRF_PROOF_LENGTH: number = POINT_LENGTH + CHALLENGE_LENGTH + SCALAR_LENGTH;
/** The order of the base point (RFC 8032 5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const COFACTOR = 8n;
const BASE: Uint8Array = Uint8Array.of(0x58, ...new Uint8Array(POINT_LENGTH - 1).fill(0x66));
const IDENTITY: Uint8Array = Uint8Array.of(1, ...new Uint8Array(POINT_LENGTH - 1));
/** The point (0, -1), which like the identity is its own negative. */
const MINUS_ONE: Uint8Array = Uint8Array.of(0xec, ...new Uint8Array(POINT_LENGTH - 2).fill(0xff), 0x7f);

/** What was drawn. */
export interface VrfDraw {
  /** 80 bytes. */
  readonly proof: Uint8Array;
  /** The output, 64 bytes. */
  readonly beta: Uint8Array;
}
/** A proof to be verified. */
export interface VrfProof {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Any number of bytes. */
  readonly alpha: Uint8Array;
  /** 80 bytes. */
  readonly proof: Uint8Array;
}

const PROVING = door.members<{ readonly seed: Uint8Array; readonly alpha: Uint8Array }>({ seed: door.bytes, alpha: door.bytes });
const VERIFYING = door.members<VrfProof>({ publicKey: door.bytes, alpha: door.bytes, proof: door.bytes });

/** Bytes as an integer, the least significant first. */
function integerOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
function bytesOf(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}
function multiply(scalar: bigint, point: Uint8Array, primitives: VrfPrimitives): Uint8Array {
  return primitives.multiplyEd25519({ scalar: bytesOf(scalar % ORDER, SCALAR_LENGTH), point });
}
/** -P: the other sign of x, where x is not 0. */
function negative(point: Uint8Array): Uint8Array {
  if (compare(point, IDENTITY) === 0 || compare(point, MINUS_ONE) === 0) return point;
  return point.map((byte, i) => (i === POINT_LENGTH - 1 ? byte ^ 0x80 : byte));
}

/** RFC 9381 5.4.1.1: tries digests until one is the encoding of a point; every second one is. */
function hashToPoint(publicKey: Uint8Array, alpha: Uint8Array, primitives: VrfPrimitives): Uint8Array {
  for (let counter = 0; counter <= 0xff; counter++) {
    const message = concat([Uint8Array.of(SUITE, ENCODE), publicKey, alpha, Uint8Array.of(counter, 0)]); // NXS-VRF-002
    const point = cleared(primitives.sha512({ message }).slice(0, POINT_LENGTH), primitives);
    if (point !== undefined && compare(point, IDENTITY) !== 0) return point;
  }
  throw new DecodeError('malformed', 'NXS-VRF-002', 'no digest of 256 is a point'); // once in 2^256 times
}
/** A point times the cofactor; undefined if the bytes are no point. */
function cleared(point: Uint8Array, primitives: VrfPrimitives): Uint8Array | undefined {
  try {
    return multiply(COFACTOR, point, primitives);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
/** RFC 9381 5.4.3. */
function challengeOf(points: readonly Uint8Array[], primitives: VrfPrimitives): Uint8Array {
  const message = concat([Uint8Array.of(SUITE, CHALLENGE), ...points, Uint8Array.of(0)]);
  return primitives.sha512({ message }).slice(0, CHALLENGE_LENGTH);
}
/** RFC 9381 5.2, of Gamma times the cofactor. */
function outputOf(clearedGamma: Uint8Array, primitives: VrfPrimitives): Uint8Array {
  return primitives.sha512({ message: concat([Uint8Array.of(SUITE, OUTPUT), clearedGamma, Uint8Array.of(0)]) }); // NXS-VRF-004
}

/**
 * Draws, and proves what was drawn.
 * @param input seed: 32 bytes, secret; alpha: any number of bytes
 * @throws DecodeError malformed for a seed of another length
 * @see NXS-VRF-001
 */
export function proveVrf(input: { readonly seed: Uint8Array; readonly alpha: Uint8Array }, primitives: VrfPrimitives): VrfDraw {
  const { seed, alpha } = PROVING(input, 'input');
  primitivesDoor.vrf(primitives, 'primitives');
  requireSeed(seed);
  const digest = primitives.sha512({ message: seed });
  const scalar = digest.slice(0, SCALAR_LENGTH);
  scalar[0] = (scalar[0] ?? 0) & 0xf8; // RFC 8032 5.1.5
  scalar[SCALAR_LENGTH - 1] = ((scalar[SCALAR_LENGTH - 1] ?? 0) & 0x7f) | 0x40;
  const x = integerOf(scalar);
  const publicKey = primitives.deriveEd25519Public({ secret: seed });
  const h = hashToPoint(publicKey, alpha, primitives);
  const gamma = multiply(x, h, primitives);
  const k = integerOf(primitives.sha512({ message: concat([digest.slice(SCALAR_LENGTH), h]) })) % ORDER; // NXS-VRF-003
  const c = challengeOf([publicKey, h, gamma, multiply(k, BASE, primitives), multiply(k, h, primitives)], primitives);
  const s = (k + integerOf(c) * x) % ORDER;
  const proof = concat([gamma, c, bytesOf(s, SCALAR_LENGTH)]);
  return { proof, beta: outputOf(multiply(COFACTOR, gamma, primitives), primitives) };
}

/**
 * Verifies what somebody has drawn.
 * @returns the output, 64 bytes
 * @throws DecodeError malformed for other lengths; AuthenticationError
 * @see NXS-VRF-005
 */
export function verifyVrf(input: VrfProof, primitives: VrfPrimitives): Uint8Array {
  const { publicKey, alpha, proof } = VERIFYING(input, 'input');
  primitivesDoor.vrf(primitives, 'primitives');
  if (publicKey.length !== NEXUS_KEY_LENGTH || proof.length !== VRF_PROOF_LENGTH) {
    throw new DecodeError('malformed', 'NXS-VRF-008', 'a key is 32 bytes and a proof 80', { key: publicKey.length, proof: proof.length });
  }
  const clearedKey = cleared(publicKey, primitives);
  if (clearedKey === undefined || compare(clearedKey, IDENTITY) === 0) throw new AuthenticationError('NXS-VRF-006');
  const gamma = proof.slice(0, POINT_LENGTH);
  const clearedGamma = cleared(gamma, primitives);
  const c = proof.slice(POINT_LENGTH, POINT_LENGTH + CHALLENGE_LENGTH);
  const s = integerOf(proof.slice(POINT_LENGTH + CHALLENGE_LENGTH));
  if (clearedGamma === undefined || s >= ORDER) throw new AuthenticationError('NXS-VRF-007');
  const h = hashToPoint(publicKey, alpha, primitives);
  const difference = (of: Uint8Array, less: Uint8Array): Uint8Array =>
    primitives.addEd25519({ left: multiply(s, of, primitives), right: negative(multiply(integerOf(c), less, primitives)) });
  const found = challengeOf([publicKey, h, gamma, difference(BASE, publicKey), difference(h, gamma)], primitives);
  if (compare(found, c) !== 0) throw new AuthenticationError('NXS-VRF-005');
  return outputOf(clearedGamma, primitives);
}
