/** The cases of the e3x wing, topic by topic. Generic generators do what the data can say; the rest is named here. */
import { createCipheriv } from 'node:crypto';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { MachineInput } from '../oracle/machine.ts';
import { concatBytes, fromHex, isMap, toHex, type Value } from '../oracle/values.ts';
import type { VectorStep } from '../vectors.ts';
import type { Batch } from '../generate/batch.ts';
import { CHANNEL_TRACES } from './channel-traces.ts';
import { jsonBytesCases } from './packet/json-bytes.ts';
import { seededBytes } from '../generate/seeded.ts';
import { traceInput, type NamedTrace } from '../generate/traces.ts';
import { wireCases, type Filler } from '../generate/wire.ts';

/** The bytes of text. */
export const utf8 = (s: string): Uint8Array => Uint8Array.from(Buffer.from(s, 'utf8'));
const hexOf = (s: string): string => toHex(utf8(s));

/** A JSON head of exactly `length` bytes (7 or more), or as many bytes that look like JSON below that. */
export const fillHead: Filler = (_, length) =>
  length < 7 ? utf8('{"":1}'.slice(0, length)) : length === 7 ? utf8('{"p":1}') : utf8(`{"p":"${'x'.repeat(length - 8)}"}`);

/** LOB bytes of a head and a body, built here by hand so that a case can be wrong on purpose. */
export function lob(head: Uint8Array, body: Uint8Array = new Uint8Array(0)): string {
  return toHex(concatBytes(Uint8Array.of(head.length >> 8, head.length & 0xff), head, body));
}

/** The result of an operation that must accept. */
export function resultOf(oracle: Oracle, operation: string, params: JsonObject): JsonObject {
  const answer = oracle.answer(operation, params);
  if (answer.kind === 'reject') throw new Error(`${operation} was to accept: ${answer.class}`);
  return answer.value;
}

