/** Key URIs: a DID and the fragment of one of its keys. */
import { DecodeError } from '../../kernel/errors.ts';
import type { AddressPrimitives } from './address.ts';
import { parseDid } from './did.ts';
import type { Did } from './did.ts';

/** A key URI taken apart. */
export interface KeyUri {
  readonly uri: string;
  /** The DID without its fragment. */
  readonly did: string;
  /** Without its `#`. */
  readonly fragment: string;
  readonly parsed: Did;
}

/**
 * Takes a key URI apart.
 * @param uri a DID with a fragment
 * @throws as parseDid, and DecodeError malformed if there is no fragment
 * @see KLT-DID-020
 */
export function parseKeyUri(uri: string, primitives: AddressPrimitives): KeyUri {
  const parsed = parseDid(uri, primitives);
  if (parsed.fragment === undefined) throw new DecodeError('malformed', 'KLT-DID-020', 'a key URI without a fragment');
  return { uri, did: parsed.did, fragment: parsed.fragment, parsed };
}
