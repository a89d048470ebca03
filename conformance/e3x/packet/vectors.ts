/** The cases of packets. Generic generators do what the data can say; the rest is named here. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { wireCases } from '../../generate/wire.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex, type Value } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { fillHead, lob, textHex, utf8 } from './build.ts';
import { jsonBytesCases } from './json-bytes.ts';

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'packet',
      fill: ({ oracle, batch }) => {
        decodeCases(oracle, batch);
        encodeCases(batch);
      },
    },
    { subject: 'json-heads', fill: ({ oracle, batch }) => jsonHeadCases(oracle, batch) },
  ],
  mutated: ['e3x.packet.'],
};

function decodeCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.packet.decode';
  const layout = oracle.wire.layout('e3x.packet');
  const sample = new Map<string, Value>([
    ['head', utf8('{"type":"t"}')],
    ['body', Uint8Array.of(1, 2, 3)],
  ]);
  for (const c of wireCases(oracle, layout, sample, fillHead))
    batch.add({
      name: c.name,
      title: c.title,
      kind: c.kind,
      operation: op,
      params: { packet: toHex(c.bytes) },
      ...(c.base === undefined ? {} : { base: { packet: toHex(c.base) } }),
      ...(c.rejects === undefined ? {} : { rejects: c.rejects }),
    });
  // Edges of the one-byte and two-byte halves of LENGTH: what a byte order mistake or a signed read gets wrong.
  for (const length of [8, 128, 255, 256, 257, 32_768])
    batch.add({
      name: `length-${String(length)}`,
      title: `HEAD of ${String(length)} bytes`,
      kind: 'boundary',
      operation: op,
      params: { packet: lob(fillHead('head', length), Uint8Array.of(9)) },
      about: 'E3X-LOB-001',
      accepts: true,
    });
  batch.add({
    name: 'length-1-not-256',
    title: 'LENGTH 0001 is 1, not 256',
    kind: 'boundary',
    operation: op,
    params: { packet: lob(Uint8Array.of(0x3a), seededBytes('body', 300)) },
    about: 'E3X-LOB-001',
    accepts: true,
  });
  // HEAD of 1 to 6 bytes that looks like JSON.
  for (const head of ['{}', '[]', '1', '"ab"', 'null', '{"":1}', '[1,2]', ' {}', '\u0000\u0000'])
    batch.add({
      name: `binary-head-${textHex(head)}`,
      title: `a HEAD of ${String(utf8(head).length)} bytes that reads ${JSON.stringify(head)} stays binary`,
      kind: 'boundary',
      operation: op,
      params: { packet: lob(utf8(head), Uint8Array.of(0xaa)) },
      about: 'E3X-LOB-005',
      accepts: true,
    });
  // The same, where what is wrong is the JSON next to the bytes.
  for (const head of ['{"":7}', '{"b":}', '[true]'])
    batch.add({
      name: `binary-head-has-no-json-${textHex(head)}`,
      title: `a HEAD of 6 bytes that reads ${JSON.stringify(head)} comes without JSON`,
      kind: 'json-bytes',
      operation: op,
      params: { packet: lob(utf8(head), Uint8Array.of(0xaa)) },
      about: 'E3X-LOB-005',
      accepts: true,
    });
  // The shortest JSON.
  for (const head of ['{"a":1}', '{"":10}', '{    }\u007d'.slice(0, 5) + ' }'])
    batch.add({
      name: `shortest-json-${textHex(head)}`,
      title: `the shortest JSON head ${JSON.stringify(head)}`,
      kind: 'boundary',
      operation: op,
      params: { packet: lob(utf8(head)) },
      about: 'E3X-LOB-006',
      accepts: true,
    });
  // A head that fails as JSON leaves every byte.
  for (const [name, head, body] of [
    ['no-body', 'abcdefg', ''],
    ['with-body', '{"a":1,', 'aabb'],
    ['long', `{"a":${'x'.repeat(300)}`, '00'],
    ['not-object', '[1,2,3,4]', 'ff'],
  ] as const)
    batch.add({
      name: `bytes-survive-${name}`,
      title: `head and body survive a head that is not a JSON object (${name})`,
      kind: 'json-bytes',
      operation: op,
      params: { packet: lob(utf8(head), fromHex(body)) },
      about: 'E3X-LOB-007',
      accepts: true,
    });
  // Bodies.
  const inner = lob(utf8('{"type":"inner"}'), Uint8Array.of(7));
  for (const [name, body] of [
    ['zeros', '0000000000'],
    ['packet', inner],
    ['packet-in-packet', lob(utf8('{"t":"o"}'), fromHex(inner))],
    ['json', textHex('{"a":1}')],
    ['1400', toHex(seededBytes('body-1400', 1400))],
    ['text', textHex('any binary!')],
  ] as const)
    batch.add({
      name: `body-${name}`,
      title: `BODY is raw: ${name}`,
      kind: 'example',
      operation: op,
      params: { packet: lob(utf8('{"type":"outer"}'), fromHex(body)) },
      about: 'E3X-LOB-008',
      accepts: true,
    });
  for (const length of [1, 2, 300, 1398])
    batch.add({
      name: `no-head-body-${String(length)}`,
      title: `no HEAD, BODY of ${String(length)} bytes`,
      kind: 'boundary',
      operation: op,
      params: { packet: lob(new Uint8Array(0), seededBytes(`no-head-${String(length)}`, length)) },
      about: 'E3X-LOB-004',
      accepts: true,
    });
}

function encodeCases(batch: Batch): void {
  const op = 'e3x.packet.encode';
  for (const length of [0, 1, 6, 7, 255, 256, 32_767, 32_768, 65_535])
    batch.add({
      name: `head-${String(length)}`,
      title: `HEAD bytes of length ${String(length)} unchanged`,
      kind: 'boundary',
      operation: op,
      params: { head: toHex(seededBytes(`head-${String(length)}`, length)), body: '0102' },
      accepts: true,
    });
  batch.add({
    name: 'length-258',
    title: 'LENGTH of 258 is written 0102',
    kind: 'boundary',
    operation: op,
    params: { head: toHex(seededBytes('head-258', 258)), body: '03' },
    about: 'E3X-LOB-001',
    accepts: true,
  });
  batch.add({
    name: 'head-not-json',
    title: 'a HEAD of 7 bytes that is not JSON is written unchanged',
    kind: 'example',
    operation: op,
    params: { head: textHex('abcdefg'), body: '18577505' },
    accepts: true,
  });
  batch.add({
    name: 'head-json-bytes',
    title: 'JSON given as bytes keeps its white space',
    kind: 'example',
    operation: op,
    params: { head: textHex('{ "b" : 1, "a":2 }') },
    accepts: true,
  });
  batch.add({
    name: 'head-too-long',
    title: 'HEAD of 65,536 bytes',
    kind: 'overflow',
    operation: op,
    params: { head: toHex(seededBytes('head-65536', 65_536)) },
    rejects: 'limit',
  });
  batch.add({
    name: 'json-too-long',
    title: 'JSON of 65,536 bytes',
    kind: 'overflow',
    operation: op,
    params: { json: { p: 'x'.repeat(65_528) } },
    rejects: 'limit',
  });
  batch.add({
    name: 'json-longest',
    title: 'JSON of exactly 65,535 bytes',
    kind: 'boundary',
    operation: op,
    params: { json: { p: 'x'.repeat(65_527) } },
    about: 'E3X-LOB-012',
    accepts: true,
  });
  batch.add({
    name: 'nothing',
    title: 'neither HEAD nor BODY',
    kind: 'boundary',
    operation: op,
    params: {},
    about: 'E3X-LOB-004',
    accepts: true,
  });
  batch.add({
    name: 'body-only',
    title: 'BODY alone',
    kind: 'boundary',
    operation: op,
    params: { body: 'ff' },
    about: 'E3X-LOB-004',
    accepts: true,
  });
  for (const length of [300, 1400])
    batch.add({
      name: `body-${String(length)}`,
      title: `BODY of ${String(length)} bytes`,
      kind: 'boundary',
      operation: op,
      params: { head: '3a', body: toHex(seededBytes(`enc-${String(length)}`, length)) },
      about: 'E3X-LOB-008',
      accepts: true,
    });
  batch.add({
    name: 'json-empty-object',
    title: 'the empty object is a packet without HEAD',
    kind: 'boundary',
    operation: op,
    params: { json: {}, body: '85cda8' },
    about: 'E3X-LOB-010',
    accepts: true,
  });
  batch.add({
    name: 'json-empty-object-no-body',
    title: 'the empty object without a body is the empty packet',
    kind: 'boundary',
    operation: op,
    params: { json: {} },
    about: 'E3X-LOB-010',
    accepts: true,
  });
  for (const digit of [0, 1, 9])
    batch.add({
      name: `json-six-bytes-${String(digit)}`,
      title: `{"":${String(digit)}} has 6 bytes and thus no encoding`,
      kind: 'limit',
      operation: op,
      params: { json: { '': digit } },
      rejects: 'unrepresentable',
    });
  const objects: [string, JsonObject][] = [
    ['seven-bytes', { a: 1 }],
    ['eight-bytes', { '': 100 }],
    ['order-kept', { z: 1, a: 2, m: 3 }],
    ['nested', { a: { b: { c: [1, [2, [3, { d: null }]]] } } }],
    ['literals', { t: true, f: false, n: null }],
    ['unicode', { ключ: '値 ☃ 🚀' }],
    ['controls', { z: '\u0000\u001f\b\f\n\r\t"\\/\u007f' }],
    ['separators', { a: '\u2028\u2029' }],
    ['safe-integers', { i: 9007199254740991, n: -9007199254740991, z: 0 }],
    ['fractions', { a: 0.5, b: -1.25 }],
    ['empty-containers', { a: {}, b: [], c: '' }],
    ['channel', { c: 1, seq: 4294967295, ack: 0, miss: [1, 2, 4] }],
    ['spaces-in-text', { a: ' b ' }],
  ];
  for (const [name, json] of objects)
    batch.add({
      name: `json-${name}`,
      title: `JSON object: ${name}`,
      kind: 'json',
      operation: op,
      params: { json, body: '41' },
      about: 'E3X-LOB-009',
      accepts: true,
    });
  for (const [name, json] of [
    ['2-53', { a: 9007199254740992 }],
    ['minus-2-53', { a: -9007199254740992 }],
    ['nested', { a: [{ b: -1e17 }] }],
  ] as const)
    batch.add({
      name: `json-inexact-${name}`,
      title: `a number beyond 2^53 - 1: ${name}`,
      kind: 'limit',
      operation: op,
      params: { json },
      about: 'E3X-JSN-013',
      rejects: 'unrepresentable',
    });
  const unwritable: [string, Json][] = [
    ['surrogate', { a: '\ud800' }],
    ['surrogate-in-name', { '\udc00a': 1 }],
    ['noncharacter', { a: '\ufffe' }],
    ['noncharacter-beyond-bmp', { a: '\u{1ffff}' }],
    ['depth', JSON.parse(`${'{"a":'.repeat(64)}{}${'}'.repeat(64)}`) as Json],
  ];
  for (const [name, json] of unwritable)
    batch.add({
      name: `json-unwritable-${name}`,
      title: `an object that a decoder must refuse: ${name}`,
      kind: 'limit',
      operation: op,
      params: { json },
      about: 'E3X-LOB-015',
      rejects: 'unrepresentable',
    });
  batch.add({
    name: 'json-proto',
    title: 'a member named __proto__ is written',
    kind: 'json',
    operation: op,
    params: JSON.parse('{"json":{"__proto__":{"x":1}}}') as JsonObject,
    about: 'E3X-JSN-010',
    accepts: true,
  });
}

function jsonHeadCases(oracle: Oracle, batch: Batch): void {
  const shadowed = '{"hasOwnProperty":1,"a":{"hasOwnProperty":null,"b":2}}';
  const cases = [
    ...jsonBytesCases(),
    {
      name: 'name-has-own-property',
      title: `a member must not shadow the name check: ${shadowed}`,
      bytes: utf8(shadowed),
      about: 'E3X-JSN-010',
      error: undefined,
    },
  ];
  for (const c of cases) {
    const params = { packet: lob(c.bytes, Uint8Array.of(0xbb)) };
    const said = resultOf(oracle, 'e3x.packet.decode', params)['jsonError'];
    if (said !== c.error) throw new Error(`${c.name}: meant as ${String(c.error)}, but the oracle says ${String(said)}`);
    batch.add({
      name: `json/${c.name}`,
      title: c.title,
      kind: 'json-bytes',
      operation: 'e3x.packet.decode',
      params,
      about: c.about,
      accepts: true,
    });
  }
}
