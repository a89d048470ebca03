/** Light DIDs that are written from keys and services. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { decodeBase58, encodeBase58 } from './primitives.ts';
import { KEY } from './samples.ts';

/** How long a service's type has to be for a light DID of so many characters. @throws Error if no length makes that many */
function typeLength(oracle: Oracle, params: (type: string) => JsonObject, characters: number): number {
  const answer = oracle.answer('kilt.did.encode', params('x'.repeat(300)));
  if (answer.kind !== 'ok') throw new Error('a short DID is written');
  const [, details = ''] = String(answer.value['did']).split(':z');
  const bytes = decodeBase58(details) ?? new Uint8Array(0);
  const front = String(answer.value['did']).length - details.length;
  // A longer type puts more bytes in the middle, which do not change how many digits the first ones make.
  for (let length = 1300; length < 1500; length++)
    if (front + encodeBase58(Uint8Array.from([...bytes, ...new Uint8Array(length - 300)])).length === characters) return length;
  throw new Error(`no type makes a DID of ${String(characters)} characters`);
}

export function encodeCases(oracle: Oracle, batch: Batch): void {
  const authentication = { type: 'ed25519', publicKey: '07'.repeat(32) };
  const keyAgreement = { type: 'x25519', publicKey: KEY };
  const mail = { id: '#mail', type: ['Messaging'], serviceEndpoint: ['https://example.org/inbox'] };
  const put = (name: string, title: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: rejects === 'limit' ? 'limit' : 'example',
      operation: 'kilt.did.encode',
      params: { authentication, ...params },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  put('bare', 'an authentication key alone', {}, 'KLT-DID-015');
  put('sr25519', 'an sr25519 key', { authentication: { ...authentication, type: 'sr25519' } }, 'KLT-DID-004');
  put('zero-key', 'a key of zeros', { authentication: { type: 'ed25519', publicKey: '00'.repeat(32) } }, 'KLT-DID-002');
  put('key', 'a key agreement key', { keyAgreement }, 'KLT-DID-015');
  put('service', 'a service', { services: [mail] }, 'KLT-DID-015');
  put(
    'key-and-services',
    'a key and two services',
    { keyAgreement, services: [mail, { ...mail, id: '#x', type: ['A', 'B'] }] },
    'KLT-DID-015',
  );
  put('no-services', 'an empty list of services', { services: [] }, 'KLT-DID-015');
  put(
    'members-in-another-order',
    'members given in another order',
    {
      keyAgreement: { publicKey: KEY, type: 'x25519' },
      services: [{ serviceEndpoint: mail.serviceEndpoint, type: mail.type, id: mail.id }],
    },
    'KLT-DID-015',
  );
  put(
    'secret-beside-public',
    'a key pair with its secret half',
    { keyAgreement: { ...keyAgreement, secretKey: '08'.repeat(32) } },
    'KLT-DID-016',
  );
  put(
    'secret-beside-authentication',
    'an authentication pair with its secret half',
    { authentication: { ...authentication, secretKey: '08'.repeat(64) } },
    'KLT-DID-016',
  );
  for (const type of ['ecdsa', 'x25519'])
    put(
      `authentication-${type}`,
      `an authentication key of the type ${type}`,
      { authentication: { ...authentication, type } },
      'KLT-DID-004',
      'unsupported',
    );
  for (const type of ['rsa', 'ed25519'])
    put(
      `agreement-${type}`,
      `a key agreement key of the type ${type}`,
      { keyAgreement: { ...keyAgreement, type } },
      'KLT-DID-010',
      'unsupported',
    );
  for (const length of [0, 31, 33]) {
    put(
      `authentication-of-${String(length)}`,
      `an authentication key of ${String(length)} bytes`,
      { authentication: { ...authentication, publicKey: '07'.repeat(length) } },
      'KLT-DID-011',
      'malformed',
    );
    put(
      `agreement-of-${String(length)}`,
      `a key agreement key of ${String(length)} bytes`,
      { keyAgreement: { ...keyAgreement, publicKey: '07'.repeat(length) } },
      'KLT-DID-011',
      'malformed',
    );
  }
  for (const [name, id] of [
    ['without-number-sign', 'mail'],
    ['empty', '#'],
    ['space', '#a b'],
    ['authentication', '#authentication'],
    ['encryption', '#encryption'],
    ['two-number-signs', '##x'],
  ] as const)
    put(`service-id-${name}`, `the service id '${id}'`, { services: [{ ...mail, id }] }, 'KLT-DID-013', 'malformed');
  put(
    'endpoint-no-uri',
    'a service endpoint with a space',
    { services: [{ ...mail, serviceEndpoint: ['not a uri'] }] },
    'KLT-DID-014',
    'malformed',
  );
  const typed = (type: string): JsonObject => ({ authentication, services: [{ ...mail, type: [type] }] });
  // No number of bytes makes 2,048: 58 digits to a place leave some lengths out.
  for (const length of [2047, 2049])
    put(
      `of-${String(length)}`,
      `services that make ${String(length)} characters`,
      typed('x'.repeat(typeLength(oracle, typed, length))),
      length > 2048 ? 'KLT-DID-026' : 'KLT-DID-015',
      length > 2048 ? 'limit' : undefined,
    );
  put(
    'too-long',
    'services that make more than 2,048 characters',
    { services: [{ ...mail, type: ['x'.repeat(1500)] }] },
    'KLT-DID-026',
    'limit',
  );
}
