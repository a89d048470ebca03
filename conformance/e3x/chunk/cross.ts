/** What two implementations can do together with chunks. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import { toHex } from '../../oracle/values.ts';
import { frameSize, smallPacket } from './arbitraries.ts';

/** Cases at effort 1. */
const RUNS = 12;

const framesIn = (answer: JsonObject): string => (Array.isArray(answer['frames']) ? (answer['frames'] as readonly Json[]).join('') : '');

/** The flows of chunks. */
export function chunkFlows(): Flow[] {
  return [
    flow({
      id: 'e3x.chunks',
      title: 'a packet in chunks',
      requirement: 'E3X-CHK-008',
      producer: ['e3x.chunks.split'],
      consumer: ['e3x.chunks.join'],
      runs: RUNS,
      arbitrary: fc.record({ packet: smallPacket().map(toHex), size: frameSize(2) }),
      trial: async (input, talk) => {
        const stream = framesIn(await talk.produce('e3x.chunks.split', input));
        await talk.demand(await talk.consume('e3x.chunks.join', { stream }), 'packets', [input.packet]);
      },
    }),
  ];
}
