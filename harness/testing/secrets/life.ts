/** What the life of an endpoint is to the tests of its secrets. */
import { createHash } from 'node:crypto';

/** A moment in the life of an endpoint: what it needs then, and what it must not hold any more. */
export interface Moment {
  readonly title: string;
  readonly subject: object;
  /** Secrets that it needs; they are found, or the search would show nothing. */
  readonly kept: readonly Uint8Array[];
  readonly gone: readonly Uint8Array[];
}
/** Each moment is looked at before the next one begins. */
export interface Life {
  /** The clause, and what lives. */
  readonly name: string;
  readonly moments: () => Iterable<Moment>;
}

/** 32 bytes that come nowhere else. */
export function secretOf(name: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`bottlepost ${name}`).digest());
}
