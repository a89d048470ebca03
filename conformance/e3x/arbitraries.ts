/** Arbitraries of E3X below its channels: packets, chunks, cloaks, hashnames, handshakes, JWS and JWE. */
import fc from 'fast-check';
import type { JsonObject } from '../contract/contract.ts';
import { concatBytes, fromHex, toHex } from '../oracle/values.ts';
import { bytesExactly, bytesUpTo, jsonObject, jsonText, oneOf, type Arbitraries, type Hex, type Hints } from '../suites/arbitraries.ts';

const HEADER_TYPES = ['JWT', 'JOSE', 'at+jwt'] as const;

/** The key of generated handshakes. */
const HANDSHAKE_KEY = '5a'.repeat(32);

/** A positive integer as big-endian bytes of a width. */
function bigEndian(value: number, width: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) & 0xff);
}

/** Length, HEAD and BODY in a row. */
export function packetOf(head: Uint8Array, body: Uint8Array): Uint8Array {
  return concatBytes(bigEndian(head.length, 2), head, body);
}
/** A frame size: boundaries of fragments, and any other. */
export function frameSize(min: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(...[2, 3, 20, 64, 254, 255, 256, 257, 65535].filter((size) => size >= min)),
    fc.integer({ min, max: 300 }),
  );
}

/** Makes the arbitraries of E3X, with the oracle for what must be right. */
export class E3xArbitraries {
  readonly #make: Arbitraries;

  constructor(make: Arbitraries) {
    this.#make = make;
  }

  /** A packet: head absent, binary or JSON; body absent, raw or itself a packet. */
  packet(): fc.Arbitrary<Uint8Array> {
    const body = fc.oneof(
      { withCrossShrink: true },
      { weight: 3, arbitrary: bytesUpTo(260) },
      { weight: 1, arbitrary: fc.tuple(this.head(), bytesUpTo(24)).map(([head, inner]) => packetOf(head, inner)) },
    );
    return fc.tuple(this.head(), body).map(([head, rest]) => packetOf(head, rest));
  }
  /** HEAD bytes of any kind: of boundary length, a JSON object, or JSON at an edge or beyond it. */
  head(): fc.Arbitrary<Uint8Array> {
    const text = jsonObject().map((value) => Uint8Array.from(Buffer.from(JSON.stringify(value))));
    const nearly = fc
      .constantFrom(
        '{"":1}',
        '{"a":1}',
        '{"":12}',
        '[1,2,3]',
        '"abcdef"',
        '1234567',
        '{"a":1 }',
        ' {"a":1}',
        '{"a":1}\n',
        '{"a":1,"a":2}',
        '{"a":1,}',
        '{"a":01}',
        '{"a":9007199254740992}',
        '{"a":1e2}',
        "{'a':12}",
        '\ufeff{"a":1}',
        '{"a":"\\ud800"}',
        '{"a":"\uffff"}',
        'nothing',
        '{"\\u0061":1,"a":2}',
      )
      .map((json) => Uint8Array.from(Buffer.from(json)));
    // Bytes come first: whatever fails without being JSON shrinks to plain bytes.
    return fc.oneof(
      { withCrossShrink: true },
      { weight: 3, arbitrary: bytesUpTo(257, 0, [0, 1, 6, 7, 8, 254, 255, 256, 257]) },
      { weight: 3, arbitrary: text },
      { weight: 2, arbitrary: nearly },
    );
  }
  /** A packet whose first byte is zero, as cloaking needs it: a HEAD below 256 bytes. */
  cloakablePacket(): fc.Arbitrary<Uint8Array> {
    return fc.tuple(bytesUpTo(255), bytesUpTo(200)).map(([head, body]) => packetOf(head, body));
  }
  /** One to eight nonces, none of which begins with zero. */
  nonces(max = 8): fc.Arbitrary<readonly Uint8Array[]> {
    const nonce = fc
      .tuple(fc.oneof(fc.constantFrom(1, 0xff), fc.integer({ min: 1, max: 255 })), bytesExactly(7))
      .map(([first, rest]) => concatBytes(Uint8Array.of(first), rest));
    return fc.oneof(
      { weight: 3, arbitrary: fc.array(nonce, { minLength: 1, maxLength: Math.min(2, max) }) },
      { weight: 1, arbitrary: fc.array(nonce, { minLength: 1, maxLength: max }) },
    );
  }
  /** Cloaked bytes, made by the oracle; now and then plain ones. */
  cloaked(): fc.Arbitrary<Uint8Array> {
    const cloaked = fc
      .tuple(this.cloakablePacket(), this.nonces())
      .map(([packet, nonces]) => fromHex(this.made('e3x.cloak.apply', { packet: toHex(packet), nonces: nonces.map(toHex) }, 'cloaked')));
    return fc.oneof({ weight: 5, arbitrary: cloaked }, { weight: 1, arbitrary: this.cloakablePacket() });
  }

