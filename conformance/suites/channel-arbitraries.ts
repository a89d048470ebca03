/** Arbitraries of channel packets, and of what the operations on channels take. */
import { deflateRawSync } from 'node:zlib';
import { cdeEncodeOptions, encode } from 'cbor2';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../harness/core/contract.ts';
import { fromHex, toHex } from '../oracle/values.ts';
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

/** A channel packet as CBOR items, as cbor2 writes them, members anywhere they may be. */
function cborPayload(): fc.Arbitrary<string> {
  const item = (value: unknown): string => toHex(Uint8Array.from(encode(value, cdeEncodeOptions)));
  const map = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 4 }), fc.oneof(fc.string({ maxLength: 5 }), fc.integer())), { maxLength: 3, selector: ([name]) => name });
  return fc
    .tuple(uint32(), sometimes(channelPacket()), sometimes(map), sometimes(fc.string({ minLength: 1, maxLength: 6 })), sometimes(uint32()), sometimes(fc.array(uint32(), { minLength: 1, maxLength: 4 })))
    .map(([c, source, members, type, seq, acks]) => [c, source === undefined ? undefined : fromHex(source), members === undefined ? undefined : new Map(members), type, seq, acks].map((value) => (value === undefined ? '' : item(value))).join(''));
}
/** A channel packet as zlib writes it, in blocks of every kind. */
export function deflatePayload(): fc.Arbitrary<string> {
  return fc.tuple(channelPacket(), fc.constantFrom(0, 1, 9), fc.constantFrom(0, 2, 4)).map(([packet, level, strategy]) => toHex(Uint8Array.from(deflateRawSync(fromHex(packet), { level, strategy }))));
}

/** Hints for `Arbitraries`, by `operation.param`. */
export const CHANNEL_HINTS: ReadonlyMap<string, () => fc.Arbitrary<Json>> = new Map<string, () => fc.Arbitrary<Json>>([
  ['e3x.channelhead.read.packet', channelPacket],
  ['e3x.compression.encode.inner', channelPacket],
  ['e3x.compression.encode.z', () => fc.constantFrom(0, 1, 1, 1, 2, 3)],
  ['e3x.compression.negotiate.local', () => fc.constantFrom(0, 1, 2, 3)],
  ['e3x.compression.negotiate.remote', () => fc.constantFrom(0, 1, 2, 3)],
  // CBOR under another z is refused for one reason; DEFLATE, where there would be several, has a suite of its own.
  ['e3x.compression.decode.z', () => fc.constantFrom(1, 1, 1, 1, 0, 3)],
  ['e3x.compression.decode.payload', () => cborPayload()],
]);
