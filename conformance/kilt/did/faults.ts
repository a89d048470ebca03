/**
 * Generated checks of DIDs: keys and services as they may be, the details of a light DID item by item, documents with several
 * methods, and single faults of each.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { jsonObject, sometimes } from '../../suites/arbitraries.ts';
import { balanced, faultCheck, type Right } from '../../suites/fault-checks.ts';
import { EDGE_CHARACTERS, jsonFaults } from '../../suites/json-faults.ts';
import type { SuiteInput } from '../../suites/modules.ts';
import { documentOf } from '../people.ts';
import { didsIn } from '../property.ts';
import { cborOf, HEX_MARK } from './cbor-items.ts';
import { encodeBase58 } from './primitives.ts';
import { FULL, LIGHT } from './samples.ts';

const RUNS = 300;
const FEW_RUNS = 60;
const KEY_LENGTH = 32;
/** Keys are wrong in their length most of all. */
const WRONG_LENGTHS = [0, 1, 20, 31, 33, 64];

/** A key with a byte of zero in front in one of three. */
const key: fc.Arbitrary<string> = fc
  .tuple(fc.noShrink(fc.uint8Array({ minLength: KEY_LENGTH, maxLength: KEY_LENGTH })), fc.constantFrom(-1, 0, 31))
  .map(([bytes, zero]) => toHex(bytes.map((byte, at) => (at === zero ? 0 : byte))));
const uri: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^https:\/\/[a-z]{1,10}\.example(\/[a-z]{0,8})?$/),
  fc.constantFrom('x:', 'mailto:a@b.example', 'https://[::1]/', 'urn:a:b', 'bottlepost:00@'),
);
const service = fc.record({
  id: fc.stringMatching(/^#[A-Za-z0-9._~-]{1,12}$/).filter((id) => id !== '#encryption' && id !== '#authentication'),
  type: fc.array(fc.oneof(fc.stringMatching(/^[A-Za-z]{0,12}$/), fc.constantFrom(...EDGE_CHARACTERS)), { maxLength: 2 }),
  serviceEndpoint: fc.array(uri, { maxLength: 2 }),
});

const encodeRequest: fc.Arbitrary<JsonObject> = fc
  .record({
    authentication: fc.record({ publicKey: key, type: fc.constantFrom('ed25519', 'sr25519') }),
    keyAgreement: sometimes(fc.record({ publicKey: key, type: fc.constant('x25519') })),
    services: sometimes(fc.array(service, { maxLength: 3 })),
  })
  .map((request) => Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as JsonObject);

/** What may be wrong with the parameters of encode: they keep their declared types, which are up to the contract. */
function encodeFaults(request: JsonObject): (() => JsonObject)[] {
  const keys = ['authentication', 'keyAgreement'].flatMap((name) => {
    const own = request[name] as JsonObject | undefined;
    if (own === undefined) return [];
    const hex = String(own['publicKey']);
    return [
      ...WRONG_LENGTHS.map((length) => ({ ...request, [name]: { ...own, publicKey: `${hex}${hex}`.slice(0, 2 * length) } })),
      ...['rsa', '', 'ED25519', 'ed25519', 'sr25519', 'x25519'].map((type) => ({ ...request, [name]: { ...own, type } })),
      { ...request, [name]: { ...own, secretKey: hex } },
    ];
  });
  const services = (request['services'] ?? []) as readonly JsonObject[];
  const ofServices = services.flatMap((one, at) =>
    balanced(jsonFaults(one).filter(({ spoiled }) => isDeclared(spoiled()))).map(({ spoiled }) => () => ({
      ...request,
      services: services.map((other, i) => (i === at ? spoiled() : other)),
    })),
  );
  return [...keys.map((params) => () => params), ...ofServices];
}
function isDeclared(value: Json): boolean {
  const { id, type, serviceEndpoint, ...more } = value as JsonObject;
  const isTexts = (list: Json | undefined): boolean => Array.isArray(list) && list.every((item) => typeof item === 'string');
  return typeof id === 'string' && isTexts(type) && isTexts(serviceEndpoint) && Object.keys(more).length === 0;
}

/** The details of a light DID as JSON, bytes as marked hex. */
const details: fc.Arbitrary<JsonObject> = fc
  .record({
    e: sometimes(
      fc.tuple(key, sometimes(key)).map(([publicKey, secretKey]) => ({
        publicKey: `${HEX_MARK}${publicKey}`,
        type: 'x25519',
        ...(secretKey === undefined ? {} : { secretKey: `${HEX_MARK}${secretKey}` }),
      })),
    ),
    s: sometimes(
      fc.array(
        fc.tuple(service, fc.boolean()).map(([{ id, type, serviceEndpoint }, isOlder]): JsonObject => {
          const bare = id.slice(1);
          return isOlder ? { id: bare, types: type, urls: serviceEndpoint } : { id: bare, type, serviceEndpoint };
        }),
        { maxLength: 3 },
      ),
    ),
  })
  .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as JsonObject);

