/** The cases of receipts, subscriptions, notifications, mailboxes, advisories and forks. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { toHex } from '../../oracle/values.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { smallOrderEncodings } from '../identity/odd-points.ts';
import { little, ownerOf, LABEL_HASH, rootOf, HELLO, headerByHand, signatureByHand, updateByHand } from '../object/made.ts';
import { fromHex } from '../../oracle/values.ts';
import { advisoryByHand, CAROL, idsOf, OBJECT, OBJECT_HASH, receiptByHand, updateWithheld, WITHHELD, CUSTODY_S_MAX } from './made.ts';
import { writesOf } from './written.ts';

const DEVICE = '0102030405060708';
const other = (length: number): string => toHex(seededBytes('nexus-relay', length));

export function receiptRecordCases(batch: Batch): void {
  receiptCases(batch);
  confirmedCases(batch);
  subscribeCases(batch);
  notifyCases(batch);
  mailboxWrites(batch);
  mailboxReads(batch);
  advisoryWrites(batch);
  advisoryReads(batch);
  forkCases(batch);
}

function receiptCases(batch: Batch): void {
  const sign = writesOf(batch, 'nexus.receipt.sign', { seed: ALICE.seed, hash: OBJECT_HASH, status: 'delivered' });
  sign('delivered', 'delivered', {}, 'NXS-RCP-001');
  sign('refused', 'refused', { status: 'refused' }, 'NXS-RCP-002');
  sign('status-signed', 'another object is refused', { hash: other(32), status: 'refused' }, 'NXS-RCP-003');
  sign('device', 'delivered to a device', { device: DEVICE }, 'NXS-RCP-004');
  sign('device-refused', 'refused by a device', { device: DEVICE, status: 'refused' }, 'NXS-RCP-004');
  for (const length of [0, 31, 33])
    sign(`hash-of-${String(length)}`, `a hash of ${String(length)} bytes`, { hash: other(length) }, 'NXS-RCP-001', 'malformed');
  for (const length of [0, 7, 9])
    sign(`device-of-${String(length)}`, `a device of ${String(length)} bytes`, { device: other(length) }, 'NXS-RCP-004', 'malformed');
  sign('seed-of-31', 'a seed of 31 bytes', { seed: other(31) }, 'NXS-IDN-002', 'malformed');
  const right = receiptByHand({});
  const named = receiptByHand({ status: '80', device: DEVICE });
  const read = readsOf(batch, 'nexus.receipt.read', 'body', right);
  const readNamed = readsOf(batch, 'nexus.receipt.read', 'body', named);
  read('delivered', 'delivered', right, 'NXS-RCP-001');
  read('refused', 'refused', receiptByHand({ status: '01' }), 'NXS-RCP-002');
  read('of-bob', 'of another recipient', receiptByHand({ node: BOB }), 'NXS-RCP-006');
  readNamed('device', 'delivered to a device', named, 'NXS-RCP-004');
  readNamed('device-refused', 'refused by a device', receiptByHand({ status: '81', device: DEVICE }), 'NXS-RCP-004');
  for (const status of ['02', '03', '40', '7f'])
    read(`status-${status}`, `a status of ${status}`, receiptByHand({ status }), 'NXS-RCP-002', 'malformed');
  for (const status of ['82', 'c0', 'ff'])
    readNamed(`status-${status}`, `a status of ${status}`, receiptByHand({ status, device: DEVICE }), 'NXS-RCP-002', 'malformed');
  for (const cut of [0, 31, 32, 63, 64, 65, 128])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-RCP-005', 'truncated');
  for (const cut of [65, 72, 73, 129, 136])
    readNamed(`device-cut-at-${String(cut)}`, `${String(cut)} bytes`, named.slice(0, 2 * cut), 'NXS-RCP-005', 'truncated');
  read('trailing', 'a byte more', `${right}00`, 'NXS-RCP-005', 'trailing');
  readNamed('device-trailing', 'a byte more', `${named}00`, 'NXS-RCP-005', 'trailing');
  const forged = (name: string, title: string, body: string): void => read(name, title, body, 'NXS-RCP-003', 'unauthenticated');
  forged('other-hash', 'signed for another object', receiptByHand({ signed: `${other(32)}00` }));
  forged('other-status', 'signed with another status', receiptByHand({ signed: `${OBJECT_HASH}01` }));
  forged('other-purpose', 'signed for another purpose', receiptByHand({ purpose: 'nexus-1 custody' }));
  forged('other-key', 'the key of another', `${OBJECT_HASH}${BOB.publicKey}${right.slice(128)}`);
  forged('hash-alone', 'the hash alone is signed', receiptByHand({ signed: OBJECT_HASH }));
  for (const { hex: key, name: i } of smallOrderEncodings().slice(0, 2))
    forged(`small-order-${i}`, 'a key of small order', `${OBJECT_HASH}${key}${right.slice(128)}`);
  const forgedDevice = (name: string, title: string, signed: string): void =>
    readNamed(name, title, receiptByHand({ status: '80', device: DEVICE, signed }), 'NXS-RCP-003', 'unauthenticated');
  forgedDevice('device-unsigned', 'a device that is not signed', `${OBJECT_HASH}80`);
  forgedDevice('other-device', 'another device is signed', `${OBJECT_HASH}80${other(8)}`);
  forgedDevice('flag-unsigned', 'the flag is not signed', `${OBJECT_HASH}00${DEVICE}`);
}

function confirmedCases(batch: Batch): void {
  const read = readsOf(batch, 'nexus.receipt.confirmed', 'body', OBJECT_HASH);
  read('hash', 'of an object', OBJECT_HASH, 'NXS-RCP-007');
  for (const cut of [0, 31])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, OBJECT_HASH.slice(0, 2 * cut), 'NXS-RCP-007', 'truncated');
  read('trailing', 'a byte more', `${OBJECT_HASH}00`, 'NXS-RCP-007', 'trailing');
}

const subscribed = ({ id = '0100', topic = '00', watched = OBJECT_HASH, delivery = '00', lifetime = little(60, 4) }): string =>
  `${id}${topic}${watched}${delivery}${lifetime}`;

function subscribeCases(batch: Batch): void {
  const owner = ownerOf(ALICE);
  const write = writesOf(batch, 'nexus.subscribe.write', { id: 1, topic: 'key', watched: OBJECT_HASH, delivery: 'push', lifetime: 60 });
  const read = readsOf(batch, 'nexus.subscribe.read', 'body', subscribed({}));
  const readNode = readsOf(batch, 'nexus.subscribe.read', 'body', subscribed({ topic: '02', watched: owner }));
  write('key', 'to a key', {}, 'NXS-SUB-001');
  read('key', 'to a key', subscribed({}), 'NXS-SUB-001');
  write('node', 'to an owner', { topic: 'node', watched: owner }, 'NXS-SUB-002');
  readNode('node', 'to an owner', subscribed({ topic: '02', watched: owner }), 'NXS-SUB-002');
  for (const [number, delivery] of ['push', 'digest', 'hint'].entries()) {
    write(delivery, `with ${delivery}`, { delivery }, 'NXS-SUB-003');
    read(delivery, `with ${delivery}`, subscribed({ delivery: little(number, 1) }), 'NXS-SUB-003');
  }
  for (const delivery of ['03', '80', 'ff'])
    read(`delivery-${delivery}`, `a delivery of ${delivery}`, subscribed({ delivery }), 'NXS-SUB-003', 'malformed');
  for (const id of [255, 256, 65_535]) {
    write(`id-${String(id)}`, `the number ${String(id)}`, { id }, 'NXS-SUB-001');
    read(`id-${String(id)}`, `the number ${String(id)}`, subscribed({ id: little(id, 2) }), 'NXS-SUB-001');
  }
  write('inbox', 'to the inbox', { id: 0 }, 'NXS-SUB-004', 'malformed');
  read('inbox', 'to the inbox', subscribed({ id: '0000' }), 'NXS-SUB-004', 'malformed');
  for (const lifetime of [0, 256, 4_294_967_295]) {
    write(`for-${String(lifetime)}`, `for ${String(lifetime)} s`, { lifetime }, 'NXS-SUB-001');
    read(`for-${String(lifetime)}`, `for ${String(lifetime)} s`, subscribed({ lifetime: little(lifetime, 4) }), 'NXS-SUB-001');
  }
  write('key-of-16', 'a key of 16 bytes', { watched: owner }, 'NXS-SUB-002', 'malformed');
  write('node-of-32', 'an owner of 32 bytes', { topic: 'node', watched: OBJECT_HASH }, 'NXS-SUB-002', 'malformed');
  for (const topic of ['01', '03']) read(`topic-${topic}`, `a topic of ${topic}`, subscribed({ topic }), 'NXS-SUB-002', 'unsupported');
  for (const topic of ['04', '80', 'ff']) read(`topic-${topic}`, `a topic of ${topic}`, subscribed({ topic }), 'NXS-SUB-002', 'malformed');
  for (const cut of [0, 1, 2, 3, 34, 35, 36, 39])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, subscribed({}).slice(0, 2 * cut), 'NXS-SUB-005', 'truncated');
  for (const cut of [18, 19, 23])
    readNode(
      `node-cut-at-${String(cut)}`,
      `${String(cut)} bytes`,
      subscribed({ topic: '02', watched: owner }).slice(0, 2 * cut),
      'NXS-SUB-005',
      'truncated',
    );
  read('trailing', 'a byte more', `${subscribed({})}00`, 'NXS-SUB-005', 'trailing');
  const grant = writesOf(batch, 'nexus.subscribe.grant', { id: 1, granted: 60 });
  const granted = readsOf(batch, 'nexus.subscribe.granted', 'body', '01003c000000');
  for (const [id, seconds] of [
    [1, 60],
    [256, 0],
    [65_535, 4_294_967_295],
    [0, 256],
  ] as const) {
    grant(`${String(id)}-for-${String(seconds)}`, `number ${String(id)} for ${String(seconds)} s`, { id, granted: seconds }, 'NXS-SUB-006');
    granted(
      `${String(id)}-for-${String(seconds)}`,
      `number ${String(id)} for ${String(seconds)} s`,
      `${little(id, 2)}${little(seconds, 4)}`,
      'NXS-SUB-006',
    );
  }
  for (const cut of [0, 1, 2, 5])
    granted(`cut-at-${String(cut)}`, `${String(cut)} bytes`, '01003c000000'.slice(0, 2 * cut), 'NXS-SUB-006', 'truncated');
  granted('trailing', 'a byte more', '01003c00000000', 'NXS-SUB-006', 'trailing');
  const end = readsOf(batch, 'nexus.subscribe.end', 'body', '0100');
  for (const id of [1, 256, 65_535]) end(`id-${String(id)}`, `number ${String(id)}`, little(id, 2), 'NXS-SUB-007');
  for (const cut of ['', '01']) end(`cut-at-${String(cut.length / 2)}`, `${String(cut.length / 2)} bytes`, cut, 'NXS-SUB-007', 'truncated');
  end('trailing', 'a byte more', '010000', 'NXS-SUB-007', 'trailing');
}

function digestEntries(count: number, length = 32): JsonObject[] {
  return Array.from({ length: count }, (_, i) => ({ hash: idsOf(1, length)[0] ?? '', size: 5 + i, age: 256 }));
}
const digestByHand = (count: number, counted = count): string =>
  `010001${little(counted, 2)}${digestEntries(count)
    .map(({ hash, size }) => `${String(hash)}${little(Number(size), 4)}00010000`)
    .join('')}`;

function notifyCases(batch: Batch): void {
  const push = writesOf(batch, 'nexus.notify.write', { id: 1, delivery: 'push', object: OBJECT });
  const digest = writesOf(batch, 'nexus.notify.write', { id: 1, delivery: 'digest', entries: digestEntries(2) });
  const hint = writesOf(batch, 'nexus.notify.write', { id: 1, delivery: 'hint', hash: OBJECT_HASH });
  const [pushed, hinted] = [`010000${OBJECT}`, `010002${OBJECT_HASH}`];
  const readPush = readsOf(batch, 'nexus.notify.read', 'body', pushed);
  const readDigest = readsOf(batch, 'nexus.notify.read', 'body', digestByHand(2));
  const readHint = readsOf(batch, 'nexus.notify.read', 'body', hinted);
  push('push', 'an object', {}, 'NXS-SUB-008');
  hint('hint', 'a hint', {}, 'NXS-SUB-011');
  readPush('push', 'an object', pushed, 'NXS-SUB-008');
  readPush('push-withheld', 'an object without its content', `010000${WITHHELD}`, 'NXS-SUB-008');
  readHint('hint', 'a hint', hinted, 'NXS-SUB-011');
  for (const id of [0, 256, 65_535]) {
    hint(`id-${String(id)}`, `of subscription ${String(id)}`, { id }, 'NXS-SUB-008');
    readHint(`id-${String(id)}`, `of subscription ${String(id)}`, `${little(id, 2)}02${OBJECT_HASH}`, 'NXS-SUB-008');
  }
  for (const count of [1, 2, 256]) {
    digest(`digest-of-${String(count)}`, `a digest of ${String(count)}`, { entries: digestEntries(count) }, 'NXS-SUB-010');
    readDigest(`digest-of-${String(count)}`, `a digest of ${String(count)}`, digestByHand(count), 'NXS-SUB-010');
  }
  for (const count of [0, 257]) {
    digest(`digest-of-${String(count)}`, `a digest of ${String(count)}`, { entries: digestEntries(count) }, 'NXS-SUB-010', 'malformed');
    readDigest(`digest-of-${String(count)}`, `a digest of ${String(count)}`, digestByHand(count), 'NXS-SUB-010', 'malformed');
  }
  for (const length of [31, 33]) {
    digest(
      `digest-hash-of-${String(length)}`,
      `a hash of ${String(length)} bytes`,
      { entries: digestEntries(1, length) },
      'NXS-SUB-010',
      'malformed',
    );
    hint(`hint-of-${String(length)}`, `a hash of ${String(length)} bytes`, { hash: other(length) }, 'NXS-SUB-011', 'malformed');
  }
  push('push-and-hash', 'an object and a hash', { hash: OBJECT_HASH }, 'NXS-SUB-008', 'malformed');
  push('push-nothing', 'an object that is missing', { object: undefined }, 'NXS-SUB-008', 'malformed');
  digest('digest-and-hash', 'a digest and a hash', { hash: OBJECT_HASH }, 'NXS-SUB-008', 'malformed');
  digest('digest-nothing', 'a digest that is missing', { entries: undefined }, 'NXS-SUB-008', 'malformed');
  hint('hint-and-object', 'a hint and an object', { object: OBJECT }, 'NXS-SUB-008', 'malformed');
  hint('hint-nothing', 'a hash that is missing', { hash: undefined }, 'NXS-SUB-008', 'malformed');
  push('push-cut', 'an object that ends early', { object: OBJECT.slice(0, -2) }, 'NXS-OBJ-020', 'truncated');
  readPush('push-cut', 'an object that ends early', pushed.slice(0, -2), 'NXS-OBJ-020', 'truncated');
  readPush('push-trailing', 'bytes after the object', `${pushed}00`, 'NXS-OBJ-020', 'trailing');
  for (const delivery of ['03', '80', 'ff'])
    readHint(`delivery-${delivery}`, `a delivery of ${delivery}`, `0100${delivery}${OBJECT_HASH}`, 'NXS-SUB-003', 'malformed');
  for (const cut of [0, 1, 2, 3, 34])
    readHint(`cut-at-${String(cut)}`, `${String(cut)} bytes`, hinted.slice(0, 2 * cut), 'NXS-SUB-009', 'truncated');
  for (const cut of [3, 4, 5, 36, 44, 84])
    readDigest(`digest-cut-at-${String(cut)}`, `${String(cut)} bytes`, digestByHand(2).slice(0, 2 * cut), 'NXS-SUB-009', 'truncated');
  readHint('hint-trailing', 'a byte more', `${hinted}00`, 'NXS-SUB-009', 'trailing');
  readDigest('digest-trailing', 'a byte more', `${digestByHand(2)}00`, 'NXS-SUB-009', 'trailing');
  readDigest('digest-one-more', 'an entry more than is counted', digestByHand(2, 1), 'NXS-SUB-009', 'trailing');
}

function relays(count: number): JsonObject[] {
  return idsOf(count).map((id, i) => ({ id, preference: i, custody: 86_400 }));
}
function relaysByHand(given: readonly JsonObject[]): string {
  const written = given.map(({ id, preference, custody }) => `${String(id)}${little(Number(preference), 1)}${little(Number(custody), 4)}`);
  return `${little(given.length, 2)}${written.join('')}`;
}
const devicesOf = (count: number): string[] => ['ff'.repeat(8), ...idsOf(count, 8).slice(1)].slice(0, count);

function mailboxWrites(batch: Batch): void {
  const write = writesOf(batch, 'nexus.mailbox.write', { relays: relays(2) });
  for (const count of [1, 2, 8]) write(`of-${String(count)}`, `${String(count)} relays`, { relays: relays(count) }, 'NXS-MBX-001');
  for (const count of [0, 9])
    write(`of-${String(count)}`, `${String(count)} relays`, { relays: relays(count) }, 'NXS-MBX-002', 'malformed');
  write('id-of-15', 'an id of 15 bytes', { relays: [{ ...relays(1)[0], id: other(15) }] }, 'NXS-MBX-001', 'malformed');
  write('preference', 'the highest preference', { relays: [{ ...relays(1)[0], preference: 255 }] }, 'NXS-MBX-001');
  write('turned', 'the higher id first', { relays: relays(2).reverse() }, 'NXS-MBX-003', 'non-canonical');
  write('twice', 'one relay twice', { relays: [relays(1)[0] ?? {}, relays(1)[0] ?? {}] }, 'NXS-MBX-003', 'non-canonical');
  for (const custody of [1, 256, CUSTODY_S_MAX])
    write(`custody-${String(custody)}`, `${String(custody)} s`, { relays: [{ ...relays(1)[0], custody }] }, 'NXS-MBX-007');
  for (const custody of [0, CUSTODY_S_MAX + 1])
    write(`custody-${String(custody)}`, `${String(custody)} s`, { relays: [{ ...relays(1)[0], custody }] }, 'NXS-MBX-007', 'malformed');
  for (const count of [1, 2, 4])
    write(`devices-${String(count)}`, `${String(count)} devices`, { devices: devicesOf(count) }, 'NXS-MBX-004');
  for (const count of [0, 5])
    write(`devices-${String(count)}`, `${String(count)} devices`, { devices: devicesOf(count) }, 'NXS-MBX-004', 'malformed');
  write('primary-highest', 'a primary device with the highest id', { devices: ['ff'.repeat(8), '01'.repeat(8)] }, 'NXS-MBX-005');
  write('device-of-7', 'a device of 7 bytes', { devices: [other(7)] }, 'NXS-MBX-004', 'malformed');
  write(
    'devices-turned',
    'other devices in the wrong order',
    { devices: [devicesOf(1)[0] ?? '', ...devicesOf(3).slice(1).reverse()] },
    'NXS-MBX-005',
    'non-canonical',
  );
  write(
    'device-twice',
    'the primary device twice',
    { devices: ['ff'.repeat(8), '01'.repeat(8), 'ff'.repeat(8)] },
    'NXS-MBX-005',
    'non-canonical',
  );
  write(
    'other-device-twice',
    'another device twice',
    { devices: ['ff'.repeat(8), '01'.repeat(8), '01'.repeat(8)] },
    'NXS-MBX-005',
    'non-canonical',
  );
}

function mailboxReads(batch: Batch): void {
  const right = relaysByHand(relays(2));
  const devices = (count: number): string => `${right}${little(count, 1)}${devicesOf(count).join('')}`;
  const read = readsOf(batch, 'nexus.mailbox.read', 'content', right);
  const readDevices = readsOf(batch, 'nexus.mailbox.read', 'content', devices(3));
  for (const count of [1, 2, 8]) read(`of-${String(count)}`, `${String(count)} relays`, relaysByHand(relays(count)), 'NXS-MBX-001');
  for (const count of [0, 9])
    read(`of-${String(count)}`, `${String(count)} relays`, relaysByHand(relays(count)), 'NXS-MBX-002', 'malformed');
  read('turned', 'the higher id first', relaysByHand(relays(2).reverse()), 'NXS-MBX-003', 'non-canonical');
  read('twice', 'one relay twice', relaysByHand([relays(1)[0] ?? {}, relays(1)[0] ?? {}]), 'NXS-MBX-003', 'non-canonical');
  for (const custody of [1, 256, CUSTODY_S_MAX])
    read(`custody-${String(custody)}`, `${String(custody)} s`, relaysByHand([{ ...relays(1)[0], custody }]), 'NXS-MBX-007');
  for (const custody of [0, CUSTODY_S_MAX + 1])
    read(`custody-${String(custody)}`, `${String(custody)} s`, relaysByHand([{ ...relays(1)[0], custody }]), 'NXS-MBX-007', 'malformed');
  for (const count of [1, 2, 3, 4]) readDevices(`devices-${String(count)}`, `${String(count)} devices`, devices(count), 'NXS-MBX-004');
  for (const count of [0, 5])
    readDevices(`devices-${String(count)}`, `${String(count)} devices`, devices(count), 'NXS-MBX-004', 'malformed');
  readDevices(
    'devices-turned',
    'other devices in the wrong order',
    `${right}03${'ff'.repeat(8)}${'02'.repeat(8)}${'01'.repeat(8)}`,
    'NXS-MBX-005',
    'non-canonical',
  );
  readDevices(
    'device-twice',
    'the primary device twice',
    `${right}03${'ff'.repeat(8)}${'01'.repeat(8)}${'ff'.repeat(8)}`,
    'NXS-MBX-005',
    'non-canonical',
  );
  readDevices(
    'other-device-twice',
    'another device twice',
    `${right}03${'ff'.repeat(8)}${'01'.repeat(16)}`,
    'NXS-MBX-005',
    'non-canonical',
  );
  for (const cut of [0, 1, 2, 17, 18, 22, 23, 43])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-MBX-006', 'truncated');
  for (const cut of [1, 8, 24])
    readDevices(
      `devices-cut-at-${String(cut)}`,
      `${String(cut)} bytes of devices`,
      devices(3).slice(0, right.length + 2 * cut),
      'NXS-MBX-006',
      'truncated',
    );
  readDevices('trailing', 'a byte more', `${devices(3)}00`, 'NXS-MBX-006', 'trailing');
}

function advisoryWrites(batch: Batch): void {
  const both = writesOf(batch, 'nexus.advisory.sign', {
    oldSeed: ALICE.seed,
    newSeed: BOB.seed,
    sequence: '1',
    timestamp: '2',
    evidence: 'both',
  });
  const old = writesOf(batch, 'nexus.advisory.sign', { oldSeed: ALICE.seed, sequence: '1', timestamp: '2', evidence: 'old' });
  both('both', 'signed by both', {}, 'NXS-ADV-002');
  old('old', 'signed by the old key alone', {}, 'NXS-ADV-002');
  old('old-with-key', 'a new key that does not sign', { newKey: BOB.publicKey }, 'NXS-ADV-002');
  for (const value of ['0', '256', '18446744073709551615']) {
    both(`sequence-${value}`, `the sequence number ${value}`, { sequence: value }, 'NXS-ADV-002');
    both(`timestamp-${value}`, `the time ${value}`, { timestamp: value }, 'NXS-ADV-002');
  }
  both('both-without-seed', 'signed by both, and one is missing', { newSeed: undefined }, 'NXS-ADV-005', 'malformed');
  old('old-with-seed', 'signed by the old key alone, and a new one signs', { newSeed: BOB.seed }, 'NXS-ADV-005', 'malformed');
  both('both-with-key', 'a new key twice', { newKey: BOB.publicKey }, 'NXS-ADV-002', 'malformed');
  for (const length of [0, 31, 33])
    old(`key-of-${String(length)}`, `a new key of ${String(length)} bytes`, { newKey: other(length) }, 'NXS-ADV-002', 'malformed');
  both('same', 'the old key as the new one', { newSeed: ALICE.seed }, 'NXS-ADV-008', 'malformed');
  old('old-same', 'the old key as the new one', { newKey: ALICE.publicKey }, 'NXS-ADV-008', 'malformed');
  both('seed-of-31', 'a seed of 31 bytes', { oldSeed: other(31) }, 'NXS-IDN-002', 'malformed');
}

function advisoryReads(batch: Batch): void {
  const [both, old] = [advisoryByHand({}), advisoryByHand({ newKey: '00', evidence: '01', signers: [ALICE] })];
  const read = readsOf(batch, 'nexus.advisory.read', 'body', both);
  const readOld = readsOf(batch, 'nexus.advisory.read', 'body', old);
  read('both', 'signed by both', both, 'NXS-ADV-001');
  readOld('old', 'signed by the old key alone', old, 'NXS-ADV-001');
  readOld('old-with-key', 'a new key that did not sign', advisoryByHand({ evidence: '01', signers: [ALICE] }), 'NXS-ADV-001');
  read('largest', 'the largest numbers', advisoryByHand({ sequence: 'ff'.repeat(8), timestamp: 'ff'.repeat(8) }), 'NXS-ADV-002');
  for (const evidence of ['02', '80', 'ff'])
    read(`evidence-${evidence}`, `evidence of ${evidence}`, advisoryByHand({ evidence, signers: [ALICE] }), 'NXS-ADV-003', 'malformed');
  for (const option of ['02', '80', 'ff'])
    readOld(
      `option-${option}`,
      `an option of ${option}`,
      advisoryByHand({ newKey: `${option}${BOB.publicKey}`, evidence: '01', signers: [ALICE] }),
      'NXS-ADV-006',
      'malformed',
    );
  read('no-new-key', 'signed by both without a new key', advisoryByHand({ newKey: '00' }), 'NXS-ADV-005', 'malformed');
  read(
    'same',
    'the old key as the new one',
    advisoryByHand({ newKey: `01${ALICE.publicKey}`, signers: [ALICE, ALICE] }),
    'NXS-ADV-008',
    'malformed',
  );
  readOld(
    'old-same',
    'the old key as the new one',
    advisoryByHand({ newKey: `01${ALICE.publicKey}`, evidence: '01', signers: [ALICE] }),
    'NXS-ADV-008',
    'malformed',
  );
  const refuse = (name: string, title: string, body: string): void => read(name, title, body, 'NXS-ADV-004', 'unauthenticated');
  refuse('old-unsigned', 'not signed by the old key', advisoryByHand({ signers: [CAROL, BOB] }));
  refuse('new-unsigned', 'not signed by the new key', advisoryByHand({ signers: [ALICE, CAROL] }));
  refuse('turned', 'signed by the new key first', advisoryByHand({ signers: [BOB, ALICE] }));
  refuse('other-purpose', 'signed for another purpose', advisoryByHand({ purpose: 'nexus-1 receipt' }));
  readOld(
    'old-by-another',
    'signed by another key',
    advisoryByHand({ newKey: '00', evidence: '01', signers: [BOB] }),
    'NXS-ADV-004',
    'unauthenticated',
  );
  for (const at of [65, 73, 81]) {
    const changed = fromHex(both);
    changed[at] = (changed[at] ?? 0) ^ (at === 81 ? 0x00 : 0x01);
    if (at !== 81) refuse(`changed-at-${String(at)}`, `byte ${String(at)} is another`, toHex(changed));
  }
  for (const cut of [0, 31, 32, 33, 64, 72, 80, 81, 82, 145, 146, 209])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, both.slice(0, 2 * cut), 'NXS-ADV-007', 'truncated');
  read('trailing', 'a byte more', `${both}00`, 'NXS-ADV-007', 'trailing');
  readOld('old-trailing', 'a byte more', `${old}00`, 'NXS-ADV-007', 'trailing');
  readOld('old-and-new', 'two signatures where one is due', advisoryByHand({ evidence: '01' }), 'NXS-ADV-007', 'trailing');
}

function forkCases(batch: Batch): void {
  const first = updateWithheld({});
  const second = updateWithheld({ size: little(1, 4), root: rootOf(Uint8Array.of(1)) });
  const right = `${first}${second}`;
  const usual = { first, second };
  const write = writesOf(batch, 'nexus.fork.write', usual);
  const read = readsOf(batch, 'nexus.fork.read', 'body', right);
  write('two', 'two updates', {}, 'NXS-ADV-009');
  read('two', 'two updates', right, 'NXS-ADV-009');
  read('turned', 'the same, the other one first', `${second}${first}`, 'NXS-ADV-009');
  const withTtl = updateWithheld({ ttl: `01${little(60, 4)}` });
  read('different-lengths', 'two updates of different lengths', `${withTtl}${first}`, 'NXS-ADV-009');
  const header = updateByHand({});
  const inline = `00000000${header}${signatureByHand(header)}00${HELLO}`;
  const cases: [name: string, title: string, first: string, second: string, about: string, rejects: string][] = [
    ['first-inline', 'the first one with its content', inline, second, 'NXS-ADV-010', 'malformed'],
    ['second-inline', 'the second one with its content', second, inline, 'NXS-ADV-010', 'malformed'],
    ['first-immutable', 'an immutable object first', `00000000${headerByHand({})}02`, second, 'NXS-ADV-010', 'malformed'],
    ['second-immutable', 'an immutable object second', first, `00000000${headerByHand({})}02`, 'NXS-ADV-010', 'malformed'],
    ['other-sequence', 'another sequence number', first, updateWithheld({ sequence: '2' }), 'NXS-ADV-011', 'mismatch'],
    ['other-label', 'another label', first, updateWithheld({ labelHash: LABEL_HASH.replace(/..$/, '00') }), 'NXS-ADV-011', 'mismatch'],
    ['other-owner', 'another owner', first, updateWithheld({}, BOB), 'NXS-ADV-011', 'mismatch'],
    ['twice', 'one update twice', first, first, 'NXS-ADV-012', 'mismatch'],
    ['first-forged', 'the first one is not signed', `${first.slice(0, -4)}0002`, second, 'NXS-OBJ-014', 'unauthenticated'],
    ['second-forged', 'the second one is not signed', first, `${second.slice(0, -4)}0002`, 'NXS-OBJ-014', 'unauthenticated'],
  ];
  for (const [name, title, one, another, about, rejects] of cases) {
    write(name, title, { first: one, second: another }, about, rejects);
    read(name, title, `${one}${another}`, about, rejects);
  }
  for (const cut of [0, 3, 4, 50, first.length / 2 - 1, first.length / 2, first.length / 2 + 4, right.length / 2 - 1])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-OBJ-017', 'truncated');
  read('trailing', 'a byte more', `${right}00`, 'NXS-OBJ-020', 'trailing');
}
