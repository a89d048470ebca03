import { readFileSync } from 'node:fs';
import { fc, test } from '@fast-check/vitest';
import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { decodeAddress, encodeAddress, encodeBase58 } from './address.ts';
import { checkMigration, encodeLightDid, isSameSubject, parseBareDid, parseDid } from './did.ts';
import type { LightDid } from './did.ts';
import { encodeDidDocument } from './did-document.ts';
import { parseKeyUri } from './key-uri.ts';
import { DocumentDirectory, resolveAgreementKey } from './resolver.ts';
import type { Service } from './services.ts';

interface KnownDid {
  readonly name: string;
  readonly uri: string;
  readonly authType: 'ed25519' | 'sr25519';
  readonly authPublicKey: string;
  readonly address: string;
  readonly encPublicKey: string | null;
  readonly service: Service[] | null;
  readonly fullDidUri: string;
  readonly didDocumentJson: JsonObject;
  readonly didDocumentJsonLd: JsonObject;
}
interface Variant {
  readonly name: string;
  readonly uri: string;
  readonly encPublicKey?: string;
  readonly service?: Service[];
}
/** Answers of @kiltprotocol/did 0.35.2. */
const { lightDids, cborVariants, keypairLeak } = JSON.parse(
  readFileSync(new URL('../../../spec/kilt/evidence/kilt.json', import.meta.url), 'utf8'),
) as {
  lightDids: KnownDid[];
  cborVariants: Variant[];
  keypairLeak: { uri: string };
};

function known(name: string): KnownDid {
  const did = lightDids.find((one) => one.name === name);
  if (did === undefined) throw new Error(`no DID of ${name}`);
  return did;
}
const alice = known('alice');
const bob = known('bob');

/** A light DID of Alice's account with details of our own making. */
function withDetails(details: unknown): string {
  const cbor = details instanceof Uint8Array ? details : encode(details);
  return `did:kilt:light:01${alice.address}:z${encodeBase58(concat([Uint8Array.of(0), cbor]))}`;
}
const KEY = fromHex(alice.encPublicKey ?? '');

describe('KLT-DID addresses', () => {
  it.each(lightDids)('writes and reads the account of $name', ({ address, authPublicKey }) => {
    expect(encodeAddress(fromHex(authPublicKey), noblePrimitives)).toBe(address);
    expect(toHex(decodeAddress(address, noblePrimitives))).toBe(authPublicKey);
  });

  it('refuses a wrong checksum, another prefix, another length and what is not base 58', () => {
    const swapped = alice.address.replace('4sbi', '4rbi');
    expect(refusalOf(() => decodeAddress(swapped, noblePrimitives))).toMatch(/^malformed/);
    expect(refusalOf(() => decodeAddress('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', noblePrimitives))).toMatch(/^malformed/);
    expect(refusalOf(() => decodeAddress(`${alice.address}1`, noblePrimitives))).toMatch(/^malformed/);
    expect(refusalOf(() => decodeAddress(`0${alice.address.slice(1)}`, noblePrimitives))).toMatch(/^malformed/);
    expect(refusalOf(() => encodeAddress(new Uint8Array(31), noblePrimitives))).toMatch(/^usage/);
  });

  test.prop([fc.uint8Array({ minLength: 32, maxLength: 32 })])(
    'reads back every account, always as 48 characters that begin with 4',
    (account) => {
      const address = encodeAddress(account, noblePrimitives);
      expect(address).toMatch(/^4.{47}$/);
      expect(decodeAddress(address, noblePrimitives)).toEqual(account);
    },
  );
});

