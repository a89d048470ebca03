/** What the command and its workers tell each other. */
import type { RandomMutant } from '../../conformance/mutants/random.ts';
import type { Verdict } from './judge.ts';

/** What a worker is asked. */
export type Order =
  /** Find what every `count`th check reaches, beginning with number `index`, in an instrumented engine. */
  | {
      readonly kind: 'reach';
      readonly keys: readonly string[];
      readonly enginePath: string;
      readonly index: number;
      readonly count: number;
      /** Where the result goes. */
      readonly file: string;
    }
  /** Read what checks reach, for the mutants that follow. */
  | { readonly kind: 'use'; readonly file: string; readonly mutantCount: number }
  /** `number` of the mutant in what checks reach; absent where that is not known. */
  | { readonly kind: 'judge'; readonly mutant: RandomMutant; readonly number?: number; readonly isTopicOnly: boolean };

/** What a worker says. */
export type Told =
  | { readonly kind: 'ready'; readonly checks: number }
  /** Another hundred checks have run. */
  | { readonly kind: 'step'; readonly checks: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'failed'; readonly message: string; readonly isReference: boolean };
