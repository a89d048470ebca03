/**
 * What a handshake says: the inner packet of a message, or the same packet in the open where no key is known yet.
 *
 *   link   packet  HEAD {"type":"link","at":…,"csid":…,"z":…}   BODY packet  HEAD {"1a":…,"2a":…}   BODY key of csid
 *                                                                            base 32 of the digests
 *                                                                            of the other keys
 *   jwt    packet  HEAD {"type":"jwt","at":…}                   BODY packet of a JWS
 *   uri    packet  HEAD {"type":"uri","at":…,"uri":…}
 *   others belong to the application: HEAD {"type":…,"at":…}, and any BODY
 *
 * Nothing here knows who sent it. Whether the message was authentic, and whether `at` is new, is for the exchange.
 */
import { EMPTY } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, ProtocolError } from '../../kernel/errors.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { decodeBase32, encodeBase32 } from '../hashname/base32.ts';
import { DIGEST_LENGTH, csidMap, deriveHashname, deriveIntermediates } from '../hashname/hashname.ts';
import type { CsidMap } from '../hashname/hashname.ts';
import { decodeJws } from '../jose/jose.ts';
import { decodePacket, encodePacket } from '../packet/packet.ts';
import type { Packet } from '../packet/packet.ts';

/** E3X-HSK-004: the highest `at`; after it two endpoints have nothing more to say to each other. */
export const AT_MAX: number = Number.MAX_SAFE_INTEGER;
/** E3X-HSK-003: the type of a handshake that names none. */
export const TYPE_DEFAULT = 'link';

/** What a link handshake is made of. */
export interface LinkHandshake {
  /** The cipher set of the exchange. */
  readonly csid: string;
  /** All our keys, that of `csid` among them. */
  readonly keys: CsidMap;
  readonly at: number;
  /** Compression that we understand; none where absent. */
  readonly z?: number | undefined;
  /** False where it goes out without a message around it, so that it has to name its cipher set itself. */
  readonly encrypted?: boolean | undefined;
}

/** What is expected of a handshake. */
export interface ReadHandshakeInput {
  /** The cipher set of the exchange, or the one that is hoped for. */
  readonly csid: string;
  readonly inner: Uint8Array;
  /** Whose handshake it must be. */
  readonly hashname?: string | undefined;
  /** False where it came without a message around it. */
  readonly encrypted?: boolean | undefined;
}

/** A handshake taken apart. */
export interface Handshake {
  readonly type: string;
  readonly at: number;
  readonly json: JsonObject;
  readonly body: Uint8Array;
  /** Of a link: the sender's key of the cipher set. */
  readonly key?: Uint8Array;
  /** Of a link: digests of the sender's other keys. */
  readonly intermediates?: CsidMap;
  /** Of a link: the sender's name. */
  readonly hashname?: string;
  /** Of a link: the compression that the sender understands, if it says so. */
  readonly z?: number;
  /** Of a jwt: the compact text. */
  readonly jwt?: string;
  /** Of a uri: the text. */
  readonly uri?: string;
}

const LINK = door.members<LinkHandshake>({
  csid: door.text,
  keys: csidMap,
  at: door.number,
  z: door.optional(door.number),
  encrypted: door.optional(door.flag),
});
const READ = door.members<ReadHandshakeInput>({
  csid: door.text,
  inner: door.bytes,
  hashname: door.optional(door.text),
  encrypted: door.optional(door.flag),
});

/** A member that is the object's own. */
function memberOf(json: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(json, name) ? json[name] : undefined;
}

/** Answers whether text is a CSID; every value from 01 to ff is one, known or not. */
function isCsid(text: string): boolean {
  return /^[0-9a-f]{2}$/.test(text) && text !== '00';
}

function requireCsid(csid: string): void {
  if (!isCsid(csid))
    throw new DecodeError('malformed', 'E3X-MSG-006', 'a CSID is two lower-case hexadecimal digits, not 00', { length: csid.length });
}

