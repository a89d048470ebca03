/** Terms: under which conditions somebody would attest a claim. */
import { isHash, listOf, structure } from '../checks.ts';
import type { Check } from '../checks.ts';
import { isCredential, isPartialClaim } from './claims.ts';
import { isCtype } from './ctypes.ts';
import { isSignedQuote } from './quotes.ts';

/** The bodies about terms. */
export const TERMS_BODIES: readonly (readonly [string, Check])[] = [
  ['request-terms', isPartialClaim], // KLT-MSG-010
  ['submit-terms', structure('KLT-MSG-011', {
    claim: isPartialClaim,
    legitimations: listOf(isCredential),
  }, {
    delegationId: isHash,
    quote: isSignedQuote,
    cTypes: listOf(isCtype),
  })],
  ['reject-terms', structure('KLT-MSG-012', {
    claim: isPartialClaim,
    legitimations: listOf(isCredential),
  }, {
    delegationId: isHash,
  })],
];
