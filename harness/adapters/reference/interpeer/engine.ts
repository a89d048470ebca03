import { createHash } from 'node:crypto';
import type { TopicOperations } from '../adapter-topic.ts';

/** What an engine draws follows from the entropy that it was opened with: SHA-512 of it and a count, block after block. */
function entropyFrom(seed: Uint8Array): { draw(length: number): Uint8Array } {
  let pool = Buffer.alloc(0);
  let count = 0;
  return {
    draw(length) {
      while (pool.length < length) pool = Buffer.concat([pool, createHash('sha512').update(seed).update(String(count++)).digest()]);
      const drawn = Uint8Array.from(pool.subarray(0, length));
      pool = pool.subarray(length);
      return drawn;
    },
  };
}

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  ...session('interpeer.engine', {
    open: ({ suite, local, identity, handshake, entropy, mtu, window: windowPackets, sendPackets }) =>
      new engine.InterpeerEngine({
        suite,
        local,
        identity,
        policy: { handshakes: [handshake] },
        entropy: entropyFrom(entropy),
        mtu,
        windowPackets,
        sendPackets,
        primitives,
      }),
    calls: {
      connect: (node, { peer, handshake, remoteKey, airtimeMs, now }) => node.connect({ peer, handshake, remoteKey, airtimeMs }, now),
      accept: (node, { peer, hashname, now }) => node.accept(peer, hashname, now),
      refuse: (node, { peer, hashname, now }) => node.refuse(peer, hashname, now),
      channel: (node, { peer, capabilities, half, now }) => ({
        events: [{ type: 'proposed', channel: node.open({ peer, capabilities, half }, now) }],
      }),
      write: (node, { channel, data, now }) => ({ events: [{ type: 'taken', channel, length: node.write(channel, data, now) }] }),
      read: (node, { channel }) => {
        const events = [];
        for (let bytes = node.read(channel); bytes !== undefined; bytes = node.read(channel)) events.push({ type: 'data', channel, bytes });
        return { events };
      },
      finish: (node, { channel, reason, now }) => node.close(channel, reason, now),
      receive: (node, { datagram, now }) => node.handleDatagram(datagram, now),
      tick: (node, { now }) => node.handleTimeout(now),
    },
    poll: (node) => ({
      pollTransmit: () => node.pollTransmit()?.datagram,
      pollEvent: () => node.pollEvent(),
      pollTimeoutAtMs: () => node.pollTimeoutAtMs(),
    }),
  }),
});
