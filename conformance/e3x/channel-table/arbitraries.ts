/** Channel packets as they are drawn. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { bytesUpTo, jsonObject, sometimes, type Hints } from '../../suites/arbitraries.ts';
import { lob, utf8 } from '../packet/build.ts';

/** A number of 32 bits, mostly a small one or one at an edge of its encodings. */
export const uint32 = (): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(1, 2, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295), fc.integer({ min: 1, max: 300 }));
const RESERVED = new Set(['c', 'type', 'seq', 'ack', 'miss']);

/** The head of a channel packet: what every channel has, and any other members. */
const channelHead = (): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      c: uint32(),
      type: sometimes(fc.constantFrom('path', 'stream', 'x', 'ключ')),
      seq: sometimes(uint32()),
      ack: sometimes(uint32()),
      miss: sometimes(fc.array(uint32(), { maxLength: 4 })),
      end: sometimes(fc.constant(true)),
      more: jsonObject(1),
    })
    .map(({ more, ...base }) => {
      const own = Object.entries(base).filter(([, value]) => value !== undefined) as [string, Json][];
      return Object.fromEntries([...own, ...Object.entries(more).filter(([name]) => !RESERVED.has(name))]);
    });

/** A channel packet as hex. */
export const channelPacket = (): fc.Arbitrary<string> =>
  fc.tuple(channelHead(), bytesUpTo(64)).map(([head, body]) => lob(utf8(JSON.stringify(head)), body));

/** How requests about tables of channels are drawn. */
export const hints: Hints = { params: { 'e3x.channelhead.read.packet': channelPacket } };
