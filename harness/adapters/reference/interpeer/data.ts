import type { TopicOperations } from '../adapter-topic.ts';

const NO_PADDING = new Uint8Array(0);

export const operations: TopicOperations = ({ engine, session }) => ({
  'interpeer.bundle.room': ({ mtu = engine.MTU_DEFAULT, encrypted }) => ({ room: engine.payloadBytesOf(mtu, encrypted) }),
  'interpeer.bundle.writes': ({ writes, room, stream }) => ({ payloads: engine.bundleWrites(writes, room, stream) }),
  'interpeer.bundle.messages': ({ messages, room }) => ({ payloads: engine.bundleMessages(messages, room) }),
  'interpeer.padding.derive': ({ spare, entropy }) => ({ paddingLength: engine.derivePaddingLength(spare, entropy) }),
  ...session('interpeer.data', {
    open: ({ window: windowPackets, room: payloadBytes, ...options }) =>
      new engine.DataChannel({ ...options, windowPackets, payloadBytes }),
    calls: {
      write: (channel, { writes, now }) => channel.write(writes, now),
      read: (channel) => {
        const bytes = channel.read();
        return { events: bytes === undefined ? [] : [{ type: 'data', bytes }] };
      },
      receive: (channel, { packet, now }) => {
        const { sequenceNumber, payload } = engine.decodePrivatePart(packet);
        channel.handleMessages(sequenceNumber, engine.decodeMessages(payload, 'interpeer-1'), now);
      },
      finish: (channel, { reason, now }) => channel.finish(reason, now),
      tick: (channel, { now }) => channel.handleTimeout(now),
    },
    poll: (channel) => ({
      pollTransmit: () => {
        const packet = channel.pollTransmit();
        if (packet === undefined) return undefined;
        const { sequenceNumber, messages } = packet;
        return engine.encodePrivatePart({ sequenceNumber, payload: engine.encodeMessages(messages, 'interpeer-1'), padding: NO_PADDING });
      },
      pollEvent: () => channel.pollEvent(),
      pollTimeoutAtMs: () => channel.pollTimeoutAtMs(),
    }),
  }),
});
