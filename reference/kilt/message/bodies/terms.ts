/** Terms: the conditions for attesting a claim. */
import { bodyType, isHash, listOf, structure } from '../checks.ts';
import type { BodyType } from '../checks.ts';
import { isCredential, isPartialClaim } from './claims.ts';
import { isCtype } from './ctypes.ts';
import { isSignedQuote } from './quotes.ts';

/** The bodies about terms. */
export const TERMS_BODIES: readonly BodyType[] = [
  bodyType('request-terms', 'KLT-MSG-010', isPartialClaim), // KLT-MSG-010
  bodyType(
    'submit-terms',
    'KLT-MSG-011',
    structure(
      'KLT-MSG-011',
      {
        claim: isPartialClaim,
        legitimations: listOf(isCredential),
      },
      {
        delegationId: isHash,
        quote: isSignedQuote,
        cTypes: listOf(isCtype),
      },
    ),
  ),
  bodyType(
    'reject-terms',
    'KLT-MSG-012',
    structure(
      'KLT-MSG-012',
      {
        claim: isPartialClaim,
        legitimations: listOf(isCredential),
      },
      {
        delegationId: isHash,
      },
    ),
  ),
];
