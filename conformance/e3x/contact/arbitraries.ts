/** Keys, paths and contacts as they are drawn. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, sometimes, type Arbitraries, type Hints } from '../../suites/arbitraries.ts';
import { HASHNAME, OTHER } from './samples.ts';

const port = fc.oneof(fc.constantFrom(1, 42424, 65535), fc.integer({ min: 1, max: 65535 }));
const ipv4 = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 255 }))).map((octets) => octets.join('.'));
const ipv6 = fc.constantFrom('::1', 'fe80::bae8:56ff:fe43:3de4', '2001:db8:0:1:2:3:4:5', '::ffff:192.0.2.1');
const path: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record<JsonObject>({ type: fc.constantFrom('udp4', 'tcp4'), ip: ipv4, port }),
  fc.record<JsonObject>({ type: fc.constantFrom('udp6', 'tcp6'), ip: ipv6, port }),
  fc.constantFrom<JsonObject[]>(
    { type: 'http', url: 'https://a/b' },
    { type: 'webrtc' },
    { type: 'peer', hn: OTHER },
    { type: 'peer', peer: OTHER },
    { type: 'radio', band: 868 },
  ),
);
/** Paths of any type. */
export const paths: fc.Arbitrary<readonly JsonObject[]> = fc.array(path, { maxLength: 3 });

/** Members of an application. */
const more: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.constantFrom('name', 'at', 'note', 'k'),
  fc.oneof(fc.constantFrom<Json[]>(null, true, 'ü', []), fc.integer({ min: -9, max: 1e9 })),
  { maxKeys: 3 },
);

/** What a link is written from. */
export function contact(make: Arbitraries): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(make.csidMap([21, 32], 1, 3), paths, sometimes(more), sometimes(fc.constantFrom(OTHER, HASHNAME)))
    .map(([keys, given, others, hashname]) => ({
      keys,
      paths: given,
      ...(others === undefined ? {} : { more: others }),
      ...(hashname === undefined || Object.keys(keys).length > 1 ? {} : { hashname }),
    }));
}
/** What a JSON Web Key is written from. */
export function keysAndPaths(make: Arbitraries): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(make.csidMap([21, 32], 1, 3), sometimes(paths))
    .map(([keys, given]) => ({ keys, ...(given === undefined ? {} : { paths: given }) }));
}

/** What a URI is written from. */
export function uriParts(make: Arbitraries): fc.Arbitrary<JsonObject> {
  const parts = fc.record<JsonObject>(
    {
      scheme: fc.constantFrom('link', 'chat', 'a+b'),
      host: fc.oneof(ipv4, ipv6, fc.constantFrom('example.com', 'a', '%C3%BC')),
      port,
      path: fc.constantFrom('', '/', '/a/b', '/x:y'),
      query: fc.constantFrom('sid=42', 'a&b', 'x=%20', ''),
      keys: make.csidMap([21, 32], 0, 3),
      paths: paths as fc.Arbitrary<Json>,
    },
    { requiredKeys: ['host'] },
  );
  return parts;
}

/** A whole URI, with a fragment or without. */
export function linkUri(make: Arbitraries): fc.Arbitrary<string> {
  return fc.tuple(uriParts(make), sometimes(fc.tuple(bytesExactly(8), sometimes(bytesUpTo(20, 1))))).map(([parts, fragment]) => {
    const uri = String(make.made('e3x.linkuri.format', parts, 'uri'));
    if (fragment === undefined) return uri;
    const [check, value] = fragment;
    return `${uri}#${make.text('e3x.base32', check)}${value === undefined ? '' : `.${make.text('e3x.base32', value)}`}`;
  });
}

const value = bytesUpTo(24, 8).map(toHex);

/** What a peer makes its URI from. */
export function peerParts(make: Arbitraries): fc.Arbitrary<JsonObject> {
  return fc.tuple(uriParts(make), fc.constantFrom(OTHER, HASHNAME), value).map(([parts, hashname, own]) => ({
    base: make.made('e3x.linkuri.format', { ...parts, query: 'sid=42' }, 'uri'),
    hashname,
    value: own,
  }));
}

const answered = (make: Arbitraries): fc.Arbitrary<JsonObject> =>
  fc.tuple(peerParts(make), fc.boolean()).map(([parts, isWhole]) => {
    const answer = String(make.made('e3x.linkuri.attach', parts, 'uri'));
    return { uri: isWhole ? answer : answer.slice(0, answer.indexOf('.', answer.indexOf('#'))), answer, hashname: parts['hashname'] ?? '' };
  });

/** How requests about contacts are drawn. */
export const hints: Hints = {
  params: {
    'e3x.linkjson.read.json': (make) => contact(make).map((given) => make.made('e3x.linkjson.write', given, 'json')),
    'e3x.linkjwk.read.jwk': (make) => keysAndPaths(make).map((given) => make.made('e3x.linkjwk.write', given, 'jwk')),
    'e3x.linkuri.parse.uri': linkUri,
    'e3x.linkuri.attach.value': () => value,
    'e3x.contact.resolve.text': (make) =>
      fc.oneof(
        linkUri(make),
        fc.constant(OTHER),
        contact(make).map((given) => Buffer.from(String(make.made('e3x.linkjson.write', given, 'json')), 'hex').toString('utf8')),
      ),
  },
  requests: {
    'e3x.linkjson.write': contact,
    'e3x.linkjwk.write': keysAndPaths,
    'e3x.linkuri.format': uriParts,
    'e3x.linkuri.attach': peerParts,
    'e3x.linkuri.verify': answered,
  },
};
