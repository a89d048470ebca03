/** Verdicts on an adapter that broke the contract, or on an implementation that ended it. */
import type { CheckResult } from './check.ts';
import type { Outcome } from './contract.ts';
import { cited } from './text.ts';

/** The verdict `broken`. */
export type Broken = Extract<CheckResult, { readonly verdict: 'broken' }>;

/**
 * A verdict whose detail ends with the clause of the adapter protocol that was broken, for people who read that alone.
 * @param broken `cases` is 1 where it is left out; `clause` is absent where no clause says that this must not happen
 */
export function broken({ detail, clause, ...rest }: Omit<Broken, 'verdict' | 'cases'> & { readonly cases?: number }): Broken {
  return { verdict: 'broken', cases: 1, ...rest, detail: cited(detail, clause), ...(clause === undefined ? {} : { clause }) };
}

/** The verdict on a request that was not answered. @param asked the operation, where what is said does not name it */
export function brokenBy(outcome: Extract<Outcome, { readonly kind: 'misbehaviour' | 'fault' | 'crashed' }>, asked?: string): Broken {
  const where = asked === undefined ? '' : `${asked}: `;
  switch (outcome.kind) {
    case 'misbehaviour': {
      const { what, detail, clause } = outcome;
      return broken({ what, detail: `${where}${detail}`, ...(clause === undefined ? {} : { clause }) });
    }
    case 'fault':
      return broken({ what: 'fault', detail: `the adapter itself failed: ${where}${outcome.message}`, clause: 'ADP-020' });
    case 'crashed':
      return broken({ what: 'crash', detail: `${where}the implementation threw ${outcome.error}`, clause: 'ADP-052' });
  }
}
