/** Credentials: asking to see some, showing them, accepting or refusing what was shown. */
import { bodyType, isChallenge, isDid, isFilledText, isHash, listOf, structure } from '../checks.ts';
import type { BodyType, Check } from '../checks.ts';
import { isPresentation } from './claims.ts';

const isRequestedCtype: Check = structure(
  'KLT-MSG-016',
  { cTypeHash: isHash },
  {
    trustedAttesters: listOf(isDid),
    requiredProperties: listOf(isFilledText),
  },
);

/** The bodies about credentials. */
export const CREDENTIAL_BODIES: readonly BodyType[] = [
  bodyType('request-credential', 'KLT-MSG-016', structure('KLT-MSG-016', { cTypes: listOf(isRequestedCtype) }, { challenge: isChallenge })),
  bodyType('submit-credential', 'KLT-MSG-017', listOf(isPresentation)), // KLT-MSG-017
  bodyType('accept-credential', 'KLT-MSG-018', listOf(isHash)), // KLT-MSG-018
  bodyType('reject-credential', 'KLT-MSG-019', listOf(isHash)), // KLT-MSG-019
];
