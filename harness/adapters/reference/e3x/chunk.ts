import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  'e3x.chunks.split': ({ packet, transport, size = 0 }) => ({
    frames: engine.splitChunks(packet, transport === undefined ? size : engine.transportOf(transport).size),
  }),
  'e3x.chunks.join': ({ stream }) => ({ packets: engine.joinChunks(stream) }),
  ...session('e3x.chunks', {
    open: (options) => new engine.ChunkEndpoint(options),
    calls: {
      receive: (endpoint, { link = 0, bytes, now }) => endpoint.handleBytes(link, bytes, now),
      send: (endpoint, { link = 0, packet, now }) => endpoint.send(link, packet, now),
      tick: (endpoint, { now }) => endpoint.handleTimeout(now),
    },
    poll: (endpoint) => ({
      pollTransmit: () => endpoint.pollTransmit()?.bytes,
      pollEvent: () => endpoint.pollEvent(),
      pollTimeoutAtMs: () => endpoint.pollTimeoutAtMs(),
    }),
  }),
});