/**
 * Refuses what no handshake may have for its `at`.
 * @throws DecodeError malformed unless it is an integer from 1 to 2^53 - 1
 * @see E3X-HSK-004
 */
export function requireAt(at: JsonValue | undefined): asserts at is number {
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 1)
    throw new DecodeError('malformed', 'E3X-HSK-004', 'at is no positive integer');
}

/**
 * Answers whether the inner packet of a message is a handshake's, be it a right one or not; any other is the application's.
 * @see E3X-EXC-039
 */
export function hasAt({ json }: Packet): boolean {
  return json !== undefined && memberOf(json, 'at') !== undefined;
}

/**
 * Writes the inner packet of a link handshake.
 * @param primitives who does the arithmetic
 * @returns a packet with a packet attached
 * @throws DecodeError malformed for the CSID, for keys without that of the CSID, and for `at`
 * @see E3X-HSK-016
 */
export function encodeLinkHandshake(link: LinkHandshake, primitives: DigestPrimitives): Uint8Array {
  const { csid, keys, at, z, encrypted = true } = LINK(link, 'link');
  requireCsid(csid);
  requireAt(at);
  const key = keys.get(csid);
  if (key === undefined) throw new DecodeError('malformed', 'E3X-HSK-018', 'the key of the cipher set is missing', { csid });
  const others = [...deriveIntermediates(keys, primitives)].filter(([id]) => id !== csid).sort(([a], [b]) => (a < b ? -1 : 1));
  // Not as a JavaScript object, which would put 10 before 01; neither digits nor base 32 need an escape.
  const members = others.map(([id, digest]) => `"${id}":"${encodeBase32(digest)}"`).join(','); // E3X-HSK-009
  const head = members === '' ? EMPTY : Uint8Array.from(`{${members}}`, (character) => character.charCodeAt(0)); // E3X-LOB-010
  const attached = encodePacket({ head, body: key }); // E3X-HSK-006
  // E3X-HSK-016: members in this order; E3X-HSK-012: in the open the cipher set is named
  const json = { type: 'link', at, ...(encrypted ? {} : { csid }), ...(z === undefined ? {} : { z }) };
  return encodePacket({ json, body: attached });
}

/**
 * Takes a handshake apart and checks what its type demands.
 * @param primitives who does the arithmetic
 * @returns head and body, and what the type says
 * @throws DecodeError truncated, malformed or non-canonical
 * @see E3X-HSK-001
 */
export function decodeHandshake(input: ReadHandshakeInput, primitives: DigestPrimitives): Handshake {
  const { csid, inner, hashname, encrypted = true } = READ(input, 'input');
  primitivesDoor.digest(primitives, 'primitives');
  requireCsid(csid);
  const { json, body } = decodeAttached(inner, 'E3X-HSK-001'); // E3X-HSK-001
  if (json === undefined) throw new DecodeError('malformed', 'E3X-HSK-002', 'a handshake has a JSON head');
  const given = memberOf(json, 'type');
  const type = given === undefined ? TYPE_DEFAULT : given; // E3X-HSK-003
  if (typeof type !== 'string' || type === '') throw new DecodeError('malformed', 'E3X-HSK-003', 'the type is no text');
  const at = memberOf(json, 'at');
  requireAt(at);
  const common = { type, at, json, body };
  if (type === 'link') return { ...common, ...readLink({ csid, hashname, encrypted }, json, body, primitives) };
  if (type === 'jwt') return { ...common, jwt: readJwt(body) };
  if (type === 'uri') return { ...common, uri: readUri(json) };
  return common; // E3X-HSK-015
}

/** A packet whose HEAD is JSON, or none at all; anything else has no `json`. */
function decodeAttached(
  bytes: Uint8Array,
  clause: string,
): { readonly json: JsonObject | undefined; readonly head: Uint8Array; readonly body: Uint8Array } {
  try {
    const { head, json, body } = decodePacket(bytes);
    return { json, head, body };
  } catch (error) {
    if (error instanceof DecodeError) throw new DecodeError('truncated', clause, error.message, error.values);
    throw error;
  }
}

