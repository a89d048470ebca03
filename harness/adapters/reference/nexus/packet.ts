import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'nexus.packet.encode': (packet) => ({ packet: engine.encodeNexusPacket(packet) }),
  'nexus.packet.decode': ({ packet }) => engine.decodeNexusPacket(packet),
  'nexus.packet.id': ({ packet }) => ({ id: engine.deriveNexusPacketId(packet, primitives) }),
  'nexus.packet.hop': ({ packet }) => ({ packet: engine.raiseHops(packet) }),
  ...session('nexus.duplicates', {
    open: ({ entryCount }) => new engine.DuplicateFilter({ entryCount }, primitives),
    calls: {
      check: (filter, { packet, now }) => filter.check(packet, now),
      tick: (filter, { now }) => filter.handleTimeout(now),
    },
    poll: (filter) => filter,
  }),
});
