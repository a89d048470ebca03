import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine }) => ({
  'nexus.pathcost.encode': ({ value }) => ({ code: engine.encodePathCost(value) }),
  'nexus.pathcost.decode': ({ code }) => ({ value: engine.decodePathCost(code) }),
  'nexus.pathcost.add': ({ code, own }) => ({ code: engine.addPathCost(code, own) }),
  'nexus.pathcost.bandwidth': ({ bitsPerSecond }) => ({ code: engine.encodeBandwidth(bitsPerSecond) }),
  'nexus.pathcost.carries': ({ bottleneck, bitsPerSecond }) => ({ carries: engine.carriesBandwidth(bottleneck, bitsPerSecond) }),
  'nexus.pathcost.relay': ({ pathCost, ...relay }) => ({
    pathCost: engine.writePathCost(engine.relayPathCost(engine.readPathCost(pathCost), relay)),
  }),
});
