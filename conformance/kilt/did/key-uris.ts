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
    former?: readonly JsonObject[],
  ): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'kilt.keyuri.resolve',
      params: { keyUri, ...(documents === undefined ? {} : { documents }), ...(former === undefined ? {} : { former }) },
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
  otherMethodCases(two, put);
  formerCases(oracle, put);
}

type Put = (
  name: string,
  title: string,
  keyUri: string,
  documents: readonly Json[] | undefined,
  about: string,
  rejects?: string,
  former?: readonly JsonObject[],
) => void;

/** One fault each in a method or reference that is not the one that is asked for: a document is read as a whole. */
function otherMethodCases(two: JsonObject, put: Put): void {
  const methods = two['verificationMethod'] as readonly JsonObject[];
  const spoiled = (name: string, title: string, changed: JsonObject, about = 'KLT-DID-025', rejects = 'malformed'): void =>
    put(`other-${name}`, title, `${FULL}#0x01`, [{ ...two, ...changed }], about, rejects);
  const withMethod = (index: number, method: Json): JsonObject => ({
    verificationMethod: methods.map((known, i) => (i === index ? method : known)),
  });
  for (const [which, index] of [
    ['authentication', 0],
    ['agreement', 2],
  ] as const) {
    const method = methods[index] ?? {};
    for (const name of Object.keys(method)) {
      const rest = Object.fromEntries(Object.entries(method).filter(([member]) => member !== name));
      spoiled(`${which}-without-${name}`, `another method without its ${name}`, withMethod(index, rest));
      for (const value of [5, null])
        spoiled(
          `${which}-${name}-${String(value)}`,
          `another method whose ${name} is ${String(value)}`,
          withMethod(index, { ...method, [name]: value }),
        );
    }
    spoiled(`${which}-text`, 'another method that is a text', withMethod(index, `${FULL}#0x02`));
    spoiled(
      `${which}-key-of-45`,
      'another method with a key of 45 characters',
      withMethod(index, { ...method, publicKeyBase58: '1'.repeat(45) }),
    );
  }
  const second = methods[2] ?? {};
  const changed = (change: JsonObject): JsonObject => withMethod(2, { ...second, ...change });
  spoiled('reference-number', 'a second reference that is a number', { keyAgreement: ['#0x01', 5] });
  spoiled('reference-to-nothing', 'a second reference without a method', { keyAgreement: ['#0x01', '#0x77'] });
  spoiled('controller', 'a second key under the control of another', changed({ controller: `${FULL}x` }), 'KLT-DID-028', 'mismatch');
  spoiled('type', 'a second key of another type', changed({ type: 'RsaVerificationKey2018' }), 'KLT-DID-010', 'unsupported');
  spoiled(
    'key-of-31-bytes',
    'a second key of 31 bytes',
    changed({ publicKeyBase58: encodeBase58(fromHex('11'.repeat(31))) }),
    'KLT-DID-011',
  );
  put(
    'other-members',
    'a second method with members that are not read',
    `${FULL}#0x01`,
    [{ ...two, ...changed({ x: [1] }) }],
    'KLT-DID-025',
  );
}

/** Keys that were replaced, and light DIDs that became full ones. */
function formerCases(oracle: Oracle, put: Put): void {
  const ann = madePerson(oracle, 'ann');
  const ben = madePerson(oracle, 'ben');
  const now = documentOf(FULL, { '0x02': ben.publicKey });
  const past = (validUntil: number, keys: { readonly [fragment: string]: string }, did = FULL): JsonObject => ({
    document: documentOf(did, keys),
    validUntil,
  });
  const one = { '0x01': ann.publicKey };
  put('former', 'a key that only a former document lists', `${FULL}#0x01`, [now], 'KLT-DID-030', undefined, [past(5000, one)]);
  put('former-alone', 'a former document and no current one', `${FULL}#0x01`, undefined, 'KLT-DID-030', undefined, [past(0, one)]);
  put('former-and-current', 'a key that is still listed', `${FULL}#0x02`, [now], 'KLT-DID-030', undefined, [
    past(5000, { '0x02': ann.publicKey }),
  ]);
  put('former-last', 'the last of the former documents that lists it', `${FULL}#0x01`, [now], 'KLT-DID-030', undefined, [
    past(7000, { '0x01': ben.publicKey }),
    past(5000, one),
    past(9000, { '0x03': ben.publicKey }),
  ]);
  put('former-of-another', 'a former document of another DID', `${FULL}#0x01`, [now], 'KLT-DID-030', 'unknown', [
    past(5000, one, 'did:kilt:4r6UaEyjsawQoZ7vEjchuPo5ucUo3mgEJ73Dg8mENqx5c9Eh'),
  ]);
  put('former-without-it', 'a former document without the key', `${FULL}#0x01`, [now], 'KLT-DID-030', 'unknown', [
    past(5000, { '0x03': ann.publicKey }),
  ]);
  put('former-malformed', 'a former document whose key is malformed', `${FULL}#0x01`, [now], 'KLT-DID-030', 'malformed', [
    { document: documentOf(FULL, { '0x01': '11'.repeat(31) }), validUntil: 5000 },
  ]);
  const light = lightWith(map(['e', keyMap()]));
  const other = documentOf('did:kilt:4r6UaEyjsawQoZ7vEjchuPo5ucUo3mgEJ73Dg8mENqx5c9Eh', one);
  put('migrated', 'a light DID that became a full one', `${light}#encryption`, [now], 'KLT-DID-029', 'unknown');
  put('not-migrated', 'a light DID beside the full DID of another', `${light}#encryption`, [other], 'KLT-DID-029');
  put('migrated-before', 'the former document of a migrated light DID', `${light}#encryption`, [now], 'KLT-DID-030', undefined, [
    past(5000, { encryption: ben.publicKey }, light),
  ]);
}