export function packetCases(oracle: Oracle, batch: Batch): void {
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
      name: `binary-head-${hexOf(head)}`,
      title: `a HEAD of ${String(utf8(head).length)} bytes that reads ${JSON.stringify(head)} stays binary`,
      kind: 'boundary',
      operation: op,
      params: { packet: lob(utf8(head), Uint8Array.of(0xaa)) },
      about: 'E3X-LOB-005',
      accepts: true,
    });
  // The same, where what is wrong is the JSON beside the bytes.
  for (const head of ['{"":7}', '{"b":}', '[true]'])
    batch.add({
      name: `binary-head-has-no-json-${hexOf(head)}`,
      title: `no JSON stands beside a HEAD of 6 bytes that reads ${JSON.stringify(head)}`,
      kind: 'json-bytes',
      operation: op,
      params: { packet: lob(utf8(head), Uint8Array.of(0xaa)) },
      about: 'E3X-LOB-005',
      accepts: true,
    });
  // The shortest JSON.
  for (const head of ['{"a":1}', '{"":10}', '{    }\u007d'.slice(0, 5) + ' }'])
    batch.add({
      name: `shortest-json-${hexOf(head)}`,
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
      title: `head and body survive a head that is no JSON object (${name})`,
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
    ['json', hexOf('{"a":1}')],
    ['1400', toHex(seededBytes('body-1400', 1400))],
    ['text', hexOf('any binary!')],
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

  const enc = 'e3x.packet.encode';
  for (const length of [0, 1, 6, 7, 255, 256, 32_767, 32_768, 65_535])
    batch.add({
      name: `head-${String(length)}`,
      title: `HEAD bytes of length ${String(length)} unchanged`,
      kind: 'boundary',
      operation: enc,
      params: { head: toHex(seededBytes(`head-${String(length)}`, length)), body: '0102' },
      accepts: true,
    });
  batch.add({
    name: 'length-258',
    title: 'LENGTH of 258 is written 0102',
    kind: 'boundary',
    operation: enc,
    params: { head: toHex(seededBytes('head-258', 258)), body: '03' },
    about: 'E3X-LOB-001',
    accepts: true,
  });
  batch.add({
    name: 'head-not-json',
    title: 'a HEAD of 7 bytes that is not JSON is written as it is',
    kind: 'example',
    operation: enc,
    params: { head: hexOf('abcdefg'), body: '18577505' },
    accepts: true,
  });
  batch.add({
    name: 'head-json-bytes',
    title: 'JSON given as bytes keeps its white space',
    kind: 'example',
    operation: enc,
    params: { head: hexOf('{ "b" : 1, "a":2 }') },
    accepts: true,
  });
  batch.add({
    name: 'head-too-long',
    title: 'HEAD of 65,536 bytes',
    kind: 'overflow',
    operation: enc,
    params: { head: toHex(seededBytes('head-65536', 65_536)) },
    rejects: 'limit',
  });
  batch.add({
    name: 'json-too-long',
    title: 'JSON of 65,536 bytes',
    kind: 'overflow',
    operation: enc,
    params: { json: { p: 'x'.repeat(65_528) } },
    rejects: 'limit',
  });
  batch.add({
    name: 'json-longest',
    title: 'JSON of exactly 65,535 bytes',
    kind: 'boundary',
    operation: enc,
    params: { json: { p: 'x'.repeat(65_527) } },
    about: 'E3X-LOB-012',
    accepts: true,
  });
  batch.add({
    name: 'nothing',
    title: 'neither HEAD nor BODY',
    kind: 'boundary',
    operation: enc,
    params: {},
    about: 'E3X-LOB-004',
    accepts: true,
  });
  batch.add({
    name: 'body-only',
    title: 'BODY alone',
    kind: 'boundary',
    operation: enc,
    params: { body: 'ff' },
    about: 'E3X-LOB-004',
    accepts: true,
  });
  for (const length of [300, 1400])
    batch.add({
      name: `body-${String(length)}`,
      title: `BODY of ${String(length)} bytes`,
      kind: 'boundary',
      operation: enc,
      params: { head: '3a', body: toHex(seededBytes(`enc-${String(length)}`, length)) },
      about: 'E3X-LOB-008',
      accepts: true,
    });
  batch.add({
    name: 'json-empty-object',
    title: 'the empty object is a packet without HEAD',
    kind: 'boundary',
    operation: enc,
    params: { json: {}, body: '85cda8' },
    about: 'E3X-LOB-010',
    accepts: true,
  });
  batch.add({
    name: 'json-empty-object-no-body',
    title: 'the empty object without a body is the empty packet',
    kind: 'boundary',
    operation: enc,
    params: { json: {} },
    about: 'E3X-LOB-010',
    accepts: true,
  });
  for (const digit of [0, 1, 9])
    batch.add({
      name: `json-six-bytes-${String(digit)}`,
      title: `{"":${String(digit)}} has 6 bytes and no encoding`,
      kind: 'limit',
      operation: enc,
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
      operation: enc,
      params: { json, body: '41' },
      about: 'E3X-LOB-009',
      accepts: true,
    });
  const unwritable: [string, Json][] = [
    ['number', { a: 9007199254740992 }],
    ['number-nested', { a: [{ b: -1e17 }] }],
    ['surrogate', { a: '\ud800' }],
    ['surrogate-in-name', { '\udc00a': 1 }],
    ['noncharacter', { a: '\ufffe' }],
    ['noncharacter-beyond-bmp', { a: '\u{1ffff}' }],
    ['depth', JSON.parse(`${'{"a":'.repeat(64)}{}${'}'.repeat(64)}`) as Json],
  ];
  for (const [name, json] of unwritable)
    batch.add({
      name: `json-unwritable-${name}`,
      title: `an object no decoder may accept: ${name}`,
      kind: 'limit',
      operation: enc,
      params: { json },
      about: 'E3X-LOB-015',
      rejects: 'unrepresentable',
    });
  batch.add({
    name: 'json-proto',
    title: 'a member named __proto__ is written',
    kind: 'json',
    operation: enc,
    params: JSON.parse('{"json":{"__proto__":{"x":1}}}') as JsonObject,
    about: 'E3X-JSN-010',
    accepts: true,
  });
}

export function jsonHeadCases(oracle: Oracle, batch: Batch): void {
  const shadowed = '{"hasOwnProperty":1,"a":{"hasOwnProperty":null,"b":2}}';
  const cases = [
    ...jsonBytesCases(),
    {
      name: 'name-has-own-property',
      title: `a member must not stand in for a check of names: ${shadowed}`,
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

export function chunkingCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.chunks.split';
  const packetOf = (length: number): string => toHex(concatBytes(Uint8Array.of(0, 0), seededBytes(`packet-${String(length)}`, length - 2)));
  const split = (name: string, title: string, packet: string, size: number, about: string): void =>
    batch.add({ name, title, kind: 'boundary', operation: op, params: { packet, size }, about, accepts: true });
  split('source-example', 'the example of the source: size 5 of 10 bytes', '00010203040506070809', 5, 'E3X-CHK-004');
  // Whether the terminator fits the last frame: the last fragment one short of full, full, one byte.
  for (const size of [3, 5, 20, 64]) {
    const fragment = size - 1;
    for (const [count, last] of [
      [1, fragment],
      [1, fragment - 1],
      [2, fragment],
      [2, 1],
      [3, fragment],
    ] as const) {
      const length = (count - 1) * fragment + last;
      if (length < 2 || last < 1) continue;
      const fits = last + 1 < size;
      split(
        `size-${String(size)}-${fits ? 'merged' : 'own-frame'}-${String(length)}`,
        `${String(length)} bytes at size ${String(size)}: the terminator ${fits ? 'rides in the last frame' : 'needs a frame of its own'}`,
        packetOf(length),
        size,
        fits ? 'E3X-CHK-004' : 'E3X-CHK-005',
      );
    }
  }
  split('size-2', 'frames of 2 bytes carry one byte each', packetOf(4), 2, 'E3X-CHK-005');
  // Fragments as long as the size allows.
  for (const size of [100, 120, 200, 255, 256])
    split(
      `size-${String(size)}-full-fragments`,
      `fragments of ${String(size - 1)} bytes at size ${String(size)}`,
      packetOf(600),
      size,
      'E3X-CHK-003',
    );
  // Fragments never longer than 255.
  for (const size of [257, 258, 300, 511, 1400, 65_535])
    split(
      `size-${String(size)}-fragments-of-255`,
      `fragments stay at 255 bytes at size ${String(size)}`,
      packetOf(600),
      size,
      'E3X-CHK-001',
    );
  for (const length of [255, 256, 510, 511])
    split(`size-257-length-${String(length)}`, `${String(length)} bytes at size 257`, packetOf(length), 257, 'E3X-CHK-001');
  split('terminator-alone-is-one-byte', 'one frame: length, fragment, one zero', packetOf(2), 65_535, 'E3X-CHK-002');
  split('zeros-inside', 'zero bytes inside a fragment are data', '0000000000000000', 300, 'E3X-CHK-002');
  for (const size of [0, 1])
    batch.add({
      name: `size-${String(size)}`,
      title: `a frame of ${String(size)} bytes carries nothing`,
      kind: 'limit',
      operation: op,
      params: { packet: '0000', size },
      rejects: 'limit',
    });
  for (const [name, packet] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '0005aabb'],
  ] as const)
    batch.add({
      name: `not-a-packet-${name}`,
      title: `no packet: ${name}`,
      kind: 'truncation',
      operation: op,
      params: { packet, size: 20 },
      about: 'E3X-CHK-007',
      rejects: 'truncated',
    });
  for (const transport of Object.keys(oracle.spec.transports))
    for (const length of [10, 300])
      batch.add({
        name: `transport-${transport}-${String(length)}`,
        title: `${String(length)} bytes over ${transport} at its own size`,
        kind: 'example',
        operation: op,
        params: { packet: packetOf(length), transport },
        about: 'E3X-CHK-021',
        accepts: true,
      });

  for (const [transport, { size }] of Object.entries(oracle.spec.transports))
    batch.add({
      name: `transport-${transport}-full-frame`,
      title: `a packet that fills one frame of ${transport}`,
      kind: 'boundary',
      operation: op,
      params: { packet: packetOf(Math.min(size - 1, 255)), transport },
      about: 'E3X-CHK-021',
      accepts: true,
    });

  const join = (name: string, title: string, stream: string, about: string): void =>
    batch.add({ name, title, kind: 'example', operation: 'e3x.chunks.join', params: { stream }, about, accepts: true });
  join('one-chunk', 'one chunk and the terminator', '02000000', 'E3X-CHK-008');
  join('many-chunks', 'one packet in chunks of many lengths', '0400010203' + '0104' + '03050607' + '020809' + '00', 'E3X-CHK-008');
  join('bytes-one-by-one', 'chunks of one byte', '0100010101020103010400', 'E3X-CHK-008');
  join('fragment-255', 'a fragment of 255 bytes', `ff${packetOf(255)}00`, 'E3X-CHK-008');
  join('fragment-128', 'a fragment of 128 bytes', `80${packetOf(128)}00`, 'E3X-CHK-008');
  join('nothing', 'an empty stream', '', 'E3X-CHK-010');
  join('two-packets', 'two packets in a row', '02000000' + '0300000100', 'E3X-CHK-002');
  join('three-packets', 'three packets in a row, the second in two chunks', '02000000' + '0200000201ff00' + '0400013a0100', 'E3X-CHK-002');
  join('lone-zeros', 'zeros alone', '00000000', 'E3X-CHK-010');
  join('zeros-before', 'zeros before a packet', '000002000000', 'E3X-CHK-010');
  join('zeros-behind', 'zeros behind a packet', '020000000000', 'E3X-CHK-010');
  join('invalid-alone', 'a buffer that is no packet', '04ffff000000', 'E3X-CHK-009');
  join('invalid-then-valid', 'the packet after an invalid one is delivered', '04ffff0000000300000100', 'E3X-CHK-009');
  join('one-byte-then-valid', 'a buffer of one byte is no packet', '010000' + '02000000', 'E3X-CHK-009');
  join('head-that-is-no-json', 'a head that is no JSON is still a packet', '09' + '000761626364656667' + '00', 'E3X-CHK-009');
  join('incomplete-chunk', 'a chunk whose end has not come', '0200', 'E3X-CHK-012');
  join('incomplete-packet', 'a packet whose terminator has not come', '020000', 'E3X-CHK-012');
  join('packet-then-incomplete', 'a packet, then the start of another', '02000000' + '0500', 'E3X-CHK-012');
  join('length-byte-alone', 'a length byte alone', 'ff', 'E3X-CHK-012');
  join(
    'http-lookalike-then-valid',
    'a buffer that reads GET / is no packet, the one behind it is',
    `${hexOf('GET / HTTP/1.1'.padEnd(1 + 0x47))}00` + '02000000',
    'E3X-CHK-009',
  );
  join('http-lookalike', 'bytes that read GET are chunks like any other', '47' + '4554202f'.padEnd(142, '0') + '00', 'E3X-CHK-012');
}

const fragment = (hex: string): MachineInput => traceInput('fragment', { data: fromHex(hex) });
const wait = (ms: bigint): MachineInput => traceInput('wait', { ms });
const hand = (packet: string): MachineInput => traceInput('send', { packet: fromHex(packet) });
const chunkIn = traceInput('chunkIn', { count: 1n });
const onLink = (event: string, link: bigint): MachineInput => traceInput(event, { link });
const sendOneRound = traceInput('send', { packet: fromHex('0000'), entropy: fromHex('040102030405060708') });

/** The named traces of the wing. */
export const NAMED_TRACES: readonly NamedTrace[] = [
  {
    name: 'fragments-in-order',
    title: 'three fragments that make a packet in their own order only',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('00'), fragment('00'), fragment('ff'), traceInput('zero')],
    requirement: 'E3X-CHK-008',
    lastSteps: 1,
  },
  {
    name: 'age-from-first-chunk',
    title: 'a second fragment does not make the assembly younger',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('00'), traceInput('wait', { ms: 400n }), fragment('00'), traceInput('wait', { ms: 600n })],
    requirement: 'E3X-CHK-024',
    lastSteps: 2,
  },
  {
    name: 'age-at-the-bound',
    title: 'an assembly lives one millisecond less than its bound',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('00'), wait(999n), wait(1n)],
    requirement: 'E3X-CHK-024',
    lastSteps: 1,
  },
  {
    name: 'fragment-as-long-as-the-bound',
    title: 'one fragment of exactly packetBytes',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('00000000'), traceInput('zero')],
    requirement: 'E3X-CHK-008',
    lastSteps: 2,
  },
  {
    name: 'one-byte-too-many',
    title: 'fragments that exceed packetBytes by one byte',
    machine: 'e3x.chunk-receiver',
    configuration: 'silent',
    inputs: [fragment('0000'), fragment('0000'), fragment('00')],
    requirement: 'E3X-CHK-022',
    lastSteps: 1,
  },
  {
    name: 'block-at-the-bound',
    title: 'a block lasts one millisecond less than its bound',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('0000'), wait(999n), wait(1n)],
    requirement: 'E3X-CHK-020',
    lastSteps: 2,
  },
  {
    name: 'zero-renews-the-block',
    title: 'the frame that a zero byte lets out is blocked for the whole time',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('0000000000'), wait(400n), traceInput('zeroIn')],
    requirement: 'E3X-CHK-018',
    lastSteps: 1,
  },
  {
    name: 'chunk-renews-the-block',
    title: 'the frame that a chunk lets out is blocked for the whole time',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('0000000000'), wait(400n), chunkIn],
    requirement: 'E3X-CHK-018',
    lastSteps: 1,
  },
  {
    name: 'stalled-behind-a-terminator',
    title: 'a sender that stalled behind a terminator of its own acknowledges again',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('000000'), traceInput('zeroIn'), wait(1000n), chunkIn],
    requirement: 'E3X-CHK-013',
    lastSteps: 1,
  },
  {
    name: 'stalled-behind-a-terminator-let-out-by-a-chunk',
    title: 'the same where a chunk let the terminator out',
    machine: 'e3x.blocking-sender',
    configuration: 'small',
    inputs: [hand('000000'), chunkIn, wait(1000n), chunkIn],
    requirement: 'E3X-CHK-013',
    lastSteps: 1,
  },
  {
    name: 'second-link-holds',
    title: 'the link that came first holds the room, whichever it is',
    machine: 'e3x.chunk-assemblies',
    configuration: 'room-for-one',
    inputs: [onLink('fragment', 1n), onLink('fragment', 0n), onLink('zero', 1n)],
    requirement: 'E3X-CHK-025',
    lastSteps: 2,
  },
  {
    name: 'skip-ends-while-room-is-taken',
    title: 'the terminator of a skipped packet ends the skip, and the next packet is refused by itself',
    machine: 'e3x.chunk-assemblies',
    configuration: 'room-for-one',
    inputs: [onLink('fragment', 0n), onLink('fragment', 1n), onLink('zero', 1n), onLink('fragment', 1n)],
    requirement: 'E3X-CHK-025',
    lastSteps: 1,
  },
  {
    name: 'skip-ends-while-room-is-free',
    title: 'the terminator of a skipped packet ends the skip, and the next packet is assembled',
    machine: 'e3x.chunk-assemblies',
    configuration: 'room-for-one',
    inputs: [onLink('fragment', 0n), onLink('fragment', 1n), onLink('zero', 0n), onLink('zero', 1n), onLink('fragment', 1n)],
    requirement: 'E3X-CHK-025',
    lastSteps: 1,
  },
  {
    name: 'cloaked-is-answered-cloaked',
    title: 'after a cloaked packet a plain path sends cloaked',
    machine: 'e3x.cloak-path',
    configuration: 'initiator-chose-plain',
    inputs: [traceInput('receiveCloaked'), sendOneRound],
    requirement: 'E3X-CLK-010',
    lastSteps: 1,
  },
  {
    name: 'plain-does-not-uncloak',
    title: 'after a plain packet a cloaked path sends cloaked',
    machine: 'e3x.cloak-path',
    configuration: 'default',
    inputs: [traceInput('receivePlain'), sendOneRound],
    requirement: 'E3X-CLK-011',
    lastSteps: 1,
  },
  ...CHANNEL_TRACES,
];

