/** Delegations: inviting somebody into a hierarchy of attesters. */
import { isBoolean, isDid, isHash, isInteger, isObject, listOf, structure } from '../checks.ts';
import type { Check } from '../checks.ts';
import { isSignature } from './claims.ts';

/** KLT-MSG-delegation: attest is 1, delegate 2, and both at once 3. */
const PERMISSION_MAX = 3;

/** KLT-MSG-delegation: what is delegated to whom. */
const isDelegationData: Check = structure('KLT-MSG-delegation', {
  account: isDid,
  id: isHash,
  isPCR: isBoolean,
  permissions: listOf(isInteger(1, PERMISSION_MAX), 1),
}, {
  parentId: isHash,
});

/** The bodies about delegations. */
export const DELEGATION_BODIES: readonly (readonly [string, Check])[] = [
  ['request-accept-delegation', structure('KLT-MSG-request-accept-delegation', {
    delegationData: isDelegationData,
    metaData: isObject,
    signatures: structure('KLT-MSG-request-accept-delegation', { inviter: isSignature }),
  })],
  ['submit-accept-delegation', structure('KLT-MSG-submit-accept-delegation', {
    delegationData: isDelegationData,
    signatures: structure('KLT-MSG-submit-accept-delegation', { inviter: isSignature, invitee: isSignature }),
  })],
  ['reject-accept-delegation', isDelegationData], // KLT-MSG-reject-accept-delegation
  ['inform-create-delegation', structure('KLT-MSG-inform-create-delegation', { delegationId: isHash, isPCR: isBoolean })],
];
