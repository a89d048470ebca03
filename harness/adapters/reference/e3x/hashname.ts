import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'e3x.hashname.derive': ({ keys, intermediates }) => ({ hashname: engine.deriveHashname({ keys, intermediates }, primitives) }),
  'e3x.hashname.intermediates': ({ keys }) => ({ intermediates: engine.deriveIntermediates(keys, primitives) }),
  'e3x.hashname.parse': ({ hashname }) => ({ digest: engine.parseHashname(hashname) }),
  'e3x.base32.encode': ({ bytes }) => ({ text: engine.encodeBase32(bytes) }),
  'e3x.base32.decode': ({ text }) => ({ bytes: engine.decodeBase32(text) }),
});
