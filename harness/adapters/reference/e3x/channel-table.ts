import type { TopicOperations } from '../adapter-topic.ts';
import { toldAs } from '../sessions.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  'e3x.channelhead.read': ({ packet }) => engine.readChannelHead(packet),
  ...session('e3x.channels', {
    open: ({ order, last, limits }) => new engine.ChannelTable({ order, last, limits }),
    calls: {
      create: (table, { channelType }) => table.create(channelType),
      receive: (table, { packet }) => table.handlePacket(packet),
      remove: (table, { c }) => table.remove(c),
      renew: (table) => table.renew(),
    },
    poll: (table) => toldAs(table, (event) => ('packet' in event ? { ...event, packet: event.packet.bytes } : event)),
  }),
});
