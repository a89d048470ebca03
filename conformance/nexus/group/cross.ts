/**
 * What three implementations can do together in a group: one administers it, all are members, each reads what another says,
 * and one is removed.
 */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import { Part } from '../../cross/part.ts';
import type { PairTalk, Side } from '../../cross/pair-talk.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo } from '../../suites/arbitraries.ts';
import { nodeOf, type Node } from '../identity/people.ts';
import { headerByHand, headerHash, little, ownerOf, rootOf } from '../object/made.ts';

const NOW_MS = 1_000;
/** Cases at effort 1. */
const RUNS = 4;
const MEMBER = ['open', 'state', 'message', 'accept', 'send', 'restart', 'close'].map((verb) => `nexus.group.member.${verb}`);
const ADMIN = ['open', 'create', 'change', 'close'].map((verb) => `nexus.group.admin.${verb}`);
const hex = (length: number): fc.Arbitrary<string> => bytesExactly(length).map(toHex);

/** The flow of a group of three. */
export function groupFlows(): Flow[] {
  return [
    flow({
      id: 'nexus.group/three',
      title: 'a group of three: each reads what another says, one is removed, and the two that are left go on',
      requirement: 'NXS-GST-009',
      producer: [...ADMIN, ...MEMBER],
      relay: MEMBER,
      consumer: MEMBER,
      runs: RUNS,
      arbitrary: fc.record({
        people: fc.uniqueArray(bytesExactly(32), { minLength: 3, maxLength: 3, selector: toHex }).map((seeds) => seeds.map(nodeOf)),
        nonce: hex(16),
        // A key and a secret for each, twice.
        entropy: hex(32 * 7),
        texts: fc.tuple(bytesUpTo(60), bytesUpTo(60), bytesUpTo(60)).map((texts) => texts.map((text) => toHex(text.map((b) => b & 0x7f)))),
        salts: fc.tuple(hex(16), hex(16), hex(16)),
        ids: fc.uniqueArray(hex(16), { minLength: 3, maxLength: 3 }),
        stops: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      }),
      trial: async ({ people: [admin, second, third], nonce, entropy, texts, salts, ids, stops }, talk) => {
        if (admin === undefined || second === undefined || third === undefined) throw new Error('three people');
        const group = new Group(talk, [
          ['producer', admin],
          ['relay', second],
          ['consumer', third],
        ]);
        const administers = new Part(talk, 'producer', 'nexus.group.admin', NOW_MS);
        await administers.open({ seed: admin.seed });
        await group.open();
        const others = [second.publicKey, third.publicKey];
        const begun = await administers.call('create', { nonce, members: others, entropy: entropy.slice(0, 64 * 4) });
        await group.deliver(begun, 'state');
        const groupId = group.groupId;
        await group.accept();
        const say = async (at: number, who: number, told: number[]): Promise<void> => {
          const [text = '', salt = '', messageId = ''] = [texts[at], salts[at], ids[at]];
          group.heard.length = 0;
          if (stops[at] === true) await group.restart();
          await group.say(who, { groupId, kind: 0, created: '0', messageId, body: text, entropy: salt });
          await talk.demand(
            { heard: group.heard },
            'heard',
            told.map((one) => `${String(one)} ${messageId} ${text}`),
          );
        };
        await say(0, 1, [0, 2]);
        await say(1, 2, [0, 1]);
        await group.deliver(
          await administers.call('change', { groupId, add: [], remove: [second.publicKey], entropy: entropy.slice(64 * 4) }),
          'state',
        );
        await talk.demand({ removed: group.removed }, 'removed', [1]);
        await say(2, 2, [0]);
        await administers.close();
        await group.close();
      },
    }),
  ];
}

/** The members, by their places. */
class Group {
  readonly #talk: PairTalk;
  readonly #members: readonly { readonly node: Node; readonly part: Part; readonly address: string }[];
  groupId = '';
  /** `place message-id body` of what applications were told. */
  readonly heard: string[] = [];
  /** Places of those who were told that they are members no more. */
  readonly removed: number[] = [];

  constructor(talk: PairTalk, members: readonly (readonly [Side, Node])[]) {
    this.#talk = talk;
    this.#members = members.map(([side, node]) => ({
      node,
      part: new Part(talk, side, 'nexus.group.member', NOW_MS),
      address: ownerOf(node),
    }));
  }
  async open(): Promise<void> {
    for (const { part, node } of this.#members) await part.open({ seed: node.seed });
  }
  async close(): Promise<void> {
    for (const { part } of this.#members) await part.close();
  }
  async restart(): Promise<void> {
    for (const { part } of this.#members) await part.call('restart', {});
  }
  async accept(): Promise<void> {
    for (const { part } of this.#members) this.#did(await part.call('accept', { groupId: this.groupId }));
  }
  async say(place: number, message: JsonObject): Promise<void> {
    const member = this.#members[place];
    if (member === undefined) throw new Error('nobody is there');
    await this.deliver(await member.part.call('send', message), 'message');
  }
  /** What one has put comes to its recipients, as an object would. */
  async deliver(events: readonly JsonObject[], kind: 'state' | 'message'): Promise<void> {
    const puts = events.filter(({ type }) => type === 'put');
    await this.#talk.demand({ puts: puts.length }, 'puts', 1);
    for (const { payload, recipients } of puts) {
      const bytes = String(payload);
      const hash = headerHash(headerByHand({ size: little(bytes.length / 2, 4), root: rootOf(fromHex(bytes)) }));
      if (kind === 'state') this.groupId = bytes.slice(2, 66);
      const to = Array.isArray(recipients) ? (recipients as readonly string[]) : [];
      for (const [place, { part, address }] of this.#members.entries()) {
        // The admin's own node, to which nothing needs to be put, and somebody who was removed see a state as well.
        if (kind === 'state' || to.includes(address)) this.#did(await part.call(kind, { hash, age: 0, payload: bytes }), place);
      }
    }
  }
  #did(events: readonly JsonObject[], place = -1): void {
    for (const { type, messageId, body } of events) {
      if (type === 'message') this.heard.push(`${String(place)} ${String(messageId)} ${String(body)}`);
      if (type === 'removed') this.removed.push(place);
    }
  }
}
