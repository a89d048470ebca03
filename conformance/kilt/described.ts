/**
 * The evidence's errors are described and not recorded: the requests that the descriptions stand for are in the topics, each a
 * small change of a message, envelope or DID of the evidence. Here is what they share.
 */
import type { JsonObject } from '../contract/contract.ts';
import type { EvidenceEnvelope, KiltEvidence } from './people.ts';

export interface DescribedCase {
  readonly name: string;
  readonly accepted: boolean;
  /** Absent where no request can carry the case. */
  readonly request?: { readonly operation: string; readonly params: JsonObject };
}

/** The envelope of the evidence whose message is of a type. @throws Error if it has none */
export function envelopeOf(evidence: KiltEvidence, type: string): EvidenceEnvelope {
  const found = evidence.envelopes.find((e) => e.type === type);
  if (found === undefined) throw new Error(`no evidence of ${type}`);
  return found;
}

/** Whether the library accepted what a description says. @throws Error if the evidence has no such description */
export function isAccepted(evidence: KiltEvidence, what: string): boolean {
  const found = evidence.didErrors.find((e) => e.what === what);
  if (found === undefined) throw new Error(`no evidence of '${what}'`);
  return found.accepted === true;
}

/** A case that no request can carry. */
export function unaskable(evidence: KiltEvidence, what: string): DescribedCase {
  return { name: what, accepted: isAccepted(evidence, what) };
}
