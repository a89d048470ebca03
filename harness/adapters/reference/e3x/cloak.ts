import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives, session }) => ({
  'e3x.cloak.apply': ({ packet, nonces }) => ({ cloaked: engine.applyCloak(packet, nonces, primitives) }),
  'e3x.cloak.remove': ({ cloaked }) => engine.removeCloak(cloaked, primitives),
  ...session('e3x.cloakpath', {
    open: (options) => new engine.CloakPath({ ...options, primitives }),
    calls: {
      receive: (path, { bytes }) => path.handleBytes(bytes),
      send: (path, { packet, entropy }) => path.send(packet, entropy),
    },
    poll: (path) => path,
  }),
});
