/**
 * Resolvers: from a DID to the keys that envelopes for its owner are sealed with.
 *
 * Light DIDs resolve themselves. For the others somebody has to be asked: a chain is one such resolver, a directory of
 * DID documents another and the one that is here. A resolver answers at once; one that has to go and fetch does so
 * before, and puts what it got into a directory.
 */
import { UnknownError } from '../kernel/errors.ts';
import type { JsonObject } from '../kernel/json.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import type { AddressPrimitives } from './address.ts';
import { ENCRYPTION_FRAGMENT } from './constants.ts';
import type { LightDid } from './did.ts';
import { readDidDocument } from './did-document.ts';
import type { ResolvedDid } from './did-document.ts';
import type { KeyUri } from './key-uri.ts';

/** Finds the keys of a DID. */
export interface DidResolver {
  /** @returns undefined where nobody of this name is known */
  resolve(did: string): ResolvedDid | undefined;
}

/** DID documents in memory, by DID. */
export class DocumentDirectory implements DidResolver {
  readonly #resolved: Map<string, ResolvedDid> = new Map();
  readonly #primitives: AddressPrimitives;

  /**
   * @param documents in either form; a later one replaces an earlier one of the same DID
   * @throws as readDidDocument
   */
  constructor(documents: readonly JsonObject[] = [], primitives: AddressPrimitives = noblePrimitives) {
    this.#primitives = primitives;
    for (const document of documents) this.add(document);
  }

  /**
   * Takes a document in.
   * @throws as readDidDocument
   */
  add(document: JsonObject): void {
    const resolved = readDidDocument(document, this.#primitives);
    this.#resolved.set(resolved.did, resolved);
  }

  resolve(did: string): ResolvedDid | undefined {
    return this.#resolved.get(did);
  }
}

function resolveLight({ did, keyAgreement }: LightDid): ResolvedDid {
  return { did, agreementKeys: new Map(keyAgreement === undefined ? [] : [[ENCRYPTION_FRAGMENT, keyAgreement.publicKey]]) };
}

/**
 * Finds the key that a key URI names.
 * @param keyUri of a light DID, or of one that the resolver knows
 * @returns 32 bytes
 * @throws UnknownError for a DID or a key that is not known, also where the key is there for something else
 * @see KLT-ENV-resolve
 */
export function resolveAgreementKey({ did, fragment, parsed }: KeyUri, resolver: DidResolver): Uint8Array {
  const resolved = parsed.kind === 'light' ? resolveLight(parsed) : resolver.resolve(did); // KLT-ENV-light
  if (resolved === undefined) throw new UnknownError('KLT-ENV-unknowndid', 'a DID that nobody here knows'); // KLT-ENV-unknowndid
  const publicKey = resolved.agreementKeys.get(fragment);
  if (publicKey === undefined) throw new UnknownError('KLT-ENV-unknownkey', 'no key agreement key of this name', { fragment }); // KLT-ENV-unknownkey
  return publicKey;
}
