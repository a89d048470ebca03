/**
 * The adapter contract as types: what crosses the pipe between the bench and an implementation.
 *
 * The contract itself is specified in `spec/adapter/` (JSON Schemas and requirements ADP-*); this file only
 * names its shapes for the compiler. Nothing here knows any protocol.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

/** What an adapter says about itself in answer to `hello`. */
export interface Hello {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  /** Version of the adapter contract; this bench speaks 1. */
  readonly protocol: number;
  /** Every operation the adapter answers; anything else must be answered with `unsupported`. */
  readonly operations: readonly string[];
  /** Profiles claimed: an operation missing from a claimed profile is a failure, not a skip. */
  readonly profiles: readonly string[];
  /** `call` takes the bench's entropy, so that outputs can be compared byte for byte; `own` draws its own. */
  readonly entropy?: 'call' | 'own';
  /** What adapters said before there was `entropy`: true is `call`, false is `own`. One of the two is there. */
  readonly deterministic?: boolean;
  /** `own` lives in real time and not by the bench's `now`, which is `bench` and taken where absent. */
  readonly clock?: 'bench' | 'own';
  /** Operations that refuse without saying why. */
  readonly reasons?: readonly string[];
  /** Result members, and events as `event:TYPE`, that the implementation does not expose. */
  readonly omits?: readonly string[];
  /** Values that the implementation has, by parameter; a parameter that is not here has them all. */
  readonly values?: { readonly [parameter: string]: readonly string[] };
  readonly limits: {
    /** Longest line in bytes the adapter reads and writes over stdio (the contract's ceiling is 4 MiB). */
    readonly lineBytes: number;
    /** Longest datagram in bytes over UDP; 1,200 if absent. */
    readonly datagramBytes?: number;
  };
}

/** Ways in which an implementation under test can break the contract; each has one defined verdict. */
export type MisbehaviourKind =
  | 'start-failed' // the command could not be started, or ended before answering hello
  | 'crash' // the process ended with work pending
  | 'timeout' // no complete reply within the time allowed (hang or slow drip)
  | 'garbage' // a line that is not one JSON object, or not UTF-8
  | 'unknown-id' // a reply to a request that was never sent
  | 'duplicate-reply' // a second reply to one request
  | 'line-too-long' // a line above the limit, or output that never ends a line
  | 'flood' // output that never ends
  | 'contract'; // well-formed JSON that breaks a rule of spec/adapter/

/** How one request ended, as the bench sees it. */
export type Outcome =
  | { readonly kind: 'ok'; readonly value: JsonObject }
  | { readonly kind: 'reject'; readonly class: string; readonly detail?: string }
  /** Refused, and the implementation does not say why; only for operations in `reasons` of hello. */
  | { readonly kind: 'refused' }
  /** The implementation threw what it does not declare. */
  | { readonly kind: 'crashed'; readonly error: string }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'fault'; readonly message: string }
  /**
   * The request was not sent, because it is larger than the transport or the adapter's `hello` allows; or the adapter says
   * that its reply would be too large, and `replyBytesMax` is then the limit.
   */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly replyBytesMax?: number }
  | { readonly kind: 'misbehaviour'; readonly what: MisbehaviourKind; readonly detail: string; readonly clause?: string };

/** Real time, which only the harness has. */
export interface Clock {
  /** Milliseconds since some moment; never steps back. */
  nowMs(): number;
  /** @param ms milliseconds, above 0 */
  wait(ms: number): Promise<void>;
}

/** One implementation, seen through its adapter. The only way any check reaches it. */
export interface Implementation {
  readonly hello: Hello;
  /** For one whose `clock` is its own; absent where everything is told what time it is. */
  readonly clock?: Clock;
  /** True where a request may arrive before one that was sent earlier. */
  readonly reorders?: boolean;
  call(operation: string, params: JsonObject): Promise<Outcome>;
}
