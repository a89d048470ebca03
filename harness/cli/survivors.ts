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

/** The twin of a step, or a neighbour of the same operation that is valid; undefined where there is none. */
export function survivorOf(suite: Suite, { id }: CheckReport['check'], failure: Failure): readonly Step[] | undefined {
  const { byId, taken } = indexOf(suite);
  const vector = byId.get(id);
  const index = failure.steps.length - 1;
  const twin = vector === undefined ? undefined : twinSteps(vector, index);
  if (twin !== undefined) return reproSteps(twin);
  const asked = JSON.stringify(failure.params);
  const size = asked.length;
  const near = (taken.get(failure.operation) ?? [])
    .filter(({ steps }) => JSON.stringify(steps.at(-1)?.params) !== asked)
    .slice(0, 200)
    .map((other) => ({ other, distance: Math.abs(JSON.stringify(other.steps.at(-1)?.params).length - size) }))
    .sort((a, b) => a.other.steps.length - b.other.steps.length || a.distance - b.distance);
  return near[0] && reproSteps(near[0].other.steps);
}

/** The steps of a vector up to the twin of one of them. */
function twinSteps({ steps }: Vector, index: number): VectorStep[] | undefined {
  const step = steps[index];
  const request = step === undefined ? undefined : twinRequest(step);
  if (step === undefined || request === undefined) return undefined;
  const before = step.twin?.kind === 'state' ? steps.slice(0, step.twin.steps) : steps.slice(0, index);
  return [...before, { ...request, expect: { ok: {} }, requirement: step.requirement }];
}
