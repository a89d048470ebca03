/** What two implementations can do together with keys and names. */
import { flow, type Flow } from '../../cross/flow.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import { Arbitraries, bytesUpTo } from '../../suites/arbitraries.ts';
import { textIn } from '../../suites/property.ts';

/** Cases at effort 1. */
const RUNS = 12;

/** The flows of hashnames and base 32. */
export function hashnameFlows(oracle: Oracle): Flow[] {
  const make = new Arbitraries(oracle, []);
  const derive = 'e3x.hashname.derive';
  return [
    flow({
      id: 'e3x.hashname',
      title: 'the hashname of the same keys, and its bytes',
      requirement: 'E3X-HSN-004',
      producer: [derive],
      consumer: [derive, 'e3x.hashname.parse', 'e3x.base32.encode'],
      runs: RUNS,
      arbitrary: make.csidMap([1, 21, 32], 1),
      trial: async (keys, talk) => {
        const hashname = textIn(await talk.produce(derive, { keys }), 'hashname');
        await talk.demand(await talk.consume(derive, { keys }), 'hashname', hashname);
        const digest = textIn(await talk.consume('e3x.hashname.parse', { hashname }), 'digest');
        await talk.demand(await talk.consume('e3x.base32.encode', { bytes: digest }), 'text', hashname, 'E3X-B32-001');
      },
    }),
    flow({
      id: 'e3x.hashname/intermediates',
      title: 'the hashname, from digests of keys that the other side has',
      requirement: 'E3X-HSN-005',
      producer: [derive, 'e3x.hashname.intermediates'],
      consumer: [derive],
      runs: RUNS,
      arbitrary: make.csidMap([21, 32], 2),
      trial: async (keys, talk) => {
        const hashname = (await talk.produce(derive, { keys }))['hashname'];
        const [own, ...others] = Object.entries(keys);
        const { intermediates = {} } = await talk.produce('e3x.hashname.intermediates', { keys: Object.fromEntries(others) });
        await talk.demand(
          await talk.consume(derive, { keys: Object.fromEntries(own === undefined ? [] : [own]), intermediates }),
          'hashname',
          hashname,
        );
      },
    }),
    flow({
      id: 'e3x.base32',
      title: 'bytes as base 32',
      requirement: 'E3X-B32-001',
      producer: ['e3x.base32.encode'],
      consumer: ['e3x.base32.decode'],
      runs: RUNS,
      arbitrary: bytesUpTo(80).map(toHex),
      trial: async (bytes, talk) => {
        const text = textIn(await talk.produce('e3x.base32.encode', { bytes }), 'text');
        await talk.demand(await talk.consume('e3x.base32.decode', { text }), 'bytes', bytes);
      },
    }),
  ];
}
