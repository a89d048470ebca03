/** The cases of payloads in CBOR (z 1). */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { packetOfJson } from '../packet/build.ts';
import { back, ENCODE, type Read, type Refuse } from './cases.ts';

const textItem = (text: string): string => {
  const bytes = Buffer.from(text, 'utf8');
  return (
    (bytes.length < 24 ? (0x60 + bytes.length).toString(16) : `78${bytes.length.toString(16).padStart(2, '0')}`) + bytes.toString('hex')
  );
};
const bytesItem = (hex: string): string =>
  (hex.length < 48 ? (0x40 + hex.length / 2).toString(16) : `58${(hex.length / 2).toString(16).padStart(2, '0')}`) + hex;

export function cborRead(read: Read): void {
  read('published-open', 'the first example of the source', 1, '01646f70656e', 'E3X-CMP-009');
  read('published-acks', 'the second example of the source', 1, '02168414010214', 'E3X-CMP-009');
  for (const [name, c] of [
    ['1', '01'],
    ['23', '17'],
    ['24', '1818'],
    ['255', '18ff'],
    ['256', '190100'],
    ['65536', '1a00010000'],
    ['greatest', '1affffffff'],
  ] as const)
    read(`c-${name}`, `channel ${name}`, 1, c, 'E3X-CMP-005');
  const all = `01${bytesItem(packetOfJson({ end: true }, 'beef'))}a1${textItem('k')}05${textItem('t')}07${'820301'}`;
  read('every-item', 'every possible item, in order', 1, all, 'E3X-CMP-006');
  read('map-alone', 'a map alone', 1, `01a1${textItem('k')}${textItem('v')}`, 'E3X-CMP-006');
  read('array-alone', 'an array alone', 1, '018100', 'E3X-CMP-006');
  read('seq-alone', 'an unsigned integer alone', 1, '0100', 'E3X-CMP-006');
  read('source-body-only', 'a byte string with a packet without HEAD', 1, `01${bytesItem('0000aabb')}`, 'E3X-CMP-007');
  read('source-empty-packet', 'a byte string with the empty packet', 1, `01${bytesItem('0000')}`, 'E3X-CMP-007');
  read(
    'source-spaces',
    'a source whose JSON has spaces',
    1,
    `01${bytesItem(`000c${Buffer.from('{"x" : true}').toString('hex')}`)}`,
    'E3X-CMP-007',
  );
  read(
    'source-replaced',
    'items replace members of the source',
    1,
    [
      '01',
      bytesItem(packetOfJson({ c: 9, type: 'old', seq: 8, ack: 8, miss: [8], k: 'old', other: null })),
      `a1${textItem('k')}${textItem('new')}`,
      textItem('new'),
      '07',
      '820301',
    ].join(''),
    'E3X-CMP-007',
  );
  read(
    'source-keeps',
    'members of the source without a later item stay',
    1,
    `01${bytesItem(packetOfJson({ c: 9, type: 'old', seq: 8, miss: [8] }))}${'8103'}`,
    'E3X-CMP-007',
  );
  read('map-empty', 'an empty map', 1, '01a0', 'E3X-CMP-008');
  read('map-unordered', 'the order of a map does not matter', 1, `01a2${textItem('b')}01${textItem('a')}02`, 'E3X-CMP-008');
  read(
    'map-integers',
    'integers at the edges',
    1,
    `01a4${textItem('a')}1b001fffffffffffff${textItem('b')}3b001ffffffffffffe${textItem('c2')}20${textItem('d')}00`,
    'E3X-CMP-008',
  );
  read(
    'map-texts',
    'keys and values of any text',
    1,
    `01a2${textItem('')}${textItem('')}${textItem('ключ')}${textItem('値 ☃ 🚀')}`,
    'E3X-CMP-008',
  );
  read('map-proto', 'a key named __proto__', 1, `01a1${textItem('__proto__')}01`, 'E3X-CMP-008');
  read('seq-greatest', 'the greatest seq', 1, '011affffffff', 'E3X-CMP-009');
  read('ack-greatest', 'the greatest ack and miss', 1, '01821affffffff1affffffff', 'E3X-CMP-009');
  read('ack-without-miss', 'an ack without miss', 1, '018118ff', 'E3X-CMP-009');
}

