/** The cases of headers: each field at its bounds, each rule next to what is allowed, and what the hash covers. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf, type AddRead } from '../../generate/reads.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { toHex } from '../../oracle/values.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { HELLO, headerByHand, LABEL_HASH, little, ownerOf, rootOf, signatureByHand, updateByHand } from './made.ts';

const ROOT = rootOf(Uint8Array.from(Buffer.from(HELLO, 'hex')));
const ENCODE = 'nexus.object.encode';
const OWNER = ownerOf(ALICE);
const other = (length: number): string => toHex(seededBytes('nexus-object', length));
const TTL_MAX = 2_592_000;

export function headerCases(batch: Batch): void {
  encodeCases(batch);
  readCases(batch);
  hashCases(batch);
  keyCases(batch);
  signCases(batch);
}

function encodeCases(batch: Batch): void {
  const usual: JsonObject = { contentType: 'immutable', created: '0', size: 5, priority: 'normal', minBandwidth: 0, merkleRoot: ROOT };
  const update: JsonObject = { ...usual, contentType: 'mutable', owner: OWNER, labelHash: LABEL_HASH, sequence: '1' };
  const add = (name: string, title: string, params: JsonObject, about: string, rejects?: string, base: JsonObject = usual): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: ENCODE,
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base }),
    });
  const without = (params: JsonObject, name: string): JsonObject =>
    Object.fromEntries(Object.entries(params).filter(([member]) => member !== name));
  add('hello', 'the immutable object of the known answers', usual, 'NXS-OBJ-002');
  add('mutable', 'a mutable object', update, 'NXS-OBJ-009');
  add('mutable-with-ttl', 'a mutable object that ends', { ...update, ttl: 60 }, 'NXS-OBJ-009');
  add('ephemeral', 'an ephemeral object', { ...usual, contentType: 'ephemeral', ttl: 60 }, 'NXS-OBJ-007');
  add('owned', 'an immutable object with an owner', { ...usual, owner: OWNER }, 'NXS-OBJ-001');
  for (const priority of ['critical', 'lazy']) add(priority, `a ${priority} object`, { ...usual, priority }, 'NXS-OBJ-004');
  for (const created of ['1', '256', '18446744073709551615'])
    add(`created-${created}`, `created ${created}`, { ...usual, created }, 'NXS-OBJ-002');
  for (const sequence of ['0', '256', '18446744073709551615'])
    add(`sequence-${sequence}`, `the sequence number ${sequence}`, { ...update, sequence }, 'NXS-OBJ-009');
  for (const size of [0, 255, 256, 4095, 4096, 4_294_967_295])
    add(`size-${String(size)}`, `${String(size)} bytes`, { ...usual, size }, 'NXS-OBJ-002');
  for (const minBandwidth of [255, 256, 10_000, 4_294_967_295])
    add(`bandwidth-${String(minBandwidth)}`, `${String(minBandwidth)} bit/s`, { ...usual, minBandwidth }, 'NXS-OBJ-002');
  for (const ttl of [1, 255, 256, TTL_MAX]) add(`ttl-${String(ttl)}`, `a ttl of ${String(ttl)} s`, { ...usual, ttl }, 'NXS-OBJ-008');
  for (const ttl of [0, TTL_MAX + 1, 4_294_967_295])
    add(`ttl-${String(ttl)}`, `a ttl of ${String(ttl)} s`, { ...usual, ttl }, 'NXS-OBJ-008', 'malformed', { ...usual, ttl: 1 });
  add('mutable-without-owner', 'a mutable object without an owner', without(update, 'owner'), 'NXS-OBJ-006', 'malformed', update);
  add('ephemeral-without-ttl', 'an ephemeral object without a ttl', { ...usual, contentType: 'ephemeral' }, 'NXS-OBJ-007', 'malformed', {
    ...usual,
    contentType: 'ephemeral',
    ttl: 60,
  });
  add('mutable-without-label', 'an update without a label', without(update, 'labelHash'), 'NXS-OBJ-009', 'malformed', update);
  add('mutable-without-sequence', 'an update without a number', without(update, 'sequence'), 'NXS-OBJ-009', 'malformed', update);
  add('immutable-with-label', 'a label of an immutable object', { ...usual, labelHash: LABEL_HASH }, 'NXS-OBJ-009', 'malformed');
  add('immutable-with-sequence', 'a number of an immutable object', { ...usual, sequence: '1' }, 'NXS-OBJ-009', 'malformed');
  for (const length of [0, 15, 17])
    add(
      `owner-of-${String(length)}`,
      `an owner of ${String(length)} bytes`,
      { ...usual, owner: other(length) },
      'NXS-OBJ-002',
      'malformed',
      {
        ...usual,
        owner: OWNER,
      },
    );
  for (const length of [0, 31, 33]) {
    add(
      `root-of-${String(length)}`,
      `a root of ${String(length)} bytes`,
      { ...usual, merkleRoot: other(length) },
      'NXS-OBJ-002',
      'malformed',
    );
    add(
      `label-of-${String(length)}`,
      `a label of ${String(length)} bytes`,
      { ...update, labelHash: other(length) },
      'NXS-OBJ-009',
      'malformed',
      update,
    );
  }
}

/** Headers of every kind, by what reads them. */
function readCases(batch: Batch): void {
  const decode = readsOf(batch, 'nexus.object.decode', 'header', headerByHand({}));
  const update = readsOf(batch, 'nexus.object.decode', 'header', updateByHand({}));
  const owned = readsOf(batch, 'nexus.object.decode', 'header', headerByHand({ owner: `01${OWNER}` }));
  const ending = readsOf(batch, 'nexus.object.decode', 'header', headerByHand({ ttl: '013c000000' }));
  acceptedHeaders(decode);
  for (const version of ['00', '02', 'ff'])
    decode(`version-${version}`, `the version ${version}`, headerByHand({ version }), 'NXS-OBJ-003', 'unsupported');
  for (const contentType of ['03', '80', 'ff'])
    decode(`type-${contentType}`, `the content type ${contentType}`, headerByHand({ contentType }), 'NXS-OBJ-004', 'malformed');
  for (const priority of ['03', 'ff'])
    decode(`priority-${priority}`, `the priority ${priority}`, headerByHand({ priority }), 'NXS-OBJ-004', 'malformed');
  for (const option of ['02', 'ff']) {
    owned(`owner-${option}`, `an owner after ${option}`, headerByHand({ owner: `${option}${OWNER}` }), 'NXS-OBJ-005', 'malformed');
    ending(`ttl-option-${option}`, `a ttl after ${option}`, headerByHand({ ttl: `${option}3c000000` }), 'NXS-OBJ-005', 'malformed');
  }
  update('mutable-without-owner', 'a mutable object without an owner', updateByHand({ owner: '00' }), 'NXS-OBJ-006', 'malformed');
  ending('ephemeral-without-ttl', 'an ephemeral object without a ttl', headerByHand({ contentType: '02' }), 'NXS-OBJ-007', 'malformed');
  for (const ttl of [0, TTL_MAX + 1, 4_294_967_295])
    ending(`ttl-${String(ttl)}`, `a ttl of ${String(ttl)} s`, headerByHand({ ttl: `01${little(ttl, 4)}` }), 'NXS-OBJ-008', 'malformed');
  const full = updateByHand({ ttl: `01${little(60, 4)}` });
  for (let cut = 0; cut < full.length / 2; cut++)
    update(`cut-at-${String(cut)}`, `${String(cut)} bytes`, full.slice(0, 2 * cut), 'NXS-OBJ-010', 'truncated');
  decode('a-byte-more', 'a byte after the root', `${headerByHand({})}00`, 'NXS-OBJ-010', 'trailing');
  decode(
    'label-of-immutable',
    'an immutable object with label and number',
    headerByHand({ more: updateByHand({}).slice(-80) }),
    'NXS-OBJ-010',
    'trailing',
  );
  update('a-byte-more-after-number', 'a byte after the sequence number', `${updateByHand({})}00`, 'NXS-OBJ-010', 'trailing');
  const front = readsOf(batch, 'nexus.object.front', 'bytes', headerByHand({}));
  front('hello', 'a header alone', headerByHand({}), 'NXS-OBJ-009');
  front('with-more', 'a header and something else', `${headerByHand({})}0048656c6c6f`, 'NXS-OBJ-009');
  front('update-with-more', 'the header of an update and something else', `${updateByHand({})}ff`, 'NXS-OBJ-009');
}