/** A session that shows one bound of a chunk endpoint at its default. */
export interface BoundCase {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly steps: readonly VectorStep[];
}
const START_MS = 1000;

/** Sessions opened without limits, so that the constants bound them. The inputs are fixed; the answers follow from the constants. */
export function defaultBoundCases(oracle: Oracle): BoundCase[] {
  const { spec } = oracle;
  const bound = (name: string): { value: number; req: string } => {
    const constant = spec.constants[name];
    if (constant === undefined || !('value' in constant)) throw new Error(`${name} is missing`);
    return constant;
  };
  const [packetBytes, chunkCount, ageMs, assemblyCount, blockMs, queueBytes] = [
    'PACKET_BYTES',
    'CHUNK_COUNT',
    'AGE_MS',
    'ASSEMBLY_COUNT',
    'BLOCK_MS',
    'QUEUE_BYTES',
  ].map(bound) as [
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
    ReturnType<typeof bound>,
  ];
  const open = (requirement: string, size: number, blocking: boolean): VectorStep => ({
    operation: 'e3x.chunks.open',
    params: { size, blocking, acks: 'none', now: START_MS },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement,
    bind: { session: 'session' },
  });
  const step = (
    operation: string,
    params: JsonObject,
    requirement: string,
    answer: { transmit?: readonly string[]; events?: readonly JsonObject[]; timeoutAt: number | null },
  ): VectorStep => ({
    operation: `e3x.chunks.${operation}`,
    params: { session: '$session', ...params },
    expect: { ok: { transmit: answer.transmit ?? [], events: answer.events ?? [], timeoutAt: answer.timeoutAt } },
    requirement,
  });
  const limit = (link: number): JsonObject => ({ link, type: 'discarded', class: 'limit' });

  /** Reads of fragments, each a list of lengths, on one link. */
  const assembly = (requirement: string, reads: readonly (readonly number[])[]): VectorStep[] => {
    let [bytes, chunks, skipping] = [0, 0, false];
    return reads.map((lengths) => {
      const skippedBefore = skipping;
      for (const length of lengths) {
        bytes += length;
        chunks += 1;
        skipping ||= bytes > packetBytes.value || chunks > chunkCount.value;
      }
      const stream = lengths.map((length) => toHex(Uint8Array.of(length)) + '00'.repeat(length)).join('');
      return step('receive', { bytes: stream, now: START_MS }, requirement, {
        events: skipping && !skippedBefore ? [limit(0)] : [],
        timeoutAt: skipping ? null : START_MS + ageMs.value,
      });
    });
  };
  const full = Array.from({ length: 514 }, () => 255); // 131,070 bytes
  const links = Array.from({ length: 65 }, (_, link) =>
    step('receive', { link, bytes: '0100', now: START_MS }, assemblyCount.req, {
      events: link < assemblyCount.value ? [] : [limit(link)],
      timeoutAt: START_MS + ageMs.value,
    }),
  );
  const tick = (now: number, stalls: boolean): VectorStep =>
    step('tick', { now }, blockMs.req, {
      events: stalls ? [{ link: 0, type: 'stalled' }] : [],
      timeoutAt: now - START_MS < blockMs.value ? START_MS + blockMs.value : null,
    });
  /** At size 2 a packet of n bytes is n frames of 2 bytes and one of 1. */
  const handOver = (length: number, waiting: number): VectorStep => {
    const packet = '00'.repeat(length);
    if (waiting + 2 * length + 1 > queueBytes.value)
      return {
        operation: 'e3x.chunks.send',
        params: { session: '$session', packet, now: START_MS },
        expect: { reject: 'limit' },
        requirement: queueBytes.req,
      };
    return step('send', { packet, now: START_MS }, queueBytes.req, {
      transmit: waiting === 0 ? ['0100'] : [],
      timeoutAt: START_MS + blockMs.value,
    });
  };
  return [
    {
      id: 'packet-bytes',
      title: '131,072 bytes are assembled, and one more is too many',
      requirement: packetBytes.req,
      steps: [open(packetBytes.req, 256, false), ...assembly(packetBytes.req, [[...full, 2], [1]])],
    },
    {
      id: 'chunk-count',
      title: '8,192 chunks are assembled, and one more is too many',
      requirement: chunkCount.req,
      steps: [open(chunkCount.req, 256, false), ...assembly(chunkCount.req, [Array.from({ length: 8192 }, () => 1), [1]])],
    },
    {
      id: 'assembly-count',
      title: '64 links assemble at once, and the next may not',
      requirement: assemblyCount.req,
      steps: [open(assemblyCount.req, 256, false), ...links],
    },
    {
      id: 'block-ms',
      title: 'a block lasts 30 seconds',
      requirement: blockMs.req,
      steps: [
        open(blockMs.req, 64, true),
        step('send', { packet: '0000', now: START_MS }, blockMs.req, { transmit: ['02000000'], timeoutAt: START_MS + blockMs.value }),
        tick(START_MS + 29_999, 29_999 >= blockMs.value),
        tick(START_MS + 30_000, 30_000 >= blockMs.value && 29_999 < blockMs.value),
      ],
    },
    {
      id: 'queue-bytes-full',
      title: 'frames of 262,144 bytes may wait',
      requirement: queueBytes.req,
      steps: [open(queueBytes.req, 2, true), handOver(131_070, 0), handOver(2, 2 * 131_070 + 1 - 2)],
    },
    {
      id: 'queue-bytes-exceeded',
      title: 'frames of 262,145 bytes are too many',
      requirement: queueBytes.req,
      steps: [open(queueBytes.req, 2, true), handOver(131_072, 0)],
    },
    ...transportCases(oracle),
  ];
}

