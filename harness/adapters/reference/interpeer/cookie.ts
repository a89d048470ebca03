import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'interpeer.cookie.make': ({ now: nowMs, ...input }) => ({ cookie: engine.makeCookie({ ...input, nowMs }, primitives) }),
  'interpeer.cookie.check': ({ now: nowMs, cookie, ...input }) => {
    engine.checkCookie({ ...input, nowMs }, cookie, primitives);
    return {};
  },
});
