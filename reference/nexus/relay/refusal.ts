/** Requests that a relay refuses, and how it says so. */
import { AuthenticationError, ProtocolError } from '../../kernel/errors.ts';

/** Codes of ERROR. */
export const REFUSALS = {
  malformed: 1,
  unknown: 2,
  unauthorized: 3,
  quota: 4,
  expired: 7,
  busy: 8,
  bandwidth: 9,
  conflict: 10,
} as const;

/** A refusal that the neighbour is told. */
export class Refusal {
  readonly code: number;
  readonly hash: Uint8Array | undefined;
  constructor(code: number, hash?: Uint8Array) {
    this.code = code;
    this.hash = hash;
  }
}

/** What a neighbour is told of a request that is refused. @see NXS-CUS-007 */
export function refusalOf(error: unknown): { readonly code: number; readonly hash?: Uint8Array | undefined } {
  if (error instanceof Refusal) return error;
  if (error instanceof AuthenticationError) return { code: REFUSALS.unauthorized }; // NXS-CUS-016
  if (error instanceof ProtocolError && error.rejectClass !== null) return { code: REFUSALS.malformed };
  throw error;
}
