/**
 * DID documents: a DID's keys and services as JSON, the same with a context as JSON-LD.
 *
 * A light DID has its document in itself. Documents of others come from outside: what is read of them are the key
 * agreement keys and what those need, and all else in them is left alone.
 */
import { isJsonObject } from '../kernel/json.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { DecodeError, MismatchError, UnsupportedError } from '../kernel/errors.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import { decodeBase58, encodeBase58 } from './address.ts';
import type { AddressPrimitives } from './address.ts';
import { AUTHENTICATION_FRAGMENT, ENCRYPTION_FRAGMENT, PUBLIC_KEY_LENGTH } from './constants.ts';
import { parseBareDid } from './did.ts';
import type { AuthenticationType } from './did.ts';

/** Which of the two forms. */
export type DocumentForm = 'json' | 'jsonld';

/** KLT-DOC-types: what a document calls each type of key. */
const AUTHENTICATION_METHODS: Readonly<Record<AuthenticationType, string>> = {
  sr25519: 'Sr25519VerificationKey2020',
  ed25519: 'Ed25519VerificationKey2018',
};
const AGREEMENT_METHOD = 'X25519KeyAgreementKey2019';

/** KLT-DOC-context: the context of DIDs, and KILT's own. */
const CONTEXT: readonly string[] = ['https://www.w3.org/ns/did/v1', 'ipfs://QmU7QkuTCPz7NmD5bD7Z7mQVz2UsSPaEK58B5sYnjnPRNW'];

/** Characters of a public key in base 58, at most. */
const KEY_TEXT_LENGTH_MAX = 44;

/** Whom a document is of, and the keys that messages to them can be sealed for. */
export interface ResolvedDid {
  readonly did: string;
  /** Public X25519 keys of 32 bytes by fragment. */
  readonly agreementKeys: ReadonlyMap<string, Uint8Array>;
}

function method(did: string, fragment: string, type: string, publicKey: Uint8Array): JsonObject {
  return { id: did + fragment, controller: did, type, publicKeyBase58: encodeBase58(publicKey) }; // KLT-DOC-method
}

/**
 * Writes the document of a light DID.
 * @param text a light DID without a fragment
 * @throws as parseBareDid; UnsupportedError for a full DID, whose document stands elsewhere
 * @see KLT-DOC-members
 */
export function encodeDidDocument(text: string, form: DocumentForm, primitives: AddressPrimitives = noblePrimitives): JsonObject {
  const parsed = parseBareDid(text, primitives);
  if (parsed.kind !== 'light') throw new UnsupportedError('KLT-DOC-full', 'a full DID does not carry its document'); // KLT-DOC-full
  const { did, authentication, keyAgreement, services = [] } = parsed;
  const methods = [method(did, AUTHENTICATION_FRAGMENT, AUTHENTICATION_METHODS[authentication.type], authentication.publicKey)];
  if (keyAgreement !== undefined) methods.push(method(did, ENCRYPTION_FRAGMENT, AGREEMENT_METHOD, keyAgreement.publicKey));
  return {
    id: did,
    verificationMethod: methods,
    authentication: [AUTHENTICATION_FRAGMENT],
    ...(keyAgreement === undefined ? {} : { keyAgreement: [ENCRYPTION_FRAGMENT] }),
    ...(services.length === 0 ? {} : { service: services.map(({ id, type, serviceEndpoint }) => ({ id: did + id, type, serviceEndpoint })) }),
    ...(form === 'jsonld' ? { '@context': CONTEXT } : {}), // KLT-DOC-context
  };
}

function malformed(what: string): DecodeError {
  return new DecodeError('malformed', 'KLT-DOC-read', what); // KLT-DOC-read
}

function textOf(value: JsonValue | undefined, name: string): string {
  if (typeof value !== 'string') throw malformed(`a DID document whose ${name} is no text`);
  return value;
}

function listOf(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw malformed(`a DID document whose ${name} is no list`);
  return value as readonly JsonValue[];
}

/** The fragment of a key that a document names by its fragment alone or by its whole URI. */
function fragmentOf(id: string, did: string): string {
  const fragment = id.startsWith(did) ? id.slice(did.length) : id;
  if (!fragment.startsWith('#')) throw malformed('a key of somebody else in a DID document');
  return fragment;
}

function readAgreementKey(value: JsonObject, did: string): Uint8Array {
  if (textOf(value['controller'], 'controller') !== did) throw new MismatchError('KLT-DOC-controller', 'a key under somebody else\'s control'); // KLT-DOC-controller
  if (value['type'] !== AGREEMENT_METHOD) throw new UnsupportedError('KLT-DOC-types', 'a key agreement key that is not X25519'); // KLT-DOC-types
  const text = textOf(value['publicKeyBase58'], 'publicKeyBase58');
  if (text.length > KEY_TEXT_LENGTH_MAX) throw malformed('a public key that is too long');
  const publicKey = decodeBase58(text, 'KLT-DOC-read');
  if (publicKey.length !== PUBLIC_KEY_LENGTH) throw malformed('a public key that is not 32 bytes');
  return publicKey;
}

/**
 * Reads the key agreement keys of a DID document.
 * @param document in either form
 * @throws DecodeError malformed; MismatchError for a key under somebody else's control; UnsupportedError for its type
 * @see KLT-DOC-read
 */
export function readDidDocument(document: JsonObject, primitives: AddressPrimitives = noblePrimitives): ResolvedDid {
  const { did } = parseBareDid(textOf(document['id'], 'id'), primitives);
  const methods = new Map<string, JsonObject>();
  for (const value of listOf(document['verificationMethod'], 'verificationMethod')) {
    if (!isJsonObject(value)) throw malformed('a verification method that is no object');
    methods.set(fragmentOf(textOf(value['id'], 'key id'), did), value);
  }
  const agreementKeys = new Map<string, Uint8Array>();
  for (const reference of listOf(document['keyAgreement'], 'keyAgreement')) {
    const fragment = fragmentOf(textOf(reference, 'reference'), did);
    const value = methods.get(fragment);
    if (value === undefined) throw malformed('a key agreement key that the document does not have');
    agreementKeys.set(fragment, readAgreementKey(value, did));
  }
  return { did, agreementKeys };
}
