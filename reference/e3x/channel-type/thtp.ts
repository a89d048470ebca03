/**
 * thtp: HTTP requests and responses as packets.
 *
 *   request    :method, :path
 *   response   :status, perhaps :reason
 *   headers    members of text, names in lower case
 *   contents   BODY
 *
 * What a member holds goes into lines of HTTP on the other side, so nothing passes that could begin a new line.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, EncodeError, LimitError } from '../../kernel/errors.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { decodePacket, encodePacket } from '../packet/packet.ts';

/** A request or a response. */
export interface HttpMessage {
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  /** 100 to 599. */
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
  /** Text by name. */
  readonly headers: JsonObject;
  readonly body: Uint8Array;
}

const MESSAGE = door.members<HttpMessage>({
  method: door.optional(door.text),
  path: door.optional(door.text),
  status: door.optional(door.number),
  reason: door.optional(door.text),
  headers: door.json,
  body: door.bytes,
});

/** E3X-TYP-054: what concerns one connection and not the message (RFC 9110 section 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const PSEUDO_HEADERS: ReadonlySet<string> = new Set([':method', ':path', ':status', ':reason']);

function fail(clause: string, what: string): never {
  throw new DecodeError('malformed', clause, what);
}
/** Answers whether text holds a control character other than those permitted. */
function hasControl(text: string, permitted = ''): boolean {
  return Array.from(text).some((character) => (character < ' ' || character === '\u007f') && !permitted.includes(character));
}

/** The pseudo headers of a request or a response. */
function pseudoHeaders(
  method: JsonValue | undefined,
  path: JsonValue | undefined,
  status: JsonValue | undefined,
  reason: JsonValue | undefined,
): JsonObject {
  if ((method === undefined) === (status === undefined)) fail('E3X-TYP-055', 'neither a request nor a response, or both');
  if (method !== undefined) {
    if (typeof method !== 'string' || !/^[A-Z]+$/.test(method)) fail('E3X-TYP-051', 'no method');
    if (typeof path !== 'string' || !/^[!-~]+$/.test(path) || reason !== undefined) fail('E3X-TYP-051', 'no path');
    return { ':method': method, ':path': path };
  }
  if (!Number.isInteger(status) || Number(status) < 100 || Number(status) > 599) fail('E3X-TYP-052', 'no status');
  if (path !== undefined) fail('E3X-TYP-052', 'a response has no path');
  if (reason !== undefined && (typeof reason !== 'string' || hasControl(reason))) fail('E3X-TYP-052', 'no reason');
  return { ':status': Number(status), ...(reason === undefined ? {} : { ':reason': reason }) };
}

function requireName(name: string): void {
  if (!TOKEN.test(name)) fail('E3X-TYP-053', 'no name of a header');
}
function requireValue(value: JsonValue): asserts value is string {
  if (typeof value !== 'string') fail('E3X-TYP-053', 'a header is text');
  if (hasControl(value, '\t')) fail('E3X-TYP-056', 'a header is one line');
}

/**
 * Maps a request or a response to its packet.
 * @throws DecodeError malformed
 * @see E3X-TYP-053
 */
export function encodeThtp(message: HttpMessage): Uint8Array {
  const { method, path, status, reason, headers, body } = MESSAGE(message, 'message');
  const members: [string, JsonValue][] = Object.entries(pseudoHeaders(method, path, status, reason));
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    requireName(name);
    const lowered = name.toLowerCase(); // E3X-TYP-053
    if (seen.has(lowered)) fail('E3X-TYP-053', 'a header stands twice');
    seen.add(lowered);
    requireValue(value);
    if (!HOP_BY_HOP.has(lowered)) members.push([lowered, value]); // E3X-TYP-054
  }
  try {
    return encodePacket({ json: Object.fromEntries(members), body });
  } catch (error) {
    if (error instanceof EncodeError || error instanceof LimitError) fail('E3X-TYP-056', 'no JSON can hold this');
    throw error;
  }
}

/**
 * Maps a packet to the request or the response that it carries.
 * @throws DecodeError malformed or non-canonical
 * @see E3X-TYP-055
 */
export function decodeThtp(packet: Uint8Array): HttpMessage {
  const { json, body } = contentOf(packet);
  const pseudo = pseudoHeaders(json[':method'], json[':path'], json[':status'], json[':reason']);
  const headers: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(json)) {
    if (PSEUDO_HEADERS.has(name)) continue;
    requireName(name);
    if (name !== name.toLowerCase()) throw new DecodeError('non-canonical', 'E3X-TYP-055', 'a name in upper case');
    requireValue(value);
    headers.push([name, value]);
  }
  const [method, path, status, reason] = [pseudo[':method'], pseudo[':path'], pseudo[':status'], pseudo[':reason']];
  return {
    ...(typeof method === 'string' && typeof path === 'string' ? { method, path } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    headers: Object.fromEntries(headers),
    body: body.slice(),
  };
}

function contentOf(packet: Uint8Array): { readonly json: JsonObject; readonly body: Uint8Array } {
  try {
    const { json, body } = decodePacket(packet);
    if (json !== undefined) return { json, body };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  return fail('E3X-TYP-055', 'a packet with a JSON head');
}
