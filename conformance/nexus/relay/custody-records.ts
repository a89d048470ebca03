/** The cases of PUT, PUT_OK, PENDING and PENDING_LIST. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { ALICE } from '../identity/people.ts';
import { counted, headerByHand, HELLO, little, rootOf, signatureByHand, updateByHand } from '../object/made.ts';
import { CUSTODY_S_MAX, idsOf, listHash, NAMES, OBJECT, OBJECT_HASH, putByHand, putOkByHand, RELAY, WITHHELD } from './made.ts';
import { writesOf } from './written.ts';

const other = (length: number): string => toHex(seededBytes('nexus-relay', length));
const CHUNKED = `00000000${headerByHand({ size: little(4096, 4), root: rootOf(counted(4096)) })}01`;
const LARGE = 'ffffffff';

export function custodyRecordCases(batch: Batch): void {
  listCases(batch);
  putWrites(batch);
  putReads(batch);
  grantCases(batch);
  grantedCases(batch);
  pendingCases(batch);
  pendingListCases(batch);
}

/** Ids of which two neighbours differ in one byte alone. */
function close(at: number): string[] {
  const id = fromHex(NAMES[0] ?? '');
  return [1, 2].map((last) => toHex(id.map((byte, i) => (i === at ? last : byte))));
}

function listCases(batch: Batch): void {
  const add = writesOf(batch, 'nexus.put.list', { recipients: NAMES });
  add('two', 'a list of two', {}, 'NXS-PUT-007');
  add('one', 'a list of one', { recipients: NAMES.slice(0, 1) }, 'NXS-PUT-007');
  add('hundred', 'a list of 100', { recipients: idsOf(100) }, 'NXS-PUT-007');
  add('hundred-and-one', 'a list of 101', { recipients: idsOf(101) }, 'NXS-PUT-007', 'malformed');
  add('none', 'a list of nobody', { recipients: [] }, 'NXS-PUT-007', 'malformed');
  for (const length of [0, 15, 17, 32])
    add(`id-of-${String(length)}`, `an id of ${String(length)} bytes`, { recipients: [other(length)] }, 'NXS-PUT-007', 'malformed');
  for (const at of [0, 7, 15]) {
    add(`differ-at-${String(at)}`, `ids that differ in byte ${String(at)}`, { recipients: close(at) }, 'NXS-PUT-007');
    add(`turned-at-${String(at)}`, 'the higher id first', { recipients: close(at).reverse() }, 'NXS-PUT-003', 'non-canonical');
  }
  add('twice', 'one id twice', { recipients: [NAMES[0] ?? '', NAMES[0] ?? ''] }, 'NXS-PUT-003', 'non-canonical');
}

function putWrites(batch: Batch): void {
  const add = writesOf(batch, 'nexus.put.write', { recipients: NAMES, custody: 60, object: OBJECT });
  add('two', 'an object for two', {}, 'NXS-PUT-001');
  add('one', 'an object for one', { recipients: NAMES.slice(0, 1) }, 'NXS-PUT-001');
  add('hundred', 'an object for 100', { recipients: idsOf(100) }, 'NXS-PUT-002');
  add('hundred-and-one', 'an object for 101', { recipients: idsOf(101) }, 'NXS-PUT-002', 'malformed');
  add('none', 'an object for nobody', { recipients: [] }, 'NXS-PUT-002', 'malformed');
  add('list', 'an object for a list', { recipients: undefined, list: listHash(NAMES) }, 'NXS-PUT-002');
  add('list-and-recipients', 'recipients and a list', { list: listHash(NAMES) }, 'NXS-PUT-001', 'malformed');
  add('neither', 'neither recipients nor a list', { recipients: undefined }, 'NXS-PUT-001', 'malformed');
  add('id-of-15', 'an id of 15 bytes', { recipients: [other(15)] }, 'NXS-PUT-001', 'malformed');
  for (const length of [0, 31, 33])
    add(
      `list-of-${String(length)}`,
      `a hash of ${String(length)} bytes`,
      { recipients: undefined, list: other(length) },
      'NXS-PUT-001',
      'malformed',
    );
  add('turned', 'the higher id first', { recipients: [...NAMES].reverse() }, 'NXS-PUT-003', 'non-canonical');
  add('twice', 'one id twice', { recipients: [NAMES[0] ?? '', NAMES[0] ?? ''] }, 'NXS-PUT-003', 'non-canonical');
  for (const custody of [1, 255, 256, CUSTODY_S_MAX]) add(`custody-${String(custody)}`, `${String(custody)} s`, { custody }, 'NXS-PUT-004');
  for (const custody of [0, CUSTODY_S_MAX + 1])
    add(`custody-${String(custody)}`, `${String(custody)} s`, { custody }, 'NXS-PUT-004', 'malformed');
  add('chunked', 'an object whose content comes in chunks', { object: CHUNKED }, 'NXS-PUT-005');
  add('withheld', 'an object without its content', { object: WITHHELD }, 'NXS-PUT-005', 'malformed');
  add('object-cut', 'an object that ends early', { object: OBJECT.slice(0, -2) }, 'NXS-OBJ-020', 'truncated');
}

