import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  ...session('interpeer.stream', {
    open: (options) => new engine.PacketStream(options),
    calls: { receive: (stream, { bytes }) => stream.handleBytes(bytes) },
    poll: (stream) => stream,
  }),
});
