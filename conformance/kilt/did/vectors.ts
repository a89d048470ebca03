/** Vectors of DIDs, key URIs and the keys they name: each way to be right, and one fault each. */
import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { decodeBase58, encodeBase58 } from '../primitives.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex } from '../../oracle/values.ts';
import type { VectorKind } from '../../vectors.ts';
import type { Batch } from '../../generate/batch.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { documentOf, madePerson } from '../people.ts';

const ADDRESS = '4sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds';
const LIGHT = `did:kilt:light:01${ADDRESS}`;
const FULL = `did:kilt:${ADDRESS}`;
const KEY = '159817cca1d44055db18e730f46a7532ad8a669ebbb3ff232361bf60df673978';
const KEY_CBOR = `d8405820${KEY}`;
const text = (value: string): string => `${(0x60 + value.length).toString(16)}${Buffer.from(value).toString('hex')}`;
const head = (major: number, count: number): string =>
  count < 24
    ? (major * 32 + count).toString(16).padStart(2, '0')
    : `${(major * 32 + 24).toString(16)}${count.toString(16).padStart(2, '0')}`;
const longText = (value: string): string => `${head(3, Buffer.byteLength(value))}${Buffer.from(value).toString('hex')}`;
const map = (...members: readonly (readonly [string, string])[]): string =>
  `${head(5, members.length)}${members.map(([name, value]) => text(name) + value).join('')}`;
const list = (...items: readonly string[]): string => `${head(4, items.length)}${items.join('')}`;
const keyMap = (key = KEY_CBOR, type = text('x25519')): string => map(['publicKey', key], ['type', type]);
const service = (id = text('x'), type = list(text('T')), endpoint = list(longText('https://a.example'))): string =>
  map(['id', id], ['type', type], ['serviceEndpoint', endpoint]);

/** A light DID with these details. */
function lightWith(cbor: string, version = '00'): string {
  return `${LIGHT}:z${encodeBase58(fromHex(version + cbor))}`;
}

/** Every vector of DIDs that a person must think of. */
function didCases(oracle: Oracle, batch: Batch): void {
  parseCases(batch);
  detailCases(batch);
  encodeCases(oracle, batch);
  const parse = (name: string, title: string, did: string, form: string, rejects?: string, about?: string): void =>
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
      parse(name, `the ${form} document of a light DID: ${name}`, did, form);
    parse('fragment', 'a light DID with a fragment', `${LIGHT}#authentication`, form, 'malformed', 'KLT-DID-017');
    parse('full', 'a full DID', FULL, form, 'unsupported', 'KLT-DID-027');
  }
  migrationCases(batch);
  keyUriCases(oracle, batch);
}

