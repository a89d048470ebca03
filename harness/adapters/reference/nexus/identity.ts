import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'nexus.identity.derive': ({ seed }) => engine.deriveNexusIdentity(seed, primitives),
  'nexus.identity.hash': ({ publicKey }) => ({ destinationHash: engine.deriveDestinationHash(publicKey, primitives) }),
  'nexus.identity.convert': ({ publicKey }) => ({ x25519PublicKey: engine.convertNexusKey(publicKey, primitives) }),
  'nexus.identity.agree': ({ seed, publicKey }) => ({ shared: engine.agreeAsNexusIdentity(seed, publicKey, primitives) }),
  'nexus.signature.sign': (input) => ({ signature: engine.signForNexus(input, primitives) }),
  'nexus.signature.verify': (input) => {
    engine.verifyForNexus(input, primitives);
    return { verified: true };
  },
});