/** Sessions opened by a transport's name: what its size and modes make of a read of two chunks and of a long packet. */
function transportCases(oracle: Oracle): BoundCase[] {
  const requirement = 'E3X-CHK-021';
  const { BLOCK_MS: block } = oracle.spec.constants;
  const blockMs = block !== undefined && 'value' in block ? block.value : 0;
  const packet = '00'.repeat(300);
  return Object.entries(oracle.spec.transports).map(([transport, { blocking, acks }]) => {
    const frames = resultOf(oracle, 'e3x.chunks.split', { packet, transport })['frames'] as readonly Json[];
    const answers: readonly Json[] = acks === 'none' ? [] : acks === 'read' ? ['00'] : ['00', '00'];
    const open: VectorStep = {
      operation: 'e3x.chunks.open',
      params: { transport, now: START_MS },
      expect: { ok: { transmit: [], events: [], timeoutAt: null } },
      requirement,
      bind: { session: 'session' },
    };
    const receive: VectorStep = {
      operation: 'e3x.chunks.receive',
      params: { session: '$session', bytes: '0100010000', now: START_MS },
      expect: { ok: { transmit: answers, events: [{ link: 0, type: 'packet', packet: '0000' }], timeoutAt: null } },
      requirement,
    };
    const send: VectorStep = {
      operation: 'e3x.chunks.send',
      params: { session: '$session', packet, now: START_MS },
      expect: { ok: { transmit: blocking ? frames.slice(0, 1) : frames, events: [], timeoutAt: blocking ? START_MS + blockMs : null } },
      requirement,
    };
    return {
      id: `transport-${transport}`,
      title: `size, acknowledgements and blocking of ${transport}`,
      requirement,
      steps: [open, receive, send],
    };
  });
}

/** The vectors of the bounds where the caller names none. */
export function defaultBounds(oracle: Oracle, batch: Batch): void {
  for (const { id, title, requirement, steps } of defaultBoundCases(oracle))
    batch.put({ id: `e3x.chunks/default-${id}`, title, kind: 'trace', requirement, steps, oracles: ['constants'] });
}

