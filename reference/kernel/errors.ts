/**
 * What can go wrong, as types. Failure has one channel: every function of the reference either returns its result
 * or throws one of these leaves. Anything else that is thrown is a bug of the reference.
 *
 * A leaf says who is to blame: the peer's bytes (DecodeError, AuthenticationError), the value to be written
 * (EncodeError), the order of events (StateError), a bound that the specification names (LimitError), or the
 * local caller (UsageError), who is never answered with a reject.
 */

/** The reject classes that the reference knows; the class is normative, the message is not. */
export type RejectClass =
  | 'malformed'
  | 'truncated'
  | 'trailing'
  | 'non-canonical'
  | 'unrepresentable'
  | 'unauthenticated'
  | 'replayed'
  | 'expired'
  | 'mismatch'
  | 'unknown'
  | 'limit'
  | 'wrong-state'
  | 'unsupported';

/** The offending values of an error: lengths in bytes, offsets in bytes or characters, names. */
export interface ErrorValues {
  readonly [name: string]: number | string;
}

/** The root of every error that the reference throws on purpose. */
export abstract class ProtocolError extends Error {
  /** The class a peer or the bench is told; null for what is never told (UsageError). */
  readonly rejectClass: RejectClass | null;
  /** The clause of the specification that was broken, such as `E3X-LOB-003`. */
  readonly clause: string;
  readonly values: ErrorValues;

  constructor(rejectClass: RejectClass | null, clause: string, message: string, values: ErrorValues = {}) {
    super(message);
    this.rejectClass = rejectClass;
    this.clause = clause;
    this.values = values;
  }
}

/** Bytes or text that came from outside are not what their format demands. */
export class DecodeError extends ProtocolError {
  override readonly name: string = 'DecodeError';

  constructor(
    rejectClass: 'malformed' | 'truncated' | 'trailing' | 'non-canonical',
    clause: string,
    message: string,
    values: ErrorValues = {},
  ) {
    super(rejectClass, clause, message, values);
  }
}

/** A value is valid, but the format it should be written in has no encoding for it. */
export class EncodeError extends ProtocolError {
  override readonly name: string = 'EncodeError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super('unrepresentable', clause, message, values);
  }
}

/** A tag, signature or key agreement did not verify; there is one code and no detail, so that it tells an attacker nothing. */
export class AuthenticationError extends ProtocolError {
  override readonly name: string = 'AuthenticationError';

  constructor(clause: string) {
    super('unauthenticated', clause, 'not authentic');
  }
}

/**
 * Runs what may fail to authenticate, and lets no failure tell which of its checks it was.
 * @throws AuthenticationError, always with the clause given; and whatever else `open` throws
 */
export function openAuthentic<Opened>(clause: string, open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    throw error instanceof AuthenticationError ? new AuthenticationError(clause) : error;
  }
}

/** What came is authentic, and came before or is older than what has replaced it; the state is unchanged. */
export class ReplayError extends ProtocolError {
  override readonly name: string = 'ReplayError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super('replayed', clause, message, values);
  }
}

/** What came is authentic, and outside the time in which it would be accepted; the state is unchanged. */
export class ExpiredError extends ProtocolError {
  override readonly name: string = 'ExpiredError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super('expired', clause, message, values);
  }
}

/** Two identities, each valid by itself, contradict each other. */
export class MismatchError extends ProtocolError {
  override readonly name: string = 'MismatchError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super('mismatch', clause, message, values);
  }
}

/** A value is valid but names something that the specification does not define. */
export class UnsupportedError extends ProtocolError {
  override readonly name: string = 'UnsupportedError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super('unsupported', clause, message, values);
  }
}

/** A valid name does not refer to anything known here: an unknown identity, or one without such a key. */
export class UnknownError extends ProtocolError {
  override readonly name: string = 'UnknownError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super('unknown', clause, message, values);
  }
}

/** The call is not permitted in the state the endpoint is in; the state is unchanged. */
export class StateError extends ProtocolError {
  override readonly name: string = 'StateError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super('wrong-state', clause, message, values);
  }
}

/** A bound that the specification names would be exceeded; the state is unchanged. */
export class LimitError extends ProtocolError {
  override readonly name: string = 'LimitError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super('limit', clause, message, values);
  }
}

/** The local caller broke the contract of a function; this is the caller's bug and never crosses the wire. */
export class UsageError extends ProtocolError {
  override readonly name: string = 'UsageError';

  constructor(clause: string, message: string, values: ErrorValues = {}) {
    super(null, clause, message, values);
  }
}
