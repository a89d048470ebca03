import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine }) => ({
  'kilt.message.validate': ({ message }) => ({ type: engine.checkMessage(message) }),
});
