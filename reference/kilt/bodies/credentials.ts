/** Credentials: asking to see some, showing them, accepting or refusing what was shown. */
import { isDid, isFilledText, isHash, isHex, listOf, structure } from '../checks.ts';
import type { Check } from '../checks.ts';
import { isPresentation } from './claims.ts';

const isRequestedCtype: Check = structure('KLT-MSG-request-credential', { cTypeHash: isHash }, {
  trustedAttesters: listOf(isDid),
  requiredProperties: listOf(isFilledText),
});

/** A list that belongs to one clause. */
function listUnder(clause: string, item: Check): Check {
  const list = listOf(item);
  return (value) => {
    list(value, clause);
  };
}

/** The bodies about credentials. */
export const CREDENTIAL_BODIES: readonly (readonly [string, Check])[] = [
  ['request-credential', structure('KLT-MSG-request-credential', { cTypes: listOf(isRequestedCtype) }, { challenge: isHex })],
  ['submit-credential', listUnder('KLT-MSG-submit-credential', isPresentation)],
  ['accept-credential', listUnder('KLT-MSG-accept-credential', isHash)],
  ['reject-credential', listUnder('KLT-MSG-reject-credential', isHash)],
];