describe('KLT-DID light DIDs', () => {
  it.each(lightDids)('writes the DID of $name, byte for byte', ({ uri, authType, authPublicKey, encPublicKey, service }) => {
    const did = encodeLightDid(
      {
        authentication: { type: authType, publicKey: fromHex(authPublicKey) },
        keyAgreement: encPublicKey === null ? undefined : { type: 'x25519', publicKey: fromHex(encPublicKey) },
        services: service ?? undefined,
      },
      noblePrimitives,
    );
    expect(did).toBe(uri);
  });

  it.each(lightDids)('reads the DID of $name', ({ uri, authType, authPublicKey, encPublicKey, service, address }) => {
    const did = parseDid(uri, noblePrimitives) as LightDid;
    expect([did.kind, did.address, did.authentication.type, toHex(did.authentication.publicKey)]).toEqual([
      'light',
      address,
      authType,
      authPublicKey,
    ]);
    expect(did.keyAgreement === undefined ? null : toHex(did.keyAgreement.publicKey)).toBe(encPublicKey);
    expect(did.services ?? null).toEqual(service);
  });

  it.each(cborVariants.filter(({ name }) => !/short|extra|wrong|secret/.test(name)))(
    'reads the spelling: $name',
    ({ uri, encPublicKey, service }) => {
      const did = parseDid(uri, noblePrimitives) as LightDid;
      if (encPublicKey !== undefined && did.keyAgreement !== undefined) expect(toHex(did.keyAgreement.publicKey)).toBe(encPublicKey);
      if (service !== undefined) expect(did.services).toEqual(service);
      expect(did.did).toBe(uri);
    },
  );

  it('refuses a key of 31 bytes, a key of another type and members that have no place', () => {
    const refusals = cborVariants
      .filter(({ name }) => /short|extra|wrong/.test(name))
      .map(({ uri }) => refusalOf(() => parseDid(uri, noblePrimitives)).split(' ')[0]);
    expect(refusals).toEqual(['malformed', 'malformed', 'unsupported']);
  });

  it('KLT-DID-009 tells of a DID that carries a secret key, and never writes one', () => {
    expect(parseDid(keypairLeak.uri, noblePrimitives)).toMatchObject({ kind: 'light', secretExposed: true });
    expect(parseDid(alice.uri, noblePrimitives)).not.toHaveProperty('secretExposed');
    const pair = { type: 'x25519', publicKey: KEY, secretKey: new Uint8Array(32) } as const;
    expect(
      encodeLightDid({ authentication: { type: 'ed25519', publicKey: fromHex(alice.authPublicKey) }, keyAgreement: pair }, noblePrimitives),
    ).toBe(alice.uri);
  });

  it('reads empty details as none', () => {
    const did = parseDid(withDetails({}), noblePrimitives) as LightDid;
    expect([did.keyAgreement, did.services]).toEqual([undefined, undefined]);
  });

  it.each([
    ['not a DID', 'hello', 'malformed'],
    ['of another method', 'did:web:example.org', 'malformed'],
    ['no key type', `did:kilt:light:x1${alice.address}`, 'malformed'],
    ['key type 99', `did:kilt:light:99${alice.address}`, 'unsupported'],
    ['details without z', `did:kilt:light:01${alice.address}:mAAAA`, 'malformed'],
    ['no details behind the colon', `did:kilt:light:01${alice.address}:`, 'malformed'],
    ['details that are no base 58', `did:kilt:light:01${alice.address}:z0OIl`, 'malformed'],
    ['details of version 1', `did:kilt:light:01${alice.address}:z${encodeBase58(Uint8Array.of(1, 0xa0))}`, 'unsupported'],
    ['details that are no map', withDetails([1]), 'malformed'],
    ['details with something behind them', withDetails(Uint8Array.of(0xa0, 0x00)), 'malformed'],
    ['details of indefinite length', withDetails(Uint8Array.of(0xbf, 0xff)), 'malformed'],
    ['details with a long length', withDetails(Uint8Array.of(0xb8, 0x00)), 'malformed'],
    ['details with a member twice', withDetails(fromHex('a2617380617380')), 'malformed'],
    [
      'details that nest a thousand deep',
      withDetails(concat([fromHex('a16173'), new Uint8Array(1000).fill(0x81), Uint8Array.of(0x80)])),
      'malformed',
    ],
    ['a service called #encryption', withDetails({ s: [{ id: 'encryption', type: ['T'], serviceEndpoint: ['a:b'] }] }), 'malformed'],
    ['a service whose id has a space', withDetails({ s: [{ id: 'a b', type: ['T'], serviceEndpoint: ['a:b'] }] }), 'malformed'],
    ['a service that is nowhere', withDetails({ s: [{ id: 'a', type: ['T'], serviceEndpoint: ['not a uri'] }] }), 'malformed'],
    ['a service with types twice', withDetails({ s: [{ id: 'a', type: ['T'], types: ['T'] }] }), 'malformed'],
    ['a service of both spellings', withDetails({ s: [{ id: 'a', type: ['T'], urls: ['a:b'] }] }), 'malformed'],
    ['a service whose type is a number', withDetails({ s: [{ id: 'a', type: [1], serviceEndpoint: ['a:b'] }] }), 'malformed'],
    ['a service without types', withDetails({ s: [{ id: 'a', serviceEndpoint: [] }] }), 'malformed'],
    ['an empty fragment', `${alice.uri}#`, 'malformed'],
    ['two fragments', `${alice.uri}#a#b`, 'malformed'],
    ['too long', `did:kilt:light:01${alice.address}:z${'1'.repeat(4096)}`, 'limit'],
  ])('refuses what is %s', (_what, text, rejectClass) => {
    expect(refusalOf(() => parseDid(text, noblePrimitives)).split(' ')[0]).toBe(rejectClass);
  });

  it('refuses a fragment on a DID that names a person, and requires one on a key URI', () => {
    expect(refusalOf(() => parseBareDid(`${alice.uri}#encryption`, 'KLT-DID-017', noblePrimitives))).toBe('malformed KLT-DID-017');
    expect(refusalOf(() => parseKeyUri(alice.uri, noblePrimitives))).toMatch(/^malformed/);
    expect(parseKeyUri(`${alice.uri}#encryption`, noblePrimitives)).toMatchObject({ did: alice.uri, fragment: 'encryption' });
  });

  test.prop([fc.string({ maxLength: 80 })])('returns or refuses, whatever follows the prefix', (text) => {
    expect(refusalOf(() => parseDid(`did:kilt:${text}`, noblePrimitives))).toMatch(/^(accepted|malformed|unsupported|limit)/);
  });
});