function putReads(batch: Batch): void {
  const right = putByHand({});
  const read = readsOf(batch, 'nexus.put.read', 'body', right);
  const readList = readsOf(batch, 'nexus.put.read', 'body', putByHand({ list: listHash(NAMES) }));
  read('two', 'an object for two', right, 'NXS-PUT-001');
  read('hundred', 'an object for 100', putByHand({ recipients: idsOf(100) }), 'NXS-PUT-002');
  read('hundred-and-one', 'an object for 101', putByHand({ recipients: idsOf(101) }), 'NXS-PUT-002', 'malformed');
  read('count-of-256', 'a count of 256', putByHand({ count: '0001', recipients: idsOf(100) }), 'NXS-PUT-002', 'malformed');
  readList('list', 'an object for a list', putByHand({ list: listHash(NAMES) }), 'NXS-PUT-002');
  for (const at of [0, 7, 15]) {
    read(`differ-at-${String(at)}`, `ids that differ in byte ${String(at)}`, putByHand({ recipients: close(at) }), 'NXS-PUT-001');
    read(`turned-at-${String(at)}`, 'the higher id first', putByHand({ recipients: close(at).reverse() }), 'NXS-PUT-003', 'non-canonical');
  }
  read('twice', 'one id twice', putByHand({ recipients: [NAMES[0] ?? '', NAMES[0] ?? ''] }), 'NXS-PUT-003', 'non-canonical');
  for (const custody of [1, 255, 256, CUSTODY_S_MAX])
    read(`custody-${String(custody)}`, `${String(custody)} s`, putByHand({ custody }), 'NXS-PUT-004');
  for (const custody of [0, CUSTODY_S_MAX + 1, 0xffff_ffff])
    read(`custody-${String(custody)}`, `${String(custody)} s`, putByHand({ custody }), 'NXS-PUT-004', 'malformed');
  read('chunked', 'an object whose content comes in chunks', putByHand({ object: CHUNKED }), 'NXS-PUT-005');
  read('withheld', 'an object without its content', putByHand({ object: WITHHELD }), 'NXS-PUT-005', 'malformed');
  const update = updateByHand({});
  read('update', 'an update', putByHand({ object: `00000000${update}${signatureByHand(update)}00${HELLO}` }), 'NXS-PUT-001');
  for (const cut of [0, 1, 2, 17, 33, 34, 37])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-PUT-006', 'truncated');
  for (const cut of [2, 33])
    readList(
      `list-cut-at-${String(cut)}`,
      `${String(cut)} bytes`,
      putByHand({ list: listHash(NAMES) }).slice(0, 2 * cut),
      'NXS-PUT-006',
      'truncated',
    );
  read('object-cut', 'an object that ends early', right.slice(0, -2), 'NXS-OBJ-020', 'truncated');
  read('trailing', 'bytes after the object', `${right}00`, 'NXS-OBJ-020', 'trailing');
  read('other-content', 'another content', `${right.slice(0, -2)}70`, 'NXS-OBJ-021', 'mismatch');
}

