/** The areas of the spec as the bench runs them: spec, oracle, judge, committed vectors and every check of each. */
import type { Check } from '../contract/check.ts';
import { Oracle } from '../oracle/oracle.ts';
import type { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import { readVectors, type Vector, type VectorFile } from '../vectors.ts';
import { CAMPAIGN_MS } from './campaign.ts';
import { differentialChecks } from './differential.ts';
import { fuzzChecks } from './fuzz.ts';
import { Judge } from './judge.ts';
import { hintsOf, moduleOf, type AreaModule, type Registry, type SuiteInput } from './modules.ts';
import { pairChecks, type PeerSource } from './pairs.ts';
import { vectorCheck } from './vectors.ts';
import { walkChecks } from './walks.ts';

/** One area, loaded. */
export interface Area {
  readonly module: AreaModule;
  readonly spec: AreaSpec;
  readonly oracle: Oracle;
  readonly judge: Judge;
  /** The committed files of its vectors, and the vectors of all of them. */
  readonly files: readonly VectorFile[];
  readonly vectors: readonly Vector[];
  /** Vectors first, then what is generated afresh in each run. */
  readonly checks: readonly Check[];
  /** The checks that need a peer. */
  pairs(peer: PeerSource): Check[];
}

/**
 * Loads areas with all their checks; every area of the spec if none is named.
 *
 * @param limitMs time one generated check may take at effort 1, milliseconds
 * @throws SpecError when a spec file is not what its schema says
 */
export function loadAreas(
  registry: Registry,
  reader: SpecReader,
  names: readonly string[] = reader.areas(),
  limitMs: number = CAMPAIGN_MS,
): Area[] {
  const all = readVectors(reader.root, names).files;
  return names.map((name): Area => {
    const module = moduleOf(registry, name);
    const spec = reader.area(name);
    const oracle = new Oracle(spec, registry.primitives);
    const judge = new Judge(oracle);
    const files = all.filter((file) => file.area === name);
    const vectors = files.flatMap((file) => file.vectors);
    const input: SuiteInput = { oracle, judge, vectors, limitMs, hints: hintsOf(module) };
    return {
      module,
      spec,
      oracle,
      judge,
      files,
      vectors,
      checks: [...vectors.map((vector) => vectorCheck(oracle, judge, vector)), ...generatedChecks(module, input)],
      pairs: (peer) => (module.isDrawn ? pairChecks(input, peer) : []),
    };
  });
}

/** The checks of an area that are generated afresh in each run, in the order in which they run. */
export function generatedChecks(module: AreaModule, input: SuiteInput): Check[] {
  return [
    ...module.topics.flatMap(({ properties }) => properties?.checks?.(input) ?? []),
    ...(module.isDrawn ? [...differentialChecks(input), ...fuzzChecks(input)] : []),
    ...walkChecks(input.oracle, input.judge, input.limitMs),
  ];
}

/** The revision of several areas together: theirs, in the order of the areas, with a space between. */
export function joinedRevision(areas: readonly { readonly spec: Pick<AreaSpec, 'revision'> }[]): string {
  return areas.map(({ spec }) => spec.revision).join(' ');
}
