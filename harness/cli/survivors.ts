/** Valid requests next to others, which an implementation that crashes on those must survive. */
import type { CheckReport, Failure, Step } from '../../conformance/contract/check.ts';
import { reproSteps } from '../../conformance/suites/steps.ts';
import { twinRequest, type Vector, type VectorStep } from '../../conformance/vectors.ts';
import type { Suite } from './suite.ts';

const known = new WeakMap<Suite, { readonly byId: ReadonlyMap<string, Vector>; readonly taken: ReadonlyMap<string, readonly Vector[]> }>();

/** The vectors by their ids, and those that end in a call that is taken by its operation, the shortest first. */
function indexOf(suite: Suite): { readonly byId: ReadonlyMap<string, Vector>; readonly taken: ReadonlyMap<string, readonly Vector[]> } {
  const before = known.get(suite);
  if (before !== undefined) return before;
  const vectors = suite.areas.flatMap((area) => area.vectors);
  const taken = new Map<string, Vector[]>();
  for (const vector of vectors) {
    const last = vector.steps.at(-1);
    if (last === undefined || !('ok' in last.expect)) continue;
    const list = taken.get(last.operation);
    if (list === undefined) taken.set(last.operation, [vector]);
    else list.push(vector);
  }
  for (const list of taken.values()) list.sort((a, b) => a.steps.length - b.steps.length);
  const index = { byId: new Map(vectors.map((vector) => [vector.id, vector])), taken };
  known.set(suite, index);
  return index;
}

/**
 * Valid requests: the twin of a step or else the neighbour of the same operation that is most like it, then the shortest and the longest
 * that the operation takes. An implementation that fails in a range of lengths fails for the first of them as well.
 */
export function survivorsOf(suite: Suite, { id }: CheckReport['check'], failure: Failure): readonly (readonly Step[])[] {
  const { byId, taken } = indexOf(suite);
  const vector = byId.get(id);
  const index = failure.steps.length - 1;
  const twin = vector === undefined ? undefined : twinSteps(vector, index);
  const asked = JSON.stringify(failure.params);
  const sizeOf = (steps: readonly VectorStep[]): number => JSON.stringify(steps.at(-1)?.params).length;
  const others = (taken.get(failure.operation) ?? [])
    .map(({ steps }) => steps)
    .filter((steps) => JSON.stringify(steps.at(-1)?.params) !== asked);
  // The shortest sessions alone: each step of a session is asked again.
  const least = others.filter(({ length }) => length === others[0]?.length).sort((one, other) => sizeOf(one) - sizeOf(other));
  const near = [...least].sort((one, other) => Math.abs(sizeOf(one) - asked.length) - Math.abs(sizeOf(other) - asked.length));
  const chosen = new Set([twin ?? near[0], least[0], least.at(-1)].filter((steps) => steps !== undefined));
  return [...chosen].map(reproSteps);
}

/** The steps of a vector up to the twin of one of them. */
function twinSteps({ steps }: Vector, index: number): VectorStep[] | undefined {
  const step = steps[index];
  const request = step === undefined ? undefined : twinRequest(step);
  if (step === undefined || request === undefined) return undefined;
  const before = step.twin?.kind === 'state' ? steps.slice(0, step.twin.steps) : steps.slice(0, index);
  return [...before, { ...request, expect: { ok: {} }, requirement: step.requirement }];
}
