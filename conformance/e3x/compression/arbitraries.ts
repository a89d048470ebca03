/** Payloads of channel packets as they are drawn, as other people's code writes them. */
import { deflateRawSync } from 'node:zlib';
import { cdeEncodeOptions, encode } from 'cbor2';
import fc from 'fast-check';
import { fromHex, toHex } from '../../oracle/values.ts';
import { sometimes, type Hints } from '../../suites/arbitraries.ts';
import { channelPacket, uint32 } from '../channel-table/arbitraries.ts';

/** A channel packet as CBOR items, as cbor2 writes them, members anywhere they may be. */
function cborPayload(): fc.Arbitrary<string> {
  const item = (value: unknown): string => toHex(Uint8Array.from(encode(value, cdeEncodeOptions)));
  const map = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 4 }), fc.oneof(fc.string({ maxLength: 5 }), fc.integer())), {
    maxLength: 3,
    selector: ([name]) => name,
  });
  return fc
    .tuple(
      uint32(),
      sometimes(channelPacket()),
      sometimes(map),
      sometimes(fc.string({ minLength: 1, maxLength: 6 })),
      sometimes(uint32()),
      sometimes(fc.array(uint32(), { minLength: 1, maxLength: 4 })),
    )
    .map(([c, source, members, type, seq, acks]) =>
      [c, source === undefined ? undefined : fromHex(source), members === undefined ? undefined : new Map(members), type, seq, acks]
        .map((value) => (value === undefined ? '' : item(value)))
        .join(''),
    );
}
/** A channel packet as zlib writes it, in blocks of every kind. */
export function deflatePayload(): fc.Arbitrary<string> {
  return fc
    .tuple(channelPacket(), fc.constantFrom(0, 1, 9), fc.constantFrom(0, 2, 4))
    .map(([packet, level, strategy]) => toHex(Uint8Array.from(deflateRawSync(fromHex(packet), { level, strategy }))));
}

/** How requests about compression are drawn. */
export const hints: Hints = {
  params: {
    'e3x.compression.encode.inner': channelPacket,
    'e3x.compression.encode.z': () => fc.constantFrom(0, 1, 1, 1, 2, 3),
    'e3x.compression.negotiate.local': () => fc.constantFrom(0, 1, 2, 3),
    'e3x.compression.negotiate.remote': () => fc.constantFrom(0, 1, 2, 3),
    // CBOR under another z is refused for one reason; DEFLATE, where there would be several, has a suite of its own.
    'e3x.compression.decode.z': () => fc.constantFrom(1, 1, 1, 1, 0, 3),
    'e3x.compression.decode.payload': cborPayload,
  },
};