function didOf(content: Json): string {
  return `${LIGHT}:z${encodeBase58(fromHex(`00${cborOf(content)}`))}`;
}
/** A light DID with details, and the same with each fault of them. */
interface DidRight {
  readonly did: string;
  readonly faults: () => (() => string)[];
}
const lightDid: fc.Arbitrary<DidRight> = details.map((content) => ({
  did: didOf(content),
  faults: () =>
    balanced(jsonFaults(content)).map(
      ({ spoiled }) =>
        () =>
          didOf(spoiled()),
    ),
}));

interface Owner {
  readonly did: string;
  readonly keys: { readonly [fragment: string]: string };
}
const owner: fc.Arbitrary<Owner> = fc.record({
  did: fc.constant(FULL),
  keys: fc
    .uniqueArray(fc.tuple(fc.stringMatching(/^0x[0-9a-f]{1,6}$/), key), { minLength: 1, maxLength: 4, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries)),
});
/** A document, its references whole or short, its methods in either order, members that nobody reads in one of three. */
const documentWith: fc.Arbitrary<{ readonly document: JsonObject; readonly names: readonly string[] }> = fc
  .tuple(owner, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.option(jsonObject(1), { nil: {} as JsonObject, freq: 2 }))
  .map(([{ did, keys }, [isWhole = false, isReversed = false, isShortId = false, isListed = true], more]) => {
    const document = documentOf(did, keys);
    const methods = document['verificationMethod'] as readonly JsonObject[];
    const ordered = isReversed ? [...methods].reverse() : methods;
    const { id: _id, verificationMethod: _methods, keyAgreement: _agreement, ...unread } = more;
    return {
      names: Object.keys(keys),
      document: {
        ...unread,
        ...document,
        verificationMethod: ordered.map((method) =>
          isShortId ? { ...method, id: String(method['id']).slice(did.length), more: [1] } : method,
        ),
        keyAgreement: Object.keys(keys).map((name) => `${isWhole ? did : ''}#${name}`),
        ...(isListed ? {} : { authentication: [] }),
      },
    };
  });

const resolveRequest: fc.Arbitrary<JsonObject> = fc
  .tuple(documentWith, sometimes(documentWith), fc.nat(3), fc.nat(Number.MAX_SAFE_INTEGER), fc.nat(9))
  .map(([{ document, names }, before, which, validUntil, kind]): JsonObject => {
    const keyUri = `${FULL}#${names[which % names.length] ?? ''}`;
    const documents = kind === 0 ? [] : [document];
    if (before === undefined) return { keyUri, documents: kind === 1 ? [document, document] : documents };
    return kind < 5
      ? { keyUri, documents: [before.document, ...documents] }
      : { keyUri: `${FULL}#${before.names[0] ?? ''}`, documents, former: [{ document: before.document, validUntil }] };
  });

