/** What holds for all groups: what is signed is read as it was, all members have one key, and what one says the others read. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { addressOf } from '../envelope/made.ts';
import { nodeOf, type Node } from '../identity/people.ts';
import { groupFlows } from './cross.ts';
import { contractByHand, entropyOf, messageByHand, sortedKeys, stateByHand } from './made.ts';

const hex = (length: number): fc.Arbitrary<string> => bytesExactly(length).map(toHex);
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const node = bytesExactly(32).map(nodeOf);

/** A group of up to five, the admin first. */
interface Group {
  readonly members: readonly [Node, ...Node[]];
  readonly nonce: string;
  readonly epoch: string;
  readonly entropy: string;
}
const group: fc.Arbitrary<Group> = fc
  .record({
    members: fc.uniqueArray(node, { minLength: 1, maxLength: 5, selector: ({ publicKey }) => publicKey }),
    nonce: hex(16),
    epoch: u64,
    entropy: hex(32 * 6),
  })
  .map(({ members: [admin, ...others], entropy, ...given }) => ({
    ...given,
    members: [admin ?? nodeOf(new Uint8Array(32)), ...others],
    entropy: entropy.slice(0, 64 * (others.length + 2)),
  }));
function signing({ members, nonce, epoch, entropy }: Group): JsonObject {
  return { seed: members[0].seed, nonce, epoch, members: sortedKeys(members), entropy };
}
function stateOf({ members, nonce, epoch, entropy }: Group): string {
  return stateByHand({ admin: members[0], members, nonce, epoch, entropy });
}

const content = fc.oneof(
  fc.record({
    kind: fc.constant(0),
    body: fc.string({ maxLength: 40 }).map((text) => toHex(Buffer.from(text.replaceAll('\ud800', ''), 'utf8'))),
  }),
  fc.record({ kind: fc.constant(2), body: bytesUpTo(60).map(toHex) }),
  fc.record({ kind: fc.constant(3), body: hex(16) }),
  fc.record({ kind: fc.constant(4), body: hex(32) }),
);
const said = fc
  .record({
    what: content,
    seed: hex(32),
    groupId: hex(32),
    epoch: u64,
    groupKey: hex(32),
    created: u64,
    messageId: hex(16),
    entropy: hex(16),
  })
  .map(({ what, ...given }): JsonObject => ({ ...given, ...what }));
/** A message of one of the members. */
const heard = fc.record({ of: group, from: fc.nat(4), salt: hex(16) }).map(({ of, from, salt }): JsonObject => {
  const sender = of.members[from % of.members.length] ?? of.members[0];
  const state = stateOf(of);
  const groupKey = of.entropy.slice(0, 64);
  return { state, groupKey, message: messageByHand({ groupId: state.slice(2, 66), epoch: of.epoch, node: sender, salt, key: groupKey }) };
});
const message = heard.map((given) => String(given['message']));
/** What the contract is given, in most cases what it accepts. */
const run = fc.record({ of: group, isFirst: fc.boolean() }).map(({ of, isFirst }): JsonObject => {
  if (isFirst) return { state: stateOf({ ...of, epoch: '0' }) };
  const before = BigInt(of.epoch) / 2n;
  const keys = sortedKeys(of.members);
  return {
    before: contractByHand(stateOf({ ...of, epoch: String(before) }), keys),
    state: stateOf({ ...of, epoch: String(before + 1n) }),
  };
});

const hints: Hints = {
  params: {
    'nexus.group.state.read.state': () => group.map(stateOf),
    'nexus.group.message.read.message': () => message,
    'nexus.group.message.seal.entropy': () => hex(16),
  },
  layouts: {
    'nexus.group-state': () => group.map((given) => fromHex(stateOf(given))),
    'nexus.group-message': () => message.map(fromHex),
  },
  requests: {
    'nexus.group.state.sign': () => group.map(signing),
    'nexus.group.state.open': () =>
      fc.record({ of: group, who: fc.nat(4) }).map(({ of, who }) => ({
        seed: (of.members[who % of.members.length] ?? of.members[0]).seed,
        state: stateOf(of),
      })),
    'nexus.group.message.seal': () => said,
    'nexus.group.message.open': () => heard,
    'nexus.group.contract': () => run,
  },
};

export const properties: TopicProperties = {
  checks: (suite) => propertyChecks(suite, (property) => groupProperties(property)),
  flows: groupFlows,
  hints,
};

