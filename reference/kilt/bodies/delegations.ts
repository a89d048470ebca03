/** Delegations: inviting somebody into a hierarchy of attesters. */
import { isBoolean, isDid, isHash, isInteger, isObject, listOf, structure } from '../checks.ts';
import type { Check } from '../checks.ts';
import { isSignature } from './claims.ts';

/** KLT-MSG-035: attest is 1, delegate 2, and both at once 3. */
const PERMISSION_MAX = 3;

/** KLT-MSG-035: what is delegated to whom. */
const isDelegationData: Check = structure('KLT-MSG-035', {
  account: isDid,
  id: isHash,
  isPCR: isBoolean,
  permissions: listOf(isInteger(1, PERMISSION_MAX), 1),
}, {
  parentId: isHash,
});

/** The bodies about delegations. */
export const DELEGATION_BODIES: readonly (readonly [string, Check])[] = [
  ['request-accept-delegation', structure('KLT-MSG-020', {
    delegationData: isDelegationData,
    metaData: isObject,
    signatures: structure('KLT-MSG-020', { inviter: isSignature }),
  })],
  ['submit-accept-delegation', structure('KLT-MSG-021', {
    delegationData: isDelegationData,
    signatures: structure('KLT-MSG-021', { inviter: isSignature, invitee: isSignature }),
  })],
  ['reject-accept-delegation', isDelegationData], // KLT-MSG-022
  ['inform-create-delegation', structure('KLT-MSG-023', { delegationId: isHash, isPCR: isBoolean })],
];
