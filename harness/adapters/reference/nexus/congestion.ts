import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  'nexus.congestion.encode': (signal) => ({ body: engine.encodeCongestionSignal(signal) }),
  'nexus.congestion.decode': ({ body }) => engine.decodeCongestionSignal(body),
  'nexus.access.timing': (link) => engine.accessTimingOf(link),
  'nexus.announce-share.of': (limits) => ({ shareUs: engine.announceShareUs(limits) }),
  ...session('nexus.queue', {
    open: ({ now, ...options }) => new engine.PacketQueue(options, now),
    calls: {
      enqueue: (queue, { priority, packet, now }) => queue.enqueue(priority, packet, now),
      link: (queue, { free, now }) => queue.setFree(free, now),
      take: (queue, { now }) => queue.take(now),
      abandon: (queue, { now }) => queue.abandon(now),
      tick: (queue, { now }) => queue.handleTimeout(now),
    },
    poll: (queue) => queue,
  }),
  ...session('nexus.access', {
    open: (timing) => new engine.ChannelAccess(timing),
    calls: {
      request: (access, { heard, entropy, now }) => access.request(heard, entropy, now),
      listened: (access, { busy, entropy, now }) => access.handleListened(busy, entropy, now),
      tick: (access, { now }) => access.handleTimeout(now),
    },
    poll: (access) => access,
  }),
  ...session('nexus.announce-share', {
    open: ({ now, ...limits }) => new engine.AnnounceShare(limits, now),
    calls: { send: (share, { airtimeUs, now }) => share.send(airtimeUs, now) },
    poll: (share) => share,
  }),
});
