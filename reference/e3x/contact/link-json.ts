/**
 * Links as JSON: what somebody needs to reach an endpoint, as a file or part of a message.
 *
 *   link      keys       { CSID: base 32 of a key }
 *             paths      [ path, as a path channel has it ]
 *             hashname   of the endpoint; without it the keys are all its keys
 *             ...        members of the application
 *   JWK       kty "hashname", kid hashname, use "link", cs1a, cs2a ... base 32 of keys, perhaps paths
 *
 * A link with one key may have the hashname of an endpoint that has more keys. Nothing in the link proves it then.
 *
 * Choice: ADR-0064.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, EncodeError, LimitError } from '../../kernel/errors.ts';
import { isJsonObject, readJsonObject, writeJson } from '../../kernel/json.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { isHashname } from '../channel-type/channel-members.ts';
import { requirePath } from '../channel-type/channel-types.ts';
import { decodeBase32, encodeBase32 } from '../hashname/base32.ts';
import { csidMap, deriveHashname } from '../hashname/hashname.ts';
import type { CsidMap } from '../hashname/hashname.ts';

/** E3X-CON-010: bytes of a link as JSON. */
export const CONTACT_LENGTH_MAX = 8192;

/** The keys of an endpoint, and how it is reached. */
export interface ContactKeys {
  /** 52 characters. */
  readonly hashname: string;
  /** Bytes of at least one key, by CSID. */
  readonly keys: CsidMap;
  /** In the order given; those of type `peer` have `hn`. */
  readonly paths: readonly JsonObject[];
}

/** A link that has been read. */
export interface LinkContact extends ContactKeys {
  /** Whether the keys roll up to the hashname; if not, the handshake of the link has to show it (E3X-HSK-010). */
  readonly proven: boolean;
  /** Members of the application. */
  readonly more: JsonObject;
}

/** What a JSON Web Key is written from. */
export interface ContactKeysInput {
  readonly keys: CsidMap;
  readonly paths?: readonly JsonObject[] | undefined;
}

/** What the JSON of a link is written from. */
export interface LinkContactInput extends ContactKeysInput {
  readonly paths: readonly JsonObject[];
  /** If the keys are not all keys of the endpoint. */
  readonly hashname?: string | undefined;
  /** Members of the application. */
  readonly more?: JsonObject | undefined;
}

const KEYS_INPUT = door.members<ContactKeysInput>({ keys: csidMap, paths: door.optional(door.list(door.json)) });
const INPUT = door.members<LinkContactInput>({
  keys: csidMap,
  paths: door.list(door.json),
  hashname: door.optional(door.text),
  more: door.optional(door.json),
});

const OWN_NAMES: ReadonlySet<string> = new Set(['keys', 'paths', 'hashname']);
const KEY_NAME = /^cs[0-9A-Fa-f]{2}$/;
/** 01 to ff. */
const CSID = /^(0[1-9a-f]|[1-9a-f][0-9a-f])$/;
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

function fail(clause: string, what: string): never {
  throw new DecodeError('malformed', clause, what);
}

/** The CSID in the name of a pair or member such as `cs3a`; undefined for any other name. */
export function csidInName(name: string): string | undefined {
  return KEY_NAME.test(name) ? name.slice(2) : undefined;
}

/** E3X-CON-008: the path, with `hn` where another document says `peer`. @throws DecodeError malformed */
export function asPath(given: JsonValue): JsonObject {
  if (!isJsonObject(given)) return fail('E3X-TYP-011', 'a path is an object');
  const { peer, ...others } = given;
  const isRenamed = given['type'] === 'peer' && peer !== undefined && !Object.hasOwn(given, 'hn');
  const path = isRenamed ? { ...others, hn: peer } : given;
  requirePath(path);
  return path;
}

/**
 * Reads JSON with white space around it.
 * @throws DecodeError malformed; LimitError
 */
function readContact(json: Uint8Array): JsonObject {
  if (json.length > CONTACT_LENGTH_MAX) throw new LimitError('E3X-CON-010', 'the link is too long', { length: json.length });
  let start = 0;
  let end = json.length;
  while (start < end && SPACES.has(json[start] ?? 0)) start++;
  while (end > start && SPACES.has(json[end - 1] ?? 0)) end--;
  return asMalformed('E3X-CON-002', () => readJsonObject(json.slice(start, end)));
}

/** Runs a reader of JSON, and refuses what it refuses by a clause of ours. */
export function asMalformed<Read>(clause: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return fail(clause, error.message);
    throw error;
  }
}

function pathsOf(paths: JsonValue | undefined, clause: string): readonly JsonObject[] {
  if (!Array.isArray(paths)) return fail(clause, 'paths is no array');
  return (paths as readonly JsonValue[]).map(asPath);
}

function keyOf(encoded: JsonValue): Uint8Array {
  if (typeof encoded !== 'string' || encoded === '') return fail('E3X-CON-003', 'a key is text');
  return decodeBase32(encoded);
}

