/**
 * The primitives in plain JavaScript: runs wherever JavaScript does and reads from top to bottom, at the price of
 * speed. Hashes, ciphers and curves are those of @noble; RSA, which it does not have, is `rsa.ts`.
 */
import { nobleCipher } from './noble-cipher.ts';
import { nobleCurve } from './noble-curve.ts';
import { nobleHash } from './noble-hash.ts';
import { withPlainInputs } from './inputs.ts';
import type { Primitives } from './primitives.ts';
import { bigintRsa } from './rsa.ts';

/** Every primitive, in plain JavaScript. */
export const noblePrimitives: Primitives = withPlainInputs({ ...nobleHash, ...nobleCipher, ...nobleCurve, ...bigintRsa });
