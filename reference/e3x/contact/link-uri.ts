/**
 * Link URIs: keys and paths of an endpoint in a URI, and a fragment that says which peer of a router is meant.
 *
 *   link://192.168.0.36:42424/chat?sid=42&cs3a=fqlx...&paths=pmrh...#63cytzquhg6ps.aebagbafaydqq
 *   any     host, port        path |      |            |            check         value
 *   scheme                         |      keys         paths        8 bytes       more bytes
 *                                  pairs of the application
 *
 * The check is the SipHash of the value under the first half of the peer's hashname. Both keys of that are known to
 * everybody: it binds the URI to a hashname, and the handshake of the peer shows whose that is.
 *
 * Choice: ADR-0064.
 */
import { parseUri } from '@hyperjump/uri';
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, DecodeError, EncodeError, LimitError } from '../../kernel/errors.ts';
import { readJsonObject, writeJson } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { encodeUtf8 } from '../../kernel/utf8.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { siphash24 } from '../../primitives/siphash.ts';
import { isHashname } from '../channel-type/channel-members.ts';
import { decodeBase32, encodeBase32 } from '../hashname/base32.ts';
import { csidMap, deriveHashname, parseHashname } from '../hashname/hashname.ts';
import type { CsidMap } from '../hashname/hashname.ts';
import { ascending, asMalformed, asPath, csidInName, decodeLinkJson } from './link-json.ts';

/** E3X-URI-013: characters of a link URI. */
export const URI_LENGTH_MAX = 4096;
/** E3X-URI-003: the port of a URI without one. */
export const URI_PORT = 42424;
/** E3X-URI-019: bytes that are unique for each URI of a peer. */
const VALUE_LENGTH_MIN = 8;
const SIPHASH_KEY_LENGTH = 16;

const PORT_MAX = 65535;
/** E3X-URI-002 */
const PORT = /^([1-9][0-9]{0,4})?$/;
const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
/** E3X-URI-010: 13 characters are 8 bytes. */
const FRAGMENT = /^[a-z2-7]{13}(\.[a-z2-7]+)?$/;

/** A link URI, taken apart. */
export interface LinkUri {
  /** In lower case. */
  readonly scheme: string;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** From its first slash, or empty. */
  readonly path: string;
  /** The pairs of the application, as they are written. */
  readonly query?: string;
  readonly keys: CsidMap;
  /** If there are keys. */
  readonly hashname?: string;
  /** Those that the query has. */
  readonly paths: readonly JsonObject[];
  /** Those that the host stands for, if it is an address. */
  readonly hostPaths: readonly JsonObject[];
  /** Without the fragment. */
  readonly base: string;
  /** 8 bytes, if the URI leads to a peer of the host. */
  readonly check?: Uint8Array;
  /** What the check is of. */
  readonly value?: Uint8Array;
}

/** What a link URI is written from. */
export interface LinkUriInput {
  /** `link` if absent. */
  readonly scheme?: string | undefined;
  readonly host: string;
  /** 42424 if absent. */
  readonly port?: number | undefined;
  /** A slash if absent. */
  readonly path?: string | undefined;
  /** Pairs of the application. */
  readonly query?: string | undefined;
  readonly keys?: CsidMap | undefined;
  readonly paths?: readonly JsonObject[] | undefined;
}

const INPUT = door.members<LinkUriInput>({
  scheme: door.optional(door.text),
  host: door.text,
  port: door.optional(door.number),
  path: door.optional(door.text),
  query: door.optional(door.text),
  keys: door.optional(csidMap),
  paths: door.optional(door.list(door.json)),
});

function fail(clause: string, what: string): never {
  throw new DecodeError('malformed', clause, what);
}
function requireLength(uri: string): void {
  if (Array.from(uri).length > URI_LENGTH_MAX) throw new LimitError('E3X-URI-013', 'the URI is too long', { length: uri.length });
}

/** The parts of a URI with a host. */
type Components = Omit<ReturnType<typeof parseUri>, 'authority' | 'host'> & { readonly host: string };

/** RFC 3986, by the library; it throws for what is no URI, and leaves the host out where there is none. */
function componentsOf(uri: string): Components {
  let parts: Omit<Components, 'host'> & { readonly host?: string };
  try {
    parts = parseUri(uri);
  } catch {
    return fail('E3X-URI-001', 'no URI');
  }
  const { host, ...others } = parts;
  return host === undefined ? fail('E3X-URI-001', 'no host') : { ...others, host };
}

