/** Attestations: asking for one, giving it, refusing it. */
import { isBoolean, isDid, isHash, orNull, structure } from '../checks.ts';
import type { Check } from '../checks.ts';
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
export const ATTESTATION_BODIES: readonly (readonly [string, Check])[] = [
  ['request-attestation', structure('KLT-MSG-013', { credential: isCredential }, { quote: isQuoteAgreement })],
  ['submit-attestation', structure('KLT-MSG-014', { attestation: isAttestation })],
  ['reject-attestation', (value) => {
    isHash(value, 'KLT-MSG-015'); // the root hash of the credential
  }],
];