/** Cloaks once more with Bernstein's ChaCha20 from OpenSSL, so that a case can be wrong on purpose. */
function cloakOnce(oracle: Oracle, packet: Uint8Array, nonce: Uint8Array): Uint8Array {
  const key = oracle.spec.constants['CLOAK_KEY'];
  if (key === undefined || !('bytes' in key)) throw new Error('CLOAK_KEY is missing');
  const cipher = createCipheriv('chacha20', fromHex(key.bytes), Buffer.concat([Buffer.alloc(8), nonce]));
  return concatBytes(nonce, Uint8Array.from(cipher.update(packet)));
}
const nonceOf = (label: string): Uint8Array => {
  const nonce = seededBytes(`nonce-${label}`, 8);
  if (nonce[0] === 0) nonce[0] = 1;
  return nonce;
};

export function cloakingCases(oracle: Oracle, batch: Batch): void {
  const apply = 'e3x.cloak.apply';
  const remove = 'e3x.cloak.remove';
  const packet = lob(Uint8Array.of(0x3a), seededBytes('cloaked-message', 40));
  for (const length of [2, 3, 10, 56, 64, 65, 128, 300, 1400]) {
    const plain = toHex(concatBytes(Uint8Array.of(0, 0), seededBytes(`plain-${String(length)}`, length - 2)));
    const nonce = nonceOf(`length-${String(length)}`);
    batch.add({
      name: `length-${String(length)}`,
      title: `a packet of ${String(length)} bytes, one round`,
      kind: 'boundary',
      operation: apply,
      params: { packet: plain, nonces: [toHex(nonce)] },
      about: length === 2 ? 'E3X-CLK-001' : 'E3X-CLK-003',
      accepts: true,
    });
    batch.add({
      name: `length-${String(length)}`,
      title: `a packet of ${String(length)} bytes, one round`,
      kind: 'boundary',
      operation: remove,
      params: { cloaked: toHex(cloakOnce(oracle, fromHex(plain), nonce)) },
      about: length === 2 ? 'E3X-CLK-001' : 'E3X-CLK-003',
      accepts: true,
    });
  }
  for (const first of ['01', '7f', '80', 'ff']) {
    const nonce = fromHex(`${first}00000000000000`);
    batch.add({
      name: `nonce-${first}`,
      title: `a nonce that begins with ${first}`,
      kind: 'boundary',
      operation: apply,
      params: { packet, nonces: [toHex(nonce)] },
      about: 'E3X-CLK-002',
      accepts: true,
    });
    batch.add({
      name: `nonce-${first}`,
      title: `a first byte of ${first} means cloaked`,
      kind: 'boundary',
      operation: remove,
      params: { cloaked: toHex(cloakOnce(oracle, fromHex(packet), nonce)) },
      about: 'E3X-CLK-005',
      accepts: true,
    });
  }
  for (const [name, nonces] of [
    ['zero-first', ['0011223344556677']],
    ['all-zero', ['0000000000000000']],
    ['zero-first-in-second-round', ['0102030405060708', '0002030405060708']],
    ['seven-bytes', ['01020304050607']],
    ['nine-bytes', ['010203040506070809']],
    ['empty', ['']],
  ] as const)
    batch.add({
      name: `bad-nonce-${name}`,
      title: `bad nonce: ${name}`,
      kind: 'constant',
      operation: apply,
      params: { packet, nonces: [...nonces] },
      rejects: 'malformed',
    });
  const rounds = (count: number): string[] => Array.from({ length: count }, (_, i) => toHex(nonceOf(`round-${String(i)}`)));
  for (const count of [2, 3, 5, 7, 8]) {
    batch.add({
      name: `rounds-${String(count)}`,
      title: `${String(count)} rounds`,
      kind: 'boundary',
      operation: apply,
      params: { packet, nonces: rounds(count) },
      about: count === 8 ? 'E3X-CLK-007' : 'E3X-CLK-004',
      accepts: true,
    });
    const cloaked = rounds(count).reduce((bytes, nonce) => cloakOnce(oracle, bytes, fromHex(nonce)), fromHex(packet));
    batch.add({
      name: `rounds-${String(count)}`,
      title: `${String(count)} rounds`,
      kind: 'boundary',
      operation: remove,
      params: { cloaked: toHex(cloaked) },
      about: count === 8 ? 'E3X-CLK-007' : 'E3X-CLK-004',
      accepts: true,
    });
  }
  for (const count of [0, 9, 20])
    batch.add({
      name: `rounds-${String(count)}`,
      title: `${String(count)} rounds are refused`,
      kind: 'limit',
      operation: apply,
      params: { packet, nonces: rounds(count) },
      rejects: 'limit',
    });
  for (const count of [9, 20]) {
    const cloaked = rounds(count).reduce((bytes, nonce) => cloakOnce(oracle, bytes, fromHex(nonce)), fromHex(packet));
    batch.add({
      name: `rounds-${String(count)}`,
      title: `${String(count)} rounds are refused`,
      kind: 'limit',
      operation: remove,
      params: { cloaked: toHex(cloaked) },
      rejects: 'limit',
    });
  }
  for (const [name, bad] of [
    ['head-of-256', lob(fillHead('head', 256))],
    ['head-of-300', lob(fillHead('head', 300), Uint8Array.of(1))],
  ] as const)
    batch.add({
      name: `not-cloakable-${name}`,
      title: `a packet whose first byte is not zero (${name})`,
      kind: 'limit',
      operation: apply,
      params: { packet: bad, nonces: rounds(1) },
      rejects: 'unrepresentable',
    });
  for (const [name, bad] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '0005aabb'],
  ] as const)
    batch.add({
      name: `not-a-packet-${name}`,
      title: `no packet: ${name}`,
      kind: 'truncation',
      operation: apply,
      params: { packet: bad, nonces: rounds(1) },
      rejects: 'truncated',
    });
  // Removing.
  for (const [name, plain] of [
    ['empty-packet', '0000'],
    ['body', '0000ff'],
    ['message', packet],
    ['json', lob(utf8('{"a":1}'))],
  ] as const)
    batch.add({
      name: `plain-${name}`,
      title: `an uncloaked packet passes with 0 rounds (${name})`,
      kind: 'example',
      operation: remove,
      params: { cloaked: plain },
      about: 'E3X-CLK-005',
      accepts: true,
    });
  for (const length of [2, 5, 8, 9])
    batch.add({
      name: `short-${String(length)}`,
      title: `${String(length)} cloaked bytes are too few`,
      kind: 'truncation',
      operation: remove,
      params: { cloaked: toHex(concatBytes(Uint8Array.of(1), seededBytes(`short-${String(length)}`, length - 1))) },
      about: 'E3X-CLK-006',
      rejects: 'truncated',
    });
  for (const [name, inner] of [
    ['length-beyond', '0005aabb'],
    ['length-beyond-by-one', '0001'],
  ] as const) {
    batch.add({
      name: `inner-${name}`,
      title: `what is inside is no packet (${name})`,
      kind: 'truncation',
      operation: remove,
      params: { cloaked: toHex(cloakOnce(oracle, fromHex(inner), nonceOf(name))) },
      about: 'E3X-CLK-008',
      rejects: 'truncated',
    });
    batch.add({
      name: `plain-${name}`,
      title: `an uncloaked packet that is no packet (${name})`,
      kind: 'truncation',
      operation: remove,
      params: { cloaked: inner },
      about: 'E3X-CLK-008',
      rejects: 'truncated',
    });
  }
  for (const [name, bytes] of [
    ['nothing', ''],
    ['one-byte', '00'],
  ] as const)
    batch.add({
      name,
      title: `${name} is no packet`,
      kind: 'truncation',
      operation: remove,
      params: { cloaked: bytes },
      about: 'E3X-CLK-008',
      rejects: 'truncated',
    });
}

