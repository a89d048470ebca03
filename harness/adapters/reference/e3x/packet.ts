import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine }) => ({
  'e3x.packet.decode': ({ packet }) => {
    const decoded = engine.decodePacket(packet);
    return { ...decoded, jsonError: decoded.jsonError?.jsonClass };
  },
  'e3x.packet.encode': (content) => ({ packet: engine.encodePacket(content) }),
});
