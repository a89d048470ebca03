/** Choices of a cipher set and handshakes as they are drawn. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesUpTo, jsonText, sometimes, type Arbitraries, type Hints } from '../../suites/arbitraries.ts';
import { jws } from '../jose/arbitraries.ts';
import { packetOf, utf8 } from '../packet/build.ts';

/** The key of generated handshakes. */
const HANDSHAKE_KEY = '5a'.repeat(32);

const subset = (members: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...members], { minLength: 1 });
const keysOf = (csids: readonly string[]): JsonObject => Object.fromEntries(csids.map((csid) => [csid, '0102']));

/** Keys of two endpoints that have a cipher set in common. */
function csidSelection(): fc.Arbitrary<JsonObject> {
  const all = ['1a', '2a', '3a', '2b'];
  return fc
    .tuple(subset(all), subset(all), fc.constantFrom('2a', '3a'), sometimes(fc.boolean()))
    .map(([local, remote, common, legacy]) => ({
      local: keysOf([...local, common]),
      remote: keysOf([...remote, common]),
      ...(legacy === undefined ? {} : { legacy }),
    }));
}

/** The content of a handshake: a link of one and the same key, which no hashname contradicts, or of any other type. */
function handshake(make: Arbitraries): fc.Arbitrary<Uint8Array> {
  const at = fc.oneof(fc.constantFrom(1, Number.MAX_SAFE_INTEGER), fc.integer({ min: 1, max: 2 ** 32 }));
  const content = (json: JsonObject, body: Uint8Array): Uint8Array => packetOf(utf8(JSON.stringify(json)), body);
  const link = fc
    .tuple(at, sometimes(fc.nat(3)))
    .map(([value, z]) =>
      fromHex(
        String(
          make.made(
            'e3x.handshake.link',
            { csid: '3a', keys: { '3a': HANDSHAKE_KEY }, at: value, encrypted: false, ...(z === undefined ? {} : { z }) },
            'inner',
          ),
        ),
      ),
    );
  const jwt = fc
    .tuple(at, jws(make))
    .map(([value, compact]) =>
      content({ type: 'jwt', at: value }, fromHex(String(make.made('e3x.jws.encode', { jws: compact }, 'packet')))),
    );
  const uri = fc
    .tuple(at, fc.constantFrom('https://example.com/#a', 'link://127.0.0.1:42424/', 'a+b-c.d:e'))
    .map(([value, text]) => content({ type: 'uri', at: value, uri: text }, new Uint8Array(0)));
  const other = fc.tuple(at, bytesUpTo(40), jsonText).map(([value, body, text]) => content({ type: `note${text}`, at: value, text }, body));
  return fc.oneof(link, jwt, uri, other);
}

/** How requests about exchanges are drawn. */
export const hints: Hints = {
  params: {
    'e3x.handshake.link.csid': () => fc.constant('3a'),
    'e3x.handshake.link.keys': (make) => make.csidMap([1, 21, 32], 0).map((keys) => ({ ...keys, '3a': HANDSHAKE_KEY })),
    'e3x.handshake.link.at': () => fc.oneof(fc.constantFrom(1, 2, Number.MAX_SAFE_INTEGER), fc.integer({ min: 1, max: 2 ** 32 })),
    'e3x.handshake.read.csid': () => fc.constant('3a'),
    'e3x.handshake.read.inner': (make) => handshake(make).map(toHex),
    'e3x.handshake.read.hashname': (make) => fc.constant(make.made('e3x.hashname.derive', { keys: { '3a': HANDSHAKE_KEY } }, 'hashname')),
  },
  requests: { 'e3x.csid.select': csidSelection },
};
