/**
 * Twins of steps of sessions that no machine played: another vector of the topic shows them. Two vectors that begin alike and
 * go on with another request each are in one state there; the same request is taken where fewer steps were played.
 */
import type { JsonObject } from '../../contract/contract.ts';
import { equalJson } from '../../oracle/values.ts';
import type { Twin, Vector, VectorStep } from '../../vectors.ts';
import { distance, FARTHEST, isNearer } from './distance.ts';
import { changed } from './inputs.ts';

interface Taken {
  readonly operation: string;
  readonly params: JsonObject;
  readonly hasEffect: boolean;
}

/** A step as far as it makes a state. */
function played({ operation, params, bind }: VectorStep): string {
  return JSON.stringify([operation, params, bind]);
}
/** The time of the session's next timeout, as its replies have it. */
function timeoutOf(step: VectorStep | undefined): unknown {
  return step !== undefined && 'ok' in step.expect ? step.expect.ok['timeoutAt'] : undefined;
}

/** Whether an answer shows that something was done. @param before the latest step before it that was accepted */
export function hasEffect(step: VectorStep, before: VectorStep | undefined): boolean {
  if (!('ok' in step.expect)) return false;
  // What is received may be ignored in silence; of anything else the answer says that it was taken.
  if (!step.operation.endsWith('.receive')) return true;
  const { transmit, events, timeoutAt: _, ...others } = step.expect.ok;
  const isFilled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
  return isFilled(transmit) || isFilled(events) || Object.keys(others).length > 0 || timeoutOf(step) !== timeoutOf(before);
}

/** What the vectors of a topic show to be accepted. */
export class RecordedTwins {
  /** By the steps that were played: what was accepted after them. */
  readonly #after = new Map<string, Taken[]>();

  constructor(vectors: readonly Vector[]) {
    for (const { steps } of vectors) {
      let path = '';
      let before: VectorStep | undefined;
      for (const step of steps) {
        if ('ok' in step.expect) {
          const taken = this.#after.get(path) ?? [];
          this.#after.set(path, taken);
          taken.push({ operation: step.operation, params: step.params, hasEffect: hasEffect(step, before) });
          before = step;
          path += `${played(step)}\n`;
        }
      }
    }
  }

  /** @param at index of the refused step. @returns undefined where no vector shows one */
  of(steps: readonly VectorStep[], at: number): Twin | undefined {
    const step = steps[at];
    if (step === undefined) return undefined;
    const { operation, params } = step;
    // What is refused changes nothing, so that it can be left out of the way to a state.
    const path = steps.slice(0, at).map((one) => ('ok' in one.expect ? `${played(one)}\n` : ''));
    // What opens a session has none before it.
    const isOpening = at === 0;
    const here = (this.#after.get(path.join('')) ?? []).filter((taken) => isOpening || taken.hasEffect);
    const same = nearest(
      params,
      here.filter((taken) => taken.operation === operation),
    );
    if (same !== undefined) return { kind: isOpening ? 'input' : 'session', ...changed(params, same.params) };
    for (let count = at - 1; count > 0; count--) {
      const earlier = this.#after.get(path.slice(0, count).join('')) ?? [];
      if (earlier.some((taken) => taken.hasEffect && taken.operation === operation && equalJson(taken.params, params)))
        return { kind: 'state', steps: count };
    }
    const other = isOpening ? undefined : nearest(params, here);
    return other === undefined ? undefined : { kind: 'session', operation: other.operation, ...changed(params, other.params) };
  }
}

function nearest(params: JsonObject, among: readonly Taken[]): Taken | undefined {
  let best: Taken | undefined;
  let least = FARTHEST;
  for (const taken of among) {
    const own = distance(params, taken.params);
    if (!isNearer(own, least, false)) continue;
    best = taken;
    least = own;
  }
  return best;
}
