import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine }) => ({
  'e3x.compression.negotiate': ({ local, remote }) => ({ z: engine.negotiateCompression(local, remote) }),
  'e3x.compression.encode': ({ z, inner }) => ({ payload: engine.encodeCompressed(z, inner) }),
  'e3x.compression.decode': ({ z, payload }) => engine.decodeCompressed(z, payload),
});
