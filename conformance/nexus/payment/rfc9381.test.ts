/** RFC 9381 B.3, the three examples of suite 03, held against what the specification's interpreter answers. */
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../../areas.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { encodePoint } from '../identity/edwards.ts';
import { ed25519Public } from '../identity/primitives.ts';
import { hashedTo } from './ecvrf.ts';
import { RFC_9381 } from './rfc9381.ts';

const oracle = oracleOf('nexus');

describe('NXS-VRF-001 ECVRF-EDWARDS25519-SHA512-TAI', () => {
  it.each(RFC_9381)('has the proof and the output of $example', ({ seed, publicKey, alpha, point, tries, proof, beta }) => {
    expect(toHex(ed25519Public(fromHex(seed)))).toBe(publicKey);
    const hashed = hashedTo(fromHex(publicKey), fromHex(alpha));
    expect([toHex(encodePoint(hashed.point)), hashed.tries]).toEqual([point, tries]);
    expect(oracle.answer('nexus.vrf.prove', { seed, alpha })).toMatchObject({ value: { proof, beta } });
    expect(oracle.answer('nexus.vrf.verify', { publicKey, alpha, proof })).toMatchObject({ value: { beta } });
  });
});