function resolveFaults(request: JsonObject): (() => JsonObject)[] {
  const documents = (request['documents'] ?? []) as readonly JsonObject[];
  const former = (request['former'] ?? []) as readonly JsonObject[];
  return [
    ...documents.flatMap((document, at) =>
      balanced(jsonFaults(document)).map(({ spoiled }) => () => ({
        ...request,
        documents: documents.map((other, i) => (i === at ? spoiled() : other)),
      })),
    ),
    ...former.flatMap((entry, at) =>
      balanced(jsonFaults(entry['document'] ?? {})).map(({ spoiled }) => () => ({
        ...request,
        former: former.map((other, i) => (i === at ? { ...entry, document: spoiled() } : other)),
      })),
    ),
  ];
}

/** The checks; none if there are no vectors to take DIDs from. */
export function didFaultChecks(input: SuiteInput): Check[] {
  const dids = didsIn(input.vectors);
  if (dids.length === 0) return [];
  const known = fc.constantFrom(...dids);
  const anyDid = fc.oneof(
    lightDid.map(({ did }) => did),
    known,
  );
  return [
    faultCheck(input, {
      operation: 'kilt.did.encode',
      requirement: 'KLT-DID-015',
      title: 'keys and services, and single faults of them',
      right: () => encodeRequest.map((params) => ({ params, faults: () => encodeFaults(params) })),
      runs: RUNS,
    }),
    faultCheck(input, {
      operation: 'kilt.did.parse',
      requirement: 'KLT-DID-008',
      title: 'light DIDs with details, and single faults of the details',
      right: () =>
        lightDid.map(({ did, faults }) => ({ params: { did }, faults: () => faults().map((spoiled) => () => ({ did: spoiled() })) })),
      runs: RUNS,
    }),
    faultCheck(input, {
      operation: 'kilt.did.document',
      requirement: 'KLT-DID-017',
      title: 'light DIDs with details, and single faults of the details',
      right: () =>
        fc.tuple(lightDid, fc.constantFrom('json', 'jsonld')).map(([{ did, faults }, form]) => ({
          params: { did, form },
          faults: () => faults().map((spoiled) => () => ({ did: spoiled(), form })),
        })),
      runs: FEW_RUNS,
    }),
    faultCheck(input, {
      operation: 'kilt.did.migrate',
      requirement: 'KLT-DID-021',
      title: 'two DIDs of any kind, and single faults of them',
      right: () => fc.record({ light: anyDid, full: fc.oneof(fc.constant(FULL), anyDid) }).map(withTextFaults),
      runs: FEW_RUNS,
    }),
    faultCheck(input, {
      operation: 'kilt.keyuri.parse',
      requirement: 'KLT-DID-020',
      title: 'key URIs, and single faults of them',
      right: () =>
        fc
          .tuple(known, fc.stringMatching(/^[!-"$-~]{1,8}$/))
          .map(([did, name]) => ({ keyUri: `${did}#${name}` }))
          .map(withTextFaults),
      runs: FEW_RUNS,
    }),
    faultCheck(input, {
      operation: 'kilt.keyuri.resolve',
      requirement: 'KLT-DID-025',
      title: 'documents with several methods, current and former, and single faults of them',
      right: () => resolveRequest.map((params) => ({ params, faults: () => resolveFaults(params) })),
      runs: RUNS,
    }),
  ];
}

/** Requests of texts alone, each spoiled as a text. */
function withTextFaults(params: JsonObject): Right {
  const isOfTexts = (value: Json): value is JsonObject =>
    Object.keys(params).every((name) => typeof (value as JsonObject)[name] === 'string');
  return {
    params,
    faults: () =>
      jsonFaults(params)
        .map(({ spoiled }) => spoiled())
        .filter(isOfTexts)
        .filter((value) => Object.keys(value).length === Object.keys(params).length)
        .map((value) => () => value),
  };
}
