/** The cases of OBJECT: how a content comes at each size, what is signed, and what is verified. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { smallOrderEncodings } from '../identity/odd-points.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { counted, HELLO, headerByHand, headerHash, little, ownerOf, rootOf, signatureByHand, updateByHand } from './made.ts';

const AGE = '07000000';
const other = (length: number): string => toHex(seededBytes('nexus-object', length));
/** A header of some bytes. */
const headerOf = (content: Uint8Array): string => headerByHand({ size: little(content.length, 4), root: rootOf(content) });
const hello = headerByHand({});
const update = updateByHand({});
const inlineUpdate = (header = update, signature = signatureByHand(header)): string => `${AGE}${header}${signature}00${HELLO}`;

export function objectCases(batch: Batch): void {
  writeCases(batch);
  readCases(batch);
  sizeCases(batch);
  signatureCases(batch);
  bandwidthCases(batch);
}

function writeCases(batch: Batch): void {
  const usual: JsonObject = { age: 7, header: hello, payload: 'inline', content: HELLO };
  const signed: JsonObject = {
    ...usual,
    header: update,
    publicKey: ALICE.publicKey,
    signature: signatureByHand(update).slice(64),
  };
  const add = (name: string, title: string, params: JsonObject, about: string, rejects?: string, base: JsonObject = usual): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: 'nexus.object.write',
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base }),
    });
  const without = (params: JsonObject, name: string): JsonObject =>
    Object.fromEntries(Object.entries(params).filter(([member]) => member !== name));
  add('hello', 'an object that comes with its content', usual, 'NXS-OBJ-017');
  add('withheld', 'hash and metadata alone', without({ ...usual, payload: 'withheld' }, 'content'), 'NXS-OBJ-018');
  add('update', 'an update', signed, 'NXS-OBJ-015');
  add('update-withheld', 'an update without its content', without({ ...signed, payload: 'withheld' }, 'content'), 'NXS-OBJ-015');
  for (const age of [0, 255, 256, 4_294_967_295]) add(`age-${String(age)}`, `an age of ${String(age)} s`, { ...usual, age }, 'NXS-OBJ-017');
  add('unsigned-update', 'an update without a signature', without(signed, 'signature'), 'NXS-OBJ-015', 'malformed', signed);
  add('update-without-key', 'an update without a key', without(signed, 'publicKey'), 'NXS-OBJ-015', 'malformed', signed);
  add('signed-immutable', 'an immutable object with key and signature', { ...signed, header: hello }, 'NXS-OBJ-015', 'malformed', signed);
  add('key-of-immutable', 'an immutable object with a key', { ...usual, publicKey: ALICE.publicKey }, 'NXS-OBJ-015', 'malformed');
  add(
    'withheld-content',
    'a content that is withheld',
    { ...usual, payload: 'withheld' },
    'NXS-OBJ-020',
    'malformed',
    without({ ...usual, payload: 'withheld' }, 'content'),
  );
  add('chunked-hello', 'five bytes in chunks', without({ ...usual, payload: 'chunked' }, 'content'), 'NXS-OBJ-019', 'malformed');
  add('no-content', 'a content that is missing', without(usual, 'content'), 'NXS-OBJ-020', 'truncated');
  add('long-content', 'a content that is too long', { ...usual, content: `${HELLO}00` }, 'NXS-OBJ-020', 'trailing');
  add('other-content', 'another content', { ...usual, content: '68656c6c70' }, 'NXS-OBJ-021', 'mismatch');
  add('other-key', 'the key of another', { ...signed, publicKey: BOB.publicKey }, 'NXS-OBJ-016', 'mismatch', signed);
  add(
    'other-signature',
    'the signature of another update',
    { ...signed, signature: signatureByHand(updateByHand({ sequence: '2' })).slice(64) },
    'NXS-OBJ-014',
    'unauthenticated',
    signed,
  );
  for (const length of [0, 63, 65])
    add(
      `signature-of-${String(length)}`,
      `a signature of ${String(length)} bytes`,
      { ...signed, signature: other(length) },
      'NXS-OBJ-015',
      'malformed',
      signed,
    );
  add('key-of-31', 'a key of 31 bytes', { ...signed, publicKey: ALICE.publicKey.slice(2) }, 'NXS-OBJ-015', 'malformed', signed);
}

