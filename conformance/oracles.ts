/**
 * The interpreter of each area's models, without the vectors and suites of its topics: what takes bytes apart needs no check, and
 * starts in a fraction of the time. `areas.ts` has the rest.
 */
import { E3X_PRIMITIVES } from './e3x/primitives.ts';
import { INTERPEER_PRIMITIVES } from './interpeer/primitives.ts';
import { KILT_PRIMITIVES } from './kilt/did/primitives.ts';
import { NEXUS_PRIMITIVES } from './nexus/primitives.ts';
import { Oracle } from './oracle/oracle.ts';
import type { Primitives } from './oracle/primitives.ts';
import { SpecReader } from './spec/loader.ts';
import { primitivesOf } from './suites/modules.ts';

/** The primitives of all areas. */
export const PRIMITIVES: Primitives = primitivesOf([
  { area: 'e3x', primitives: E3X_PRIMITIVES },
  { area: 'interpeer', primitives: INTERPEER_PRIMITIVES },
  { area: 'kilt', primitives: KILT_PRIMITIVES },
  { area: 'nexus', primitives: NEXUS_PRIMITIVES },
]);

/** The oracle of an area as it is committed. @throws SpecError */
export function oracleOf(area: string, reader: SpecReader = new SpecReader()): Oracle {
  return new Oracle(reader.area(area), PRIMITIVES);
}
