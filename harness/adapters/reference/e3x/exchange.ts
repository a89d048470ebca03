import type { TopicOperations } from '../adapter-topic.ts';
import { toldAs } from '../sessions.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'e3x.csid.select': ({ local, remote, legacy }) => ({
    csid: engine.selectCsid({ local: local.keys(), remote: remote.keys(), legacy }),
  }),
  'e3x.order.derive': ({ key, otherKey }) => ({ order: engine.deriveOrder(key, otherKey) }),
  'e3x.handshake.link': (input) => ({ inner: engine.encodeLinkHandshake(input, primitives) }),
  'e3x.handshake.introduce': (input) => engine.readIntroduction(input, primitives),
  'e3x.handshake.read': (input) => engine.decodeHandshake(input, primitives),
  ...session('e3x.exchange', {
    open: (options) => new engine.Exchange({ ...options, primitives }),
    calls: {
      handshake: (exchange, { entropy, now }) => exchange.handshake(entropy, now),
      receive: (exchange, { packet, now }) => exchange.handlePacket(packet, now),
      accept: (exchange, { at, entropy, now }) => exchange.accept(at, entropy, now),
      send: (exchange, { inner, entropy, now }) => exchange.send(inner, entropy, now),
      renew: (exchange, { entropy, now }) => exchange.renew(entropy, now),
      tick: (exchange, { now }) => exchange.handleTimeout(now),
    },
    poll: (exchange) =>
      toldAs(exchange, (event) => (event.type === 'packet' || event.type === 'message' ? { ...event, inner: event.inner.bytes } : event)),
  }),
  ...session('e3x.tokens', {
    open: ({ capacity }) => new engine.TokenTable(capacity),
    calls: {
      add: (table, { token, exchange }) => table.add(token, exchange),
      find: (table, { token }) => ({ events: table.find(token).map((exchange) => ({ type: 'match', exchange })) }),
      remove: (table, { token, exchange }) => table.remove(token, exchange),
    },
    poll: () => ({}),
  }),
});
