export {
  DESTINATION_HASH_LENGTH,
  NEXUS_KEY_LENGTH,
  NEXUS_SEED_LENGTH,
  agreeAsNexusIdentity,
  convertNexusKey,
  deriveDestinationHash,
  deriveNexusIdentity,
} from './identity.ts';
export type { IdentityPrimitives, NexusIdentity } from './identity.ts';
export { NEXUS_PURPOSES, NEXUS_SIGNATURE_LENGTH, signForNexus, verifyForNexus } from './signature.ts';
export type { NexusSignature, NexusSigned, SignaturePrimitives } from './signature.ts';
