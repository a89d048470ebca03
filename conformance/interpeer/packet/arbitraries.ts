/** Right requests to write integers, packets and channel ids, whose parameters must fit each other. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { hex, hexUpTo, u16 } from '../arbitraries.ts';
import type { Suite } from './suites.ts';

/** Values around every byte that an integer can begin to take, as the contract writes them. */
export function varint(): fc.Arbitrary<string> {
  const edges = Array.from({ length: 9 }, (_, i) =>
    Array.from({ length: i + 1 }, (_none, power) => 128n ** BigInt(power + 1)).reduce((sum, term) => sum + term),
  );
  const edge = fc.tuple(fc.constantFrom(...edges), fc.integer({ min: -2, max: 2 })).map(([value, by]) => value + BigInt(by));
  return fc
    .oneof(
      { weight: 2, arbitrary: edge },
      { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }) },
      { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 70_000n }) },
    )
    .map(String);
}

/** A request to write a packet that the suite can write. */
export function packet(of: Suite): fc.Arbitrary<JsonObject> {
  const address = fc.record({ sender: hex(16), recipient: hex(16), channelId: fc.oneof(fc.constant('f0f0f0f0'), hex(4)) });
  const more = fc.record({ spin: fc.boolean(), protocolId: hex(4) }, { requiredKeys: [] });
  const plain = fc
    .tuple(
      fc.record<JsonObject>({ sequenceNumber: u16, payload: hexUpTo(200) }),
      fc.oneof(
        fc.constant<JsonObject>({}),
        fc.nat(300).map((paddingLength): JsonObject => ({ paddingLength })),
        ...(of === 'interpeer-1' ? [hexUpTo(60).map((paddingEntropy): JsonObject => ({ paddingEntropy }))] : []),
      ),
    )
    .map(([inside, padding]): JsonObject => ({ ...inside, ...padding }));
  const sealed = hexUpTo(120, 4).map((bytes): JsonObject => ({ sealed: bytes }));
  const inside = of === 'interpeer-1' ? fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: sealed }) : plain;
  return fc.tuple(address, more, inside).map(([to, options, content]): JsonObject => ({ suite: of, ...to, ...options, ...content }));
}

/** Halves that are chosen or not, in an order that the suite has. */
export function halves(of: Suite): fc.Arbitrary<JsonObject> {
  const half = fc.oneof({ weight: 2, arbitrary: hex(2) }, { weight: 1, arbitrary: fc.constantFrom('f0f1', 'f1f0', '0000') });
  const order: fc.Arbitrary<string> =
    of === 'interpeer-1' ? fc.constant('initiator-first') : fc.constantFrom('initiator-first', 'responder-first');
  const perhaps = (arbitrary: fc.Arbitrary<string>, freq: number): fc.Arbitrary<string | undefined> =>
    fc.option(arbitrary, { nil: undefined, freq });
  return fc.tuple(perhaps(half, 4), perhaps(half, 4), perhaps(order, 2)).map(([initiatorHalf, responderHalf, halfOrder]): JsonObject => ({
    suite: of,
    ...(initiatorHalf === undefined ? {} : { initiatorHalf }),
    ...(responderHalf === undefined ? {} : { responderHalf }),
    ...(halfOrder === undefined ? {} : { halfOrder }),
  }));
}
