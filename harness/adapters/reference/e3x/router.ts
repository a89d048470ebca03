import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  ...session('e3x.router', {
    open: ({ limits }) => new engine.Router({ limits, primitives }),
    calls: {
      link: (router, { hashname }) => router.link(hashname),
      unlink: (router, { hashname }) => router.unlink(hashname),
      peer: (router, { from, path, packet, now }) => router.handlePeer(from, path, packet, now),
      route: (router, { path, packet, now }) => router.handlePacket(path, packet, now),
      tick: (router, { now }) => router.handleTimeout(now),
    },
    poll: (router) => router,
  }),
});
