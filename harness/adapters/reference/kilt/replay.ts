import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'kilt.replay.identity': (input) => ({ identity: engine.deriveReplayIdentity(input, primitives) }),
  ...session('kilt.replay', {
    open: ({ now, ...options }) => new engine.ReplayGuard(options, now, primitives),
    calls: {
      check: (guard, { sender, createdAt, messageId, now }) => guard.check({ sender, createdAt, messageId }, now),
      tick: (guard, { now }) => guard.handleTimeout(now),
      snapshot: (guard) => ({ snapshot: guard.snapshot() }),
    },
    poll: (guard) => guard,
  }),
});
