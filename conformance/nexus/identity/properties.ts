/** What holds for any identities: both sides of an agreement share a secret, and what one signs another verifies. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { hints } from './arbitraries.ts';
import { PURPOSES } from './signatures.ts';

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property) => identityProperties(property)),
  hints,
};

const seed = bytesExactly(32).map(toHex);

function identityProperties(property: Bind): Check[] {
  const derive = 'nexus.identity.derive';
  const agree = 'nexus.identity.agree';
  const [sign, verify] = ['nexus.signature.sign', 'nexus.signature.verify'];
  return [
    property({
      name: 'nexus.identity.agree/both-sides',
      requirement: 'NXS-IDN-005',
      title: 'Two nodes share one secret, whichever of them computes it',
      operations: [derive, agree],
      arbitrary: fc.record({ one: seed, other: seed }),
      trial: async ({ one, other }, talk) => {
        const keyOf = async (given: string): Promise<string> => textIn(await talk.want(derive, { seed: given }), 'x25519PublicKey');
        const { shared = null } = await talk.want(agree, { seed: one, publicKey: await keyOf(other) });
        const theirs = await talk.want(agree, { seed: other, publicKey: await keyOf(one) });
        demand(talk, theirs, 'shared', shared, 'NXS-IDN-005', 'The two sides do not share a secret.');
      },
    }),
    property({
      name: 'nexus.identity.derive/same-address',
      requirement: 'NXS-IDN-003',
      title: 'The address of a seed is that of its public key, and so is its X25519 key',
      operations: [derive, 'nexus.identity.hash', 'nexus.identity.convert'],
      arbitrary: seed,
      trial: async (given, talk) => {
        const { publicKey = '', destinationHash = null, x25519PublicKey = null } = await talk.want(derive, { seed: given });
        const hashed = await talk.want('nexus.identity.hash', { publicKey });
        demand(talk, hashed, 'destinationHash', destinationHash, 'NXS-IDN-003', 'The public key has another address than the seed.');
        const converted = await talk.want('nexus.identity.convert', { publicKey });
        demand(talk, converted, 'x25519PublicKey', x25519PublicKey, 'NXS-IDN-004', 'The public key has another X25519 key than the seed.');
      },
    }),
    property({
      name: 'nexus.signature.sign/verifies',
      requirement: 'NXS-SIG-001',
      title: 'What is signed for a purpose verifies for that purpose',
      operations: [derive, sign, verify],
      arbitrary: fc.record({ signer: seed, purpose: fc.constantFrom(...PURPOSES), message: bytesUpTo(200).map(toHex) }),
      trial: async ({ signer, purpose, message }, talk) => {
        const { publicKey = '' } = await talk.want(derive, { seed: signer });
        const { signature = '' } = await talk.want(sign, { seed: signer, purpose, message });
        await talk.want(verify, { publicKey, purpose, message, signature });
      },
    }),
  ];
}
