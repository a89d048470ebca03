import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  'e3x.channeltype.validate': ({ type, role, reliable: isReliable, packet }) => {
    engine.validateChannelPacket({ type, role, isReliable, packet });
    return { type };
  },
  'e3x.chat.validate': ({ message }) => ({ type: engine.validateChatMessage(message) }),
  'e3x.chat.ids': ({ hashname, secret, count }) => engine.deriveChatIds(hashname, secret, count),
  'e3x.chat.verify': ({ hashname, previous, id }) => ({ relation: engine.verifyChatId(hashname, previous, id) }),
  'e3x.box.id': ({ sender, recipient }) => ({ box: engine.deriveBoxId(sender, recipient) }),
  'e3x.box.messageid': ({ box, message }) => ({ id: engine.deriveBoxMessageId(box, message) }),
  'e3x.thtp.encode': ({ body = new Uint8Array(0), ...message }) => ({ packet: engine.encodeThtp({ ...message, body }) }),
  'e3x.thtp.decode': ({ packet }) => engine.decodeThtp(packet),
  ...session('e3x.stream', {
    open: ({ limits }) => new engine.StreamReceiver(limits),
    calls: { receive: (receiver, { packet }) => receiver.handlePacket(packet) },
    poll: (receiver) => receiver,
  }),
  ...session('e3x.block', {
    open: ({ limits }) => new engine.BlockReceiver(limits),
    calls: { receive: (receiver, { packet }) => receiver.handlePacket(packet) },
    poll: (receiver) => receiver,
  }),
});
