/**
 * DID documents: a DID's keys and services as JSON, the same with a context as JSON-LD.
 *
 * A light DID has its document in itself. Documents of others come from outside: what is read of them are the key
 * agreement keys and what those need, and all else in them is left alone.
 */
import { isJsonObject } from '../kernel/json.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { DecodeError, UnknownError, UnsupportedError } from '../kernel/errors.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import { decodeBase58, encodeBase58 } from './address.ts';
import type { AddressPrimitives } from './address.ts';
import { AUTHENTICATION_FRAGMENT, ENCRYPTION_FRAGMENT, PUBLIC_KEY_LENGTH } from './constants.ts';
import { parseBareDid } from './did.ts';
import type { AuthenticationType } from './did.ts';
import type { KeyUri } from './key-uri.ts';

/** Which of the two forms. */
export type DocumentForm = 'json' | 'jsonld';

/** KLT-DID-017: what a document calls each type of key. */
const AUTHENTICATION_METHODS: Readonly<Record<AuthenticationType, string>> = {
  sr25519: 'Sr25519VerificationKey2020',
  ed25519: 'Ed25519VerificationKey2018',
};
const AGREEMENT_METHOD = 'X25519KeyAgreementKey2019';

/** KLT-DID-018: the context of DIDs, and KILT's own. */
const CONTEXT: readonly string[] = ['https://www.w3.org/ns/did/v1', 'ipfs://QmU7QkuTCPz7NmD5bD7Z7mQVz2UsSPaEK58B5sYnjnPRNW'];

/** Characters of 32 bytes in base 58, at most. */
const KEY_TEXT_LENGTH_MAX = 44;

function method(did: string, fragment: string, type: string, publicKey: Uint8Array): JsonObject {
  return { id: `${did}#${fragment}`, controller: did, type, publicKeyBase58: encodeBase58(publicKey) }; // KLT-DID-017
}

/**
 * Writes the document of a light DID.
 * @param text a light DID without a fragment
 * @throws as parseDid; DecodeError malformed for a fragment; UnknownError for a full DID, whose document stands elsewhere
 * @see KLT-DID-017
 */
export function encodeDidDocument(text: string, form: DocumentForm, primitives: AddressPrimitives = noblePrimitives): JsonObject {
  const parsed = parseBareDid(text, 'KLT-DID-017', primitives); // KLT-DID-017
  if (parsed.kind !== 'light') throw new UnknownError('KLT-DID-019', 'a full DID does not carry its document'); // KLT-DID-019
  const { did, authentication, keyAgreement, services = [] } = parsed;
  const methods = [method(did, AUTHENTICATION_FRAGMENT, AUTHENTICATION_METHODS[authentication.type], authentication.publicKey)];
  if (keyAgreement !== undefined) methods.push(method(did, ENCRYPTION_FRAGMENT, AGREEMENT_METHOD, keyAgreement.publicKey));
  return {
    id: did,
    verificationMethod: methods,
    authentication: [`#${AUTHENTICATION_FRAGMENT}`],
    ...(keyAgreement === undefined ? {} : { keyAgreement: [`#${ENCRYPTION_FRAGMENT}`] }),
    ...(services.length === 0 ? {} : { service: services.map(({ id, type, serviceEndpoint }) => ({ id: did + id, type, serviceEndpoint })) }),
    ...(form === 'jsonld' ? { '@context': CONTEXT } : {}), // KLT-DID-018
  };
}

/** The lists of keys that a document can have, each for a use of its own. */
const RELATIONS: readonly string[] = ['authentication', 'keyAgreement', 'assertionMethod', 'capabilityDelegation'];
const METHOD_TEXTS: readonly string[] = ['id', 'controller', 'type', 'publicKeyBase58'];

function malformed(what: string): DecodeError {
  return new DecodeError('malformed', 'KLT-DID-025', what);
}

function isTextList(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.every((item: JsonValue) => typeof item === 'string');
}

/** Holds a document against what every document has. @returns its verification methods */
function methodsOf(document: JsonObject): readonly JsonObject[] {
  const methods = document['verificationMethod'];
  if (!Array.isArray(methods)) throw malformed('a document without verification methods'); // KLT-DID-025
  for (const relation of RELATIONS) {
    if (document[relation] !== undefined && !isTextList(document[relation])) throw malformed('keys that are no list of references'); // KLT-DID-025
  }
  return methods.map((one: JsonValue) => {
    if (!isJsonObject(one) || METHOD_TEXTS.some((name) => typeof one[name] !== 'string')) throw malformed('a verification method without its members'); // KLT-DID-025
    return one;
  });
}

/**
 * Finds a key agreement key in the document of its DID.
 * @param document in either form, with the DID of the key URI as its id
 * @returns 32 bytes
 * @throws DecodeError malformed; UnknownError where the document has no such key, or has it for something else;
 * UnsupportedError for a key of another type
 * @see KLT-DID-023
 */
export function readAgreementKey(document: JsonObject, { uri, fragment }: KeyUri): Uint8Array {
  const methods = methodsOf(document).filter(({ id }) => id === uri);
  const listed = (document['keyAgreement'] ?? []) as readonly JsonValue[];
  const [found] = methods;
  if (!(listed.includes(`#${fragment}`) || listed.includes(uri)) || found === undefined || methods.length > 1) { // KLT-DID-023; KLT-DID-024: the one that is named
    throw new UnknownError('KLT-DID-023', 'no key agreement key of this name', { fragment });
  }
  if (found['type'] !== AGREEMENT_METHOD) throw new UnsupportedError('KLT-DID-010', 'a key agreement key that is not X25519'); // KLT-DID-010
  const text = String(found['publicKeyBase58']);
  const publicKey = text.length > KEY_TEXT_LENGTH_MAX ? undefined : decodeBase58(text, 'KLT-DID-011');
  if (publicKey?.length !== PUBLIC_KEY_LENGTH) throw new DecodeError('malformed', 'KLT-DID-011', 'a public key that is not 32 bytes'); // KLT-DID-011
  return publicKey;
}
