/** Attestations: asking for one, giving it, refusing it. */
import { bodyType, isBoolean, isDid, isHash, isHashText, orNull, structure } from '../checks.ts';
import type { BodyType, Check } from '../checks.ts';
import { isCredential } from './claims.ts';
import { isQuoteAgreement } from './quotes.ts';

const isAttestation: Check = structure('KLT-MSG-014', {
  claimHash: isHash,
  cTypeHash: isHash,
  delegationId: orNull(isHash),
  owner: isDid,
  revoked: isBoolean,
});

/** The bodies about attestations. */
export const ATTESTATION_BODIES: readonly BodyType[] = [
  bodyType('request-attestation', 'KLT-MSG-013', structure('KLT-MSG-013', { credential: isCredential }, { quote: isQuoteAgreement })),
  bodyType('submit-attestation', 'KLT-MSG-014', structure('KLT-MSG-014', { attestation: isAttestation })),
  bodyType('reject-attestation', 'KLT-MSG-015', isHashText), // KLT-MSG-015: the root hash of the credential
];
