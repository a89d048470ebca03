/** What holds for any link and any record: both ends agree, and fragments that come in any order are the record again. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { hints } from './arbitraries.ts';
import { destinationOf } from './by-hand.ts';
import { renewalProperties, sentBy } from './renewals.ts';

type Talk = Parameters<Parameters<Bind>[0]['trial']>[1];

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property) => [...linkProperties(property), ...renewalProperties(property)]),
  hints,
};

const secret = bytesExactly(32);
/** Seeds and ephemeral secrets of both ends. */
const ENDS = { aliceSeed: secret, bobSeed: secret, aliceSecret: secret, bobSecret: secret };
interface Ends {
  readonly aliceSeed: Uint8Array;
  readonly bobSeed: Uint8Array;
  readonly aliceSecret: Uint8Array;
  readonly bobSecret: Uint8Array;
}

const firstSent = (step: JsonObject): string => String((step['transmit'] as readonly Json[] | undefined)?.[0] ?? '');

/** Brings a link up, at 1,005 ms: Alice requests it, Bob answers. */
async function linkUp(
  talk: Talk,
  { aliceSeed, bobSeed, aliceSecret, bobSecret }: Ends,
): Promise<{ readonly alice: string; readonly bob: string; readonly linkId: string; readonly entropy: string }> {
  const [open, receive, entropy] = ['nexus.link.open', 'nexus.link.receive', toHex(bobSecret)];
  const destination = toHex(destinationOf(bobSeed));
  const asks = { role: 'initiator', seed: toHex(aliceSeed), destination, secret: toHex(aliceSecret), clock: '1', now: 1000 };
  const alice = textIn(await talk.want(open, asks), 'session');
  const bob = textIn(await talk.want(open, { role: 'responder', seed: toHex(bobSeed), clock: '2', now: 1000 }), 'session');
  const request = firstSent(await talk.want('nexus.link.begin', { session: alice, now: 1001 }));
  const proof = firstSent(await talk.want(receive, { session: bob, packet: request, entropy, now: 1002 }));
  const identification = firstSent(await talk.want(receive, { session: alice, packet: proof, entropy, now: 1003 }));
  const keepalive = firstSent(await talk.want(receive, { session: bob, packet: identification, entropy, now: 1004 }));
  const up = await talk.want(receive, { session: alice, packet: keepalive, entropy, now: 1005 });
  return { alice, bob, linkId: String(((up['events'] as readonly JsonObject[])[0] ?? {})['linkId'] ?? ''), entropy };
}

