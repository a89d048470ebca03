/** The flows of an area: those of its topics. */
import type { Oracle } from '../oracle/oracle.ts';
import type { AreaModule } from '../suites/modules.ts';
import type { Vector } from '../vectors.ts';
import { operationsOf, type Flow } from './flow.ts';

/** The flows whose operations the area's specification has; none for an area that has none. */
export function flowsOf(module: AreaModule, oracle: Oracle, vectors: readonly Vector[]): Flow[] {
  const known = new Set(oracle.spec.operations.map((operation) => operation.operation));
  return module.topics
    .flatMap(({ properties }) => properties?.flows?.(oracle, vectors) ?? [])
    .filter((flow) => operationsOf(flow).every((operation) => known.has(operation)));
}
