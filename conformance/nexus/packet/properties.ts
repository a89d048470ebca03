/** What holds for all packets: what is taken apart is written again as it was, and relays do not change the id. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { CONTEXTS } from './vectors.ts';

/** Requests on the way at once where there are many. */
const AT_ONCE = 64;

const address = bytesExactly(16).map(toHex);
const packet = fc
  .record({
    types: fc.nat(15),
    isForm2: fc.boolean(),
    hops: fc.nat(127),
    addresses: bytesExactly(32).map(toHex),
    context: fc.constantFrom(...CONTEXTS),
    data: bytesUpTo(466, 0, [0, 1, 45, 46, 464, 465, 466]).map(toHex),
  })
  .map(({ types, isForm2, hops, addresses, context, data }) => {
    const header = toHex(Uint8Array.of((isForm2 ? 0x50 : 0) | types, hops));
    return `${header}${isForm2 ? addresses : addresses.slice(32)}${toHex(Uint8Array.of(context))}${data}`;
  });

const hints: Hints = {
  params: {
    'nexus.packet.encode.destination': () => address,
    'nexus.packet.encode.transport': () => address,
    'nexus.packet.encode.context': () => fc.constantFrom(...CONTEXTS),
    'nexus.packet.encode.hops': () => fc.nat(128),
    'nexus.packet.encode.data': () => bytesUpTo(466, 0, [0, 1, 464, 465, 466]).map(toHex),
  },
  layouts: { 'nexus.packet-1': () => packet.map(fromHex) },
};

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property) => packetProperties(property)),
  hints,
};

function packetProperties(property: Bind): Check[] {
  const check = 'nexus.duplicates.check';
  const [encode, decode, id, hop] = ['nexus.packet.encode', 'nexus.packet.decode', 'nexus.packet.id', 'nexus.packet.hop'];
  return [
    property({
      name: 'nexus.packet.decode/round-trip',
      requirement: 'NXS-PKT-001',
      title: 'A packet that is taken apart is written again as it was',
      operations: [encode, decode],
      arbitrary: packet,
      trial: async (given, talk) => {
        const read = await talk.ask(decode, { packet: given });
        // Some of the packets are not valid: then the specification refuses them as well.
        if (read.kind === 'reject') return talk.agree(decode, { packet: given });
        demand(talk, await talk.want(encode, read.value), 'packet', given, 'NXS-PKT-001', 'The packet was not written as it was.');
      },
    }),
    property({
      name: 'nexus.packet.id/any-hop',
      requirement: 'NXS-PKT-013',
      title: 'A packet keeps its id from hop to hop',
      operations: [id, hop],
      arbitrary: packet,
      trial: async (given, talk) => {
        const received = await talk.ask(hop, { packet: given });
        if (received.kind === 'reject') return talk.agree(hop, { packet: given });
        const { id: before = null } = await talk.want(id, { packet: given });
        const after = await talk.want(id, { packet: received.value['packet'] ?? '' });
        demand(talk, after, 'id', before, 'NXS-PKT-013', 'The id changed with the hops.');
      },
    }),
    property({
      name: 'nexus.duplicates.check/full',
      requirement: 'NXS-PKT-015',
      title: 'Of 1,025 envelopes the first is forgotten, and no other',
      operations: ['nexus.duplicates.open', check, 'nexus.duplicates.close'],
      arbitrary: bytesExactly(16).map(toHex),
      runs: 1,
      trial: async (destination, talk) => {
        const session = textIn(await talk.want('nexus.duplicates.open', { now: 1000 }), 'session');
        const send = async (packets: readonly number[], isNew: boolean): Promise<void> => {
          const requests = packets.map((which) => ({
            session,
            packet: `0003${destination}00${toHex(Uint8Array.of(which & 0xff, which >> 8))}`,
            now: 1000,
          }));
          const answers = await talk.askInARow(check, requests);
          if (answers.every(({ kind }) => (kind === 'ok') === isNew)) return;
          const expect = isNew ? { ok: { transmit: [], events: [{ type: 'new' }], timeoutAt: 61_000 } } : { reject: 'replayed' };
          talk.violated({ requirement: 'NXS-PKT-015', expect, explanation: 'Another number of ids is remembered than 1,024.' });
        };
        const remembered = Array.from({ length: 1024 }, (_, which) => which);
        for (let at = 0; at < remembered.length; at += AT_ONCE) await send(remembered.slice(at, at + AT_ONCE), true);
        await send([0], false);
        await send([1024], true);
        await send([1], false);
        await send([0], true);
        await talk.want('nexus.duplicates.close', { session });
      },
    }),
  ];
}
