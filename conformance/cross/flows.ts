/** The flows of every area, in one place: an area adds a line here and a file beside it. */
import type { Oracle } from '../oracle/oracle.ts';
import type { Vector } from '../vectors.ts';
import { messageFlows } from '../e3x/message/cross.ts';
import { wireFlows } from '../e3x/cross.ts';
import type { Flow } from './flow.ts';
import { kiltFlows } from '../kilt/cross.ts';

/** Makes the flows of an area from its oracle and its committed vectors. */
type FlowsOfArea = (oracle: Oracle, vectors: readonly Vector[]) => Flow[];

const AREAS: { readonly [area: string]: FlowsOfArea } = {
  e3x: (oracle, vectors) => [...wireFlows(oracle), ...messageFlows(vectors)],
  kilt: (_oracle, vectors) => kiltFlows(vectors),
};

/** The flows of an area whose operations its specification has; none for an area that names none. */
export function flowsOf(oracle: Oracle, vectors: readonly Vector[]): Flow[] {
  const known = new Set(oracle.spec.operations.map((operation) => operation.operation));
  return (AREAS[oracle.spec.area]?.(oracle, vectors) ?? []).filter(({ producer, consumer }) =>
    [...producer, ...consumer].every((operation) => known.has(operation)),
  );
}
