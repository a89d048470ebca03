import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'e3x.token.derive': ({ packet }) => ({ token: engine.deriveToken(packet, primitives) }),
});
