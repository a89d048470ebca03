/** Seeds, keys and signatures as they are drawn. */
import fc from 'fast-check';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { ed25519Public } from './primitives.ts';
import { PURPOSES, signatureOf } from './signatures.ts';

const seed = bytesExactly(32).map(toHex);
const publicKey = seed.map((given) => toHex(ed25519Public(fromHex(given))));
const purpose = fc.constantFrom(...PURPOSES);
const message = bytesUpTo(80).map(toHex);

/** How requests about identities are drawn. */
export const hints: Hints = {
  params: {
    'seed': () => seed,
    'purpose': () => purpose,
    'nexus.identity.convert.publicKey': () => publicKey,
    'nexus.identity.hash.publicKey': () => bytesExactly(32).map(toHex),
    'nexus.identity.agree.publicKey': () => bytesExactly(32).map(toHex),
  },
  requests: {
    'nexus.signature.verify': () =>
      fc.record({ seed, purpose, message }).map(({ seed: signer, ...signed }) => ({
        ...signed,
        publicKey: toHex(ed25519Public(fromHex(signer))),
        signature: signatureOf(signer, signed.purpose, signed.message),
      })),
  },
};