  /** A stream of whole packets as chunks, sometimes with junk between them and an unfinished end. */
  chunkStream(): fc.Arbitrary<Uint8Array> {
    const part = fc.oneof(
      { weight: 4, arbitrary: this.framed() },
      { weight: 1, arbitrary: fc.constant(Uint8Array.of(0)) },
      { weight: 1, arbitrary: bytesUpTo(8, 1).map((fragment) => concatBytes(Uint8Array.of(fragment.length), fragment)) },
    );
    const end = fc.oneof(
      { weight: 4, arbitrary: fc.constant(new Uint8Array(0)) },
      { weight: 1, arbitrary: bytesUpTo(6, 1).map((rest) => concatBytes(Uint8Array.of(rest.length + 1), rest)) },
    );
    return fc.tuple(fc.array(part, { maxLength: 4 }), end).map(([parts, rest]) => concatBytes(...parts, rest));
  }
  /** One packet as chunks, written by the oracle under a random frame size. */
  framed(): fc.Arbitrary<Uint8Array> {
    return fc.tuple(this.smallPacket(), frameSize(2)).map(([packet, size]) => {
      const frames = this.#make.made('e3x.chunks.split', { packet: toHex(packet), size }, 'frames');
      return concatBytes(...(frames as readonly Hex[]).map(fromHex));
    });
  }
  /** A packet of little weight, for where many stand in one request. */
  smallPacket(): fc.Arbitrary<Uint8Array> {
    return fc.oneof(
      { weight: 3, arbitrary: fc.tuple(bytesUpTo(20), bytesUpTo(40)).map(([head, body]) => packetOf(head, body)) },
      { weight: 1, arbitrary: bytesUpTo(257).map((body) => packetOf(new Uint8Array(0), body)) },
    );
  }

  /** The content of a handshake: a link of one and the same key, which no hashname contradicts, or of any other type. */
  handshake(): fc.Arbitrary<Uint8Array> {
    const at = fc.oneof(fc.constantFrom(1, Number.MAX_SAFE_INTEGER), fc.integer({ min: 1, max: 2 ** 32 }));
    const packet = (json: JsonObject, body: Uint8Array): Uint8Array => packetOf(Uint8Array.from(Buffer.from(JSON.stringify(json))), body);
    const link = fc
      .tuple(at, fc.option(fc.nat(3), { nil: undefined }))
      .map(([value, z]) =>
        fromHex(
          this.made(
            'e3x.handshake.link',
            { csid: '3a', keys: { '3a': HANDSHAKE_KEY }, at: value, encrypted: false, ...(z === undefined ? {} : { z }) },
            'inner',
          ),
        ),
      );
    const jwt = fc
      .tuple(at, this.jws())
      .map(([value, jws]) => packet({ type: 'jwt', at: value }, fromHex(this.made('e3x.jws.encode', { jws }, 'packet'))));
    const uri = fc
      .tuple(at, fc.constantFrom('https://example.com/#a', 'link://127.0.0.1:42424/', 'a+b-c.d:e'))
      .map(([value, text]) => packet({ type: 'uri', at: value, uri: text }, new Uint8Array(0)));
    const other = fc
      .tuple(at, bytesUpTo(40), jsonText)
      .map(([value, body, text]) => packet({ type: `note${text}`, at: value, text }, body));
    return fc.oneof(link, jwt, uri, other);
  }

