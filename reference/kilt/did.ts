/**
 * DIDs: who somebody is, as text.
 *
 *   did:kilt:<address>[#fragment]                                 full: keys and services stand with a resolver
 *   did:kilt:light:<key type><address>[:<details>][#fragment]     light: says everything itself
 *
 *   key type   00 sr25519, 01 ed25519: what the account in the address is
 *   details    key agreement key and services, see light-did-details.ts
 */
import { DecodeError, LimitError, MismatchError, UnsupportedError, UsageError } from '../kernel/errors.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import { decodeAddress, encodeAddress } from './address.ts';
import type { AddressPrimitives } from './address.ts';
import { DID_LENGTH_MAX, DID_PREFIX, LIGHT_DID_PREFIX, PUBLIC_KEY_LENGTH } from './constants.ts';
import { decodeDetails, encodeDetails } from './light-did-details.ts';
import type { LightDidDetails } from './light-did-details.ts';

/** How the owner of a DID signs. */
export type AuthenticationType = 'sr25519' | 'ed25519';

/** A key for signatures. */
export interface AuthenticationKey {
  readonly type: AuthenticationType;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** A DID whose keys are to be resolved. */
export interface FullDid {
  readonly kind: 'full';
  /** Without the fragment. */
  readonly did: string;
  readonly address: string;
  /** `#` and what follows it, where it is there. */
  readonly fragment?: string;
}

/** A DID that says its keys itself. */
export interface LightDid extends LightDidDetails {
  readonly kind: 'light';
  readonly did: string;
  readonly address: string;
  readonly fragment?: string;
  readonly authentication: AuthenticationKey;
}

/** A DID taken apart. */
export type Did = FullDid | LightDid;

/** What a light DID is made of. */
export interface LightDidInput extends LightDidDetails {
  readonly authentication: AuthenticationKey;
}

/** KLT-DID-authtype: the digits of each type of authentication key. */
const KEY_TYPES: ReadonlyMap<string, AuthenticationType> = new Map([['00', 'sr25519'], ['01', 'ed25519']]);

/** The text before and after a DID's first `#`, which is where its fragment begins. */
function splitFragment(text: string): { readonly did: string; readonly fragment?: string } {
  const at = text.indexOf('#');
  if (at < 0) return { did: text };
  const fragment = text.slice(at);
  if (!/^#[^#\s]+$/.test(fragment)) throw new DecodeError('malformed', 'KLT-DID-fragment', 'a fragment that is empty or none'); // KLT-DID-fragment
  return { did: text.slice(0, at), fragment };
}

function parseLightDid(did: string, primitives: AddressPrimitives): LightDid {
  const [front = '', ...more] = did.slice(LIGHT_DID_PREFIX.length).split(':');
  const digits = front.slice(0, 2);
  if (!/^[0-9]{2}$/.test(digits)) throw new DecodeError('malformed', 'KLT-DID-authtype', 'no type of key in a light DID'); // KLT-DID-authtype
  const type = KEY_TYPES.get(digits);
  if (type === undefined) throw new UnsupportedError('KLT-DID-authtype', 'an authentication key of another type', { digits }); // KLT-DID-authtype
  const address = front.slice(2);
  const publicKey = decodeAddress(address, primitives);
  const details = more.length === 0 ? {} : decodeDetails(more.join(':'));
  return { kind: 'light', did, address, authentication: { type, publicKey }, ...details };
}

/**
 * Takes a DID apart.
 * @param text a DID, perhaps with a fragment
 * @param primitives who computes the checksum of the address
 * @throws DecodeError malformed; UnsupportedError for key types and details of another kind; LimitError beyond 2,048 characters
 * @see KLT-DID-method
 */
export function parseDid(text: string, primitives: AddressPrimitives = noblePrimitives): Did {
  if (text.length > DID_LENGTH_MAX) throw new LimitError('KLT-DID-length', 'a DID of too many characters', { length: text.length }); // KLT-DID-length
  if (!text.startsWith(DID_PREFIX)) throw new DecodeError('malformed', 'KLT-DID-method', 'not a DID of KILT'); // KLT-DID-method
  const { did, fragment } = splitFragment(text);
  const fragments = fragment === undefined ? {} : { fragment };
  if (did.startsWith(LIGHT_DID_PREFIX)) return { ...parseLightDid(did, primitives), ...fragments };
  const address = did.slice(DID_PREFIX.length);
  decodeAddress(address, primitives);
  return { kind: 'full', did, address, ...fragments };
}

/**
 * Takes a DID apart where a fragment has no place.
 * @throws as parseDid, and DecodeError malformed for a fragment
 * @see KLT-DID-bare
 */
export function parseBareDid(text: string, primitives: AddressPrimitives = noblePrimitives): Did {
  const did = parseDid(text, primitives);
  if (did.fragment !== undefined) throw new DecodeError('malformed', 'KLT-DID-bare', 'a fragment behind a DID that stands for somebody'); // KLT-DID-bare
  return did;
}

function requireKeyLength(publicKey: Uint8Array, name: string): void {
  if (publicKey.length !== PUBLIC_KEY_LENGTH) throw new DecodeError('malformed', 'KLT-DID-keylength', 'a public key that is not 32 bytes', { name, length: publicKey.length }); // KLT-DID-keylength
}

/**
 * Writes a light DID.
 * @param input public keys of 32 bytes; members beside those named are never looked at
 * @throws DecodeError malformed for keys of another length and for services that are none; LimitError for a DID that
 * nobody would read; UsageError for another type of key
 * @see KLT-DID-encode
 */
export function encodeLightDid({ authentication, keyAgreement, services }: LightDidInput, primitives: AddressPrimitives = noblePrimitives): string {
  const digits = [...KEY_TYPES].find(([, type]) => type === authentication.type)?.[0];
  if (digits === undefined) throw new UsageError('KLT-DID-authtype', 'no such type of key'); // KLT-DID-authtype
  requireKeyLength(authentication.publicKey, 'authentication');
  if (keyAgreement !== undefined) requireKeyLength(keyAgreement.publicKey, 'keyAgreement');
  const details = encodeDetails({ keyAgreement, services });
  const did = `${LIGHT_DID_PREFIX}${digits}${encodeAddress(authentication.publicKey, primitives)}${details === '' ? '' : `:${details}`}`; // KLT-DID-encode
  if (did.length > DID_LENGTH_MAX) throw new LimitError('KLT-DID-length', 'a DID of too many characters', { length: did.length }); // KLT-DID-length
  return did;
}

/**
 * Answers whether two DIDs are of one subject: a light DID and the full one that it became share their address.
 * @throws as parseDid
 * @see KLT-DID-subject
 */
export function isSameSubject(one: string, other: string, primitives: AddressPrimitives = noblePrimitives): boolean {
  return parseDid(one, primitives).address === parseDid(other, primitives).address; // KLT-DID-subject
}

/**
 * Holds a full DID against the light one that it claims to have become.
 * @throws MismatchError where they are of different subjects; DecodeError malformed where one is not of its kind
 * @see KLT-DID-migrate
 */
export function checkMigration(light: string, full: string, primitives: AddressPrimitives = noblePrimitives): void {
  const from = parseBareDid(light, primitives);
  const to = parseBareDid(full, primitives);
  if (from.kind !== 'light' || to.kind !== 'full') throw new DecodeError('malformed', 'KLT-DID-migrate', 'not a light DID and a full one'); // KLT-DID-migrate
  if (from.address !== to.address) throw new MismatchError('KLT-DID-migrate', 'the full DID is of another subject'); // KLT-DID-migrate
}

export type { AgreementKey, LightDidDetails } from './light-did-details.ts';
