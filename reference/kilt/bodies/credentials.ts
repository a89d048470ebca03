/** Credentials: asking to see some, showing them, accepting or refusing what was shown. */
import { isDid, isFilledText, isHash, isHex, listOf, structure } from '../checks.ts';
import type { Check } from '../checks.ts';
import { isPresentation } from './claims.ts';

const isRequestedCtype: Check = structure('KLT-MSG-016', { cTypeHash: isHash }, {
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
  ['request-credential', structure('KLT-MSG-016', { cTypes: listOf(isRequestedCtype) }, { challenge: isHex })],
  ['submit-credential', listUnder('KLT-MSG-017', isPresentation)],
  ['accept-credential', listUnder('KLT-MSG-018', isHash)],
  ['reject-credential', listUnder('KLT-MSG-019', isHash)],
];
