import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'kilt.envelope.seal': ({ documents = [], ...input }) => {
    const resolver = new engine.DocumentDirectory(documents);
    return { envelope: engine.writeEnvelope(engine.sealEnvelope({ ...input, resolver }, primitives)) };
  },
  'kilt.envelope.open': ({ envelope, receiver, sender, documents = [], former = [] }) => {
    const resolver = new engine.DocumentDirectory(documents, former);
    return { message: engine.openEnvelope({ envelope: engine.readEnvelope(envelope), receiver, sender, resolver }, primitives) };
  },
  'kilt.envelope.pack': ({ envelope }) => ({ bytes: engine.packEnvelope(engine.readEnvelope(envelope), primitives) }),
  'kilt.envelope.unpack': ({ bytes }) => ({ envelope: engine.writeEnvelope(engine.unpackEnvelope(bytes, primitives)) }),
});
