/** Judges a sample of mutants, several at once, and takes what is known from earlier runs. */
import type { RandomMutant } from '../../conformance/mutants/random.ts';
import type { Judging } from './crew.ts';
import { ReferenceFails, type Verdict } from './judge.ts';
import type { Results } from './results.ts';

/** A mutant that the bench could not judge: a bug of the bench. */
export interface Unjudged {
  readonly mutant: RandomMutant;
  readonly message: string;
}
/** What a run found. */
export interface Hunted {
  readonly verdicts: ReadonlyMap<RandomMutant, Verdict>;
  /** How many of them were known from an earlier run. */
  readonly known: number;
  readonly unjudged: readonly Unjudged[];
  /** Mutants that were left when the run was ended. */
  readonly left: number;
}

/**
 * Judges mutants.
 * @param results what is known; grows with each verdict
 * @param onVerdict told of each new verdict
 * @throws ReferenceFails when the unmutated reference fails a check
 */
export async function hunt(
  mutants: readonly RandomMutant[],
  judges: readonly Judging[],
  results: Results | undefined,
  { isTopicOnly, signal, onVerdict }: { isTopicOnly: boolean; signal?: AbortSignal; onVerdict: (m: RandomMutant, v: Verdict) => void },
): Promise<Hunted> {
  const verdicts = new Map<RandomMutant, Verdict>();
  const unjudged: Unjudged[] = [];
  const open: RandomMutant[] = [];
  for (const mutant of mutants) {
    const known = results?.get(mutant.id, isTopicOnly);
    if (known === undefined) open.push(mutant);
    else verdicts.set(mutant, known);
  }
  const known = verdicts.size;
  let next = 0;
  const stopped = (): boolean => signal?.aborted === true;
  const over = new Promise<void>((resolve) => {
    if (stopped()) resolve();
    signal?.addEventListener('abort', () => {
      resolve();
    });
  });
  const work = async ({ judge }: Judging): Promise<void> => {
    for (let mutant = open[next++]; mutant !== undefined && !stopped(); mutant = open[next++]) {
      try {
        const verdict = await judge(mutant);
        if (stopped()) return;
        results?.add(verdict);
        verdicts.set(mutant, verdict);
        onVerdict(mutant, verdict);
      } catch (error) {
        if (error instanceof ReferenceFails) throw error;
        if (stopped()) return;
        unjudged.push({ mutant, message: error instanceof Error ? error.message : String(error) });
      }
    }
  };
  // What is running when the time is over is not waited for.
  await Promise.race([Promise.all(judges.map(work)), over]);
  return { verdicts, known, unjudged, left: mutants.length - verdicts.size - unjudged.length };
}
