/** Arbitraries of channel packets, and of what the operations on channels take. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../harness/core/contract.ts';
import { toHex } from '../oracle/values.ts';
import { bytesUpTo, jsonObject, packetOf } from './arbitraries.ts';

const uint32 = (): fc.Arbitrary<number> => fc.oneof(fc.constantFrom(1, 2, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295), fc.integer({ min: 1, max: 300 }));
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const RESERVED = new Set(['c', 'type', 'seq', 'ack', 'miss']);

/** The head of a channel packet: what every channel has, and anything beside it. */
export const channelHead = (): fc.Arbitrary<JsonObject> => fc
  .record({ c: uint32(), type: sometimes(fc.constantFrom('path', 'stream', 'x', 'ключ')), seq: sometimes(uint32()), ack: sometimes(uint32()), miss: sometimes(fc.array(uint32(), { maxLength: 4 })), end: sometimes(fc.constant(true)), more: jsonObject(1) })
  .map(({ more, ...base }) => {
    const own = Object.entries(base).filter(([, value]) => value !== undefined) as [string, Json][];
    return Object.fromEntries([...own, ...Object.entries(more).filter(([name]) => !RESERVED.has(name))]);
  });

/** A channel packet as hex. */
export const channelPacket = (): fc.Arbitrary<string> => fc.tuple(channelHead(), bytesUpTo(64)).map(([head, body]) => toHex(packetOf(Uint8Array.from(Buffer.from(JSON.stringify(head))), body)));

/** Hints for `Arbitraries`, by `operation.param`. */
export const CHANNEL_HINTS: ReadonlyMap<string, () => fc.Arbitrary<Json>> = new Map<string, () => fc.Arbitrary<Json>>([
  ['e3x.channelhead.read.packet', channelPacket],
]);