const KEY_1A = '02dbc2bfcf26b17426620895bdbf7d80becb114c3a';
const KEY_3A = '2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937';

export function hashnameCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.hashname.derive';
  const digest = (hex: string): string =>
    String((resultOf(oracle, 'e3x.hashname.intermediates', { keys: { '01': hex } })['intermediates'] as JsonObject)['01']);
  const derive = (name: string, title: string, keys: JsonObject, intermediates: JsonObject | undefined, about: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: op,
      params: { keys, ...(intermediates === undefined ? {} : { intermediates }) },
      about,
      accepts: true,
    });
  derive('one-key', 'one key', { '3a': KEY_3A }, undefined, 'E3X-HSN-001');
  derive('two-keys', 'two keys', { '1a': KEY_1A, '3a': KEY_3A }, undefined, 'E3X-HSN-004');
  derive('three-keys', 'three keys', { '1a': KEY_1A, '2a': toHex(seededBytes('key-2a', 294)), '3a': KEY_3A }, undefined, 'E3X-HSN-004');
  derive('two-keys-reversed', 'two keys, the higher first', { '3a': KEY_3A, '1a': KEY_1A }, undefined, 'E3X-HSN-003');
  derive(
    'five-keys-shuffled',
    'five keys in no order',
    { 'c0': 'aa', '0f': 'bb', 'ff': 'cc', '1a': 'dd', '9a': 'ee' },
    undefined,
    'E3X-HSN-003',
  );
  derive(
    'five-keys-descending',
    'five keys from the highest to the lowest',
    { 'ff': 'cc', 'c0': 'aa', '9a': 'ee', '1a': 'dd', '0f': 'bb' },
    undefined,
    'E3X-HSN-003',
  );
  derive('letters-above-digits', 'CSIDs sort as numbers: 9f below a0', { 'a0': '01', '9f': '02' }, undefined, 'E3X-HSN-003');
  derive('key-of-one-byte', 'a key of one byte', { '1a': '00' }, undefined, 'E3X-HSN-002');
  derive('key-of-64-bytes', 'a key longer than a digest', { '2a': toHex(seededBytes('key-64', 64)) }, undefined, 'E3X-HSN-002');
  derive('key-of-32-bytes-is-hashed', 'a key of 32 bytes is hashed like any other', { '3a': digest(KEY_3A) }, undefined, 'E3X-HSN-002');
  for (const csid of ['01', '0f', '10', '18', '7f', '80', 'fe', 'ff'])
    derive(`csid-${csid}`, `CSID ${csid} takes part`, { [csid]: KEY_3A, '3a': KEY_3A }, undefined, 'E3X-HSN-009');
  derive('intermediate-for-one', 'an intermediate in place of one key', { '3a': KEY_3A }, { '1a': digest(KEY_1A) }, 'E3X-HSN-005');
  derive(
    'intermediate-for-higher',
    'an intermediate in place of the higher key',
    { '1a': KEY_1A },
    { '3a': digest(KEY_3A) },
    'E3X-HSN-005',
  );
  derive('intermediates-only', 'intermediates in place of all keys', {}, { '1a': digest(KEY_1A), '3a': digest(KEY_3A) }, 'E3X-HSN-005');
  derive(
    'intermediates-for-three',
    'intermediates in place of three keys',
    { '3a': KEY_3A },
    { '1a': digest(KEY_1A), '2a': digest('2a'), '9a': digest('9a') },
    'E3X-HSN-005',
  );
  derive(
    'higher-key-beats-intermediate',
    'the higher key decides over an intermediate of another value',
    { '1a': KEY_1A, '3a': KEY_3A },
    { '3a': '09'.repeat(32) },
    'E3X-HSN-006',
  );
  derive(
    'key-beats-intermediate',
    'the key decides over an intermediate of another value',
    { '1a': KEY_1A, '3a': KEY_3A },
    { '1a': '09'.repeat(32) },
    'E3X-HSN-006',
  );
  derive('key-and-its-intermediate', 'the key with its own intermediate', { '1a': KEY_1A }, { '1a': digest(KEY_1A) }, 'E3X-HSN-006');
  const refuse = (
    name: string,
    title: string,
    keys: JsonObject,
    intermediates: JsonObject | undefined,
    about: string,
    operation = op,
  ): void =>
    batch.add({
      name,
      title,
      kind: 'range',
      operation,
      params: { keys, ...(intermediates === undefined ? {} : { intermediates }) },
      about,
      rejects: 'malformed',
    });
  refuse('csid-00', 'CSID 00 as a key', { '00': KEY_1A }, undefined, 'E3X-HSN-007');
  refuse('csid-00-beside', 'CSID 00 beside a valid key', { '00': KEY_1A, '3a': KEY_3A }, undefined, 'E3X-HSN-007');
  refuse('csid-00-intermediate', 'CSID 00 as an intermediate', { '3a': KEY_3A }, { '00': digest(KEY_1A) }, 'E3X-HSN-007');
  for (const [name, csid] of [
    ['upper-case', '3A'],
    ['one-digit', 'a'],
    ['three-digits', '03a'],
    ['prefix', '0x3a'],
    ['cs-style', 'cs1a'],
    ['not-hex', 'zz'],
    ['half-hex', '1g'],
    ['space', ' 1'],
    ['empty', ''],
    ['line-end', '3a\n'],
    ['foreign-digits', '١a'],
  ] as const) {
    refuse(`csid-spelled-${name}`, `a CSID spelled ${JSON.stringify(csid)}`, { [csid]: KEY_3A }, undefined, 'E3X-HSN-008');
  }
  refuse('csid-spelled-upper-case-beside', 'a bad CSID beside a valid one', { '1a': KEY_1A, '3A': KEY_3A }, undefined, 'E3X-HSN-008');
  refuse(
    'csid-spelled-upper-case-intermediate',
    'a bad CSID among the intermediates',
    { '1a': KEY_1A },
    { '3A': digest(KEY_3A) },
    'E3X-HSN-008',
  );
  refuse('nothing', 'no key at all', {}, undefined, 'E3X-HSN-010');
  refuse('nothing-twice', 'no key and no intermediate', {}, {}, 'E3X-HSN-010');
  for (const length of [0, 16, 31, 33, 64])
    refuse(
      `intermediate-of-${String(length)}`,
      `an intermediate of ${String(length)} bytes`,
      { '3a': KEY_3A },
      { '1a': 'ab'.repeat(length) },
      'E3X-HSN-011',
    );
  refuse('empty-key', 'an empty key', { '3a': '' }, undefined, 'E3X-HSN-012');
  refuse('empty-key-beside', 'an empty key beside a valid one', { '1a': KEY_1A, '3a': '' }, undefined, 'E3X-HSN-012');

  const inter = 'e3x.hashname.intermediates';
  batch.add({
    name: 'two-keys',
    title: 'the digest of each key',
    kind: 'example',
    operation: inter,
    params: { keys: { '1a': KEY_1A, '3a': KEY_3A } },
    about: 'E3X-HSN-002',
    accepts: true,
  });
  batch.add({
    name: 'long-key',
    title: 'the digest of a long key',
    kind: 'example',
    operation: inter,
    params: { keys: { '2a': toHex(seededBytes('key-2a', 294)) } },
    about: 'E3X-HSN-002',
    accepts: true,
  });
  refuse('csid-00', 'CSID 00', { '00': KEY_1A }, undefined, 'E3X-HSN-007', inter);
  refuse('csid-spelled-upper-case', 'a bad CSID', { '3A': KEY_1A }, undefined, 'E3X-HSN-008', inter);
  refuse('empty-key', 'an empty key', { '3a': '' }, undefined, 'E3X-HSN-012', inter);

  const parse = 'e3x.hashname.parse';
  const hashname = 'lg4nrjb6lgul4mnsclsxlklk5tuutrq4v7kod73zrbo2g4pfywgq';
  for (const [name, h] of [
    ['published', 'kw3akwcypoedvfdquuppofpujbu7rplhj3vjvmvbkvf7z3do7kkq'],
    ['library', hashname],
    ['zeros', 'a'.repeat(52)],
    ['ones', `${'7'.repeat(51)}q`],
  ] as const)
    batch.add({
      name,
      title: `a hashname: ${name}`,
      kind: 'example',
      operation: parse,
      params: { hashname: h },
      about: 'E3X-HSN-001',
      accepts: true,
    });
  for (const [name, h] of [
    ['empty', ''],
    ['one', 'a'],
    ['51', hashname.slice(0, 51)],
    ['53', `${hashname}a`],
    ['50', hashname.slice(0, 50)],
    ['104', hashname + hashname],
  ] as const)
    batch.add({
      name: `length-${name}`,
      title: `${String(h.length)} characters`,
      kind: 'range',
      operation: parse,
      params: { hashname: h },
      about: 'E3X-HSN-013',
      rejects: 'malformed',
    });
  for (const [name, h, cls, about] of [
    ['upper-case', hashname.toUpperCase(), 'non-canonical', 'E3X-B32-004'],
    ['one-upper-case', `L${hashname.slice(1)}`, 'non-canonical', 'E3X-B32-004'],
    ['digit-1', `${hashname.slice(0, 51)}1`, 'malformed', 'E3X-B32-003'],
    ['unused-bits', `${hashname.slice(0, 51)}b`, 'non-canonical', 'E3X-B32-005'],
    ['hyphen', `${hashname.slice(0, 20)}-${hashname.slice(21)}`, 'malformed', 'E3X-B32-003'],
    ['padding', `${hashname.slice(0, 51)}=`, 'malformed', 'E3X-B32-002'],
  ] as const)
    batch.add({
      name,
      title: `52 characters that are no hashname: ${name}`,
      kind: 'non-canonical',
      operation: parse,
      params: { hashname: h },
      about,
      rejects: cls,
    });
}

