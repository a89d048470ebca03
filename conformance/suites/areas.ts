/** The areas of the spec as the bench runs them: spec, oracle, judge, committed vectors and every check of each. */
import type { Check } from '../contract/check.ts';
import { Oracle } from '../oracle/oracle.ts';
import type { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import { readVectors, type Vector } from '../vectors.ts';
import { CAMPAIGN_MS } from './campaign.ts';
import { exchangeChecks } from '../e3x/exchange/properties.ts';
import { generatedChecks } from './generated.ts';
import { interpeerEngineChecks } from '../interpeer/engine/properties.ts';
import { establishmentChecks } from '../interpeer/establishment/properties.ts';
import { interpeerChecks } from '../interpeer/properties.ts';
import { Judge } from './judge.ts';
import { kiltChecks } from '../kilt/properties.ts';
import { messageChecks } from '../e3x/message/properties.ts';
import { pairChecks, type PeerSource } from './pairs.ts';
import { scenarioChecks } from '../e3x/channel/scenarios.ts';
import { vectorCheck } from './vectors.ts';

/** What the generated suites of an area are made from. */
export interface SuiteInput {
  readonly oracle: Oracle;
  readonly judge: Judge;
  /** The committed vectors of the area. */
  readonly vectors: readonly Vector[];
  /** Time one check may take at effort 1, milliseconds. */
  readonly limitMs: number;
}
interface AreaSuites {
  readonly generated: (input: SuiteInput) => Check[];
  /** Comparisons with a peer, the reference, where the area's inputs can be drawn from its data. */
  readonly pairs?: (input: SuiteInput, peer: PeerSource) => Check[];
}

/** The generated suites of each area; an area without an entry has its vectors only. */
const SUITES: { readonly [area: string]: AreaSuites } = {
  e3x: {
    generated: ({ oracle, judge, vectors, limitMs }) => [
      ...generatedChecks(oracle, judge, limitMs),
      ...messageChecks(oracle, judge, vectors, limitMs),
      ...exchangeChecks(oracle, judge, limitMs),
      ...scenarioChecks(oracle, judge, limitMs),
    ],
    pairs: ({ oracle, judge, limitMs }, peer) => pairChecks(oracle, judge, peer, limitMs),
  },
  interpeer: {
    generated: (input) => [
      ...interpeerChecks(input),
      ...establishmentChecks(input),
      ...interpeerEngineChecks(input.oracle, input.judge, input.limitMs),
    ],
  },
  kilt: { generated: kiltChecks },
};

/** One area, loaded. */
export interface Area {
  readonly spec: AreaSpec;
  readonly oracle: Oracle;
  readonly judge: Judge;
  readonly vectors: readonly Vector[];
  /** Vectors first, then what is generated anew in each run. */
  readonly checks: readonly Check[];
  /** The checks that need a peer. */
  pairs(peer: PeerSource): Check[];
}

/**
 * Loads areas with all their checks; every area of the spec where none is named.
 *
 * @param limitMs time one generated check may take at effort 1, milliseconds
 * @throws SpecError when a spec file is not what its schema says
 */
export function loadAreas(reader: SpecReader, names: readonly string[] = reader.areas(), limitMs: number = CAMPAIGN_MS): Area[] {
  const { files } = readVectors(reader.root);
  return names.map((name): Area => {
    const spec = reader.area(name);
    const oracle = new Oracle(spec);
    const judge = new Judge(oracle);
    const vectors = files.filter((file) => file.area === name).flatMap((file) => file.vectors);
    const input: SuiteInput = { oracle, judge, vectors, limitMs };
    const suites = SUITES[name];
    return {
      spec,
      oracle,
      judge,
      vectors,
      checks: [...vectors.map((vector) => vectorCheck(oracle, judge, vector)), ...(suites?.generated(input) ?? [])],
      pairs: (peer) => suites?.pairs?.(input, peer) ?? [],
    };
  });
}

/** The revision of several areas together: theirs, in the order of the areas, with a space between. */
export function joinedRevision(areas: readonly { readonly spec: Pick<AreaSpec, 'revision'> }[]): string {
  return areas.map(({ spec }) => spec.revision).join(' ');
}