function groupProperties(property: Bind): Check[] {
  return [
    property({
      name: 'nexus.group.state.read/round-trip',
      requirement: 'NXS-GST-001',
      title: 'A state is read as it was signed',
      operations: ['nexus.group.state.sign', 'nexus.group.state.read'],
      arbitrary: group,
      trial: async (given, talk) => {
        const answer = await talk.want('nexus.group.state.read', {
          state: textIn(await talk.want('nexus.group.state.sign', signing(given)), 'state'),
        });
        const { nonce, epoch, members } = given;
        const wanted = { nonce, epoch, admin: members[0].publicKey, members: sortedKeys(members) };
        for (const [name, value] of Object.entries(wanted)) demand(talk, answer, name, value, 'NXS-GST-001', `The ${name} is another.`);
      },
    }),
    property({
      name: 'nexus.group.state.open/one-key',
      requirement: 'NXS-GST-009',
      title: 'All members open one key',
      operations: ['nexus.group.state.sign', 'nexus.group.state.open'],
      arbitrary: group,
      trial: async (given, talk) => {
        const state = textIn(await talk.want('nexus.group.state.sign', signing(given)), 'state');
        for (const { seed } of given.members) {
          const answer = await talk.want('nexus.group.state.open', { seed, state });
          demand(talk, answer, 'groupKey', given.entropy.slice(0, 64), 'NXS-GST-009', 'A member has another key.');
        }
      },
    }),
    property({
      name: 'nexus.group.state.read/signed',
      requirement: 'NXS-GST-008',
      title: 'A state that was changed in any byte is refused',
      operations: ['nexus.group.state.read'],
      arbitrary: fc.record({ of: group, at: fc.nat(500) }),
      trial: async ({ of, at }, talk) => {
        const bytes = fromHex(stateOf(of));
        const place = bytes.length - 1 - (at % 160); // the key check, the signature, and most of the last envelope
        const state = toHex(bytes.map((byte, i) => (i === place ? byte ^ 4 : byte)));
        await talk.agree('nexus.group.state.read', { state });
      },
    }),
    property({
      name: 'nexus.group.message.open/round-trip',
      requirement: 'NXS-GMS-001',
      title: 'A message is opened as it was sealed',
      operations: ['nexus.group.message.seal', 'nexus.group.message.open'],
      arbitrary: fc.record({ of: group, what: said }),
      trial: async ({ of, what }, talk) => {
        const state = stateOf(of);
        const groupKey = of.entropy.slice(0, 64);
        const own = { ...what, seed: of.members[0].seed, groupId: state.slice(2, 66), epoch: of.epoch, groupKey };
        const sealed = textIn(await talk.want('nexus.group.message.seal', own), 'message');
        const answer = await talk.want('nexus.group.message.open', { message: sealed, state, groupKey });
        for (const name of ['kind', 'created', 'messageId', 'body'])
          demand(talk, answer, name, what[name] ?? null, 'NXS-GMS-010', `The ${name} is another.`);
        demand(talk, answer, 'publicKey', of.members[0].publicKey, 'NXS-GMS-005', 'The sender is another.');
      },
    }),
    property({
      name: 'nexus.group.message.read/sender',
      requirement: 'NXS-GMS-001',
      title: 'A message shows its group, its epoch and its sender',
      operations: ['nexus.group.message.seal', 'nexus.group.message.read'],
      arbitrary: said,
      trial: async (what, talk) => {
        const answer = await talk.want('nexus.group.message.read', {
          message: textIn(await talk.want('nexus.group.message.seal', what), 'message'),
        });
        const sender = addressOf(nodeOf(fromHex(textIn(what, 'seed'))));
        const { groupId = '', epoch = '', entropy: salt = '' } = what;
        const wanted = { groupId, epoch, sender, salt };
        for (const [name, value] of Object.entries(wanted)) demand(talk, answer, name, value, 'NXS-GMS-001', `The ${name} is another.`);
      },
    }),
    property({
      name: 'nexus.group.contract/same',
      requirement: 'NXS-GCT-007',
      title: 'The contract makes the same of the same',
      operations: ['nexus.group.contract', 'nexus.group.id'],
      arbitrary: run,
      trial: async (given, talk) => {
        const first = await talk.want('nexus.group.contract', given);
        await talk.want('nexus.group.id', { admin: entropyOf('between', 0), nonce: '00'.repeat(16) });
        const again = await talk.want('nexus.group.contract', given);
        demand(talk, again, 'after', textIn(first, 'after'), 'NXS-GCT-007', 'The second time it makes something else.');
      },
    }),
  ];
}
