/** Chunks as they are drawn. */
import fc from 'fast-check';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { bytesUpTo, type Arbitraries, type Hex, type Hints } from '../../suites/arbitraries.ts';
import { packetOf } from '../packet/build.ts';

/** A frame size: boundaries of fragments, and any other. */
export function frameSize(min: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(...[2, 3, 20, 64, 254, 255, 256, 257, 65535].filter((size) => size >= min)),
    fc.integer({ min, max: 300 }),
  );
}

/** A packet of little weight, for where many are in one request. */
export function smallPacket(): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(bytesUpTo(20), bytesUpTo(40)).map(([head, body]) => packetOf(head, body)) },
    { weight: 1, arbitrary: bytesUpTo(257).map((body) => packetOf(new Uint8Array(0), body)) },
  );
}

/** One packet as chunks, written by the oracle under a random frame size. */
function framed(make: Arbitraries): fc.Arbitrary<Uint8Array> {
  return fc.tuple(smallPacket(), frameSize(2)).map(([packet, size]) => {
    const frames = make.made('e3x.chunks.split', { packet: toHex(packet), size }, 'frames');
    return concatBytes(...(frames as readonly Hex[]).map(fromHex));
  });
}

/** A stream of whole packets as chunks, sometimes with junk between them and an unfinished end. */
export function chunkStream(make: Arbitraries): fc.Arbitrary<Uint8Array> {
  const part = fc.oneof(
    { weight: 4, arbitrary: framed(make) },
    { weight: 1, arbitrary: fc.constant(Uint8Array.of(0)) },
    { weight: 1, arbitrary: bytesUpTo(8, 1).map((fragment) => concatBytes(Uint8Array.of(fragment.length), fragment)) },
  );
  const end = fc.oneof(
    { weight: 4, arbitrary: fc.constant(new Uint8Array(0)) },
    { weight: 1, arbitrary: bytesUpTo(6, 1).map((rest) => concatBytes(Uint8Array.of(rest.length + 1), rest)) },
  );
  return fc.tuple(fc.array(part, { maxLength: 4 }), end).map(([parts, rest]) => concatBytes(...parts, rest));
}

/** How requests about chunks are drawn. */
export const hints: Hints = { layouts: { 'e3x.chunk-stream': chunkStream } };
