/** The bodies of which only the owner of what is in them may be the sender: type, where the owner is, and clause. */
export const OWNERS: readonly (readonly [type: string, path: readonly (string | number)[], clause: string])[] = [
  ['request-attestation', ['content', 'credential', 'claim', 'owner'], 'KLT-MSG-040'],
  ['submit-attestation', ['content', 'attestation', 'owner'], 'KLT-MSG-041'],
  ['submit-credential', ['content', 0, 'claim', 'owner'], 'KLT-MSG-042'],
  ['submit-terms', ['content', 'legitimations', 0, 'claim', 'owner'], 'KLT-MSG-043'],
];
