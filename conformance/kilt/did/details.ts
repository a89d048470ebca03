/** Details of light DIDs: what CBOR they may be, and one fault each in item, map, key and services. */
import type { Batch } from '../../generate/batch.ts';
import { fromHex } from '../../oracle/values.ts';
import { encodeBase58 } from './primitives.ts';
import { KEY, KEY_CBOR, LIGHT, keyMap, lightWith, list, longText, map, service, text } from './samples.ts';
import { NO_URIS, URIS } from './uris.ts';

export function detailCases(batch: Batch): void {
  const put = (name: string, title: string, did: string, about: string, rejects?: string): void =>
    batch.add({
      name: `details/${name}`,
      title,
      kind: rejects === 'non-canonical' ? 'non-canonical' : 'example',
      operation: 'kilt.did.parse',
      params: { did },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  put('key', 'a key under tag 64', lightWith(map(['e', keyMap()])), 'KLT-DID-011');
  put('key-without-tag', 'a key as a plain byte string', lightWith(map(['e', keyMap(`5820${KEY}`)])), 'KLT-DID-007');
  put(
    'type-first',
    'the members of the key in the other order',
    lightWith(map(['e', map(['type', text('x25519')], ['publicKey', KEY_CBOR])])),
    'KLT-DID-009',
  );
  put('services-first', 'services before the key', lightWith(map(['s', list(service())], ['e', keyMap()])), 'KLT-DID-008');
  put(
    'older-names',
    'services with the older names',
    lightWith(map(['s', list(map(['id', text('x')], ['types', list(text('T'))], ['urls', list(longText('https://a.example'))]))])),
    'KLT-DID-012',
  );
  put(
    'two-services',
    'two services of several types and endpoints',
    lightWith(
      map([
        's',
        list(
          service(),
          service(text('y'), list(text('T'), text('U')), list(longText('https://a.example'), longText('mailto:a@b.example'))),
        ),
      ]),
    ),
    'KLT-DID-012',
  );
  put('no-services', 'an empty list of services', lightWith(map(['s', list()])), 'KLT-DID-012');
  put('empty-map', 'neither key nor services', lightWith(map()), 'KLT-DID-008');
  put(
    'no-multibase',
    'details that do not begin with z',
    `${LIGHT}:${encodeBase58(fromHex(`00${map(['e', keyMap()])}`))}`,
    'KLT-DID-005',
    'malformed',
  );
  put('another-multibase', 'details in base 16', `${LIGHT}:f00${map(['e', keyMap()])}`, 'KLT-DID-005', 'malformed');
  put('not-base58', 'details with the letter l', `${lightWith(map(['e', keyMap()]))}l`, 'KLT-DID-005', 'malformed');
  put('nothing', 'empty details', `${LIGHT}:z`, 'KLT-DID-005', 'malformed');
  for (const version of ['01', 'ff'])
    put(`version-${version}`, `the version ${version}`, lightWith(map(['e', keyMap()]), version), 'KLT-DID-006', 'unsupported');
  const whole = map(['e', keyMap()]);
  for (const [name, cbor] of [
    ['empty', ''],
    ['truncated', whole.slice(0, -2)],
    ['trailing', `${whole}00`],
    ['two-items', `${whole}a0`],
    ['indefinite-map', `bf${whole.slice(2)}ff`],
    ['indefinite-bytes', map(['e', keyMap(`d8405f5820${KEY}ff`)])],
    ['long-length', map(['e', keyMap(`d840590020${KEY}`)])],
    ['long-map-head', `b801${whole.slice(2)}`],
    ['key-twice', `a2${whole.slice(2)}${whole.slice(2)}`],
    ['number-as-name', 'a10001'],
    ['bad-utf8', 'a161ff00'],
    ['bad-utf8-in-a-value', map(['s', list(service(text('x'), list('61ff')))])],
    ['surrogate-in-a-value', map(['s', list(service(text('x'), list('63eda080')))])],
    ['another-tag', map(['e', keyMap(`c0${KEY_CBOR.slice(4)}`)])],
    ['tag-64-on-text', map(['e', keyMap('d84061' + '61')])],
    ['reserved', '1c'],
    ['break-alone', 'ff'],
  ] as const)
    put(`cbor-${name}`, `not one item of shortest form: ${name}`, lightWith(cbor), 'KLT-DID-007', 'malformed');
  for (const [name, cbor] of [
    ['list', list()],
    ['text', text('e')],
    ['number', '00'],
    ['another-member', map(['e', keyMap()], ['zz', '01'])],
  ] as const)
    put(`map-${name}`, `details that are not a map of e and s: ${name}`, lightWith(cbor), 'KLT-DID-008', 'malformed');
  for (const [name, cbor] of [
    ['secret-for-type', map(['publicKey', KEY_CBOR], ['secretKey', KEY_CBOR])],
    ['another-for-type', map(['publicKey', KEY_CBOR], ['kind', text('x25519')])],
    ['another-member', map(['publicKey', KEY_CBOR], ['type', text('x25519')], ['id', text('#x')])],
    ['list', list(KEY_CBOR, text('x25519'))],
    ['bytes', KEY_CBOR],
  ] as const)
    put(`key-${name}`, `a key with another shape: ${name}`, lightWith(map(['e', cbor])), 'KLT-DID-009', 'malformed');
  put(
    'key-without-type',
    'a key agreement key that does not say its type',
    lightWith(map(['e', map(['publicKey', KEY_CBOR])])),
    'KLT-DID-009',
    'malformed',
  );
  put(
    'key-without-key',
    'a key agreement key with only its type',
    lightWith(map(['e', map(['type', text('x25519')])])),
    'KLT-DID-009',
    'malformed',
  );
  for (const type of ['rsa', 'ed25519', 'X25519', ''])
    put(
      `key-type-${type === '' ? 'empty' : type}`,
      `a key agreement key of the type '${type}'`,
      lightWith(map(['e', keyMap(KEY_CBOR, text(type))])),
      'KLT-DID-010',
      'unsupported',
    );
  for (const [name, key] of [
    ['31-bytes', `d840581f${KEY.slice(2)}`],
    ['33-bytes', `d8405821${KEY}00`],
    ['empty', 'd84040'],
    ['text', longText(KEY)],
    ['text-of-32', longText(KEY.slice(0, 32))],
  ] as const)
    put(`key-${name}`, `a key of ${name}`, lightWith(map(['e', keyMap(key)])), 'KLT-DID-011', 'malformed');
  for (const [name, cbor] of [
    ['map', map()],
    ['of-text', list(text('x'))],
    ['without-id', list(map(['type', list()], ['serviceEndpoint', list()]))],
    ['with-more', list(map(['id', text('x')], ['type', list()], ['serviceEndpoint', list()], ['zz', '01']))],
    ['mixed-names', list(map(['id', text('x')], ['type', list()], ['urls', list()]))],
    ['id-number', list(service('01'))],
    ['type-text', list(service(text('x'), text('T')))],
    ['type-of-numbers', list(service(text('x'), list('01')))],
    ['endpoint-text', list(service(text('x'), list(text('T')), longText('https://a.example')))],
  ] as const)
    put(`services-${name}`, `services of another shape: ${name}`, lightWith(map(['s', cbor])), 'KLT-DID-012', 'malformed');
  for (const [name, id] of [
    ['empty', ''],
    ['number-sign', '#x'],
    ['space', 'a b'],
    ['authentication', 'authentication'],
    ['encryption', 'encryption'],
    ['percent', 'a%'],
    ['umlaut', 'ü'],
  ] as const)
    put(`service-id-${name}`, `the service id '${id}'`, lightWith(map(['s', list(service(longText(id)))])), 'KLT-DID-013', 'malformed');
  put('service-id-escaped', 'the service id %20-._~', lightWith(map(['s', list(service(longText('%20-._~')))])), 'KLT-DID-013');
  const secret = `d8405820${'08'.repeat(32)}`;
  for (const [name, cbor] of [
    ['published', map(['publicKey', KEY_CBOR], ['secretKey', secret], ['type', text('x25519')])],
    ['first', map(['secretKey', secret], ['publicKey', KEY_CBOR], ['type', text('x25519')])],
    ['untagged', map(['publicKey', KEY_CBOR], ['type', text('x25519')], ['secretKey', secret.slice(4)])],
    ['of-no-byte', map(['publicKey', KEY_CBOR], ['type', text('x25519')], ['secretKey', '40'])],
    ['as-text', map(['publicKey', KEY_CBOR], ['type', text('x25519')], ['secretKey', text('secret')])],
  ] as const)
    put(`secret-${name}`, `a DID that publishes a secret key: ${name}`, lightWith(map(['e', cbor])), 'KLT-DID-009');
  put(
    'secret-without-key',
    'a secret key without the public one',
    lightWith(map(['e', map(['secretKey', secret], ['type', text('x25519')])])),
    'KLT-DID-009',
    'malformed',
  );
  for (const [name, uri] of URIS)
    put(
      `uri-${name}`,
      `the service endpoint ${uri}`,
      lightWith(map(['s', list(service(text('x'), list(text('T')), list(longText(uri))))])),
      'KLT-DID-014',
    );
  for (const [name, uri] of [
    ...NO_URIS,
    ['space', 'https://a b'],
    ['no-scheme', 'a.example'],
    ['empty', ''],
    ['percent', 'https://a/%zz'],
    ['digit-scheme', '1a:b'],
    ['letter-outside-ascii', 'https://ü.example'],
  ] as const)
    put(
      `endpoint-${name}`,
      `a service endpoint that is not a URI: ${name}`,
      lightWith(map(['s', list(service(text('x'), list(text('T')), list(longText(uri))))])),
      'KLT-DID-014',
      'malformed',
    );
}