/** E3X-URI-002: an address, or a name. */
function isHost(host: string): boolean {
  return host !== '' && !/^\[v/i.test(host);
}

/** What the pairs of a query say. */
interface Query {
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly paths: readonly JsonObject[];
  readonly others: readonly string[];
}

const NO_QUERY: Query = { keys: new Map(), paths: [], others: [] };

function readQuery(query: string): Query {
  const keys = new Map<string, Uint8Array>();
  const paths: JsonObject[] = [];
  const others: string[] = [];
  for (const pair of query.split('&')) {
    const [name = ''] = pair.split('=', 1);
    const encoded = pair.slice(name.length + 1);
    const csid = csidInName(name);
    if (csid !== undefined) {
      if (keys.has(csid)) fail('E3X-URI-005', 'a second key of a CSID');
      keys.set(csid, decodeBase32(encoded)); // E3X-URI-004
    } else if (name === 'paths') {
      const json = decodeBase32(encoded);
      paths.push(asPath(asMalformed('E3X-URI-007', () => readJsonObject(json)))); // E3X-URI-006
    } else others.push(pair); // E3X-URI-008
  }
  return { keys, paths, others };
}

function readFragment(fragment: string): { readonly check: Uint8Array; readonly value?: Uint8Array } {
  if (!FRAGMENT.test(fragment)) return fail('E3X-URI-011', 'a fragment that leads nowhere');
  const [check = '', value] = fragment.split('.');
  return { check: decodeBase32(check), ...(value === undefined ? {} : { value: decodeBase32(value) }) }; // E3X-URI-010
}

/** E3X-URI-009: what an address and a port are paths of. */
function hostPathsOf(host: string, port: number): JsonObject[] {
  const version = IPV4.test(host) ? '4' : host.includes(':') ? '6' : undefined;
  return version === undefined ? [] : ['udp', 'tcp'].map((transport) => ({ type: `${transport}${version}`, ip: host, port }));
}

/**
 * Takes a link URI apart.
 * @param uri at most 4,096 characters
 * @throws DecodeError malformed or non-canonical; LimitError
 * @see E3X-URI-001
 */
export function parseLinkUri(uri: string, primitives: DigestPrimitives): LinkUri {
  door.text(uri, 'uri');
  primitivesDoor.digest(primitives, 'primitives');
  requireLength(uri);
  const { scheme, userinfo, host, port: written = '', path, query, fragment } = componentsOf(uri);
  if (userinfo !== undefined || !isHost(host)) fail('E3X-URI-002', 'no host of a link');
  if (!PORT.test(written) || Number(written) > PORT_MAX) fail('E3X-URI-002', 'no port');
  const port = written === '' ? URI_PORT : Number(written); // E3X-URI-003
  const { keys, paths, others } = query === undefined ? NO_QUERY : readQuery(query);
  const address = host.startsWith('[') ? host.slice(1, -1) : host;
  return {
    scheme: scheme.toLowerCase(),
    host: address,
    port,
    path,
    ...(others.length === 0 ? {} : { query: others.join('&') }),
    keys,
    ...(keys.size === 0 ? {} : { hashname: deriveHashname({ keys }, primitives) }),
    paths,
    hostPaths: hostPathsOf(address, port),
    base: fragment === undefined ? uri : uri.slice(0, uri.length - fragment.length - 1), // E3X-URI-012
    ...(fragment === undefined ? {} : readFragment(fragment)),
  };
}

/**
 * Writes a link URI without a fragment.
 * @returns at most 4,096 characters
 * @throws DecodeError malformed or non-canonical, LimitError: for what would not be read back
 * @see E3X-URI-014
 */
export function formatLinkUri(input: LinkUriInput, primitives: DigestPrimitives): string {
  const {
    scheme = 'link',
    host,
    port = URI_PORT,
    path = '/',
    query,
    keys = new Map<string, Uint8Array>(),
    paths = [],
  } = INPUT(input, 'input');
  primitivesDoor.digest(primitives, 'primitives');
  const own = paths.map(asPath);
  const pairs = [
    ...(query === undefined ? [] : [query]),
    ...ascending(keys).map(([csid, encoded]) => `cs${csid}=${encoded}`),
    ...own.map((given) => `paths=${encodeBase32(jsonOf(given))}`),
  ];
  const shownPort = port === URI_PORT ? '' : `:${String(port)}`;
  const question = pairs.length === 0 ? '' : '?';
  const uri = `${scheme}://${host.includes(':') ? `[${host}]` : host}${shownPort}${path}${question}${pairs.join('&')}`; // E3X-URI-014
  const again = parseLinkUri(uri, primitives);
  const isRead = again.scheme === scheme && again.host === host && again.path === path && again.query === query;
  if (!isRead) fail('E3X-URI-014', 'this would be read as something else');
  return uri;
}

function jsonOf(path: JsonObject): Uint8Array {
  try {
    return writeJson(path);
  } catch (error) {
    if (error instanceof EncodeError) return fail('E3X-URI-007', error.message);
    throw error;
  }
}

function checkOf(hashname: string, value: Uint8Array): Uint8Array {
  return siphash24(parseHashname(hashname).slice(0, SIPHASH_KEY_LENGTH), value); // E3X-URI-015
}

/**
 * Makes the URI of a peer from the one that its router has given to it.
 * @param base of the router, without a fragment
 * @param hashname of the peer
 * @param value at least 8 bytes that no other URI of the peer has
 * @returns at most 4,096 characters
 * @throws DecodeError malformed or non-canonical; LimitError
 * @see E3X-URI-015
 */
export function attachFragment(base: string, hashname: string, value: Uint8Array, primitives: DigestPrimitives): string {
  const { check, query, path } = parseLinkUri(base, primitives);
  if (check !== undefined) fail('E3X-URI-016', 'a router has no fragment');
  if (query === undefined && path.length <= 1) fail('E3X-URI-017', 'nothing by which the router knows its peer');
  const digest = checkOf(hashname, door.bytes(value, 'value'));
  if (base.includes(hashname)) fail('E3X-URI-018', 'the URI says who the peer is');
  if (value.length < VALUE_LENGTH_MIN) fail('E3X-URI-019', 'a value that can be guessed');
  const uri = `${base}#${encodeBase32(digest)}.${encodeBase32(value)}`;
  requireLength(uri);
  return uri;
}

/** What a URI that led to a peer is held against. */
export interface UriAnswer {
  /** By which the peer was reached. */
  readonly uri: string;
  /** That of the peer's `uri` handshake. */
  readonly answer: string;
  /** Of the peer, as its `link` handshake has shown. */
  readonly hashname: string;
}

const ANSWER = door.members<UriAnswer>({ uri: door.text, answer: door.text, hashname: door.text });

/**
 * Holds the answer of a peer against the URI by which it was reached.
 * @returns the value of the fragment
 * @throws DecodeError malformed or non-canonical; LimitError; AuthenticationError
 * @see E3X-URI-021
 */
export function verifyLinkUri(given: UriAnswer, primitives: DigestPrimitives): Uint8Array {
  const { uri, answer, hashname } = ANSWER(given, 'given');
  parseHashname(hashname);
  const asked = parseLinkUri(uri, primitives);
  const { check, value } = parseLinkUri(answer, primitives);
  if (asked.check === undefined) return fail('E3X-URI-010', 'a URI that leads to no peer');
  if (check === undefined || value === undefined) return fail('E3X-URI-020', 'an answer without the whole fragment');
  if (compare(check, asked.check) !== 0) throw new AuthenticationError('E3X-URI-022');
  if (asked.value !== undefined && compare(value, asked.value) !== 0) throw new AuthenticationError('E3X-URI-022');
  if (compare(checkOf(hashname, value), check) !== 0) throw new AuthenticationError('E3X-URI-021');
  return value;
}

/** What a text leads to. */
export interface Contact {
  readonly form: 'json' | 'direct' | 'peer' | 'hashname';
  /** Of the endpoint, or of its router if the form is `peer`. */
  readonly hashname?: string;
}

/**
 * Says which form of a contact a text is.
 * @param text JSON of a link, a link URI or a hashname
 * @throws DecodeError malformed or non-canonical; LimitError
 * @see E3X-URI-023
 */
export function resolveContact(text: string, primitives: DigestPrimitives): Contact {
  door.text(text, 'text');
  primitivesDoor.digest(primitives, 'primitives');
  if (/^[ \t\n\r]*\{/.test(text)) {
    const json = encodeUtf8(text, () => fail('E3X-CON-002', 'an unpaired surrogate'));
    return { form: 'json', hashname: decodeLinkJson(json, primitives).hashname };
  }
  if (isHashname(text)) return { form: 'hashname', hashname: text };
  const { check, hashname } = parseLinkUri(text, primitives);
  return { form: check === undefined ? 'direct' : 'peer', ...(hashname === undefined ? {} : { hashname }) };
}
