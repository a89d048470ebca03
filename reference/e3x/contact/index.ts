export { CONTACT_LENGTH_MAX, decodeLinkJson, decodeLinkJwk, encodeLinkJson, encodeLinkJwk } from './link-json.ts';
export type { LinkContact, LinkContactInput, ContactKeys, ContactKeysInput } from './link-json.ts';
export { URI_LENGTH_MAX, URI_PORT, attachFragment, formatLinkUri, parseLinkUri, resolveContact, verifyLinkUri } from './link-uri.ts';
export type { Contact, LinkUri, LinkUriInput, UriAnswer } from './link-uri.ts';
