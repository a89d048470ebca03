import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'kilt.message.validate': ({ message, replyTo }) => ({ type: engine.checkMessage(message, primitives, replyTo) }),
});