/**
 * Reads the JSON of a link.
 * @param json UTF-8, at most 8,192 bytes
 * @throws DecodeError malformed or non-canonical; LimitError
 * @see E3X-CON-001
 */
export function decodeLinkJson(json: Uint8Array, primitives: DigestPrimitives): LinkContact {
  const given = door.bytes(json, 'json');
  primitivesDoor.digest(primitives, 'primitives');
  const { keys: named, paths, hashname, ...others } = readContact(given);
  if (named === undefined || !isJsonObject(named)) {
    return fail(named === undefined ? 'E3X-CON-001' : 'E3X-CON-003', 'a link has keys');
  }
  const entries = Object.entries(named);
  if (entries.length === 0 || !entries.every(([csid]) => CSID.test(csid))) fail('E3X-CON-003', 'keys are named by their CSIDs');
  if (hashname !== undefined && !isHashname(hashname)) fail('E3X-CON-004', 'no hashname');
  const keys = new Map(entries.map(([csid, encoded]) => [csid, keyOf(encoded)]));
  const ownPaths = pathsOf(paths, 'E3X-CON-001'); // E3X-CON-007
  const derived = deriveHashname({ keys }, primitives); // E3X-CON-005
  const proven = hashname === undefined || hashname === derived;
  if (!proven && keys.size > 1) fail('E3X-CON-006', 'the keys are those of another hashname');
  return { hashname: typeof hashname === 'string' ? hashname : derived, proven, keys, paths: ownPaths, more: others }; // E3X-CON-009
}

/**
 * Writes the JSON of a link.
 * @returns UTF-8, at most 8,192 bytes
 * @throws DecodeError malformed or non-canonical, LimitError: for what would not be read back
 * @see E3X-CON-011
 */
export function encodeLinkJson(link: LinkContactInput, primitives: DigestPrimitives): Uint8Array {
  const { keys, paths, hashname, more = {} } = INPUT(link, 'link');
  primitivesDoor.digest(primitives, 'primitives');
  const derived = deriveHashname({ keys }, primitives);
  if (Object.keys(more).some((name) => OWN_NAMES.has(name))) fail('E3X-CON-012', 'a member that is not of the application');
  const written = write({
    keys: Object.fromEntries(ascending(keys)),
    paths: paths.map(asPath),
    hashname: hashname ?? derived,
    ...more,
  }); // E3X-CON-011
  decodeLinkJson(written, primitives); // E3X-CON-012
  return written;
}

/**
 * Reads a link from a JSON Web Key.
 * @param jwk UTF-8, at most 8,192 bytes
 * @throws DecodeError malformed or non-canonical; LimitError
 * @see E3X-CON-013
 */
export function decodeLinkJwk(jwk: Uint8Array, primitives: DigestPrimitives): ContactKeys {
  const given = door.bytes(jwk, 'jwk');
  primitivesDoor.digest(primitives, 'primitives');
  const link = readContact(given);
  if (link['kty'] !== 'hashname' || link['use'] !== 'link') fail('E3X-CON-013', 'no key of a link');
  const keys = new Map<string, Uint8Array>();
  for (const [name, encoded] of Object.entries(link)) {
    const csid = csidInName(name);
    if (csid === undefined) continue; // E3X-CON-017
    if (typeof encoded !== 'string') return fail('E3X-CON-015', 'a key is text');
    keys.set(csid, decodeBase32(encoded)); // E3X-CON-015
  }
  const paths = pathsOf(Object.hasOwn(link, 'paths') ? link['paths'] : [], 'E3X-CON-016');
  const hashname = deriveHashname({ keys }, primitives);
  if (link['kid'] !== hashname) fail('E3X-CON-014', 'the keys are those of another hashname');
  return { hashname, keys, paths };
}

/**
 * Writes a link as a JSON Web Key.
 * @returns UTF-8, at most 8,192 bytes
 * @throws DecodeError malformed or non-canonical, LimitError: for what would not be read back
 * @see E3X-CON-018
 */
export function encodeLinkJwk(link: ContactKeysInput, primitives: DigestPrimitives): Uint8Array {
  const { keys, paths = [] } = KEYS_INPUT(link, 'link');
  primitivesDoor.digest(primitives, 'primitives');
  const kid = deriveHashname({ keys }, primitives);
  const named = ascending(keys).map(([csid, encoded]) => [`cs${csid}`, encoded]);
  const own = paths.map(asPath);
  const written = write({ kty: 'hashname', kid, use: 'link', ...Object.fromEntries(named), paths: own }); // E3X-CON-018
  decodeLinkJwk(written, primitives);
  return written;
}

/** Keys in base 32, the lowest CSID first. */
export function ascending(keys: CsidMap): [string, string][] {
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([csid, key]) => [csid, encodeBase32(key)]);
}

function write(object: JsonObject): Uint8Array {
  try {
    return writeJson(object);
  } catch (error) {
    if (error instanceof EncodeError) return fail('E3X-CON-002', error.message);
    throw error;
  }
}
