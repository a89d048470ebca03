import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'e3x.linkjson.read': ({ json }) => engine.decodeLinkJson(json, primitives),
  'e3x.linkjson.write': (link) => ({ json: engine.encodeLinkJson(link, primitives) }),
  'e3x.linkjwk.read': ({ jwk }) => engine.decodeLinkJwk(jwk, primitives),
  'e3x.linkjwk.write': (link) => ({ jwk: engine.encodeLinkJwk(link, primitives) }),
  'e3x.linkuri.parse': ({ uri }) => engine.parseLinkUri(uri, primitives),
  'e3x.linkuri.format': (uri) => ({ uri: engine.formatLinkUri(uri, primitives) }),
  'e3x.linkuri.attach': ({ base, hashname, value }) => ({ uri: engine.attachFragment(base, hashname, value, primitives) }),
  'e3x.linkuri.verify': (given) => ({ value: engine.verifyLinkUri(given, primitives) }),
  'e3x.contact.resolve': ({ text }) => engine.resolveContact(text, primitives),
});
