import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine }) => ({
  'e3x.jws.encode': ({ jws }) => ({ packet: engine.encodeJws(jws) }),
  'e3x.jws.decode': ({ packet }) => ({ jws: engine.decodeJws(packet) }),
  'e3x.jwe.encode': ({ jwe }) => ({ packet: engine.encodeJwe(jwe) }),
  'e3x.jwe.decode': ({ packet }) => ({ jwe: engine.decodeJwe(packet) }),
});
