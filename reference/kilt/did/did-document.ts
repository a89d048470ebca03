/**
 * DID documents: a DID's keys and services as JSON, the same with a context as JSON-LD.
 *
 * A light DID has its document in itself. Documents of others come from outside: what is read of them are the key
 * agreement keys and what those need, and all else in them is left alone.
 */
import * as door from '../../kernel/door.ts';
import { isJsonObject } from '../../kernel/json.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { DecodeError, MismatchError, UnsupportedError } from '../../kernel/errors.ts';
import { decodeBase58, encodeBase58 } from './address.ts';
import type { AddressPrimitives } from './address.ts';
import { AUTHENTICATION_FRAGMENT, ENCRYPTION_FRAGMENT, PUBLIC_KEY_LENGTH } from './constants.ts';
import { parseBareDid } from './did.ts';
import type { AuthenticationType } from './did.ts';

/** Which of the two forms. */
export type DocumentForm = 'json' | 'jsonld';

const FORM = door.oneOf<DocumentForm>('json', 'jsonld');

/** KLT-DID-017: what a document calls each type of key. */
const AUTHENTICATION_METHODS: Readonly<Record<AuthenticationType, string>> = {
  sr25519: 'Sr25519VerificationKey2020',
  ed25519: 'Ed25519VerificationKey2018',
};
const AGREEMENT_METHOD = 'X25519KeyAgreementKey2019';

/** KLT-DID-018: the context of DIDs, and KILT's own. */
const CONTEXT: readonly string[] = ['https://www.w3.org/ns/did/v1', 'ipfs://QmU7QkuTCPz7NmD5bD7Z7mQVz2UsSPaEK58B5sYnjnPRNW'];

/** Characters of a public key in base 58, at most. */
const KEY_TEXT_LENGTH_MAX = 44;

function method(did: string, fragment: string, type: string, publicKey: Uint8Array): JsonObject {
  return { id: `${did}#${fragment}`, controller: did, type, publicKeyBase58: encodeBase58(publicKey) }; // KLT-DID-017
}

/**
 * Writes the document of a light DID.
 * @param text a light DID without a fragment
 * @throws as parseBareDid; UnsupportedError for a full DID, whose document is elsewhere; UsageError for another form
 * @see KLT-DID-017
 */
export function encodeDidDocument(text: string, form: DocumentForm, primitives: AddressPrimitives): JsonObject {
  FORM(form, 'form');
  const parsed = parseBareDid(text, 'KLT-DID-017', primitives); // KLT-DID-017
  if (parsed.kind !== 'light') throw new UnsupportedError('KLT-DID-027', 'a full DID does not carry its document');
  const { did, authentication, keyAgreement, services = [] } = parsed;
  const methods = [method(did, AUTHENTICATION_FRAGMENT, AUTHENTICATION_METHODS[authentication.type], authentication.publicKey)];
  if (keyAgreement !== undefined) methods.push(method(did, ENCRYPTION_FRAGMENT, AGREEMENT_METHOD, keyAgreement.publicKey));
  return {
    id: did,
    verificationMethod: methods,
    authentication: [`#${AUTHENTICATION_FRAGMENT}`],
    ...(keyAgreement === undefined ? {} : { keyAgreement: [`#${ENCRYPTION_FRAGMENT}`] }),
    ...(services.length === 0
      ? {}
      : { service: services.map(({ id, type, serviceEndpoint }) => ({ id: did + id, type, serviceEndpoint })) }),
    ...(form === 'jsonld' ? { '@context': CONTEXT } : {}), // KLT-DID-018
  };
}

/** What every verification method has, as text. */
const METHOD_MEMBERS: readonly string[] = ['id', 'controller', 'type', 'publicKeyBase58'];

function malformed(what: string): DecodeError {
  return new DecodeError('malformed', 'KLT-DID-025', what);
}

function listOf(document: JsonObject, name: string): readonly JsonValue[] {
  const value = document[name];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw malformed(`a document whose ${name} is no list`);
  return value as readonly JsonValue[];
}

function isMethod(value: JsonValue): value is { readonly [member: string]: string } {
  return (
    isJsonObject(value) &&
    METHOD_MEMBERS.every((name) => typeof value[name] === 'string') &&
    String(value['publicKeyBase58']).length <= KEY_TEXT_LENGTH_MAX
  );
}

/** A key by its fragment, however it is named: with the DID in front or without. */
function fragmentOf(id: string, did: string): string {
  return id.startsWith(did) ? id.slice(did.length) : id;
}

function readAgreementKey({ controller, type, publicKeyBase58 = '' }: { readonly [member: string]: string }, did: string): Uint8Array {
  if (controller !== did) throw new MismatchError('KLT-DID-028', "a key under somebody else's control");
  if (type !== AGREEMENT_METHOD) throw new UnsupportedError('KLT-DID-010', 'a key agreement key that is not X25519');
  const publicKey = decodeBase58(publicKeyBase58, 'KLT-DID-011');
  if (publicKey.length !== PUBLIC_KEY_LENGTH) throw new DecodeError('malformed', 'KLT-DID-011', 'a public key that is not 32 bytes');
  return publicKey;
}

/**
 * Answers whether a document lists a key agreement key, whatever else is wrong with it.
 * @param fragment the name of the key, without `#`
 */
export function listsAgreementKey(document: JsonObject, did: string, fragment: string): boolean {
  const references = door.json(document, 'document')['keyAgreement'];
  const named = `#${door.text(fragment, 'fragment')}`;
  door.text(did, 'did');
  return Array.isArray(references) && references.some((item) => typeof item === 'string' && fragmentOf(item, did) === named);
}

/**
 * Reads the key agreement keys of a DID document.
 * @param document in either form
 * @param did whose document it is
 * @returns public X25519 keys of 32 bytes by their names, which are their fragments without `#`
 * @throws DecodeError malformed; MismatchError for a key controlled by another DID; UnsupportedError for its type
 * @see KLT-DID-025
 */
export function readAgreementKeys(document: JsonObject, did: string): ReadonlyMap<string, Uint8Array> {
  door.json(document, 'document');
  door.text(did, 'did');
  const methods = new Map<string, { readonly [member: string]: string }>();
  for (const value of listOf(document, 'verificationMethod')) {
    if (!isMethod(value)) throw malformed('a verification method without its members');
    methods.set(fragmentOf(value['id'] ?? '', did), value);
  }
  const keys = new Map<string, Uint8Array>();
  for (const reference of listOf(document, 'keyAgreement')) {
    if (typeof reference !== 'string') throw malformed('a reference to a key that is no text');
    const fragment = fragmentOf(reference, did);
    const found = methods.get(fragment);
    if (!/^#./s.test(fragment) || found === undefined) throw malformed('a key agreement key that the document does not have');
    keys.set(fragment.slice(1), readAgreementKey(found, did)); // KLT-DID-024
  }
  return keys;
}
