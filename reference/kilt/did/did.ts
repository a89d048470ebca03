/**
 * DIDs: identities as text.
 *
 *   did:kilt:<address>[#fragment]                                 full: keys and services are with a resolver
 *   did:kilt:light:<key type><address>[:<details>][#fragment]     light: says everything itself
 *
 *   key type   00 sr25519, 01 ed25519: what the account in the address is
 *   details    key agreement key and services, see light-did-details.ts
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, MismatchError, UnsupportedError } from '../../kernel/errors.ts';
import { decodeAddress, encodeAddress } from './address.ts';
import type { AddressPrimitives } from './address.ts';
import { DID_LENGTH_MAX, LIGHT_DID_PREFIX, PUBLIC_KEY_LENGTH } from './constants.ts';
import { decodeDetails, encodeDetails } from './light-did-details.ts';
import type { AgreementKey, LightDidDetails } from './light-did-details.ts';
import { serviceDoor } from './services.ts';

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
  /** Without its `#`, where it is there. */
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
export interface LightDidInput extends Omit<LightDidDetails, 'secretExposed'> {
  readonly authentication: AuthenticationKey;
}

const INPUT = door.members<LightDidInput>({
  authentication: door.members<AuthenticationKey>({ type: door.text as door.Door<AuthenticationType>, publicKey: door.bytes }),
  keyAgreement: door.optional(door.members<AgreementKey>({ type: door.text as door.Door<'x25519'>, publicKey: door.bytes })),
  services: door.optional(door.list(serviceDoor)),
});

/** KLT-DID-001: the two kinds of DID. Whether an address, digits and details are any is checked afterwards. */
const FORM = /^(did:kilt:(?:light:([0-9]{2}))?(4[1-9A-HJ-NP-Za-km-z]{47})(?::([^:#\s]+))?)(?:#([^#\s]+))?$/;

/** KLT-DID-004: the type of authentication key that the digits of a light DID stand for. */
const KEY_TYPES: ReadonlyMap<string, AuthenticationType> = new Map([
  ['00', 'sr25519'],
  ['01', 'ed25519'],
]);

/**
 * Takes a DID apart.
 * @param text a DID, perhaps with a fragment
 * @param primitives who computes the checksum of the address
 * @throws DecodeError malformed; UnsupportedError for key types and details of another kind; LimitError beyond 2,048 characters
 * @see KLT-DID-001
 */
export function parseDid(text: string, primitives: AddressPrimitives): Did {
  door.text(text, 'text');
  if (text.length > DID_LENGTH_MAX) throw new LimitError('KLT-DID-026', 'a DID of too many characters', { length: text.length });
  const [match, did = '', digits, address = '', details, fragment] = FORM.exec(text) ?? [];
  if (match === undefined || (digits === undefined && details !== undefined))
    throw new DecodeError('malformed', 'KLT-DID-001', 'not a DID of KILT');
  const front = { did, address, ...(fragment === undefined ? {} : { fragment }) };
  const publicKey = decodeAddress(address, primitives);
  if (digits === undefined) return { kind: 'full', ...front };
  const type = KEY_TYPES.get(digits);
  if (type === undefined) throw new UnsupportedError('KLT-DID-004', 'an authentication key of another type', { digits });
  return { kind: 'light', ...front, authentication: { type, publicKey }, ...(details === undefined ? {} : decodeDetails(details)) };
}

/**
 * Takes a DID apart where a fragment has no place.
 * @param clause what forbids it there
 * @throws as parseDid, and DecodeError malformed for a fragment
 */
export function parseBareDid(text: string, clause: string, primitives: AddressPrimitives): Did {
  const did = parseDid(text, primitives);
  if (did.fragment !== undefined) throw new DecodeError('malformed', clause, 'a fragment behind a DID that stands for somebody');
  return did;
}

function requireKeyLength(publicKey: Uint8Array, name: string): void {
  if (publicKey.length !== PUBLIC_KEY_LENGTH)
    throw new DecodeError('malformed', 'KLT-DID-011', 'a public key that is not 32 bytes', { name, length: publicKey.length });
}

/**
 * Writes a light DID.
 * @param input public keys of 32 bytes; members besides those named are never read
 * @throws UnsupportedError for keys of another type; DecodeError malformed for keys of another length and for services
 * that are none; LimitError for a DID that no reader accepts
 * @see KLT-DID-015
 */
export function encodeLightDid(input: LightDidInput, primitives: AddressPrimitives): string {
  const { authentication, keyAgreement, services } = INPUT(input, 'input');
  const digits = [...KEY_TYPES].find(([, type]) => type === authentication.type)?.[0];
  if (digits === undefined) throw new UnsupportedError('KLT-DID-004', 'an authentication key of another type');
  requireKeyLength(authentication.publicKey, 'authentication');
  if (keyAgreement !== undefined) requireKeyLength(keyAgreement.publicKey, 'keyAgreement');
  const details = encodeDetails({ keyAgreement, services });
  // KLT-DID-015
  const did = `${LIGHT_DID_PREFIX}${digits}${encodeAddress(authentication.publicKey, primitives)}${details === '' ? '' : `:${details}`}`;
  if (did.length > DID_LENGTH_MAX) throw new LimitError('KLT-DID-026', 'a DID of too many characters', { length: did.length });
  return did;
}

/**
 * Answers whether two DIDs are of one subject: a light DID and the full one that it became share their address.
 * @throws as parseDid
 * @see KLT-DID-021
 */
export function isSameSubject(one: string, other: string, primitives: AddressPrimitives): boolean {
  return parseDid(one, primitives).address === parseDid(other, primitives).address;
}

/**
 * Holds a full DID against the light one that it claims to have become.
 * @throws as parseDid; DecodeError malformed if one is not of its kind; MismatchError for the full DID of another subject
 * @see KLT-DID-021
 */
export function checkMigration(light: string, full: string, primitives: AddressPrimitives): void {
  const from = parseBareDid(light, 'KLT-DID-021', primitives);
  const to = parseBareDid(full, 'KLT-DID-021', primitives);
  if (from.kind !== 'light' || to.kind !== 'full') throw new DecodeError('malformed', 'KLT-DID-021', 'not a light DID and a full one');
  if (from.address !== to.address) throw new MismatchError('KLT-DID-022', 'the full DID of another subject');
}
