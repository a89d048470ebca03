/**
 * Resolvers: from a DID to the keys that envelopes for its owner are sealed with.
 *
 * Light DIDs resolve themselves. For the others a resolver is needed: a chain is one, a directory of
 * DID documents another and the one that is here. A resolver answers at once; one that has to go and fetch does so
 * before, and puts what it got into a directory.
 */
import * as door from '../../kernel/door.ts';
import { UnknownError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { ENCRYPTION_FRAGMENT } from './constants.ts';
import { readAgreementKeys } from './did-document.ts';
import type { Did } from './did.ts';
import type { KeyUri } from './key-uri.ts';

/** Finds the document of a DID. */
export interface DidResolver {
  /** @returns undefined if the name is unknown */
  resolve(did: string): JsonObject | undefined;
}

/** A resolver at the door. */
export const resolverDoor: door.Door<DidResolver> = door.capable<DidResolver>('resolve');
const DOCUMENTS = door.list(door.json);
const KEY_URI = door.members<KeyUri>({
  uri: door.text,
  did: door.text,
  fragment: door.text,
  parsed: door.json as door.Door<unknown> as door.Door<Did>,
});

/** DID documents in memory, by the DID that each of them has as its id; they are read when requested. */
export class DocumentDirectory implements DidResolver {
  readonly #documents: Map<string, JsonObject> = new Map();

  /** @param documents in either form */
  constructor(documents: readonly JsonObject[] = []) {
    for (const document of DOCUMENTS(documents, 'documents')) this.add(document);
  }

  /** Takes a document in, in place of an earlier one of the same DID; one without an id belongs to no DID. */
  add(given: JsonObject): void {
    const document = door.jsonCopy(given, 'document');
    const { id } = document;
    if (typeof id === 'string') this.#documents.set(id, document); // KLT-DID-019
  }

  resolve(did: string): JsonObject | undefined {
    return this.#documents.get(door.text(did, 'did'));
  }
}

/**
 * Finds the key that a key URI names.
 * @param keyUri of a light DID, or of one that the resolver knows
 * @returns 32 bytes
 * @throws UnknownError for a DID or a key that is not known, also where the key is there for something else; what
 * reading a document throws
 * @see KLT-DID-023
 */
export function resolveAgreementKey(keyUri: KeyUri, resolver: DidResolver): Uint8Array {
  const { did, fragment, parsed } = KEY_URI(keyUri, 'keyUri');
  resolverDoor(resolver, 'resolver');
  let publicKey: Uint8Array | undefined;
  if (parsed.kind === 'light') {
    publicKey = fragment === ENCRYPTION_FRAGMENT ? parsed.keyAgreement?.publicKey : undefined; // KLT-DID-023
  } else {
    const document = resolver.resolve(did);
    if (document === undefined) throw new UnknownError('KLT-DID-019', 'a DID that nobody here knows');
    publicKey = readAgreementKeys(document, did).get(fragment);
  }
  if (publicKey === undefined) throw new UnknownError('KLT-DID-023', 'no key agreement key of this name', { fragment });
  return door.copy(publicKey, 'keyUri.publicKey');
}