function grantCases(batch: Batch): void {
  const add = writesOf(batch, 'nexus.put.grant', { seed: RELAY.seed, hash: OBJECT_HASH, granted: 60, list: listHash(NAMES) });
  add('minute', 'a minute is granted', {}, 'NXS-PUT-008');
  add('alice', 'another relay grants', { seed: ALICE.seed }, 'NXS-PUT-010');
  for (const granted of [0, 1, 256, CUSTODY_S_MAX]) add(`granted-${String(granted)}`, `${String(granted)} s`, { granted }, 'NXS-PUT-011');
  add('granted-too-long', 'a second more than 30 days', { granted: CUSTODY_S_MAX + 1 }, 'NXS-PUT-011', 'malformed');
  for (const length of [0, 31, 33]) {
    add(`hash-of-${String(length)}`, `a hash of ${String(length)} bytes`, { hash: other(length) }, 'NXS-PUT-008', 'malformed');
    add(`list-of-${String(length)}`, `a list of ${String(length)} bytes`, { list: other(length) }, 'NXS-PUT-008', 'malformed');
  }
  add('seed-of-31', 'a seed of 31 bytes', { seed: other(31) }, 'NXS-IDN-002', 'malformed');
}

function grantedCases(batch: Batch): void {
  const usual: JsonObject = { body: putOkByHand({}), publicKey: RELAY.publicKey, list: listHash(NAMES) };
  const add = writesOf(batch, 'nexus.put.granted', usual);
  add('minute', 'a minute was granted', {}, 'NXS-PUT-008');
  for (const granted of [0, 256, CUSTODY_S_MAX])
    add(`granted-${String(granted)}`, `${String(granted)} s`, { body: putOkByHand({ granted }) }, 'NXS-PUT-011');
  add('granted-too-long', 'a second more than 30 days', { body: putOkByHand({ granted: CUSTODY_S_MAX + 1 }) }, 'NXS-PUT-011', 'malformed');
  for (const cut of [0, 31, 32, 35, 36, 99])
    add(`cut-at-${String(cut)}`, `${String(cut)} bytes`, { body: putOkByHand({}).slice(0, 2 * cut) }, 'NXS-PUT-009', 'truncated');
  add('trailing', 'a byte after the signature', { body: `${putOkByHand({})}00` }, 'NXS-PUT-009', 'trailing');
  for (const length of [0, 31, 33])
    add(`key-of-${String(length)}`, `a key of ${String(length)} bytes`, { publicKey: other(length) }, 'NXS-PUT-008', 'malformed');
  add('list-of-31', 'a list of 31 bytes', { list: other(31) }, 'NXS-PUT-008', 'malformed');
  const refuse = (name: string, title: string, changes: JsonObject): void => add(name, title, changes, 'NXS-PUT-010', 'unauthenticated');
  refuse('other-list', 'granted for other recipients', { list: listHash(NAMES.slice(0, 1)) });
  refuse('other-relay', 'granted by another relay', { publicKey: ALICE.publicKey });
  refuse('other-purpose', 'signed for another purpose', { body: putOkByHand({ purpose: 'nexus-1 receipt' }) });
  refuse('other-object', 'granted for another object', { body: `${other(32)}${putOkByHand({}).slice(64)}` });
  refuse('more-granted', 'more than was signed', { body: `${OBJECT_HASH}${little(61, 4)}${putOkByHand({}).slice(72)}` });
  refuse('without-list', 'signed without the list', { body: putOkByHand({ list: '' }) });
}

function pendingCases(batch: Batch): void {
  const add = writesOf(batch, 'nexus.pending.write', { cursor: '0', max: 10 });
  const read = readsOf(batch, 'nexus.pending.read', 'body', `${little(0, 8)}0a00`);
  add('beginning', 'ten from the beginning', {}, 'NXS-PND-001');
  for (const cursor of ['1', '256', '18446744073709551615']) {
    add(`cursor-${cursor}`, `from ${cursor} on`, { cursor }, 'NXS-PND-001');
    read(`cursor-${cursor}`, `from ${cursor} on`, `${little(BigInt(cursor), 8)}0a00`, 'NXS-PND-001');
  }
  for (const max of [0, 256, 65_535]) {
    add(`max-${String(max)}`, `at most ${String(max)}`, { max }, 'NXS-PND-001');
    read(`max-${String(max)}`, `at most ${String(max)}`, `${little(0, 8)}${little(max, 2)}`, 'NXS-PND-001');
  }
  for (const cut of [0, 7, 8, 9])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, `${little(0, 8)}0a00`.slice(0, 2 * cut), 'NXS-PND-002', 'truncated');
  read('trailing', 'a byte more', `${little(0, 8)}0a0000`, 'NXS-PND-002', 'trailing');
}