export function base32Cases(batch: Batch): void {
  const published: [string, string][] = [
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ];
  for (const [plain, encoded] of published) {
    batch.add({
      name: `rfc4648-${plain === '' ? 'empty' : plain}`,
      title: `RFC 4648 section 10: '${plain}'`,
      kind: 'example',
      operation: 'e3x.base32.encode',
      params: { bytes: hexOf(plain) },
      about: 'E3X-B32-001',
      accepts: true,
      published: 'RFC 4648',
    });
    batch.add({
      name: `rfc4648-${plain === '' ? 'empty' : plain}`,
      title: `RFC 4648 section 10: '${encoded}'`,
      kind: 'example',
      operation: 'e3x.base32.decode',
      params: { text: encoded },
      about: 'E3X-B32-001',
      accepts: true,
      published: 'RFC 4648',
    });
  }
  for (const length of [4, 5, 16, 21, 31, 32, 33, 294])
    batch.add({
      name: `length-${String(length)}`,
      title: `${String(length)} bytes`,
      kind: 'boundary',
      operation: 'e3x.base32.encode',
      params: { bytes: toHex(seededBytes(`b32-${String(length)}`, length)) },
      about: 'E3X-B32-001',
      accepts: true,
    });
  const decode = (name: string, title: string, input: string, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'non-canonical',
      operation: 'e3x.base32.decode',
      params: { text: input },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  decode('whole-alphabet', 'every character of the alphabet', 'abcdefghijklmnopqrstuvwxyz234567', 'E3X-B32-001');
  for (const [name, s] of [
    ['one', 'my======'],
    ['just-one-sign', 'mzxw6yq='],
    ['alone', '='],
    ['whole-block', 'mzxw6ytb='],
    ['eight', '========'],
  ] as const)
    decode(`padding-${name}`, `padding: ${s}`, s, 'E3X-B32-002', 'malformed');
  for (const [name, s] of [
    ['zero', 'mzxw60tb'],
    ['one', 'mzxw61tb'],
    ['eight', 'mzxw68tb'],
    ['nine', 'mzxw69tb'],
    ['space', 'mzxw ytb'],
    ['line-end', 'mzxw6ytb\n'],
    ['carriage-return', 'mzxw\r\n6ytb'],
    ['hyphen', 'mzxw-ytb'],
    ['nul', 'mzxw\0ytb'],
    ['umlaut', 'mzxwäytb'],
    ['kelvin-sign', 'mzxw\u212aytb'],
    ['full-width', 'mzxw\uff41ytb'],
    ['dotless-i', 'mzxw\u0131ytb'],
    ['astral', 'mzxw\u{1d41a}ytb'],
    ['at-sign', 'mzxw@ytb'],
    ['grave', 'mzxw`ytb'],
    ['brace', 'mzxw{ytb'],
    ['slash', 'mzxw/ytb'],
  ] as const)
    decode(`foreign-${name}`, `a character outside the alphabet: ${name}`, s, 'E3X-B32-003', 'malformed');
  for (const [name, s] of [
    ['all', 'MZXW6YTB'],
    ['first', 'Mzxw6ytb'],
    ['last', 'mzxw6ytB'],
    ['short', 'MY'],
    ['a-to-z', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'],
  ] as const)
    decode(`upper-case-${name}`, `upper case: ${s}`, s, 'E3X-B32-004', 'non-canonical');
  for (const [name, s] of [
    ['two-lowest', 'mz'],
    ['two-highest', 'm3'],
    ['four-lowest', 'mzxr'],
    ['four-highest', 'mzxy'],
    ['five-lowest', 'mzxw7'],
    ['seven-lowest', 'mzxw6yr'],
    ['seven-highest', 'mzxw6yx'],
    ['fifty-two', `${'a'.repeat(51)}b`],
  ] as const)
    decode(`unused-bits-${name}`, `unused bits are not zero: ${s}`, s, 'E3X-B32-005', 'non-canonical');
  for (const length of [1, 3, 6, 9, 11, 14, 49])
    decode(
      `impossible-length-${String(length)}`,
      `${String(length)} characters encode no whole bytes`,
      'a'.repeat(length),
      'E3X-B32-006',
      'malformed',
    );
}

export function tokenCases(oracle: Oracle, batch: Batch): void {
  const op = 'e3x.token.derive';
  const prefix = seededBytes('token-prefix', 16);
  const message = (csid: number, body: Uint8Array): string => lob(Uint8Array.of(csid), body);
  for (const [name, body] of [
    ['exactly-16', prefix],
    ['zeros', new Uint8Array(16)],
    ['ones', new Uint8Array(16).fill(255)],
  ] as const)
    batch.add({
      name,
      title: `a BODY of 16 bytes: ${name}`,
      kind: 'boundary',
      operation: op,
      params: { packet: message(0x3a, body) },
      about: 'E3X-TOK-001',
      accepts: true,
    });
  for (const csid of [0x01, 0x1a, 0x2a, 0x3a, 0xff])
    batch.add({
      name: `csid-${csid.toString(16).padStart(2, '0')}`,
      title: `the same 16 bytes under CSID ${csid.toString(16)}`,
      kind: 'example',
      operation: op,
      params: { packet: message(csid, concatBytes(prefix, seededBytes('rest', 60))) },
      about: 'E3X-TOK-005',
      accepts: true,
    });
  for (const length of [17, 32, 100, 1300])
    batch.add({
      name: `body-${String(length)}`,
      title: `a BODY of ${String(length)} bytes with the same prefix`,
      kind: 'example',
      operation: op,
      params: { packet: message(0x3a, concatBytes(prefix, seededBytes(`rest-${String(length)}`, length - 16))) },
      about: 'E3X-TOK-005',
      accepts: true,
    });
  for (const [name, head] of [
    ['no-head', ''],
    ['two-bytes', '3a3a'],
    ['six-bytes', '3a3a3a3a3a3a'],
    ['json', hexOf('{"type":"x"}')],
  ] as const)
    batch.add({
      name: `head-${name}`,
      title: `HEAD is no CSID: ${name}`,
      kind: 'constant',
      operation: op,
      params: { packet: lob(fromHex(head), seededBytes('rest', 40)) },
      about: 'E3X-TOK-002',
      rejects: 'malformed',
    });
  batch.add({
    name: 'csid-00',
    title: 'CSID 00',
    kind: 'range',
    operation: op,
    params: { packet: message(0, seededBytes('rest', 40)) },
    about: 'E3X-TOK-003',
    rejects: 'malformed',
  });
  for (const length of [0, 1, 8, 15])
    batch.add({
      name: `body-too-short-${String(length)}`,
      title: `a BODY of ${String(length)} bytes`,
      kind: 'truncation',
      operation: op,
      params: { packet: message(0x3a, seededBytes('short', length)) },
      about: 'E3X-TOK-004',
      rejects: 'truncated',
    });
  const outer = oracle.wire.layout('e3x.outer-message');
  for (const c of wireCases(
    oracle,
    outer,
    new Map<string, Value>([
      ['csid', 0x3an],
      ['stablePrefix', prefix],
      ['restOfBody', Uint8Array.of(1, 2)],
    ]),
    () => new Uint8Array(0),
  )) {
    const short = /truncated-(headLength|csid)/.test(c.name);
    if (c.kind !== 'truncation' && c.kind !== 'constant') continue;
    const wide = /headLength-is-65535|headLength-is-(\d{3,})/.test(c.name); // a LENGTH beyond the packet is truncated first
    batch.add({
      name: `layout-${c.name}`,
      title: c.title,
      kind: c.kind,
      operation: op,
      params: { packet: toHex(c.bytes) },
      ...(short || wide ? { about: wide ? 'E3X-LOB-003' : undefined } : {}),
      ...(c.rejects === undefined ? {} : { rejects: c.rejects }),
    } as Parameters<Batch['add']>[0]);
  }
}

/** E3X-CHK-011: the same stream in one read, byte by byte, and cut once at every place. */
export function recutStreams(oracle: Oracle, batch: Batch): void {
  const ageMs = 60_000;
  const now = 1000;
  const streams: [string, string][] = [
    ['two-packets', '02000000' + '0300000100'],
    ['fragments', '0100' + '0100' + '01ff' + '00'],
    ['zeros-and-invalid', '00' + '04ffff0000' + '00' + '02000000'],
  ];
  for (const [name, stream] of streams) {
    const bytes = fromHex(stream);
    const cuts: number[][] = [
      bytes.length <= 16 ? Array.from({ length: bytes.length - 1 }, (_, i) => i + 1) : [1],
      ...Array.from({ length: bytes.length - 1 }, (_, i) => [i + 1]),
    ];
    cuts.forEach((at, i) => {
      const edges = [0, ...at, bytes.length];
      const steps: VectorStep[] = [
        {
          operation: 'e3x.chunks.open',
          params: { size: 64, blocking: false, acks: 'none', now },
          expect: { ok: { transmit: [], events: [], timeoutAt: null } },
          requirement: 'E3X-CHK-011',
          bind: { session: 'session' },
        },
      ];
      for (let piece = 0; piece + 1 < edges.length; piece++) {
        const from = edges[piece] ?? 0;
        const to = edges[piece + 1] ?? 0;
        const before = seen(from);
        const after = seen(to);
        steps.push({
          operation: 'e3x.chunks.receive',
          params: { session: '$session', bytes: toHex(bytes.slice(from, to)), now },
          expect: { ok: { transmit: [], events: after.events.slice(before.events.length), timeoutAt: after.open ? now + ageMs : null } },
          requirement: 'E3X-CHK-011',
        });
      }
      batch.addSteps(
        `e3x.chunks/recut/${name}/${i === 0 ? 'byte-by-byte' : `at-${String(at[0])}`}`,
        `the stream ${name} ${i === 0 ? 'byte by byte' : `cut at ${String(at[0])}`}`,
        'trace',
        'E3X-CHK-011',
        steps,
      );
    });
    /** What a stream read up to `end` has said, from the layout of the stream alone. */
    function seen(end: number): { events: JsonObject[]; open: boolean } {
      const decoding = oracle.wire.decode('e3x.chunk-stream', bytes.slice(0, end));
      if (decoding.kind !== 'ok') throw new Error('a chunk stream always decodes');
      const events: JsonObject[] = [];
      let buffer = '';
      for (const chunk of decoding.fields.get('chunks') as readonly unknown[]) {
        const fragment = isMap(chunk as never)
          ? toHex((chunk as ReadonlyMap<string, Uint8Array>).get('fragment') ?? new Uint8Array(0))
          : '';
        if (fragment !== '') buffer += fragment;
        else if (buffer !== '') {
          const valid = oracle.answer('e3x.packet.decode', { packet: buffer }).kind === 'ok';
          events.push(valid ? { link: 0, type: 'packet', packet: buffer } : { link: 0, type: 'discarded', class: 'truncated' });
          buffer = '';
        }
      }
      return { events, open: buffer !== '' };
    }
  }
}
