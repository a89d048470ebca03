import { describe, expect, it } from 'vitest';
import { fromHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { Channel } from '../channel/channel.ts';
import { ChannelTable } from '../channel-table/channel-table.ts';
import { Exchange } from '../exchange/exchange.ts';
import { deriveHashname } from '../hashname/hashname.ts';
import { deriveOrder } from '../exchange/order.ts';
import { encodePacket } from '../packet/packet.ts';
import type { Packet } from '../packet/packet.ts';
import { Router } from './router.ts';

/** One endpoint with everything above its keys: exchange, table of channels, and the path by which the router reaches it. */
interface End {
  readonly hashname: string;
  readonly path: number;
  readonly exchange: Exchange;
  readonly channels: ChannelTable;
}

const ALICE = {
  secret: fromHex('a5c1b2b459783cffbf5d46cae0f7e95f08cf3cb30886c4e9625eccce54a6e4cd'),
  key: fromHex('2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937'),
};
const BOB = {
  secret: fromHex('1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b'),
  key: fromHex('198862ad040c4c09228c45d1665df06fb8fdc658d758a086cc873238e112e030'),
};

let drawn = 0;
function fresh(length: number): Uint8Array {
  drawn += 1;
  const bytes = new Uint8Array(length).fill(9);
  new DataView(bytes.buffer).setUint32(0, drawn);
  return bytes;
}
function end(local: typeof ALICE, remote: typeof ALICE, path: number): End {
  return {
    hashname: deriveHashname({ keys: new Map([['3a', local.key]]) }, noblePrimitives),
    path,
    exchange: new Exchange({ csid: '3a', local, remoteKey: remote.key, entropy: fresh(32), primitives: noblePrimitives }),
    channels: new ChannelTable({ order: deriveOrder(local.key, remote.key) }),
  };
}
function all<Item>(poll: () => Item | undefined): Item[] {
  const items: Item[] = [];
  for (let item = poll(); item !== undefined; item = poll()) items.push(item);
  return items;
}

describe('E3X-RTR two endpoints over a router that reads nothing', () => {
  it('shake hands by peer and connect, and then speak by routes', () => {
    const [alice, bob] = [end(ALICE, BOB, 1), end(BOB, ALICE, 2)];
    const router = new Router({ primitives: noblePrimitives });
    for (const { hashname } of [alice, bob]) router.link(hashname);
    const connected: Uint8Array[] = [];

    /** Carries handshakes by the router: peer in, connect out. */
    const introduce = (from: End, to: End): void => {
      for (const handshake of all(() => from.exchange.pollTransmit())) {
        router.handlePeer(from.hashname, from.path, encodePacket({ json: { c: 1, type: 'peer', peer: to.hashname }, body: handshake }), 0);
        const event = router.pollEvent();
        expect(event).toMatchObject({ type: 'connect', to: to.hashname, peer: from.hashname });
        if (event?.type !== 'connect') continue;
        connected.push(event.body);
        to.exchange.handlePacket(event.body, 0);
      }
    };
    /** Carries channel packets by the router: by token alone. */
    const carry = (from: End, to: End): Packet[] =>
      all(() => from.exchange.pollTransmit()).flatMap((packet) => {
        router.handlePacket(from.path, packet, 0);
        const event = router.pollEvent();
        expect(event).toMatchObject({ type: 'deliver', path: to.path, packet });
        if (event?.type === 'deliver') to.exchange.handlePacket(event.packet, 0);
        return all(() => to.exchange.pollEvent()).flatMap((e) => (e.type === 'packet' ? [e.inner] : []));
      });

    alice.exchange.handshake(fresh(24), 0);
    introduce(alice, bob);
    expect(all(() => bob.exchange.pollEvent())).toMatchObject([{ type: 'handshake', at: 1 }]);
    bob.exchange.accept(1, fresh(24), 0);
    introduce(bob, alice);
    expect(all(() => alice.exchange.pollEvent())).toMatchObject([{ type: 'handshake', at: 1 }]);
    alice.exchange.accept(1, new Uint8Array(0), 0);
    expect(connected).toHaveLength(2);

    alice.channels.create('stream');
    const created = alice.channels.pollEvent();
    const c = created?.type === 'created' ? created.c : 0;
    expect(c).toBeGreaterThan(0);
    const out = new Channel({ c, type: 'stream', reliable: true });
    out.send({ json: { hello: 'bob' } }, 0);
    for (const inner of all(() => out.pollTransmit())) alice.exchange.send(inner, fresh(24), 0);
    const arrived = carry(alice, bob);
    expect(arrived).toHaveLength(1);
    const into = new Channel({ c, reliable: true, incoming: true });
    for (const inner of arrived) {
      bob.channels.handleDecoded(inner);
      expect(all(() => bob.channels.pollEvent())).toMatchObject([{ type: 'opened', c, packet: inner }]);
      into.handleDecoded(inner, 0);
    }
    expect(all(() => into.pollEvent()).map((e) => e.type === 'packet' && e.packet.json)).toMatchObject([{ hello: 'bob' }]);
    into.done(0);
    into.send({ json: { hello: 'alice' } }, 0);
    for (const inner of all(() => into.pollTransmit())) bob.exchange.send(inner, fresh(24), 0);
    for (const inner of carry(bob, alice)) out.handleDecoded(inner, 0);
    const events = all(() => out.pollEvent());
    expect(events.map((e) => e.type).sort()).toEqual(['acked', 'packet']);
    expect(events.flatMap((e) => (e.type === 'packet' ? [e.packet.json] : []))).toMatchObject([{ hello: 'alice' }]);
  });
});
