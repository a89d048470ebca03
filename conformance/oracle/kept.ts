/** Results of models that are kept for the next time they are needed: a model is a function of its parameters. */
import type { Value } from './values.ts';

/** Results that are kept; then all of them are forgotten. */
const RESULTS_KEPT_MAX = 50_000;

/** What a model returned; undefined if it refused. */
export type Result = ReadonlyMap<string, Value> | undefined;

export interface KeptResult {
  readonly result: Result;
  /** What it rests on, if that was noted. */
  readonly grounds?: ReadonlySet<string>;
}

export class KeptResults {
  readonly #results = new Map<string, KeptResult>();

  /** @param request the operation and its parameters, as text that no other request has */
  of(request: string): KeptResult | undefined {
    return this.#results.get(request);
  }
  keep(request: string, kept: KeptResult): void {
    if (this.#results.size >= RESULTS_KEPT_MAX) this.#results.clear();
    this.#results.set(request, kept);
  }
}