function acceptedHeaders(decode: AddRead): void {
  decode('hello', 'the immutable object of the known answers', headerByHand({}), 'NXS-OBJ-001');
  decode('mutable', 'a mutable object', updateByHand({}), 'NXS-OBJ-009');
  decode('mutable-of-bob', 'a mutable object of another', updateByHand({ sequence: '18446744073709551615' }, BOB), 'NXS-OBJ-009');
  decode('ephemeral', 'an ephemeral object', headerByHand({ contentType: '02', ttl: '013c000000' }), 'NXS-OBJ-007');
  decode('owned', 'an immutable object with an owner', headerByHand({ owner: `01${OWNER}` }), 'NXS-OBJ-001');
  decode(
    'everything',
    'owner and ttl',
    headerByHand({ contentType: '02', owner: `01${OWNER}`, ttl: '0101000000', created: little(1n << 40n, 8) }),
    'NXS-OBJ-001',
  );
  decode('longest-ttl', 'a ttl of 30 days', headerByHand({ ttl: `01${little(TTL_MAX, 4)}` }), 'NXS-OBJ-008');
  for (const priority of ['00', '02'])
    decode(`priority-${priority}`, `the priority ${priority}`, headerByHand({ priority }), 'NXS-OBJ-004');
  for (const size of [0, 256, 4_294_967_295])
    decode(`size-${String(size)}`, `${String(size)} bytes`, headerByHand({ size: little(size, 4) }), 'NXS-OBJ-001');
  decode('bandwidth', '10,000 bit/s', headerByHand({ minBandwidth: little(10_000, 4) }), 'NXS-OBJ-001');
}

