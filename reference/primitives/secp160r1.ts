/**
 * secp160r1, built from its parameters: no library that runs everywhere has it.
 *
 *   y^2 = x^3 + ax + b over the prime p = 2^160 - 2^31 - 1, a = -3, cofactor 1
 *
 * Its order n is a little more than 2^160 and so has 161 bits; telehash secrets have 20 bytes and never reach the top.
 */
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import type { WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { SECP160R1_ORDER } from './checks.ts';

/** The points of secp160r1 (SEC 2 version 1.0, 2.4.2). */
export const Secp160r1Point: WeierstrassPointCons<bigint> = weierstrass<bigint>({
  p: 0xffffffffffffffffffffffffffffffff7fffffffn,
  a: 0xffffffffffffffffffffffffffffffff7ffffffcn,
  b: 0x1c97befc54bd7a8b65acf89f81d4d4adc565fa45n,
  Gx: 0x4a96b5688ef573284664698968c38bb913cbfc82n,
  Gy: 0x23a628553168947d59dcc912042351377ac5fb32n,
  n: SECP160R1_ORDER,
  h: 1n,
});
