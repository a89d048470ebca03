/**
 * What the bench runs and what it says about it. A `Check` is one thing tested; the runner only knows this
 * interface, so suites for any protocol plug in, and the harness knows none of them.
 */
import type { Basis, DifferenceKind } from './basis.ts';
import type { Hello, Implementation, JsonObject, MisbehaviourKind, Outcome } from './contract.ts';

export type SuiteName = 'contract' | 'vector' | 'property' | 'machine' | 'differential' | 'fuzz' | 'cross';

export interface CheckContext {
  /** Root seed of the run; a check derives its own stream from it and its id. */
  readonly seed: string;
  /** Multiplies the number of generated cases of properties, fuzz and walks (1 = default). */
  readonly effort: number;
  /** Milliseconds that one request may take; generated checks give their cases more time where it is long. */
  readonly requestTimeoutMs?: number;
  /** Another process of the same adapter, where one can be had; who takes it closes it. */
  readonly another?: () => Promise<{ readonly implementation: Implementation; close(): Promise<void> } | undefined>;
}

export interface Check {
  /** Stable, unique, usable with `--only` (for a vector: the vector's id). */
  readonly id: string;
  readonly suite: SuiteName;
  /** The clause this check is about; a failure may name a more precise one. */
  readonly requirement: string;
  /** Every clause that one of its steps is about, where there are others than `requirement`. */
  readonly clauses?: readonly string[];
  readonly title: string;
  /** Operations needed; if the adapter lacks one, the check is `unsupported` (or fails if a claimed profile needs it). */
  readonly operations: readonly string[];
  /** Values it uses for parameters for which a profile can leave out values; absent if it uses none. */
  readonly asksWith?: { readonly [parameter: string]: readonly string[] };
  /** Whether it is asked of an implementation with this hello; of every one where absent. */
  readonly isFor?: (hello: Hello) => boolean;
  run(implementation: Implementation, context: CheckContext): Promise<CheckResult>;
}

/** One request of a repro: what was sent and what the spec says must come back. */
export interface Step {
  readonly operation: string;
  readonly params: JsonObject;
  readonly expected: Outcome;
  /** `$name` strings inside params are replaced by values bound from earlier replies, e.g. `$session`. */
  readonly bind?: { readonly [name: string]: string };
}

/** Bytes with the layout that explains them, for an annotated hexdump. */
export interface AnnotatedBytes {
  readonly title: string;
  readonly hex: string;
  /** Fields in order; offsets in bytes. Bytes no field covers are shown as such. */
  readonly fields: readonly { readonly name: string; readonly offset: number; readonly length: number; readonly note?: string }[];
}

export interface Failure {
  /** The clause that the implementation broke. */
  readonly requirement: string;
  /** Text and source of the clause, for reports that stand alone. */
  readonly clause: { readonly text: string; readonly source: string };
  /** How the answer differs, and whether a published document or a decision of this project says that it must not. */
  readonly kind: DifferenceKind;
  readonly basis: Basis;
  /** The clause of the step, if the difference violates another one: that of a refusal's class, of a timer, or of an order. */
  readonly about?: string;
  readonly operation: string;
  readonly params: JsonObject;
  readonly expected: Outcome;
  readonly got: Outcome;
  /** Member of the result (JSON pointer without the leading slash) where expected and got first differ. */
  readonly member?: string;
  /** One or two plain sentences: what was wrong. */
  readonly explanation: string;
  readonly bytes?: readonly AnnotatedBytes[];
  /** Number of shrinks applied to the input; absent if the input was not generated. */
  readonly shrinks?: number;
  /** Everything needed to run it again without the suite: becomes the repro file. */
  readonly steps: readonly Step[];
  /** Ids of the vector's flags, which name known bugs and their effects. */
  readonly flags?: readonly string[];
}

export type CheckResult =
  /** Right in every case tried; `planned` is present if time ran out before all of them were tried. */
  | { readonly verdict: 'pass'; readonly cases: number; readonly planned?: number }
  /** `failure` is the first; `others` are what else is wrong in the same answer, or in later ones of the same session. */
  /** `rest` says what came after it and could not be judged. */
  | {
      readonly verdict: 'fail';
      readonly cases: number;
      readonly failure: Failure;
      readonly others?: readonly Failure[];
      readonly rest?: string;
    }
  /** It was asked, or could have been, and nothing that came of it shows the clause: what the library cannot say hides it. */
  /** `behaviour` is there where what it did is right, and only the reason for which it refused is not known. */
  | { readonly verdict: 'not-shown'; readonly cases: number; readonly reason: string; readonly behaviour?: 'right' }
  /** Nothing was requested: the operation is not declared and no claimed profile needs it. */
  | { readonly verdict: 'unsupported'; readonly cases: number; readonly reason: string }
  /** The transport or the adapter's stated limits could not carry the request. */
  | { readonly verdict: 'unreachable'; readonly cases: number; readonly reason: string }
  /** The adapter broke the contract or failed by itself (fault, crash, hang, …). */
  /** `others` is what was wrong in the cases after a crash, and `rest` says how many those were and what was cut. */
  | {
      readonly verdict: 'broken';
      readonly cases: number;
      readonly what: MisbehaviourKind | 'fault';
      readonly detail: string;
      /** The clause of the adapter protocol that was broken; `detail` ends with it. */
      readonly clause?: string;
      readonly failure?: Failure;
      readonly others?: readonly Failure[];
      readonly rest?: string;
    };

export interface CheckReport {
  readonly check: Pick<Check, 'id' | 'suite' | 'requirement' | 'title' | 'operations'>;
  readonly result: CheckResult;
  readonly elapsedMs: number;
}
