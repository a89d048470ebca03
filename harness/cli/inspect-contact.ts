/** `bottlepost inspect` of contacts: the JSON of a link, a JSON Web Key of one, and link URIs. */
import type { Json, JsonObject } from '../../conformance/contract/contract.ts';
import { counted } from '../../conformance/contract/text.ts';
import type { Oracle } from '../../conformance/oracle/oracle.ts';
import type { Inspection } from './inspect-kilt.ts';

/** RFC 3986: a scheme, and a host after two slashes. */
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

/** Members by which a JSON object is taken for a contact. */
function membersOf(text: string): readonly string[] {
  try {
    const json = JSON.parse(text) as Json;
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : [];
  } catch {
    return [];
  }
}

/** Answers whether a text is a contact by its looks. */
export function looksLikeContact(text: string): boolean {
  if (!text.startsWith('{')) return URI.test(text);
  const members = membersOf(text);
  return members.includes('kty') || (members.includes('keys') && members.includes('paths'));
}

/** Explains a text that looks like a contact. */
export function inspectContact(oracle: Oracle, text: string): Inspection {
  if (!text.startsWith('{')) return inspectUri(oracle, text);
  const json = Buffer.from(text, 'utf8').toString('hex');
  return membersOf(text).includes('kty') ? inspectJwk(oracle, json) : inspectJson(oracle, json);
}

function keyLines(keys: Json | undefined, clause: string): string[] {
  return Object.entries((keys ?? {}) as JsonObject).map(([csid, key]) => `  key ${csid} ${String(key)}  (${clause})`);
}
function pathLines(paths: Json | undefined, what: string, clause: string): string[] {
  return ((paths ?? []) as readonly JsonObject[]).map((path) => `  ${what} ${JSON.stringify(path)}  (${clause})`);
}

function inspectJson(oracle: Oracle, json: string): Inspection {
  const answer = oracle.answer('e3x.linkjson.read', { json });
  if (answer.kind !== 'ok') return { lines: [`Not a link: ${answer.class} (${answer.clause}).`], known: false };
  const { hashname, proven, keys, paths, more } = answer.value;
  const others = Object.keys(more as JsonObject);
  return {
    lines: [
      `Link as JSON, ${counted(json.length / 2, 'byte')}  (E3X-CON-001)`,
      proven === true
        ? `  hashname ${String(hashname)}, to which the keys roll up  (E3X-CON-005)`
        : `  hashname ${String(hashname)}, which the keys do not prove: the handshake has to  (E3X-CON-005)`,
      ...keyLines(keys, 'E3X-CON-003'),
      ...pathLines(paths, 'path', 'E3X-TYP-011'),
      ...(others.length === 0 ? [] : [`  members of the application: ${others.join(', ')}  (E3X-CON-009)`]),
    ],
    known: true,
  };
}

function inspectJwk(oracle: Oracle, jwk: string): Inspection {
  const answer = oracle.answer('e3x.linkjwk.read', { jwk });
  if (answer.kind !== 'ok') return { lines: [`Not the JSON Web Key of a link: ${answer.class} (${answer.clause}).`], known: false };
  const { hashname, keys, paths } = answer.value;
  return {
    lines: [
      `Link as a JSON Web Key, ${counted(jwk.length / 2, 'byte')}  (E3X-CON-013)`,
      `  hashname ${String(hashname)}  (E3X-CON-014)`,
      ...keyLines(keys, 'E3X-CON-015'),
      ...pathLines(paths, 'path', 'E3X-CON-016'),
    ],
    known: true,
  };
}

function inspectUri(oracle: Oracle, uri: string): Inspection {
  const answer = oracle.answer('e3x.linkuri.parse', { uri });
  if (answer.kind !== 'ok') return { lines: [`Not a link URI: ${answer.class} (${answer.clause}).`], known: false };
  const { host, port, path, query, keys, hashname, paths, hostPaths, check, value } = answer.value;
  const role = check === undefined ? 'endpoint' : 'router';
  const text = (given: Json | undefined): string => (given === undefined ? '' : String(given as string));
  return {
    lines: [
      `Link URI of ${counted(uri.length, 'character')}  (E3X-URI-001)`,
      `  host ${text(host)}, port ${text(port)}  (E3X-URI-003)`,
      ...(text(path).length > 1 ? [`  path of the application: ${text(path)}  (E3X-URI-008)`] : []),
      ...(query === undefined ? [] : [`  pairs of the application: ${text(query)}  (E3X-URI-008)`]),
      ...(hashname === undefined ? [] : [`  hashname of the ${role} ${text(hashname)}  (E3X-URI-004)`]),
      ...keyLines(keys, 'E3X-URI-004'),
      ...pathLines(paths, 'path', 'E3X-URI-006'),
      ...pathLines(hostPaths, 'path of the host', 'E3X-URI-009'),
      ...(check === undefined ? [] : [`  leads to a peer of the host; check ${text(check)}  (E3X-URI-010)`]),
      ...(value === undefined ? [] : [`  value ${text(value)}: under the hashname of the peer it yields the check  (E3X-URI-015)`]),
      ...(check !== undefined && value === undefined ? ['  the value is missing; the peer answers with it  (E3X-URI-020)'] : []),
    ],
    known: true,
  };
}
