/** What bodies of several families contain: claims, credentials, signatures. */
import { isChallenge, isDid, isFilledText, isHash, isHex, isKeyUri, later, listOf, mapOf, orNull, structure, under } from '../checks.ts';
import type { Check } from '../checks.ts';
import { DecodeError } from '../../../kernel/errors.ts';

/** KLT-MSG-030: texts, numbers, truth values, objects and lists; null says nothing. */
const isContent: Check = (value, clause) => {
  if (value === null) throw new DecodeError('malformed', clause, 'a content that says nothing');
};

const CLAIM_OPTIONAL = { contents: under('KLT-MSG-030', mapOf(isFilledText, isContent)) } as const; // KLT-MSG-030

/** KLT-MSG-030: what is claimed under a type of claim; the owner may be open yet. */
export const isPartialClaim: Check = structure('KLT-MSG-030', { cTypeHash: isHash }, { ...CLAIM_OPTIONAL, owner: isDid });

/** KLT-MSG-031: the claim of a credential has an owner. */
const isOwnedClaim: Check = structure('KLT-MSG-031', { cTypeHash: isHash, owner: isDid }, CLAIM_OPTIONAL);

const CREDENTIAL = {
  claim: isOwnedClaim,
  claimHashes: listOf(isHash),
  claimNonceMap: mapOf(isHash, isFilledText),
  delegationId: orNull(isHash),
  legitimations: listOf(later(() => isCredential)),
  rootHash: isHash,
} as const;

/** KLT-MSG-031: a claim, hashed and ready to be attested. */
export const isCredential: Check = structure('KLT-MSG-031', CREDENTIAL);

/** KLT-MSG-034: a signature and the key that made it. */
export const isSignature: Check = structure('KLT-MSG-034', { signature: isHex, keyUri: isKeyUri });

/** KLT-MSG-031: a credential that its owner has signed, perhaps over the verifier's challenge. */
export const isPresentation: Check = structure('KLT-MSG-031', {
  ...CREDENTIAL,
  claimerSignature: structure('KLT-MSG-034', { signature: isHex, keyUri: isKeyUri }, { challenge: isChallenge }),
});