describe('KLT-DID one subject', () => {
  it('knows a light DID and the full one that it became for one subject', () => {
    expect(isSameSubject(alice.uri, alice.fullDidUri, noblePrimitives)).toBe(true);
    expect(isSameSubject(alice.uri, bob.fullDidUri, noblePrimitives)).toBe(false);
    checkMigration(alice.uri, alice.fullDidUri, noblePrimitives);
    expect(
      refusalOf(() => {
        checkMigration(alice.uri, bob.fullDidUri, noblePrimitives);
      }),
    ).toBe('mismatch KLT-DID-022');
    expect(
      refusalOf(() => {
        checkMigration(alice.fullDidUri, alice.uri, noblePrimitives);
      }),
    ).toBe('malformed KLT-DID-021');
    expect(
      refusalOf(() => {
        checkMigration(`${alice.uri}#encryption`, alice.fullDidUri, noblePrimitives);
      }),
    ).toBe('malformed KLT-DID-021');
  });
});

describe('KLT-DID-017 documents', () => {
  it.each(lightDids)('writes the document of $name in both forms', ({ uri, didDocumentJson, didDocumentJsonLd }) => {
    expect(JSON.stringify(encodeDidDocument(uri, 'json', noblePrimitives))).toBe(JSON.stringify(didDocumentJson));
    expect(JSON.stringify(encodeDidDocument(uri, 'jsonld', noblePrimitives))).toBe(JSON.stringify(didDocumentJsonLd));
  });

  it('has no document of a full DID', () => {
    expect(refusalOf(() => encodeDidDocument(alice.fullDidUri, 'json', noblePrimitives))).toBe('unsupported KLT-DID-027');
  });

  /** A full DID's document with two key agreement keys, as a chain's resolver would give it. */
  const document = {
    id: alice.fullDidUri,
    verificationMethod: [
      {
        id: `${alice.fullDidUri}#0x01`,
        controller: alice.fullDidUri,
        type: 'X25519KeyAgreementKey2019',
        publicKeyBase58: encodeBase58(KEY),
      },
      {
        id: `${alice.fullDidUri}#0x02`,
        controller: alice.fullDidUri,
        type: 'X25519KeyAgreementKey2019',
        publicKeyBase58: encodeBase58(KEY),
      },
      {
        id: `${alice.fullDidUri}#0x03`,
        controller: alice.fullDidUri,
        type: 'Ed25519VerificationKey2018',
        publicKeyBase58: encodeBase58(KEY),
      },
    ],
    authentication: ['#0x03'],
    keyAgreement: ['#0x01', `${alice.fullDidUri}#0x02`],
  };

  it('finds each of several key agreement keys, and no others', () => {
    const directory = new DocumentDirectory([document]);
    expect(resolveAgreementKey(parseKeyUri(`${alice.fullDidUri}#0x01`, noblePrimitives), directory)).toEqual(KEY);
    expect(resolveAgreementKey(parseKeyUri(`${alice.fullDidUri}#0x02`, noblePrimitives), directory)).toEqual(KEY);
    expect(refusalOf(() => resolveAgreementKey(parseKeyUri(`${alice.fullDidUri}#0x03`, noblePrimitives), directory))).toMatch(/^unknown/);
    expect(refusalOf(() => resolveAgreementKey(parseKeyUri(`${bob.fullDidUri}#0x01`, noblePrimitives), directory))).toMatch(/^unknown/);
    expect(refusalOf(() => resolveAgreementKey(parseKeyUri(`${alice.uri}#authentication`, noblePrimitives), directory))).toMatch(
      /^unknown/,
    );
  });

  const first = document.verificationMethod[0];
  it.each([
    ['with a key agreement key for signatures', { keyAgreement: ['#0x03'] }, '#0x03', 'unsupported KLT-DID-010'],
    ['that lists a key it does not have', { keyAgreement: ['#0x04'] }, '#0x04', 'malformed KLT-DID-025'],
    [
      "with a key under somebody else's control",
      { verificationMethod: [{ ...first, controller: bob.fullDidUri }], keyAgreement: ['#0x01'] },
      '#0x01',
      'mismatch KLT-DID-028',
    ],
    ['that lists a key of somebody else', { keyAgreement: [`${bob.fullDidUri}#0x01`] }, '#0x01', 'malformed KLT-DID-025'],
    [
      'with a key of 31 bytes',
      { verificationMethod: [{ ...first, publicKeyBase58: encodeBase58(KEY.slice(1)) }], keyAgreement: ['#0x01'] },
      '#0x01',
      'malformed KLT-DID-011',
    ],
    [
      'with a key that is too long',
      { verificationMethod: [{ ...first, publicKeyBase58: '1'.repeat(10_000) }] },
      '#0x01',
      'malformed KLT-DID-025',
    ],
    ['with a key without a controller', { verificationMethod: [{ ...first, controller: undefined }] }, '#0x01', 'malformed KLT-DID-025'],
    ['with keys that are no list', { keyAgreement: '#0x01' }, '#0x01', 'malformed KLT-DID-025'],
    ['of somebody else', { id: bob.fullDidUri }, '#0x01', 'unknown KLT-DID-019'],
  ])('does not find a key in a document %s', (_what, change, fragment, refusal) => {
    const directory = new DocumentDirectory([{ ...document, ...change } as unknown as JsonObject]);
    expect(refusalOf(() => resolveAgreementKey(parseKeyUri(alice.fullDidUri + fragment, noblePrimitives), directory))).toBe(refusal);
  });

  it('believes the later of two documents of one DID', () => {
    const later = { ...document, note: 'later' };
    expect(new DocumentDirectory([document, later]).resolve(alice.fullDidUri)).toEqual(later);
  });
});
