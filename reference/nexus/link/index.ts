export { COMPLETED_LINK_COUNT, LINK_ASSEMBLY_COUNT, NODE_ASSEMBLY_COUNT, RecordAssembly } from './assembly.ts';
export type { AssemblyEvent, AssemblyOptions } from './assembly.ts';
export { LINK_CONTENT_LENGTH_MAX, LINK_KEY_LENGTH } from './constants.ts';
export type { LinkWait } from './constants.ts';
export {
  FRAGMENT_LENGTH,
  decodeFragmentRequest,
  encodeFragmentRequest,
  readFragment,
  resendFragments,
  splitIntoFragments,
} from './fragments.ts';
export type { Fragment, FragmentRequest } from './fragments.ts';
export {
  crossedLink,
  decodeLinkRequest,
  deriveLinkKeys,
  encodeLinkRequest,
  identifyOnLink,
  linkWaitMs,
  proveLink,
  recognizeOnLink,
  verifyLinkProof,
} from './handshake.ts';
export type {
  LinkIdentification,
  LinkIdentifying,
  LinkKeyPair,
  LinkKeying,
  LinkPrimitives,
  LinkProof,
  LinkProving,
  LinkRecognizing,
  LinkRequest,
  LinkRole,
  LinkVerifying,
} from './handshake.ts';
export { IdleWatch } from './idle.ts';
export type { IdleEvent } from './idle.ts';
export { LinkInitiator } from './link-initiator.ts';
export type { LinkEvent, LinkInitiatorOptions } from './link-initiator.ts';
export { LinkKeys, decodeRekey } from './link-keys.ts';
export type { LinkContent, LinkKeysEvent, LinkKeysOptions, RekeyContent } from './link-keys.ts';
export { HALF_OPEN_COUNT, LIVE_COUNT, LinkResponder } from './link-responder.ts';
export type { LinkResponderOptions } from './link-responder.ts';
export { openLinkPacket, sealLinkPacket } from './sealed.ts';
export type { SealedPacket, SealingPrimitives } from './sealed.ts';