const PRIORITIES = ['critical', 'normal', 'lazy'] as const;
function entries(count: number, length = 32): JsonObject[] {
  return Array.from({ length: count }, (_, i) => ({
    hash: idsOf(1, length)[0] ?? '',
    size: 5 + i,
    age: 7,
    priority: PRIORITIES[i % 3] ?? 'lazy',
  }));
}
function listed(
  given: readonly JsonObject[],
  { cursor = little(9, 8), total = little(3, 4), count = little(given.length, 2) } = {},
): string {
  const priorities: readonly unknown[] = PRIORITIES;
  const written = given.map(
    ({ hash, size, age, priority }) =>
      `${String(hash)}${little(Number(size), 4)}${little(Number(age), 4)}${little(priorities.indexOf(priority), 1)}`,
  );
  return `${cursor}${total}${count}${written.join('')}`;
}

function pendingListCases(batch: Batch): void {
  const add = writesOf(batch, 'nexus.pending.list', { cursor: '9', total: 3, entries: entries(2) });
  const right = listed(entries(2));
  const read = readsOf(batch, 'nexus.pending.listed', 'body', right);
  for (const count of [0, 1, 2, 3, 10]) {
    add(`of-${String(count)}`, `${String(count)} entries`, { entries: entries(count) }, 'NXS-PND-003');
    read(`of-${String(count)}`, `${String(count)} entries`, listed(entries(count)), 'NXS-PND-003');
  }
  add('of-256', '256 entries', { entries: entries(256) }, 'NXS-PND-006');
  add('of-257', '257 entries', { entries: entries(257) }, 'NXS-PND-006', 'malformed');
  read('of-256', '256 entries', listed(entries(256)), 'NXS-PND-006');
  read('of-257', '257 entries', listed(entries(257)), 'NXS-PND-006', 'malformed');
  for (const total of [0, 256, 4_294_967_295]) add(`total-${String(total)}`, `${String(total)} in all`, { total }, 'NXS-PND-003');
  for (const cursor of ['0', '256', '18446744073709551615'])
    add(`cursor-${cursor}`, `the next one from ${cursor} on`, { cursor }, 'NXS-PND-003');
  read('largest', 'the largest numbers', listed(entries(1), { cursor: LARGE.repeat(2), total: LARGE }), 'NXS-PND-003');
  for (const [size, age] of [
    [256, 65_536],
    [4_294_967_295, 4_294_967_295],
  ] as const) {
    const one = [{ ...entries(1)[0], size, age }];
    add(`size-${String(size)}`, `${String(size)} bytes`, { entries: one }, 'NXS-PND-003');
    read(`size-${String(size)}`, `${String(size)} bytes`, listed(one), 'NXS-PND-003');
  }
  for (const length of [31, 33])
    add(`hash-of-${String(length)}`, `a hash of ${String(length)} bytes`, { entries: entries(1, length) }, 'NXS-PND-003', 'malformed');
  for (const cut of [0, 7, 8, 11, 12, 13, 14, 14 + 31, 14 + 40, 14 + 41, right.length / 2 - 1])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-PND-004', 'truncated');
  read('trailing', 'a byte more', `${right}00`, 'NXS-PND-004', 'trailing');
  read('one-more', 'an entry more than is counted', listed(entries(2), { count: '0100' }), 'NXS-PND-004', 'trailing');
  for (const priority of ['03', '80', 'ff'])
    read(`priority-${priority}`, `a priority of ${priority}`, `${right.slice(0, -2)}${priority}`, 'NXS-PND-005', 'malformed');
}
