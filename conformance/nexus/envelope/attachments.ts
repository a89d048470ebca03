/** The cases of attachments: what a content says of one, and the object that holds it. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { wireCases } from '../../generate/wire.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex, type Value } from '../../oracle/values.ts';
import { utf8Hex } from './made.ts';

const [WRITE, READ, SEAL, OPEN] = [
  'nexus.attachment.write',
  'nexus.attachment.read',
  'nexus.attachment.seal',
  'nexus.attachment.open',
] as const;
const HASH = toHex(seededBytes('nexus-object', 32));
const KEY = toHex(seededBytes('nexus-attachment-key', 32));
const usual = { objectHash: HASH, size: 4096, key: KEY, mediaType: 'image/jpeg', name: 'a.jpg' };

export function attachmentCases(oracle: Oracle, batch: Batch): void {
  writeCases(batch);
  readCases(oracle, batch);
  payloadCases(oracle, batch);
}

function writeCases(batch: Batch): void {
  const add = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: WRITE,
      params: { ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base: usual }),
    });
  add('usual', 'a picture', {}, 'NXS-CNT-007');
  for (const size of [0, 1, 255, 256, 65_535, 65_536, 16_909_060, 4_294_967_295])
    add(`size-${String(size)}`, `${String(size)} bytes`, { size }, 'NXS-CNT-007');
  add('empty-strings', 'neither media type nor name', { mediaType: '', name: '' }, 'NXS-CNT-007');
  add('name-of-256', 'a name of 256 bytes', { name: 'n'.repeat(256) }, 'NXS-CNT-007');
  add('name-of-65535', 'the longest name', { name: 'n'.repeat(65_535) }, 'NXS-CNT-007');
  add('name-of-65536', 'a name one byte too long', { name: 'n'.repeat(65_536) }, 'NXS-CNT-007', 'limit');
  add('media-type-of-65535', 'the longest media type', { mediaType: 'm'.repeat(65_535) }, 'NXS-CNT-007');
  add('media-type-of-65536', 'a media type one byte too long', { mediaType: 'm'.repeat(65_536) }, 'NXS-CNT-007', 'limit');
  add('length-in-bytes', 'lengths count bytes and not characters', { name: 'é€😀' }, 'NXS-CNT-007');
  add('marks', 'strings that begin with a byte order mark', { mediaType: '\ufefftext', name: '\ufeffa' }, 'NXS-CNT-007');
  add('name-with-nul', 'a name with NUL', { name: 'a\0b' }, 'NXS-CNT-008', 'malformed');
  for (const [where, text] of [
    ['first', '\0a'],
    ['last', 'a\0'],
  ] as const) {
    add(`name-with-nul-${where}`, `a name with NUL, which is its ${where} character`, { name: text }, 'NXS-CNT-008', 'malformed');
    add(`media-type-with-nul-${where}`, 'the same in a media type', { mediaType: text }, 'NXS-CNT-008', 'malformed');
  }
  add('media-type-with-nul', 'a media type with NUL', { mediaType: '\0' }, 'NXS-CNT-008', 'malformed');
  for (const length of [31, 33]) {
    add(
      `hash-of-${String(length)}`,
      `a hash of ${String(length)} bytes`,
      { objectHash: toHex(seededBytes('nexus-object', length)) },
      'NXS-CNT-007',
      'malformed',
    );
    add(
      `key-of-${String(length)}`,
      `a key of ${String(length)} bytes`,
      { key: toHex(seededBytes('nexus-attachment-key', length)) },
      'NXS-CNT-007',
      'malformed',
    );
  }
}

function readCases(oracle: Oracle, batch: Batch): void {
  const right = String(resultOf(oracle, WRITE, usual)['body']);
  const add = readsOf(batch, READ, 'body', right);
  add('usual', 'a picture', right, 'NXS-CNT-007');
  const strings = (mediaType: string, name: string): string => {
    const one = (hex: string): string => `${Buffer.from([(hex.length / 2) & 255, hex.length >> 9]).toString('hex')}${hex}`;
    return `${right.slice(0, 136)}${one(mediaType)}${one(name)}`;
  };
  add('empty-strings', 'neither media type nor name', strings('', ''), 'NXS-CNT-007');
  add('marks', 'strings that begin with a byte order mark', strings('efbbbf74', 'efbbbf61'), 'NXS-CNT-007');
  add('greatest-size', 'the greatest size', `${right.slice(0, 64)}ffffffff${right.slice(72)}`, 'NXS-CNT-007');
  add('name-of-300', 'a name of 300 bytes', strings(utf8Hex('text/plain'), '6e'.repeat(300)), 'NXS-CNT-007');
  for (const [name, hex] of [
    ['nul', '610062'],
    ['nul-first', '0061'],
    ['nul-last', '6100'],
    ['mark-and-ff', 'efbbbfff'],
    ['ef', 'ef'],
    ['four-bytes-cut', 'f09f98'],
    ['c3', 'c3'],
    ['surrogate', 'eda080'],
    ['overlong', 'c080'],
  ] as const) {
    add(`name-${name}`, 'a name that is not text', strings(utf8Hex('text/plain'), hex), 'NXS-CNT-008', 'malformed');
    add(`media-type-${name}`, 'a media type that is not text', strings(hex, utf8Hex('a')), 'NXS-CNT-008', 'malformed');
  }
  const sample = new Map<string, Value>([
    ['objectHash', fromHex(HASH)],
    ['size', 4096n],
    ['key', fromHex(KEY)],
    ['mediaType', Uint8Array.from(Buffer.from('image/jpeg'))],
    ['name', Uint8Array.from(Buffer.from('a.jpg'))],
  ]);
  for (const one of wireCases(
    oracle,
    oracle.wire.layout('nexus.attachment'),
    sample,
    (_, length) => new Uint8Array(length).fill(0x6e),
    300,
  ))
    if (one.kind === 'truncation' || one.kind === 'trailing')
      add(one.name, one.title, toHex(one.bytes), 'NXS-CNT-007', one.kind === 'trailing' ? 'trailing' : 'truncated');
}

function payloadCases(oracle: Oracle, batch: Batch): void {
  for (const length of [0, 1, 63, 64, 65, 300]) {
    const data = toHex(seededBytes('nexus-attached', length));
    const params = { data, entropy: KEY };
    const title = `an attachment of ${String(length)} bytes`;
    const about = 'NXS-CNT-012';
    batch.add({ name: `of-${String(length)}`, title, kind: 'example', operation: SEAL, params, about, accepts: true });
    const payload = String(resultOf(oracle, SEAL, params)['payload']);
    const opening = { payload, key: KEY, size: length };
    batch.add({ name: `of-${String(length)}`, title, kind: 'example', operation: OPEN, params: opening, about, accepts: true });
    if (length !== 64) continue;
    const flipped = fromHex(payload);
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    const wrong: readonly (readonly [name: string, title: string, changes: JsonObject, rejects: string])[] = [
      ['size-less', 'a byte less than the payload holds', { size: 63 }, 'malformed'],
      ['size-more', 'a byte more than the payload holds', { size: 65 }, 'malformed'],
      ['size-with-tag', 'the size of the payload', { size: 80 }, 'malformed'],
      ['size-and-65536', 'the size, if its upper half is left out', { size: 64 + 65_536 }, 'malformed'],
      ['size-and-2-to-24', 'the size, if its highest byte is left out', { size: 64 + 2 ** 24 }, 'malformed'],
      ['payload-and-65536', 'a payload that is 65,536 bytes longer', { payload: `${payload}${'00'.repeat(65_536)}` }, 'malformed'],
      ['shorter-than-tag', 'a payload shorter than its tag', { payload: payload.slice(0, 30), size: 0 }, 'malformed'],
      ['key-of-31', 'a key of 31 bytes', { key: KEY.slice(2) }, 'malformed'],
      ['key-of-33', 'a key of 33 bytes', { key: `${KEY}00` }, 'malformed'],
      ['other-key', 'another key', { key: HASH }, 'unauthenticated'],
      ['bit-changed', 'a bit is another', { payload: toHex(flipped) }, 'unauthenticated'],
    ];
    for (const [name, what, changes, rejects] of wrong)
      batch.add({ name, title: what, kind: 'example', operation: OPEN, params: { ...opening, ...changes }, about, rejects, base: opening });
  }
}
