/** The areas of the specification with all that they contribute; `oracles.ts` names those that have primitives. */
import { E3X } from './e3x/area.ts';
import { INTERPEER } from './interpeer/area.ts';
import { KILT } from './kilt/area.ts';
import { NEXUS } from './nexus/area.ts';
import { oracleOf } from './oracles.ts';
import { CAMPAIGN_MS } from './suites/campaign.ts';
import { Judge } from './suites/judge.ts';
import { hintsOf, moduleOf, registryOf, type Registry, type SuiteInput } from './suites/modules.ts';
import type { Vector } from './vectors.ts';

export { oracleOf };

export const REGISTRY: Registry = registryOf([E3X, INTERPEER, KILT, NEXUS]);

/** What the generated checks of an area are made from. @throws SpecError */
export function suiteInputOf(area: string, vectors: readonly Vector[] = [], limitMs: number = CAMPAIGN_MS): SuiteInput {
  const oracle = oracleOf(area);
  return { oracle, judge: new Judge(oracle), vectors, limitMs, hints: hintsOf(moduleOf(REGISTRY, area)) };
}
