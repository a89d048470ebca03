/** What two implementations can do together with JWS and JWE. */
import { flow, type Flow } from '../../cross/flow.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { Arbitraries } from '../../suites/arbitraries.ts';
import { textIn } from '../../suites/property.ts';
import { jwe, jws } from './arbitraries.ts';

/** Cases at effort 1. */
const RUNS = 12;

/** The flows of JWS and JWE. */
export function joseFlows(oracle: Oracle): Flow[] {
  const make = new Arbitraries(oracle, []);
  return (['jws', 'jwe'] as const).map((kind) =>
    flow({
      id: `e3x.${kind}`,
      title: `a compact ${kind.toUpperCase()} as a packet`,
      requirement: kind === 'jws' ? 'E3X-JOS-002' : 'E3X-JOS-006',
      producer: [`e3x.${kind}.encode`],
      consumer: [`e3x.${kind}.decode`],
      runs: RUNS,
      arbitrary: kind === 'jws' ? jws(make) : jwe(make),
      trial: async (text, talk) => {
        const packet = textIn(await talk.produce(`e3x.${kind}.encode`, { [kind]: text }), 'packet');
        await talk.demand(await talk.consume(`e3x.${kind}.decode`, { packet }), kind, text);
      },
    }),
  );
}
