/** What two implementations can do together with packets. */
import fc from 'fast-check';
import { flow, type Flow } from '../../cross/flow.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo, jsonObject } from '../../suites/arbitraries.ts';
import { textIn } from '../../suites/property.ts';
import { anyHead, JSON_HEAD_LENGTH_MIN } from './arbitraries.ts';

/** Cases at effort 1. */
const RUNS = 12;

/** The flows of packets. */
export function packetFlows(): Flow[] {
  const [encode, decode] = ['e3x.packet.encode', 'e3x.packet.decode'];
  const json = jsonObject().filter(
    (value) => Object.keys(value).length > 0 && Buffer.byteLength(JSON.stringify(value)) >= JSON_HEAD_LENGTH_MIN,
  );
  return [
    flow({
      id: 'e3x.packet/json',
      title: 'a JSON object and a body as a packet',
      requirement: 'E3X-LOB-006',
      producer: [encode],
      consumer: [decode],
      runs: RUNS,
      arbitrary: fc.record({ json, body: bytesUpTo(120).map(toHex) }),
      trial: async (input, talk) => {
        const decoded = await talk.consume(decode, { packet: textIn(await talk.produce(encode, input), 'packet') });
        await talk.demand(decoded, 'json', input.json);
        await talk.demand(decoded, 'body', input.body, 'E3X-LOB-008');
      },
    }),
    flow({
      id: 'e3x.packet/head',
      title: 'any bytes of head and a body as a packet',
      requirement: 'E3X-LOB-013',
      producer: [encode],
      consumer: [decode],
      runs: RUNS,
      arbitrary: fc.record({ head: anyHead().map(toHex), body: bytesUpTo(120).map(toHex) }),
      trial: async (input, talk) => {
        const decoded = await talk.consume(decode, { packet: textIn(await talk.produce(encode, input), 'packet') });
        await talk.demand(decoded, 'head', input.head, 'E3X-LOB-001');
        await talk.demand(decoded, 'body', input.body, 'E3X-LOB-008');
      },
    }),
  ];
}
