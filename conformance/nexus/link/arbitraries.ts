/** Messages, packets and fragments as they are drawn. */
import fc from 'fast-check';
import { toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import { destinationOf, ephemeralOf, handshakeOf, sealedPacket, type HandshakeParts } from './by-hand.ts';

const secret = bytesExactly(32);
const clock = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const parts: fc.Arbitrary<HandshakeParts> = fc.record({
  aliceSeed: secret,
  bobSeed: secret,
  aliceSecret: secret,
  bobSecret: secret,
  aliceClock: clock,
  bobClock: clock,
});
const request = secret.map((given) => `0200${'5a'.repeat(16)}00010000${toHex(ephemeralOf(given))}`);
const bitmaps = fc.uniqueArray(fc.nat(31), { minLength: 1, maxLength: 32 }).map((bits) => {
  const sorted = bits.sort((a, b) => a - b);
  const from = sorted[0] ?? 0;
  return sorted.map((bit) => bit - from);
});
const askContent = fc.record({ rid: fc.nat(65_535), from: fc.nat(100), bits: bitmaps }).map(({ rid, from, bits }) => {
  const count = (bits.at(-1) ?? 0) + 1;
  const bitmap = new Uint8Array(Math.ceil(count / 8));
  for (const bit of bits) bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (1 << (bit & 7));
  return toHex(Uint8Array.of(rid & 0xff, rid >> 8, from, count, ...bitmap));
});
const fragmentContent = fc
  .record({ rid: fc.nat(65_535), last: fc.integer({ min: 2, max: 148 }), bytes: bytesExactly(441) })
  .chain(({ rid, last, bytes }) => fc.nat(last - 1).map((index) => toHex(Uint8Array.of(rid & 0xff, rid >> 8, index, last, ...bytes))));

/** How requests about links are drawn. */
export const hints: Hints = {
  params: {
    'nexus.link.parse.request': () => request,
    'nexus.link.identify.request': () => request,
    'nexus.link.identify.ephemeral': () => secret.map((given) => toHex(ephemeralOf(given))),
    'nexus.link.keys.peerKey': () => secret.map((given) => toHex(ephemeralOf(given))),
    'nexus.fragments.requested.content': () => askContent,
    'nexus.fragments.read.content': () => fragmentContent,
    'nexus.fragments.split.record': () => bytesUpTo(2000, 440, [446, 882, 883]).map(toHex),
    'nexus.rekey.decode.content': () => fc.tuple(fc.constantFrom('01', '02'), secret.map(toHex)).map(([type, key]) => `${type}${key}`),
  },
  requests: {
    'nexus.link.prove': () =>
      parts.map((given) => ({
        seed: toHex(given.bobSeed),
        secret: toHex(given.bobSecret),
        request: toHex(handshakeOf(given).request),
        clock: given.bobClock.toString(),
      })),
    'nexus.link.verify': () =>
      parts.map((given) => {
        const { request: asked, proof } = handshakeOf(given);
        return { secret: toHex(given.aliceSecret), request: toHex(asked), proof: toHex(proof) };
      }),
    'nexus.link.recognize': () =>
      parts.map((given) => {
        const { request: asked, identification } = handshakeOf(given);
        return { seed: toHex(given.bobSeed), secret: toHex(given.bobSecret), request: toHex(asked), identification: toHex(identification) };
      }),
    'nexus.sealed.open': () =>
      fc
        .record({
          key: secret,
          linkId: bytesExactly(16),
          hops: fc.nat(127),
          phase: fc.nat(1),
          count: fc.nat(2 ** 31 - 2),
          content: bytesUpTo(445),
        })
        .map((given) => ({
          key: toHex(given.key),
          packet: toHex(sealedPacket({ ...given, context: 0 })),
        })),
    'nexus.fragments.resend': () => bytesUpTo(1500, 900).map((record) => ({ record: toHex(record), rid: 513, content: '01020101' + '01' })),
    'nexus.link.request': () => secret.map((given) => ({ destination: toHex(destinationOf(given)), secret: toHex(given) })),
  },
};
