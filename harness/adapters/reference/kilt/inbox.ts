import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'kilt.inbox.take': ({ envelope, receiver, documents = [], former = [], now, ...input }) => {
    const resolver = new engine.DocumentDirectory(documents, former);
    return { ...engine.takeFromInbox({ envelope: engine.readEnvelope(envelope), receiver, resolver, ...input }, now, primitives) };
  },
});
