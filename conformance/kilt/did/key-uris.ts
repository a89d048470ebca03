/** Key URIs, and the keys that they name in light DIDs and in documents. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex } from '../../oracle/values.ts';
import { documentOf, madePerson } from '../people.ts';
import { encodeBase58 } from './primitives.ts';
import { FULL, LIGHT, keyMap, lightWith, map } from './samples.ts';

export function keyUriCases(oracle: Oracle, batch: Batch): void {
  for (const [name, keyUri] of [
    ['full', `${FULL}#0x12`],
    ['light', `${lightWith(map(['e', keyMap()]))}#encryption`],
    ['authentication', `${LIGHT}#authentication`],
  ] as const)
    batch.add({
      name,
      title: `the key URI of a DID: ${name}`,
      kind: 'example',
      operation: 'kilt.keyuri.parse',
      params: { keyUri },
      accepts: true,
    });
  for (const [name, keyUri] of [
    ['full', FULL],
    ['light', LIGHT],
  ] as const)
    batch.add({
      name: `no-fragment-${name}`,
      title: 'a DID without a fragment',
      kind: 'example',
      operation: 'kilt.keyuri.parse',
      params: { keyUri },
      rejects: 'malformed',
      about: 'KLT-DID-020',
    });
  batch.add({
    name: 'junk',
    title: 'text that is not a DID',
    kind: 'example',
    operation: 'kilt.keyuri.parse',
    params: { keyUri: 'x#y' },
    rejects: 'malformed',
    about: 'KLT-DID-001',
  });
  const put = (
    name: string,
    title: string,
    keyUri: string,
    documents: readonly Json[] | undefined,
    about: string,
    rejects?: string,
  ): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'kilt.keyuri.resolve',
      params: { keyUri, ...(documents === undefined ? {} : { documents }) },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const ann = madePerson(oracle, 'ann');
  const ben = madePerson(oracle, 'ben');
  put('light', 'the key of a light DID', ann.keyUri, undefined, 'KLT-DID-023');
  put('light-authentication', 'the authentication key of a light DID', `${ann.did}#authentication`, undefined, 'KLT-DID-023', 'unknown');
  put('light-without-key', 'a light DID without a key agreement key', `${LIGHT}#encryption`, undefined, 'KLT-DID-023', 'unknown');
  const one = documentOf(FULL, { '0x01': ann.publicKey });
  const two = documentOf(FULL, { '0x01': ann.publicKey, '0x02': ben.publicKey });
  put('full', 'the key of a full DID', `${FULL}#0x01`, [one], 'KLT-DID-019');
  put('first-of-two', 'the first of two keys', `${FULL}#0x01`, [two], 'KLT-DID-024');
  put('second-of-two', 'the second of two keys', `${FULL}#0x02`, [two], 'KLT-DID-024');
  put('whole-references', 'references written whole', `${FULL}#0x01`, [{ ...one, keyAgreement: [`${FULL}#0x01`] }], 'KLT-DID-025');
  put(
    'more-members',
    'a document with members that are not read',
    `${FULL}#0x01`,
    [{ ...one, '@context': ['x'], 'service': [1] }],
    'KLT-DID-025',
  );
  put(
    'among-others',
    'one of several documents',
    `${FULL}#0x01`,
    [{ ...one, id: 'did:kilt:4r6UaEyjsawQoZ7vEjchuPo5ucUo3mgEJ73Dg8mENqx5c9Eh', verificationMethod: [], keyAgreement: [] }, one],
    'KLT-DID-019',
  );
  put('later-counts', 'two documents of one DID', `${FULL}#0x01`, [one, documentOf(FULL, { '0x01': ben.publicKey })], 'KLT-DID-019');
  put('nobody', 'no documents', `${FULL}#0x01`, undefined, 'KLT-DID-019', 'unknown');
  put(
    'somebody-else',
    'the document of another subject',
    `${FULL}#0x01`,
    [documentOf('did:kilt:4r6UaEyjsawQoZ7vEjchuPo5ucUo3mgEJ73Dg8mENqx5c9Eh', { '0x01': ann.publicKey })],
    'KLT-DID-019',
    'unknown',
  );
  put('another-fragment', 'a fragment that the document does not have', `${FULL}#0x09`, [one], 'KLT-DID-023', 'unknown');
  put('not-for-agreement', 'a key that is for authentication', `${FULL}#0xauth`, [one], 'KLT-DID-023', 'unknown');
  put(
    'no-agreement',
    'a document without key agreement keys',
    `${FULL}#0x01`,
    [Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'keyAgreement'))],
    'KLT-DID-023',
    'unknown',
  );
  const method = (change: JsonObject): JsonObject => ({
    ...one,
    verificationMethod: (one['verificationMethod'] as readonly JsonObject[]).map((m, i) => (i === 1 ? { ...m, ...change } : m)),
  });
  put(
    'reference-to-nothing',
    'a reference without a verification method',
    `${FULL}#0x01`,
    [{ ...one, keyAgreement: ['#0x77'] }],
    'KLT-DID-025',
    'malformed',
  );
  const named = (id: string): JsonObject => ({
    ...one,
    keyAgreement: [id],
    verificationMethod: (one['verificationMethod'] as readonly JsonObject[]).map((method) => ({ ...method, id })),
  });
  put('reference-without-hash', 'a reference that does not begin with #', `${FULL}#0x01`, [named('0x01')], 'KLT-DID-025', 'malformed');
  put('reference-of-nothing', 'a reference of # alone', `${FULL}#0x01`, [named('#')], 'KLT-DID-025', 'malformed');
  put('reference-of-one', 'a reference of one character', `${FULL}#k`, [named('#k')], 'KLT-DID-025');
  put('references-text', 'references that are not a list', `${FULL}#0x01`, [{ ...one, keyAgreement: '#0x01' }], 'KLT-DID-025', 'malformed');
  put(
    'methods-map',
    'verification methods that are not a list',
    `${FULL}#0x01`,
    [{ ...one, verificationMethod: {} }],
    'KLT-DID-025',
    'malformed',
  );
  put('key-no-text', 'a public key that is a number', `${FULL}#0x01`, [method({ publicKeyBase58: 5 })], 'KLT-DID-025', 'malformed');
  put(
    'another-controller',
    'a key under the control of another DID',
    `${FULL}#0x01`,
    [method({ controller: ann.did })],
    'KLT-DID-028',
    'mismatch',
  );
  put(
    'another-type',
    'a key agreement key of another type',
    `${FULL}#0x01`,
    [method({ type: 'Ed25519VerificationKey2018' })],
    'KLT-DID-010',
    'unsupported',
  );
  put(
    'key-of-31-bytes',
    'a public key of 31 bytes',
    `${FULL}#0x01`,
    [method({ publicKeyBase58: encodeBase58(fromHex('11'.repeat(31))) })],
    'KLT-DID-011',
    'malformed',
  );
  put(
    'key-not-base58',
    'a public key with the letter l',
    `${FULL}#0x01`,
    [method({ publicKeyBase58: `${'1'.repeat(31)}l` })],
    'KLT-DID-011',
    'malformed',
  );
}
