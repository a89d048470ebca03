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
import { DID_PREFIX, ENCRYPTION_FRAGMENT } from './constants.ts';
import { listsAgreementKey, readAgreementKeys } from './did-document.ts';
import type { Did } from './did.ts';
import type { KeyUri } from './key-uri.ts';

/** A former version of a DID document. */
export interface FormerDocument {
  readonly document: JsonObject;
  /** The last millisecond in which it was current. */
  readonly validUntil: number;
}

/** Finds the document of a DID. */
export interface DidResolver {
  /** @returns undefined if the name is unknown */
  resolve(did: string): JsonObject | undefined;
  /**
   * Documents that the DID had before, the latest last: what was sealed while they held may still be on its way. A resolver
   * without this has none.
   */
  former?(did: string): readonly FormerDocument[];
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

const FORMER = door.list(door.members<FormerDocument>({ document: door.json, validUntil: door.count }));

/** DID documents in memory, by the DID that each of them has as its id; they are read when requested. */
export class DocumentDirectory implements DidResolver {
  readonly #documents: Map<string, JsonObject> = new Map();
  readonly #former: FormerDocument[] = [];

  /** @param documents in either form @param former documents that no longer hold, the latest last */
  constructor(documents: readonly JsonObject[] = [], former: readonly FormerDocument[] = []) {
    for (const document of DOCUMENTS(documents, 'documents')) this.add(document);
    for (const entry of FORMER(former, 'former')) this.#former.push({ ...entry, document: door.jsonCopy(entry.document, 'former') });
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

  former(did: string): readonly FormerDocument[] {
    door.text(did, 'did');
    return this.#former.filter(({ document }) => document['id'] === did);
  }
}

/** A key agreement key, and where it was found. */
export interface ResolvedKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Of a key from a former document: the last millisecond in which that held. */
  readonly validUntil?: number;
}

/** A copy of a key, which its owner may keep. */
function found(publicKey: Uint8Array | undefined, fragment: string, validUntil?: number): ResolvedKey {
  if (publicKey === undefined) throw new UnknownError('KLT-DID-023', 'no key agreement key of this name', { fragment });
  return { publicKey: door.copy(publicKey, 'keyUri.publicKey'), ...(validUntil === undefined ? {} : { validUntil }) };
}

/**
 * Finds the key that a key URI names, also where it is no longer in use, for opening what was sealed with it.
 * @param keyUri of a light DID, or of one that the resolver knows
 * @throws as resolveAgreementKey
 * @see KLT-DID-030
 */
export function resolveKeyForOpening(keyUri: KeyUri, resolver: DidResolver): ResolvedKey {
  const { did, fragment, parsed } = KEY_URI(keyUri, 'keyUri');
  resolverDoor(resolver, 'resolver');
  const fullDid = DID_PREFIX + door.text(parsed.address, 'keyUri.parsed.address');
  const isMigrated = parsed.kind === 'light' && resolver.resolve(fullDid)?.['id'] === fullDid; // KLT-DID-029
  if (parsed.kind === 'light' && !isMigrated)
    return found(fragment === ENCRYPTION_FRAGMENT ? parsed.keyAgreement?.publicKey : undefined, fragment); // KLT-DID-023
  const current = isMigrated ? undefined : resolver.resolve(did);
  if (current === undefined || !listsAgreementKey(current, did, fragment)) {
    const past = resolver
      .former?.(did)
      .filter(({ document }) => listsAgreementKey(document, did, fragment))
      .at(-1); // KLT-DID-030
    if (past !== undefined) return found(readAgreementKeys(past.document, did).get(fragment), fragment, past.validUntil);
  }
  if (parsed.kind === 'light') throw new UnknownError('KLT-DID-029', 'a light DID that was migrated to a full one');
  if (current === undefined) throw new UnknownError('KLT-DID-019', 'a DID that nobody here knows');
  return found(readAgreementKeys(current, did).get(fragment), fragment);
}

/**
 * Finds the key that a key URI names, in the current document.
 * @param keyUri of a light DID, or of one that the resolver knows
 * @returns 32 bytes
 * @throws UnknownError for a DID or a key that is not known, also where the key is there for something else, and for a light
 * DID that was migrated; what reading a document throws
 * @see KLT-DID-023
 */
export function resolveAgreementKey(keyUri: KeyUri, resolver: DidResolver): Uint8Array {
  resolverDoor(resolver, 'resolver');
  return resolveKeyForOpening(keyUri, { resolve: (did) => resolver.resolve(did) }).publicKey;
}
