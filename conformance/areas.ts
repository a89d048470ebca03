/** The areas of the specification: the only list of them that anybody writes. */
import { E3X } from './e3x/area.ts';
import { INTERPEER } from './interpeer/area.ts';
import { KILT } from './kilt/area.ts';
import { Oracle } from './oracle/oracle.ts';
import { SpecReader } from './spec/loader.ts';
import { registryOf, type Registry } from './suites/modules.ts';

export const REGISTRY: Registry = registryOf([E3X, INTERPEER, KILT]);

/** The oracle of an area as it is committed. @throws SpecError */
export function oracleOf(area: string, reader: SpecReader = new SpecReader()): Oracle {
  return new Oracle(reader.area(area), REGISTRY.primitives);
}
