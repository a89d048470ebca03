/** Delegations: inviting another identity into a hierarchy of attesters. */
import { bodyType, isBoolean, isDid, isHash, isInteger, isObject, listOf, structure } from '../checks.ts';
import type { BodyType, Check } from '../checks.ts';
import { isSignature } from './claims.ts';

/** KLT-MSG-035: attest is 1, delegate 2, and both at once 3. */
const PERMISSION_MAX = 3;
/** KLT-MSG-035: permissions that can be told apart. */
const PERMISSION_COUNT_MAX = 3;

/** KLT-MSG-035: what is delegated to whom. */
const isDelegationData: Check = structure(
  'KLT-MSG-035',
  {
    account: isDid,
    id: isHash,
    isPCR: isBoolean,
    permissions: listOf(isInteger(1, PERMISSION_MAX), 1, PERMISSION_COUNT_MAX),
  },
  {
    parentId: isHash,
  },
);

/** The bodies about delegations. */
export const DELEGATION_BODIES: readonly BodyType[] = [
  bodyType(
    'request-accept-delegation',
    'KLT-MSG-020',
    structure('KLT-MSG-020', {
      delegationData: isDelegationData,
      metaData: isObject,
      signatures: structure('KLT-MSG-020', { inviter: isSignature }),
    }),
  ),
  bodyType(
    'submit-accept-delegation',
    'KLT-MSG-021',
    structure('KLT-MSG-021', {
      delegationData: isDelegationData,
      signatures: structure('KLT-MSG-021', { inviter: isSignature, invitee: isSignature }),
    }),
  ),
  bodyType('reject-accept-delegation', 'KLT-MSG-022', isDelegationData), // KLT-MSG-022
  bodyType('inform-create-delegation', 'KLT-MSG-023', structure('KLT-MSG-023', { delegationId: isHash, isPCR: isBoolean })),
];
