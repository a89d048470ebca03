/** Cloaked packets as they are nonces. */
import fc from 'fast-check';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Arbitraries, type Hints } from '../../suites/arbitraries.ts';
import { packetOf } from '../packet/build.ts';

/** A packet whose first byte is zero, as cloaking needs it: a HEAD below 256 bytes. */
export function cloakablePacket(): fc.Arbitrary<Uint8Array> {
  return fc.tuple(bytesUpTo(255), bytesUpTo(200)).map(([head, body]) => packetOf(head, body));
}

/** One to eight nonces, none of which begins with zero. */
export function anyNonces(max = 8): fc.Arbitrary<readonly Uint8Array[]> {
  const nonce = fc
    .tuple(fc.oneof(fc.constantFrom(1, 0xff), fc.integer({ min: 1, max: 255 })), bytesExactly(7))
    .map(([first, rest]) => concatBytes(Uint8Array.of(first), rest));
  return fc.oneof(
    { weight: 3, arbitrary: fc.array(nonce, { minLength: 1, maxLength: Math.min(2, max) }) },
    { weight: 1, arbitrary: fc.array(nonce, { minLength: 1, maxLength: max }) },
  );
}

/** Cloaked bytes, made by the oracle; now and then plain ones. */
export function cloaked(make: Arbitraries): fc.Arbitrary<Uint8Array> {
  const right = fc
    .tuple(cloakablePacket(), anyNonces())
    .map(([packet, nonces]) =>
      fromHex(String(make.made('e3x.cloak.apply', { packet: toHex(packet), nonces: nonces.map(toHex) }, 'cloaked'))),
    );
  return fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: cloakablePacket() });
}

/** How requests about cloaking are nonces. */
export const hints: Hints = {
  params: {
    'e3x.cloak.remove.cloaked': (make) => cloaked(make).map(toHex),
    'e3x.cloak.apply.packet': () => cloakablePacket().map(toHex),
    'nonces': () => anyNonces().map((nonces) => nonces.map(toHex)),
  },
};
