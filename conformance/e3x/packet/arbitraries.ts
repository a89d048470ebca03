/** Packets as they are drawn. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo, jsonObject, oneOf, type Hints } from '../../suites/arbitraries.ts';
import { packetOf, utf8 } from './build.ts';

/** A HEAD of at least so many bytes is JSON (E3X-LOB-006). */
export const JSON_HEAD_LENGTH_MIN = 7;

/** A packet: head absent, binary or JSON; body absent, raw or itself a packet. */
export function anyPacket(): fc.Arbitrary<Uint8Array> {
  const body = fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: bytesUpTo(260) },
    { weight: 1, arbitrary: fc.tuple(anyHead(), bytesUpTo(24)).map(([head, inner]) => packetOf(head, inner)) },
  );
  return fc.tuple(anyHead(), body).map(([head, rest]) => packetOf(head, rest));
}

/** HEAD bytes of any kind: of boundary length, a JSON object, or JSON at an edge or beyond it. */
export function anyHead(): fc.Arbitrary<Uint8Array> {
  const text = jsonObject().map((value) => utf8(JSON.stringify(value)));
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
      '{"a":1e400}',
      '{"a":1e2}',
      "{'a':12}",
      '\ufeff{"a":1}',
      '{"a":"\\ud800"}',
      '{"a":"\uffff"}',
      'nothing',
      '{"\\u0061":1,"a":2}',
    )
    .map(utf8);
  // Bytes come first: whatever fails without being JSON shrinks to plain bytes.
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: bytesUpTo(257, 0, [0, 1, 6, 7, 8, 254, 255, 256, 257]) },
    { weight: 3, arbitrary: text },
    { weight: 2, arbitrary: nearly },
  );
}

/** How requests about packets are drawn. */
export const hints: Hints = {
  layouts: { 'e3x.packet': anyPacket },
  params: {
    // Besides ordinary objects, those whose text is just too short for a head.
    'e3x.packet.encode.json': () =>
      fc.oneof(
        { weight: 5, arbitrary: jsonObject() },
        { weight: 1, arbitrary: oneOf<JsonObject>({ '': 1 }, {}, { a: 1 }, { '': 12 }, { '': '' }) },
      ),
    'packet': () => anyPacket().map(toHex),
  },
};
