/** What holds for all records of relays: what is read is written again as it was, and who signed is who is told. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { nodeOf } from '../identity/people.ts';
import { headerByHand, little, ownerOf, rootOf } from '../object/made.ts';
import { relayFlows } from './cross.ts';
import { advisoryByHand, putByHand, putOkByHand, receiptByHand, RELAY, updateWithheld } from './made.ts';

const hash = bytesExactly(32).map(toHex);
const id = bytesExactly(16).map(toHex);
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const u32 = fc.nat(0xffff_ffff);
const u16 = fc.nat(0xffff);
const custody = fc.integer({ min: 1, max: 2_592_000 });
const ascending = (given: fc.Arbitrary<string>, minLength: number, maxLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(given, { minLength, maxLength }).map((items) => [...items].sort());
const recipients = ascending(id, 1, 5);
const node = bytesExactly(32).map(nodeOf);
const object = bytesUpTo(60).map(
  (bytes) => `05000000${headerByHand({ size: little(bytes.length, 4), root: rootOf(bytes) })}00${toHex(bytes)}`,
);
const device = bytesExactly(8).map(toHex);

const put = fc.oneof(
  fc.record({ recipients, custody, object }).map((given): JsonObject => given),
  fc.record({ list: hash, custody, object }).map((given): JsonObject => given),
);
const putBody = fc.oneof(
  fc.record({ recipients, custody, object }).map(putByHand),
  fc.record({ list: hash, custody, object }).map(putByHand),
);
const pendingList = fc.record({
  cursor: u64,
  total: u32,
  entries: fc.array(fc.record({ hash, size: u32, age: u32, priority: fc.constantFrom('critical', 'normal', 'lazy') }), { maxLength: 5 }),
});
const receiptBody = fc
  .record({ hash, node, status: fc.constantFrom(0, 1), device: fc.option(device, { nil: '' }) })
  .map(({ status, ...given }) => receiptByHand({ ...given, status: little(status + (given.device === '' ? 0 : 128), 1) }));
const subscription = fc.oneof(
  fc.record({ topic: fc.constant('key'), watched: hash }),
  fc.record({ topic: fc.constant('node'), watched: id }),
);
const subscribe = fc
  .record({
    watch: subscription,
    id: fc.integer({ min: 1, max: 0xffff }),
    delivery: fc.constantFrom('push', 'digest', 'hint'),
    lifetime: u32,
  })
  .map(({ watch, ...given }): JsonObject => ({ ...given, ...watch }));
const digest = fc.array(fc.record({ hash, size: u32, age: u32 }), { minLength: 1, maxLength: 5 });
const notify = fc.oneof(
  fc.record({ id: u16, delivery: fc.constant('push'), object }).map((given): JsonObject => given),
  fc.record({ id: u16, delivery: fc.constant('digest'), entries: digest }).map((given): JsonObject => given),
  fc.record({ id: u16, delivery: fc.constant('hint'), hash }).map((given): JsonObject => given),
);
const relay = fc.record({ id, preference: fc.nat(255), custody });
const relays = fc
  .uniqueArray(relay, { minLength: 1, maxLength: 8, selector: (one) => one.id })
  .map((given) => [...given].sort((a, b) => (a.id < b.id ? -1 : 1)));
const devices = fc.uniqueArray(device, { minLength: 1, maxLength: 4 }).map(([primary = '', ...others]) => [primary, ...others.sort()]);
const mailbox = fc.record({ relays, devices }, { requiredKeys: ['relays'] }).map((given): JsonObject => given);
const advisoryBody = fc
  .record({ old: node, next: node, sequence: bytesExactly(8).map(toHex), evidence: fc.boolean() })
  .filter(({ old, next }) => old.publicKey !== next.publicKey)
  .map(({ old, next, sequence, evidence }) =>
    advisoryByHand({
      old,
      newKey: `01${next.publicKey}`,
      sequence,
      evidence: evidence ? '00' : '01',
      signers: evidence ? [old, next] : [old],
    }),
  );
const fork = fc.record({ owner: node, sequence: u64, size: fc.integer({ min: 1, max: 4000 }) }).map(({ owner, sequence, size }) => ({
  first: updateWithheld({ sequence }, owner),
  second: updateWithheld({ sequence, size: little(size + 5, 4) }, owner),
}));

const hints: Hints = {
  params: {
    'nexus.pending.list.entries': () => pendingList.map(({ entries }) => entries),
    'nexus.notify.write.entries': () => digest,
    'nexus.mailbox.write.relays': () => relays,
    'nexus.put.read.body': () => putBody,
    'nexus.receipt.read.body': () => receiptBody,
    'nexus.receipt.confirmed.body': () => hash,
    'nexus.pending.listed.body': () => pendingList.map(({ cursor, total }) => `${little(BigInt(cursor), 8)}${little(total, 4)}0000`),
    'nexus.advisory.read.body': () => advisoryBody,
    'nexus.fork.read.body': () => fork.map(({ first, second }) => `${first}${second}`),
    'nexus.mailbox.read.content': () => relay.map((one) => `0100${one.id}${little(one.preference, 1)}${little(one.custody, 4)}`),
    'nexus.notify.read.body': () => hash.map((given) => `010002${given}`),
    'nexus.subscribe.read.body': () => hash.map((given) => `010000${given}003c000000`),
  },
  layouts: { 'nexus.object': () => object.map(fromHex) },
  requests: {
    'nexus.put.list': () => recipients.map((given) => ({ recipients: given })),
    'nexus.put.write': () => put,
    'nexus.put.grant': () => fc.record({ seed: bytesExactly(32).map(toHex), hash, granted: fc.nat(2_592_000), list: hash }),
    'nexus.put.granted': () =>
      fc.record({ hash, granted: fc.nat(2_592_000), list: hash }).map(({ list, ...given }) => ({
        body: putOkByHand({ ...given, list }),
        publicKey: RELAY.publicKey,
        list,
      })),
    'nexus.pending.list': () => pendingList,
    'nexus.receipt.sign': () =>
      fc.record(
        { seed: bytesExactly(32).map(toHex), hash, status: fc.constantFrom('delivered', 'refused'), device },
        { requiredKeys: ['seed', 'hash', 'status'] },
      ),
    'nexus.subscribe.write': () => subscribe,
    'nexus.notify.write': () => notify,
    'nexus.mailbox.write': () => mailbox,
    'nexus.advisory.sign': () =>
      fc.oneof(
        fc.record({ oldSeed: hash, newSeed: hash, sequence: u64, timestamp: u64, evidence: fc.constant('both') }),
        fc.record({ oldSeed: hash, sequence: u64, timestamp: u64, evidence: fc.constant('old') }),
      ),
    'nexus.fork.write': () => fork,
  },
};

export const properties: TopicProperties = {
  checks: (suite) => propertyChecks(suite, (property) => relayProperties(property)),
  flows: relayFlows,
  hints,
};

function relayProperties(property: Bind): Check[] {
  /** What is written is read as it was. */
  const roundTrip = (
    [write, read]: readonly [string, string],
    requirement: string,
    title: string,
    arbitrary: fc.Arbitrary<JsonObject>,
    member = 'body',
  ): Check =>
    property({
      name: `${read}/round-trip`,
      requirement,
      title,
      operations: [write, read],
      arbitrary,
      trial: async (given, talk) => {
        const answer = await talk.want(read, { [member]: textIn(await talk.want(write, given), member) });
        for (const [name, value] of Object.entries(given)) demand(talk, answer, name, value, requirement, `The ${name} is another.`);
      },
    });
  return [
    roundTrip(['nexus.put.write', 'nexus.put.read'], 'NXS-PUT-001', 'A PUT is read as it was written', put),
    roundTrip(['nexus.pending.list', 'nexus.pending.listed'], 'NXS-PND-003', 'A list of what waits is read as it was written', pendingList),
    roundTrip(['nexus.subscribe.write', 'nexus.subscribe.read'], 'NXS-SUB-001', 'A SUBSCRIBE is read as it was written', subscribe),
    roundTrip(['nexus.notify.write', 'nexus.notify.read'], 'NXS-SUB-008', 'A NOTIFY is read as it was written', notify),
    roundTrip(['nexus.mailbox.write', 'nexus.mailbox.read'], 'NXS-MBX-001', 'A mailbox is read as it was written', mailbox, 'content'),
    property({
      name: 'nexus.put.granted/round-trip',
      requirement: 'NXS-PUT-008',
      title: 'What a relay grants verifies with its key and for these recipients',
      operations: ['nexus.identity.derive', 'nexus.put.list', 'nexus.put.grant', 'nexus.put.granted'],
      arbitrary: fc.record({ seed: bytesExactly(32).map(toHex), hash, granted: fc.nat(2_592_000), recipients }),
      trial: async ({ seed, recipients: named, ...grant }, talk) => {
        const publicKey = textIn(await talk.want('nexus.identity.derive', { seed }), 'publicKey');
        const list = textIn(await talk.want('nexus.put.list', { recipients: named }), 'list');
        const body = textIn(await talk.want('nexus.put.grant', { seed, list, ...grant }), 'body');
        const answer = await talk.want('nexus.put.granted', { body, publicKey, list });
        for (const [name, value] of Object.entries(grant)) demand(talk, answer, name, value, 'NXS-PUT-008', `The ${name} is another.`);
      },
    }),
    property({
      name: 'nexus.receipt.read/recipient',
      requirement: 'NXS-RCP-006',
      title: 'A receipt is that of the recipient who signed it',
      operations: ['nexus.receipt.sign', 'nexus.receipt.read'],
      arbitrary: fc.record({ seed: bytesExactly(32), hash, status: fc.constantFrom('delivered', 'refused') }),
      trial: async ({ seed, ...given }, talk) => {
        const body = textIn(await talk.want('nexus.receipt.sign', { seed: toHex(seed), ...given }), 'body');
        const answer = await talk.want('nexus.receipt.read', { body });
        for (const [name, value] of Object.entries(given)) demand(talk, answer, name, value, 'NXS-RCP-001', `The ${name} is another.`);
        demand(talk, answer, 'recipient', ownerOf(nodeOf(seed)), 'NXS-RCP-006', 'The receipt is that of another.');
      },
    }),
    property({
      name: 'nexus.advisory.read/round-trip',
      requirement: 'NXS-ADV-001',
      title: 'An advisory is read as it was signed',
      operations: ['nexus.advisory.sign', 'nexus.advisory.read'],
      arbitrary: fc
        .record({ oldSeed: hash, newSeed: hash, sequence: u64, timestamp: u64 })
        .filter(({ oldSeed, newSeed }) => oldSeed !== newSeed),
      trial: async ({ oldSeed, newSeed, ...given }, talk) => {
        const body = textIn(await talk.want('nexus.advisory.sign', { oldSeed, newSeed, ...given, evidence: 'both' }), 'body');
        const answer = await talk.want('nexus.advisory.read', { body });
        for (const [name, value] of Object.entries(given)) demand(talk, answer, name, value, 'NXS-ADV-001', `The ${name} is another.`);
        demand(talk, answer, 'newKey', nodeOf(fromHex(newSeed)).publicKey, 'NXS-ADV-001', 'The new key is another.');
      },
    }),
  ];
}