function readCases(batch: Batch): void {
  const right = `${AGE}${hello}00${HELLO}`;
  const read = readsOf(batch, 'nexus.object.read', 'body', right);
  const withheld = readsOf(batch, 'nexus.object.read', 'body', `${AGE}${hello}02`);
  const signed = readsOf(batch, 'nexus.object.read', 'body', inlineUpdate());
  read('hello', 'an object with its content', right, 'NXS-OBJ-017');
  read('withheld', 'hash and metadata alone', `${AGE}${hello}02`, 'NXS-OBJ-018');
  for (const age of ['00000000', '00010000', 'ffffffff']) read(`age-${age}`, `an age of ${age}`, `${age}${hello}00${HELLO}`, 'NXS-OBJ-017');
  for (const kind of ['03', '80', 'ff'])
    read(`kind-${kind}`, `a content that comes as ${kind}`, `${AGE}${hello}${kind}${HELLO}`, 'NXS-OBJ-018', 'malformed');
  read('chunked', 'five bytes in chunks', `${AGE}${hello}01`, 'NXS-OBJ-019', 'malformed');
  for (const cut of [0, 1, 3]) read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-OBJ-017', 'truncated');
  read('header-cut', 'a header that ends early', right.slice(0, 2 * 40), 'NXS-OBJ-010', 'truncated');
  read('no-payload', 'nothing after the header', `${AGE}${hello}`, 'NXS-OBJ-017', 'truncated');
  for (const length of [0, 4])
    read(
      `content-of-${String(length)}`,
      `${String(length)} of 5 bytes`,
      `${AGE}${hello}00${HELLO.slice(0, 2 * length)}`,
      'NXS-OBJ-020',
      'truncated',
    );
  read('content-of-6', '6 of 5 bytes', `${right}00`, 'NXS-OBJ-020', 'trailing');
  withheld('withheld-and-content', 'a content that is withheld', `${AGE}${hello}02${HELLO}`, 'NXS-OBJ-020', 'trailing');
  for (const [name, content] of [
    ['first-byte', '69656c6c6f'],
    ['last-byte', '68656c6c70'],
  ] as const)
    read(`other-${name}`, `another ${name.replace('-', ' ')}`, `${AGE}${hello}00${content}`, 'NXS-OBJ-021', 'mismatch');
  read('version-2', 'a header of another version', `${AGE}${headerByHand({ version: '02' })}00${HELLO}`, 'NXS-OBJ-003', 'unsupported');
  const full = inlineUpdate();
  const start = 4 + update.length / 2;
  for (const cut of [start, start + 31, start + 32, start + 95])
    signed(`update-cut-at-${String(cut)}`, `${String(cut)} bytes of an update`, full.slice(0, 2 * cut), 'NXS-OBJ-017', 'truncated');
  signed('update-without-payload', 'nothing after the signature', full.slice(0, 2 * (start + 96)), 'NXS-OBJ-017', 'truncated');
}

/** Contents of 4,095, 4,096, 8,192 and 8,193 bytes, and of none, in each way that they could come. */
function sizeCases(batch: Batch): void {
  for (const length of [0, 1, 4095, 4096, 4097, 8192, 8193]) {
    const content = counted(length);
    const header = headerOf(content);
    const isSmall = length < 4096;
    const right = `${AGE}${header}${isSmall ? `00${toHex(content)}` : '01'}`;
    const read = readsOf(batch, 'nexus.object.read', 'body', right);
    const name = String(length);
    const about = length === 4096 ? 'NXS-OBJ-022' : 'NXS-OBJ-019';
    read(`${name}-${isSmall ? 'inline' : 'chunked'}`, `${name} bytes ${isSmall ? 'inline' : 'in chunks'}`, right, about);
    read(`${name}-withheld`, `${name} bytes, withheld`, `${AGE}${header}02`, 'NXS-OBJ-022');
    if (isSmall) read(`${name}-chunked`, `${name} bytes in chunks`, `${AGE}${header}01`, 'NXS-OBJ-019', 'malformed');
    else {
      read(`${name}-inline`, `${name} bytes inline`, `${AGE}${header}00${toHex(content)}`, about, 'malformed');
      read(`${name}-kind-03`, `${name} bytes that come as 03`, `${AGE}${header}03`, 'NXS-OBJ-018', 'malformed');
    }
  }
}

