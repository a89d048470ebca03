/** Right requests of Interpeer's wire, whose parameters must fit each other. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../contract/contract.ts';
import { toHex } from '../oracle/values.ts';
import { bytesExactly, bytesUpTo } from '../suites/arbitraries.ts';

/** A suite by its name. */
export type Suite = 'interpeer-0.1' | 'interpeer-1';

const hex = (length: number): fc.Arbitrary<string> => bytesExactly(length).map(toHex);
const hexUpTo = (max: number, min = 0): fc.Arbitrary<string> => bytesUpTo(max, min).map(toHex);
const u16: fc.Arbitrary<number> = fc.oneof(fc.constantFrom(0, 1, 0x00ff, 0x0100, 0xffff), fc.nat(0xffff));

/** Both suites. */
export const SUITES: readonly Suite[] = ['interpeer-0.1', 'interpeer-1'];

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

/** One message of a suite, START_ENCRYPTION aside, which ends a payload. */
function message(of: Suite): fc.Arbitrary<JsonObject> {
  const cookie = hex(of === 'interpeer-1' ? 8 : 4);
  const ofType = (type: string, members: { readonly [name: string]: fc.Arbitrary<Json> }): fc.Arbitrary<JsonObject> =>
    fc.record(members).map((values): JsonObject => ({ type, ...values }));
  const common = [
    ofType('CHANNEL_NEW', { initiatorHalf: hex(2), cookie1: cookie }),
    ofType('CHANNEL_ACKNOWLEDGE', { channelId: hex(4), cookie1: cookie, cookie2: cookie }),
    ofType('CHANNEL_FINALIZE', { channelId: hex(4), cookie2: cookie, capabilities: u16 }),
    ofType('CHANNEL_COOKIE', { cookie, capabilities: u16 }),
    ofType('DATA', { data: hexUpTo(140) }),
  ];
  if (of === 'interpeer-0.1') return fc.oneof(...common);
  const bitmap = fc.oneof(
    fc.constant(''),
    fc.tuple(hexUpTo(31), fc.integer({ min: 1, max: 255 })).map(([front, last]) => `${front}${last.toString(16).padStart(2, '0')}`),
  );
  return fc.oneof(
    ...common,
    ofType('CHANNEL_CLOSE', { reason: fc.nat(255) }),
    ofType('DATA_PROGRESS', { nextSequenceNumber: u16, bitmap }),
    ofType('DATA_RECEIVE_WINDOW', { packetCount: fc.nat(32767) }),
    ofType('HANDSHAKE', { packet: hexUpTo(60) }),
    ofType('KEY_OFFER', { offer: hexUpTo(60) }),
  );
}

/** The messages of a payload, now and then with an encrypted end. */
export function messages(of: Suite): fc.Arbitrary<JsonObject[]> {
  const plain = fc.array(message(of), { maxLength: 5 });
  if (of === 'interpeer-0.1') return plain;
  const sealed = hexUpTo(80, 1).map((bytes): JsonObject => ({ type: 'START_ENCRYPTION', sealed: bytes }));
  return fc.tuple(plain, fc.option(sealed, { nil: undefined, freq: 4 })).map(([list, end]) => (end === undefined ? list : [...list, end]));
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

/** What a cookie covers, and when it is made; the same members as the operations have. */
export function cookieInput(of: Suite): fc.Arbitrary<JsonObject> {
  const role = fc.oneof(
    hex(2).map((id): JsonObject => ({ role: 'initiator', id })),
    hex(4).map((id): JsonObject => ({ role: 'responder', id })),
  );
  const rest = fc.record<JsonObject>({
    suite: fc.constant(of),
    secret: hexUpTo(80),
    initiator: hex(16),
    responder: hex(16),
    now: fc.integer({ min: 0, max: 10_000 }),
    rotationMs: fc.integer({ min: 1, max: 2000 }),
  });
  return fc.tuple(rest, role).map(([params, who]) => ({ ...params, ...who }));
}
