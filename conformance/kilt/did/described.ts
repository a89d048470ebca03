/** The described errors of the evidence that are about DIDs. */
import { fromHex } from '../../oracle/values.ts';
import { isAccepted, type DescribedCase } from '../described.ts';
import type { KiltEvidence } from '../people.ts';
import { encodeBase58 } from './primitives.ts';

/** Every described case of DIDs. */
export function describedDids(evidence: KiltEvidence): DescribedCase[] {
  const alice = evidence.lightDids.find((d) => d.name === 'alice');
  if (alice === undefined) throw new Error('no alice');
  const bare = `did:kilt:light:01${alice.address}`;
  const authentication = { type: alice.authType, publicKey: alice.authPublicKey };
  const service = { id: '#x', type: ['T'], serviceEndpoint: ['https://a.example'] };
  const requests: { readonly [what: string]: NonNullable<DescribedCase['request']> } = {
    'light DID: auth key type ecdsa': { operation: 'kilt.did.encode', params: { authentication: { ...authentication, type: 'ecdsa' } } },
    'light DID: encryption key type rsa': {
      operation: 'kilt.did.encode',
      params: { authentication, keyAgreement: { type: 'rsa', publicKey: alice.encPublicKey } },
    },
    'light DID: service id #encryption': {
      operation: 'kilt.did.encode',
      params: { authentication, services: [{ ...service, id: '#encryption' }] },
    },
    'light DID: service id without #': { operation: 'kilt.did.encode', params: { authentication, services: [{ ...service, id: 'x' }] } },
    'light DID: service endpoint not a URI': {
      operation: 'kilt.did.encode',
      params: { authentication, services: [{ ...service, serviceEndpoint: ['not a uri'] }] },
    },
    'parse: full DID as light': { operation: 'kilt.did.document', params: { did: alice.fullDidUri, form: 'json' } },
    'parse: fragment present': { operation: 'kilt.did.document', params: { did: `${alice.uri}#encryption`, form: 'json' } },
    'parse: auth type 99': { operation: 'kilt.did.parse', params: { did: `did:kilt:light:99${alice.address}` } },
    'parse: details junk': { operation: 'kilt.did.parse', params: { did: `${bare}:zjunk` } },
    'parse: details not multibase': { operation: 'kilt.did.parse', params: { did: `${bare}:junk` } },
    'parse: details version 1': {
      operation: 'kilt.did.parse',
      params: { did: `${bare}:z${encodeBase58(fromHex('01a0'))}` },
    },
    'parse: not a DID': { operation: 'kilt.did.parse', params: { did: 'hello' } },
    'parse: empty details map': {
      operation: 'kilt.did.parse',
      params: { did: `${bare}:z${encodeBase58(fromHex('00a0'))}` },
    },
  };
  return Object.entries(requests).map(([what, request]) => ({ name: what, accepted: isAccepted(evidence, what), request }));
}