export function cborRefused(refuse: Refuse): void {
  for (const [name, first] of [
    ['zero', '00'],
    ['beyond-32-bits', '1b0000000100000000'],
    ['negative', '20'],
    ['text', '6131'],
    ['bytes', '4101'],
    ['array', '8101'],
    ['map', 'a0'],
  ] as const)
    refuse(`c-${name}`, `first item: ${name}`, 1, first, 'E3X-CMP-005');
  const places: [string, string][] = [
    ['map-before-bytes', `a0${bytesItem('0000')}`],
    ['text-before-map', '6174a0'],
    ['seq-before-text', '076174'],
    ['array-before-seq', '810307'],
    ['bytes-twice', `${bytesItem('0000')}${bytesItem('0000')}`],
    ['map-twice', 'a0a0'],
    ['text-twice', '61746174'],
    ['seq-twice', '0708'],
    ['array-twice', '81038103'],
    ['bytes-last', `8103${bytesItem('0000')}`],
    ['negative-as-seq', '20'],
  ];
  for (const [name, items] of places) refuse(name, `items out of place: ${name}`, 1, `01${items}`, 'E3X-CMP-006');
  for (const [name, source] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '0005aa'],
    ['binary-head', '00013a'],
    ['head-of-six', `0006${Buffer.from('{"":1}').toString('hex')}`],
    ['no-json', `0007${Buffer.from('{"a":1,').toString('hex')}`],
    ['no-object', `0007${Buffer.from('[1,2,3]').toString('hex')}`],
  ] as const)
    refuse(`source-${name}`, `the byte string is not a valid source packet: ${name}`, 1, `01${bytesItem(source)}`, 'E3X-CMP-007');
  const maps: [string, string][] = [
    ['integer-key', 'a10102'],
    ['bytes-key', 'a1416102'],
    ['array-value', 'a1616b8101'],
    ['map-value', 'a1616ba0'],
    ['bytes-value', 'a1616b4101'],
    ['key-twice', 'a2616b01616b02'],
    ['value-beyond', 'a1616b1b0020000000000000'],
    ['value-far-beyond', 'a1616b1bffffffffffffffff'],
    ['value-below', 'a1616b3b001fffffffffffff'],
    ...['c', 'type', 'seq', 'ack', 'miss'].map((name): [string, string] => [`own-${name}`, `a1${textItem(name)}01`]),
  ];
  for (const [name, map] of maps) refuse(`map-${name}`, `a map: ${name}`, 1, `01${map}`, 'E3X-CMP-008');
  for (const [name, items] of [
    ['seq-beyond', '1b0000000100000000'],
    ['array-empty', '80'],
    ['ack-beyond', '811b0000000100000000'],
    ['ack-negative', '8120'],
    ['miss-beyond', '82031b0000000100000000'],
    ['miss-text', '82036131'],
    ['miss-array', '82038101'],
    ['ack-bytes', '814101'],
  ] as const)
    refuse(name, `seq, ack or miss: ${name}`, 1, `01${items}`, 'E3X-CMP-009');
  for (const [name, payload] of [
    ['c-in-two', '1801'],
    ['c-in-three', '1900ff'],
    ['c-in-five', '1a0000ffff'],
    ['c-in-nine', '1b00000000ffffffff'],
    ['seq-in-two', '011817'],
    ['text-length', '01780174'],
    ['bytes-length', '0158020000'],
    ['map-length', '01b800'],
    ['array-length', '01980103'],
    ['negative-in-map', '01a1616b3800'],
  ] as const)
    refuse(name, `not the fewest bytes: ${name}`, 1, payload, 'E3X-CMP-010', 'non-canonical');
  for (const [name, item] of [
    ['bytes-indefinite', '5f420000ff'],
    ['text-indefinite', '7f6174ff'],
    ['map-indefinite', 'bf616b01ff'],
    ['array-indefinite', '9f03ff'],
    ['tag', 'c107'],
    ['true', 'f5'],
    ['null', 'f6'],
    ['undefined', 'f7'],
    ['simple', 'f820'],
    ['float-16', 'f93c00'],
    ['float-32', 'fa3f800000'],
    ['float-64', 'fb3ff0000000000000'],
    ['break', 'ff'],
    ['reserved', '1c'],
    ['no-utf8', '61ff'],
    ['overlong-utf8', '62c0af'],
  ] as const)
    refuse(name, `an item that is not allowed: ${name}`, 1, `01${item}`, 'E3X-CMP-011');
  refuse('c-float', 'a channel id of 1.0', 1, 'f93c00', 'E3X-CMP-011');
  refuse('map-value-true', 'a value of true in a map', 1, '01a1616bf5', 'E3X-CMP-008');
  refuse('map-value-null', 'a value of null in a map', 1, '01a1616bf6', 'E3X-CMP-008');
  for (const [name, payload] of [
    ['empty', ''],
    ['c-cut', '18'],
    ['c-cut-in-five', '1a000001'],
    ['text-cut', '01627a'],
    ['bytes-cut', '01430000'],
    ['map-without-value', '01a1616b'],
    ['map-without-key', '01a1'],
    ['array-cut', '018203'],
    ['seq-cut', '0119ff'],
  ] as const)
    refuse(name, `the payload ends early: ${name}`, 1, payload, 'E3X-CMP-012', 'truncated');
  for (const [name, items] of [
    ['type-empty', '60'],
    ['surrogate-like', `a1${textItem('k')}63efbfbe`],
    ['source-type-number', bytesItem(packetOfJson({ type: 7 }))],
  ] as const)
    refuse(name, `the result is not a channel packet: ${name}`, 1, `01${items}`, 'E3X-CMP-003');
}