  /** A compact JWS. */
  jws(): fc.Arbitrary<string> {
    return fc
      .tuple(this.#header({ alg: 'HS256' }), bytesUpTo(120), bytesUpTo(70))
      .map((parts) => parts.map((part) => this.#base64url(part)).join('.'));
  }
  /** A compact JWE. */
  jwe(): fc.Arbitrary<string> {
    const header = this.#header({ alg: 'dir', enc: 'A128GCM' });
    return fc
      .tuple(header, bytesUpTo(40), bytesUpTo(16), bytesUpTo(120), bytesUpTo(16))
      .map((parts) => parts.map((part) => this.#base64url(part)).join('.'));
  }
  #header(fixed: JsonObject): fc.Arbitrary<Uint8Array> {
    const text = fc
      .tuple(jsonObject(1), fc.option(fc.constantFrom(...HEADER_TYPES), { nil: undefined }))
      .map(([other, typ]) => JSON.stringify({ ...other, ...fixed, ...(typ === undefined ? {} : { typ }) }));
    // White space between tokens must survive: the header's bytes are signed.
    return fc.tuple(text, fc.boolean()).map(([json, spaced]) => Uint8Array.from(Buffer.from(spaced ? `{ ${json.slice(1)}` : json)));
  }
  #base64url(bytes: Uint8Array): string {
    return this.#make.text('e3x.base64url', bytes);
  }

  /** Keys or digests by cipher set id. */
  csidMap(...bounds: Parameters<Arbitraries['csidMap']>): ReturnType<Arbitraries['csidMap']> {
    return this.#make.csidMap(...bounds);
  }

  /** A member of the oracle's result, as text. */
  made(operation: string, params: JsonObject, member: string): Hex {
    return String(this.#make.made(operation, params, member));
  }
}
const e3x = (make: Arbitraries): E3xArbitraries => new E3xArbitraries(make);

/** How requests of E3X below its channels are drawn. */
export const E3X_HINTS: Hints = {
  layouts: {
    'e3x.packet': (make) => new E3xArbitraries(make).packet(),
    'e3x.chunk-stream': (make) => new E3xArbitraries(make).chunkStream(),
  },
  params: {
    // Beside ordinary objects those whose text is just too short for a head.
    'e3x.packet.encode.json': () =>
      fc.oneof(
        { weight: 5, arbitrary: jsonObject() },
        { weight: 1, arbitrary: oneOf<JsonObject>({ '': 1 }, {}, { a: 1 }, { '': 12 }, { '': '' }) },
      ),
    // Numbers that rise from ack over the missing ones to the highest, in any order.
    'e3x.miss.encode.ack': () => fc.nat(3),
    'e3x.miss.encode.missing': () => fc.uniqueArray(fc.integer({ min: 4, max: 40 }), { maxLength: 6 }),
    'e3x.miss.encode.highest': () => fc.oneof(fc.integer({ min: 41, max: 99 }), fc.constant(4294967295)),
    'e3x.cloak.remove.cloaked': (make) => e3x(make).cloaked().map(toHex),
    'e3x.cloak.apply.packet': (make) => e3x(make).cloakablePacket().map(toHex),
    'e3x.jws.decode.packet': (make) =>
      e3x(make)
        .jws()
        .map((jws) => e3x(make).made('e3x.jws.encode', { jws }, 'packet')),
    'e3x.jwe.decode.packet': (make) =>
      e3x(make)
        .jwe()
        .map((jwe) => e3x(make).made('e3x.jwe.encode', { jwe }, 'packet')),
    'e3x.handshake.link.csid': () => fc.constant('3a'),
    'e3x.handshake.link.keys': (make) => make.csidMap([1, 21, 32], 0).map((keys) => ({ ...keys, '3a': HANDSHAKE_KEY })),
    'e3x.handshake.link.at': () => fc.oneof(fc.constantFrom(1, 2, Number.MAX_SAFE_INTEGER), fc.integer({ min: 1, max: 2 ** 32 })),
    'e3x.handshake.read.csid': () => fc.constant('3a'),
    'e3x.handshake.read.inner': (make) => e3x(make).handshake().map(toHex),
    'e3x.handshake.read.hashname': (make) =>
      fc.constant(e3x(make).made('e3x.hashname.derive', { keys: { '3a': HANDSHAKE_KEY } }, 'hashname')),
    'jws': (make) => e3x(make).jws(),
    'jwe': (make) => e3x(make).jwe(),
    'hashname': (make) => bytesExactly(32).map((digest) => make.text('e3x.base32', digest)),
    'packet': (make) => e3x(make).packet().map(toHex),
    'nonces': (make) =>
      e3x(make)
        .nonces()
        .map((nonces) => nonces.map(toHex)),
    'keys': (make) => make.csidMap([1, 21, 32], 1),
    'intermediates': (make) => make.csidMap([32], 0),
  },
};
