/** Any packets on one stream, cut at any places: they come one by one, as they were written. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { equalJson, toHex } from '../../oracle/values.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { packet } from '../packet/arbitraries.ts';
import { SUITES, type Suite } from '../packet/suites.ts';
import { made, suiteCheck } from '../property.ts';

const RUNS = 25;
const NOW_MS = 1000;

function streamCheck(input: SuiteInput, suite: Suite): Check {
  return suiteCheck(input, suite, {
    id: 'property/interpeer.stream/any-cut',
    suite: 'property',
    requirement: 'IPR-STR-002',
    title: 'packets on a stream are delivered one by one, however it is cut',
    operations: ['interpeer.stream.open', 'interpeer.stream.receive', 'interpeer.stream.close'],
    runs: RUNS,
    arbitrary: fc.record({
      packets: fc.array(packet(suite), { minLength: 1, maxLength: 5 }),
      cuts: fc.array(fc.nat(9999), { maxLength: 9 }),
    }),
    trial: async ({ packets, cuts }, talk) => {
      const written = packets.map((given) => {
        const { protocolId: _other, ...rest } = given;
        return toHex(made(input.oracle, 'interpeer.packet.encode', rest, 'datagram'));
      });
      const stream = written.join('');
      const places = [...new Set([0, ...cuts.map((cut) => 2 * (cut % (stream.length / 2))), stream.length])].sort((a, b) => a - b);
      await talk.want('interpeer.stream.open', { suite, now: NOW_MS }, { bind: { session: 'session' } });
      let end = 0;
      let next = 0;
      for (const [from, to] of places.slice(1).map((place, i): [number, number] => [places[i] ?? 0, place])) {
        const answer = await talk.want('interpeer.stream.receive', { session: '$session', bytes: stream.slice(from, to), now: NOW_MS });
        const due: JsonObject[] = [];
        for (let whole = written[next]; whole !== undefined && end + whole.length <= to; whole = written[next]) {
          due.push({ type: 'packet', packet: whole });
          end += whole.length;
          next += 1;
        }
        if (!equalJson(answer['events'] as Json, due))
          talk.violated({
            requirement: 'IPR-STR-002',
            member: 'events',
            expect: { ok: { transmit: [], events: due, timeoutAt: null } },
            explanation: 'These are the packets that end within these bytes.',
          });
      }
      await talk.want('interpeer.stream.close', { session: '$session' });
    },
  });
}

export const properties: TopicProperties = { checks: (input) => SUITES.map((suite) => streamCheck(input, suite)) };