function signatureCases(batch: Batch): void {
  const read = readsOf(batch, 'nexus.object.read', 'body', inlineUpdate());
  read('update', 'an update', inlineUpdate(), 'NXS-OBJ-014');
  read('update-withheld', 'an update without its content', `${AGE}${update}${signatureByHand(update)}02`, 'NXS-OBJ-014');
  const bobs = updateByHand({}, BOB);
  read('update-of-bob', 'an update of another', `${AGE}${bobs}${signatureByHand(bobs, BOB)}00${HELLO}`, 'NXS-OBJ-014');
  read('key-of-bob', 'the key and signature of another', inlineUpdate(update, signatureByHand(update, BOB)), 'NXS-OBJ-016', 'mismatch');
  const owner = ownerOf(ALICE);
  const last = `${owner.slice(0, -2)}${owner.endsWith('00') ? '01' : '00'}`;
  const similar = updateByHand({ owner: `01${last}` });
  read('owner-last-byte', 'an owner that differs in the last byte', inlineUpdate(similar), 'NXS-OBJ-016', 'mismatch');
  const refuse = (name: string, title: string, body: string, about = 'NXS-OBJ-014'): void =>
    read(name, title, body, about, 'unauthenticated');
  refuse('other-update', 'the signature of the next update', inlineUpdate(update, signatureByHand(updateByHand({ sequence: '2' }))));
  refuse(
    'other-purpose',
    'signed for another purpose',
    inlineUpdate(update, signatureByHand(update, ALICE, 'nexus-1 content')),
    'NXS-OBJ-015',
  );
  refuse(
    'header-signed',
    'the header is signed, not its hash',
    inlineUpdate(update, signatureByHand(update, ALICE, 'nexus-1 mutable', update)),
    'NXS-OBJ-015',
  );
  refuse(
    'content-signed',
    'hash and content are signed',
    inlineUpdate(update, signatureByHand(update, ALICE, 'nexus-1 mutable', `${headerHash(update)}${HELLO}`)),
    'NXS-OBJ-015',
  );
  const start = 4 + update.length / 2;
  for (const at of [start + 32, start + 95, 4 + update.length / 2 - 1]) {
    const bytes = fromHex(inlineUpdate());
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    refuse(`bit-of-byte-${String(at)}`, `a bit of byte ${String(at)} is another`, toHex(bytes));
  }
  for (const { hex } of smallOrderEncodings().slice(0, 2)) {
    const node = { seed: ALICE.seed, publicKey: hex };
    read(
      `small-order-${hex.slice(0, 4)}`,
      'a key of small order',
      inlineUpdate(update, signatureByHand(update, node)),
      'NXS-OBJ-016',
      'mismatch',
    );
  }
}

function bandwidthCases(batch: Batch): void {
  const travels = (bottleneck: number, minBandwidth: number, about: string): void =>
    batch.add({
      name: `${String(bottleneck)}-${String(minBandwidth)}`,
      title: `code ${String(bottleneck)} and ${String(minBandwidth)} bit/s`,
      kind: 'boundary',
      operation: 'nexus.object.travels',
      params: { bottleneck, minBandwidth },
      about,
      accepts: true,
    });
  // Codes: 10,000 bit/s is 106, 1,074 is 81, 1,000 is 80, 10^6 is 159. Bandwidths of one code or the next are told apart by
  // codes alone.
  for (const [bottleneck, minBandwidth] of [
    [0, 0],
    [255, 0],
    [81, 10_000],
    [180, 10_000],
    [80, 1_000_000],
    [255, 1_000_000],
  ] as const)
    travels(bottleneck, minBandwidth, 'NXS-XFR-009');
  for (const [bottleneck, minBandwidth] of [
    [0, 1],
    [0, 2],
    [105, 10_000],
    [106, 10_000],
    [107, 10_000],
    [80, 1074],
    [81, 1074],
    [80, 1000],
    [158, 1_000_000],
    [159, 1_000_000],
    [254, 4_294_967_295],
    [255, 4_294_967_295],
  ] as const)
    travels(bottleneck, minBandwidth, 'NXS-XFR-019');
  for (const bitsPerSecond of ['0', '1074', '9999', '10000', '10001', '999999', '1000000', '1000001', '18446744073709551615'])
    batch.add({
      name: bitsPerSecond,
      title: `${bitsPerSecond} bit/s`,
      kind: 'boundary',
      operation: 'nexus.object.hint',
      params: { bitsPerSecond },
      about: 'NXS-XFR-010',
      accepts: true,
    });
}
