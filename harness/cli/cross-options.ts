/** What `bottlepost cross` is called with, and who takes part. */

export interface CrossOptions {
  /** `name=COMMAND`, `name=udp://HOST:PORT`, or the name of a bundled implementation. */
  readonly adapter: readonly string[];
  /** In addition to the named adapters, all bundled ones. */
  readonly bundled?: boolean;
  readonly only: readonly string[];
  readonly seed: string;
  readonly effort: number;
  readonly timeout?: number;
  readonly report: readonly string[];
  /** `name=FILE`: known failures of an adapter. */
  readonly baseline: readonly string[];
  readonly repros: string | false;
  /** Every flow, every known failure and everyone who took part. */
  readonly full?: boolean;
}

/** One implementation that takes part. */
export interface Guest {
  readonly name: string;
  readonly command: string;
  readonly baseline: string | undefined;
  /** Named on the command line. */
  readonly own: boolean;
}
/** How an adapter over UDP is named. */
export const UDP = 'udp://';