function hashCases(batch: Batch): void {
  const hash = readsOf(batch, 'nexus.object.hash', 'header', headerByHand({}));
  hash('hello', 'the immutable object of the known answers', headerByHand({}), 'NXS-OBJ-011');
  hash('mutable', 'an update', updateByHand({}), 'NXS-OBJ-011');
  hash('next-update', 'the next update', updateByHand({ sequence: '2' }), 'NXS-OBJ-011');
  hash('priority', 'another priority', headerByHand({ priority: '02' }), 'NXS-OBJ-011');
  hash('root', 'another root', headerByHand({ root: other(32) }), 'NXS-OBJ-011');
  hash('payload-after-it', 'the content after the header', `${headerByHand({})}${HELLO}`, 'NXS-OBJ-010', 'trailing');
}

function keyCases(batch: Batch): void {
  const label = (name: string, title: string, text: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: 'nexus.object.label',
      params: { label: text },
      about: 'NXS-OBJ-013',
      ...(rejects === undefined ? { accepts: true } : { rejects, base: { label: 'mailbox' } }),
    });
  label('mailbox', 'the label of mailboxes', 'mailbox');
  label('empty', 'an empty label', '');
  label('utf-8', 'characters of one to four bytes', 'aé€😀');
  label('composed', 'é in two characters', 'e\u0301');
  label('bom', 'a byte order mark in front is part of the label', '\ufeffmailbox');
  label('nul', 'a label with NUL', 'mail\0box', 'malformed');
  label('half', 'half of a surrogate pair', 'mail\ud83d', 'malformed');
  const key = (name: string, title: string, owner: string, labelHash: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: 'nexus.object.key',
      params: { owner, labelHash },
      about: 'NXS-OBJ-012',
      ...(rejects === undefined ? { accepts: true } : { rejects, base: { owner: OWNER, labelHash: LABEL_HASH } }),
    });
  key('mailbox', "Alice's mailbox", OWNER, LABEL_HASH);
  key('mailbox-of-bob', "Bob's mailbox", ownerOf(BOB), LABEL_HASH);
  key('other-label', 'another label', OWNER, other(32));
  for (const length of [0, 15, 17])
    key(`owner-of-${String(length)}`, `an owner of ${String(length)} bytes`, other(length), LABEL_HASH, 'malformed');
  for (const length of [0, 31, 33])
    key(`label-of-${String(length)}`, `a label of ${String(length)} bytes`, OWNER, other(length), 'malformed');
  key('shifted', 'a byte of the owner in the label', OWNER.slice(0, -2), `${OWNER.slice(-2)}${LABEL_HASH}`, 'malformed');
}

function signCases(batch: Batch): void {
  const usual = { seed: ALICE.seed, header: updateByHand({}) };
  const sign = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: 'nexus.object.sign',
      params: { ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base: usual }),
    });
  sign('update', 'an update', {}, 'NXS-OBJ-015');
  sign('bob', 'an update of another', { seed: BOB.seed, header: updateByHand({}, BOB) }, 'NXS-OBJ-015');
  sign('not-owner', 'by another than the owner', { seed: BOB.seed }, 'NXS-OBJ-016', 'mismatch');
  sign('immutable', 'an immutable object', { header: headerByHand({ owner: `01${OWNER}` }) }, 'NXS-OBJ-015', 'malformed');
  sign('no-header', 'what is no header', { header: '02' }, 'NXS-OBJ-003', 'unsupported');
  sign('short-seed', 'a seed of 31 bytes', { seed: other(31) }, 'NXS-IDN-002', 'malformed');
  sign(
    'signed-already',
    'what is signed already',
    { header: `${usual.header}${signatureByHand(usual.header)}` },
    'NXS-OBJ-010',
    'trailing',
  );
}
