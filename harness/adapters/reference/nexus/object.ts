import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'nexus.object.encode': (header) => ({ header: engine.encodeObjectHeader(header) }),
  'nexus.object.decode': ({ header }) => engine.decodeObjectHeader(header),
  'nexus.object.front': ({ bytes }) => engine.readObjectHeader(bytes),
  'nexus.object.hash': ({ header }) => ({ hash: engine.hashObject(header, primitives) }),
  'nexus.object.label': ({ label }) => ({ labelHash: engine.hashObjectLabel(label, primitives) }),
  'nexus.object.key': ({ owner, labelHash }) => ({ key: engine.deriveObjectKey(owner, labelHash, primitives) }),
  'nexus.object.sign': (input) => ({ signature: engine.signObject(input, primitives) }),
  'nexus.object.write': (input) => ({ body: engine.writeObject(input, primitives) }),
  'nexus.object.read': ({ body }) => engine.readObject(body, primitives),
  'nexus.object.travels': ({ bottleneck, minBandwidth }) => ({ content: engine.contentTravels(bottleneck, minBandwidth) }),
  'nexus.object.hint': ({ bitsPerSecond }) => ({ delivery: engine.deliveryOver(bitsPerSecond) }),
  'nexus.merkle.leaf': ({ chunk }) => ({ leaf: engine.hashChunk(chunk, primitives) }),
  'nexus.merkle.node': ({ left, right }) => ({ node: engine.hashMerkleNode(left, right, primitives) }),
  'nexus.merkle.root': ({ content }) => engine.hashContent(content, primitives),
  'nexus.merkle.path': ({ content, index }) => engine.proveChunk(content, index, primitives),
  'nexus.merkle.verify': (proof) => {
    engine.verifyChunk(proof, primitives);
    return { verified: true };
  },
  'nexus.get.read': ({ body }) => ({ hash: engine.readGet(body) }),
  'nexus.chunks.request': (input) => ({ body: engine.writeChunkRequest(input) }),
  'nexus.chunks.requested': ({ body }) => engine.readChunkRequest(body),
  'nexus.chunks.write': (input) => ({ body: engine.writeChunk(input) }),
  'nexus.chunks.read': ({ body }) => engine.readChunk(body),
  ...session('nexus.transfer', {
    open: ({ now: _now, ...options }) => new engine.Transfer(options, primitives),
    calls: {
      begin: (transfer, { header, have, now }) => transfer.begin({ header, have }, now),
      receive: (transfer, { body, now }) => transfer.handleChunk(body, now),
      error: (transfer, { code, now }) => transfer.handleError(code, now),
      tick: (transfer, { now }) => transfer.handleTimeout(now),
    },
    poll: (transfer) => transfer,
  }),
  ...session('nexus.mutables', {
    open: ({ now: _now, ...options }) => new engine.Mutables(options, primitives),
    calls: {
      receive: (mutables, { body, now }) => mutables.handleObject(body, now),
      resolve: (mutables, { owner, now }) => mutables.resolveFork(owner, now),
      tick: (mutables, { now }) => mutables.handleTimeout(now),
    },
    poll: (mutables) => mutables,
  }),
});
