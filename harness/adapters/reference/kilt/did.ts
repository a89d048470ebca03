import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { TopicOperations } from '../adapter-topic.ts';
import { bytesOf, textOf } from '../declared.ts';

/** A key as it was given: whether there is such a type is for the engine to say, and it takes no other member. */
function keyOf<Key>({ type = null, publicKey = null, ...others }: JsonObject): Key {
  return { ...others, type: textOf('type', type), publicKey: bytesOf('publicKey', publicKey) } as Key;
}

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'kilt.did.encode': ({ authentication, keyAgreement, services }) => {
    const agreement = keyAgreement === undefined ? {} : { keyAgreement: keyOf<never>(keyAgreement) };
    return { did: engine.encodeLightDid({ authentication: keyOf(authentication), ...agreement, services }, primitives) };
  },
  'kilt.did.parse': ({ did }) => engine.parseDid(did, primitives),
  'kilt.did.document': ({ did, form }) => ({ document: engine.encodeDidDocument(did, form, primitives) }),
  'kilt.did.migrate': ({ light, full }) => {
    engine.checkMigration(light, full, primitives);
    return {};
  },
  'kilt.keyuri.parse': ({ keyUri }) => engine.parseKeyUri(keyUri, primitives),
  'kilt.keyuri.resolve': ({ keyUri, documents = [], former = [] }) => ({
    ...engine.resolveKeyForOpening(engine.parseKeyUri(keyUri, primitives), new engine.DocumentDirectory(documents, former)),
  }),
});
