import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'nexus.announce.write': (input) => ({ packet: engine.writeAnnounce(input, primitives) }),
  'nexus.announce.read': ({ packet }) => {
    const { pathCost, ...announce } = engine.readAnnounce(packet, primitives);
    const { latencyMs: latency, ...cost } = pathCost;
    return { ...announce, ...cost, latency };
  },
  'nexus.announce.relays': ({ data }) => ({ relays: engine.readAnnouncedRelays(data) }),
  'nexus.announce.relay': ({ packet, ...relay }) => ({ packet: engine.relayAnnounce(packet, relay, primitives) }),
  'nexus.announce.score': ({ pathCost }) => ({ score: engine.scorePath(engine.readPathCost(pathCost)) }),
  'nexus.beacon.write': (beacon) => ({ packet: engine.writeBeacon(beacon, primitives) }),
  'nexus.beacon.read': ({ packet }) => engine.readBeacon(packet, primitives),
  'nexus.beacon.interval': (timing) => ({ intervalMs: engine.beaconIntervalMs(timing) }),
  ...session('nexus.routes', {
    open: ({ now, ...options }) => new engine.RouteTable(options, primitives, now),
    calls: {
      hear: (routes, { packet, now }) => routes.hear(packet, now),
      find: (routes, { destination, now }) => routes.find(destination, now),
      tick: (routes, { now }) => routes.handleTimeout(now),
    },
    poll: (routes) => routes,
  }),
  ...session('nexus.announcer', {
    open: ({ bitsPerSecond, cost, sequence }) => new engine.Announcer({ bitsPerSecond, cost, sequence }),
    calls: {
      price: (announcer, { cost, now }) => announcer.changeCost(cost, now),
      tick: (announcer, { now }) => announcer.handleTimeout(now),
    },
    poll: (announcer) => announcer,
  }),
});
