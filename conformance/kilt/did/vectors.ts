/** Vectors of DIDs, key URIs and the keys they name: each way to be right, and one fault each. */
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { detailCases } from './details.ts';
import { encodeCases } from './encoding.ts';
import { keyUriCases } from './key-uris.ts';
import { ADDRESS, FULL, LIGHT, keyMap, lightWith, list, map, service, text } from './samples.ts';
import { parseCases } from './syntax.ts';

/** Every vector of DIDs that a person must think of. */
function didCases(oracle: Oracle, batch: Batch): void {
  parseCases(batch);
  detailCases(batch);
  encodeCases(oracle, batch);
  const document = (name: string, title: string, did: string, form: string, rejects?: string, about?: string): void =>
    batch.add({
      name: `${name}/${form}`,
      title,
      kind: 'example',
      operation: 'kilt.did.document',
      params: { did, form },
      ...(rejects === undefined ? { accepts: true } : { rejects }),
      ...(about === undefined ? {} : { about }),
    });
  for (const form of ['json', 'jsonld']) {
    for (const [name, did] of [
      ['bare', LIGHT],
      ['sr25519', `did:kilt:light:00${ADDRESS}`],
      ['with-key', lightWith(map(['e', keyMap()]))],
      ['with-service', lightWith(map(['s', list(service())]))],
      ['with-both', lightWith(map(['e', keyMap()], ['s', list(service(), service(text('y')))]))],
      ['empty-services', lightWith(map(['s', list()]))],
    ] as const)
      document(name, `the ${form} document of a light DID: ${name}`, did, form);
    document('fragment', 'a light DID with a fragment', `${LIGHT}#authentication`, form, 'malformed', 'KLT-DID-017');
    document('full', 'a full DID', FULL, form, 'unsupported', 'KLT-DID-027');
  }
  migrationCases(batch);
  keyUriCases(oracle, batch);
}

function migrationCases(batch: Batch): void {
  const put = (name: string, title: string, light: string, full: string, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'kilt.did.migrate',
      params: { light, full },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const other = `did:kilt:4r6UaEyjsawQoZ7vEjchuPo5ucUo3mgEJ73Dg8mENqx5c9Eh`;
  put('same-address', 'the full DID of the same address', LIGHT, FULL, 'KLT-DID-021');
  put('with-details', 'a light DID with details', lightWith(map(['e', keyMap()])), FULL, 'KLT-DID-021');
  put('another-address', 'a full DID of another address', LIGHT, other, 'KLT-DID-022', 'mismatch');
  put('light-to-light', 'a light DID twice', LIGHT, LIGHT, 'KLT-DID-021', 'malformed');
  put('full-to-full', 'a full DID twice', FULL, FULL, 'KLT-DID-021', 'malformed');
  put('backwards', 'a full DID that becomes light', FULL, LIGHT, 'KLT-DID-021', 'malformed');
  put('light-with-fragment', 'a light DID with a fragment', `${LIGHT}#authentication`, FULL, 'KLT-DID-021', 'malformed');
  put('full-with-fragment', 'a full DID with a fragment', LIGHT, `${FULL}#x`, 'KLT-DID-021', 'malformed');
  put('no-did', 'text that is not a DID', LIGHT, 'hello', 'KLT-DID-001', 'malformed');
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'dids', fill: ({ oracle, batch }) => didCases(oracle, batch) }],
  mutated: ['kilt.did.', 'kilt.keyuri.'],
};
