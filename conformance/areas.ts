/** The areas of the specification: the only list of them that anyone writes. */
import { E3X } from './e3x/area.ts';
import { INTERPEER } from './interpeer/area.ts';
import { KILT } from './kilt/area.ts';
import { NEXUS } from './nexus/area.ts';
import { Oracle } from './oracle/oracle.ts';
import { SpecReader } from './spec/loader.ts';
import { CAMPAIGN_MS } from './suites/campaign.ts';
import { Judge } from './suites/judge.ts';
import { hintsOf, moduleOf, registryOf, type Registry, type SuiteInput } from './suites/modules.ts';
import type { Vector } from './vectors.ts';

export const REGISTRY: Registry = registryOf([E3X, INTERPEER, KILT, NEXUS]);

/** The oracle of an area as it is committed. @throws SpecError */
export function oracleOf(area: string, reader: SpecReader = new SpecReader()): Oracle {
  return new Oracle(reader.area(area), REGISTRY.primitives);
}

/** What the generated checks of an area are made from. @throws SpecError */
export function suiteInputOf(area: string, vectors: readonly Vector[] = [], limitMs: number = CAMPAIGN_MS): SuiteInput {
  const oracle = oracleOf(area);
  return { oracle, judge: new Judge(oracle), vectors, limitMs, hints: hintsOf(moduleOf(REGISTRY, area)) };
}
