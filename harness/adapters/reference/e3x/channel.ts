import type { TopicOperations } from '../adapter-topic.ts';
import { toldAs } from '../sessions.ts';

export const operations: TopicOperations = ({ engine, session }) => ({
  'e3x.miss.encode': ({ ack, missing, highest }) => ({ miss: engine.encodeMiss(ack, { missing, highest }) }),
  'e3x.miss.decode': ({ ack, miss }) => engine.decodeMiss(ack, miss),
  'e3x.quota.derive': ({ json, ...members }) => ({ quota: engine.deriveQuota(members, json) }),
  ...session('e3x.channel', {
    open: (options) => new engine.Channel(options),
    calls: {
      send: (channel, { json, body, end, err, now }) => channel.send({ json, body, end, err }, now),
      receive: (channel, { packet, now }) => channel.handlePacket(packet, now),
      done: (channel, { now }) => channel.done(now),
      tick: (channel, { now }) => channel.handleTimeout(now),
    },
    poll: (channel) => toldAs(channel, (event) => (event.type === 'packet' ? { ...event, packet: event.packet.bytes } : event)),
  }),
});