/** The content of a link. */
function readLink(
  { csid, hashname, encrypted }: { readonly csid: string; readonly hashname: string | undefined; readonly encrypted: boolean },
  json: JsonObject,
  body: Uint8Array,
  primitives: DigestPrimitives,
): Pick<Handshake, 'key' | 'intermediates' | 'hashname' | 'z'> {
  const named = memberOf(json, 'csid');
  if (named === undefined && !encrypted) throw new DecodeError('malformed', 'E3X-HSK-012', 'a link in the open names its cipher set');
  if (named !== undefined && named !== csid) throw new DecodeError('malformed', 'E3X-HSK-011', 'a link of another cipher set');
  const z = memberOf(json, 'z');
  if (z !== undefined && (typeof z !== 'number' || !Number.isSafeInteger(z) || z < 0))
    throw new DecodeError('malformed', 'E3X-HSK-017', 'z is no unsigned integer');
  const attached = decodeAttached(body, 'E3X-HSK-005'); // E3X-HSK-005
  if (attached.body.length === 0) throw new DecodeError('malformed', 'E3X-HSK-006', 'a link without a key');
  if (attached.json === undefined && attached.head.length > 0)
    throw new DecodeError('malformed', 'E3X-HSK-007', 'the attached head is no JSON object');
  const intermediates = readIntermediates(attached.json ?? {});
  const name = deriveHashname({ keys: new Map([[csid, attached.body]]), intermediates }, primitives); // E3X-HSK-010
  if (hashname !== undefined && name !== hashname) throw new DecodeError('malformed', 'E3X-HSK-010', 'a link of somebody else');
  return { key: attached.body, intermediates, hashname: name, ...(z === undefined ? {} : { z }) };
}

function readIntermediates(json: JsonObject): CsidMap {
  const digests = new Map<string, Uint8Array>();
  for (const [csid, text] of Object.entries(json)) {
    if (!isCsid(csid) || typeof text !== 'string') throw new DecodeError('malformed', 'E3X-HSK-008', 'no text by CSID');
    const digest = decodeBase32(text);
    if (digest.length !== DIGEST_LENGTH)
      throw new DecodeError('malformed', 'E3X-HSK-009', 'a digest is 32 bytes', { csid, length: digest.length });
    digests.set(csid, digest);
  }
  return digests;
}

/** The compact text that a BODY stands for; whatever is wrong with it, it is not a JWT. */
function readJwt(body: Uint8Array): string {
  try {
    return decodeJws(body);
  } catch (error) {
    if (error instanceof ProtocolError && error.rejectClass !== null)
      throw new DecodeError('malformed', 'E3X-HSK-013', error.message, error.values);
    throw error;
  }
}

/** RFC 3986 section 3: a scheme, a colon, and something. */
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\S/;

function readUri(json: JsonObject): string {
  const uri = memberOf(json, 'uri');
  if (typeof uri !== 'string' || !URI.test(uri)) throw new DecodeError('malformed', 'E3X-HSK-014', 'no URI');
  return uri;
}

/** A handshake of a type that belongs to the application. */
export interface HandshakeContent {
  /** Members besides `type` and `at`. */
  readonly json?: JsonObject | undefined;
  readonly body?: Uint8Array | undefined;
}

const CONTENT = door.members<HandshakeContent>({ json: door.optional(door.json), body: door.optional(door.bytes) });

/**
 * Writes the inner packet of any handshake but a link.
 * @param type not empty
 * @returns a packet: `type` and `at` first, then the members given, in their order
 * @throws DecodeError malformed for `at`; EncodeError; LimitError
 * @see E3X-EXC-005
 */
export function encodeHandshake(type: string, at: number, content: HandshakeContent): Uint8Array {
  const { json = {}, body = EMPTY } = CONTENT(content, 'content');
  door.text(type, 'type');
  requireAt(door.number(at, 'at'));
  const others = Object.fromEntries(Object.entries(json).filter(([name]) => name !== 'type' && name !== 'at'));
  return encodePacket({ json: { type, at, ...others }, body }); // E3X-EXC-005
}