function parseCases(batch: Batch): void {
  const put = (name: string, title: string, did: string, rejects?: string, about?: string, kind: VectorKind = 'example'): void =>
    batch.add({
      name,
      title,
      kind,
      operation: 'kilt.did.parse',
      params: { did },
      ...(rejects === undefined ? { accepts: true } : { rejects }),
      ...(about === undefined ? {} : { about }),
    });
  put('full', 'a full DID', FULL);
  put('full-fragment', 'a full DID with a fragment', `${FULL}#0x1234`);
  put('light', 'a light DID, ed25519', LIGHT);
  put('light-sr25519', 'a light DID, sr25519', `did:kilt:light:00${ADDRESS}`, undefined, 'KLT-DID-004');
  put('light-fragment', 'a light DID with a fragment', `${LIGHT}#authentication`);
  put('fragment-of-any-characters', 'a fragment with a colon, a slash and a letter outside ASCII', `${FULL}#a:b/ü?`);
  for (const [name, did] of [
    ['another-method', `did:web:${ADDRESS}`],
    ['no-scheme', ADDRESS],
    ['empty', ''],
    ['upper-case', FULL.replace('did', 'DID')],
    ['space-before', ` ${FULL}`],
    ['line-feed-behind', `${FULL}\n`],
    ['empty-fragment', `${FULL}#`],
    ['two-fragments', `${FULL}#a#b`],
    ['fragment-with-space', `${FULL}#a b`],
    ['one-digit', `did:kilt:light:1${ADDRESS}`],
    ['letters-for-digits', `did:kilt:light:0x${ADDRESS}`],
    ['details-behind-full', `${FULL}:z1`],
    ['empty-details', `${LIGHT}:`],
    ['dark', `did:kilt:dark:01${ADDRESS}`],
  ] as const)
    put(`syntax-${name}`, `not a DID: ${name}`, did, 'malformed', 'KLT-DID-001');
  for (const [name, address] of [
    ['short', ADDRESS.slice(0, -1)],
    ['long', `${ADDRESS}s`],
    ['another-prefix', `5${ADDRESS.slice(1)}`],
    ['zero-digit', `${ADDRESS.slice(0, -1)}0`],
    ['letter-l', `${ADDRESS.slice(0, -1)}l`],
  ] as const)
    put(`address-${name}`, `not an address: ${name}`, `did:kilt:${address}`, 'malformed', 'KLT-DID-001');
  for (const prefix of [30, 37, 39])
    put(
      `address-prefix-${String(prefix)}`,
      `an address of the prefix ${String(prefix)}`,
      `did:kilt:${addressOf(prefix)}`,
      'malformed',
      'KLT-DID-002',
    );
  const raw = decodeBase58(ADDRESS) ?? new Uint8Array(0);
  for (const [name, index] of [
    ['key-first-bit', 1],
    ['key-last-bit', 32],
    ['checksum-first', 33],
    ['checksum-last', 34],
  ] as const)
    put(
      `checksum-${name}`,
      `an address with one bit changed: ${name}`,
      `did:kilt:${encodeBase58(raw.map((byte, i) => (i === index ? byte ^ 1 : byte)))}`,
      'malformed',
      'KLT-DID-003',
    );
  put(
    'checksum-of-light',
    'a light DID whose address has a wrong checksum',
    `did:kilt:light:01${encodeBase58(raw.map((byte, i) => (i === 34 ? byte ^ 1 : byte)))}`,
    'malformed',
    'KLT-DID-003',
  );
  for (const digits of ['02', '10', '99'])
    put(
      `authentication-type-${digits}`,
      `an authentication key of the type ${digits}`,
      `did:kilt:light:${digits}${ADDRESS}`,
      'unsupported',
      'KLT-DID-004',
    );
  put('longest', 'a DID of 2,048 characters', `${FULL}#${'f'.repeat(2048 - FULL.length - 1)}`, undefined, 'KLT-DID-026', 'limit');
  put('too-long', 'a DID of 2,049 characters', `${FULL}#${'f'.repeat(2049 - FULL.length - 1)}`, 'limit', 'KLT-DID-026', 'limit');
}

/** An address of another prefix, whose checksum is right as such. */
function addressOf(prefix: number): string {
  for (let salt = 0; salt < 100_000; salt++) {
    const key = new Uint8Array(32).fill(salt % 251);
    key[0] = salt & 0xff;
    const addressed = Uint8Array.from([prefix, ...key]);
    const checksum = createHash('blake2b512').update('SS58PRE').update(addressed).digest().subarray(0, 2);
    const text58 = encodeBase58(Uint8Array.from([...addressed, ...checksum]));
    if (text58.startsWith('4') && text58.length === 48) return text58;
  }
  throw new Error(`no address of the prefix ${String(prefix)} starts with 4`);
}

function detailCases(batch: Batch): void {
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
    ['secret-key', map(['publicKey', KEY_CBOR], ['secretKey', `d8405820${'08'.repeat(32)}`], ['type', text('x25519')])],
    ['secret-for-type', map(['publicKey', KEY_CBOR], ['secretKey', KEY_CBOR])],
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
  for (const [i, id] of ['', '#x', 'a b', 'authentication', 'encryption', 'a%', 'ü'].entries())
    put(
      `service-id-${String(i)}`,
      `the service id '${id}'`,
      lightWith(map(['s', list(service(longText(id)))])),
      'KLT-DID-013',
      'malformed',
    );
  put('service-id-escaped', 'the service id %20-._~', lightWith(map(['s', list(service(longText('%20-._~')))])), 'KLT-DID-013');
  for (const [name, uri] of [
    ['space', 'https://a b'],
    ['no-scheme', 'a.example'],
    ['empty', ''],
    ['scheme-only', 'https:'],
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

/** How long a service's type has to be for a light DID of so many characters. @throws Error where no length makes that many */
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

function encodeCases(oracle: Oracle, batch: Batch): void {
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
  for (const [i, id] of ['mail', '#', '#a b', '#authentication', '#encryption', '##x'].entries())
    put(`service-id-${String(i)}`, `the service id '${id}'`, { services: [{ ...mail, id }] }, 'KLT-DID-013', 'malformed');
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

function keyUriCases(oracle: Oracle, batch: Batch): void {
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

export const vectors: TopicVectors = {
  subjects: [{ subject: 'dids', fill: ({ oracle, batch }) => didCases(oracle, batch) }],
  mutated: ['kilt.did.', 'kilt.keyuri.'],
};
