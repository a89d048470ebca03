/**
 * Resolvers: from a DID to the keys that envelopes for its owner are sealed with.
 *
 * Light DIDs resolve themselves. For the others somebody has to be asked: a chain is one such resolver, a directory of
 * DID documents another and the one that is here. A resolver answers at once; one that has to go and fetch does so
 * before, and puts what it got into a directory.
 */
import { UnknownError } from '../kernel/errors.ts';
import type { JsonObject } from '../kernel/json.ts';
import { ENCRYPTION_FRAGMENT } from './constants.ts';
import { readAgreementKey } from './did-document.ts';
import type { KeyUri } from './key-uri.ts';

/** Finds the document of a DID. */
export interface DidResolver {
  /** @returns undefined where nobody of this name is known */
  resolve(did: string): JsonObject | undefined;
}

/** DID documents in memory, by the DID that each of them has as its id. */
export class DocumentDirectory implements DidResolver {
  readonly #documents: Map<string, JsonObject> = new Map();
  readonly #ambiguous: Set<string> = new Set();

  /**
   * @param documents in either form; two of one DID are none, since nobody can say which of them holds
   */
  constructor(documents: readonly JsonObject[] = []) {
    for (const document of documents) {
      const { id } = document;
      if (typeof id !== 'string') continue; // of nobody
      if (this.#documents.has(id)) this.#ambiguous.add(id); // KLT-DID-019
      this.#documents.set(id, document);
    }
  }

  /**
   * Takes a document in, in place of the one there was.
   * @see KLT-DID-019
   */
  replace(did: string, document: JsonObject): void {
    this.#ambiguous.delete(did);
    this.#documents.set(did, document);
  }

  resolve(did: string): JsonObject | undefined {
    return this.#ambiguous.has(did) ? undefined : this.#documents.get(did); // KLT-DID-019
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
  const { did, fragment, parsed } = keyUri;
  if (parsed.kind === 'light') {
    if (parsed.keyAgreement === undefined || fragment !== ENCRYPTION_FRAGMENT) throw new UnknownError('KLT-DID-023', 'no key agreement key of this name', { fragment }); // KLT-DID-023
    return parsed.keyAgreement.publicKey;
  }
  const document = resolver.resolve(did);
  if (document === undefined) throw new UnknownError('KLT-DID-019', 'a DID that nobody here knows'); // KLT-DID-019
  return readAgreementKey(document, keyUri);
}