function linkProperties(property: Bind): Check[] {
  const [open, begin, receive, send] = ['nexus.link.open', 'nexus.link.begin', 'nexus.link.receive', 'nexus.link.send'];
  return [
    property({
      name: 'nexus.link/both-ends',
      requirement: 'NXS-LNK-016',
      title: 'What one end of a link sends, the other one reads',
      operations: [open, begin, receive, send, 'nexus.link.close'],
      arbitrary: fc.record({ ...ENDS, content: bytesUpTo(445) }),
      trial: async ({ content, ...secrets }, talk) => {
        const { alice, bob, linkId, entropy } = await linkUp(talk, secrets);
        for (const [from, to] of [
          [alice, bob],
          [bob, alice],
        ] as const) {
          const sent = await talk.want(send, { session: from, linkId, context: 0, content: toHex(content), now: 1006 });
          const read = await talk.want(receive, { session: to, packet: firstSent(sent), entropy, now: 1007 });
          const expected = [{ type: 'packet', linkId, context: 0, content: toHex(content) }];
          demand(talk, read, 'events', expected, 'NXS-LNK-016', 'The other end does not read what was sent.');
        }
        for (const session of [alice, bob]) await talk.want('nexus.link.close', { session });
      },
    }),
    property({
      name: 'nexus.link.tick/both-ends',
      requirement: 'NXS-RKY-009',
      title: 'Time passes for a link that is up at both ends: a request for new keys is repeated when it is due, and not before',
      operations: [open, begin, receive, 'nexus.link.rekey', 'nexus.link.tick', 'nexus.link.close'],
      arbitrary: fc.record({ ...ENDS, isInitiator: fc.boolean() }),
      trial: async ({ isInitiator, ...secrets }, talk) => {
        const { alice, bob, linkId, entropy } = await linkUp(talk, secrets);
        const session = isInitiator ? alice : bob;
        await talk.want('nexus.link.rekey', { session, linkId, entropy, now: 1006 });
        let dueMs = 1006;
        for (const gapMs of [1000, 2000, 4000]) {
          dueMs += gapMs;
          for (const [earlierMs, count] of [
            [1, 0],
            [0, 1],
          ] as const) {
            const step = await talk.want('nexus.link.tick', { session, now: dueMs - earlierMs });
            sentBy(talk, step, count, 'NXS-RKY-009', count === 0 ? 'A request is repeated early.' : 'A request is not repeated.');
          }
        }
        for (const end of [alice, bob]) await talk.want('nexus.link.close', { session: end });
      },
    }),
    property({
      name: 'nexus.link.receive/links-up',
      requirement: 'NXS-LNK-031',
      title: 'Of 66 links that are identified on 65 come up, and the last one when another has closed',
      operations: [open, begin, receive, send, 'nexus.link.close'],
      arbitrary: fc.record({ aliceSeed: secret, bobSeed: secret, first: secret }),
      runs: 1,
      trial: async ({ aliceSeed, bobSeed, first }, talk) => {
        const destination = toHex(destinationOf(bobSeed));
        const bob = textIn(await talk.want(open, { role: 'responder', seed: toHex(bobSeed), clock: '2', now: 1000 }), 'session');
        /** The identification on one more link, with an ephemeral secret of its own. */
        const identified = async (index: number): Promise<string> => {
          const ephemeral = toHex(first.map((byte, i) => (i === 9 ? index : byte)));
          const asks = { role: 'initiator', seed: toHex(aliceSeed), destination, secret: ephemeral, clock: '1', now: 1000 };
          const alice = textIn(await talk.want(open, asks), 'session');
          const request = firstSent(await talk.want(begin, { session: alice, now: 1000 }));
          const proof = firstSent(await talk.want(receive, { session: bob, packet: request, entropy: ephemeral, now: 1000 }));
          const packet = firstSent(await talk.want(receive, { session: alice, packet: proof, entropy: '', now: 1000 }));
          await talk.want('nexus.link.close', { session: alice });
          return packet;
        };
        const bringUp = async (packet: string): Promise<void> => {
          const { kind } = await talk.ask(receive, { session: bob, packet, entropy: '', now: 1000 });
          const explanation = 'A link is refused although fewer than 65 are up.';
          if (kind === 'reject') talk.violated({ requirement: 'NXS-LNK-031', expect: { ok: {} }, explanation });
        };
        const linkIds: string[] = [];
        for (let index = 0; index < 65; index++) {
          const packet = await identified(index);
          linkIds.push(packet.slice(4, 36));
          await bringUp(packet);
        }
        const tooMany = { session: bob, packet: await identified(65), entropy: '', now: 1000 };
        const refusal = { reject: 'limit' } as const;
        const got = await talk.ask(receive, tooMany, { right: refusal });
        if (got.kind !== 'reject' || got.class !== 'limit')
          talk.violated({ requirement: 'NXS-LNK-031', expect: refusal, explanation: 'A 66th link is not refused as limit.' });
        await talk.want(send, { session: bob, linkId: linkIds[3] ?? '', context: 0xfc, content: '', now: 1000 });
        await bringUp(tooMany.packet);
        await talk.want('nexus.link.close', { session: bob });
      },
    }),
    property({
      name: 'nexus.fragments.split/assembled',
      requirement: 'NXS-FRG-006',
      title: 'The fragments of a record, in any order, are that record again',
      operations: ['nexus.fragments.split', 'nexus.assembly.open', 'nexus.assembly.receive', 'nexus.assembly.close'],
      arbitrary: fc.record({ record: bytesUpTo(5000, 446, [446, 882, 883, 4410]).map(toHex), rid: fc.nat(65_535), turn: fc.nat(100) }),
      trial: async ({ record, rid, turn }, talk) => {
        const { contents } = await talk.want('nexus.fragments.split', { record, rid });
        const list = contents as readonly string[];
        const turned = [...list.slice(turn % list.length), ...list.slice(0, turn % list.length)].reverse();
        const session = textIn(await talk.want('nexus.assembly.open', { now: 1000 }), 'session');
        for (const [i, content] of turned.entries()) {
          const step = await talk.want('nexus.assembly.receive', { session, link: 3, content, now: 1001 });
          const acknowledgement = toHex(Uint8Array.of(rid & 0xff, rid >> 8, 0, 0));
          const whole = [
            { type: 'reply', link: 3, content: acknowledgement },
            { type: 'record', link: 3, record },
          ];
          demand(talk, step, 'events', i === turned.length - 1 ? whole : [], 'NXS-FRG-006', 'The record is not what was cut.');
        }
        await talk.want('nexus.assembly.close', { session });
      },
    }),
    property({
      name: 'nexus.assembly.receive/completed-links',
      requirement: 'NXS-FRG-016',
      title: 'Of 65 links that completed a record the first is forgotten, and no other',
      operations: ['nexus.assembly.open', 'nexus.assembly.receive', 'nexus.assembly.close'],
      arbitrary: bytesExactly(446).map(toHex),
      runs: 1,
      trial: async (record, talk) => {
        const session = textIn(await talk.want('nexus.assembly.open', { now: 1000 }), 'session');
        const [first, second] = [`00000001${record.slice(0, 882)}`, `00000101${record.slice(882)}`];
        const receive = async (link: number, content: string, events: Json): Promise<void> => {
          const step = await talk.want('nexus.assembly.receive', { session, link, content, now: 1000 });
          demand(talk, step, 'events', events, 'NXS-FRG-016', 'The completed records of another number of links are remembered than 64.');
        };
        const acknowledged = (link: number): JsonObject => ({ type: 'reply', link, content: '00000000' });
        const complete = async (link: number): Promise<void> => {
          await receive(link, first, []);
          await receive(link, second, [acknowledged(link), { type: 'record', link, record }]);
        };
        for (let link = 1; link <= 64; link++) await complete(link);
        await receive(1, first, [acknowledged(1)]);
        await complete(65);
        await receive(2, first, [acknowledged(2)]);
        await receive(1, first, []);
        await talk.want('nexus.assembly.close', { session });
      },
    }),
  ];
}