export function cborWritten(oracle: Oracle, batch: Batch, write: Read): void {
  const cases: [string, JsonObject, string?][] = [
    ['published-open', { c: 1, type: 'open' }],
    ['published-acks', { c: 2, seq: 22, ack: 20, miss: [1, 2, 20] }],
    ['smallest', { c: 1 }],
    ['greatest', { c: 4_294_967_295, seq: 4_294_967_295, ack: 4_294_967_295, miss: [4_294_967_295] }],
    ['zeros', { c: 1, seq: 0, ack: 0, miss: [0] }],
    ['end', { c: 1, end: true }],
    ['body', { c: 1 }, '00ff'],
    ['end-and-body', { c: 1, end: true, type: 'x' }, 'ff'],
    ['err', { c: 7, err: 'no' }],
    ['map-order', { 'c': 1, 'bb': 1, 'a': 2, 'aaa': 'x', 'b': 3, '': 4 }],
    ['map-values', { c: 1, t: 'text', i: -1, max: 9_007_199_254_740_991, min: -9_007_199_254_740_991, zero: 0 }],
    ['every-item', { c: 3, type: 't', seq: 1, ack: 2, miss: [3], end: true, k: 'v' }, 'aa'],
    ['rest-kinds', { c: 1, t: true, f: false, n: null, l: [1, 'a'], o: { x: 1 }, half: 0.5 }],
    ['seq-too-great', { c: 1, seq: 4_294_967_296 }],
    ['seq-negative', { c: 1, seq: -1 }],
    ['seq-text', { c: 1, seq: '1' }],
    ['ack-text', { c: 1, ack: '1', miss: [1] }],
    ['miss-empty', { c: 1, ack: 1, miss: [] }],
    ['miss-without-ack', { c: 1, miss: [1, 2] }],
    ['miss-text', { c: 1, ack: 1, miss: ['1'] }],
    ['ack-without-miss', { c: 1, ack: 7 }],
    ['unicode', { c: 1, ключ: '値 ☃ 🚀' }],
    ['long-text', { c: 1, k: 'x'.repeat(300) }],
    ['long-type', { c: 1, type: 'y'.repeat(24) }],
  ];
  for (const [name, json, body] of cases) {
    const inner = packetOfJson(json, body);
    write(name, `a packet as CBOR: ${name}`, 1, inner, 'E3X-CMP-013');
    back(oracle, batch, 1, name, inner, json, body ?? '');
  }
  for (const [name, packet] of [
    ['empty', ''],
    ['no-head', '0000'],
    ['no-id', packetOfJson({ type: 'x' })],
    ['id-zero', packetOfJson({ c: 0, x: 1 })],
    ['type-number', packetOfJson({ c: 1, type: 1 })],
  ] as const)
    for (const z of [0, 1, 2])
      batch.add({
        name: `z${String(z)}/no-channel-packet-${name}`,
        title: `not a channel packet: ${name}`,
        kind: 'range',
        operation: ENCODE,
        params: { z, inner: packet },
        about: 'E3X-CMP-003',
        rejects: 'malformed',
      });
}
