import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  'e3x.thtpmessage.cut': ({ packet, size }) => ({ parts: engine.cutThtp(packet, size) }),
  ...session('e3x.thtpmessage', {
    open: ({ kind, limits = {} }) => new engine.ThtpReceiver({ kind, ...limits }),
    calls: { receive: (receiver, { packet }) => receiver.handlePacket(packet) },
    poll: (receiver) => receiver,
  }),
});
