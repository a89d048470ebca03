import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  ...session('e3x.linkstate', {
    open: ({ limits, now }) => new engine.LinkState({ limits }, now),
    calls: {
      keys: (link, { now }) => link.handleKeys(now),
      path: (link, { path, type, now }) => link.addPath(path, type, now),
      lost: (link, { path, now }) => link.losePath(path, now),
      connect: (link, { now }) => link.connect(now),
      sent: (link, { path, handshake, now }) => link.handleSent(path, handshake, now),
      received: (link, { path, type, handshake, now }) => link.handleReceived(path, type, handshake, now),
      failed: (link, { now }) => link.handleFailed(now),
      send: (link, { now }) => link.send(now),
      answer: (link, { paths, now }) => link.answer(paths, now),
      tick: (link, { now }) => link.handleTimeout(now),
    },
    poll: (link) => link,
  }),
});
